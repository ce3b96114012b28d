"""Many new records at once give, row for row, the store that writing them one by one gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from spie_desk.app.shipped_lists import example_people
from spie_desk.domain.people_maker import founders, make
from spie_desk.domain.records import KIND, KINDS
from spie_desk.domain.records.around import Identifier
from spie_desk.domain.records.person import Person
from spie_desk.domain.values import record_of, registers_of
from spie_desk.services.ports import Deed
from spie_desk.store import fresh
from spie_desk.store.derived import PEOPLE, TEXTS, to_column
from spie_desk.store.engine import close_engine, create_database, open_engine
from spie_desk.store.open import EncryptedStore, open_store
from spie_desk.store.spelling import Author, Speller
from spie_desk.store.unit import StoreUnit
from spie_desk.store.unit import spelled as as_kept
from spie_sync.change import Change, body_of, canonical, commitment
from tests.clock import FakeChance, FakeClock
from tests.examples import AMINA, an_id, example

Made = tuple[str, Any]
MATERIAL = example_people()


def a_store(path: Path) -> tuple[EncryptedStore, Callable[[], None]]:
    create_database(path, bytearray(range(32)), b"v" * 16)
    engine = open_engine(path, bytearray(range(32)))
    store = open_store(engine, FakeClock(), FakeChance(1))
    store.settings.set("me", "ab" * 16)
    return store, lambda: close_engine(engine)


def portrait(store: EncryptedStore) -> dict[str, list[Any]]:
    """Every row of every table, and every word of the index with the rows that hold it."""
    found: dict[str, list[Any]] = {}
    with store._transactions.reading() as connection:
        names = connection.scalars(text(
            "SELECT name FROM sqlite_master WHERE type='table' AND sql LIKE 'CREATE TABLE%' AND name NOT LIKE 'find%' "
            "AND name NOT IN ('identity', 'desk')"
        )).all()  # fmt: skip
        for name in names:
            found[name] = [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')]
    with store._transactions.writing("look") as connection:
        for name in (PEOPLE, TEXTS):
            connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.{name}_v USING fts5vocab('main', {name}, instance)")
            rows = connection.exec_driver_sql(f"SELECT term, doc FROM temp.{name}_v")
            found[name] = sorted(tuple(row) for row in rows)
            connection.exec_driver_sql(f"DROP TABLE temp.{name}_v")
    return found


def by_the_door(unit: StoreUnit, made: Sequence[Made]) -> None:
    """The long way, by which every change can pass: a change, its merge, its row."""
    for name, one in made:
        unit._write(name, one.id, unit.circle(KIND[name].circle(one)), registers_of(KIND[name], one), {})


def one_by_one(unit: StoreUnit, made: Sequence[Made]) -> None:
    for kind, one in made:
        unit.put(kind, one)


WAYS = (by_the_door, one_by_one, StoreUnit.put_fresh)


def all_ways(folder: Path, *batches: Sequence[Made], before: Sequence[Made] = ()) -> None:
    """The same records by the door, one by one and in batches: three stores that nothing tells apart, or this fails."""
    stores, closers = zip(*(a_store(folder / f"{number}.db") for number in range(len(WAYS))), strict=True)
    for store, way in zip(stores, WAYS, strict=True):
        with store.unit(Deed("typed")) as unit:
            by_the_door(unit, before)
        with store.unit(Deed("imported", label="liste.csv")) as unit:
            for made in batches:
                way(unit, made)
    first, *others = stores
    expected = portrait(first)
    for store in others:
        found = portrait(store)
        for name, rows in expected.items():
            assert found[name] == rows, name
        assert expected.keys() == found.keys()
        assert store.touched() == replace(first.touched(), deed=store.touched().deed)
        assert store.check() == []
    for close in closers:
        close()


def made_up(seed: int, count: int) -> list[Made]:
    me, structure = founders(MATERIAL, seed)
    return list(make(MATERIAL, seed, date(2026, 12, 9), count, me, structure))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_caseload_is_the_same_written_at_once(tmp_path: Path, seed: int) -> None:
    all_ways(tmp_path, made_up(seed, 30))


def test_every_kind_with_its_parents_inside_and_outside(tmp_path: Path) -> None:
    all_ways(tmp_path, [(kind.name, example(kind.name)) for kind in KINDS])


def test_what_hangs_below_records_that_stood_before(tmp_path: Path) -> None:
    before = [(name, example(name)) for name in ("structure", "person", "review", "passage")]
    later = [(kind.name, example(kind.name, "later")) for kind in KINDS]
    all_ways(tmp_path, later, before=before)


def test_batches_cut_anywhere_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh, "_MOST", 7)
    monkeypatch.setattr(fresh.families, "__defaults__", (3,))
    all_ways(tmp_path, made_up(3, 6), made_up(4, 4))


def test_an_id_that_stands_already_or_twice_takes_the_slow_way(tmp_path: Path) -> None:
    amina = example("person")
    again = [("person", amina), ("phone", example("phone")), ("phone", example("phone"))]
    all_ways(tmp_path, again, before=[("person", amina)])


def test_two_people_with_one_number_are_to_be_settled(tmp_path: Path) -> None:
    def someone(name: str) -> list[Made]:
        person = Person(id=an_id(name), last_name=name)
        return [("person", person), ("identifier", Identifier(id=an_id(name + "n"), person=person.id, scheme="caf",
                                                              value="1234567"))]  # fmt: skip

    all_ways(tmp_path, [*someone("Roux"), *someone("Petit")], before=someone("Benali"))


def test_what_comes_under_a_withdrawn_file_stays_hidden_or_contests(tmp_path: Path) -> None:
    stores = []
    for number, way in enumerate(WAYS):
        store, close = a_store(tmp_path / f"{number}.db")
        with store.unit() as unit:
            unit.put("person", example("person"))
        shown = store.records.get("person", AMINA)
        assert shown is not None
        with store.unit() as unit:
            unit.withdraw(shown)
        with store.unit() as unit:
            way(unit, [("phone", example("phone")), ("note", replace(example("note"), compartment="situation"))])
        stores.append(portrait(store))
        assert store.check() == []
        close()
    assert stores[0] == stores[1] == stores[2]


def test_it_says_how_far_it_is_and_stops_when_told(tmp_path: Path) -> None:
    store, close = a_store(tmp_path / "one.db")
    told: list[int] = []

    def tell(done: int) -> None:
        told.append(done)
        if len(told) == 2:
            raise KeyboardInterrupt

    people = [("person", Person(id=an_id(str(n)), last_name=f"Nom {n}")) for n in range(900)]
    with pytest.raises(KeyboardInterrupt), store.unit() as unit:
        unit.put_fresh(people, tell)
    assert told == [fresh.BATCH, 2 * fresh.BATCH]
    assert store.records.count("person") == 0
    with store.unit() as unit:
        unit.put_fresh(people)
    assert store.records.count("person") == 900
    close()


_TEXTS = st.text(st.characters(codec=None), max_size=12) | st.sampled_from(
    ["", "Éloïse\r\nOuattara", "e\u0301\u0301", "\ud83d", '"\\\x00\x1f', "06 39 98 12 34", "%s {0}"])  # fmt: skip
_ODD: dict[Any, st.SearchStrategy[Any]] = {
    str: _TEXTS, bytes: st.binary(max_size=17), bool: st.booleans(), date: st.dates() | st.none(),
    int: st.integers(-(2**70), 2**70) | st.none(),
}  # fmt: skip


@pytest.mark.parametrize("name", ["person", "note", "right", "phone"])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_change_is_spelled_to_the_byte(name: str, data: st.DataObject) -> None:
    kind = KIND[name]
    drawn = {item.name: data.draw(_ODD.get(item.type, st.just(item.default))) for item in kind.fields}
    one = kind.type(id=b"i" * 16, **{**drawn, **_tuples(kind)})
    random = Random(data.draw(st.integers(0, 9)))
    desk, circle, person, deed, salt = (random.randbytes(16) for _ in range(5))
    speller = Speller(kind)
    spelled = speller.spell(one)
    values = as_kept(registers_of(kind, one))
    change = Change(desk=desk, circle=circle, n=3, hlc=77 << 16, person=person, deed=deed, kind=name, record=one.id,
                    deed_kind="imported «\u00a0»", values=values, salt=salt)  # fmt: skip
    whole = replace(change, commitment=commitment(change))
    author = Author(desk, person, deed, "imported «\u00a0»")
    committed = author.commitment(speller, spelled, (circle, one.id, 3, 77 << 16, salt))
    assert committed == whole.commitment.hex()
    assert speller.body(spelled, person.hex(), salt, committed) == body_of(whole)
    back = record_of(kind, one.id, values)
    assert spelled.cells == tuple(to_column(item, getattr(back, item.name)) for item in kind.fields)
    assert [canonical(values[name]).decode() for name in speller.registers] == list(spelled.registers)


def _tuples(kind: Any) -> dict[str, Any]:
    return {item.name: (b"a" * 16,) for item in kind.fields if getattr(item.type, "__origin__", None) is tuple}
