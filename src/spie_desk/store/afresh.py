"""Every record derived again in one go: the same rows as ``Deriver`` gives, made in memory, written in batches, with
what reaches from one record to another settled once at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from spie_desk.domain.record import Field, Kind
from spie_desk.domain.values import from_value
from spie_desk.domain.words import fold
from spie_desk.store import heads, rows
from spie_desk.store.derive import Deriver
from spie_desk.store.derived import PEOPLE, SAID, TEXTS, Derived, to_column
from spie_desk.store.index import PERSON, is_text, searched_of, words_of
from spie_desk.store.journal import Entry, Journal, RecordKey
from spie_desk.store.packing import unpacked
from spie_desk.store.prepared import Prepared, driver
from spie_desk.store.tables import change, record
from spie_desk.store.together import LinkedFiles
from spie_sync.change import DELETED, Value
from spie_sync.merge import Standing

_PLAIN = frozenset({"person", "values", "salt", "commitment", "origin"})
"""What the body of a change may hold when nothing but its values counts: no base, no erasure, no withdrawal."""

_COLUMNS = ("_id", "_uuid", "_circle", "_visible", "_complete", "_standing", "_marked", "_hidden", "_clashing",
            "_beside", "_erased", "_signed", "_unknown", "_first", "_first_person", "_last", "_last_person",
            "_sort")  # fmt: skip
"""A derived table's own columns; the fields of its kind follow."""

_KEYS = Prepared(
    select(record.c.id, record.c.uuid, record.c.circle, record.c.kind, record.c.seq)
    .where(record.c.id > bindparam("after")).order_by(record.c.id).limit(bindparam("most"))
)  # fmt: skip
_BODIES = Prepared(
    select(change.c.record, change.c.seq, change.c.body)
    .where(change.c.record.between(bindparam("first"), bindparam("last"))).order_by(change.c.record, change.c.seq)
)  # fmt: skip


class Hanging(NamedTuple):
    """The words of a record that lead to the person it hangs under."""

    kind: str
    id: int
    parent: bytes
    words: list[str]


class Batch:
    """Rows under way, by table."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {}
        self.heads: list[tuple[int, str, int]] = []
        self.soles: list[tuple[int | None, int]] = []
        self.unsettled: list[tuple[int, str, str]] = []
        self.texts: list[tuple[int, str]] = []


class Afresh:
    """Fills empty derived tables from the journal: ``batch`` after ``batch`` until it answers 0, then ``finish``."""

    def __init__(self, connection: Connection, derived: Derived) -> None:
        self.connection, self.derived = connection, derived
        self.journal = Journal(connection)
        self.deriver = Deriver(self.journal, derived)
        self._last = 0
        self._people: dict[int, tuple[bytes, list[str]]] = {}
        self._hanging: list[Hanging] = []

    def batch(self, size: int) -> int:
        """Derive the next records; how many there were."""
        keys = _KEYS.all(self.connection, after=self._last, most=size)
        if not keys:
            return 0
        bodies: dict[int, list[tuple[int, bytes]]] = {}
        for place, seq, body in _BODIES.all(self.connection, first=keys[0][0], last=keys[-1][0]):
            bodies.setdefault(place, []).append((seq, body))
        batch, others = Batch(), dict[RecordKey, int | None]()
        for *parts, sole in keys:
            key = RecordKey(*parts)
            if not self._first_write(batch, key, bodies.get(key.id, ()), sole):
                others[key] = sole
        every = self.journal.of_records([key.id for key in others])
        for key, sole in others.items():
            self._merged(batch, key, every[key.id], sole)
        self._write(batch)
        self._last = keys[-1][0]
        return len(keys)

    def finish(self) -> None:
        """What one record says of another: withdrawals and what they hide, what two hold alike, who is found how."""
        self.deriver.settle_everything()
        hidden = {
            name: {place for (place,) in Prepared(select(table.c._id).where(~table.c._visible)).all(self.connection)}
            for name, table in self.derived.tables.items() if self.derived.kinds[name].finds_parent
        }  # fmt: skip
        leading: dict[bytes, list[str]] = {}
        for kind, place, parent, words in self._hanging:
            if place not in hidden[kind]:
                leading.setdefault(parent, []).extend(words)
        linked = LinkedFiles(self.derived).read(self.connection)
        together = dict(self.deriver.index.finding(sorted(linked), linked))
        found = (
            (place, together.get(place, [*own, *leading.get(uuid, ())]))
            for place, (uuid, own) in sorted(self._people.items())
        )
        self._index(PEOPLE, [(place, " ".join(dict.fromkeys(words))) for place, words in found if words])

    def _first_write(self, batch: Batch, key: RecordKey, bodies: Sequence[tuple[int, bytes]], sole: int | None) -> bool:
        """The short way, where merging has nothing to say: one change, whole, that stands on nothing. False for any
        other record: nothing was done."""
        kind = self.derived.kinds.get(key.kind)
        if kind is None or len(bodies) != 1:
            return False
        seq, body = bodies[0]
        said = json.loads(unpacked(body).decode())
        values: dict[str, Value] = said["values"]
        if not said.keys() <= _PLAIN or not values or DELETED in values:
            return False
        cells = cells_of(kind)
        person = bytes.fromhex(said["person"])
        row = cells.row(values)
        batch.rows.setdefault(kind.name, []).append((
            key.id, key.uuid, key.circle, True, True, Standing.STANDS.value, False, False, "", "", "", "",
            len(values.keys() - cells.registers), seq, person, seq, person,
            fold(" ".join([row[place] for place in cells.sorted_by if row[place]])), *row,
        ))  # fmt: skip
        batch.heads += [(key.id, name, heads.NONE) for name in kind.once if name not in values]
        if seq != sole or self.derived.suffix:
            batch.soles.append((seq, key.id))
        words = [word for name in searched_of(kind) if name in values for word in words_of(kind, name, values[name])]
        self._found_by(batch, kind, key, words, row[cells.parent] if kind.parent else None)
        return True

    def _merged(self, batch: Batch, key: RecordKey, entries: Sequence[Entry], sole: int | None) -> None:
        """The long way, as ``Deriver`` goes it."""
        kind = self.derived.kinds.get(key.kind)
        held = heads.of(entries)
        kept = rows.layout_of(kind, held)
        batch.heads += heads.rows_of(key.id, kept, held.entries)
        if (seq := rows.sole_of(kept, held)) != sole or self.derived.suffix:
            batch.soles.append((seq, key.id))
        ends = rows.ends_of(entries)
        if kind is None or ends is None:
            return
        shown = rows.registers(kind, held, entries)
        row = rows.row_of(kind, key, held, shown, ends, None)
        batch.rows.setdefault(kind.name, []).append(tuple(row[name] for name in cells_of(kind).columns))
        batch.unsettled += rows.unsettled_of(key.id, shown)
        words = self.deriver.index.words_held(kind, held)
        self._found_by(batch, kind, key, words, row[kind.parent] if kind.parent else None)

    def _found_by(self, batch: Batch, kind: Kind, key: RecordKey, words: list[str], parent: bytes | None) -> None:
        if kind.name == PERSON:
            self._people[key.id] = key.uuid, words
        elif kind.finds_parent and kind.parent_kind == PERSON:
            self._hanging.append(Hanging(kind.name, key.id, parent or b"", words))
        elif words and is_text(kind):
            batch.texts.append((key.id, " ".join(dict.fromkeys(words))))

    def _write(self, batch: Batch) -> None:
        asks = self.derived.asks
        for name, made in batch.rows.items():
            driver(self.connection).executemany(cells_of(self.derived.kinds[name]).insert(self.derived), made)
        asks.new_head.many(self.connection, batch.heads)
        order = asks.new_sole.order()
        asks.new_sole.many(self.connection, [one if order[0] == "seq" else one[::-1] for one in batch.soles])
        asks.new_unsettled.many(self.connection, batch.unsettled)
        self._index(TEXTS, sorted(batch.texts))

    def _index(self, name: str, found: Iterable[tuple[int, str]]) -> None:
        driver(self.connection).executemany(self.derived.asks.new_words[name], found)


class Cells:
    """How the values of a first write fill the columns of a kind's table."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        by_register = [
            (name, [item for item in kind.fields_of(name) if item in kind.near]) for name in kind.register_names
        ]
        names = [item.name for _, items in by_register for item in items]
        self._said: tuple[None, ...] = (None,) if kind.far else ()
        self.columns = (*_COLUMNS, *names, *([SAID] if kind.far else ()))
        self.registers = frozenset(kind.register_names)
        self.sorted_by = tuple(names.index(name) for name in kind.sorted_by)
        self.parent = names.index(kind.parent) if kind.parent else 0
        self._parts = [
            (name, name in kind.registers, [(item.name, _AS_IT_STANDS.get(item.type), _reader(item)) for item in items])
            for name, items in by_register
        ]

    def row(self, values: Mapping[str, Value]) -> list[Any]:
        """The fields' columns, in the order of ``columns``: what ``from_value`` and ``to_column`` say."""
        found: list[Any] = []
        for register, is_group, items in self._parts:
            value = values.get(register)
            group = value if isinstance(value, dict) else {}
            for name, own, read in items:
                one = group.get(name) if is_group else value
                found.append(one if type(one) is own else read(one))
        found += self._said
        return found

    def insert(self, derived: Derived) -> str:
        names = ",".join(f'"{name}"' for name in self.columns)
        marks = ",".join("?" * len(self.columns))
        return f"INSERT INTO {derived.tables[self.kind.name].name} ({names}) VALUES ({marks})"  # noqa: S608 — declared


@lru_cache(maxsize=128)
def cells_of(kind: Kind) -> Cells:
    return Cells(kind)


_AS_IT_STANDS: dict[Any, type[Any]] = {str: str, bool: bool}
"""A field's type → the type of a value that its column holds as it is."""


def _reader(item: Field) -> Callable[[Value], Any]:
    @lru_cache(maxsize=1024)
    def read_again(value: str | None) -> Any:
        return to_column(item, from_value(item, value))

    def read(value: Value) -> Any:
        if value is None or type(value) is str:  # dates and ids: the same ones come back
            return read_again(value)
        return to_column(item, from_value(item, value))

    return read
