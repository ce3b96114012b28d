"""Warns that a social security number was typed, and takes it out if asked; nothing is ever looked up."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from spie_desk.domain.nir import TAKEN_OUT, find_nirs
from spie_desk.texts import _
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Icon, Words, row
from spie_desk.ui.widgets.buttons import Button


class NirGuard(Card):
    """Stands under a text, hidden until the text holds such a number."""

    def __init__(self, text: QTextEdit | QPlainTextEdit) -> None:
        super().__init__(sort="warn", gap=6, padding=10)
        self._text = text
        self._other: set[str] = set()
        words = Words(_("Ce texte contient un numéro de sécurité sociale. Il n’a pas sa place ici\u00a0: "
                        "la loi en réserve l’usage, et personne n’en a besoin pour accompagner."),
                      Type.SECOND, "warn", weight=500)  # fmt: skip
        said = row(Icon("shield-alert", "warn", 18), words)
        said.lines.setStretchFactor(words, 1)
        self.add(said)
        self.add(row(Button(_("Retirer le numéro"), self.take_out, look_="small"),
                     Button(_("C’est un autre numéro"), self._let_pass, look_="small"), None))  # fmt: skip
        self.hide()
        text.textChanged.connect(self._look)

    def holds(self) -> bool:
        """The text holds such a number, and nobody said that it is another one."""
        return any(self._plain()[start:end] not in self._other for start, end in find_nirs(self._plain()))

    def take_out(self) -> None:
        """Replace every such number; Ctrl+Z in the text gives it back."""
        cursor = QTextCursor(self._text.document())
        cursor.beginEditBlock()
        for start, end in reversed(find_nirs(self._plain())):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(TAKEN_OUT)
        cursor.endEditBlock()
        self._text.setFocus()

    def _let_pass(self) -> None:
        plain = self._plain()
        self._other |= {plain[start:end] for start, end in find_nirs(plain)}
        self._look()
        self._text.setFocus()

    def _plain(self) -> str:
        return self._text.toPlainText()

    def _look(self) -> None:
        if self.parentWidget() is not None:
            self.setVisible(self.holds())
