"""The emergency numbers from the first screen: F8, before any profile is open."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from spie_desk.texts import _
from spie_desk.ui.emergency import emergency
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Words, row, space
from spie_desk.ui.widgets.buttons import Button


class UrgentDialog(QDialog):
    """Escape closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Urgence"))
        lines = QVBoxLayout(self)
        space(lines, look(), 8, (24, 20, 24, 20))
        lines.addWidget(Words(_("Ce logiciel ne prévient personne à votre place."), Type.SECTION, "danger"))
        for group in emergency()["groups"]:
            title = group["title"]
            lines.addWidget(Words(_(title), Type.SECOND, "muted", weight=600))
            for one in group["numbers"]:
                number, what = one["number"], one["what"]
                lines.addWidget(Words(f"{number}\u2002{_(what)}"))
        lines.addWidget(row(None, Button(_("Fermer"), self.accept, look_="filled")))
        self.resize(look().px(560), look().px(420))
