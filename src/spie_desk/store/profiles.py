"""The profiles of this computer: one folder each, named by chance, carrying only the label its owner chose."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from spie_desk.domain.vaults import NoSuchProfileError, ProfileInUseError
from spie_desk.store.disk import disk_told
from spie_desk.store.durable import (
    At,
    delete_leftovers,
    flush_folder,
    nowhere,
    private_folder,
    read_json,
    write_json,
)
from spie_desk.store.lineage import CARD, KEY, SPARE_KEY
from spie_desk.store.places import demand_safe
from spie_desk.store.single import hold

if TYPE_CHECKING:
    # The first screen lists profiles before the cryptography is loaded.
    from spie_desk.store.vault import Vault

_NEWBORN, _GONE = ".new-", ".gone-"


@dataclass(frozen=True, slots=True)
class Profile:
    """What the unlock screen shows of a profile; ``replaces`` names the one it was restored from, set aside."""

    id: str
    folder: Path
    label: str
    colour: str
    training: bool = False
    replaces: str = ""


@disk_told()
def open_root(root: Path) -> Path:
    """The profiles' folder, in a safe place, private, without what dead processes left behind."""
    demand_safe(root)
    private_folder(root)
    for stray in (*root.glob(f"{_NEWBORN}*"), *root.glob(f"{_GONE}*")):
        try:
            hold(stray).release()
        except (ProfileInUseError, OSError):
            continue  # being made right now by another process
        shutil.rmtree(stray, ignore_errors=True)
    return root


def list_profiles(root: Path) -> list[Profile]:
    """The profiles that can be opened, by label; one set aside by a restoration is not among them."""
    profiles = _all(root)
    aside = {profile.replaces for profile in profiles}
    return sorted((p for p in profiles if p.id not in aside), key=lambda p: (p.label.casefold(), p.id))


def set_aside(root: Path) -> list[Profile]:
    """The profiles that a restoration replaced: kept as they were, until somebody deletes them."""
    profiles = _all(root)
    aside = {profile.replaces for profile in profiles}
    return [profile for profile in profiles if profile.id in aside]


def find(root: Path, profile: str) -> Profile:
    found = _read(root / profile)
    if found is None:
        raise NoSuchProfileError
    return found


def at_folder(folder: Path) -> Profile:
    return find(folder.parent, folder.name)


@disk_told()
def create(root: Path, wish: Profile, make: Callable[[Path], Vault], at: At = nowhere) -> tuple[Profile, Vault]:
    """A whole profile or none: ``make`` fills a folder that only gets its name when all of it is on the disk.

    Of ``wish`` only label, colour, training and replaces count.
    """
    import uuid  # noqa: PLC0415 — not for a list of cards

    open_root(root)
    identity = str(uuid.UUID(bytes=os.urandom(16), version=4))
    newborn, folder = root / f"{_NEWBORN}{identity}", root / identity
    newborn.mkdir(mode=0o700)
    with hold(newborn):
        try:
            vault = make(newborn)
            profile = replace(wish, id=identity, folder=folder)
            _write(newborn, profile, at)
        except BaseException:
            shutil.rmtree(newborn, ignore_errors=True)
            raise
    at("profile:before")
    newborn.rename(folder)
    flush_folder(root)
    at("profile:named")
    vault.folder = folder
    return profile, vault


def rename(profile: Profile, label: str, colour: str, at: At = nowhere) -> Profile:
    changed = replace(profile, label=label, colour=colour)
    _write(profile.folder, changed, at)
    return changed


def delete(profile: Profile, at: At = nowhere) -> None:
    """For good, with the older ones it replaced; the caller confirmed it. Refused while the profile is open."""
    root = profile.folder.parent
    for former in [found for found in _all(root) if found.id == profile.replaces]:
        delete(former, at)
    hold(profile.folder).release()
    gone = root / f"{_GONE}{profile.id}"
    at("delete:before")
    profile.folder.rename(gone)
    flush_folder(root)
    at("delete:renamed")
    for path in (gone / KEY, gone / SPARE_KEY, *gone.glob(f"backups/*/{KEY}")):
        # Without its key what the disk may still hold of the rest says nothing.
        if path.exists():
            path.write_bytes(os.urandom(path.stat().st_size))
    shutil.rmtree(gone)


def tidy(profile: Profile) -> None:
    """Delete what a dead process left half made; for who holds the profile."""
    delete_leftovers(profile.folder)
    for stray in (*profile.folder.glob(f"backups/{_NEWBORN}*"), *profile.folder.glob(f"backups/{_GONE}*")):
        shutil.rmtree(stray, ignore_errors=True)
    for kept in profile.folder.glob("backups/[0-9]*"):
        delete_leftovers(kept)


def _write(folder: Path, profile: Profile, at: At) -> None:
    card = {"label": profile.label, "colour": profile.colour, "training": profile.training}
    write_json(folder / CARD, card | {"replaces": profile.replaces}, at, "card")


def _all(root: Path) -> list[Profile]:
    folders = (path for path in root.glob("*") if path.is_dir() and not path.name.startswith("."))
    return [profile for profile in map(_read, folders) if profile is not None]


def _read(folder: Path) -> Profile | None:
    """A profile whose card is lost is still a profile: its label alone is missing."""
    if not (folder / CARD).exists() and not (folder / KEY).exists() and not (folder / SPARE_KEY).exists():
        return None
    card = read_json(folder / CARD) or {}
    return Profile(
        id=folder.name,
        folder=folder,
        label=str(card.get("label", "")) or folder.name[:8],
        colour=str(card.get("colour", "")),
        training=bool(card.get("training", False)),
        replaces=str(card.get("replaces", "")),
    )

