"""Drafts thrown away and brought back, quick notes kept again while typed, the round proposed to the next one."""

from __future__ import annotations

from spie_desk.domain.drafts import DraftState
from spie_desk.services import note_form, quick, work
from spie_desk.services.desk import Desk
from spie_desk.store.open import EncryptedStore
from tests.clock import FakeClock


def _ids(desk: Desk) -> list[bytes]:
    return [one.id for one in work.drafts(desk)]


def test_a_draft_thrown_away_comes_back_whole(desk: Desk) -> None:
    draft = work.keep(desk, note_form.opening(desk).draft)
    work.discard(desk, draft.id)
    assert not _ids(desk)
    assert [one.id for one in work.discarded(desk)] == [draft.id]
    attached = quick.attach(desk, draft.id, b"p" * 16)
    work.discard(desk, draft.id)
    work.bring_back(desk, draft.id)
    assert _ids(desk) == [draft.id]
    assert work.drafts(desk)[0].values == attached.values


def test_a_quick_note_thrown_away_comes_back_where_it_was(desk: Desk) -> None:
    draft = quick.note_quickly(desk, "Vu une dame.")
    work.discard(desk, draft)
    work.bring_back(desk, draft)
    assert [one.id for one in work.unattached(desk)] == [draft]
    assert not _ids(desk)


def test_its_thirty_days_begin_when_it_is_thrown_away(desk: Desk, clock: FakeClock) -> None:
    assert isinstance(desk.store, EncryptedStore)
    draft = quick.note_quickly(desk, "Vu une dame.")
    clock.move(days=40)
    work.discard(desk, draft)
    desk.store.tidy()
    assert work.discarded(desk), "let go of at once"
    clock.move(days=29)
    desk.store.tidy()
    assert work.discarded(desk)
    clock.move(days=2)
    desk.store.tidy()
    assert not work.discarded(desk)


def test_a_quick_note_typed_further_stays_one_note_of_the_first_hour(desk: Desk, clock: FakeClock) -> None:
    draft = quick.note_quickly(desk, "Vu une")
    first = desk.store.drafts.get(draft)
    clock.move(minutes=2)
    assert quick.note_quickly(desk, "Vu une dame.", draft=draft) == draft
    again = desk.store.drafts.get(draft)
    assert first is not None
    assert again is not None
    assert (again.record, again.opened_ms, again.state) == (first.record, first.opened_ms, DraftState.KEPT)
    assert quick.note_of(again).text == "Vu une dame."
    assert again.touched_ms > first.touched_ms


def test_the_last_round_is_proposed_with_me_in_it(desk: Desk) -> None:
    assert quick.last_round(desk) == quick.Round("", (desk.me.id,), "14:32")
    quick.remember_round(desk, quick.Round("Gare", (b"k" * 16,)))
    assert quick.last_round(desk) == quick.Round("Gare", (desk.me.id, b"k" * 16), "14:32")


def test_the_form_to_reopen_is_forgotten_once_its_draft_is_gone(desk: Desk) -> None:
    draft = work.keep(desk, note_form.opening(desk).draft)
    work.opened(desk, draft.id)
    assert work.to_reopen(desk) is not None
    work.discard(desk, draft.id)
    assert work.to_reopen(desk) is None
