"""What every journey starts from: a stage for windows, and a profile that was just founded."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.start import Stage, stage
from tests.clock import FakeClock
from tests.journeys.laptop import Laptop, founded


@pytest.fixture(scope="module")
def shown(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return stage(tmp_path_factory.mktemp("state"))


@pytest.fixture
def laptop(door: LocalDoorway, clock: FakeClock, shown: Stage, qtbot: QtBot) -> Laptop:
    return founded(door, clock, shown, qtbot)
