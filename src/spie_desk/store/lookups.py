"""Everyone in a few large answers: names, numbers and identifiers, for what compares a whole list with who is here."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection

from spie_desk.domain.listing import Called, Held
from spie_desk.store.prepared import driver

_CALLED = """SELECT _id, _uuid, last_name, first_name, birth_name, nickname, born_on, birth_year
FROM rec_person WHERE _visible = 1 AND _id > ? ORDER BY _id LIMIT ?"""
_PHONES = "SELECT _id, person, number FROM rec_phone WHERE _visible = 1 AND _id > ? ORDER BY _id LIMIT ?"
_NUMBERS = """SELECT _id, person, value FROM rec_identifier
WHERE _visible = 1 AND scheme = ? AND _id > ? ORDER BY _id LIMIT ?"""
_HOLDERS = """SELECT _id, person, value FROM rec_identifier
WHERE _visible = 1 AND scheme = ? AND value IN (SELECT value FROM json_each(?)) ORDER BY _id"""


def called(connection: Connection, after: int, limit: int) -> list[Called]:
    return [
        Called(place, person, last, first, birth, nickname, date.fromisoformat(born) if born else None, year)
        for place, person, last, first, birth, nickname, born, year in _rows(connection, _CALLED, after, limit)
    ]


def phones(connection: Connection, after: int, limit: int) -> list[Held]:
    return [Held(*row) for row in _rows(connection, _PHONES, after, limit)]


def numbers(connection: Connection, scheme: str, after: int, limit: int) -> list[Held]:
    return [Held(*row) for row in _rows(connection, _NUMBERS, scheme, after, limit)]


def holders(connection: Connection, scheme: str, values: Collection[str]) -> list[Held]:
    return [Held(*row) for row in _rows(connection, _HOLDERS, scheme, json.dumps(sorted(values)))]


def _rows(connection: Connection, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = driver(connection).execute(statement, values).fetchall()
    return found
