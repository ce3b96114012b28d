"""A list and what it opens, side by side; one column with a way back when the text is large."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spie_desk.texts import _
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.buttons import Button


class ListAndFile(QWidget):
    """``open_file`` brings the file to the front (it is always in view up to 140 %); Back returns to the list."""

    went_back = Signal()

    def __init__(self, beside: QWidget, file: QWidget, *, width: str = "people-list") -> None:
        super().__init__()
        self._list, self._file, self._width = beside, QWidget(), width
        self._in_file = False
        self._back = Button(_("Retour à la liste"), self.show_list, look_="link", icon="chevron-left")
        inside = QVBoxLayout(self._file)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self._back)
        inside.addWidget(file, 1)
        self._lines = QHBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addWidget(beside)
        self._lines.addWidget(self._file, 1)
        self.wear(look())

    def open_file(self) -> None:
        self._in_file = True
        self.wear(look())

    def show_list(self) -> None:
        self._in_file = False
        self.wear(look())
        self._list.setFocus()
        self.went_back.emit()

    def wear(self, now: Look) -> None:
        narrow = now.narrow
        self._list.setMinimumWidth(0)
        self._list.setMaximumWidth(16_777_215)
        if not narrow:
            self._list.setFixedWidth(now.width(self._width))
        self._list.setVisible(not narrow or not self._in_file)
        self._file.setVisible(not narrow or self._in_file)
        self._back.setVisible(narrow)
