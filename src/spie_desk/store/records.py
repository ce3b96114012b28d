"""Reading records: one, many, their history, what is to settle, and the deeds that changed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from spie_desk.domain.listing import DeedView
from spie_desk.domain.shown import Bases, Clash, Shown, Version
from spie_desk.store import tables, unsettled
from spie_desk.store.derived import Derived
from spie_desk.store.history import versions_of
from spie_desk.store.journal import Journal
from spie_desk.store.reading import readers
from spie_desk.store.transactions import Transactions
from spie_sync.change import Change
from spie_sync.merge import Standing

"""A worker that fetches more at once stalls the window."""


class StoredRecords:
    """Answers with values; every question is one short read transaction."""

    def __init__(self, transactions: Transactions, derived: Derived) -> None:
        self._transactions, self._derived = transactions, derived
        self._readers = readers(derived)

    def get(self, kind: str, record: bytes, circle: bytes | None = None) -> Shown[Any] | None:
        """The record, or None if it is withdrawn or not (yet) here. Of two circles', the first by its id."""
        found = self._at(kind, record, circle)
        return found[0] if found else None

    def find(self, kind: str, where: Mapping[str, Any] | None = None, *, order: Sequence[str] = (),
             limit: int | None = None, offset: int = 0) -> list[Shown[Any]]:  # fmt: skip
        reader = self._readers[kind]
        with self._transactions.reading() as connection:
            return reader.find(connection, where, order, limit=limit, offset=offset)

    def count(self, kind: str, where: Mapping[str, Any] | None = None) -> int:
        with self._transactions.reading() as connection:
            return self._readers[kind].count(connection, where)

    def withdrawn(self, kind: str, where: Mapping[str, Any] | None = None, *,
                  limit: int | None = None) -> list[Shown[Any]]:  # fmt: skip
        """Records withdrawn for themselves, last ones first; those hidden with their parent are not listed."""
        reader = self._readers[kind]
        column = reader.table.c
        statement = reader.statement().where(column._standing == Standing.DELETED.value, column._complete)
        with self._transactions.reading() as connection:
            return reader.all(connection, statement.order_by(column._id.desc()).limit(limit), where)

    def history(self, kind: str, record: bytes, circle: bytes | None = None) -> list[Version]:
        with self._transactions.reading() as connection:
            journal = Journal(connection)
            statement = select(tables.record.c.id).where(tables.record.c.uuid == record, tables.record.c.kind == kind)
            if circle is not None:
                of_circle = select(tables.circle.c.id).where(tables.circle.c.uuid == circle).scalar_subquery()
                statement = statement.where(tables.record.c.circle == of_circle)
            found: list[Version] = []
            for entries in journal.of_records(connection.scalars(statement).all()).values():
                found += versions_of(self._derived.kinds.get(kind), [entry.change for entry in entries])
        return sorted(found, key=lambda one: (one.stamp.hlc, one.dot, one.register), reverse=True)

    def clashes(self, person: bytes | None = None) -> list[Clash]:
        with self._transactions.reading() as connection:
            return unsettled.clashes(connection, self._derived, self._readers, person)

    def deed(self, deed: bytes) -> list[Change]:
        with self._transactions.reading() as connection:
            return [entry.change for entry in Journal(connection).of_deed(deed)]

    def deeds(self, limit: int = 50) -> list[DeedView]:
        table = tables.deed.c
        written = select(func.count()).where(tables.change.c.deed == table.id).scalar_subquery()
        statement = (
            select(table.uuid, table.kind, table.label, table.hlc, table.undoable, written)
            .where(table.mine).order_by(table.id.desc()).limit(limit)
        )  # fmt: skip
        with self._transactions.reading() as connection:
            return [DeedView(*row) for row in connection.execute(statement)]

    def heads(self, kind: str, record: bytes, circle: bytes) -> Bases:
        """The dots that stand now for each register, withdrawn or not; for an undo."""
        with self._transactions.reading() as connection:
            reader = self._readers[kind]
            found = reader.all(connection, reader.statement().where(
                reader.table.c._uuid == record, tables.circle.c.uuid == circle))  # fmt: skip
        return found[0].bases if found else Bases()

    def _at(self, kind: str, record: bytes, circle: bytes | None) -> list[Shown[Any]]:
        with self._transactions.reading() as connection:
            found = self._readers[kind].find(connection, {"id": record})
        return sorted((one for one in found if circle in {None, one.circle}), key=lambda one: one.circle)
