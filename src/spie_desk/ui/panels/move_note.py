"""« Pas le bon dossier »: choose the right person, see who she is, and move the note there, even signed."""

from __future__ import annotations

from spie_desk.domain.records.note import Note
from spie_desk.domain.shown import Shown
from spie_desk.services import notes as deeds
from spie_desk.texts import _
from spie_desk.ui.panels.file_aside import FileAside
from spie_desk.ui.panels.file_words import FileShown, excerpt
from spie_desk.ui.panels.hands import Hands
from spie_desk.ui.panels.right_file import RightFile
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow


class MoveNote(FileAside):
    """The note leaves this file whole; here its words are erased."""


    def __init__(self, hands: Hands, shown: FileShown, one: Shown[Note]) -> None:
        super().__init__()
        self._hands, self._shown, self._one = hands, shown, one
        self._right = RightFile(hands, but=shown.person.id)
        self._right.changed.connect(self._allow)
        self._move = Button(_("Déplacer la note"), self._go, look_="filled", icon="folder-input")
        why = _("Elle sera entière dans le bon dossier. Ici ses mots seront effacés\u00a0: historique, recherche, "
                "brouillons. "
                "Il restera qui et quand, pas quoi. Cela ne s’annule pas. Cette note n’est encore que sur ce poste. "
                "Si elle a été imprimée ou exportée, prévenez votre délégué à la protection des données.")  # fmt: skip
        card = Card(Words(_("Pas le bon dossier"), Type.SECTION),
                    Words(_("De\u00a0: {name}").format(name=shown.person.name)),
                    Words(excerpt(one.record.text, 200), Type.SECOND, "muted"), self._right,
                    Words(why, Type.SECOND, "warn"), gap=10)  # fmt: skip
        card.add(Flow(self._move, Button(_("Ne rien déplacer"), self.closed.emit)))
        self.hold(card)
        self._allow()

    def start(self) -> None:
        self._right.setFocus()

    def _allow(self) -> None:
        self._move.lacks(self._right.lacks())

    def _go(self) -> None:
        one, person = self._one, self._right.value()
        self._hands.do(lambda desk: deeds.move(desk, one, person), _("Note déplacée dans le bon dossier."),
                       then=self.closed.emit)  # fmt: skip
