"""« Phrase de passe oubliée ? » : the kit's eight groups, the slip of the pen named, then a new passphrase."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from spie_desk.domain.errors import DeskError
from spie_desk.domain.vaults import DamagedStoreError, DamagedStoreNoCopyError, KitTypoError
from spie_desk.services.cards import ProfileCard
from spie_desk.texts import _, sentence
from spie_desk.ui.entry.panel import EntryPanel, Porch
from spie_desk.ui.panels.passphrase import PassphraseChoice
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Words, column, marked, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.fields import LineField

GROUPS, SIGNS = 8, 5


class _Group(LineField):
    """One group; a full one leads to the next, a whole code pasted fills them all."""

    def __init__(self, number: int, pasted: Callable[[str], None]) -> None:
        super().__init__()
        self._pasted = pasted
        self.setAccessibleName(_("Groupe {n}").format(n=number))
        self.textEdited.connect(self._typed)

    def _typed(self, text: str) -> None:
        plain = "".join(text.split()).replace("-", "").upper()
        if len(plain) > SIGNS:
            self._pasted(plain)
            return
        if plain != text:
            self.setText(plain)
        if len(plain) == SIGNS:
            self.focusNextChild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class KitCode(QWidget):
    """The eight groups as typed; ``blame`` marks the one that is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._fields = [_Group(at + 1, partial(self._spread, at)) for at in range(GROUPS)]
        self._cells = []
        for at, field in enumerate(self._fields):
            words = Words(_("Groupe {n}").format(n=at + 1), Type.LABEL, "muted", wrap=False)
            self._cells.append(column(words, field, gap=2))
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._grid, now, 10)
        across = 2 if now.narrow else 4
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // across, at % across)

    def code(self) -> str:
        return "-".join(field.text().strip() for field in self._fields)

    def first(self) -> QWidget:
        return self._fields[0]

    def missing(self) -> int | None:
        """The first group that has not its five signs."""
        return next((at + 1 for at, field in enumerate(self._fields) if len(field.text().strip()) != SIGNS), None)

    def blame(self, group: int | None) -> None:
        for at, field in enumerate(self._fields):
            marked(field, wrong="true" if at + 1 == group else "false")
        if group is not None:
            self._fields[group - 1].setFocus()
            self._fields[group - 1].selectAll()

    def _spread(self, start: int, signs: str) -> None:
        """A code pasted whole, or typed without a pause: five signs to each group from there on."""
        taken = [signs[at : at + SIGNS] for at in range(0, len(signs), SIGNS)]
        for field, group in zip(self._fields[start:], taken, strict=False):
            field.setText(group)
        self._fields[min(start + len(taken), GROUPS) - 1].setFocus()


class RecoveryPanel(EntryPanel):
    """Two stages: the kit proves itself first, so that nobody chooses a passphrase for nothing."""

    wide = 560

    def __init__(self, porch: Porch, card: ProfileCard) -> None:
        under = _("Tapez les huit groupes de votre kit de secours. Vos dossiers restent intacts.")
        super().__init__(porch, _("Rouvrir «\u00a0{label}\u00a0» avec le kit").format(label=card.label), under)
        self._profile = card
        self._code = self.add(KitCode())
        self._phrase: PassphraseChoice | None = None
        self._wrong = self.add(Words("", Type.SECOND, "danger", weight=500))
        self._wrong.hide()
        self._go = Button(_("Continuer"), self._try, look_="filled")
        self._buttons = self.add(row(Button(_("Revenir"), porch.home), None, self._go))

    def first_focus(self) -> QWidget | None:
        return self._code.first()

    def _try(self) -> None:
        if self._phrase is not None:
            self._open(self._phrase)
            return
        if (group := self._code.missing()) is not None:
            self._code.blame(group)
            self._say(_("Le groupe {n} n’a pas ses cinq signes.").format(n=group))
            return
        door, profile, code = self.porch.door, self._profile.id, self._code.code()
        self._go.setEnabled(False)
        self.porch.tasks.work(lambda: door.try_kit(profile, code), self._proved, owner=self, failed=self._no)

    def _proved(self, _nothing: object) -> None:
        self._go.setEnabled(True)
        self._code.blame(None)
        self._code.hide()
        self._wrong.hide()
        self.retitle(
            _("Choisissez une nouvelle phrase de passe"), _("Votre kit de secours est juste, et reste valable.")
        )
        strict = not self._profile.training
        self._phrase = PassphraseChoice(self.porch.door, self.porch.tasks, strict=strict)
        self._lines.insertWidget(self._lines.indexOf(self._wrong), self._phrase)
        self._go.say(_("Changer et ouvrir"))
        self._phrase.first_focus().setFocus()

    def _open(self, choice: PassphraseChoice) -> None:
        new = choice.phrase()
        if new is None:
            return
        door, profile, code = self.porch.door, self._profile.id, self._code.code()
        self._go.setEnabled(False)
        self._go.say(_("Ouverture…"))
        self._new = new
        self.porch.tasks.work(lambda: door.unlock_with_kit(profile, code, new), self.porch.enter, owner=self,
                              failed=self._no)  # fmt: skip

    def _no(self, error: BaseException) -> None:
        self._go.setEnabled(True)
        self._go.say(_("Continuer") if self._phrase is None else _("Changer et ouvrir"))
        if isinstance(error, DamagedStoreError | DamagedStoreNoCopyError):
            from spie_desk.ui.entry.damaged import DamagedPanel  # noqa: PLC0415 — seldom

            self.porch.show(DamagedPanel(self.porch, self._profile, self._new, error))
            return
        if not isinstance(error, DeskError):
            self.porch.notices.tell_failure(error)
            return
        if isinstance(error, KitTypoError):
            self._code.blame(int(error.parameters["group"]))
        self._say(sentence(error))

    def _say(self, text: str) -> None:
        self._wrong.say(text)
        self._wrong.show()
