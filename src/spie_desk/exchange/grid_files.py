"""A list put down in the format that was chosen."""

from __future__ import annotations

from pathlib import Path

from spie_desk.domain.grids import Grid
from spie_desk.exchange.put_down import put_down


def write_grid(path: Path, grid: Grid, form: str, *, replace: bool = False) -> None:
    """``form`` is one of ``FORMATS``; what writes workbooks is imported when one is written."""
    put_down(path, _bytes(grid, form), replace=replace)


def _bytes(grid: Grid, form: str) -> bytes:
    if form == "xlsx":
        from spie_desk.exchange.xlsx_file import xlsx_bytes  # noqa: PLC0415

        return xlsx_bytes(grid)
    if form == "ods":
        from spie_desk.exchange.ods_file import ods_bytes  # noqa: PLC0415

        return ods_bytes(grid)
    from spie_desk.exchange.csv_file import csv_bytes  # noqa: PLC0415

    return csv_bytes(grid)
