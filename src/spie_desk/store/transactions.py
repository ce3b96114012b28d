"""One writer at a time, many short readers: who holds which connection, and what is told after a commit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from spie_desk.domain.vaults import DamagedPartError
from spie_desk.store.engine import said_by_driver
from spie_desk.store.prepared import driver

At = Callable[[str], None]
"""Called with the name of each point where a test may stop the process."""


class Transactions:
    """Hands out connections. A thread that is writing reads through its own transaction."""

    def __init__(self, engine: Engine, at: At) -> None:
        self.engine, self.at = engine, at
        self._lock = threading.Lock()
        self._mine = threading.local()

    @property
    def is_writing(self) -> bool:
        return getattr(self._mine, "connection", None) is not None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read transaction that ends with the block; never handed out further."""
        connection: Connection | None = getattr(self._mine, "connection", None)
        if connection is not None:
            yield connection
            return
        with self._connected() as opened:
            fresh = opened.execution_options(ro=True)
            with fresh.begin():
                yield fresh

    @contextmanager
    def writing(self, name: str) -> Iterator[Connection]:
        """The one write transaction: all of the block, or nothing of it."""
        if self.is_writing:
            raise RuntimeError("a unit is already open on this thread")
        with self._lock, self._connected() as connection:
            try:
                with connection.begin():
                    _leave_nothing(connection)
                    self._mine.connection = connection
                    self.at(f"{name}: begun")
                    yield connection
                    self.at(f"{name}: before commit")
            finally:
                self._mine.connection = None
        self.at(f"{name}: committed")

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A connection that met a damaged page answers nothing any more, not even what is sound: it is let go of."""
        with self.engine.connect() as connection:
            try:
                with said_by_driver():
                    yield connection
            except DamagedPartError:
                connection.invalidate()
                raise

    @contextmanager
    def joining(self, name: str) -> Iterator[Connection]:
        """The write transaction of this thread if there is one, a short one of its own otherwise."""
        connection: Connection | None = getattr(self._mine, "connection", None)
        if connection is not None:
            yield connection
            return
        with self.writing(name) as fresh:
            yield fresh

    def empty_log(self) -> None:
        """Fold the write-ahead log into the file and truncate it: nothing of what was erased stays there."""
        self._checkpoint("TRUNCATE")

    def fold_log(self) -> None:
        """Fold into the file what can be without keeping anybody waiting."""
        self._checkpoint("PASSIVE")

    def _checkpoint(self, how: str) -> None:
        raw = self.engine.raw_connection()
        try:
            with said_by_driver():
                raw.cursor().execute(f"PRAGMA wal_checkpoint({how})").close()
        finally:
            raw.close()


def _leave_nothing(connection: Connection) -> None:
    """FAST leaves freed pages as they were; erased words must leave the file. Said once to each connection."""
    if not connection.info.get("leaves_nothing"):
        driver(connection).execute("PRAGMA secure_delete=ON").fetchall()
        connection.info["leaves_nothing"] = True
