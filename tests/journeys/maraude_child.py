"""The night's laptop, in a process of its own: opens the application, types a note, and waits to be killed."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.hands import SystemChance
from spie_desk.app.start import stage
from spie_desk.app.window import Session
from spie_desk.store.vault import FLOOR
from tests.clock import PARIS_IN_WINTER, FakeClock
from tests.stores import PASSPHRASE
from tests.ui.drivers import PageDriver, press, wait_until

NIGHT = datetime(2026, 12, 8, 21, 40, tzinfo=PARIS_IN_WINTER)
LETTER_MS = 25


def main(root: Path, state: Path, sentence: str) -> None:
    """Type the sentence as a quick hand does, say so, and never end by itself."""
    shown = stage(state)
    door = LocalDoorway(root, state, FakeClock(NIGHT), SystemChance(), time.monotonic, FLOOR)
    session = Session(door.unlock(door.profiles()[0].id, PASSPHRASE), shown, door)
    session.show()
    driver = PageDriver(session.window, session.tasks)
    driver.settle()
    press("Ctrl+Shift+N", session.window)
    wait_until(session.quick.isVisible, "the small window")
    for letter in sentence:
        QTest.keyClicks(session.quick.text, letter)
        QTest.qWait(LETTER_MS)
    sys.stdout.write("typed\n")
    sys.stdout.flush()
    QApplication.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
