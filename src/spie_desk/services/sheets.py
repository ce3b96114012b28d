"""What can be printed of a file or of a review: records gathered for the sheets, nothing more than they print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from spie_desk.domain.sheets.around import Setting
from spie_desk.domain.sheets.blank_sheets import MADE
from spie_desk.domain.sheets.blocks import NOBODY, Sheet
from spie_desk.domain.sheets.person_sheet import PersonFacts, person_sheet
from spie_desk.domain.sheets.piece_sheet import piece_sheet
from spie_desk.domain.sheets.review_sheets import AgendaLine, MinutesFacts, agenda_sheet, minutes_sheet
from spie_desk.domain.sheets.small_sheets import note_sheet, slip_sheet
from spie_desk.domain.sheets.week_sheet import Met, week_sheet
from spie_desk.services import one_file, pieces
from spie_desk.services.appointments import week
from spie_desk.services.casefile import next_of, open_file
from spie_desk.services.desk import Desk
from spie_desk.services.directory import directory
from spie_desk.services.readers import readers
from spie_desk.services.reviews import meeting


def setting(desk: Desk) -> Setting:
    """Who prints, for which structure, today."""
    known = directory(desk)
    return Setting(desk.me, desk.structure, known.professionals, known.structures, desk.lists, desk.clock.now().date())


def of_person(desk: Desk, person: bytes) -> Sheet | None:
    """Her sheet, « Où j’en suis, qui m’accompagne, la suite »."""
    file = open_file(desk, person)
    if file is None:
        return None
    facts = PersonFacts(
        person=file.face,
        phones=[one.record for one in file.phones],
        rights=[one.record for one in file.rights],
        memberships=[one.record for one in file.memberships],
        request=file.request.record if file.request else None,
        actions=[one.record for one in file.actions],
        appointment=file.next_appointment.record if file.next_appointment else None,
    )
    return replace(person_sheet(facts, setting(desk)), about=one_file.members(desk, person))


def of_agenda(desk: Desk, review: bytes) -> Sheet | None:
    """The agenda of a review, without a name."""
    found = meeting(desk, review)
    if found is None:
        return None
    lines = [AgendaLine(one.passage.record, one.initials, one.number) for one in found.situations]
    people = tuple(one.passage.record.person for one in found.situations)
    return replace(agenda_sheet(found.review.record, lines, setting(desk)), about=(review, *people))


def of_minutes(desk: Desk, review: bytes) -> list[Sheet]:
    """The minutes of a review, one sheet per person whose file is here, in order."""
    found = meeting(desk, review)
    if found is None:
        return []
    around = setting(desk)
    sheets = []
    for rank, one in enumerate(found.situations, start=1):
        person = one_file.shown_as(desk, one.passage.record.person)
        if person is not None:
            facts = MinutesFacts(
                found.review.record, one.passage.record, person, rank,
                contributions=[shown.record for shown in one.contributions],
                decisions=[shown.record for shown in one.decisions],
                attendances=[shown.record for shown in one.attendances],
            )  # fmt: skip
            said = (*(shown.record.id for shown in one.contributions), *(shown.record.id for shown in one.decisions))
            about = (*one_file.members(desk, person.id), one.passage.record.id, *said)
            sheets.append(replace(minutes_sheet(facts, around), about=about))
    return sheets


def of_note(desk: Desk, note: bytes) -> Sheet | None:
    """One note, with the names of those who read it."""
    shown = desk.store.records.get("note", note)
    if shown is None:
        return None
    record = shown.record
    person = one_file.shown_as(desk, record.person) if record.person else None
    around = setting(desk)
    names = []
    for one in readers(desk, record.compartment, record.person, record.readers).people:
        # A sensitive structure is not named on paper; its reader is.
        place = "" if around.is_sensitive(one.id) else one.structure
        names.append(", ".join(part for part in (one.name, place) if part))
    hers = one_file.members(desk, record.person) if record.person else ()
    return replace(note_sheet(record, person, names, around), about=(note, *hers))


def of_week(desk: Desk, day: date, *, mine: bool = True) -> Sheet:
    """The week that holds that day, for the wall of an office: names or initials, as one chooses before printing."""
    monday = day - timedelta(days=day.weekday())
    rows = week(desk, day, mine=mine)
    met = [Met(row.shown.record, row.person_name) for row in rows]
    together = desk.store.lists.together()
    people = tuple(dict.fromkeys(file for row in rows for file in one_file.of(together, row.shown.record.person)))
    return replace(week_sheet(monday, met, setting(desk)), about=people or (NOBODY,))


def of_appointment(desk: Desk, appointment: bytes) -> Sheet | None:
    """The slip that the person takes home."""
    shown = desk.store.records.get("appointment", appointment)
    person = one_file.shown_as(desk, shown.record.person) if shown else None
    if shown is None or person is None:
        return None
    sheet = slip_sheet(shown.record, person, setting(desk))
    return replace(sheet, about=(appointment, *one_file.members(desk, person.id)))


def of_pieces(desk: Desk, person: bytes) -> Sheet | None:
    """The papers that the person still has to bring; None when there is none."""
    face, waiting = one_file.shown_as(desk, person), pieces.of_her(desk, person)
    if face is None or not waiting:
        return None
    found = {one: desk.store.records.get("action", one) for one in {piece.record.action for piece in waiting} if one}
    steps = {one: action.record.what for one, action in found.items() if action is not None}
    here = {"person": list(one_file.members(desk, person))}
    coming = next_of(desk.store.records.find("appointment", here), desk.clock.now().date())
    sheet = piece_sheet([one.record for one in waiting], steps, coming.record if coming else None, face,
                        setting(desk))  # fmt: skip
    return replace(sheet, about=(*here["person"], *(one.record.id for one in waiting)))


def blank(desk: Desk, form: str) -> Sheet:
    """A form to fill in by hand, one of ``blank_sheets.FORMS``."""
    return MADE[form](setting(desk))
