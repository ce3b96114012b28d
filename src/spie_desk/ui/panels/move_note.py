"""« Pas le bon dossier »: choose the right person, see who she is, and move the note there, even signed."""

from __future__ import annotations

from typing import Any

from spie_desk.domain.records.note import Note
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Shown
from spie_desk.services import notes as deeds
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.panels.file_aside import FileAside
from spie_desk.ui.panels.file_words import FileShown, excerpt
from spie_desk.ui.panels.hands import Hands
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Words, named
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.pick import PickField


class MoveNote(FileAside):
    """The note leaves this file whole; here its words are erased."""


    def __init__(self, hands: Hands, shown: FileShown, one: Shown[Note]) -> None:
        super().__init__()
        self._hands, self._shown, self._one = hands, shown, one
        self._pick = named(PickField(hands.room.sources.lookups["person"]), "right-file", _("Le bon dossier"))
        self._pick.picked.connect(self._ask_who)
        self._who = Words("", Type.TEXT, weight=600)
        self._who.hide()
        self._move = Button(_("Déplacer la note"), self._go, look_="filled", icon="folder-input")
        label = Words(_("La retirer d’ici et la placer dans…"), Type.SECOND, "muted", weight=500)
        label.setBuddy(self._pick)
        why = _("Elle sera entière dans le bon dossier. Ici ses mots seront effacés\u00a0: historique, recherche, "
                "brouillons. "
                "Il restera qui et quand, pas quoi. Cela ne s’annule pas. Cette note n’est encore que sur ce poste. "
                "Si elle a été imprimée ou exportée, prévenez votre délégué à la protection des données.")  # fmt: skip
        card = Card(Words(_("Pas le bon dossier"), Type.SECTION),
                    Words(_("De\u00a0: {name}").format(name=shown.person.name)),
                    Words(excerpt(one.record.text, 200), Type.SECOND, "muted"), label, self._pick, self._who,
                    Words(why, Type.SECOND, "warn"), gap=10)  # fmt: skip
        card.add(Flow(self._move, Button(_("Ne rien déplacer"), self.closed.emit)))
        self.hold(card)
        self._allow()

    def start(self) -> None:
        self._pick.setFocus()

    def _ask_who(self) -> None:
        wanted = self._pick.value()
        self._allow()
        if wanted:
            self._hands.query(lambda desk: _person(desk, wanted), self._say_who, "right-file")

    def _say_who(self, found: Person | None) -> None:
        """Name, birth year and commune, so that a homonym is seen before, not after."""
        if found is None:
            return
        town = _("adresse à ne pas divulguer") if found.undisclosed else found.town
        parts = [
            found.name,
            str(found.year or ""),
            town,
            _("n°\u00a0{number}").format(number=found.number) if found.number else "",
        ]
        self._who.say(" · ".join(part for part in parts if part))
        self._who.show()

    def _allow(self) -> None:
        value = self._pick.value()
        lacking = _("le bon dossier") if not value else _("un autre dossier que celui-ci") \
            if value == self._shown.person.id else ""  # fmt: skip
        self._move.lacks(lacking)

    def _go(self) -> None:
        one, person = self._one, self._pick.value()
        self._hands.do(lambda desk: deeds.move(desk, one, person), _("Note déplacée dans le bon dossier."),
                       then=self.closed.emit)  # fmt: skip


def _person(desk: Desk, person: Any) -> Person | None:
    found = desk.store.records.get("person", person)
    return found.record if found is not None else None
