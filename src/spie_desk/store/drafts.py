"""Drafts: what was typed and is not yet a record, on disk at once; discarded ones can come back for thirty days."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from spie_desk.domain.drafts import Draft, DraftState
from spie_desk.domain.shown import Bases
from spie_desk.domain.vaults import DiskFullError, DiskRefusedError, ReadOnlyDiskError
from spie_desk.store.lived import forget_marks, gone_by
from spie_desk.store.prepared import Prepared
from spie_desk.store.tables import draft as table
from spie_desk.store.transactions import Transactions
from spie_sync.change import canonical

KEPT_MS = 30 * 24 * 3600 * 1000
_REFUSED = (DiskFullError, DiskRefusedError, ReadOnlyDiskError)


class StoredDrafts:
    """Reads and writes drafts, inside the open unit if there is one.

    What the disk refuses is held here until it takes it: a form that closes must not take its words along.
    """

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._held: dict[bytes, Draft] = {}
        self._one = threading.Lock()
        self.relieve: Callable[[], bool] = lambda: False
        """Makes a little room on a full disk; False when there is none left to make."""

    def all(self, *, discarded: bool = False) -> list[Draft]:
        """Open and kept drafts, or the discarded ones that can still come back; last touched first."""
        wanted = table.c.state == DraftState.DISCARDED
        with self._transactions.reading() as connection:
            rows = connection.execute(
                select(table.c.id, table.c.state, table.c.touched_ms, table.c.body)
                .where(wanted if discarded else ~wanted).order_by(table.c.touched_ms.desc(), table.c.id)
            ).all()  # fmt: skip
        found = [_read(row) for row in rows if row.id not in self._held]
        held = [one for one in self._held.values() if (one.state is DraftState.DISCARDED) is discarded]
        return sorted((*held, *found), key=lambda one: (-one.touched_ms, one.id))

    def get(self, draft: bytes) -> Draft | None:
        if (held := self._held.get(draft)) is not None:
            return held
        with self._transactions.reading() as connection:
            row = connection.execute(
                select(table.c.state, table.c.touched_ms, table.c.body).where(table.c.id == draft)
            ).first()
        return None if row is None else _read(row)

    def save(self, draft: Draft) -> None:
        try:
            self._save(draft)
        except _REFUSED:
            if not self._transactions.is_writing:
                self._held[draft.id] = draft
            raise
        self._held.pop(draft.id, None)

    def held(self) -> int:
        """How many drafts the disk has not taken yet: they stand in memory alone."""
        return len(self._held)

    def settle(self) -> int:
        """Try again with what is held; how many were taken."""
        with self._one:
            waiting = list(self._held.values())
            for one in waiting:
                self._save(one)
                if self._held.get(one.id) is one:
                    del self._held[one.id]
        return len(waiting)

    def _save(self, draft: Draft) -> None:
        try:
            with self._transactions.joining("draft") as connection:
                save(connection, draft)
        except DiskFullError:
            if self._transactions.is_writing or not self.relieve():
                raise
            with self._transactions.joining("draft") as connection:
                save(connection, draft)

    def discard(self, draft: bytes) -> None:
        if self._held:
            self.settle()
        with self._transactions.joining("draft") as connection:
            discard(connection, draft)

    def restore(self, draft: bytes) -> None:
        with self._transactions.joining("draft") as connection:
            connection.execute(update(table).where(table.c.id == draft).values(state=DraftState.OPEN))

    def purge(self, now_ms: int) -> int:
        """Let go of what was discarded for thirty days that this desk lived through; how many went."""
        with self._transactions.joining("draft") as connection:
            waiting = {
                row.id: row.touched_ms
                for row in connection.execute(
                    select(table.c.id, table.c.touched_ms).where(table.c.state == DraftState.DISCARDED)
                )
            }
            gone = gone_by(connection, now_ms, KEPT_MS, waiting)
            for one in gone:
                drop(connection, one)
            forget_marks(connection, gone)
            return len(gone)


def save(connection: Connection, draft: Draft) -> None:
    _SAVE.run(connection, id=draft.id, state=str(draft.state), record=draft.record, touched_ms=draft.touched_ms,
              body=_body(draft))  # fmt: skip


def discard(connection: Connection, draft: bytes) -> None:
    _DISCARD.run(connection, draft=draft)


def drop(connection: Connection, draft: bytes) -> None:
    """For good: it became a record."""
    _DROP.run(connection, draft=draft)


_SAVE = Prepared(insert(table).prefix_with("OR REPLACE"))
_DISCARD = Prepared(update(table).where(table.c.id == bindparam("draft")).values(state=str(DraftState.DISCARDED)))
_DROP = Prepared(delete(table).where(table.c.id == bindparam("draft")))


def forget(connection: Connection, erased: bytes, until_ms: int) -> None:
    """For good: this draft, or every draft of this record that was kept until then."""
    mine = (table.c.id == erased) | (table.c.record == erased)
    connection.execute(delete(table).where(mine, table.c.touched_ms <= until_ms))


def forget_registers(connection: Connection, record: bytes, registers: Collection[str], known: Collection[str]) -> None:
    """Take what was erased out of the drafts of a record and keep what else was typed in ``known`` registers; a draft
    that holds nothing else goes."""
    rows = connection.execute(
        select(table.c.state, table.c.touched_ms, table.c.body).where(table.c.record == record)
    ).all()
    for one in map(_read, rows):
        left = {name: value for name, value in one.values.items() if name in known and name not in registers}
        if not left:
            drop(connection, one.id)
        elif left != one.values:
            save(connection, replace(one, values=left, focus="", cursor=0))


def _body(draft: Draft) -> bytes:
    return canonical({
        "id": draft.id.hex(), "form": draft.form, "kind": draft.kind,
        "record": _hex(draft.record), "circle": _hex(draft.circle), "person": _hex(draft.person),
        "values": dict(draft.values), "bases": draft.bases.to_value(), "focus": draft.focus,
        "cursor": draft.cursor, "opened_ms": draft.opened_ms,
    })  # fmt: skip


def _read(row: Any) -> Draft:
    return _of(json.loads(row.body), row.state, row.touched_ms)


def _of(body: Any, state: str, touched_ms: int) -> Draft:
    return Draft(
        id=bytes.fromhex(body["id"]), form=body["form"], kind=body["kind"], record=_bytes(body["record"]),
        circle=_bytes(body["circle"]), person=_bytes(body["person"]), values=body["values"],
        bases=Bases.from_value(body["bases"]), focus=body["focus"], cursor=body["cursor"],
        state=DraftState(state), opened_ms=body["opened_ms"], touched_ms=touched_ms,
    )  # fmt: skip


def read_row(state: str, touched_ms: int, body: bytes) -> Draft:
    """The draft of a row read by another hand than ours."""
    return _of(json.loads(body), state, touched_ms)


def _hex(value: bytes | None) -> str | None:
    return None if value is None else value.hex()


def _bytes(value: str | None) -> bytes | None:
    return None if value is None else bytes.fromhex(value)
