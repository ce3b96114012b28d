"""Sheets that wait for a printer: encrypted, never in the journal; gone when what they repeat is erased."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, literal_column, select, update

from spie_desk.domain.papers import Paper, sheet_of, sheet_value
from spie_desk.store.tables import paper as table
from spie_desk.store.transactions import Transactions
from spie_sync.change import canonical

ID = 16
PRINTED_KEPT_MS = 24 * 3600 * 1000
"""How long what came out stays, for a sheet that the printer crumpled."""


class StoredPapers:
    """Reads and writes waiting papers, inside the open unit if there is one."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def all(self) -> list[bytes]:
        """Their ids: those that wait, the first put first, then those that came out."""
        with self._transactions.reading() as connection:
            return list(connection.scalars(
                select(table.c.id).order_by(table.c.printed_ms.is_not(None), table.c.made_ms, literal_column("rowid"))
            ))  # fmt: skip

    def get(self, paper: bytes) -> Paper | None:
        with self._transactions.reading() as connection:
            row = connection.execute(select(table).where(table.c.id == paper)).first()
        return None if row is None else Paper(row.id, sheet_of(json.loads(row.body)), row.made_ms, row.printed_ms)

    def count(self) -> int:
        """How many still wait."""
        with self._transactions.reading() as connection:
            return len(connection.scalars(select(table.c.id).where(table.c.printed_ms.is_(None))).all())

    def save(self, paper: Paper) -> None:
        with self._transactions.joining("paper") as connection:
            connection.execute(insert(table).prefix_with("OR REPLACE").values(
                id=paper.id, made_ms=paper.made_ms, printed_ms=paper.printed_ms, about=b"".join(paper.sheet.about),
                body=canonical(sheet_value(paper.sheet)),
            ))  # fmt: skip

    def printed(self, papers: Collection[bytes], now_ms: int) -> None:
        with self._transactions.joining("paper") as connection:
            connection.execute(update(table).where(table.c.id.in_(papers)).values(printed_ms=now_ms))

    def remove(self, paper: bytes) -> None:
        with self._transactions.joining("paper") as connection:
            connection.execute(delete(table).where(table.c.id == paper))

    def purge(self, now_ms: int) -> None:
        """Let go of what came out more than a day ago."""
        with self._transactions.joining("paper") as connection:
            connection.execute(delete(table).where(table.c.printed_ms < now_ms - PRINTED_KEPT_MS))


def forget(connection: Connection, whose: Collection[bytes]) -> None:
    """Something of these people or records was erased: no paper that repeats their words waits any longer."""
    for row in connection.execute(select(table.c.id, table.c.about)).all():
        about = {row.about[at : at + ID] for at in range(0, len(row.about), ID)}
        if not about or about & set(whose):
            connection.execute(delete(table).where(table.c.id == row.id))
