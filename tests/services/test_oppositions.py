"""What a person opposes is refused by every deed that would share, and the screen can say what is already elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from spie_desk.domain.circles import Sort
from spie_desk.domain.errors import DeskError, MissingFieldError
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.around import Opposition
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.note import CIRCLE
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.review import Review
from spie_desk.domain.records.structure import Structure
from spie_desk.domain.shown import Shown
from spie_desk.services import extracts, notes, oppositions, people, readers, records, reviews
from spie_desk.services.desk import Desk
from spie_desk.services.oppositions import OpposedError, ReviewOpposedError
from tests.stores import example_desk  # noqa: F401 — a fixture


@pytest.fixture
def desk(example_desk: Desk) -> Desk:  # noqa: F811 — a fixture
    return example_desk


@pytest.fixture
def person(desk: Desk) -> bytes:
    return people.rows(desk, PersonFilter())[0].id


@pytest.fixture
def karim(desk: Desk) -> Professional:
    """Bound to secrecy, of another structure."""
    house = Structure(id=desk.chance.id(), name="Mission locale de Valmont")
    found = Professional(id=desk.chance.id(), first_name="Karim", last_name="Benslimane", structure=house.id,
                         bound_by="casf_l221_6")  # fmt: skip
    records.save(desk, "structure", house)
    records.save(desk, "professional", found)
    return found


def around(desk: Desk, person: bytes, one: Professional) -> Membership:
    return Membership(id=desk.chance.id(), person=person, professional=one.id, since=desk.clock.now().date())


def oppose(desk: Desk, person: bytes, to: str = oppositions.SHARING, structure: bytes = b"",
           on: date | None = None) -> Shown[Opposition]:  # fmt: skip
    said = Opposition(id=desk.chance.id(), person=person, to=to, structure=structure,
                      on=on or desk.clock.now().date())  # fmt: skip
    records.save(desk, "opposition", said)
    found = desk.store.records.get("opposition", said.id)
    assert found is not None
    return found


def passage_of(desk: Desk, person: bytes) -> bytes:
    review = Review(id=desk.chance.id(), on=desk.clock.now().date() + timedelta(days=3))
    records.save(desk, "review", review)
    reviews.add_passage(desk, review.id, person)
    (found,) = desk.store.records.find("passage", {"review": review.id})
    made: bytes = found.record.id
    return made


def test_an_opposition_to_sharing_names_a_structure_and_is_lifted_after_it_was_said(desk: Desk, person: bytes) -> None:
    with pytest.raises(MissingFieldError):
        oppose(desk, person)
    today = desk.clock.now().date()
    wrong = Opposition(id=desk.chance.id(), person=person, to="fichier", on=today, lifted_on=today - timedelta(days=1))
    with pytest.raises(DeskError):
        wrong.check()


def test_nobody_new_of_that_structure_comes_around_her(desk: Desk, person: bytes, karim: Professional) -> None:
    oppose(desk, person, structure=karim.structure)
    with pytest.raises(OpposedError) as refused:
        oppositions.join(desk, around(desk, person, karim))
    assert refused.value.parameters["structure"] == "Mission locale de Valmont"
    shown = desk.store.records.get("person", person)
    assert shown is not None
    with pytest.raises(OpposedError):
        people.change_referent(desk, shown, karim.id)
    assert desk.store.records.find("membership", {"person": person, "professional": karim.id}) == []


def test_those_already_around_her_read_nothing_new(desk: Desk, person: bytes, karim: Professional) -> None:
    oppositions.join(desk, around(desk, person, karim))
    team = {one.id for one in readers.readers(desk, CIRCLE, person).people}
    assert karim.id in team
    said = oppose(desk, person, structure=karim.structure)
    for read in (*readers.volets(desk, person), readers.readers(desk, CIRCLE, person),
                 readers.of_passage(desk, person, Sort.SITUATION, [karim.id])):  # fmt: skip
        assert karim.id not in {one.id for one in read.people}, read.compartment
    assert karim.id in readers.members_today(desk, person)  # he still accompanies her
    records.save(desk, "opposition", replace(said.record, lifted_on=desk.clock.now().date()), said)
    assert karim.id in {one.id for one in readers.readers(desk, CIRCLE, person).people}
    oppositions.join(desk, replace(around(desk, person, karim), function="coordination"))


def test_that_structure_is_neither_guest_nor_present_nor_shown_anything_in_a_review(
    desk: Desk, person: bytes, karim: Professional
) -> None:
    passage = passage_of(desk, person)
    before = desk.store.records.get("passage", passage)
    assert before is not None
    invited = passage_of(desk, person)
    with_guest = desk.store.records.get("passage", invited)
    assert with_guest is not None
    reviews.put(desk, with_guest, replace(with_guest.record, guests=(karim.id,)))
    oppose(desk, person, structure=karim.structure)
    with pytest.raises(OpposedError):
        reviews.put(desk, before, replace(before.record, guests=(karim.id,)))
    with pytest.raises(OpposedError):
        reviews.attend(desk, passage, professional=karim.id, structure=karim.structure)
    with pytest.raises(OpposedError):
        reviews.attend(desk, passage, name="Une stagiaire", structure=karim.structure)
    reviews.attend(desk, passage, professional=karim.id, structure=karim.structure, present=False)
    item = extracts.items(desk, person)[0]
    with pytest.raises(OpposedError):
        extracts.tick(desk, invited, item)
    assert desk.store.records.find("extract", {"passage": invited}) == []
    extracts.tick(desk, passage, item)


def test_opposing_reviews_keeps_her_off_the_agenda(desk: Desk, person: bytes) -> None:
    oppose(desk, person, oppositions.REVIEW)
    with pytest.raises(ReviewOpposedError):
        passage_of(desk, person)
    assert oppositions.opposed(desk, person) == frozenset()


def test_the_same_structure_under_another_id_is_opposed_too(desk: Desk, person: bytes, karim: Professional) -> None:
    twin = Structure(id=desk.chance.id(), name="ML Valmont", same_as=karim.structure)
    records.save(desk, "structure", twin)
    oppose(desk, person, structure=karim.structure)
    with pytest.raises(OpposedError):
        oppositions.refuse_structure(desk, person, twin.id)
    oppositions.refuse_structure(desk, person, desk.structure.id)


def test_it_says_what_that_structure_has_already(desk: Desk, person: bytes, karim: Professional) -> None:
    nothing = oppositions.already_has(desk, Opposition(id=b"o" * 16, person=person, to="partage",
                                                       structure=karim.structure))  # fmt: skip
    assert nothing.nothing
    oppositions.join(desk, around(desk, person, karim))
    seen = notes.blank(desk, person)
    notes.sign(desk, replace(seen, text="Pour l’équipe.", compartment=CIRCLE))
    notes.sign(desk, replace(notes.blank(desk, person), text="Pour ma structure."))
    passage = passage_of(desk, person)
    shown = desk.store.records.get("passage", passage)
    assert shown is not None
    review = desk.store.records.get("review", shown.record.review)
    assert review is not None
    records.save(desk, "review", replace(review.record, on=desk.clock.now().date()), review)
    reviews.attend(desk, passage, professional=karim.id, structure=karim.structure)
    said = oppose(desk, person, structure=karim.structure)
    had = oppositions.already_has(desk, said.record)
    assert had.structure == "Mission locale de Valmont"
    assert had.names == ("Karim Benslimane",)
    assert had.volets[0] is Sort.SOCLE
    assert Sort.SITUATION in had.volets
    assert Sort.OWN not in had.volets
    assert Sort.RESERVED not in had.volets
    assert had.reviews == (desk.clock.now().date(),)
    before = had.notes
    assert before >= 1
    assert not had.nothing
    unbound = replace(karim, bound_by="")
    shown_pro = desk.store.records.get("professional", karim.id)
    records.save(desk, "professional", unbound, shown_pro)
    assert oppositions.already_has(desk, said.record).notes == 0
