"""Drafts: what was typed and is not yet a record, on disk at once; discarded ones can come back for thirty days."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from spie_desk.domain.drafts import Draft, DraftState
from spie_desk.domain.shown import Bases
from spie_desk.store.tables import draft as table
from spie_desk.store.transactions import Transactions
from spie_sync.change import canonical

KEPT_MS = 30 * 24 * 3600 * 1000


class StoredDrafts:
    """Reads and writes drafts, inside the open unit if there is one."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def all(self, *, discarded: bool = False) -> list[Draft]:
        """Open and kept drafts, or the discarded ones that can still come back; last touched first."""
        wanted = table.c.state == DraftState.DISCARDED
        with self._transactions.reading() as connection:
            rows = connection.execute(
                select(table.c.state, table.c.touched_ms, table.c.body)
                .where(wanted if discarded else ~wanted).order_by(table.c.touched_ms.desc(), table.c.id)
            ).all()  # fmt: skip
        return [_read(row) for row in rows]

    def get(self, draft: bytes) -> Draft | None:
        with self._transactions.reading() as connection:
            row = connection.execute(
                select(table.c.state, table.c.touched_ms, table.c.body).where(table.c.id == draft)
            ).first()
        return None if row is None else _read(row)

    def save(self, draft: Draft) -> None:
        with self._transactions.joining("draft") as connection:
            save(connection, draft)

    def discard(self, draft: bytes) -> None:
        with self._transactions.joining("draft") as connection:
            discard(connection, draft)

    def restore(self, draft: bytes) -> None:
        with self._transactions.joining("draft") as connection:
            connection.execute(update(table).where(table.c.id == draft).values(state=DraftState.OPEN))

    def purge(self, now_ms: int) -> int:
        """Let go of what was discarded more than thirty days ago; how many went."""
        with self._transactions.joining("draft") as connection:
            return connection.execute(
                delete(table).where(table.c.state == DraftState.DISCARDED, table.c.touched_ms < now_ms - KEPT_MS)
            ).rowcount


def save(connection: Connection, draft: Draft) -> None:
    connection.execute(
        insert(table).prefix_with("OR REPLACE").values(
            id=draft.id, state=draft.state, record=draft.record, touched_ms=draft.touched_ms, body=_body(draft)
        )
    )  # fmt: skip


def discard(connection: Connection, draft: bytes) -> None:
    connection.execute(update(table).where(table.c.id == draft).values(state=DraftState.DISCARDED))


def drop(connection: Connection, draft: bytes) -> None:
    """For good: it became a record."""
    connection.execute(delete(table).where(table.c.id == draft))


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
    body = json.loads(row.body)
    return Draft(
        id=bytes.fromhex(body["id"]), form=body["form"], kind=body["kind"], record=_bytes(body["record"]),
        circle=_bytes(body["circle"]), person=_bytes(body["person"]), values=body["values"],
        bases=Bases.from_value(body["bases"]), focus=body["focus"], cursor=body["cursor"],
        state=DraftState(row.state), opened_ms=body["opened_ms"], touched_ms=row.touched_ms,
    )  # fmt: skip


def _hex(value: bytes | None) -> str | None:
    return None if value is None else value.hex()


def _bytes(value: str | None) -> bytes | None:
    return None if value is None else bytes.fromhex(value)
