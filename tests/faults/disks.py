"""Disks that refuse: a limit on what this process may write, small disks of memory where the system lets us."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="limits and mounts of Linux")


@contextmanager
def nothing_more_written() -> Iterator[None]:
    """Not a byte more in any file of this process: the system answers as a quota does."""
    import resource  # noqa: PLC0415 — not on Windows

    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_soft, hard))


class SmallDisk:
    """A disk of memory, mounted for one test."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def fill(self) -> None:
        """Until not even one page goes in."""
        with (self.place / "filler").open("ab", buffering=0) as file:
            for size in (1 << 20, 4096, 256):
                try:
                    while file.write(bytes(size)) == size:
                        pass
                except OSError:
                    continue

    def empty(self) -> None:
        (self.place / "filler").unlink()

    def allow_writing(self, *, allowed: bool) -> None:
        _mount("-o", f"remount,{'rw' if allowed else 'ro'}", str(self.place))


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Skips, with its reason, where the system does not let this user mount."""
    place.mkdir(parents=True, exist_ok=True)
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("needs root on Linux, to mount a small disk")
    try:
        _mount("-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "tmpfs", str(place))
    except subprocess.CalledProcessError:
        pytest.skip("this system lets root mount nothing")
    try:
        yield SmallDisk(place)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)
