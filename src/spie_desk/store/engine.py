"""Opens the encrypted database: the key first, then the checks, then the settings; never creates where one stood."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from spie_desk.domain.vaults import NewerStoreError, StoreOutOfReachError
from spie_desk.store.disk import of_driver
from spie_desk.store.memory import wipe
from spie_desk.store.prepared import driver

APPLICATION_ID = 0x53504445
"""« SPDE » in the file's header: a store of ours, and not somebody else's database."""

_FORBIDDEN_PRAGMAS = frozenset({"key", "rekey", "hexkey", "hexrekey", "writable_schema", "cipher_migrate"})
_FORBIDDEN_FUNCTIONS = frozenset({"sqlcipher_export", "load_extension"})
_FUNCTION = 31  # SQLITE_FUNCTION, which the driver does not name

STATEMENTS = 512
"""Statements a connection keeps ready: more than a day's work asks, as making one ready asks the authorizer again."""

CACHE, MORE_CACHE = -16000, -64000
"""Pages kept deciphered, in KiB; and while thousands of records are written."""

_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA cache_size={CACHE}",
    "PRAGMA temp_store=MEMORY",
    # Folding the log is for tidy(), when nobody types: a save that had to would take several times as long.
    "PRAGMA wal_autocheckpoint=4000",
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA secure_delete=FAST",
)


class Finding(Enum):
    """What is wrong with a file whose key is known to be right."""

    MISSING = "missing"
    EMPTY = "empty"
    NOT_OURS = "not ours"
    UNREADABLE = "unreadable"
    DAMAGED = "damaged"


class UnfitStoreError(Exception):
    """The file is not a store that may be opened; ``finding`` says why. Caught by whoever sets it aside."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.value)
        self.finding = finding


class _Opener:
    """Makes connections for one engine, and holds the key until the engine is closed."""

    def __init__(self, path: Path, key: bytearray, vault_id: bytes | None, newest: int | None) -> None:
        self.path, self.key, self.vault_id, self.newest = path, bytearray(key), vault_id, newest

    def __call__(self) -> dbapi2.Connection:
        if not any(self.key):
            raise StoreOutOfReachError
        connection = connect(self.path, self.key)
        try:
            check_header(connection, self.vault_id, self.newest)
            for setting in _SETTINGS:
                connection.execute(setting).close()
            connection.set_authorizer(_authorize)
        except BaseException:
            connection.close()
            raise
        return connection

    def wipe(self) -> None:
        wipe(self.key)


_openers: weakref.WeakKeyDictionary[Engine, _Opener] = weakref.WeakKeyDictionary()


def open_engine(
    path: Path, key: bytearray, *, vault_id: bytes | None = None, newest: int | None = None
) -> Engine:
    """The engine over an existing store, after one connection proved it fit.

    ``key`` is the 32 raw bytes; the engine keeps its own copy until ``close_engine``. Transactions begin
    IMMEDIATE, so that a writer never finds out late that it must wait; give a reading connection the execution
    option ``ro=True``. ``newest`` is the highest user_version that this application knows.
    """
    opener = _Opener(path, key, vault_id, newest)
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=opener, poolclass=QueuePool, pool_size=4, max_overflow=4,
        # The connection used last comes first: its pages are deciphered already, its statements ready.
        pool_use_lifo=True, hide_parameters=True,
    )  # fmt: skip
    _openers[engine] = opener
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _say)
    try:
        engine.raw_connection().close()
    except BaseException:
        close_engine(engine)
        raise
    return engine


def close_engine(engine: Engine) -> None:
    """Fold the write-ahead log into the file, close every connection and wipe the key."""
    opener = _openers.pop(engine, None)
    if opener is not None and any(opener.key) and opener.path.exists():
        _checkpoint(engine)
    engine.dispose()
    if opener is not None:
        opener.wipe()


def create_database(path: Path, key: bytearray, vault_id: bytes) -> None:
    """A new, empty store of ours; refuses a path where anything stands."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = _keyed(path, key, "mode=rw")
    try:
        connection.execute("PRAGMA journal_mode=WAL").close()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
        connection.execute("INSERT INTO meta VALUES ('vault_id', ?)", (vault_id,))
        connection.execute("COMMIT")
        # The main file alone must already be a store: a header that stands only in the log looks like no file at all.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    finally:
        connection.close()


def connect(
    path: Path, key: bytearray, *, immutable: bool = False, read_only: bool = False
) -> dbapi2.Connection:
    """A bare connection that has proved its key: no authorizer, no settings. For opening, backing up, checking.

    ``immutable`` reads the main file alone, as if no write-ahead log lay beside it; ``read_only`` reads both and
    leaves both as they are.
    """
    if not path.exists():
        raise UnfitStoreError(Finding.MISSING)
    if path.stat().st_size == 0:
        # SQLite takes a zero-byte file for an empty database and would open it without a word.
        raise UnfitStoreError(Finding.EMPTY)
    if immutable:
        return _keyed(path, key, "immutable=1")
    if read_only:
        return _keyed(path, key, "mode=ro")
    if path.with_name(f"{path.name}-wal").exists():
        # A log that is not this file's must be found out by a connection that cannot write: the last one to close
        # folds the log into the file, even when it failed to read it, and that would destroy the file.
        _keyed(path, key, "mode=ro").close()
    return _keyed(path, key, "mode=rw")


def check_header(connection: dbapi2.Connection, vault_id: bytes | None, newest: int | None) -> None:
    """Ours, of this vault, and not newer than this application."""
    with told_apart():
        if _value(connection, "SELECT count(*) FROM sqlite_master") == 0:
            raise UnfitStoreError(Finding.EMPTY)
        if _value(connection, "PRAGMA application_id") != APPLICATION_ID:
            raise UnfitStoreError(Finding.NOT_OURS)
        if vault_id is not None and _value(connection, "SELECT value FROM meta WHERE name='vault_id'") != vault_id:
            raise UnfitStoreError(Finding.NOT_OURS)
        if newest is not None and _value(connection, "PRAGMA user_version") > newest:
            raise NewerStoreError


@contextmanager
def deciphered(connection: dbapi2.Connection) -> Iterator[None]:
    """Keep more pages while much is written: one that must leave for another is enciphered, and deciphered again
    when the next record needs it."""
    connection.execute(f"PRAGMA cache_size={MORE_CACHE}").close()
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size={CACHE}").close()


@contextmanager
def told_apart() -> Iterator[None]:
    """Translate what SQLite says about the file: damaged for good, or only out of reach for now."""
    try:
        yield
    except dbapi2.DatabaseError as error:
        finding = finding_of(error)
        if finding is not None:
            raise UnfitStoreError(finding) from None
        raise StoreOutOfReachError from error


@contextmanager
def said_by_driver() -> Iterator[None]:
    """The sentence for what the driver refuses on a connection that no engine watches."""
    try:
        yield
    except dbapi2.DatabaseError as error:
        said = of_driver(str(error))
        if said is None:
            raise
        raise said from error


def finding_of(error: BaseException) -> Finding | None:
    """What the driver's error says about the file; None for a full disk, a busy file, a refused access."""
    text = str(error)
    if "file is not a database" in text or "file is encrypted" in text:
        return Finding.UNREADABLE
    if "malformed" in text or "no such table: meta" in text:
        return Finding.DAMAGED
    return None


def _keyed(path: Path, key: bytearray, mode: str) -> dbapi2.Connection:
    with told_apart():
        connection = dbapi2.connect(
            f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=5,
            cached_statements=STATEMENTS,
        )  # fmt: skip
    # The raw form, and as a bytearray: SQLCipher skips its own derivation and no copy of the key stays in memory.
    spelled = bytearray(b"x'") + _hexadecimal(key) + bytearray(b"'")
    try:
        connection.set_key(spelled)
        # SQLCipher writes to stderr what it thinks of a wrong page: silence it, the user gets our sentence.
        connection.execute("PRAGMA cipher_log_level=NONE").close()
        with told_apart():
            _value(connection, "SELECT count(*) FROM sqlite_master")
    except BaseException:
        connection.close()
        raise
    finally:
        wipe(spelled)
    return connection


def _hexadecimal(key: bytearray) -> bytearray:
    """Into a buffer that can be wiped; ``hex()`` would leave the key in a text that cannot."""
    digits = b"0123456789abcdef"
    return bytearray(digits[half] for byte in key for half in (byte >> 4, byte & 15))


def _value(connection: dbapi2.Connection, statement: str) -> Any:
    row = connection.execute(statement).fetchone()
    return None if row is None else row[0]


def _begin(connection: Connection) -> None:
    # A deferred BEGIN that reads and then writes fails at once when another writer passed: IMMEDIATE waits instead.
    reads = connection.get_execution_options().get("ro", False)
    driver(connection).execute("BEGIN" if reads else "BEGIN IMMEDIATE")


def _say(context: ExceptionContext) -> Exception | None:
    """What the disk refused, as a sentence, wherever in a deed it was met."""
    error = context.original_exception
    return of_driver(str(error)) if isinstance(error, dbapi2.DatabaseError) else None


def _authorize(action: int, first: str | None, second: str | None, _base: str | None, _by: str | None) -> int:
    """Refuse what could write the store in plain text or change its key; backups use a connection of their own."""
    if action == dbapi2.SQLITE_ATTACH:
        return int(dbapi2.SQLITE_DENY)
    if action == dbapi2.SQLITE_PRAGMA and (first or "").lower() in _FORBIDDEN_PRAGMAS:
        return int(dbapi2.SQLITE_DENY)
    if action == _FUNCTION and (second or "").lower() in _FORBIDDEN_FUNCTIONS:
        return int(dbapi2.SQLITE_DENY)
    return int(dbapi2.SQLITE_OK)


def _checkpoint(engine: Engine) -> None:
    try:
        connection = engine.raw_connection()
    except (UnfitStoreError, StoreOutOfReachError):
        return  # closing must always work; what is in the log stays in the log
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    except dbapi2.DatabaseError:
        pass  # another reader or a full disk: the log is read at the next opening
    finally:
        connection.close()
