"""Opens an unlocked vault's store; one that is damaged is set aside whole, never recreated, and told with its copy."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from spie_desk.domain.errors import NN_
from spie_desk.domain.vaults import DamagedStoreError, DamagedStoreNoCopyError
from spie_desk.store.backups import Backup, list_backups
from spie_desk.store.disk import disk_told
from spie_desk.store.durable import At, flush_folder, nowhere, private_folder, write_json
from spie_desk.store.engine import Finding, UnfitStoreError, check_header, connect, open_engine
from spie_desk.store.memory import wipe
from spie_desk.store.vault import DATABASE, Vault

FOLDER = "aside"
_COMPANIONS = (f"{DATABASE}-wal", f"{DATABASE}-shm")


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, where it lies now, and the newest copy that can be taken up instead."""

    finding: Finding
    moved_to: Path | None
    moved: tuple[str, ...]
    backup: Backup | None
    opened: bool = False


def open_store(
    vault: Vault, *, newest: int | None = None, tell: Callable[[Report], None] = lambda _report: None,
    at: At = nowhere,
) -> Engine:  # fmt: skip
    """The engine, or DamagedStoreError with the newest copy. ``tell`` hears of a log put in quarantine.

    The key is known to be right: the key file proved it. So a file that does not open is a damaged file.
    """
    key = vault.key("db")
    path = vault.folder / DATABASE
    try:
        return open_engine(path, key, vault_id=vault.vault_id, newest=newest)
    except UnfitStoreError as unfit:
        if _sound_without_log(path, key, vault.vault_id):
            report = _move(vault, unfit.finding, _COMPANIONS, at)
            engine = _again(vault, key, newest, at)
            tell(Report(report.finding, report.moved_to, report.moved, None, opened=True))
            return engine
        raise damaged(set_aside(vault, unfit.finding, at)) from None
    finally:
        wipe(key)


def left_uncleanly(folder: Path) -> bool:
    """Whether the last process that had this store open died: to be asked before opening; a check is then due."""
    log = folder / _COMPANIONS[0]
    return log.exists() and log.stat().st_size > 0


def last_written(folder: Path) -> datetime | None:
    """When the store that was last set aside here was last written; None if none was."""
    moved = [path.stat().st_mtime for name in (DATABASE, *_COMPANIONS) for path in folder.glob(f"{FOLDER}/*/{name}")]
    return datetime.fromtimestamp(max(moved), tz=UTC) if moved else None


def set_aside(vault: Vault, finding: Finding, at: At = nowhere) -> Report:
    """Move the store and its logs, as they are, into a folder of their own. Every connection must be closed."""
    return _move(vault, finding, (DATABASE, *_COMPANIONS), at)


def damaged(report: Report) -> DamagedStoreError | DamagedStoreNoCopyError:
    """The error to raise for a report: its sentence names the newest copy, if there is one."""
    if report.backup is None:
        return DamagedStoreNoCopyError(report=report)
    copy = report.backup
    files = NN_("{n} dossier", "{n} dossiers", copy.files)
    return DamagedStoreError(made_at=copy.made_at.astimezone(), files=files, backup=copy.id, report=report)


def _sound_without_log(path: Path, key: bytearray, vault_id: bytes) -> bool:
    """Whether the main file is a store by itself: then what spoils it is the log that lies beside it."""
    if not path.with_name(_COMPANIONS[0]).exists():
        return False
    try:
        connection = connect(path, key, immutable=True)
    except UnfitStoreError:
        return False
    try:
        check_header(connection, vault_id, None)
    except UnfitStoreError:
        return False
    finally:
        connection.close()
    return True


def _again(vault: Vault, key: bytearray, newest: int | None, at: At) -> Engine:
    try:
        return open_engine(vault.folder / DATABASE, key, vault_id=vault.vault_id, newest=newest)
    except UnfitStoreError as unfit:
        raise damaged(set_aside(vault, unfit.finding, at)) from None


@disk_told()
def _move(vault: Vault, finding: Finding, names: tuple[str, ...], at: At) -> Report:
    """Rename only: no byte is written into what is moved. Begun and killed, the next opening moves the rest."""
    present = tuple(name for name in names if (vault.folder / name).exists())
    copies = list_backups(vault.folder)
    backup = copies[0] if copies else None
    if not present:
        return Report(finding, None, (), backup)
    home = vault.folder / FOLDER / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    private_folder(home)
    write_json(home / "report.json", {"finding": finding.value, "moved": list(present)}, at, "aside")
    for name in present:
        at(f"aside:{name}")
        (vault.folder / name).rename(home / name)
    flush_folder(home)
    flush_folder(vault.folder)
    at("aside:moved")
    return Report(finding, home, present, backup)
