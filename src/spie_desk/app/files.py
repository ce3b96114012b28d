"""The files of this computer as deeds see them: tables read, columns guessed, communes looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from spie_desk.domain.calendars import Meeting
from spie_desk.domain.grids import Grid
from spie_desk.domain.tables import ColumnMap, Table
from spie_desk.exchange.communes import Communes


class LocalFiles:
    """Fits services.ports.Files; what reads workbooks is imported when a file is opened."""

    @cached_property
    def towns(self) -> Communes:
        return Communes()

    def read_table(self, path: Path, sheet: str = "") -> Table:
        from spie_desk.exchange.table_files import read_table  # noqa: PLC0415

        return read_table(path, sheet)

    def proposed(self, table: Table, today: date) -> ColumnMap:
        from spie_desk.exchange.columns import proposed  # noqa: PLC0415

        return proposed(table, today)

    def write_csv(self, path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        from spie_desk.exchange.csv_file import write_csv  # noqa: PLC0415

        write_csv(path, columns, rows)

    def write_grid(self, path: Path, grid: Grid, form: str, *, replace: bool = False) -> None:
        from spie_desk.exchange.grid_files import write_grid  # noqa: PLC0415

        write_grid(path, grid, form, replace=replace)

    def write_calendar(self, path: Path, entries: Sequence[Meeting], made_at: datetime, *,
                       replace: bool = False) -> None:  # fmt: skip
        from spie_desk.exchange.ical_file import write_calendar  # noqa: PLC0415

        write_calendar(path, entries, made_at, replace=replace)

    def write_export(self, folder: Path, document: Mapping[str, Any], extras: Mapping[str, bytes]) -> None:
        from spie_desk.exchange.export_file import write  # noqa: PLC0415

        write(folder, document, extras)
