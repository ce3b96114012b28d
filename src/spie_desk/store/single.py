"""One process per profile: a lock that the system itself lets go of when its holder dies."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from spie_desk.domain.vaults import ProfileInUseError
from spie_desk.store.disk import disk_told
from spie_desk.store.durable import write_whole

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK, REQUEST, CLOSING = "app.lock", "app.raise", "app.closing"
_LAST_COPY = 30.0
"""Seconds that an opening waits for a holder that is closing: it may be making its last backup."""


class Hold:
    """The profile is ours until ``release``, or until the process ends in whatever way. Use as a context."""

    def __init__(self, folder: Path, descriptor: int) -> None:
        self._folder, self._descriptor = folder, descriptor

    def take_request(self) -> bool:
        """True once after another opening was refused: the window should come to the front."""
        try:
            (self._folder / REQUEST).unlink()
        except FileNotFoundError:
            return False
        return True

    def leaving(self) -> None:
        """The profile is being closed: whoever opens it meanwhile may wait a little longer, then removes the mark."""
        (self._folder / CLOSING).touch(mode=0o600)

    def release(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Hold:
        return self

    def __exit__(self, _kind: object, _error: object, _trace: object) -> None:
        self.release()


@disk_told()
def hold(folder: Path, *, patience: float = 0.0) -> Hold:
    """Take the profile, or raise ProfileInUseError after ``patience`` seconds (a process replacing another waits)."""
    begun = time.monotonic()
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    while not _locked(descriptor):
        wait = _LAST_COPY if patience and (folder / CLOSING).exists() else patience
        if time.monotonic() - begun >= wait:
            os.close(descriptor)
            raise ProfileInUseError
        time.sleep(0.02)
    for trace in (REQUEST, CLOSING):
        (folder / trace).unlink(missing_ok=True)
    return Hold(folder, descriptor)


def request_raise(folder: Path) -> None:
    """Ask who holds the profile to show its window."""
    write_whole(folder / REQUEST, b"")


def _locked(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
