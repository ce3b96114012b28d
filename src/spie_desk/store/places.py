"""Where a profile may lie: a disk of this computer, not a network drive nor a folder copied elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath

from spie_desk.domain.errors import N_
from spie_desk.domain.vaults import UnsafePlaceError

_NETWORK = N_("c’est un lecteur réseau")
_SYNCHRONISED = N_("ce dossier est recopié en ligne ou sur d’autres postes")

_NETWORK_FILESYSTEMS = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "ceph", "glusterfs", "lustre", "davfs", "fuse.sshfs",
    "fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.glusterfs", "webdav", "afpfs",
})  # fmt: skip
_SYNCHRONISED_NAMES = (
    "onedrive", "dropbox", "google drive", "googledrive", "nextcloud", "owncloud", "icloud", "mobile documents",
    "cloudstorage", "syncthing", "seafile", "ksuite", "kdrive", "pcloud",
)  # fmt: skip
_SYNCHRONISED_VARIABLES = ("ONEDRIVE", "ONEDRIVECONSUMER", "ONEDRIVECOMMERCIAL", "APPDATA")
_NETWORK_DRIVE = 4  # DRIVE_REMOTE


def demand_safe(place: Path) -> None:
    """Raise UnsafePlaceError if a profile would be damaged or copied there."""
    place = Path(os.path.realpath(place))
    why = _synchronised(place, os.environ, Path.home()) or _on_network(place)
    if why:
        raise UnsafePlaceError(place=why)


def _synchronised(place: PurePath, environment: Mapping[str, str], home: PurePath) -> str | None:
    """Documents and Desktop count where the system moves them online without asking."""
    names = [part.casefold() for part in place.parts]
    if any(name.startswith(known) for name in names for known in _SYNCHRONISED_NAMES):
        return _SYNCHRONISED
    roots = [type(place)(environment[name]) for name in _SYNCHRONISED_VARIABLES if environment.get(name)]
    if sys.platform in ("win32", "darwin"):
        roots += [home / name for name in ("Documents", "Desktop")]
    return _SYNCHRONISED if any(place.is_relative_to(root) for root in roots) else None


def _on_network(place: Path) -> str | None:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 — windll is there only on Windows

        drive = place.drive
        remote = drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _NETWORK_DRIVE
        return _NETWORK if remote else None
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8")
    except OSError:
        return None
    return _NETWORK if filesystem_of(place, mounts) in _NETWORK_FILESYSTEMS else None


def filesystem_of(place: PurePath, mounts: str) -> str:
    """The type of the filesystem that holds the place, in a text like Linux's mountinfo."""
    best, found = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        mount = before.split(" ")[4].encode().decode("unicode_escape")
        if place.is_relative_to(mount) and len(mount) >= best:
            best, found = len(mount), after.split(" ")[0]
    return found
