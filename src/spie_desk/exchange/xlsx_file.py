"""A list as an Excel workbook: real dates and numbers, a head that stays in view, and where it comes from beside."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import xlsxwriter

from spie_desk.domain.grids import Grid
from spie_desk.exchange.cells import harmless
from spie_desk.exchange.sheet_names import ABOUT, sheet_name

WIDEST, NARROWEST = 48, 8


def xlsx_bytes(grid: Grid) -> bytes:
    """In memory only: a temporary file would lie in the clear."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        sheet = book.add_worksheet(sheet_name(grid.title))
        for at, column in enumerate(grid.columns):
            sheet.write_string(0, at, harmless(column), bold)
            sheet.set_column(at, at, _width(grid, at))
        for line, cells in enumerate(grid.rows, start=1):
            for at, cell in enumerate(cells):
                _put(sheet, line, at, cell, day)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        if grid.columns:
            sheet.autofilter(0, 0, max(len(grid.rows), 1), len(grid.columns) - 1)
        _about(book, grid, bold)
    return target.getvalue()


def _put(sheet: Any, line: int, at: int, cell: Any, day: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        sheet.write_datetime(line, at, cell, day)
    elif isinstance(cell, int):
        sheet.write_number(line, at, cell)
    else:
        sheet.write_string(line, at, harmless(cell))


def _about(book: Any, grid: Grid, bold: Any) -> None:
    if not grid.about:
        return
    sheet = book.add_worksheet(ABOUT)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    for line, (label, value) in enumerate(grid.about):
        sheet.write_string(line, 0, harmless(label), bold)
        sheet.write_string(line, 1, harmless(value))


def _width(grid: Grid, at: int) -> float:
    lengths = [len(grid.columns[at])] + [len(str(row[at] or "")) for row in grid.rows[:200]]
    return float(min(max(max(lengths) + 2, NARROWEST), WIDEST))
