"""From a record's changes to its row: shown values, what clashes, what was erased, who wrote first and last."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from spie_desk.domain.record import Kind
from spie_desk.domain.values import record_of
from spie_desk.domain.words import fold
from spie_desk.store import heads
from spie_desk.store.derived import SAID, Derived, to_column
from spie_desk.store.heads import Held
from spie_desk.store.journal import Entry, Journal, RecordKey
from spie_sync import merge
from spie_sync.change import DELETED, Base, Change, Dot, Value


@dataclass(frozen=True, slots=True)
class Register:
    """One register as it is shown: its value, and what there is to say about it."""

    shown: Change
    value: Value
    is_erased: bool
    is_clashing: bool
    has_beside: bool = False
    signed: Base | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """The first and the last change of a record, and whether its creation has arrived."""

    first: int
    first_rank: tuple[int, bytes, int]
    first_person: bytes
    last: int
    last_rank: tuple[int, bytes, int]
    last_person: bytes
    complete: bool

    def with_(self, entry: Entry) -> Ends:
        return _ends_of(self, entry)


def ends_of(entries: Iterable[Entry]) -> Ends | None:
    ends: Ends | None = None
    for entry in entries:
        if entry.change.registers:
            ends = _ends_of(ends, entry)
    return ends


def _ends_of(before: Ends | None, entry: Entry) -> Ends:
    change = entry.change
    mine = (entry.seq, change.rank, change.person)
    complete = creates(change)
    if before is None:
        return Ends(*mine, *mine, complete)
    first = (before.first, before.first_rank, before.first_person)
    last = (before.last, before.last_rank, before.last_person)
    return Ends(
        *min(first, mine, key=lambda end: end[1]), *max(last, mine, key=lambda end: end[1]),
        before.complete or complete,
    )  # fmt: skip


def creates(change: Change) -> bool:
    """A change that stands on nothing begins its record; others wait for one that does."""
    return bool(change.registers - {DELETED}) and not any(change.base.values())


def registers(kind: Kind, held: Held, entries: Iterable[Entry]) -> dict[str, Register]:
    """Every known register that was written; ``entries`` are all the record's changes if the kind has a once."""
    every = [entry.change for entry in entries] if kind.once else []
    found: dict[str, Register] = {}
    for name in kind.register_names:
        if name not in held.heads:
            continue
        if name in kind.once:
            found[name] = _once(every, name, held)
        else:
            found[name] = _shown([held.entries[dot].change for dot in held.heads[name]], name)
    return found


def _shown(candidates: list[Change], name: str) -> Register:
    living = merge.living(candidates, name)
    shown = merge.shown(living)
    erased = name not in shown.values
    clashing = not erased and len(living) > 1 and merge.clashing(change.values[name] for change in living)
    return Register(shown, shown.values.get(name), erased, clashing)


def _once(every: list[Change], name: str, held: Held) -> Register:
    if len(every) == 1 and not every[0].base.get(name):
        return _shown(every, name)
    view = merge.once(every, name)
    by_dot = {change.dot: change for change in every}
    front = view.shown or view.beside or held.heads[name]
    one = _shown([by_dot[dot] for dot in front], name)
    beside = any(name in by_dot[dot].values for dot in view.beside)
    signed = front if front != held.heads[name] else None
    return Register(one.shown, one.value, one.is_erased, one.is_clashing, beside, signed)


class Rows:
    """Writes the rows of one transaction's records."""

    def __init__(self, journal: Journal, derived: Derived) -> None:
        self.journal, self.derived = journal, derived

    @property
    def connection(self) -> Connection:
        return self.journal.connection

    def old(self, key: RecordKey) -> Mapping[Any, Any] | None:
        """The record's row as it stands, or None."""
        table = self.derived.tables.get(key.kind)
        if table is None:
            return None
        found = self.derived.asks.row[key.kind].first(self.connection, _row=key.id)
        return None if found is None else dict(zip(table.columns.keys(), found, strict=True))

    def sole(self, record: int) -> int | None:
        found: int | None = self.derived.asks.sole.value(self.connection, _row=record)
        return found

    def write_heads(self, key: RecordKey, held: Held, *, fresh: bool) -> None:
        kind = self.derived.kinds.get(key.kind)
        kept = layout_of(kind, held)
        heads.write(self.connection, self.derived, key.id, kept, held.entries, fresh=fresh)
        self.derived.asks.new_sole.run(self.connection, id=key.id, seq=sole_of(kept, held))

    def write(
        self, kind: Kind, key: RecordKey, held: Held, shown: Mapping[str, Register], ends: Ends,
        old: Mapping[Any, Any] | None,
    ) -> dict[str, Any]:  # fmt: skip
        row = row_of(kind, key, held, shown, ends, old)
        asks = self.derived.asks
        if old is None:
            asks.new_row[kind.name].run(self.connection, **row)
        elif old != row:
            asks.changed_row[kind.name].run(self.connection, _row=key.id, **row)
        self._write_unsettled(key.id, shown, fresh=old is None)
        return row

    def _write_unsettled(self, record: int, shown: Mapping[str, Register], *, fresh: bool) -> None:
        asks = self.derived.asks
        if not fresh:
            for sort in ("values", "beside"):
                asks.settled.run(self.connection, _row=record, sort=sort)
        asks.new_unsettled.many(self.connection, unsettled_of(record, shown))


def row_of(
    kind: Kind, key: RecordKey, held: Held, shown: Mapping[str, Register], ends: Ends, old: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The record's row; a fresh one stands and shows until ``Withdrawals`` says otherwise."""
    record = record_of(kind, key.uuid, {name: one.value for name, one in shown.items()})
    row: dict[str, Any] = {item.name: to_column(item, getattr(record, item.name)) for item in kind.near}
    # Under another parent it shows until « Withdrawals » has looked at that one.
    hidden = bool(old and old["_hidden"] and old[kind.parent] == row[kind.parent])
    standing = old["_standing"] if old else merge.Standing.STANDS.value
    if kind.far:
        row[SAID] = _said(kind, held, shown, ends)
    return row | {
        "_id": key.id, "_uuid": key.uuid, "_circle": key.circle, "_complete": ends.complete,
        "_standing": standing, "_hidden": hidden, "_marked": is_marked(held),
        "_visible": ends.complete and not hidden and standing != merge.Standing.DELETED.value,
        "_clashing": _names(name for name, one in shown.items() if one.is_clashing),
        "_beside": _names(name for name, one in shown.items() if one.has_beside),
        "_erased": _names(name for name, one in shown.items() if one.is_erased),
        "_signed": _spell({name: one.signed for name, one in shown.items() if one.signed is not None}),
        "_unknown": sum(name not in shown and name != DELETED for name in held.heads),
        "_first": ends.first, "_first_person": ends.first_person,
        "_last": ends.last, "_last_person": ends.last_person,
        "_sort": fold(" ".join(part for name in kind.sorted_by if (part := getattr(record, name)))),
    }  # fmt: skip


def _said(kind: Kind, held: Held, shown: Mapping[str, Register], ends: Ends) -> int | None:
    """The change that says what is far, unless it is the first."""
    one = shown.get(kind.by_name[kind.far[0]].register)
    seq = ends.first if one is None else held.entries[one.shown.dot].seq
    return None if seq == ends.first else seq


def unsettled_of(record: int, shown: Mapping[str, Register]) -> list[tuple[int, str, str]]:
    """What of this record someone has to settle, as rows."""
    return [
        (record, name, sort)
        for name, one in shown.items()
        for sort, is_so in (("values", one.is_clashing), ("beside", one.has_beside))
        if is_so
    ]


def layout_of(kind: Kind | None, held: Held) -> heads.Layout:
    changes = {dot: entry.change for dot, entry in held.entries.items()}
    return heads.layout(held.heads, changes, kind.once if kind else ())


def sole_of(kept: heads.Layout, held: Held) -> int | None:
    """The place of the change that is sole head, if there is one."""
    return None if kept.sole is None else held.entries[kept.sole].seq


def is_marked(held: Held) -> bool:
    """True when a head of the deletion register says that the record is withdrawn."""
    dots = held.heads.get(DELETED, frozenset())
    return any(held.entries[dot].change.values.get(DELETED) for dot in dots)


def names_in(spelled: str) -> frozenset[str]:
    return frozenset(spelled.split())


def bases_in(spelled: str) -> dict[str, Base]:
    return {
        name: frozenset(Dot(bytes.fromhex(desk), n) for desk, n in dots)
        for name, dots in (json.loads(spelled) if spelled else {}).items()
    }


def _names(found: Iterable[str]) -> str:
    return " ".join(sorted(found))


def _spell(found: Mapping[str, Base]) -> str:
    if not found:
        return ""
    return json.dumps({name: [[dot.desk.hex(), dot.n] for dot in sorted(found[name])] for name in sorted(found)})
