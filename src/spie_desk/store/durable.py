"""Files that are the old or the new, whatever is pulled out in between; and the named points where tests pull."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from spie_desk.store.disk import disk_told

At: TypeAlias = Callable[[str], None]
"""Called with a name before each durable step; app/ hands in one that does nothing, tests one that kills."""

LEFTOVER = ".k"
"""How the names of temporary files begin: whatever a dead process left is recognised and deleted."""


def nowhere(_point: str) -> None:
    """The callback of everyday life."""


def private_folder(folder: Path) -> Path:
    """Make the folder, parents included, readable by its user only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32":  # on Windows the profile folder inherits a user-only list from %LOCALAPPDATA%
        folder.chmod(0o700)
    return folder


def write_whole(path: Path, content: bytes, at: At = nowhere, name: str = "file") -> None:
    """Replace ``path`` by ``content`` in one step: temporary file, flush to the disk, rename, flush the folder."""
    with disk_told():
        _write_whole(path, content, at, name)


def _write_whole(path: Path, content: bytes, at: At, name: str) -> None:
    temporary = path.with_name(f"{LEFTOVER}{os.urandom(6).hex()}")
    at(f"{name}:before")
    descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        at(f"{name}:written")
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    at(f"{name}:replaced")
    flush_folder(path.parent)
    at(f"{name}:durable")


def write_json(path: Path, content: Mapping[str, Any], at: At = nowhere, name: str = "json") -> None:
    write_whole(path, json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode(), at, name)


def read_json(path: Path) -> dict[str, Any] | None:
    """The object in the file; None if it is missing or is not one."""
    try:
        content = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def flush_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Make a rename durable. Windows has no such call and does it with the rename."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def delete_leftovers(folder: Path) -> None:
    """Remove the temporary files of a process that died; the caller holds the profile's lock."""
    for leftover in folder.glob(f"{LEFTOVER}*"):
        if leftover.is_file():
            leftover.unlink(missing_ok=True)
