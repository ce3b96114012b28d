"""The veil: an opaque sheet over the whole window until the day's code is typed; what was typed is already saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from spie_desk.texts import _, n_
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Icon, Words, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.fields import LineField

TRIES = 5


class Veil(QFrame):
    """``fits(code)`` judges the code; after five wrong ones ``gave_up`` is called (the full lock)."""

    def __init__(self, window: QWidget, fits: Callable[[str], bool], gave_up: Callable[[], None]) -> None:
        super().__init__(window)
        self.setProperty("veil", "true")
        self.setAutoFillBackground(True)
        self._window, self._fits, self._gave_up = window, fits, gave_up
        self._left = TRIES
        self._before: QWidget | None = None
        self._code = LineField(look_="large")
        self._code.setEchoMode(QLineEdit.EchoMode.Password)
        self._code.setMaxLength(12)
        self._code.setAccessibleName(_("Code du jour"))
        self._code.returnPressed.connect(self._try)
        self._wrong = Words("", Type.SECOND, "danger", weight=500)
        self._card = Card(
            row(Icon("eye-off", "accent", 22), Words(_("Écran masqué."), Type.SECTION, wrap=False)),
            Words(_("Votre saisie est enregistrée. Tapez votre code.")),
            self._code, self._wrong,
            row(Button(_("Verrouiller tout à fait"), gave_up), None, Button(_("Continuer"), self._try, look_="filled")),
            gap=12, padding=24,
        )  # fmt: skip
        lines = QVBoxLayout(self)
        lines.addWidget(self._card, 0, Qt.AlignmentFlag.AlignCenter)
        window.installEventFilter(self)
        self.hide()
        self.wear(look())

    def wear(self, now: Look) -> None:
        self._card.setFixedWidth(min(now.px(400), max(self._window.width() - 40, 200)))
        space(self._card.lines, now, 12, (24, 24, 24, 24))

    def fall(self) -> None:
        """Cover everything now."""
        if not self.isHidden():
            return
        self._before = self._window.focusWidget()
        self._left = TRIES
        self._code.clear()
        self._say_left("")
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._others(enabled=False)
        self._code.setFocus()

    def _try(self) -> None:
        if not self._code.text():
            return
        if self._fits(self._code.text()):
            self._others(enabled=True)
            self.hide()
            if self._before is not None:
                self._before.setFocus()
            return
        self._left -= 1
        self._code.clear()
        if not self._left:
            self._gave_up()
            return
        self._say_left(n_("Code incorrect. Encore {n} essai, puis le poste se verrouille.",
                          "Code incorrect. Encore {n} essais, puis le poste se verrouille.", self._left))  # fmt: skip

    def _say_left(self, text: str) -> None:
        self._wrong.say(text)
        self._wrong.setVisible(bool(text))

    def _others(self, *, enabled: bool) -> None:
        """Nothing under the veil takes keys, not even by a shortcut."""
        for child in self._window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if child is not self and child.objectName() == "frame":
                child.setEnabled(enabled)
        for action in self._window.actions():
            action.setEnabled(enabled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(self._window.rect())
        return False
