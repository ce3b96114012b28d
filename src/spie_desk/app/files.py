"""The files of this computer as deeds see them: tables read, columns guessed, communes looked up."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path

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
