"""Keeps keys out of reach: wiped after use, and no process dump that would hold them."""

from __future__ import annotations

import ctypes
import sys


def wipe(secret: bytearray) -> None:
    """Overwrite in place; every holder of this very object sees zeros."""
    secret[:] = bytes(len(secret))


def harden_process() -> None:
    """No core dump, and no other process of this user may read our memory. To be called first thing at start.

    Where the system lacks the means the application still runs: this is a second fence, not the lock.
    """
    if sys.platform == "win32":
        # SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX: no error report, hence no dump sent or kept.
        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002)
        return
    import resource  # noqa: PLC0415 — this module does not exist on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        pr_set_dumpable = 4
        ctypes.CDLL(None).prctl(pr_set_dumpable, 0, 0, 0, 0)
