"""The list of outreach rounds: each with its team, its notes, those that wait; on screen, on paper, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from spie_desk.domain.errors import N_
from spie_desk.domain.grids import Cell, Grid
from spie_desk.domain.records.outreach import Outreach
from spie_desk.domain.sheets.blocks import NOBODY, Sheet
from spie_desk.domain.sheets.round_sheet import RoundLine, rounds_sheet
from spie_desk.domain.shown import Shown
from spie_desk.services import quick, rounds, sheets, unattached
from spie_desk.services.desk import Desk
from spie_desk.services.directory import directory
from spie_desk.services.unattached import Waiting

MOST = 500
SORT = "maraude"
TITLE = N_("Maraudes")
COLUMNS = (N_("Date"), N_("Départ"), N_("Retour"), N_("Lieu"), N_("Équipe"), N_("Personnes rencontrées"), N_("Faits"))


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round; ``signed`` counts the notes that found their file, ``waiting`` are those that have not."""

    shown: Shown[Outreach]
    team: tuple[str, ...]
    signed: int
    waiting: tuple[Waiting, ...]

    @property
    def is_open(self) -> bool:
        return not self.shown.record.ends_at


@dataclass(frozen=True, slots=True)
class Rounds:
    """The page's values: the latest first, the one under way, and what a new one begins with."""

    rows: Sequence[RoundRow]
    under_way: bytes | None
    fresh: Outreach


def all_rounds(desk: Desk) -> Rounds:
    """Read the rounds of my structure; a note belongs to the round whose hours and team it has."""
    found: list[Shown[Outreach]] = desk.store.records.find("round", order=("-on", "-starts_at"), limit=MOST)
    known, waiting = directory(desk), unattached.waiting(desk)
    rows = [
        RoundRow(
            one, tuple(name for member in one.record.team if (name := known.name(member))), _signed(desk, one.record),
            tuple(w for w in waiting if one.record.holds(w.note.on, w.note.at, w.note.authors)),
        )
        for one in found
    ]  # fmt: skip
    under_way, last = rounds.open_round(desk), quick.last_round(desk)
    return Rounds(rows, under_way.record.id if under_way else None, rounds.blank(desk, last.place, last.team))


def sheet(desk: Desk) -> Sheet:
    """The printed list: dates, hours, places, numbers; nobody who was met is named."""
    lines = [RoundLine(one.shown.record, one.team) for one in all_rounds(desk).rows]
    return replace(rounds_sheet(lines, sheets.setting(desk)), about=(NOBODY,))


def grid(desk: Desk) -> Grid:
    """The same list as a table, whole; the facts too, which name nobody."""
    return Grid(TITLE, COLUMNS, tuple(_cells(one) for one in all_rounds(desk).rows))


def _cells(row: RoundRow) -> tuple[Cell, ...]:
    record = row.shown.record
    return (record.on, record.starts_at, record.ends_at, record.place, ", ".join(row.team), record.met, record.text)


def _signed(desk: Desk, record: Outreach) -> int:
    if record.on is None:
        return 0
    days = [record.on, record.on + timedelta(days=1)]
    found = desk.store.records.find("note", {"on": days, "sort": SORT}, limit=MOST)
    return sum(record.holds(one.record.on, one.record.at, one.record.authors) for one in found)
