"""Her sheet over the whole window, to be read across a desk or photographed; the veil still falls over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.texts import _
from spie_desk.ui.printing.large import LargeSheet
from spie_desk.ui.widgets.basics import row
from spie_desk.ui.widgets.buttons import Button


class LargeView(QFrame):
    """Escape closes it, gives the window its size back, and the keyboard to what had it."""

    def __init__(self, sheet: Sheet, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._was_full = window.isFullScreen()
        self._before = window.focusWidget()
        self._sheet = LargeSheet(sheet)
        close = Button(_("Fermer (Échap)"), self.close_it, look_="filled", icon="x")
        self.setAutoFillBackground(True)
        lines = QVBoxLayout(self)
        lines.addWidget(self._sheet, 1)
        lines.addWidget(row(None, close, None))
        window.installEventFilter(self)
        window.showFullScreen()
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self._sheet.setFocus()

    def close_it(self) -> None:
        self._window.removeEventFilter(self)
        if not self._was_full:
            self._window.showNormal()
        self.hide()
        # what comes next by keyboard is for what lay under it
        if self._before is not None and isValid(self._before):
            self._before.setFocus()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False
