"""Statements compiled once into constant SQL and run on the driver itself: building and wrapping them anew at every
save costs more than the disk does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, column, func, select
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql.expression import ClauseElement
from sqlcipher3 import dbapi2

_DIALECT = SQLiteDialect_pysqlite()


def driver(connection: Connection) -> dbapi2.Connection:
    """The driver's own connection under this one, inside the same transaction."""
    return connection.connection.driver_connection


class Prepared:
    """One statement: its values are bound by name, its rows come back as tuples of what SQLite holds (a boolean is 0
    or 1). No row is left to fetch, so that no reading stays open."""

    __slots__ = ("_fixed", "_names", "_statement", "sql")

    sql: str
    _names: tuple[str, ...]
    _fixed: dict[str, Any]

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement

    def __getattr__(self, name: str) -> Any:
        """Put into SQL when it is first asked: an opening waits only for the statements that it uses. Two threads
        that ask at once find the same."""
        if name not in Prepared.__slots__:
            raise AttributeError(name)
        compiled = self._statement.compile(dialect=_DIALECT)
        self._names = tuple(compiled.positiontup or ())  # type: ignore[attr-defined]
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self.sql = str(compiled)
        return getattr(self, name)

    def bind(self, values: Mapping[str, Any]) -> list[Any]:
        """The values in the order that the statement asks for them; KeyError for one that lacks."""
        known = {**self._fixed, **values} if self._fixed else values
        return [known[name] for name in self._names]

    def all(self, connection: Connection, /, **values: Any) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = driver(connection).execute(self.sql, self.bind(values)).fetchall()
        return found

    def first(self, connection: Connection, /, **values: Any) -> tuple[Any, ...] | None:
        found = self.all(connection, **values)
        return found[0] if found else None

    def value(self, connection: Connection, /, **values: Any) -> Any:
        """The first column of the first row, or None."""
        found = self.all(connection, **values)
        return found[0][0] if found else None

    def run(self, connection: Connection, /, **values: Any) -> int:
        """Write; the rowid of the row inserted."""
        return int(driver(connection).execute(self.sql, self.bind(values)).lastrowid or 0)

    def many(self, connection: Connection, rows: Sequence[Sequence[Any]]) -> None:
        """Write many rows, their values already in the statement's order."""
        if rows:
            driver(connection).executemany(self.sql, rows)

    def order(self) -> tuple[str, ...]:
        """The names of what it binds, in order."""
        return self._names


def any_listed(wanted: ColumnElement[Any], name: str, *, of_bytes: bool = False) -> ColumnElement[bool]:
    """Any of these values, bound as one JSON list (bytes in hexadecimal): the statement stays the same however many
    there are."""
    listed = func.json_each(bindparam(name)).table_valued(column("value"))
    return wanted.in_(select(func.unhex(listed.c.value) if of_bytes else listed.c.value))
