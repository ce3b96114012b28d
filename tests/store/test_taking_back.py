"""What one deed made and nobody touched since goes all at once, as it would record by record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from spie_desk.domain.records import KINDS
from spie_desk.domain.records.around import Identifier, Phone, Right
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.note import Note
from spie_desk.domain.records.person import Person
from spie_desk.services.ports import Deed
from spie_desk.store.open import EncryptedStore
from tests.examples import CLAIRE, DAY, an_id
from tests.store.conftest import Opened
from tests.store.test_fresh import portrait

Made = tuple[str, Any]


def someone(name: str, number: str = "") -> list[Made]:
    """A file with something in each of its circles."""
    who = an_id(name)
    made: list[Made] = [
        ("person", Person(id=who, last_name=name)),
        ("membership", Membership(id=an_id(name + "m"), person=who, professional=CLAIRE, since=DAY)),
        ("phone", Phone(id=an_id(name + "p"), person=who, number="06 39 98 01 02")),
        ("right", Right(id=an_id(name + "r"), person=who, scheme="rsa", status="open")),
        ("note", Note(id=an_id(name + "n"), person=who, on=DAY, authors=(CLAIRE,), text=f"{name} revient jeudi.")),
    ]
    if number:
        made.append(("identifier", Identifier(id=an_id(name + "i"), person=who, scheme="caf", value=number)))
    return made


def imported(store: EncryptedStore, *made: list[Made]) -> bytes:
    with store.unit(Deed("imported", label="liste.csv")) as unit:
        for one in made:
            unit.put_fresh(one)
        return unit.deed


def taken_back(store: EncryptedStore, deed: bytes) -> Any:
    with store.unit(Deed("undone")) as unit:
        return unit.take_back(deed)


def flags(store: EncryptedStore) -> dict[str, list[Any]]:
    """How each record stands, whatever the numbers of the changes that say so; and every word of the index."""
    found: dict[str, list[Any]] = {}
    with store._transactions.reading() as connection:
        for kind in KINDS:
            rows = connection.exec_driver_sql(
                "SELECT _id, _uuid, _visible, _complete, _standing, _marked, _hidden, _unknown "
                f"FROM rec_{kind.name} ORDER BY _id"
            )
            found[kind.name] = [tuple(row) for row in rows]
    whole = portrait(store)
    return found | {name: whole[name] for name in ("unsettled", "find_people", "find_texts", "draft")}


@pytest.fixture
def two(stores: Callable[..., Opened]) -> list[EncryptedStore]:
    return [stores("one").store, stores("two").store]


def test_it_stands_as_if_each_file_had_been_withdrawn(two: list[EncryptedStore]) -> None:
    for number, store in enumerate(two):
        with store.unit() as unit:
            unit.put_fresh(someone("Roux", "1234567"))
        deed = imported(store, someone("Benali", "1234567"), someone("Petit"), someone("Diop", "7654321"))
        assert len(store.records.clashes()) == 1
        if number:
            back = taken_back(store, deed)
            assert back.everything
            assert len(back.gone) == 17
        else:
            for name in ("Benali", "Petit", "Diop"):
                shown = store.records.get("person", an_id(name))
                assert shown is not None
                with store.unit() as unit:
                    unit.withdraw(shown)
        assert [one.record.last_name for one in store.records.find("person")] == ["Roux"]
        assert store.records.clashes() == []
        assert store.check() == []
    one, other = map(flags, two)
    assert one == other


def test_whoever_was_touched_since_stays_and_the_others_go(store: EncryptedStore) -> None:
    deed = imported(store, someone("Benali"), someone("Petit"), someone("Diop"), someone("Roux"))
    petit, diop = (store.records.get("person", an_id(name)) for name in ("Petit", "Diop"))
    assert petit is not None
    assert diop is not None
    with store.unit() as unit:
        unit.put("person", replace(petit.record, street="2 rue Neuve"), shown=petit)
        unit.put("phone", Phone(id=an_id("new"), person=diop.record.id, number="06 39 98 00 00"))
    back = taken_back(store, deed)
    assert not back.everything
    assert {one.record.last_name for one in store.records.find("person")} == {"Petit", "Diop"}
    assert store.check() == []


def test_what_was_added_to_a_file_that_stays_goes_alone(store: EncryptedStore) -> None:
    with store.unit() as unit:
        unit.put_fresh(someone("Benali"))
    added = [("phone", Phone(id=an_id("added"), person=an_id("Benali"), number="06 39 98 77 66"))]
    deed = imported(store, added)
    assert store.lists.search("0639987766")
    assert taken_back(store, deed).everything
    assert [one.record.number for one in store.records.find("phone")] == ["06 39 98 01 02"]
    assert store.lists.search("0639987766") == []
    assert store.lists.search("0639980102")
    assert store.check() == []


def test_nothing_is_written_when_it_is_stopped_or_when_nothing_is_left_to_take_back(store: EncryptedStore) -> None:
    deed = imported(store, *(someone(f"Nom {n}") for n in range(50)))
    before = portrait(store)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), store.unit(Deed("undone")) as unit:
        unit.take_back(deed, stop)
    assert portrait(store) == before
    taken_back(store, deed)
    after = portrait(store)
    assert not taken_back(store, deed).gone
    assert portrait(store) == after


def test_a_colleague_sees_the_same_once_the_changes_have_arrived(stores: Callable[..., Opened], tmp_path: Path) -> None:
    here, there = stores("here").store, stores("there").store
    deed = imported(here, someone("Benali", "1234567"), someone("Petit"))
    taken_back(here, deed)
    for view in reversed(here.records.deeds()):
        there.receive(here.records.deed(view.id))
    for kind in ("person", "phone", "note", "right", "identifier"):
        assert there.records.find(kind) == []
    assert there.records.clashes() == []
    assert there.check() == []
