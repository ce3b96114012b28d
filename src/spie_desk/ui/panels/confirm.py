"""Something that cannot be undone: its consequence is said first, and the focus never starts on the answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from spie_desk.texts import _
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Words, row, space
from spie_desk.ui.widgets.buttons import Button


class Confirm(QDialog):
    """A title, the consequence, « Ne rien changer » (Escape) and the deed."""

    def __init__(self, title: str, consequence: str, yes: str, deed: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._deed = deed
        lines = QVBoxLayout(self)
        space(lines, look(), 14, (24, 22, 24, 20))
        lines.addWidget(Words(title, Type.SECTION))
        lines.addWidget(Words(consequence))
        self.stay = Button(_("Ne rien changer"), self.reject)
        self.yes = Button(yes, self._do, look_="danger")
        lines.addWidget(row(None, self.stay, self.yes))
        self.setMinimumWidth(look().px(440))
        self.finished.connect(lambda _result: self.deleteLater())
        self.stay.setFocus()

    def _do(self) -> None:
        self.accept()
        self._deed()
