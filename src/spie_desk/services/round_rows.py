"""The list of outreach rounds: each with its team, its notes, those that still wait; on screen, on paper, as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from spie_desk.domain.records.outreach import Outreach
from spie_desk.domain.sheets.blocks import NOBODY, Sheet
from spie_desk.domain.sheets.round_sheet import RoundLine, rounds_sheet
from spie_desk.domain.shown import Shown
from spie_desk.services import accesses, quick, rounds, sheets, unattached
from spie_desk.services.desk import Desk
from spie_desk.services.directory import directory
from spie_desk.services.unattached import Waiting

MOST = 500
SORT = "maraude"


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


def write_csv(desk: Desk, path: Path, columns: Sequence[str], reason: str) -> int:
    """The same list as a table in the clear; logged with its reason. Returns how many lines."""
    kept = accesses.asked(reason)
    rows = all_rounds(desk).rows
    desk.files.write_csv(path, columns, [_cells(one) for one in rows])
    accesses.exported(desk, "maraudes", len(rows), kept)
    return len(rows)


def _cells(row: RoundRow) -> tuple[str, ...]:
    record = row.shown.record
    day = f"{record.on:%d/%m/%Y}" if record.on else ""
    met = "" if record.met is None else str(record.met)
    return (day, record.starts_at, record.ends_at, record.place, ", ".join(row.team), met, record.text)


def _signed(desk: Desk, record: Outreach) -> int:
    if record.on is None:
        return 0
    days = [record.on, record.on + timedelta(days=1)]
    found = desk.store.records.find("note", {"on": days, "sort": SORT}, limit=MOST)
    return sum(record.holds(one.record.on, one.record.at, one.record.authors) for one in found)
