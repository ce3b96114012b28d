"""« Ajouter une chose à faire »: lines under the note that become actions when it is signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.errors import DeskError
from spie_desk.texts import _
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Words, row, space
from spie_desk.ui.widgets.buttons import IconButton
from spie_desk.ui.widgets.choices import Choice
from spie_desk.ui.widgets.fields import DateField, LineField

HERSELF = "elle"


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do as it was typed; ``owner`` is a professional's id in hexadecimal, or the person herself."""

    what: str
    owner: str
    due_on: date | None


class _Line(QWidget):
    def __init__(self, owners: Sequence[tuple[str, str]], today: Any) -> None:
        super().__init__()
        self.what = LineField(_("Quoi\u00a0?"))
        self.what.setAccessibleName(_("Chose à faire"))
        self.owner = Choice(owners, empty=None)
        self.owner.setAccessibleName(_("Qui la fera"))
        self.due = DateField(today)
        self.due.setAccessibleName(_("Pour le"))
        self.due.setPlaceholderText(_("pour le… (demain, lundi, 15/12)"))
        self.drop = IconButton("x", _("Retirer cette chose à faire"))
        held = row(self.what, self.owner, self.due, self.drop)
        for widget, share in ((self.what, 5), (self.owner, 3), (self.due, 4)):
            held.lines.setStretchFactor(widget, share)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(held)


class NoteTodo(QWidget):
    """As many lines as asked; an empty one is ignored."""

    changed = Signal()

    def __init__(self, today: Any) -> None:
        super().__init__()
        self._today = today
        self._owners: list[tuple[str, str]] = []
        self._all: list[_Line] = []
        self._title = Words(
            _("À faire, lu par toutes les personnes qui l’accompagnent"), Type.SECOND, "muted", weight=500
        )
        self._lines = QVBoxLayout(self)
        self._lines.addWidget(self._title)
        self.hide()
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 6)

    def show_owners(self, owners: Sequence[tuple[str, str]]) -> None:
        self._owners = list(owners)

    def add_line(self, what: str = "", owner: str = "", due: str = "") -> None:
        """One more thing to do; the caret goes there when it is empty."""
        line = _Line(self._owners, self._today)
        line.what.setText(what)
        if owner:
            line.owner.choose(owner)
        line.due.setText(due)
        line.what.textChanged.connect(lambda _text: self.changed.emit())
        line.due.textChanged.connect(lambda _text: self.changed.emit())
        line.owner.chosen.connect(self.changed)
        line.drop.clicked.connect(lambda _checked=False: self._drop(line))
        self._all.append(line)
        self._lines.addWidget(line)
        self.show()
        if not what:
            line.what.setFocus()
            self.changed.emit()

    def typed(self) -> list[dict[str, str]]:
        """What a draft keeps: dates as they were typed, read or not."""
        return [{"what": one.what.text(), "owner": one.owner.code(), "due": one.due.text()} for one in self._all]

    def put(self, kept: object) -> None:
        """The lines that a draft kept."""
        for one in kept if isinstance(kept, list) else []:
            if isinstance(one, dict):
                self.add_line(str(one.get("what", "")), str(one.get("owner", "")), str(one.get("due", "")))

    def todos(self) -> list[Todo]:
        """Every line with words; an unreadable date raises its sentence."""
        return [
            Todo(one.what.text().strip(), one.owner.code(), one.due.day())
            for one in self._all
            if one.what.text().strip()
        ]

    def lacks(self) -> str:
        try:
            self.todos()
        except DeskError:
            return _("une date lisible pour ce qui est à faire")
        return ""

    def _drop(self, line: _Line) -> None:
        self._all.remove(line)
        line.hide()
        line.deleteLater()
        self.setVisible(bool(self._all))
        self.changed.emit()
