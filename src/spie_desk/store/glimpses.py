"""What a line of the search says of a person: a dozen of her thirty fields, read alone, as thirty lines are read at
every letter typed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, literal_column, select

from spie_desk.domain.record import Kind
from spie_desk.store.derived import Derived, reader_of
from spie_desk.store.prepared import Prepared, any_listed

_NAMED = frozenset({"last_name", "first_name", "nickname", "born_on", "birth_year", "undisclosed"})
"""What names a person, and whether she hides her address, beside what is searched."""


class Glimpses:
    """Reads people in part: the fields that are not asked for stand empty in the records it answers."""

    def __init__(self, derived: Derived, kind: Kind) -> None:
        self.kind, table = kind, derived.tables[kind.name]
        wanted = [item for item in kind.fields if item.trait.searched or item.name in _NAMED]
        self._names = ("id", *(item.name for item in wanted))
        self._reads = [(item.name, read) for item in wanted if (read := reader_of(item)) is not None]
        self.asked = Prepared(
            select(table.c._id, table.c._uuid, *(table.c[item.name] for item in wanted))
            .where(any_listed(table.c._id, "ids"), table.c._visible == literal_column("1"))
        )  # fmt: skip

    def read(self, connection: Connection, places: Sequence[int]) -> Iterator[tuple[int, Any]]:
        """Those of these places that show."""
        for place, *row in self.asked.all(connection, ids=json.dumps(places)):
            cells = dict(zip(self._names, row, strict=True))
            for name, read in self._reads:
                cells[name] = read(cells[name])
            yield place, self.kind.type(**cells)
