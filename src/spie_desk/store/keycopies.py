"""Where copies of a vault's key file stand: two in the profile, one in each kept backup."""

from __future__ import annotations

from pathlib import Path

from spie_desk.domain.vaults import AlteredKeyError, DamagedKeyError
from spie_desk.store import keyfile
from spie_desk.store.keyfile import EditedKeyFileError, KeyFile, UnreadableKeyFileError
from spie_desk.store.lineage import lineage


def backup_keys(folder: Path) -> list[Path]:
    """The key files that stand in the kept backups, newest first."""
    found = [path for place in lineage(folder) for path in place.glob(f"backups/[0-9]*/{keyfile.MAIN}")]
    return sorted(found, key=lambda path: path.parent.name, reverse=True)


def readable(folder: Path) -> list[KeyFile]:
    """Every copy without damage, the profile's own first."""
    found = []
    for path in (folder / keyfile.MAIN, folder / keyfile.SPARE, *backup_keys(folder)):
        try:
            found.append(keyfile.read(path))
        except (UnreadableKeyFileError, EditedKeyFileError):
            continue
    return found


def first_readable(folder: Path) -> KeyFile:
    """The first copy without damage; an edited one stops everything: it is not for us to choose another."""
    for path in (folder / keyfile.MAIN, folder / keyfile.SPARE, *backup_keys(folder)):
        try:
            return keyfile.read(path)
        except UnreadableKeyFileError:
            continue
        except EditedKeyFileError:
            raise AlteredKeyError from None
    raise DamagedKeyError


def belongs(path: Path, vault_id: bytes, epoch: int) -> bool:
    """Whether a backup's copy is of this key: then it follows every change. A damaged one is mended like the others."""
    try:
        document = keyfile.read(path)
    except UnreadableKeyFileError:
        return True
    except EditedKeyFileError:
        return False
    return document.vault_id == vault_id and document.epoch == epoch


def bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
