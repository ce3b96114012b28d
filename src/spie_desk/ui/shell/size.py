"""How large a window comes up: as drawn where the screen has room for it and its frame, else the whole screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

WANTED = QSize(1366, 768)
_FRAME = QSize(8, 48)
"""What a title bar and borders take, known only once the window is on the screen."""
_LEAST = 1024
"""Narrower is no screen that a desk has: a display without one says 800."""


def fills(available: QSize) -> bool:
    """True where the window and its frame would hang over the edge of what the screen leaves free."""
    needed = WANTED + _FRAME
    small = available.width() < needed.width() or available.height() < needed.height()
    return small and available.width() >= _LEAST


def come_up(window: QWidget) -> None:
    """Show it; on a small laptop the last lines would otherwise stand under the edge of the screen."""
    if fills(window.screen().availableGeometry().size()):
        window.showMaximized()
    else:
        window.show()
