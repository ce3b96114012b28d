"""A poorer machine: one core, 4 GB of address space, ten milliseconds more at each flush to the disk."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

MEMORY = 4 * 1024**3
SOURCE = Path(__file__).with_name("slow_fsync.c")


def environment(cache: Path) -> dict[str, str]:
    """What a child needs in its environment to find flushes slow; empty where no compiler stands."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return {}
    cache.mkdir(parents=True, exist_ok=True)
    library = cache / "slow_fsync.so"
    if not library.exists() or library.stat().st_mtime < SOURCE.stat().st_mtime:
        made = library.with_suffix(".new")
        subprocess.run([compiler, "-O2", "-shared", "-fPIC", str(SOURCE), "-o", str(made), "-ldl"], check=True)
        made.replace(library)
    return {"LD_PRELOAD": str(library)}


def apply() -> dict[str, object]:
    """Pin this process and what it starts to its last core, limit its address space (RLIMIT_AS); what was done."""
    done: dict[str, object] = {"flush_ms": round(_flush_ms(), 2)}
    if hasattr(os, "sched_setaffinity"):
        core = max(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {core})
        done["core"] = core
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    done["address_space_gb"] = MEMORY // 1024**3
    return done


def _flush_ms() -> float:
    """What one flush costs here: shows that the slow one really stands before libc’s."""
    with tempfile.TemporaryFile() as file:
        file.write(b"x")
        start = time.perf_counter()
        os.fsync(file.fileno())
        return (time.perf_counter() - start) * 1000
