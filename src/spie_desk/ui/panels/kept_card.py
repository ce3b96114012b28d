"""A card that holds one kept form: Escape closes it and keeps the draft, Ctrl+Enter saves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from spie_desk.ui.panels.kept_form import KeptForm
from spie_desk.ui.widgets.basics import Card


class KeptCard(Card):
    """What makes a card of its own gives ``kept`` and says how it saves."""

    kept: KeptForm
    closed = Signal()

    def save(self) -> None:
        raise NotImplementedError

    def close_it(self) -> None:
        self.kept.keep_now()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        returns = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        elif event.key() in returns and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)

    def throw_away(self) -> None:
        self.kept.throw_away()
        self.closed.emit()
