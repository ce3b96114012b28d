"""A table as CSV that a French spreadsheet opens, with no cell that it would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from spie_desk.domain.grids import Cell, Grid
from spie_desk.exchange.cells import harmless
from spie_desk.exchange.put_down import put_down


def write_csv(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Over whatever stands there: the caller asked."""
    put_down(path, csv_bytes(Grid("", tuple(columns), tuple(tuple(cells) for cells in rows))), replace=True)


def csv_bytes(grid: Grid) -> bytes:
    """Semicolons, a byte order mark and CRLF, as Excel in French wants them; every text between quotes, so that
    nothing in it is taken for a separator."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([harmless(column) for column in grid.columns])
    writer.writerows([[_said(cell) for cell in cells] for cells in grid.rows])
    return text.getvalue().encode("utf-8-sig")


def _said(cell: Cell) -> str | int:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, int):
        return cell
    return harmless(cell or "")
