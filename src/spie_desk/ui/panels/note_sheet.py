"""The note itself: its sort, when and where, who wrote it, who will read it, its words, and what there is to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import DeskError
from spie_desk.domain.records.note import Note
from spie_desk.services.note_form import Opening
from spie_desk.services.quick import values_of
from spie_desk.texts import _, sentence
from spie_desk.ui.forms.sources import Sources
from spie_desk.ui.panels.nir_guard import NirGuard
from spie_desk.ui.panels.note_readers import WhoReads
from spie_desk.ui.panels.note_todo import HERSELF, NoteTodo
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Icon, Words, marked, named, space
from spie_desk.ui.widgets.buttons import Button, FilterPill, only_one
from spie_desk.ui.widgets.choices import Choice
from spie_desk.ui.widgets.fields import DateField, LineField, NumberField, TimeField
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.markdown_editor import MarkdownEditor
from spie_desk.ui.widgets.pick import PickMany

SAVE_MS = 800
ICONS = {"entretien": "message-square-text", "appel": "phone", "visite": "house", "maraude": "footprints",
         "demarche": "file-text", "coordination": "users-round"}  # fmt: skip
_TYPED, _TODO = "_typed", "_todo"
_LINES = ("on", "at", "minutes", "place")


@dataclass(frozen=True)
class _Cell:
    label: Words
    widget: QWidget
    error: Words


class NoteSheet(QWidget):
    """``changed`` at every touch; ``to_save`` at most ``SAVE_MS`` after the first unsaved one, also while typing."""

    changed = Signal()
    to_save = Signal()

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self._start, self._narrow = Note(id=b""), frozenset[str]()
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self.to_save)
        self.sorts = {code: FilterPill(_(words), self._touched, icon=ICONS.get(code, ""))
                      for code, words in sources.choices("note_sort")}  # fmt: skip
        only_one(*self.sorts.values())
        self.fields: dict[str, LineField] = {
            "on": DateField(sources.today, short=True), "at": TimeField(), "minutes": NumberField(),
            "place": LineField(),
        }  # fmt: skip
        self.theme = Choice([(code, _(words)) for code, words in sources.choices("note_theme")])
        self.authors = PickMany(sources.lookups["professional"], _("Ajouter un auteur"), across=True)
        self.readers = WhoReads()
        self._add_todo = Button(_("Ajouter une chose à faire"), self._new_todo, look_="link", icon="plus")
        self.text = named(MarkdownEditor(extra=self._add_todo), "text")
        self.text.text.setAccessibleName(_("Texte de la note"))
        self.todo = NoteTodo(sources.today)
        self.guard = NirGuard(self.text.text)
        self._cells: dict[str, _Cell] = {}
        self._grid = QGridLayout()
        self._lines = QVBoxLayout(self)
        self._lay_out()
        self._hear()
        self.wear(look())

    # ---- what the page asks of it

    def show_opening(self, opening: Opening, owners: list[tuple[str, str]]) -> None:
        """Show the note, its draft's unread dates and things to do, and put the caret back."""
        note, draft = opening.note, opening.draft
        self._start, self._narrow = note, opening.narrow
        if note.sort in self.sorts:
            self.sorts[note.sort].setChecked(True)
        self._date().show_day(note.on)
        self.fields["at"].setText(note.at)
        self.fields["minutes"].setText("" if note.minutes is None else str(note.minutes))
        self.fields["place"].setText(note.place)
        self.theme.choose(note.theme)
        self.authors.show_values(note.authors)
        self.readers.show_reading(opening.reading, person=bool(note.person))
        self.readers.choose(note.compartment, note.readers, note.parents_informed)
        if opening.again is not None or opening.corrects is not None:
            self.readers.fix()
        self.text.show_markdown(note.text)
        self._add_todo.setVisible(bool(note.person))
        self.todo.show_owners(owners)
        self.todo.put(draft.values.get(_TODO))
        typed = draft.values.get(_TYPED)
        for name, text in typed.items() if isinstance(typed, dict) else ():
            if name in self.fields:
                self.fields[name].setText(str(text))
        self._timer.stop()
        # the caret goes back once the form is shown
        QTimer.singleShot(0, self, lambda: self.put_caret(draft.focus, draft.cursor))

    def note(self) -> Note:
        """The note as typed; an unreadable line raises its sentence."""
        return replace(
            self._start, sort=self._sort(), on=self._date().day(), at=self._hour().hour(),
            minutes=self._number().number(), place=self.fields["place"].text().strip(),
            theme=self.theme.code(), authors=self.authors.values(), compartment=self.readers.width_(), readers=self._readers(), text=self.text.markdown(),
            parents_informed=self.readers.parents(),
        )  # fmt: skip

    def draft_of(self, draft: Draft) -> Draft:
        """What is typed, what cannot be read yet, what is to do, and where the caret stands."""
        self._timer.stop()
        unread = {name: self.fields[name].text() for name in self.unread()}
        kept = replace(self._start, **self._readable())
        values: dict[str, Any] = dict(values_of(kept))
        if unread:
            values[_TYPED] = unread
        if todo := self.todo.typed():
            values[_TODO] = todo
        focus = self._holder() or draft.focus
        return replace(draft, values=values, focus=focus, cursor=self._caret(focus, draft.cursor))

    def save_now(self) -> None:
        """Do not wait for the timer: the page closes."""
        if self._timer.isActive():
            self._timer.stop()
            self.to_save.emit()

    def forget(self) -> None:
        """Signed or thrown away: nothing more to keep."""
        self._timer.stop()

    def unread(self) -> list[str]:
        """The lines that cannot be read, each with its sentence beside it."""
        found = []
        for name, read in self._reads().items():
            try:
                read()
            except DeskError as error:
                found.append(name)
                self._say_wrong(name, sentence(error))
            else:
                self._say_wrong(name, "")
        return found

    def lacks(self) -> list[str]:
        """What is missing before signing, in words that follow « il manque »."""
        wrong = self.unread()
        missing = [_("le texte")] if not self.text.text.toPlainText().strip() else []
        if "on" in wrong or not self.fields["on"].text().strip():
            missing.append(_("la date"))
        missing += [_("une heure lisible")] if "at" in wrong else []
        missing += [_("une durée en minutes")] if "minutes" in wrong else []
        missing += [_("un auteur")] if not self.authors.values() else []
        return [*missing, *(one for one in (self.readers.lacks(), self.todo.lacks()) if one)]

    def put_caret(self, name: str, at: int) -> None:
        if name in self.fields:
            self.fields[name].setFocus()
            self.fields[name].setCursorPosition(at)
        elif name == "theme":
            self.theme.setFocus()
        else:
            self.text.setFocus()
            self.text.put_caret(at)

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
        self._lines.addWidget(self.readers)
        self._lines.addWidget(self.text, 1)
        reminder = Card(Icon("scale", "info", 18), sort="info", gap=10, padding=10, upright=False)
        said = _("Écrivez des faits utiles, dans des mots que la personne pourra lire. "
                 "Ni diagnostic, ni opinion, ni religion, ni origine, ni mot de passe.")  # fmt: skip
        reminder.add(Words(said, Type.SECOND, "info", weight=500), 1)
        for widget in (self.guard, self.todo, reminder):
            self._lines.addWidget(widget)

    def _cell(self, widget: QWidget, label: str) -> _Cell:
        words, error = Words(label, Type.SECOND, "muted", weight=500), Words("", Type.LABEL, "danger", weight=500)
        words.setBuddy(widget)
        widget.setAccessibleName(label)
        error.hide()
        return _Cell(words, widget, error)

    def wear(self, now: Look) -> None:
        space(self._lines, now, 10, (4, 4, 4, 4))
        self.text.setMinimumHeight(now.px(150))
        while self._grid.takeAt(0) is not None:
            continue
        self._grid.setHorizontalSpacing(now.px(10))
        self._grid.setVerticalSpacing(now.px(4))
        shares = {"on": 22, "at": 9, "minutes": 12, "place": 30, "theme": 27}
        columns = 1 if now.narrow else len(shares)
        for at in range(len(shares)):
            self._grid.setColumnStretch(at, 0)
        for at, (name, share) in enumerate(shares.items()):
            self._put(name, at // columns * 4, at % columns, 1)
            self._grid.setColumnStretch(at % columns, share)
        line = (len(shares) - 1) // columns * 4 + 4
        self._grid.setRowMinimumHeight(line - 1, now.px(6))
        self._grid.addWidget(self._team, line, 0, 1, columns)
        down = QBoxLayout.Direction.TopToBottom if now.narrow else QBoxLayout.Direction.LeftToRight
        self._team_lines.setDirection(down)
        self._team_lines.setSpacing(now.px(10))

    def _put(self, name: str, line: int, column: int, wide: int) -> None:
        cell = self._cells[name]
        for step, widget in enumerate((cell.label, cell.widget, cell.error)):
            self._grid.addWidget(widget, line + step, column, 1, wide)

    def _hear(self) -> None:
        for name in _LINES:
            self.fields[name].textChanged.connect(lambda _text: self._touched())
        self.theme.chosen.connect(self._theme_chosen)
        self.authors.picked.connect(self._touched)
        self.readers.changed.connect(self._touched)
        self.text.changed.connect(self._touched)
        self.todo.changed.connect(self._touched)

    def _touched(self) -> None:
        self.changed.emit()
        if not self._timer.isActive():
            # started once and never pushed back: typing without a pause is saved all the same
            self._timer.start()

    def _theme_chosen(self) -> None:
        if self.theme.code() in self._narrow and self.readers.isEnabled():
            self.readers.narrow()
        self._touched()

    def _new_todo(self) -> None:
        self.todo.add_line()

    def _sort(self) -> str:
        return next((code for code, pill in self.sorts.items() if pill.isChecked()), self._start.sort)

    def _readers(self) -> tuple[bytes, ...]:
        return self.readers.readers() if self.readers.isEnabled() else self._start.readers

    def _date(self) -> DateField:
        return self.fields["on"]  # type: ignore[return-value]

    def _hour(self) -> TimeField:
        return self.fields["at"]  # type: ignore[return-value]

    def _number(self) -> NumberField:
        return self.fields["minutes"]  # type: ignore[return-value]

    def _reads(self) -> dict[str, Callable[[], date | str | int | None]]:
        return {"on": self._date().day, "at": self._hour().hour, "minutes": self._number().number}

    def _readable(self) -> dict[str, Any]:
        wrong = self.unread()
        readable = {name: read() for name, read in self._reads().items() if name not in wrong}
        return {
            **readable, "sort": self._sort(), "place": self.fields["place"].text(), "theme": self.theme.code(),
            "authors": self.authors.values(), "compartment": self.readers.width_(), "readers": self._readers(),
            "text": self.text.markdown(), "parents_informed": self.readers.parents(),
        }  # fmt: skip

    def _say_wrong(self, name: str, text: str) -> None:
        cell = self._cells[name]
        if cell.error.said() == text:
            return
        cell.error.say(text)
        cell.error.setVisible(bool(text))
        marked(cell.widget, wrong="true" if text else "false")
        cell.widget.setAccessibleDescription(text)

    def _holder(self) -> str:
        widget = QApplication.focusWidget()
        while widget is not None and widget is not self:
            if widget.objectName() in {*_LINES, "theme", "text"}:
                return widget.objectName()
            widget = widget.parentWidget()
        return ""

    def _caret(self, focus: str, before: int) -> int:
        if focus == "text":
            return self.text.caret()
        found = self.fields.get(focus)
        return found.cursorPosition() if isinstance(found, QLineEdit) else before


def owners_of(opening: Opening) -> list[tuple[str, str]]:
    """Who may do what there is to do: me first, those around her, then the person herself."""
    if opening.file is None:
        return []
    me = opening.reading.me
    others = [(one.hex(), opening.file.known.name(one)) for one in opening.file.active if one != me]
    named_ones = sorted((pair for pair in others if pair[1]), key=lambda pair: pair[1])
    return [(me.hex(), _("Moi")), (HERSELF, opening.file.person.record.name), *named_ones]
