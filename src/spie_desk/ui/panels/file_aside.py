"""What opens in the place of a file's body for one act: a card, Escape to leave, nothing typed to keep."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.basics import space


class FileAside(QWidget):
    """Subclasses fill a card, hand it to ``hold``, and say where the focus starts."""

    closed = Signal()

    def hold(self, *cards: QWidget) -> None:
        self._lines = QVBoxLayout(self)
        for card in cards:
            self._lines.addWidget(card)
        self._lines.addStretch(1)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 12, (5, 5, 5, 5))

    def keep_now(self) -> None:
        """Nothing is typed here that must outlive the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
