"""A list about to leave as a spreadsheet: columns, rows of plain values, and what is said about it beside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from spie_desk.domain.errors import N_

Cell = str | int | date | None
FORMATS = {
    "xlsx": N_("Classeur Excel (.xlsx)"), "ods": N_("Classeur OpenDocument (.ods)"), "csv": N_("Texte CSV (.csv)"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grid:
    """``title`` names the list, never a person; ``about`` says where it comes from (who, when, filter, reason), on a
    sheet of its own where the format has sheets. All words are in the user's language already."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    about: tuple[tuple[str, str], ...] = ()

    def only(self, places: tuple[int, ...]) -> Grid:
        """The columns at these places."""
        return replace(self, columns=tuple(self.columns[at] for at in places),
                       rows=tuple(tuple(row[at] for at in places) for row in self.rows))  # fmt: skip
