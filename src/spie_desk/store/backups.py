"""Verified encrypted backups beside the store: made, listed, thinned out, and taken up again in a new folder."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from spie_desk.domain.vaults import BadBackupError
from spie_desk.store import keyfile, profiles
from spie_desk.store.copying import Cancelled, Progress, copy_file, copy_store, digest, faults
from spie_desk.store.disk import disk_told
from spie_desk.store.durable import At, flush_folder, nowhere, private_folder, read_json, write_json
from spie_desk.store.lineage import lineage
from spie_desk.store.profiles import Profile
from spie_desk.store.vault import DATABASE, Vault

FOLDER, MANIFEST = "backups", "manifest.json"
INTERVAL = timedelta(minutes=30)
_STAMP = "%Y%m%dT%H%M%S"
_OLDEST = timedelta(days=183)
_DAYS_OF_PROOF = 3
_SHARE_OF_DISK = 0.2


@dataclass(frozen=True, slots=True)
class Backup:
    """One verified copy; ``files`` is the number of people's files in it."""

    id: str
    path: Path
    made_at: datetime
    files: int
    size: int
    schema: int
    epoch: int
    version: str
    sha256: str
    counts: Mapping[str, int] = field(default_factory=dict)
    turn: int = 0
    """Which copy of this profile it is, one after the other: clocks may go back, this does not."""


@dataclass(frozen=True, slots=True)
class Making:
    """What a backup is told: when, by which version and table layout, how to count files, and who watches."""

    now: datetime
    version: str
    schema: int
    files: Callable[[Mapping[str, int]], int] = lambda counts: counts.get("rec_person", 0)
    progress: Progress = lambda _done, _total: None
    cancelled: Cancelled = lambda: False


def due(folder: Path, now: datetime, *, changed: bool) -> bool:
    """At closing and at the full lock: something changed, and the last copy is half an hour old. One that a wrong
    clock dated years ahead puts off nothing."""
    return changed and not any(abs(now - backup.made_at) < INTERVAL for backup in _in(folder))


def back_up(vault: Vault, making: Making, *, sound: bool = True, at: At = nowhere) -> Backup:
    """Make a verified copy, then thin out the older ones, unless the last check of the store was not ``sound``."""
    backup = make(vault, making, at)
    if sound:
        rotate(vault.folder, making.now, at)
    return backup


@disk_told()
def make(vault: Vault, making: Making, at: At = nowhere) -> Backup:
    """Copy, prove, describe, and only then give the copy its name."""
    home = vault.folder / FOLDER
    private_folder(home)
    moment = making.now.astimezone(UTC)
    identity = f"{moment.strftime(_STAMP)}-{secrets.token_hex(3)}"
    newborn = home / f".new-{identity}"
    newborn.mkdir(mode=0o700)
    try:
        counts = copy_store(
            vault.folder / DATABASE, newborn / DATABASE, vault,
            progress=making.progress, cancelled=making.cancelled, at=at,
        )  # fmt: skip
        copy_file(vault.folder / keyfile.MAIN, newborn / keyfile.MAIN)
        copy = newborn / DATABASE
        backup = Backup(
            identity, home / identity, moment, making.files(counts), copy.stat().st_size, making.schema, vault.epoch,
            making.version, digest(copy), dict(counts), _next_turn(vault.folder),
        )  # fmt: skip
        write_json(newborn / MANIFEST, _manifest(backup), at, "manifest")
    except BaseException:
        shutil.rmtree(newborn, ignore_errors=True)
        raise
    at("backup:before")
    newborn.rename(home / identity)
    flush_folder(home)
    at("backup:named")
    return backup


def list_backups(folder: Path) -> list[Backup]:
    """The kept copies, newest first, those of the folders this profile was restored from included."""
    every = (backup for place in lineage(folder) for backup in _in(place))
    return sorted(every, key=lambda one: (one.turn, one.made_at), reverse=True)


def _next_turn(folder: Path) -> int:
    return 1 + max((one.turn for one in list_backups(folder)), default=0)


def read_backup(path: Path) -> Backup:
    """The copy in that folder, wherever it lies (a USB stick)."""
    backup = _read(path)
    if backup is None:
        raise BadBackupError
    return backup


@disk_told()
def delete_backup(backup: Backup, at: At = nowhere) -> None:
    gone = backup.path.with_name(f".gone-{backup.id}")
    at("unkeep:before")
    backup.path.rename(gone)
    flush_folder(gone.parent)
    at("unkeep:renamed")
    shutil.rmtree(gone)


def rotate(folder: Path, now: datetime, at: At = nowhere) -> list[Backup]:
    """Delete what the rule does not keep, in the folders this profile was restored from too: what is deleted must leave
    all of them. Answers what was deleted. Also what a dead process left half made."""
    home = folder / FOLDER
    for stray in (*home.glob(".new-*"), *home.glob(".gone-*")):
        shutil.rmtree(stray, ignore_errors=True)
    present = list_backups(folder)
    if not present:
        return []
    kept = wanted(present, now)
    room = _SHARE_OF_DISK * (shutil.disk_usage(home).free + sum(b.size for b in present))
    while len(kept) > 1 and sum(b.size for b in kept) > room:
        kept.pop()
    dropped = [backup for backup in present if backup not in kept]
    for backup in dropped:
        delete_backup(backup, at)
    return dropped


def wanted(newest_first: Iterable[Backup], now: datetime) -> list[Backup]:
    """All of two days, then the newest of each of 7 days, 4 weeks, 6 months; nothing further off than six months,
    once copies of three other days stand: a clock that jumps by years must not drop them all, nor the latest ones."""
    every = list(newest_first)
    recent = [backup for backup in every if abs(now - backup.made_at) <= _OLDEST]
    if len({backup.made_at.date() for backup in recent}) < _DAYS_OF_PROOF:
        return every
    kept = {backup.id for backup in every[:_DAYS_OF_PROOF]}
    kept |= {backup.id for backup in recent if abs(now - backup.made_at) <= timedelta(days=2)}
    for period, many in (("%Y-%j", 7), ("%G-%V", 4), ("%Y-%m", 6)):
        firsts: dict[str, str] = {}
        for backup in recent:
            firsts.setdefault(backup.made_at.strftime(period), backup.id)
        kept.update(list(firsts.values())[:many])
    return [backup for backup in every if backup.id in kept]


@disk_told()
def restore(
    root: Path, profile: Profile, backup: Backup, open_copy: Callable[[Path], Vault], *,
    prepare: Callable[[Path, Vault], None] = lambda _folder, _vault: None, at: At = nowhere,
) -> tuple[Profile, Vault]:  # fmt: skip
    """Take a copy up in a new profile folder, which from then on is the one that is listed.

    ``open_copy`` unlocks the copy's key file (with the passphrase or the kit); ``prepare`` is called once the copy
    is proved and before anybody can open it. What stood there is set aside: neither written nor deleted.
    """

    def make_of_copy(folder: Path) -> Vault:
        vault = take(backup, folder, open_copy, at)
        attached = profile.folder / "files"
        if attached.is_dir():
            shutil.copytree(attached, folder / "files")
        prepare(folder, vault)
        return vault

    return profiles.create(root, replace(profile, replaces=profile.id), make_of_copy, at)


def take(backup: Backup, folder: Path, open_copy: Callable[[Path], Vault], at: At = nowhere) -> Vault:
    """Fill an empty folder with the copy, prove it with its own key, and leave it unlocked."""
    at("restore:before")
    for name in (keyfile.MAIN, DATABASE):
        try:
            copy_file(backup.path / name, folder / name)
        except FileNotFoundError:
            raise BadBackupError from None
    at("restore:copied")
    if digest(folder / DATABASE) != backup.sha256:
        raise BadBackupError
    vault = open_copy(folder)
    if faults(folder / DATABASE, vault):
        vault.close()
        raise BadBackupError
    at("restore:proved")
    return vault


def _in(folder: Path) -> list[Backup]:
    return [b for path in (folder / FOLDER).glob("[0-9]*") if (b := _read(path)) is not None]


def _manifest(backup: Backup) -> dict[str, Any]:
    return {
        "made_at": backup.made_at.isoformat(), "files": backup.files, "size": backup.size, "schema": backup.schema,
        "epoch": backup.epoch, "version": backup.version, "sha256": backup.sha256, "counts": dict(backup.counts),
        "turn": backup.turn,
    }  # fmt: skip


def _read(path: Path) -> Backup | None:
    """A copy counts if it describes itself and has the size it says; its digest is checked when it is taken."""
    data = read_json(path / MANIFEST)
    try:
        if data is None or (path / DATABASE).stat().st_size != data["size"]:
            return None
        return Backup(
            path.name, path, datetime.fromisoformat(data["made_at"]), data["files"], data["size"], data["schema"],
            data["epoch"], data["version"], data["sha256"], data["counts"], int(data.get("turn", 0)),
        )  # fmt: skip
    except (OSError, KeyError, TypeError, ValueError):
        return None
