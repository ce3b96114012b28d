"""Before a list is written in the clear: why, in a few words, kept in the register of accesses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from spie_desk.texts import _
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Words, named, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.fields import LineField


class WhyExport(QDialog):
    """``then`` gets the reason; without one nothing is written."""

    def __init__(self, title: str, then: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._then = then
        self._why = named(LineField(_("Par exemple\u00a0: bilan demandé par la direction")), "why-export",
                          _("Pourquoi cet export\u00a0?"))  # fmt: skip
        missing = _("Dites en quelques mots pourquoi\u00a0: c’est gardé avec l’export.")
        self._wrong = Words(missing, Type.SECOND, "danger", weight=500)
        self._wrong.hide()
        lines = QVBoxLayout(self)
        space(lines, look(), 12, (24, 22, 24, 20))
        lines.addWidget(Words(title, Type.SECTION))
        lines.addWidget(Words(_("Une fois écrit, ce fichier n’est plus protégé."), Type.SECOND, "warn", weight=500))
        lines.addWidget(Words(_("Pourquoi cet export\u00a0?"), Type.SECOND, "muted", weight=500))
        for widget in (self._why, self._wrong):
            lines.addWidget(widget)
        self._go = Button(_("Choisir où l’écrire…"), self._take, look_="filled", icon="file-down")
        lines.addWidget(row(None, Button(_("Ne rien exporter"), self.reject), self._go))
        self._why.returnPressed.connect(self._take)
        self.setMinimumWidth(look().px(440))
        self.finished.connect(lambda _result: self.deleteLater())
        self._why.setFocus()

    def _take(self) -> None:
        if not self._why.text().strip():
            self._wrong.show()
            self._why.setFocus()
            return
        reason = self._why.text()
        self.accept()
        self._then(reason)
