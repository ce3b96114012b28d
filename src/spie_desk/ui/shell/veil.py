"""The veil: an opaque sheet over the whole window until the day's code is typed; what was typed is already saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from spie_desk.texts import _, n_
from spie_desk.ui.focus import FocusRing
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Icon, Words, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.fields import LineField

TRIES = 5
DIGITS = 6
CHOOSING_MS = 60_000
"""How long a fresh veil waits for its code: past it, someone else may stand there, and the passphrase is asked."""


@dataclass(frozen=True)
class VeilKeys:
    """What opens the veil. ``ready``: a code was chosen today; ``choose`` keeps one; ``passphrase`` judges a phrase off
    the screen's thread and calls back; ``note_open``: a full lock would close an interview, so it is never done."""

    fits: Callable[[str], bool]
    ready: Callable[[], bool] = lambda: True
    choose: Callable[[str], None] = lambda _code: None
    passphrase: Callable[[str, Callable[[bool], None]], None] | None = None
    note_open: Callable[[], bool] = lambda: False


class Asks(Enum):
    CODE = "code"
    CHOOSE = "choose"
    AGAIN = "again"
    PASSPHRASE = "passphrase"  # noqa: S105 — what is asked for, not one


class Veil(QFrame):
    """After five wrong codes ``gave_up`` is called (the full lock), or the passphrase is asked while a note is open."""

    def __init__(self, window: QWidget, keys: VeilKeys, gave_up: Callable[[], None]) -> None:
        super().__init__(window)
        self.setProperty("veil", "true")
        self.setAutoFillBackground(True)
        self._window, self._keys, self._gave_up = window, keys, gave_up
        self._left, self._asks, self._chosen = TRIES, Asks.CODE, ""
        self._before: QWidget | None = None
        self._dialogs: list[QWidget] = []
        self._covered: list[QWidget] = []
        self._code = LineField(look_="large")
        self._code.setEchoMode(QLineEdit.EchoMode.Password)
        self._code.returnPressed.connect(self._try)
        self._said, self._wrong = Words(""), Words("", Type.SECOND, "danger", weight=500)
        self._other = Button(_("Utiliser la phrase de passe"), lambda: self._ask(Asks.PASSPHRASE), look_="link")
        self._go = Button(_("Continuer"), self._try, look_="filled")
        self._card = Card(
            row(Icon("eye-off", "accent", 22), Words(_("Écran masqué."), Type.SECTION, wrap=False)),
            self._said, self._code, self._wrong, self._other,
            row(Button(_("Verrouiller tout à fait"), gave_up), None, self._go), gap=12, padding=24,
        )  # fmt: skip
        lines = QVBoxLayout(self)
        lines.addWidget(self._card, 0, Qt.AlignmentFlag.AlignCenter)
        self._patience = QTimer(self, singleShot=True, interval=CHOOSING_MS)
        self._patience.timeout.connect(lambda: self._ask(Asks.PASSPHRASE))
        window.installEventFilter(self)
        self.hide()
        self.wear(look())

    def wear(self, now: Look) -> None:
        self._card.setFixedWidth(min(now.px(420), max(self._window.width() - 40, 200)))
        space(self._card.lines, now, 12, (24, 24, 24, 24))

    def asks(self) -> Asks:
        return self._asks

    def fall(self, *, by_hand: bool = True) -> None:
        """Cover everything now. Only who masks the screen by hand may choose the code of the day there and then."""
        if not self.isHidden():
            return
        self._before = self._window.focusWidget()
        self._left = TRIES
        QGuiApplication.clipboard().clear()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._put_away()
        # a dialog left open would show what it holds, and keep the keys for itself
        self._dialogs = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not self._window]
        for dialog in self._dialogs:
            dialog.hide()
        self._window.activateWindow()
        if self._keys.ready():
            self._ask(Asks.CODE)
        else:
            self._ask(Asks.CHOOSE if by_hand else Asks.PASSPHRASE)

    def _ask(self, what: Asks) -> None:
        if what is Asks.PASSPHRASE and self._keys.passphrase is None:
            what = Asks.CODE
        self._asks = what
        said, name = {
            Asks.CODE: (_("Votre saisie est enregistrée. Tapez votre code."), _("Code du jour")),
            Asks.CHOOSE: (_("Votre saisie est enregistrée. Choisissez un code de six chiffres pour aujourd’hui\u00a0: "
                            "il rouvrira cet écran, et sera oublié ce soir."), _("Code du jour à choisir")),
            Asks.AGAIN: (_("Tapez ce code une seconde fois."), _("Code du jour, une seconde fois")),
            Asks.PASSPHRASE: (_("Votre saisie est enregistrée. Tapez votre phrase de passe."), _("Phrase de passe")),
        }[what]  # fmt: skip
        self._said.say(said)
        self._code.setAccessibleName(name)
        self._code.setMaxLength(DIGITS if what is not Asks.PASSPHRASE else 1000)
        self._code.clear()
        self._code.setEnabled(True)
        self._other.setVisible(what is Asks.CODE and self._keys.passphrase is not None)
        self._say_wrong("")
        if what in {Asks.CHOOSE, Asks.AGAIN}:
            self._patience.start()
        else:
            self._patience.stop()
        self._code.setFocus()

    def _try(self) -> None:
        typed = self._code.text()
        if self._asks is Asks.CODE:
            self._try_code(typed)
        elif self._asks is Asks.CHOOSE:
            self._choose(typed)
        elif self._asks is Asks.AGAIN:
            self._confirm(typed)
        elif self._keys.passphrase is not None and typed:
            self._code.setEnabled(False)
            self._keys.passphrase(typed, self._judged)

    def _try_code(self, typed: str) -> None:
        if not self._keys.ready() and self._keys.passphrase is not None:
            self._ask(Asks.PASSPHRASE)  # forgotten at midnight, under the veil: no code is wrong any more
            return
        if self._keys.fits(typed):
            self._lift()
            return
        self._left -= 1
        self._code.clear()
        if self._left:
            told = n_("Code incorrect. Encore {n} essai, puis le poste se verrouille.",
                      "Code incorrect. Encore {n} essais, puis le poste se verrouille.", self._left)  # fmt: skip
            self._say_wrong(told)
        elif self._keys.passphrase is not None and self._keys.note_open():
            self._ask(Asks.PASSPHRASE)
            self._say_wrong(
                _("Cinq codes incorrects\u00a0: la phrase de passe est demandée. Votre note reste ouverte.")
            )
        else:
            self._gave_up()

    def _choose(self, typed: str) -> None:
        if len(typed) != DIGITS or not typed.isdecimal() or len(set(typed)) < 3:
            self._code.clear()
            self._say_wrong(_("Il faut six chiffres, dont trois différents."))
            return
        self._ask(Asks.AGAIN)
        self._chosen = typed

    def _confirm(self, typed: str) -> None:
        same, self._chosen = typed == self._chosen, ""
        if not same:
            self._ask(Asks.CHOOSE)
            self._say_wrong(_("Les deux codes ne sont pas les mêmes. Choisissez à nouveau."))
            return
        self._keys.choose(typed)
        self._ask(Asks.CODE)

    def _judged(self, right: bool) -> None:  # noqa: FBT001 — the answer to one question
        if not right:
            self._ask(Asks.PASSPHRASE)
            self._say_wrong(_("Phrase de passe incorrecte. Vérifiez Verr. Maj et la langue du clavier."))
        else:
            self._lift()

    def _lift(self) -> None:
        self._patience.stop()
        self._code.clear()
        self._bring_back()
        self.hide()
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus()
        for dialog in self._dialogs:
            if shiboken6.isValid(dialog):
                dialog.show()

    def _say_wrong(self, text: str) -> None:
        self._wrong.say(text)
        self._wrong.setVisible(bool(text))

    def _put_away(self) -> None:
        """Hidden, not only covered: a screen reader would read on what lies under an opaque sheet."""
        inside = self._window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        self._covered = [
            one for one in inside
            if one is not self and not one.isWindow() and not one.isHidden() and not isinstance(one, FocusRing)
        ]  # fmt: skip
        for one in self._covered:
            one.hide()
        # not even by a shortcut
        for action in self._window.actions():
            action.setEnabled(False)

    def _bring_back(self) -> None:
        for one in self._covered:
            if shiboken6.isValid(one):
                one.show()
        self._covered = []
        for action in self._window.actions():
            action.setEnabled(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(self._window.rect())
        return False
