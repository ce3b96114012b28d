"""How large a workbook's sheets say they are, read before anything makes room for them.

The compiled reader makes room for every cell between the first and the last: a file of one kilobyte with a value in
the last corner asks for 17 thousand million cells, and the process dies without an error that could be caught.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Za-z]{1,9})(\d{1,12})\"[^>]*?(/?)>")
_ROW = re.compile(rb"<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*?)(/?)>")
_ROWS_AGAIN = re.compile(rb"number-rows-repeated=\"(\d{1,12})\"")
_CELLS_AGAIN = re.compile(rb"number-columns-repeated=\"(\d{1,12})\"")
_CHUNK, _OVERLAP = 4_000_000, 2_000


def most_cells(path: Path) -> int:
    """The number of cells of the largest sheet, from its first to its last value."""
    with zipfile.ZipFile(path) as parts:
        sizes = [
            _xlsx_cells(parts, name) for name in parts.namelist()
            if re.fullmatch(r"/?xl/(?:worksheets|chartsheets|dialogsheets)/[^/]+\.xml", name, re.IGNORECASE)
        ]  # fmt: skip
        if "content.xml" in parts.namelist():
            sizes.append(_ods_cells(parts.read("content.xml")))
    return max(sizes, default=0)


def _chunks(parts: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with parts.open(name) as part:
        kept = b""
        while data := part.read(_CHUNK):
            yield kept + data
            kept = data[-_OVERLAP:]


def _xlsx_cells(parts: zipfile.ZipFile, name: str) -> int:
    columns, rows = [], []
    for chunk in _chunks(parts, name):
        placed = {(found[1], int(found[2])) for found in _CELL.finditer(chunk) if not found[3]}
        if placed:
            rows += [min(row for _, row in placed), max(row for _, row in placed)]
            columns += [_number(letters) for letters in {letters for letters, _ in placed}]
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) if rows else 0


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _ods_cells(content: bytes) -> int:
    """Height by width of the largest expanse; all sheets together, which errs on the careful side."""
    height = waiting = width = 0
    for row in _ROW.finditer(content):
        again = _repeated(_ROWS_AGAIN, row[1])
        here = _ods_width(row[2] or b"")
        waiting += again
        if here:
            height, waiting = height + waiting, 0
            width = max(width, here)
    return height * width


def _ods_width(row: bytes) -> int:
    """Columns up to the last cell that holds something."""
    at = last = 0
    for cell in _ODS_CELL.finditer(row):
        at += _repeated(_CELLS_AGAIN, cell[1])
        if not cell[2] or b"office:value" in cell[1]:
            last = at
    return last


def _repeated(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
