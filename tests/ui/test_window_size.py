"""A window comes up whole: on a small laptop it takes the screen, on a large one it stands as drawn."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from spie_desk.ui.shell.size import fills


@pytest.mark.parametrize(
    ("free", "whole"),
    [
        (QSize(1366, 768), True),  # nothing left for the title bar
        (QSize(1366, 728), True),  # a task bar as well
        (QSize(1280, 1024), True),  # tall, but narrow
        (QSize(1920, 1040), False),
        (QSize(800, 800), False),  # no display at all
    ],
)
def test_a_small_screen_is_filled_and_a_large_one_is_not(free: QSize, whole: bool) -> None:
    assert fills(free) is whole
