"""What a running process gives away: no key once the store is closed, no core, no reading by a neighbour."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def run(script: str, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *arguments], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_hardened_process_leaves_no_core_and_cannot_be_read() -> None:
    told = run("""
        import ctypes, resource
        from spie_desk.store.memory import harden_process
        before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
        harden_process()
        print(before, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), *resource.getrlimit(resource.RLIMIT_CORE))
    """)
    assert told == "1 0 0 0"


def test_no_copy_of_the_stores_key_stays_in_memory(tmp_path: Path) -> None:
    """The process looks through its own memory. The needle is kept masked, or it would find itself."""
    told = run(
        """
        import os, sys
        from pathlib import Path
        from sqlalchemy import text
        from spie_desk.store.engine import close_engine, open_engine
        from spie_desk.store.aside import open_store
        from spie_desk.store.vault import create_vault, unlock, Policy, FLOOR

        def tables(engine):
            with engine.begin() as connection:
                connection.execute(text("CREATE TABLE person (name TEXT)"))

        folder, phrase = Path(sys.argv[1]), "essai"
        create_vault(folder, phrase, policy=Policy(FLOOR, strict=False), build=tables).close()
        vault = unlock(folder, phrase)
        key = vault.key("db")
        masked = [bytes(b ^ 0x5A for b in secret) for secret in (vault.master, key)]
        for i in range(32):
            key[i] = 0

        def copies():
            found = 0
            with open("/proc/self/mem", "rb", buffering=0) as memory:
                for line in open("/proc/self/maps"):
                    span, rights, *_rest = line.split()
                    if "rw" not in rights or "[vvar" in line or "[vsyscall" in line:
                        continue
                    start, end = (int(part, 16) for part in span.split("-"))
                    memory.seek(start)
                    try:
                        block = bytearray(memory.read(end - start))
                    except OSError:
                        continue
                    for mask in masked:
                        raw = bytearray(b ^ 0x5A for b in mask)
                        spelled = bytearray(b"0123456789abcdef"[h] for b in raw for h in (b >> 4, b & 15))
                        for needle in (raw, spelled):
                            half = needle[: len(needle) // 2]
                            found += block.count(half) if start > 0 else 0
                            needle[:] = bytes(len(needle)); half[:] = bytes(len(half))
                    block[:] = bytes(len(block))
            return found

        engine = open_store(vault)
        with engine.connect() as connection:
            connection.execute(text("SELECT count(*) FROM person")).all()
        before = copies()
        close_engine(engine)
        vault.close()
        print(before, copies())
        """,
        str(tmp_path),
    )
    before, after = (int(part) for part in told.split())
    assert before >= 1, "the search can find"
    assert after == 0
