"""Choosing the right file: a few letters, then name, year of birth and commune, so that a homonym is seen before."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.records.person import Person
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.panels.hands import Hands
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Words, named, space
from spie_desk.ui.widgets.pick import PickField


class RightFile(QWidget):
    """``but`` is the file one is in; ``lacks`` says what is still missing, in words."""

    changed = Signal()

    def __init__(self, hands: Hands, but: bytes, *, several: bool = False) -> None:
        super().__init__()
        self._hands, self._but = hands, but
        self._pick = named(PickField(hands.room.sources.lookups["person"]), "right-file", _("Le bon dossier"))
        self._pick.picked.connect(self._ask_who)
        self._who = Words("", Type.TEXT, weight=600)
        self._who.hide()
        said = _("Les retirer d’ici et les placer dans…") if several else _("La retirer d’ici et la placer dans…")
        label = Words(said, Type.SECOND, "muted", weight=500)
        label.setBuddy(self._pick)
        self._lines = QVBoxLayout(self)
        for widget in (label, self._pick, self._who):
            self._lines.addWidget(widget)
        self.setFocusProxy(self._pick)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 6)

    def value(self) -> bytes:
        found: bytes = self._pick.value() or b""
        return found

    def lacks(self) -> str:
        if not self.value():
            return _("le bon dossier")
        return _("un autre dossier que celui-ci") if self.value() == self._but else ""

    def _ask_who(self) -> None:
        wanted = self.value()
        self.changed.emit()
        if wanted:
            self._hands.query(lambda desk: _person(desk, wanted), self._say_who, "right-file")

    def _say_who(self, found: Person | None) -> None:
        if found is None:
            return
        town = _("adresse à ne pas divulguer") if found.undisclosed else found.town
        number = _("n°\u00a0{number}").format(number=found.number) if found.number else ""
        self._who.say(" · ".join(part for part in (found.name, str(found.year or ""), town, number) if part))
        self._who.show()


def _person(desk: Desk, person: Any) -> Person | None:
    found = desk.store.records.get("person", person)
    return found.record if found is not None else None
