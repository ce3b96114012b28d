"""Room kept aside on the disk: given up when it is full, so that what was typed can still be saved."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from spie_desk.store.durable import flush_folder

NAME = "ballast"
SIZE = 32 * 1024 * 1024
LOW = 500 * 1024 * 1024
"""Less free room than this is worth a warning, and none is kept aside from it."""
_CHUNK = 1 << 20


def lay(folder: Path, size: int = SIZE, low: int = LOW) -> bool:
    """Keep room aside unless it is already, or there is too little of it; answers whether it lies there."""
    path = folder / NAME
    if _size(path) >= size:
        return True
    if free(folder) < low + size:
        return False
    try:
        _reserve(path, size)
        flush_folder(folder)
    except OSError:
        path.unlink(missing_ok=True)
        return False
    return True


def give_up(folder: Path) -> bool:
    """Let the room go; False when there was none."""
    try:
        (folder / NAME).unlink()
        flush_folder(folder)
    except OSError:
        return False
    return True


def free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _reserve(path: Path, size: int) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(descriptor, 0, size)
        else:
            # Nothing that a disk which compresses could make small: it must take the room it says.
            for _chunk in range(0, size, _CHUNK):
                os.write(descriptor, secrets.token_bytes(_CHUNK))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
