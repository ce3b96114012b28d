"""The files of this computer as deeds see them: tables read, columns guessed, communes looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from spie_desk.domain.benefit_flow import FlowPart
from spie_desk.domain.calendars import Meeting
from spie_desk.domain.grids import Grid
from spie_desk.domain.letters import Named
from spie_desk.domain.tables import ColumnMap, Table
from spie_desk.exchange.communes import Communes
from spie_desk.shipped import shipped


class LocalFiles:
    """Fits services.ports.Files; what reads workbooks is imported when a file is opened."""

    @cached_property
    def towns(self) -> Communes:
        return Communes()

    def read_table(self, path: Path, sheet: str = "") -> Table:
        from spie_desk.exchange.table_files import read_table  # noqa: PLC0415

        return read_table(path, sheet)

    def proposed(self, table: Table, today: date, sort: str = "") -> ColumnMap:
        from spie_desk.exchange.columns import proposed  # noqa: PLC0415

        return proposed(table, today, sort)

    def read_benefit_flow(self, path: Path, told: Callable[[int, int], None]) -> Iterator[FlowPart]:
        from spie_desk.exchange.benefit_flow import read_flow  # noqa: PLC0415

        return read_flow(path, told)

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

    def shipped_letters(self) -> Mapping[str, tuple[str, ...]]:
        found = {}
        for one in sorted(shipped("letters").iterdir(), key=lambda one: one.name):
            if one.name.endswith(".txt"):
                found[one.name.removesuffix(".txt")] = tuple(one.read_text(encoding="utf-8").splitlines())
        return found

    def read_letter(self, path: Path) -> tuple[str, bytes]:
        from spie_desk.exchange.letter_files import read_letter  # noqa: PLC0415

        return read_letter(path)

    def fields_in_letter(self, content: bytes, form: str, known: Set[str]) -> Named:
        from spie_desk.exchange.letter_files import fields_in  # noqa: PLC0415

        return fields_in(content, form, known)

    def fields_of_lines(self, lines: Sequence[str], known: Set[str]) -> Named:
        from spie_desk.exchange.letter_files import fields_of_lines  # noqa: PLC0415

        return fields_of_lines(lines, known)

    def fill_letter(self, content: bytes, form: str, values: Mapping[str, str]) -> bytes:
        from spie_desk.exchange.letter_files import fill  # noqa: PLC0415

        return fill(content, form, values)

    def fill_lines(self, lines: Sequence[str], values: Mapping[str, str]) -> tuple[str, ...]:
        from spie_desk.exchange.letter_files import fill_lines  # noqa: PLC0415

        return fill_lines(lines, values)

    def letter_template(self, lines: Sequence[str], form: str) -> bytes:
        from spie_desk.exchange.letter_makers import as_file  # noqa: PLC0415

        return as_file(lines, form)

    def write_file(self, path: Path, content: bytes, *, replace: bool = False) -> None:
        from spie_desk.exchange.put_down import put_down  # noqa: PLC0415

        put_down(path, content, replace=replace)

    def write_export(self, folder: Path, document: Mapping[str, Any], extras: Mapping[str, bytes]) -> None:
        from spie_desk.exchange.export_file import write  # noqa: PLC0415

        write(folder, document, extras)
