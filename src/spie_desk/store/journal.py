"""The journal: changes in, changes out, numbered densely per desk and circle, every id kept as a small integer."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Select, Table, bindparam, func, insert, select, update

from spie_desk.store import tables
from spie_desk.store.tables import change, circle, deed, desk, erased, record
from spie_sync.change import Change, Dot, body_of, read_body
from spie_sync.erasure import Target, as_kept

BATCH = 500


class Entry(NamedTuple):
    """A change and its place here."""

    seq: int
    change: Change


class RecordKey(NamedTuple):
    """A record's place here, and what it is."""

    id: int
    uuid: bytes
    circle: int
    kind: str


class Journal:
    """The journal as one transaction sees it. Remembers the integers it looked up."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._desks: dict[bytes, int] = {}
        self._circles: dict[bytes, int] = {}
        self._deeds: dict[bytes, int] = {}
        self._next: dict[tuple[int, int], int] = {}

    def desk_id(self, uuid: bytes) -> int:
        if uuid not in self._desks:
            self._desks[uuid] = self._intern(desk, uuid, {})
        return self._desks[uuid]

    def circle_id(self, uuid: bytes) -> int:
        """The circle's integer; one only heard of gets a place without description."""
        if uuid not in self._circles:
            blank = {"sort": "", "about": None, "readers": b"", "founder": b"", "nonce": b""}
            self._circles[uuid] = self._intern(circle, uuid, blank)
        return self._circles[uuid]

    def circle_uuid(self, place: int) -> bytes:
        return bytes(self.connection.execute(select(circle.c.uuid).where(circle.c.id == place)).scalar_one())

    def deed_id(self, uuid: bytes, kind: str, hlc: int, *, label: str = "", undoable: bool = False,
                mine: bool = False) -> int:  # fmt: skip
        if uuid not in self._deeds:
            about = {"kind": kind, "label": label, "hlc": hlc, "undoable": undoable, "mine": mine}
            self._deeds[uuid] = self._intern(deed, uuid, about)
        return self._deeds[uuid]

    def record_key(self, uuid: bytes, circle_id: int, kind: str) -> tuple[RecordKey, bool]:
        """The record's place, made if it has none yet, and whether it was made now."""
        found = self.find_record(uuid, circle_id, kind)
        if found is not None:
            return found, False
        made = self._insert(record, uuid=uuid, circle=circle_id, kind=kind)
        return RecordKey(made, uuid, circle_id, kind), True

    def find_record(self, uuid: bytes, circle_id: int, kind: str) -> RecordKey | None:
        found = self.connection.scalar(_FIND_RECORD, {"uuid": uuid, "circle": circle_id, "kind": kind})
        return None if found is None else RecordKey(found, uuid, circle_id, kind)

    def key_of(self, record_id: int) -> RecordKey:
        row = self.connection.execute(
            select(record.c.id, record.c.uuid, record.c.circle, record.c.kind).where(record.c.id == record_id)
        ).one()
        return RecordKey(*row)

    def next_n(self, desk_id: int, circle_id: int) -> int:
        """The next number of this desk in this circle, given once."""
        place = (desk_id, circle_id)
        if place not in self._next:
            self._next[place] = self.connection.scalar(_HIGHEST, {"desk": desk_id, "circle": circle_id}) or 0
        self._next[place] += 1
        return self._next[place]

    def has(self, one: Change) -> bool:
        dot = {"desk": self.desk_id(one.desk), "circle": self.circle_id(one.circle), "n": one.n}
        return self.connection.scalar(_HAS, dot) is not None

    def append(self, one: Change, record_id: int, *, mine: bool = False) -> Entry:
        """Write a change that is not here yet, without what was erased of it before it came (never one of mine)."""
        one = one if mine else as_kept(one, self.erased_targets(one))
        made = self._insert(
            change, desk=self.desk_id(one.desk), circle=self.circle_id(one.circle), n=one.n, hlc=one.hlc,
            record=record_id, deed=self.deed_id(one.deed, one.deed_kind, one.hlc), body=zlib.compress(body_of(one)),
        )  # fmt: skip
        for dot, register in one.erases:
            self.remember_erased(one.circle, (dot, register))
        return Entry(made, one)

    def remember_erased(self, circle_uuid: bytes, target: Target) -> None:
        dot, register = target
        self.connection.execute(
            insert(erased).prefix_with("OR IGNORE").values(
                circle=self.circle_id(circle_uuid), desk=self.desk_id(dot.desk), n=dot.n, reg=register
            )
        )  # fmt: skip

    def erased_targets(self, one: Change) -> list[Target]:
        dot = {"desk": self.desk_id(one.desk), "circle": self.circle_id(one.circle), "n": one.n}
        return [(one.dot, register) for register in self.connection.scalars(_ERASED, dot)]

    def empty(self, entry: Entry, targets: Iterable[Target]) -> Entry:
        """Rewrite the body of a change without the erased values."""
        kept = as_kept(entry.change, list(targets))
        if kept is not entry.change:
            self.connection.execute(
                update(change).where(change.c.seq == entry.seq).values(body=zlib.compress(body_of(kept)))
            )
        return Entry(entry.seq, kept)

    def of_record(self, record_id: int) -> list[Entry]:
        return self._entries(_CHANGES.where(change.c.record == record_id).order_by(change.c.seq))

    def of_records(self, record_ids: Sequence[int]) -> dict[int, list[Entry]]:
        """The changes of each record."""
        found: dict[int, list[Entry]] = {one: [] for one in record_ids}
        for start in range(0, len(record_ids), BATCH):
            some = record_ids[start : start + BATCH]
            rows = self.connection.execute(_CHANGES.where(change.c.record.in_(some)).order_by(change.c.seq))
            for row in rows.mappings():
                found[row["record"]].append(_entry(row))
        return found

    def of_deed(self, uuid: bytes) -> list[Entry]:
        return self._entries(_CHANGES.where(deed.c.uuid == uuid).order_by(change.c.seq))

    def load(self, seqs: Iterable[int]) -> dict[int, Change]:
        wanted = sorted(set(seqs))
        found: dict[int, Change] = {}
        for start in range(0, len(wanted), BATCH):
            some = wanted[start : start + BATCH]
            found |= dict(self._entries(_CHANGES.where(change.c.seq.in_(some))))
        return found

    def at_dot(self, circle_id: int, dot: Dot) -> Entry | None:
        rows = self._entries(
            _CHANGES.where(desk.c.uuid == dot.desk, change.c.circle == circle_id, change.c.n == dot.n)
        )
        return rows[0] if rows else None

    def received(self, circle_id: int) -> dict[bytes, int]:
        """For each desk, the highest n of an unbroken run in this circle: what a withdrawal may call seen."""
        rows = self.connection.execute(
            select(desk.c.id, desk.c.uuid, func.max(change.c.n), func.count())
            .join(change, change.c.desk == desk.c.id).where(change.c.circle == circle_id)
            .group_by(desk.c.id)
        )  # fmt: skip
        return {
            uuid: highest if highest == count else self._run(desk_id, circle_id)
            for desk_id, uuid, highest, count in rows.all()
        }

    def _run(self, desk_id: int, circle_id: int) -> int:
        numbers = self.connection.scalars(
            select(change.c.n).where(change.c.desk == desk_id, change.c.circle == circle_id).order_by(change.c.n)
        )
        run = 0
        for n in numbers:
            if n != run + 1:
                break
            run = n
        return run

    def _entries(self, statement: Select[Any]) -> list[Entry]:
        return [_entry(row) for row in self.connection.execute(statement).mappings()]

    def _insert(self, table: Table, **values: Any) -> int:
        made = self.connection.execute(_INSERT[table.name], values).inserted_primary_key
        if made is None:
            raise RuntimeError("a row without a place")
        return int(made[0])

    def _intern(self, table: Table, uuid: bytes, about: dict[str, Any]) -> int:
        found = self.connection.scalar(select(table.c.id).where(table.c.uuid == uuid))
        if found is not None:
            return int(found)
        return self._insert(table, uuid=uuid, **about)


_INSERT = {table.name: insert(table) for table in (desk, circle, deed, record, change)}
_FIND_RECORD = select(record.c.id).where(
    record.c.uuid == bindparam("uuid"), record.c.circle == bindparam("circle"), record.c.kind == bindparam("kind")
)
_HIGHEST = select(func.max(change.c.n)).where(
    change.c.desk == bindparam("desk"), change.c.circle == bindparam("circle")
)
_HAS = select(change.c.seq).where(
    change.c.desk == bindparam("desk"), change.c.circle == bindparam("circle"), change.c.n == bindparam("n")
)
_ERASED = select(erased.c.reg).where(
    erased.c.circle == bindparam("circle"), erased.c.desk == bindparam("desk"), erased.c.n == bindparam("n")
)

_CHANGES = (
    select(
        change.c.seq, change.c.n, change.c.hlc, change.c.body, change.c.record,
        desk.c.uuid.label("desk_uuid"), circle.c.uuid.label("circle_uuid"), deed.c.uuid.label("deed_uuid"),
        deed.c.kind.label("deed_kind"), record.c.uuid.label("record_uuid"), record.c.kind.label("kind"),
    )
    .join(desk, desk.c.id == change.c.desk)
    .join(circle, circle.c.id == change.c.circle)
    .join(deed, deed.c.id == change.c.deed)
    .join(record, record.c.id == change.c.record)
)  # fmt: skip


def _entry(row: RowMapping) -> Entry:
    return Entry(
        row["seq"],
        read_body(
            zlib.decompress(row["body"]), desk=row["desk_uuid"], circle=row["circle_uuid"], n=row["n"],
            hlc=row["hlc"], deed=row["deed_uuid"], deed_kind=row["deed_kind"], kind=row["kind"],
            record=row["record_uuid"],
        ),
    )  # fmt: skip


def read_meta(connection: Connection, name: str) -> bytes | None:
    return connection.scalar(select(tables.meta.c.value).where(tables.meta.c.name == name))


def write_meta(connection: Connection, name: str, value: bytes) -> None:
    connection.execute(insert(tables.meta).prefix_with("OR REPLACE").values(name=name, value=value))
