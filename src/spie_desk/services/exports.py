"""Lists that leave in the clear: the caseload with its own columns, any list as it stands, appointments for a calendar.

Words are msgids: whoever writes the file puts them into the user's language first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from spie_desk.domain.calendars import Meeting
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.grids import Cell, Grid
from spie_desk.domain.listing import PersonFilter, PersonRow
from spie_desk.domain.records.person import Person
from spie_desk.domain.sheets.week_sheet import initials
from spie_desk.services import accesses, one_file
from spie_desk.services.appointments import HELD, between, week
from spie_desk.services.desk import Desk
from spie_desk.services.directory import directory

CASELOAD = N_("Personnes accompagnées")
COLUMNS = (
    N_("N° de dossier"), N_("Nom"), N_("Prénom"), N_("Surnom"), N_("Date de naissance"), N_("Année de naissance"),
    N_("Téléphone"), N_("Courriel"), N_("Commune"), N_("Code postal"), N_("Adresse"), N_("Qui coordonne"),
    N_("Coordonne depuis le"), N_("Suivi depuis le"), N_("Dernier contact"), N_("Prochain rendez-vous"), N_("Heure"),
    N_("À faire"), N_("Actions en retard"),
)  # fmt: skip
AT_FIRST = frozenset(COLUMNS) - {N_("Adresse"), N_("Code postal"), N_("Courriel")}
"""Ticked before anyone has chosen: what a list of people is usually asked for."""

CALENDAR, CALENDAR_FILE = N_("Rendez-vous"), N_("Rendez-vous pour un autre agenda")
WEEK = (N_("Date"), N_("Heure"), N_("Durée (min)"), N_("Personne"), N_("Avec"), N_("Lieu"), N_("Objet"), N_("Présence"))
_PAGE = 500


class PeriodError(DeskError):
    says = N_("La période demandée ne convient pas.")
    next_step = N_("La fin vient après le début, et un an au plus les sépare.")


@dataclass(frozen=True, slots=True)
class Caseload:
    """The people of a filter as a table; ``people`` in the order of the rows, ``hidden`` addresses left out."""

    grid: Grid
    people: tuple[bytes, ...]
    hidden: int


def caseload(desk: Desk, wanted: PersonFilter, *, addresses: bool = False) -> Caseload:
    """Everyone that the filter finds; ``addresses`` includes those not to be given out (asked for, then said)."""
    names = {one: found.name for one, found in directory(desk).professionals.items()}
    hidden = 0
    rows: list[tuple[Cell, ...]] = []
    people: list[bytes] = []
    for page in _pages(desk, wanted):
        records, phones = _people(desk, page), _phones(desk, page)
        for row in page:
            person = records[row.id]
            shut = person.undisclosed and not addresses
            hidden += int(shut)
            rows.append(_line(row, person, phones.get(row.id, ""), names, shut=shut))
            people.append(row.id)
    return Caseload(Grid(CASELOAD, COLUMNS, tuple(rows)), tuple(people), hidden)


def write(desk: Desk, path: Path, grid: Grid, form: str, leaving: Leaving) -> None:
    """Log it, then put it down: no list leaves without its line, and a reason is asked before anything is written."""
    accesses.exported(desk, leaving.what, len(grid.rows), leaving.reason, leaving.people)
    desk.files.write_grid(path, grid, form, replace=leaving.replace)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the register of accesses hears of an export; ``replace`` when the user agreed to go over a file."""

    what: str
    reason: str
    people: tuple[bytes, ...] = ()
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """Which appointments, and what of them: nobody's initials nor any place unless ticked."""

    first: date
    last: date
    initials: bool = False
    places: bool = False
    summary: str = CALENDAR


def meetings(desk: Desk, period: Period) -> list[Meeting]:
    """My appointments of a period that are held, for a calendar elsewhere; the subject never leaves."""
    if not 0 <= (period.last - period.first).days <= 366:
        raise PeriodError
    found: list[Meeting] = []
    first = period.first
    while first <= period.last:
        last = min(first + timedelta(days=27), period.last)
        rows = between(desk, first, last, mine=True, statuses=sorted(HELD))
        found += [_meeting(row.shown.record, row.person_name, period) for row in rows]
        first = last + timedelta(days=1)
    return found


def week_grid(desk: Desk, day: date, *, mine: bool) -> Grid:
    """The week as the agenda shows it."""
    rows = week(desk, day, mine=mine)
    names = {one: found.name for one, found in directory(desk).professionals.items()} if rows else {}
    lines = [(row.shown.record, row.person_name) for row in rows]
    return Grid(CALENDAR, WEEK, tuple(
        (one.on, one.at, one.minutes, who, names.get(one.with_, ""), one.place, one.subject,
         desk.lists.label("appointment_status", one.status))
        for one, who in lines
    ))  # fmt: skip


def write_calendar(desk: Desk, path: Path, entries: Sequence[Meeting], leaving: Leaving) -> None:
    accesses.exported(desk, leaving.what, len(entries), leaving.reason)
    desk.files.write_calendar(path, entries, desk.clock.now(), replace=leaving.replace)


def _meeting(record: Any, name: str, period: Period) -> Meeting:
    uid = hashlib.blake2b(record.id, digest_size=16, person=b"spie calendar").hexdigest()
    said = initials(name) if period.initials and name else period.summary
    return Meeting(uid, record.on, record.at, record.minutes or 30, said, record.place if period.places else "")


def _pages(desk: Desk, wanted: PersonFilter) -> Iterator[list[PersonRow]]:
    offset = 0
    while page := desk.store.lists.people(wanted, limit=_PAGE, offset=offset):
        yield page
        offset += len(page)
        if len(page) < _PAGE:
            return


def _people(desk: Desk, page: Sequence[PersonRow]) -> dict[bytes, Person]:
    return one_file.faces(desk, (row.id for row in page))


def _phones(desk: Desk, page: Sequence[PersonRow]) -> dict[bytes, str]:
    """The first number of each that is not known to be wrong, with whose it is."""
    together = desk.store.lists.together()
    files = {file: row.id for row in page for file in one_file.of(together, row.id)}
    found: dict[bytes, str] = {}
    phones = (one.record for one in desk.store.records.find("phone", {"person": list(files)}))
    # the main file's own number first
    for record in sorted(phones, key=lambda one: files[one.person] != one.person):
        if record.wrong_since is None:
            said = f"{record.number} ({record.whose})" if record.whose else record.number
            found.setdefault(files[record.person], said)
    return found


def _line(row: PersonRow, person: Person, phone: str, names: Mapping[bytes, str], *, shut: bool) -> tuple[Cell, ...]:
    street = ", ".join(part for part in (person.street, person.street_more) if part)
    where = ("", "", "") if shut else (person.town, person.postcode, street)
    return (
        person.number, person.last_name, person.first_name, person.nickname, person.born_on,
        person.born_on.year if person.born_on else person.birth_year, phone, person.email, *where,
        names.get(person.referent, ""), person.referent_since, person.entered_on, row.last_contact, row.next_on,
        row.next_at, row.next_step, row.late,
    )  # fmt: skip
