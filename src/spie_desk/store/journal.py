"""The journal: changes in, changes out, numbered densely per desk and circle, every id kept as a small integer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, update

from spie_desk.store import tables
from spie_desk.store.packing import packed, unpacked
from spie_desk.store.prepared import Prepared, any_listed
from spie_desk.store.tables import change, circle, deed, desk, erased, record
from spie_sync.change import Change, Dot, body_of, read_body
from spie_sync.erasure import Target, as_kept


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

    def knows(self, *, desk: tuple[bytes, int] | None = None, circle: tuple[bytes, int] | None = None) -> None:
        """Places that the caller has in hand: not looked up again."""
        self._desks |= dict([desk] if desk else ())
        self._circles |= dict([circle] if circle else ())

    def desk_id(self, uuid: bytes) -> int:
        if uuid not in self._desks:
            self._desks[uuid] = self._find(_FIND_DESK, uuid) or _NEW_DESK.run(self.connection, id=None, uuid=uuid)
        return self._desks[uuid]

    def circle_id(self, uuid: bytes) -> int:
        """The circle's integer; one only heard of gets a place without description."""
        if uuid not in self._circles:
            self._circles[uuid] = self._find(_FIND_CIRCLE, uuid) or _NEW_CIRCLE.run(
                self.connection, id=None, uuid=uuid, sort="", about=None, readers=b"", founder=b"", nonce=b""
            )
        return self._circles[uuid]

    def circle_uuid(self, place: int) -> bytes:
        return bytes(self.connection.execute(select(circle.c.uuid).where(circle.c.id == place)).scalar_one())

    def deed_id(self, uuid: bytes, kind: str, hlc: int, *, label: str = "", undoable: bool = False,
                mine: bool = False) -> int:  # fmt: skip
        if uuid not in self._deeds:
            self._deeds[uuid] = self._find(_FIND_DEED, uuid) or _NEW_DEED.run(
                self.connection, id=None, uuid=uuid, kind=kind, label=label, hlc=hlc, undoable=undoable, mine=mine
            )
        return self._deeds[uuid]

    def record_key(self, uuid: bytes, circle_id: int, kind: str) -> tuple[RecordKey, bool]:
        """The record's place, made if it has none yet, and whether it was made now."""
        found = self.find_record(uuid, circle_id, kind)
        if found is not None:
            return found, False
        made = _NEW_RECORD.run(self.connection, id=None, uuid=uuid, circle=circle_id, kind=kind, seq=None)
        return RecordKey(made, uuid, circle_id, kind), True

    def find_record(self, uuid: bytes, circle_id: int, kind: str) -> RecordKey | None:
        found = _FIND_RECORD.value(self.connection, uuid=uuid, circle=circle_id, kind=kind)
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
            self._next[place] = _HIGHEST.value(self.connection, desk=desk_id, circle=circle_id) or 0
        self._next[place] += 1
        return self._next[place]

    def has(self, one: Change) -> bool:
        dot = {"desk": self.desk_id(one.desk), "circle": self.circle_id(one.circle), "n": one.n}
        return _HAS.value(self.connection, **dot) is not None

    def append(self, one: Change, record_id: int, *, mine: bool = False) -> Entry:
        """Write a change that is not here yet, without what was erased of it before it came (never one of mine)."""
        one = one if mine else as_kept(one, self.erased_targets(one))
        made = _NEW_CHANGE.run(
            self.connection, seq=None, desk=self.desk_id(one.desk), circle=self.circle_id(one.circle), n=one.n,
            hlc=one.hlc, record=record_id, deed=self.deed_id(one.deed, one.deed_kind, one.hlc),
            body=packed(body_of(one)),
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
        return [(one.dot, register) for (register,) in _ERASED.all(self.connection, **dot)]

    def empty(self, entry: Entry, targets: Iterable[Target]) -> Entry:
        """Rewrite the body of a change without the erased values."""
        kept = as_kept(entry.change, list(targets))
        if kept is not entry.change:
            self.connection.execute(
                update(change).where(change.c.seq == entry.seq).values(body=packed(body_of(kept)))
            )
        return Entry(entry.seq, kept)

    def of_record(self, record_id: int) -> list[Entry]:
        return _entries(_OF_RECORD.all(self.connection, record=record_id))

    def of_records(self, record_ids: Sequence[int]) -> dict[int, list[Entry]]:
        """The changes of each record."""
        found: dict[int, list[Entry]] = {one: [] for one in record_ids}
        for row in _OF_RECORDS.all(self.connection, records=json.dumps(list(found))):
            found[row[_RECORD]].append(_entry(row))
        return found

    def of_deed(self, uuid: bytes) -> list[Entry]:
        return _entries(_OF_DEED.all(self.connection, deed=uuid))

    def load(self, seqs: Iterable[int]) -> dict[int, Change]:
        return dict(_entries(_OF_SEQS.all(self.connection, seqs=json.dumps(sorted(set(seqs))))))

    def at_dot(self, circle_id: int, dot: Dot) -> Entry | None:
        found = _entries(_AT_DOT.all(self.connection, desk=dot.desk, circle=circle_id, n=dot.n))
        return found[0] if found else None

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

    def _find(self, lookup: Prepared, uuid: bytes) -> int | None:
        found: int | None = lookup.value(self.connection, uuid=uuid)
        return found


_NEW_DESK, _NEW_CIRCLE, _NEW_DEED, _NEW_RECORD, _NEW_CHANGE = (
    Prepared(insert(table)) for table in (desk, circle, deed, record, change)
)
_FIND_DESK, _FIND_CIRCLE, _FIND_DEED = (
    Prepared(select(table.c.id).where(table.c.uuid == bindparam("uuid"))) for table in (desk, circle, deed)
)
_FIND_RECORD = Prepared(select(record.c.id).where(
    record.c.uuid == bindparam("uuid"), record.c.circle == bindparam("circle"), record.c.kind == bindparam("kind")
))  # fmt: skip
_HIGHEST = Prepared(select(func.max(change.c.n)).where(
    change.c.desk == bindparam("desk"), change.c.circle == bindparam("circle")
))  # fmt: skip
_HAS = Prepared(select(change.c.seq).where(
    change.c.desk == bindparam("desk"), change.c.circle == bindparam("circle"), change.c.n == bindparam("n")
))  # fmt: skip
_ERASED = Prepared(select(erased.c.reg).where(
    erased.c.circle == bindparam("circle"), erased.c.desk == bindparam("desk"), erased.c.n == bindparam("n")
))  # fmt: skip

_CHANGES = (
    select(
        change.c.seq, change.c.record, change.c.body, desk.c.uuid, circle.c.uuid, change.c.n, change.c.hlc,
        deed.c.uuid, deed.c.kind, record.c.kind, record.c.uuid,
    )
    .join(desk, desk.c.id == change.c.desk)
    .join(circle, circle.c.id == change.c.circle)
    .join(deed, deed.c.id == change.c.deed)
    .join(record, record.c.id == change.c.record)
)  # fmt: skip
_RECORD = 1


_OF_RECORD = Prepared(_CHANGES.where(change.c.record == bindparam("record")).order_by(change.c.seq))
_OF_RECORDS = Prepared(_CHANGES.where(any_listed(change.c.record, "records")).order_by(change.c.seq))
_OF_SEQS = Prepared(_CHANGES.where(any_listed(change.c.seq, "seqs")))
_OF_DEED = Prepared(_CHANGES.where(deed.c.uuid == bindparam("deed")).order_by(change.c.seq))
_AT_DOT = Prepared(_CHANGES.where(
    desk.c.uuid == bindparam("desk"), change.c.circle == bindparam("circle"), change.c.n == bindparam("n")
))  # fmt: skip


def _entries(rows: Iterable[tuple[Any, ...]]) -> list[Entry]:
    return [_entry(row) for row in rows]


def _entry(row: tuple[Any, ...]) -> Entry:
    seq, _, body, desk_uuid, circle_uuid, n, hlc, deed_uuid, deed_kind, kind, uuid = row
    return Entry(
        seq,
        read_body(
            unpacked(body), desk=desk_uuid, circle=circle_uuid, n=n, hlc=hlc, deed=deed_uuid,
            deed_kind=deed_kind, kind=kind, record=uuid,
        ),
    )  # fmt: skip


def read_meta(connection: Connection, name: str) -> bytes | None:
    found: bytes | None = _READ_META.value(connection, name=name)
    return found


def write_meta(connection: Connection, name: str, value: bytes) -> None:
    _WRITE_META.run(connection, name=name, value=value)


_READ_META = Prepared(select(tables.meta.c.value).where(tables.meta.c.name == bindparam("name")))
_WRITE_META = Prepared(insert(tables.meta).prefix_with("OR REPLACE"))
