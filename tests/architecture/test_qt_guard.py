"""The build of Qt that the lock names keeps its references, and the guard sees one that does not."""

from __future__ import annotations

import subprocess
import sys

import pytest

# In a process of its own: pytest holds ever more references to None, which would hide a loss.
COUNT = """
import sys
from PySide6.QtCore import QObject
from spie_desk.ui.qt_guard import references_lost, refuse_broken_qt
refuse_broken_qt()
before = sys.getrefcount(True)
thing = QObject()
for _ in range(20_000):
    thing.blockSignals(True)
print(references_lost(20_000), before - sys.getrefcount(True))
"""
BROKEN = """
import sys
from spie_desk.ui import qt_guard
counts = iter((100_000, 99_000))
sys.getrefcount = lambda thing: next(counts)  # what 6.12.0 shows on Python 3.11
qt_guard.refuse_broken_qt()
"""


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)


def test_twenty_thousand_calls_lose_no_reference() -> None:
    child = run(COUNT)
    assert child.returncode == 0, child.stderr
    assert all(abs(int(lost)) < 100 for lost in child.stdout.split()), child.stdout


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from 3.12 on: nothing can be lost")
def test_a_build_that_loses_references_is_refused_at_start_up() -> None:
    child = run(BROKEN)
    assert child.returncode == 1
    assert "perd des références" in child.stderr
