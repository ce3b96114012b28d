"""An information préoccupante: the numbers to call, what this software does not do, and whether parents know."""

from __future__ import annotations

import json

from PySide6.QtCore import Signal

from spie_desk.shipped import open_shipped
from spie_desk.texts import _
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Icon, Words, named, row
from spie_desk.ui.widgets.fields import LineField


class WarningNote(Card):
    """Shown when that width is chosen; the numbers are data."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(sort="danger", gap=6, padding=12)
        head = Words(_("Ce logiciel ne prévient personne à votre place."), Type.CARD, "danger")
        line = row(Icon("siren", "danger", 18), head)
        line.lines.setStretchFactor(head, 1)
        self.add(line)
        self.add(Words(" · ".join(_numbers()), Type.SECOND))
        self._parents = named(
            LineField(_("Informés le… par…, ou pourquoi ils ne le sont pas")),
            "parents", _("Les parents sont-ils informés\u00a0? Sinon, pourquoi\u00a0?"),
        )  # fmt: skip
        label = Words(_("Les parents sont-ils informés\u00a0? Sinon, pourquoi\u00a0?"), Type.SECOND, weight=500)
        label.setBuddy(self._parents)
        self.add(label)
        self.add(self._parents)
        self._parents.textChanged.connect(lambda _text: self.changed.emit())

    def parents(self) -> str:
        return self._parents.text()

    def put_parents(self, text: str) -> None:
        self._parents.setText(text)


def _numbers() -> list[str]:
    """« Enfant en danger : 119 », as the shipped numbers say."""
    found = json.loads(open_shipped("emergency.json"))
    told = [(group["title"], ", ".join(str(one["number"]) for one in group["numbers"])) for group in found["groups"]]
    return [_("{title}\u00a0: {numbers}").format(title=_(title), numbers=numbers) for title, numbers in told]
