"""Search and the list of people: what was typed finds who was meant, however it is spelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.person import Person
from spie_desk.domain.words import sounds
from spie_desk.store.open import EncryptedStore
from tests.examples import AMINA, CLAIRE, an_id, example
from tests.store.conftest import Opened

NAMES = (
    ("Lefebvre", "Jeanne"), ("Lefèvre", "Paul"), ("Lefeuvre", "Zoé"), ("Œuvrard", "Łucja"), ("Groß", "Ægir"),
    ("Đorđević", "Søren"), ("Martin", "Jean"),
)  # fmt: skip


def put(store: EncryptedStore, kind: str, *records: Any) -> None:
    with store.unit() as unit:
        for record in records:
            unit.put(kind, record)


@pytest.fixture
def people(store: EncryptedStore) -> EncryptedStore:
    put(store, "person", *(Person(id=an_id(last), last_name=last, first_name=first) for last, first in NAMES))
    return store


def found(store: EncryptedStore, words: str) -> set[str]:
    return {one.title.split()[-1] for one in store.lists.search(words) if one.kind == "person"}


@pytest.mark.parametrize(("words", "wanted"), [
    ("lefebvre", {"Lefebvre", "Lefèvre", "Lefeuvre"}), ("LEFÈVRE", {"Lefebvre", "Lefèvre", "Lefeuvre"}),
    ("lefeuvre zoe", {"Lefeuvre"}), ("zoe lefebvre", {"Lefeuvre"}), ("oeuvrard", {"Œuvrard"}), ("lucja", {"Œuvrard"}),
    ("gross", {"Groß"}), ("aegir", {"Groß"}), ("dordevic", {"Đorđević"}), ("soren", {"Đorđević"}),
    ("martin jean", {"Martin"}), ("mart", {"Martin"}), ("j mar", {"Martin"}), ("absent", set()), ("  ", set()),
    ('"*() OR', set()), ("NEAR( a", set()),
])  # fmt: skip
def test_a_name_is_found_however_it_is_typed(people: EncryptedStore, words: str, wanted: set[str]) -> None:
    assert found(people, words) == wanted


@pytest.mark.parametrize("words", [
    "06 39 98 01 02", "0639980102", "06.39.98", "+33 6 39 98 01 02", "1234567a", "K7-0132", "0132", "mina", "valmont",
    "amina example", "Benali Amina",
])  # fmt: skip
def test_a_person_is_found_by_all_that_names_her(store: EncryptedStore, words: str) -> None:
    put(store, "person", example("person"))
    put(store, "phone", example("phone"))
    put(store, "identifier", example("identifier"))
    (one,) = store.lists.search(words)
    assert (one.kind, one.record, one.title) == ("person", AMINA, "Amina Benali")


def test_a_number_let_go_finds_nobody(store: EncryptedStore) -> None:
    put(store, "person", example("person"))
    put(store, "phone", example("phone"))
    shown = store.records.get("phone", an_id("phone"))
    assert shown is not None
    with store.unit() as unit:
        unit.withdraw(shown)
    assert store.lists.search("0639980102") == []
    assert store.check() == []


def test_both_sides_of_a_clash_are_found(store: EncryptedStore) -> None:
    put(store, "person", example("person"))
    shown = store.records.get("person", AMINA)
    assert shown is not None
    for name in ("Durand", "Moreau"):
        with store.unit() as unit:
            unit.put("person", replace(shown.record, last_name=name), shown=shown)
    assert [one.record for one in store.lists.search("durand")] == [AMINA]
    assert [one.record for one in store.lists.search("moreau")] == [AMINA]
    assert store.lists.search("benali amina") == []
    assert [row.clashes for row in store.lists.people(PersonFilter(clashing=True))] == [1]


def test_notes_are_found_newest_first_with_an_excerpt(store: EncryptedStore) -> None:
    put(store, "person", example("person"))
    for number in range(3):
        put(store, "note", replace(example("note", f"note {number}"), text=f"Bail glissant, épisode {number}. " * 20))
    answers = store.lists.search("bail épisode")
    assert [one.record for one in answers] == [an_id(f"note {number}") for number in (2, 1, 0)]
    assert all(one.person == AMINA and one.excerpt.startswith("Bail glissant") for one in answers)
    assert len(answers[0].excerpt) < 200
    assert len(store.lists.search("bail", limit=2)) == 2


def test_the_index_holds_after_merging(people: EncryptedStore) -> None:
    people.tidy()
    assert found(people, "lefebvre zoe") == {"Lefeuvre"}
    assert people.check() == []


def test_the_list_of_people_tells_what_waits(one: Opened) -> None:
    store, today = one.store, one.clock.now().date()
    put(store, "person", example("person"), replace(example("person", "second"), last_name="Abadie", referent=b"",
                                                    town_code="76000", born_on=None, birth_year=1970))  # fmt: skip
    put(store, "note", replace(example("note"), on=today - timedelta(days=40)))
    put(store, "action", replace(example("action"), due_on=today - timedelta(days=1)))
    put(store, "action", replace(example("action", "done"), due_on=today - timedelta(days=9), status="done"))
    put(store, "appointment", replace(example("appointment"), on=today + timedelta(days=2)))
    put(store, "membership", example("membership"))
    first, second = store.lists.people(PersonFilter())
    assert (first.name, first.birth_year, first.late, first.referent) == ("Amina Abadie", 1970, 0, None)
    assert (second.name, second.late, second.next_at) == ("Amina Benali", 1, "09:30")
    assert second.next_on == today + timedelta(days=2)
    assert second.last_contact == today - timedelta(days=40)
    for wanted, count in (
        (PersonFilter(words="abad"), 1), (PersonFilter(referent=CLAIRE), 1), (PersonFilter(member=CLAIRE), 1),
        (PersonFilter(without_referent=True), 1), (PersonFilter(commune="76000"), 1), (PersonFilter(clashing=True), 0),
        (PersonFilter(silent_since=today - timedelta(days=60)), 1),
        (PersonFilter(silent_since=today - timedelta(days=30)), 2), (PersonFilter(words="?"), 0),
    ):  # fmt: skip
        assert store.lists.count_people(wanted) == count == len(store.lists.people(wanted)), wanted
    assert [row.name for row in store.lists.people(PersonFilter(), limit=1, offset=1)] == ["Amina Benali"]


def test_who_may_be_the_same_person(people: EncryptedStore) -> None:
    put(people, "person", replace(example("person"), born_on=date(1988, 4, 2)))
    put(people, "phone", example("phone"))
    likely = people.lists.likely
    assert likely(frozenset(), frozenset({"06 39 98 01 02"}), frozenset()) == [AMINA]
    assert likely(frozenset(), frozenset(), frozenset({"1988-04-02"})) == [AMINA]
    assert likely(sounds("Lefevre Zoe"), frozenset(), frozenset())[0] == an_id("Lefeuvre")
    assert set(likely(sounds("Lefevre"), frozenset(), frozenset())) == {an_id(name) for name, _ in NAMES[:3]}
    assert likely(frozenset(), frozenset(), frozenset()) == []
    assert likely(frozenset(), frozenset(), frozenset({"1970"})) == []
