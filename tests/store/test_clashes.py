"""What two people write apart: nothing unseen is replaced, all of it is listed, settled once it is settled for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from spie_desk.domain.circles import socle
from spie_desk.domain.shown import Bases, Shown, Touched
from spie_desk.store.open import EncryptedStore
from spie_sync.change import Change, Value
from tests.examples import AMINA, CLAIRE, DAY, an_id, example
from tests.store.conftest import Opened


def write(store: EncryptedStore, kind: str, record: Any, shown: Shown[Any] | None = None, **how: Any) -> list[Change]:
    with store.unit() as unit:
        unit.put(kind, record, shown=shown, **how)
        deed = unit.deed
    return store.records.deed(deed)


def as_dict(value: Value) -> dict[str, Value]:
    assert isinstance(value, dict)
    return value


def part(value: Value, name: str) -> Value:
    """One field of a register's value."""
    return as_dict(value)[name]


def get(store: EncryptedStore, kind: str, record: bytes) -> Shown[Any]:
    found = store.records.get(kind, record)
    assert found is not None
    return found


@pytest.fixture
def two(stores: Callable[..., Opened]) -> tuple[EncryptedStore, EncryptedStore]:
    """Two desks that hold the same file."""
    here, there = stores("here").store, stores("there").store
    there.receive(write(here, "person", example("person")))
    return here, there


def test_a_form_open_for_long_never_replaces_what_came_meanwhile(two: tuple[EncryptedStore, EncryptedStore]) -> None:
    here, there = two
    opened = get(here, "person", AMINA)
    here.receive(write(there, "person", replace(opened.record, street="2 rue Neuve"), get(there, "person", AMINA)))
    write(here, "person", replace(opened.record, street="9 rue Haute"), opened)
    (clash,) = here.records.clashes(AMINA)
    assert (clash.sort, clash.register, clash.complete) == ("values", "address", True)
    assert {part(one.value, "street") for one in clash.versions} == {"2 rue Neuve", "9 rue Haute"}
    assert [part(one.value, "street") for one in clash.before] == [""]
    assert clash.title == "Amina Benali"
    assert clash.person == AMINA
    assert get(here, "person", AMINA).clashing == {"address"}


def test_the_base_survives_in_a_draft(two: tuple[EncryptedStore, EncryptedStore]) -> None:
    here, there = two
    opened = get(here, "person", AMINA)
    kept = Bases.from_value(opened.bases.to_value())
    here.receive(write(there, "person", replace(opened.record, street="2 rue Neuve"), get(there, "person", AMINA)))
    write(here, "person", replace(opened.record, street="9 rue Haute"), replace(opened, bases=kept))
    assert len(here.records.clashes()) == 1


def test_a_clash_is_the_same_in_any_order_and_settled_once_for_all(
    two: tuple[EncryptedStore, EncryptedStore], stores: Callable[..., Opened]
) -> None:
    here, there = two
    before = get(here, "person", AMINA)
    mine = write(here, "person", replace(before.record, street="2 rue Neuve"), before)
    theirs = write(there, "person", replace(before.record, street="9 rue Haute"), get(there, "person", AMINA))
    here.receive(theirs)
    there.receive(mine)
    (clash,), (same,) = here.records.clashes(), there.records.clashes()
    assert clash == same
    assert clash.versions[0].is_shown
    with here.unit() as unit:
        unit.write("person", AMINA, clash.circle, {"address": clash.versions[1].value},
                   {"address": frozenset(one.dot for one in clash.versions)})  # fmt: skip
        settled = unit.deed
    decision = here.records.deed(settled)
    creation = here.records.deed(before.first.deed)
    for number, order in enumerate(permutations([*creation, *mine, *theirs, *decision])):
        if number % 4 == 0:
            third = stores(f"third{number}").store
            for change in order:
                third.receive([change])
                third.receive([change])
            assert third.records.clashes() == []
            assert get(third, "person", AMINA).record.street == part(clash.versions[1].value, "street")
    there.receive(decision)
    assert there.records.clashes() == here.records.clashes() == []


def test_the_same_value_written_twice_is_no_clash(two: tuple[EncryptedStore, EncryptedStore]) -> None:
    here, there = two
    before = get(here, "person", AMINA)
    write(here, "person", replace(before.record, street="2 rue Neuve"), before)
    here.receive(write(there, "person", replace(before.record, street="2 rue Neuve"), get(there, "person", AMINA)))
    assert here.records.clashes() == []


def test_two_referents_named_apart_are_one_question(two: tuple[EncryptedStore, EncryptedStore]) -> None:
    here, there = two
    before = get(here, "person", AMINA)
    write(here, "person", replace(before.record, referent=an_id("ines")), before)
    here.receive(write(there, "person", replace(before.record, referent=an_id("paul")), get(there, "person", AMINA)))
    (clash,) = here.records.clashes()
    assert clash.register == "referent"


def test_the_kept_value_may_be_forced_as_a_decision(two: tuple[EncryptedStore, EncryptedStore]) -> None:
    here, _ = two
    shown = get(here, "person", AMINA)
    (change,) = write(here, "person", shown.record, shown, force=frozenset({"name"}))
    assert set(change.values) == {"name"}


def test_one_identifier_on_two_people_is_listed_until_one_lets_go(store: EncryptedStore) -> None:
    other = an_id("other person")
    write(store, "person", example("person"))
    write(store, "person", replace(example("person", "other person"), first_name="Amine"))
    write(store, "identifier", example("identifier"))
    assert store.records.clashes() == []
    write(store, "identifier", replace(example("identifier", "second"), person=other))
    (clash,) = store.records.clashes()
    assert clash.sort == "equal"
    assert {clash.record, *clash.others} == {an_id("identifier"), an_id("second")}
    assert {clash.person, *clash.people} == {AMINA, other}
    assert len(store.records.clashes(other)) == len(store.records.clashes(AMINA)) == 1
    assert store.check() == []
    wrong = get(store, "identifier", an_id("second"))
    write(store, "identifier", replace(wrong.record, value=""), wrong)
    assert store.records.clashes() == []
    corrected = get(store, "identifier", an_id("second"))
    write(store, "identifier", replace(corrected.record, value="1234567A"), corrected)
    with store.unit() as unit:
        unit.withdraw(get(store, "identifier", an_id("second")))
    assert store.records.clashes() == []
    assert store.check() == []


def test_what_a_stranger_writes_on_a_signed_note_stands_beside_it(two: tuple[EncryptedStore, EncryptedStore]) -> None:
    here, there = two
    there.receive(write(here, "note", example("note")))
    signed = get(here, "note", an_id("note"))
    here.receive(write(there, "note", replace(signed.record, text="autre chose"), get(there, "note", an_id("note"))))
    shown = get(here, "note", an_id("note"))
    assert shown.record == signed.record
    assert shown.beside == {"content"}
    assert shown.bases.of("content") == signed.bases.of("content")
    (clash,) = here.records.clashes()
    assert clash.sort == "beside"
    assert [part(one.value, "text") for one in clash.versions] == [signed.record.text, "autre chose"]
    assert here.check() == []
    with here.unit() as unit:
        unit.write("note", signed.record.id, clash.circle, {"content": clash.versions[0].value},
                   {"content": frozenset(one.dot for one in clash.versions)})  # fmt: skip
    assert here.records.clashes() == []
    assert get(here, "note", an_id("note")).record == signed.record
    assert here.check() == []


def test_the_author_may_sign_again(store: EncryptedStore) -> None:
    write(store, "note", example("note"))
    signed = get(store, "note", an_id("note"))
    write(store, "note", replace(signed.record, text="mieux dit"), signed)
    assert get(store, "note", an_id("note")).record.text == "mieux dit"
    assert store.records.clashes() == []


def test_a_file_withdrawn_and_changed_apart_is_a_question(two: tuple[EncryptedStore, EncryptedStore]) -> None:
    here, there = two
    added = write(there, "action", example("action"))
    with here.unit() as unit:
        unit.withdraw(get(here, "person", AMINA))
        gone = unit.deed
    assert here.records.get("person", AMINA) is None
    here.receive(added)
    (clash,) = here.records.clashes()
    assert (clash.sort, clash.record) == ("deleted", AMINA)
    assert {one.register for one in clash.before} >= {"what", "progress"}
    assert get(here, "person", AMINA).contested
    assert here.records.get("action", an_id("action")) is not None
    there.receive(here.records.deed(gone))
    assert there.records.clashes() == here.records.clashes()
    assert here.check() == there.check() == []
    with here.unit() as unit:
        unit.withdraw(get(here, "person", AMINA))
    assert here.records.clashes() == []
    assert here.records.get("action", an_id("action")) is None
    assert here.check() == []


def test_a_file_is_withdrawn_with_all_its_compartments_and_comes_back(store: EncryptedStore) -> None:
    write(store, "person", example("person"))
    for kind in ("phone", "right", "note", "request"):
        write(store, kind, example(kind))
    with store.unit() as unit:
        unit.withdraw(get(store, "person", AMINA))
        deed = unit.deed
    for kind in ("person", "phone", "right", "note", "request"):
        assert store.records.count(kind) == 0
    assert store.records.clashes() == []
    assert store.check() == []
    with store.unit() as unit:
        for change in store.records.deed(deed):
            base = store.records.heads(change.kind, change.record, change.circle).of("_del")
            unit.write(change.kind, change.record, change.circle, {"_del": False}, {"_del": base})
    for kind in ("person", "phone", "right", "note", "request"):
        assert store.records.count(kind) == 1
    assert store.check() == []


def test_what_arrives_before_its_creation_waits_and_is_counted(two: tuple[EncryptedStore, EncryptedStore]) -> None:
    here, there = two
    created = write(here, "action", example("action"))
    shown = get(here, "action", an_id("action"))
    edited = write(here, "action", replace(shown.record, status="done", done_on=DAY), shown)
    there.receive(edited)
    assert there.records.get("action", an_id("action")) is None
    assert there.waiting().records == 1
    there.receive(created)
    assert get(there, "action", an_id("action")).record.status == "done"
    assert there.waiting().records == 0


def test_a_newer_version_is_kept_and_carried_over(two: tuple[EncryptedStore, EncryptedStore]) -> None:
    here, there = two
    (change,) = there.records.deed(get(there, "person", AMINA).first.deed)
    newer = replace(
        change, n=1, desk=an_id("newer desk"), record=an_id("newer"),
        circle=an_id("newer circle"), values={**change.values, "signature_photo": "…",
                                              "address": {**as_dict(change.values["address"]), "floor": "3e"}},
    )  # fmt: skip
    unknown = replace(newer, n=2, kind="consent_form", record=an_id("unknown"), values={"a": 1})
    here.receive([newer, unknown])
    waiting = here.waiting()
    assert (waiting.of_unknown_kind, waiting.unknown_registers) == (1, 1)
    shown = get(here, "person", an_id("newer"))
    (written,) = write(here, "person", replace(shown.record, street="2 rue Neuve"), shown)
    assert part(written.values["address"], "floor") == "3e"
    assert set(written.values) == {"address"}
    assert here.check() == []


def test_history_names_every_value_newest_first(two: tuple[EncryptedStore, EncryptedStore]) -> None:
    here, _ = two
    for street in ("2 rue Neuve", "9 rue Haute"):
        shown = get(here, "person", AMINA)
        write(here, "person", replace(shown.record, street=street), shown)
    found = [one for one in here.records.history("person", AMINA) if one.register == "address"]
    assert [part(one.value, "street") for one in found] == ["9 rue Haute", "2 rue Neuve", ""]
    assert [one.is_shown for one in found] == [True, False, False]


def test_a_deed_groups_its_changes_and_says_if_it_may_be_undone(store: EncryptedStore) -> None:
    with store.unit() as unit:
        unit.put("person", example("person"))
        unit.put("phone", example("phone"))
        deed = unit.deed
    (view,) = store.records.deeds()
    assert (view.id, view.changes, view.undoable) == (deed, 2, True)
    touched = store.touched()
    assert touched.deed == deed
    assert touched.kinds == {"person", "phone"}
    assert touched.people == {AMINA}


def test_listeners_hear_of_local_and_received_changes_alike(two: tuple[EncryptedStore, EncryptedStore]) -> None:
    here, there = two
    heard: list[Touched] = []
    there.subscribe(heard.append)
    there.receive(write(here, "action", example("action")))
    write(there, "phone", example("phone"))
    assert [one.kinds for one in heard] == [{"action"}, {"phone"}]
    assert all(one.people == {AMINA} for one in heard)


def test_nothing_stays_of_a_unit_that_fails(store: EncryptedStore) -> None:
    def fail() -> None:
        with store.unit() as unit:
            unit.put("person", example("person"))
            assert store.records.count("person") == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.records.count("person") == 0
    assert store.records.deeds() == []


def test_find_filters_compares_and_orders(store: EncryptedStore) -> None:
    write(store, "person", example("person"))
    for number, day in enumerate((date(2026, 3, 1), date(2026, 3, 20), None)):
        write(store, "action", replace(example("action", f"a{number}"), due_on=day, what=f"étape {number}"))
    find = store.records.find
    assert [one.record.what for one in find("action", {"due_on": ("<=", DAY)})] == ["étape 0"]
    assert [one.record.what for one in find("action", {"due_on": None})] == ["étape 2"]
    assert len(find("action", {"owner": CLAIRE, "status": ("planned", "done")})) == 3
    assert find("action", {"owner": ("!=", CLAIRE)}) == []
    assert [one.record.what for one in find("action", order=("-due_on",), limit=2)] == ["étape 1", "étape 0"]
    assert store.records.count("action", {"person": AMINA}) == 3


def test_a_wish_finds_its_circle_or_founds_it_once(store: EncryptedStore) -> None:
    with store.unit() as unit:
        first, again = unit.circle(socle(AMINA)), unit.circle(socle(AMINA))
        other = unit.circle(socle(CLAIRE))
    assert first == again != other
    (view,) = store.circles.of(AMINA)
    assert view.id == first
    assert store.circles.get(first) == view


def test_the_questions_of_one_person_are_those_of_everyone_that_name_her(
    two: tuple[EncryptedStore, EncryptedStore],
) -> None:
    here, there = two
    others = [an_id(f"other {number}") for number in range(3)]
    for number, person in enumerate((AMINA, *others)):
        if number:
            made = replace(example("person"), id=person, last_name=f"Autre {number}", number=f"B0-{number:05d}")
            there.receive(write(here, "person", made))
        mine, theirs = get(here, "person", person), get(there, "person", person)
        write(here, "person", replace(mine.record, street="2 rue Neuve"), mine)
        here.receive(write(there, "person", replace(theirs.record, street="9 rue Haute"), theirs))
    for person in (AMINA, others[0]):
        write(here, "identifier", replace(example("identifier"), id=an_id(f"number of {person!r}"), person=person))
    every = here.records.clashes()
    assert len(every) == 5
    for person in (AMINA, *others):
        assert here.records.clashes(person) == [one for one in every if person in (one.person, *one.people)]
    assert len(here.records.clashes(AMINA)) == 2
    assert here.records.clashes(an_id("nobody")) == []
