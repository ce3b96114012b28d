"""Choosing a passphrase: seven words proposed, or one's own if it is strong enough, typed again to be sure."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from spie_desk.services.doorway import Doorway
from spie_desk.texts import _
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Words, column, named, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import Tick
from spie_desk.ui.widgets.fields import SecretField

ENOUGH_BITS = 80


class PassphraseChoice(QWidget):
    """``phrase()`` answers what was chosen and typed again, or None once it has said what is wrong.

    ``strict`` is false for fictitious people: any phrase will do there.
    """

    def __init__(self, door: Doorway, tasks: Tasks, *, strict: bool = True) -> None:
        super().__init__()
        self._door, self._tasks, self._strict, self._proposed = door, tasks, strict, ""
        self._lines = QVBoxLayout(self)
        warning = _("Choisissez une phrase de passe. Personne ne peut la retrouver à votre place. En cas d’oubli, il "
                    "faudra votre kit de secours.")  # fmt: skip
        self._lines.addWidget(Words(warning))
        self._words = named(Words("", Type.VALUE), "proposed")
        self._other = Button(_("En proposer une autre"), self._propose, look_="small", icon="refresh-cw")
        self._card = Card(Words(_("Sept mots tirés au hasard\u00a0: recopiez-les sur un papier le temps de les "
                                  "apprendre."), Type.SECOND, "muted"), self._words, row(self._other, None),
                          sort="soft", gap=8, padding=14)  # fmt: skip
        self._lines.addWidget(self._card)
        self._own = Tick(_("Je préfère choisir ma phrase"))
        self._own.toggled.connect(self._turn)
        self._lines.addWidget(self._own)
        self._mine = self._secret(_("Ma phrase de passe"))
        self._mine.textChanged.connect(lambda _text: self._weigh())
        self._gauge = QProgressBar()
        self._gauge.setRange(0, ENOUGH_BITS)
        self._gauge.setTextVisible(False)
        self._gauge.setAccessibleName(_("Solidité de la phrase"))
        self._weight = Words("", Type.SECOND, "muted")
        self._lines.addWidget(self._gauge)
        self._lines.addWidget(self._weight)
        self._again = self._secret(_("Retapez la phrase de passe"))
        self._wrong = Words("", Type.SECOND, "danger", weight=500)
        self._lines.addWidget(self._wrong)
        self._wrong.hide()
        self._turn()
        self._propose()
        self.wear(look())

    def first_focus(self) -> QWidget:
        return self._again

    def wear(self, now: Look) -> None:
        space(self._lines, now, 8)

    def phrase(self) -> str | None:
        """What was chosen, if it was typed the same twice and is strong enough."""
        chosen = self._mine.text() if self._own.isChecked() else self._proposed
        if self._strict and self._own.isChecked() and self._door.strength(chosen) < ENOUGH_BITS:
            self._refuse(self._mine, _("Cette phrase de passe est trop courte pour protéger des dossiers."))
        elif not chosen.strip():
            self._refuse(self._mine, _("Écrivez une phrase de passe."))
        elif " ".join(self._again.text().split()) != " ".join(chosen.split()):
            self._refuse(self._again, _("Les deux phrases ne sont pas les mêmes. Affichez-les pour comparer."))
        else:
            self._wrong.hide()
            return chosen
        return None

    def proposed(self) -> str:
        return self._proposed

    def forget(self) -> None:
        """Nothing of it stays in the fields."""
        for field in (self._mine, self._again):
            field.clear()

    def _secret(self, label: str) -> SecretField:
        field = SecretField(look_="")
        field.setAccessibleName(label)
        words = Words(label, Type.SECOND, weight=600)
        words.setBuddy(field)
        self._lines.addWidget(column(words, field, gap=4))
        return field

    def _turn(self, _on: object = None) -> None:
        own = self._own.isChecked()
        self._card.setEnabled(not own)
        parent = self._mine.parentWidget()
        if parent is not None:
            parent.setVisible(own)
        for widget in (self._gauge, self._weight):
            widget.setVisible(own)
        if own:
            self._weigh()
            self._mine.setFocus()

    def _propose(self) -> None:
        self._tasks.work(self._door.propose_passphrase, self._show, owner=self)

    def _show(self, phrase: str) -> None:
        self._proposed = phrase
        self._words.say(phrase)
        self._words.setAccessibleName(_("Phrase proposée\u00a0: {phrase}").format(phrase=phrase))

    def _weigh(self) -> None:
        if not self._own.isChecked():
            return
        bits = self._door.strength(self._mine.text()) if self._mine.text() else 0
        self._gauge.setValue(min(bits, ENOUGH_BITS))
        if not self._strict:
            self._weight.say(_("Personnes fictives\u00a0: toute phrase convient."))
        elif bits >= ENOUGH_BITS:
            self._weight.say(_("Assez solide."))
        else:
            self._weight.say(_("Pas encore\u00a0: sept mots, ou douze caractères mêlant minuscules, majuscules, "
                               "chiffres et signes."))  # fmt: skip

    def _refuse(self, field: SecretField, why: str) -> None:
        self._wrong.say(why)
        self._wrong.show()
        field.setAccessibleDescription(why)
        field.setFocus()
        field.selectAll()
