"""What the papers say, what they leave out at first, and what can never be found in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spie_desk.domain.lists import lists_from
from spie_desk.domain.people_maker import founders, make
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.around import Phone, Right
from spie_desk.domain.records.diagnosis import Request
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.note import Note, digest_of
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.review import Attendance, Contribution, Decision, Passage, Review
from spie_desk.domain.records.structure import Structure
from spie_desk.domain.sheets.around import Setting, hour
from spie_desk.domain.sheets.blocks import Said, Sheet
from spie_desk.domain.sheets.person_sheet import PersonFacts, person_sheet
from spie_desk.domain.sheets.review_sheets import AgendaLine, MinutesFacts, agenda_sheet, minutes_sheet
from spie_desk.domain.sheets.small_sheets import note_sheet, slip_sheet

TOP = Path(__file__).parents[2] / "resources"
LISTS = lists_from({path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (TOP / "lists").glob("*.json")})
TODAY = date(2026, 11, 24)

CCAS = Structure(id=b"c" * 16, name="CCAS de Saint-Aubin", phone="06 39 98 10 00")
HORIZON = Structure(id=b"h" * 16, name="Lieu d’écoute Horizon", sort="violences", sensitive=True)
ME = Professional(id=b"m" * 16, first_name="Claire", last_name="Dubois", function="Référente de parcours",
                  structure=CCAS.id, phone="06 39 98 10 01", bound_by="casf_l411_3")  # fmt: skip
ANNE = Professional(id=b"a" * 16, first_name="Anne", last_name="Dumont", function="Juriste", structure=HORIZON.id,
                    phone="06 39 98 77 77")  # fmt: skip
SETTING = Setting(ME, CCAS, {ANNE.id: ANNE}, {HORIZON.id: HORIZON}, LISTS, TODAY)
ROSA = Person(id=b"r" * 16, number="K7-0132", first_name="Rosa", last_name="Da Silva", street="41 rue Jean-Jaurès",
              postcode="61160", town="Trun", undisclosed=True,
              referent=ME.id, entered_on=date(2026, 10, 9))  # fmt: skip
FACTS = PersonFacts(
    ROSA,
    phones=(Phone(id=b"1" * 16, person=ROSA.id, number="06 39 98 73 19"),
            Phone(id=b"2" * 16, person=ROSA.id, number="06 39 98 00 00", wrong_since=TODAY)),
    rights=(Right(id=b"3" * 16, person=ROSA.id, scheme="rqth", status="open"),
            Right(id=b"4" * 16, person=ROSA.id, scheme="rsa", status="rsa_droit_ouvert_versable")),
    memberships=(Membership(id=b"5" * 16, person=ROSA.id, professional=ANNE.id, function="droits"),
                 Membership(id=b"6" * 16, person=ROSA.id, professional=ME.id, function="referent")),
    request=Request(id=b"7" * 16, person=ROSA.id, words="Un logement à moi."),
    actions=(Action(id=b"8" * 16, person=ROSA.id, what="Relancer le bailleur", owner=ME.id, due_on=date(2026, 11, 30)),
             Action(id=b"9" * 16, person=ROSA.id, what="Préparer l’audience", owner=ANNE.id),
             Action(id=b"0" * 16, person=ROSA.id, what="Ouvrir un compte", status="done", done_on=TODAY)),
    appointment=Appointment(id=b"p" * 16, person=ROSA.id, on=date(2026, 11, 26), at="14:00", with_=ANNE.id,
                            place="12 rue Cachée", subject="Audience"),
)  # fmt: skip


def texts(thing: Any) -> Iterator[str]:
    """Every text of a sheet's blocks, ours and theirs, parameters included."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Said):
        yield thing.msgid
        for value in thing.parameters.values():
            yield from texts(value)
    elif isinstance(thing, tuple | list):
        for one in thing:
            yield from texts(one)
    elif is_dataclass(thing):
        for item in fields(thing):
            yield from texts(getattr(thing, item.name))


def words(sheet: Sheet) -> str:
    """What would be on paper: not the tick-list, which only the one who prints sees."""
    return "\n".join(texts((sheet.title, sheet.under, sheet.header, sheet.footer, sheet.blocks)))


def test_her_words_come_first_and_the_referent_stands_out() -> None:
    sheet = person_sheet(FACTS, SETTING).only(person_sheet(FACTS, SETTING).at_first())
    headings = [block.heading.msgid for block in sheet.blocks if hasattr(block, "heading")]
    assert headings == ["Ce que je demande", "Où j’en suis", "Qui m’accompagne", "La suite, ce qui est convenu",
                        "Ce qui est déjà fait"]  # fmt: skip
    table = sheet.blocks[2].blocks[0]  # type: ignore[union-attr]
    assert [(row.cells[0], row.strong) for row in table.rows] == [("Claire Dubois", True)]  # type: ignore[union-attr]


def test_what_a_relative_must_not_read_is_off_at_first_with_its_reason() -> None:
    sheet = person_sheet(FACTS, SETTING)
    off = {item.id: item for item in sheet.items if not item.ticked}
    assert set(off) == {
        "address",
        f"right:{'33' * 16}",
        f"around:{ANNE.id.hex()}",
        f"action:{'39' * 16}",
        "appointment",
    }
    assert all(item.why_off for item in off.values())
    said = words(sheet.only(sheet.at_first()))
    for secret in ("rue Jean-Jaurès", "RQTH", "Anne", "Horizon", "audience", "Cachée", "77 77", "00 00 00"):
        assert secret not in said
    assert "Relancer le bailleur" in said
    assert "Ouvrir un compte" in said


def test_a_sensitive_structure_is_never_named_even_when_ticked() -> None:
    sheet = person_sheet(FACTS, SETTING)
    said = words(sheet.only(frozenset(item.id for item in sheet.items)))
    assert "rue Jean-Jaurès" in said
    assert "Structure partenaire" in said
    for secret in ("Horizon", "Anne", "Dumont", "Juriste", "77 77"):
        assert secret not in said


@pytest.mark.parametrize("left", [item.id for item in person_sheet(FACTS, SETTING).items])
def test_each_line_of_the_tick_list_takes_something_away(left: str) -> None:
    sheet = person_sheet(FACTS, SETTING)
    whole = frozenset(item.id for item in sheet.items)
    assert len(words(sheet.only(whole - {left}))) < len(words(sheet.only(whole)))


def test_a_section_left_empty_is_not_printed() -> None:
    bare = person_sheet(PersonFacts(replace(ROSA, street="", referent=b"", entered_on=None)), SETTING)
    assert [type(block).__name__ for block in bare.blocks] == ["Paragraph"]
    none = person_sheet(FACTS, SETTING).only(frozenset())
    assert [type(block).__name__ for block in none.blocks] == ["Paragraph"]


def test_the_footer_says_who_printed_and_when() -> None:
    footer = person_sheet(FACTS, SETTING).footer
    assert isinstance(footer, Said)
    assert footer.parameters == {"name": "Claire Dubois", "structure": "CCAS de Saint-Aubin", "day": TODAY}
    mine = replace(SETTING, structure=replace(CCAS, sensitive=True))
    assert "Saint-Aubin" not in words(person_sheet(FACTS, mine))


def test_file_names_tell_the_sort_of_sheet_and_never_the_person() -> None:
    for sheet in _all_sheets():
        assert not any(part in sheet.name.lower() for part in ("rosa", "silva", "0132"))


REVIEW = Review(id=b"v" * 16, on=date(2026, 12, 3), at="09:50", place="Mairie", structures=(CCAS.id, HORIZON.id))
PASSAGE = Passage(id=b"g" * 16, review=REVIEW.id, person=ROSA.id, presenter=ME.id, question="Rosa peut-elle signer ?",
                  her_words="« Oui. »", next_step="Visite", minutes="Tout est **clair**.")  # fmt: skip


def _agenda() -> Sheet:
    return agenda_sheet(REVIEW, [AgendaLine(PASSAGE, "R. D. S.", "K7-0132")] * 2, SETTING)


def _minutes() -> Sheet:
    return minutes_sheet(MinutesFacts(
        REVIEW, PASSAGE, ROSA, 1,
        contributions=(Contribution(id=b"x" * 16, passage=PASSAGE.id, structure=CCAS.id, by=ME.id),
                       Contribution(id=b"y" * 16, passage=PASSAGE.id, structure=HORIZON.id, text="Ordonnance.")),
        decisions=(Decision(id=b"d" * 16, passage=PASSAGE.id, what="Visiter", owner=ME.id, due_on=TODAY),),
        attendances=(Attendance(id=b"e" * 16, passage=PASSAGE.id, professional=ME.id, structure=CCAS.id),
                     Attendance(id=b"f" * 16, passage=PASSAGE.id, name="L’élu", structure=CCAS.id, present=False),
                     Attendance(id=b"k" * 16, passage=PASSAGE.id, professional=ANNE.id, structure=HORIZON.id)),
    ), SETTING)  # fmt: skip


NOTE = Note(id=b"n" * 16, person=ROSA.id, on=TODAY, at="09:00", minutes=40, authors=(ME.id,), text="Elle a signé.")


def _all_sheets() -> list[Sheet]:
    note = replace(NOTE, digest=digest_of(NOTE))
    assert FACTS.appointment is not None
    return [person_sheet(FACTS, SETTING), _agenda(), _minutes(), note_sheet(note, ROSA, ["Claire Dubois"], SETTING),
            slip_sheet(FACTS.appointment, ROSA, SETTING)]  # fmt: skip


def test_the_agenda_names_nobody_and_gives_each_situation_its_hour() -> None:
    sheet = _agenda()
    said = words(sheet.only(sheet.at_first()))
    for secret in ("Rosa", "Da Silva", "Trun", "Horizon"):
        assert secret not in said
    assert "R.\u00a0D.\u00a0S. – K7-0132" in said
    assert "9\u00a0h\u00a050" in said
    assert "10\u00a0h\u00a002" in said
    without = words(sheet.only(frozenset()))
    assert "K7-0132" not in without
    assert "Situation {n}" in without


def test_the_minutes_are_of_one_person_with_the_presence_of_that_situation() -> None:
    sheet = _minutes()
    said = words(sheet.only(sheet.at_first()))
    for word in (
        "Rosa Da Silva",
        "Rien à ajouter.",
        "Visiter",
        "L’élu",
        "Visite",
        "Tout est **clair**.",
        "Oui.",
        "Non",
    ):
        assert word in said
    assert "Ordonnance" not in said
    whole = words(sheet.only(frozenset(item.id for item in sheet.items)))
    assert "Ordonnance" in whole
    assert "Horizon" not in whole
    assert "Anne" not in whole
    nameless = words(sheet.only(sheet.at_first() - {"name"}))
    assert "Rosa" not in nameless.replace("Rosa peut-elle signer", "")


def test_a_note_prints_the_short_form_of_what_was_signed() -> None:
    signed = replace(NOTE, digest=digest_of(NOTE))
    said = words(note_sheet(signed, ROSA, ["Claire Dubois"], SETTING))
    assert "\u00a0".join(signed.digest[at : at + 4] for at in range(0, 16, 4)) in said
    assert "Claire Dubois" in said
    assert "Brouillon non signé." in words(note_sheet(NOTE, None, [], SETTING))
    corrected = replace(signed, corrects=b"o" * 16)
    assert "rectifie" in words(note_sheet(corrected, ROSA, [], SETTING))


def test_the_slip_tells_when_and_whom_to_call_and_not_what_about() -> None:
    assert FACTS.appointment is not None
    sheet = slip_sheet(FACTS.appointment, ROSA, SETTING)
    said = words(sheet.only(sheet.at_first()))
    assert "06\u00a039\u00a098\u00a010\u00a000" in said
    for secret in ("Audience", "Anne", "Horizon"):
        assert secret not in said


@pytest.mark.parametrize(
    ("at", "said"), [("14:30", "14\u00a0h\u00a030"), ("09:00", "9\u00a0h"), ("00:05", "0\u00a0h\u00a005")]
)
def test_hours_are_said_in_french(at: str, said: str) -> None:
    assert hour(at) == said


def test_every_made_person_has_a_sheet_whose_tick_list_is_sound() -> None:
    material = json.loads((TOP / "examples" / "people.json").read_text(encoding="utf-8"))
    me, structure = founders(material)
    made = list(make(material, 3, TODAY, 30, me, structure))
    around = Setting(me, structure, {one.id: one for kind, one in made if kind == "professional"},
                     {one.id: one for kind, one in made if kind == "structure"}, LISTS, TODAY)  # fmt: skip
    for person in (one for kind, one in made if kind == "person"):

        def of(wanted: str, whose: bytes = person.id) -> list[Any]:
            return [one for kind, one in made if kind == wanted and one.person == whose]

        facts = PersonFacts(
            person, of("phone"), of("right"), of("membership"), (of("request") or [None])[0], of("action")
        )
        sheet = person_sheet(facts, around)
        ids = [item.id for item in sheet.items]
        assert len(ids) == len(set(ids))
        if person.undisclosed:
            assert person.street not in words(sheet.only(sheet.at_first()))
