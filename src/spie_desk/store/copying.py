"""A consistent encrypted copy of a store that is in use, proved whole; and the same proof for any store."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from sqlcipher3 import dbapi2

from spie_desk.domain.vaults import BackupFailedError, CancelledError, DiskFullError
from spie_desk.store.durable import At, flush_file, nowhere
from spie_desk.store.engine import UnfitStoreError, check_header, connect, finding_of
from spie_desk.store.memory import wipe
from spie_desk.store.vault import Vault

Progress: TypeAlias = Callable[[int, int], None]
Cancelled: TypeAlias = Callable[[], bool]

_STEPS = 2_000
"""SQLite instructions between two looks at the progress and at whether to stop."""


def copy_store(
    source: Path, target: Path, vault: Vault, *, progress: Progress = lambda _d, _t: None,
    cancelled: Cancelled = lambda: False, at: At = nowhere,
) -> Mapping[str, int]:  # fmt: skip
    """Copy with VACUUM INTO, prove the copy, and answer the number of rows of each table.

    Writers go on meanwhile. If they changed something between counting and copying, the copy is made again; when
    they never pause, the copy (one moment of the store, as SQLite gives it) is believed on its seals alone.
    """
    if shutil.disk_usage(target.parent).free < source.stat().st_size * 1.2:
        raise DiskFullError
    counted = None
    for _attempt in range(3):
        target.unlink(missing_ok=True)
        at("copy:before")
        counted = _copy_once(source, target, vault, progress, cancelled)
        at("copy:written")
        if counted is not None:
            break
    counted = _proved(target, vault, counted)
    flush_file(target)
    return counted


def faults(path: Path, vault: Vault, *, deep: bool = False) -> list[str]:
    """What a check finds wrong with a store, in SQLite's words without any content; empty when sound.

    The quick form reads every page and its seal; ``deep`` also follows every index and reference.
    """
    statements = ["PRAGMA cipher_integrity_check"]
    statements += ["PRAGMA quick_check", "PRAGMA foreign_key_check"] if deep else []
    try:
        connection = _connect(path, vault)
        try:
            check_header(connection, vault.vault_id, None)
            found = [str(row[0]) for s in statements for row in connection.execute(s) if row[0] != "ok"]
        finally:
            connection.close()
    except UnfitStoreError as unfit:
        return [unfit.finding.value]
    except dbapi2.DatabaseError as error:
        if finding_of(error) is None:
            raise
        return ["malformed"]
    return found


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def count_rows(connection: dbapi2.Connection) -> dict[str, int]:
    """Rows of every ordinary table; search indexes and SQLite's own tables left out."""
    names = connection.execute(
        "SELECT name FROM pragma_table_list"
        " WHERE schema='main' AND type='table' AND substr(name, 1, 7) <> 'sqlite_'"
    ).fetchall()
    return {
        name: connection.execute('SELECT count(*) FROM "{}"'.format(name.replace('"', '""'))).fetchone()[0]  # noqa: S608
        for (name,) in names
    }


def _connect(path: Path, vault: Vault) -> dbapi2.Connection:
    key = vault.key("db")
    try:
        return connect(path, key)
    finally:
        wipe(key)


def _copy_once(
    source: Path, target: Path, vault: Vault, progress: Progress, cancelled: Cancelled
) -> dict[str, int] | None:
    """The rows that were counted and then copied; None if somebody wrote in between."""
    reader = _connect(source, vault)
    total = source.stat().st_size

    def look() -> int:
        progress(min(target.stat().st_size if target.exists() else 0, total), total)
        return int(cancelled())

    try:
        before = reader.execute("PRAGMA data_version").fetchone()[0]
        counted = count_rows(reader)
        reader.set_progress_handler(look, _STEPS)
        reader.execute("VACUUM INTO ?", (str(target),))
        reader.set_progress_handler(None, 0)
        if look():
            target.unlink()
            raise CancelledError
        after = reader.execute("PRAGMA data_version").fetchone()[0]
    except dbapi2.DatabaseError as error:
        target.unlink(missing_ok=True)
        raise _translated(error) from None
    finally:
        reader.close()
    target.chmod(0o600)
    return counted if before == after else None


def _proved(target: Path, vault: Vault, counted: dict[str, int] | None) -> dict[str, int]:
    connection = _connect(target, vault)
    try:
        check_header(connection, vault.vault_id, None)
        copied = count_rows(connection)
        # A copy must not pass for the store that this computer knows: whoever opens it becomes a new desk.
        connection.execute("DELETE FROM meta WHERE name='session'").close()
    finally:
        connection.close()
    if copied != (counted or copied) or faults(target, vault):
        target.unlink()
        raise BackupFailedError
    return copied


def _translated(error: dbapi2.DatabaseError) -> Exception:
    said = str(error)
    if "interrupted" in said:
        return CancelledError()
    if "full" in said or (isinstance(error, dbapi2.OperationalError) and "disk I/O" in said):
        return DiskFullError()
    return BackupFailedError()


def copy_file(source: Path, target: Path) -> None:
    """A plain copy of a file nobody is writing, durable."""
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as out, source.open("rb") as wanted:
        shutil.copyfileobj(wanted, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())
