"""What a disk refuses, told apart: full, read-only, failing; and a page of the store that does not bear its seal."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from spie_desk.domain.errors import DeskError
from spie_desk.domain.vaults import DamagedPartError, DiskFullError, DiskRefusedError, ReadOnlyDiskError

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})

_DAMAGED = ("disk image is malformed", "file is not a database", "vtable constructor failed")


@contextmanager
def disk_told() -> Iterator[None]:
    """Turn what the system refuses within the block into its sentence."""
    try:
        yield
    except OSError as error:
        said = of_system(error)
        if said is None:
            raise
        raise said from error


def of_system(error: OSError) -> DeskError | None:
    if error.errno in _FULL:
        return DiskFullError()
    if error.errno in _READ_ONLY:
        return ReadOnlyDiskError()
    return DiskRefusedError() if error.errno == errno.EIO else None


def of_driver(text: str) -> DeskError | None:
    """From SQLite's own words: they name no table and hold no value."""
    if "disk is full" in text:
        return DiskFullError()
    if "readonly database" in text:
        return ReadOnlyDiskError()
    if "disk I/O error" in text or "unable to open database file" in text:
        return DiskRefusedError()
    return DamagedPartError() if any(sign in text for sign in _DAMAGED) else None
