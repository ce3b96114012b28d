"""What was typed and is not yet a record: kept, brought back, and gone with the record it became."""

from __future__ import annotations

from dataclasses import replace

from spie_desk.domain.drafts import Draft, DraftState
from spie_desk.domain.shown import Bases
from spie_desk.store.open import EncryptedStore
from spie_sync.change import Dot
from tests.examples import AMINA, an_id, example
from tests.store.conftest import Opened

DRAFT = Draft(
    id=an_id("draft"), form="note-editor", kind="note", record=an_id("note"), circle=an_id("circle"), person=AMINA,
    values={"content": {"text": "Elle est venue à 14 h.\nÀ suivre : « relance »."}},
    bases=Bases(Dot(an_id("desk"), 4), {"content": frozenset({Dot(an_id("desk"), 4), Dot(an_id("other"), 1)})}),
    focus="text", cursor=12, opened_ms=1_700_000_000_000, touched_ms=1_700_000_001_000,
)  # fmt: skip


def test_a_draft_keeps_everything_with_its_base(store: EncryptedStore) -> None:
    store.drafts.save(DRAFT)
    assert store.drafts.get(DRAFT.id) == DRAFT
    assert store.drafts.all() == [DRAFT]
    store.drafts.save(replace(DRAFT, state=DraftState.KEPT, cursor=13))
    assert store.drafts.get(DRAFT.id) == replace(DRAFT, state=DraftState.KEPT, cursor=13)


def test_a_discarded_draft_comes_back_for_thirty_days(one: Opened) -> None:
    store, now = one.store, int(one.clock.now().timestamp() * 1000)
    late, gone = DRAFT, replace(DRAFT, id=an_id("old"))
    store.drafts.save(replace(gone, touched_ms=now))
    store.drafts.discard(gone.id)
    store.tidy()
    one.clock.move(days=2)
    store.drafts.save(late)
    store.drafts.discard(late.id)
    store.tidy()
    assert store.drafts.all() == []
    one.clock.move(days=27, hours=23)
    store.tidy()
    assert len(store.drafts.all(discarded=True)) == 2
    one.clock.move(hours=1)
    store.tidy()
    assert [draft.id for draft in store.drafts.all(discarded=True)] == [late.id]
    store.drafts.restore(late.id)
    assert store.drafts.all() == [late]


def test_a_draft_becomes_a_record_in_one_transaction(store: EncryptedStore) -> None:
    with store.unit() as unit:
        unit.save_draft(DRAFT)
    with store.unit() as unit:
        unit.put("note", example("note"))
        unit.drop_draft(DRAFT.id, for_good=True)
    assert store.drafts.all() == store.drafts.all(discarded=True) == []


def test_settings_keep_values_and_forget_none(store: EncryptedStore) -> None:
    store.settings.set("import.mapping", {"Nom": "last_name", "lignes": [1, 2]})
    assert store.settings.get("import.mapping") == {"Nom": "last_name", "lignes": [1, 2]}
    store.settings.set("import.mapping", None)
    assert store.settings.get("import.mapping") is None
