"""All that is derived can be made again from the journal, is found equal, and a tampered table is noticed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records import KINDS
from spie_desk.store import rebuild
from spie_desk.store.open import EncryptedStore
from tests.examples import AMINA, an_id, example
from tests.store.conftest import Opened


@pytest.fixture
def full(stores: Callable[..., Opened]) -> EncryptedStore:
    """Every kind, a clash, a contested withdrawal, an erasure, a note signed twice, an unknown kind."""
    here, there = stores("here").store, stores("there").store
    with here.unit() as unit:
        circles = {kind.name: unit.put(kind.name, example(kind.name)) for kind in KINDS}
        unit.put("note", example("note", "second"))
        unit.put("person", example("person", "withdrawn"))
        deed = unit.deed
    there.receive(here.records.deed(deed))
    for store, street in ((here, "2 rue Neuve"), (there, "9 rue Haute")):
        _edit(store, AMINA, street)
    gone = here.records.get("person", an_id("withdrawn"))
    assert gone is not None
    with here.unit() as unit:
        unit.withdraw(gone)
        unit.erase("note", an_id("note"), circles["note"])
    _edit(there, an_id("withdrawn"), "3 impasse")
    here.receive([change for one in there.records.deeds() for change in there.records.deed(one.id)])
    unknown = replace(here.records.deed(deed)[0], kind="later", n=99, record=an_id("later"))
    here.receive([unknown])
    assert {clash.sort for clash in here.records.clashes()} == {"values", "deleted"}
    return here


def _edit(store: EncryptedStore, person: bytes, street: str) -> None:
    shown = store.records.get("person", person)
    assert shown is not None
    with store.unit() as unit:
        unit.put("person", replace(shown.record, street=street), shown=shown)


def seen(store: EncryptedStore) -> list[object]:
    return [
        *(store.records.find(kind.name) for kind in KINDS), store.records.clashes(), store.lists.search("appeler"),
        store.lists.people(PersonFilter()), store.lists.search("benali"), store.waiting(),
    ]  # fmt: skip


def test_a_rebuilt_store_is_equal(full: EncryptedStore) -> None:
    assert full.check() == []
    before = seen(full)
    told: list[tuple[int, int]] = []
    assert full.rebuild(lambda done, total: told.append((done, total))) == told[-1][1]
    assert told[-1][0] == told[-1][1]
    assert seen(full) == before
    assert full.check() == []


@pytest.mark.parametrize("damage", [
    "UPDATE rec_person SET street = 'ailleurs'", "DELETE FROM rec_note", "DELETE FROM head",
    "UPDATE record SET seq = NULL", "DELETE FROM unsettled", "DELETE FROM find_people WHERE rowid > 0",
    "INSERT INTO find_texts(rowid, words) VALUES (99, 'intrus')", "UPDATE rec_action SET _visible = 0",
])  # fmt: skip
def test_damage_to_what_is_derived_is_noticed_and_mended(full: EncryptedStore, damage: str) -> None:
    before = seen(full)
    with full._transactions.writing("damage") as connection:
        connection.exec_driver_sql(damage)
    assert full.check() != []
    full.rebuild()
    assert full.check() == []
    assert seen(full) == before


def test_a_rebuild_that_is_cancelled_changes_nothing(full: EncryptedStore) -> None:
    before = seen(full)
    with pytest.raises(rebuild.RebuildCancelled):
        full.rebuild(cancelled=lambda: True)
    assert seen(full) == before
    assert full.check() == []


def test_other_rules_ask_for_a_rebuild(stores: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch) -> None:
    one = stores("one")
    with one.store.unit() as unit:
        unit.put("person", example("person"))
    assert not one.store.needs_rebuild()
    monkeypatch.setattr(rebuild, "DERIVATION", 99)
    again = stores("one", fresh=False).store
    assert again.needs_rebuild()
    again.rebuild()
    assert not again.needs_rebuild()
    assert again.records.count("person") == 1


def test_a_field_added_to_a_kind_asks_for_a_rebuild(
    stores: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = stores("one")
    assert not one.store.needs_rebuild()
    monkeypatch.setattr(rebuild, "KIND", {name: kind for name, kind in rebuild.KIND.items() if name != "structure"})
    assert stores("one", fresh=False).store.needs_rebuild()
