"""Undo on the real store: a record that was worked on since is left whole, one that nobody touched goes."""

from __future__ import annotations

from dataclasses import replace

from spie_desk.domain.records.around import Phone
from spie_desk.domain.records.person import Person
from spie_desk.services import undo
from spie_desk.services.ports import Deed

AMINA = Person(id=b"a" * 16, last_name="Benali", first_name="Amina")


def put(desk, kind, record, shown=None):
    with desk.store.unit(Deed("typed", label="essai")) as unit:
        unit.put(kind, record, shown=shown)
    (deed,) = desk.store.records.deeds(1)
    return deed


def test_a_person_nobody_touched_since_goes(desk):
    made = put(desk, "person", AMINA)
    undo.undo_deed(desk, made)
    assert desk.store.records.find("person") == []


def test_a_person_with_a_phone_added_since_stays(desk):
    made = put(desk, "person", AMINA)
    put(desk, "phone", Phone(id=b"p" * 16, person=AMINA.id, number="+33639980001"))
    done = undo.undo_deed(desk, made)
    (shown,) = desk.store.records.find("person")
    assert shown.record.last_name == "Benali"
    assert done.left


def test_a_person_renamed_since_stays(desk):
    made = put(desk, "person", AMINA)
    (shown,) = desk.store.records.find("person")
    put(desk, "person", replace(shown.record, last_name="Benali-Roux"), shown)
    undo.undo_deed(desk, made)
    (shown,) = desk.store.records.find("person")
    assert shown.record.last_name == "Benali-Roux"
