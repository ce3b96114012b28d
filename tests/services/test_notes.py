"""A note's life on the real store: quick, attached, signed, signed again, corrected, widened, moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.note import CIRCLE, RESERVED, digest_of
from spie_desk.domain.records.person import Person
from spie_desk.services import notes, people, quick, work
from spie_desk.services.desk import Desk
from tests.clock import FakeClock


def _person(desk: Desk, first_name: str = "Amina") -> bytes:
    person = Person(id=desk.chance.id(), first_name=first_name, last_name="Belkacem")
    people.create(desk, person)
    return person.id


def _signed(desk: Desk, person: bytes, text: str = "Pièces réunies.") -> bytes:
    note = replace(notes.blank(desk, person), text=text)
    notes.sign(desk, note)
    return note.id


def test_a_signed_note_carries_the_digest_of_what_was_signed(desk: Desk) -> None:
    shown = desk.store.records.get("note", _signed(desk, _person(desk)))
    assert shown is not None
    assert shown.record.digest == digest_of(shown.record)


def test_the_author_signs_again_the_same_day_and_not_the_next(desk: Desk, clock: FakeClock) -> None:
    note = _signed(desk, _person(desk))
    shown = desk.store.records.get("note", note)
    assert shown is not None
    notes.sign_again(desk, shown, replace(shown.record, text="Pièces réunies, sauf une."))
    again = desk.store.records.get("note", note)
    assert again is not None
    assert again.record.text == "Pièces réunies, sauf une."
    assert again.record.digest == digest_of(again.record)
    assert not again.clashing
    clock.move(days=1)
    with pytest.raises(notes.AlreadyGoneError):
        notes.sign_again(desk, again, replace(again.record, text="Autre chose."))


def test_a_printed_note_is_corrected_by_another_note(desk: Desk) -> None:
    note = _signed(desk, _person(desk))
    notes.mark_left(desk, note)
    shown = desk.store.records.get("note", note)
    assert shown is not None
    with pytest.raises(notes.AlreadyGoneError):
        notes.sign_again(desk, shown, replace(shown.record, text="Autre chose."))
    notes.correct(desk, shown, "Il fallait lire : jeudi.")
    found = desk.store.records.find("note", {"corrects": note})
    assert [one.record.text for one in found] == ["Il fallait lire : jeudi."]
    assert found[0].circle == shown.circle


def test_widening_copies_and_narrowing_does_not_exist(desk: Desk) -> None:
    note = _signed(desk, _person(desk))
    shown = desk.store.records.get("note", note)
    assert shown is not None
    notes.widen(desk, shown, CIRCLE)
    copy = desk.store.records.find("note", {"copy_of": note})[0]
    assert copy.circle != shown.circle
    assert copy.record.text == shown.record.text
    with pytest.raises(notes.NotWiderError):
        notes.widen(desk, copy, RESERVED)


def test_a_note_in_the_wrong_file_is_whole_in_the_right_one_and_gone_from_the_other(desk: Desk) -> None:
    wrong, right = _person(desk), _person(desk, "Amine")
    note = _signed(desk, wrong, "Canari zinzolin.")
    shown = desk.store.records.get("note", note)
    assert shown is not None
    notes.move(desk, shown, right)
    assert [one.record.text for one in desk.store.records.find("note", {"person": right})] == ["Canari zinzolin."]
    assert not [one for one in desk.store.records.find("note", {"person": wrong}) if "zinzolin" in one.record.text]
    history = desk.store.records.history("note", note)
    assert history[0].erased_by is not None
    assert [one.person for one in people.search(desk, "zinzolin")] == [right]
    assert [one.title for one in people.search(desk, "zinzolin")] == ["Amine Belkacem"]


def test_a_quick_note_waits_to_be_attached_and_its_words_can_vanish(desk: Desk) -> None:
    draft = quick.note_quickly(desk, "Vu un monsieur et son chien, canari amarante.", quick.Round("Gare"))
    waiting = work.unattached(desk)
    assert [one.id for one in waiting] == [draft]
    assert quick.note_of(waiting[0]).place == "Gare"
    quick.erase(desk, draft)
    assert not work.unattached(desk)
    assert not work.discarded(desk)


def test_health_opens_at_the_narrowest(desk: Desk) -> None:
    note = notes.blank(desk, _person(desk), theme="sante")
    assert note.compartment == RESERVED
    assert note.readers == (desk.me.id,)


def test_the_first_interlocutor_is_the_referent_who_opened_the_file(desk: Desk) -> None:
    person = _person(desk)
    rows = people.rows(desk, PersonFilter(referent=desk.me.id))
    assert [row.id for row in rows] == [person]
