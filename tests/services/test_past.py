"""What a file's registers held, and one value erased for good, on the real store."""

from __future__ import annotations

from dataclasses import replace

from spie_desk.domain.records.action import Action
from spie_desk.domain.records.person import Person
from spie_desk.services import export, notes, past, people, records
from spie_desk.services.desk import Desk
from tests.clock import FakeClock


def _person(desk: Desk, **more: object) -> bytes:
    person = Person(id=desk.chance.id(), first_name="Amina", last_name="Belkacem", **more)  # type: ignore[arg-type]
    people.create(desk, person)
    return person.id


def _change(desk: Desk, person: bytes, **more: object) -> None:
    shown = desk.store.records.get("person", person)
    assert shown is not None
    records.save(desk, "person", replace(shown.record, **more), shown)


def _values(desk: Desk, person: bytes, register: str) -> list[object]:
    return [one.version.value for one in past.of_file(desk, person) if one.register == register]


def test_a_register_that_was_never_filled_in_has_no_history(desk: Desk) -> None:
    person = _person(desk)
    assert _values(desk, person, "nickname") == []
    _change(desk, person, nickname="Mina")
    _change(desk, person, nickname="")
    assert _values(desk, person, "nickname") == ["", "Mina"]


def test_only_the_false_value_is_erased_wherever_it_stood(desk: Desk, clock: FakeClock) -> None:
    person = _person(desk, nickname="Canari")
    for name in ("Mina", "Canari", "Nina"):
        clock.move(minutes=1)
        _change(desk, person, nickname=name)
    false = next(one for one in past.of_file(desk, person) if one.version.value == "Canari")
    past.erase_value(desk, false)
    assert _values(desk, person, "nickname") == ["Nina", None, "Mina", None]
    shown = desk.store.records.get("person", person)
    assert shown is not None
    assert shown.record.nickname == "Nina"
    assert people.search(desk, "canari") == []


def test_an_erased_note_stays_in_the_history_of_the_file_it_left(desk: Desk) -> None:
    wrong, right = _person(desk), _person(desk)
    note = replace(notes.blank(desk, wrong), text="Canari amarante.")
    notes.sign(desk, note)
    shown = desk.store.records.get("note", note.id)
    assert shown is not None
    notes.move(desk, shown, right)
    found = [one for one in past.of_file(desk, wrong) if one.kind == "note"]
    assert [(one.version.value, one.version.erased_by is not None) for one in found] == [(None, True)]
    assert not any(one.version.erased_by for one in past.of_file(desk, right) if one.kind == "note")


def test_an_address_not_to_be_given_out_is_marked_with_its_former_ones(desk: Desk) -> None:
    person = _person(desk, street="3 rue des Lilas")
    _change(desk, person, street="14 impasse du Zinzolin", undisclosed=True)
    hidden = [one.hides_address for one in past.of_file(desk, person) if one.register == "address"]
    assert hidden == [True, True]


def test_an_export_without_the_address_holds_none_of_them(desk: Desk) -> None:
    person = _person(desk, street="3 rue des Lilas", nickname="Mina")
    _change(desk, person, street="14 impasse du Zinzolin", undisclosed=True)
    written = str(export.without_address(export.document(desk, person)))
    assert "Lilas" not in written
    assert "Zinzolin" not in written
    assert "Mina" in written


def test_whose_a_record_is_is_no_value_to_erase(desk: Desk) -> None:
    person = _person(desk)
    with desk.store.unit() as unit:
        unit.put("action", Action(id=desk.chance.id(), person=person, what="Rappeler la mairie"))
    actions = [one for one in past.of_file(desk, person) if one.kind == "action"]
    assert "what" in {one.register for one in actions}
    assert "person" not in {one.register for one in actions}
