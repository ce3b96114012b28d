"""What can still be read of a damaged store, which is only read: counted, and brought into a restored copy."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import insert, select
from sqlcipher3 import dbapi2

from spie_desk.store import drafts, tables
from spie_desk.store.aside import FOLDER
from spie_desk.store.drafts import read_row
from spie_desk.store.engine import UnfitStoreError, connect, finding_of
from spie_desk.store.erasure import forgotten as drafts_gone
from spie_desk.store.journal import Journal
from spie_desk.store.memory import wipe
from spie_desk.store.open import EncryptedStore
from spie_desk.store.packing import unpacked
from spie_desk.store.vault import DATABASE, Vault
from spie_sync.change import Change, read_body

Progress: TypeAlias = Callable[[int, int], None]
Place: TypeAlias = tuple[bytes, bytes]
"""A desk and a circle: its changes there are numbered from 1 without a hole."""

_STEP = 1000
_EMPTY_STEPS = 50
"""So many steps without a row, when the last row is not known, are the end."""
_MOST_FAILURES, _VAIN_FAILURES = 20_000, 200
"""The search ends there; sooner where nothing says how far it should go."""
_CHANGES = (
    "SELECT seq, desk, circle, n, hlc, record, deed, body FROM change WHERE seq BETWEEN ? AND ? ORDER BY seq"
)


@dataclass(frozen=True, slots=True)
class Count:
    """Of so many changes known to have stood in the file, how many are read, how many of these the copy lacks, and
    how many drafts."""

    read: int
    known: int
    newer: int
    drafts: int


def damaged_file(folder: Path) -> Path | None:
    """The store that was last set aside in a profile's folder, or the one that stands there."""
    moved = sorted(folder.glob(f"{FOLDER}/*/{DATABASE}"))
    found = moved[-1] if moved else folder / DATABASE
    return found if found.exists() else None


@dataclass
class Wreck:
    """A damaged store, read around its damaged pages: each failure halves the range and begins on a new connection."""

    path: Path
    vault: Vault
    copy: Path | None = None
    lost: int = 0
    failures: int = 0
    _most: int = _MOST_FAILURES
    _connection: dbapi2.Connection | None = field(default=None, repr=False)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def changes(self, progress: Progress = lambda _d, _t: None) -> Iterator[list[Change]]:
        """Every change that can be read with all that names it, some hundreds at a time."""
        names = {name: self._named(name, "id, uuid") for name in ("desk", "circle")}
        deeds, records = self._named("deed", "id, uuid, kind"), self._named("record", "id, uuid, kind")
        top = self._top("SELECT max(seq) FROM change") or self._top("SELECT max(seq) FROM record")
        self.lost = self.failures = 0
        self._most = _MOST_FAILURES if top is not None else _VAIN_FAILURES
        for batch in self._batches(_CHANGES, top):
            found = []
            for seq, desk, circle, n, hlc, record, deed, body in batch:
                try:
                    found.append(read_body(
                        unpacked(body), desk=names["desk"][desk][0], circle=names["circle"][circle][0], n=n,
                        hlc=hlc,
                        deed=deeds[deed][0], deed_kind=deeds[deed][1], record=records[record][0],
                        kind=records[record][1],
                    ))  # fmt: skip
                except (KeyError, ValueError, zlib.error):
                    self.lost += 1
                progress(seq, max(seq, top or 0))
            if found:
                yield found

    def circles(self) -> list[tuple[Any, ...]]:
        """Circles that are described: id, sort, about, readers, founder, nonce."""
        rows = self._rows("SELECT id, uuid, sort, about, readers, founder, nonce FROM circle", "circle")
        return [row[1:] for row in rows if row[2]]

    def drafts(self) -> list[Any]:
        rows = self._rows("SELECT rowid, state, touched_ms, body FROM draft", "draft")
        return [read_row(*row[1:]) for row in rows]

    def _named(self, table: str, columns: str) -> dict[int, tuple[Any, ...]]:
        """What stands for each small number: as the copy has it, as an index here has it, as the table has it."""
        found: dict[int, tuple[Any, ...]] = {}
        statement = f"SELECT {columns} FROM {table}"  # noqa: S608 — one of four constants
        indexed = statement.replace(", kind FROM deed", ", 'typed' FROM deed")  # an index without the kind of deed
        for read, asked in ((self._in_copy, statement), (self._by_index, indexed), (self._rows, statement)):
            rows = {row[0]: row[1:] for row in read(asked, table)}
            found = rows | found if read == self._by_index else found | rows
        return found

    def _in_copy(self, statement: str, _table: str) -> list[tuple[Any, ...]]:
        """The copy is this very file as it was: its numbers mean the same."""
        if self.copy is None:
            return []
        connection = opened(self.copy, self.vault)
        try:
            return list(connection.execute(statement))
        finally:
            connection.close()

    def _by_index(self, statement: str, table: str) -> list[tuple[Any, ...]]:
        """An index holds these columns too, on other pages."""
        try:
            return list(self._open().execute(f"{statement} INDEXED BY sqlite_autoindex_{table}_1"))
        except dbapi2.DatabaseError:
            self._again()
            return []

    def _rows(self, statement: str, table: str) -> list[tuple[Any, ...]]:
        """All rows of a table that can be read."""
        self.failures = 0
        top = self._top(f"SELECT max(rowid) FROM {table}")  # noqa: S608 — one of five constants
        self._most = _MOST_FAILURES if top is not None else _VAIN_FAILURES
        ranged = f"{statement} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        return [row for batch in self._batches(ranged, top) for row in batch]

    def _top(self, statement: str) -> int | None:
        try:
            found = self._open().execute(statement).fetchone()
        except dbapi2.DatabaseError:
            self._again()
            return None
        return int(found[0] or 0)

    def _batches(self, statement: str, top: int | None) -> Iterator[list[tuple[Any, ...]]]:
        start, empty = 1, 0
        while start <= top if top is not None else empty < _EMPTY_STEPS:
            end = start + _STEP - 1 if top is None else min(start + _STEP - 1, top)
            found = list(self._within(statement, start, end))
            empty = 0 if found else empty + 1
            start = end + 1
            if found:
                yield found
            elif top is None and self.failures > _VAIN_FAILURES:
                return

    def _within(self, statement: str, low: int, high: int) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._open().execute(statement, (low, high)).fetchall()
        except dbapi2.DatabaseError:
            self._again()
            self.failures += 1
            if low == high or self.failures > self._most:
                self.lost += high - low + 1
                return
            middle = (low + high) // 2
            yield from self._within(statement, low, middle)
            yield from self._within(statement, middle + 1, high)

    def _open(self) -> dbapi2.Connection:
        if self._connection is None:
            self._connection = opened(self.path, self.vault)
        return self._connection

    def _again(self) -> None:
        """After a failure the connection may answer the same to all that follows."""
        self.close()


def opened(path: Path, vault: Vault) -> dbapi2.Connection:
    """A connection that writes nothing, not even the log's rest into the file."""
    key = vault.key("db")
    try:
        return connect(path, key, read_only=True)
    finally:
        wipe(key)


def highest(path: Path, vault: Vault) -> dict[Place, int]:
    """How far each desk's numbers go in each circle, in a store that is sound."""
    connection = opened(path, vault)
    try:
        rows = connection.execute(
            "SELECT desk.uuid, circle.uuid, max(n) FROM change JOIN desk ON desk.id = change.desk "
            "JOIN circle ON circle.id = change.circle GROUP BY 1, 2"
        )
        return {(desk, circle): n for desk, circle, n in rows}
    finally:
        connection.close()


def count(path: Path, vault: Vault, copy: Path) -> Count | None:
    """What is saved, of what stood there; None when nothing at all can be read of it."""
    known = highest(copy, vault)
    wreck = Wreck(path, vault, copy)
    try:
        read = newer = 0
        for batch in wreck.changes():
            read += len(batch)
            newer += sum(_is_newer(known, change) for change in batch)
        kept = len(wreck.drafts())
    except (UnfitStoreError, dbapi2.DatabaseError) as error:
        if isinstance(error, dbapi2.DatabaseError) and finding_of(error) is None:
            raise
        return None
    finally:
        wreck.close()
    return Count(read, read + wreck.lost, newer, kept)


def bring_back(
    path: Path, vault: Vault, copy: Path, store: EncryptedStore, progress: Progress = lambda _d, _t: None
) -> int:
    """Into a store restored from ``copy``, what the wreck holds and it lacks; how many changes. What was erased stays
    erased."""
    wreck = Wreck(path, vault, copy)
    brought = 0
    try:
        runs = _know_circles(store, wreck)
        for batch in wreck.changes(progress):
            lacking = [one for one in batch if one.n > runs.get((one.desk, one.circle), 0)]
            if lacking:
                store.receive(lacking)
                brought += len(lacking)
        _keep_drafts(store, wreck)
    except UnfitStoreError:
        return brought
    finally:
        wreck.close()
    return brought


def _is_newer(known: Mapping[Place, int], change: Change) -> bool:
    return change.n > known.get((change.desk, change.circle), 0)


def _know_circles(store: EncryptedStore, wreck: Wreck) -> dict[Place, int]:
    """What a circle is: without it, what was written there would have no place to be shown. Answers how far each
    desk's numbers go here without a hole."""
    table = tables.circle
    described = wreck.circles()
    with store.transactions.writing("salvage") as connection:
        here = {row.uuid: row.id for row in connection.execute(select(table.c.uuid, table.c.id))}
        for uuid, sort, about, readers, founder, nonce in described:
            if uuid not in here:
                connection.execute(insert(table).values(
                    uuid=uuid, sort=sort, about=about, readers=readers, founder=founder, nonce=nonce))  # fmt: skip
        journal = Journal(connection)
        return {(desk, uuid): run for uuid, place in here.items() for desk, run in journal.received(place).items()}


def _keep_drafts(store: EncryptedStore, wreck: Wreck) -> None:
    """The later of two of the same, none that was erased for good; one that the wreck no longer held was settled."""
    wreck.lost = 0
    found = wreck.drafts()
    whole, ids = not wreck.lost, {one.id for one in found}
    here = {one.id: one for discarded in (False, True) for one in store.drafts.all(discarded=discarded)}
    with store.transactions.writing("salvage") as connection:
        gone = drafts_gone(connection)
        for draft in found:
            known = here.get(draft.id)
            erased = max((gone.get(one, -1) for one in (draft.id, draft.record) if one), default=-1)
            if (known is None or known.touched_ms < draft.touched_ms) and erased < draft.touched_ms:
                drafts.save(connection, draft)
        for one in here.keys() - ids if whole else ():
            drafts.discard(connection, one)
