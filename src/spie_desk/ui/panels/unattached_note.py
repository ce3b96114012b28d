"""One quick note: its words, then what to do with it: attach, make anonymous, or erase."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.services.unattached import Waiting
from spie_desk.texts import _
from spie_desk.ui.panels.quick_words import told
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, SectionTitle, Words, column, named, row, rule, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.fields import LineField
from spie_desk.ui.widgets.pick import Lookup, PickField


class UnattachedNote(QWidget):
    """Says what was wished; the page does it."""

    attach = Signal(bytes)
    attach_new = Signal(str)
    anonymous = Signal(str)
    erase = Signal()

    def __init__(self, people: Lookup) -> None:
        super().__init__()
        self._facts = Words("", Type.SECOND, "muted")
        self._text = Words("")
        self.person = named(PickField(people, _("Nom, surnom, téléphone ou numéro")), "attach-person")
        self.person.setAccessibleName(_("Rattacher à une personne"))
        self.nickname = named(LineField(_("Par exemple\u00a0: Monsieur au chien")), "attach-nickname")
        self.nickname.setAccessibleName(_("Surnom d’une personne nouvelle"))
        self.neutral = named(LineField(), "neutral-text", _("Texte neutre qui restera"))
        self._lines = QVBoxLayout(self)
        self._lay_out()
        self.person.picked.connect(self._picked)
        self.nickname.returnPressed.connect(self._new)
        self.neutral.returnPressed.connect(self._anonymous)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 12)

    def show_note(self, waiting: Waiting) -> None:
        """Another note: its words, and nothing left of what was typed for the one before."""
        self._facts.say(told(waiting))
        self._text.say(waiting.note.text)
        self.person.show_value(None)
        self.nickname.clear()
        self.neutral.setText(_("Rencontre sans suite nominative."))

    def _lay_out(self) -> None:
        self._lines.addWidget(Card(self._facts, self._text, gap=8))
        attach = Card(SectionTitle(_("Rattacher à…"), icon="user-round-plus"), gap=10)
        attach.add(self.person)
        attach.add(
            Words(_("Ou ouvrir un dossier sous un surnom, sans nom ni date de naissance\u00a0:"), Type.SECOND, "muted")
        )
        new = row(self.nickname, Button(_("Ouvrir et rattacher"), self._new))
        new.lines.setStretchFactor(self.nickname, 1)
        attach.add(new)
        attach.add(Words(_("La note s’ouvrira alors pour être relue et signée."), Type.LABEL, "muted", weight=400))
        self._lines.addWidget(attach)
        less = Card(SectionTitle(_("Ou n’en garder que la rencontre"), icon="eraser"), gap=10)
        less.add(Words(_("Rendre anonyme garde le type, la date, le lieu et l’équipe\u00a0; un texte neutre "
                         "remplace les mots."), Type.SECOND, "muted"))  # fmt: skip
        anonymous = row(self.neutral, Button(_("Rendre anonyme"), self._anonymous))
        anonymous.lines.setStretchFactor(self.neutral, 1)
        less.add(anonymous)
        less.add(rule())
        erase = Words(_("Effacer ne garde rien."), Type.SECOND, "muted")
        last = row(erase, Button(_("Effacer"), self.erase.emit, look_="danger", icon="trash-2"))
        last.lines.setStretchFactor(erase, 1)
        less.add(last)
        self._lines.addWidget(less)
        self._lines.addWidget(column(), 1)

    def _picked(self) -> None:
        if isinstance(self.person.value(), bytes):
            self.attach.emit(self.person.value())

    def _new(self) -> None:
        self.attach_new.emit(self.nickname.text())

    def _anonymous(self) -> None:
        self.anonymous.emit(self.neutral.text())
