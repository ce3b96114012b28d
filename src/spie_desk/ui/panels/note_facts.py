"""When, where, how long, about what and by whom a note was written: the lines above its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from spie_desk.domain.errors import DeskError
from spie_desk.domain.records.note import Note
from spie_desk.texts import _, sentence
from spie_desk.ui.forms.sources import Sources
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Words, marked, named, space
from spie_desk.ui.widgets.buttons import FilterPill, only_one
from spie_desk.ui.widgets.choices import Choice
from spie_desk.ui.widgets.fields import DateField, LineField, NumberField, TimeField
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.pick import PickMany

ICONS = {"entretien": "message-square-text", "appel": "phone", "visite": "house", "maraude": "footprints",
         "demarche": "file-text", "coordination": "users-round"}  # fmt: skip
LINES = ("on", "at", "minutes", "place")
_SHARES = {"on": 22, "at": 9, "minutes": 12, "place": 30, "theme": 27}


@dataclass(frozen=True)
class _Cell:
    label: Words
    widget: QWidget
    error: Words


class NoteFacts(QWidget):
    """Each line says beside itself what could not be read."""

    changed = Signal()
    theme_chosen = Signal()

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self.sorts = {code: FilterPill(_(words), self.changed.emit, icon=ICONS.get(code, ""))
                      for code, words in sources.choices("note_sort")}  # fmt: skip
        only_one(*self.sorts.values())
        self._date, self._hour, self._number = DateField(sources.today, short=True), TimeField(), NumberField()
        self.fields: dict[str, LineField] = {
            "on": self._date, "at": self._hour, "minutes": self._number, "place": LineField(),
        }  # fmt: skip
        self.theme = Choice([(code, _(words)) for code, words in sources.choices("note_theme")])
        self.authors = PickMany(sources.lookups["professional"], _("Ajouter un auteur"), across=True)
        self._cells: dict[str, _Cell] = {}
        self._grid = QGridLayout()
        self._lines = QVBoxLayout(self)
        self._lay_out()
        for name in LINES:
            self.fields[name].textChanged.connect(lambda _text: self.changed.emit())
        self.theme.chosen.connect(self.theme_chosen)
        self.authors.picked.connect(self.changed)
        self.wear(look())

    # ---- what the sheet asks of it

    def show_note(self, note: Note) -> None:
        """Show what the note says."""
        if note.sort in self.sorts:
            self.sorts[note.sort].setChecked(True)
        self._date.show_day(note.on)
        self._hour.setText(note.at)
        self._number.show_number(note.minutes)
        self.fields["place"].setText(note.place)
        self.theme.choose(note.theme)
        self.authors.show_values(note.authors)

    def values(self) -> dict[str, Any]:
        """The fields of the note that can be read; a line that cannot be is left out."""
        wrong = self.unread()
        readable = {name: read() for name, read in self._reads().items() if name not in wrong}
        on = [code for code, pill in self.sorts.items() if pill.isChecked()]
        sort = {"sort": on[0]} if on else {}
        return {**readable, **sort, "place": self.fields["place"].text().strip(), "theme": self.theme.code(),
                "authors": self.authors.values()}  # fmt: skip

    def unread(self) -> dict[str, str]:
        """The lines that cannot be read, as they were typed; the sentence stands beside each."""
        found = {}
        for name, read in self._reads().items():
            try:
                read()
            except DeskError as error:
                found[name] = self.fields[name].text()
                self._say_wrong(name, sentence(error))
            else:
                self._say_wrong(name, "")
        return found

    def put_unread(self, typed: object) -> None:
        """The raw lines that a draft kept."""
        for name, text in typed.items() if isinstance(typed, dict) else ():
            if name in self.fields:
                self.fields[name].setText(str(text))

    def lacks(self) -> list[str]:
        wrong = self.unread()
        missing = [_("la date")] if "on" in wrong or not self._date.text().strip() else []
        missing += [_("une heure lisible")] if "at" in wrong else []
        missing += [_("une durée en minutes")] if "minutes" in wrong else []
        return [*missing, *([_("un auteur")] if not self.authors.values() else [])]

    # ---- inside

    def _lay_out(self) -> None:
        labels = {"on": _("Date"), "at": _("Heure"), "minutes": _("Durée (min)"), "place": _("Lieu")}
        for name, label in labels.items():
            self._cells[name] = self._cell(named(self.fields[name], name), label)
        self._cells["theme"] = self._cell(named(self.theme, "theme"), _("Thème"))
        self._cells["authors"] = self._cell(named(self.authors, "authors"), _("Auteurs"))
        self.authors.field.setAccessibleName(_("Auteurs"))
        self._team = QWidget()
        self._team_lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._team)
        self._team_lines.setContentsMargins(0, 0, 0, 0)
        self._team_lines.addWidget(self._cells["authors"].label)
        self._team_lines.addWidget(self.authors, 1)
        self._lines.addWidget(Flow(*self.sorts.values()))
        self._lines.addLayout(self._grid)

    def _cell(self, widget: QWidget, label: str) -> _Cell:
        words, error = Words(label, Type.SECOND, "muted", weight=500), Words("", Type.LABEL, "danger", weight=500)
        words.setBuddy(widget)
        widget.setAccessibleName(label)
        error.hide()
        return _Cell(words, widget, error)

    def wear(self, now: Look) -> None:
        space(self._lines, now, 10)
        while self._grid.takeAt(0) is not None:
            continue
        self._grid.setHorizontalSpacing(now.px(10))
        self._grid.setVerticalSpacing(now.px(4))
        columns = 1 if now.narrow else len(_SHARES)
        for at in range(len(_SHARES)):
            self._grid.setColumnStretch(at, 0)
        for at, (name, share) in enumerate(_SHARES.items()):
            self._put(name, at // columns * 4, at % columns, 1)
            self._grid.setColumnStretch(at % columns, share)
        line = (len(_SHARES) - 1) // columns * 4 + 4
        self._grid.setRowMinimumHeight(line - 1, now.px(6))
        self._grid.addWidget(self._team, line, 0, 1, columns)
        down = QBoxLayout.Direction.TopToBottom if now.narrow else QBoxLayout.Direction.LeftToRight
        self._team_lines.setDirection(down)
        self._team_lines.setSpacing(now.px(10))

    def _put(self, name: str, line: int, column: int, wide: int) -> None:
        cell = self._cells[name]
        for step, widget in enumerate((cell.label, cell.widget, cell.error)):
            self._grid.addWidget(widget, line + step, column, 1, wide)

    def _reads(self) -> dict[str, Callable[[], date | str | int | None]]:
        return {"on": self._date.day, "at": self._hour.hour, "minutes": self._number.number}

    def _say_wrong(self, name: str, text: str) -> None:
        cell = self._cells[name]
        if cell.error.said() == text:
            return
        cell.error.say(text)
        cell.error.setVisible(bool(text))
        marked(cell.widget, wrong="true" if text else "false")
        cell.widget.setAccessibleDescription(text)
