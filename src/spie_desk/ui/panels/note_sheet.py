"""The note itself: its sort, when and where, who wrote it, who will read it, its words, and what there is to do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from spie_desk.domain.drafts import Draft
from spie_desk.domain.records.note import Note
from spie_desk.services.note_form import Opening
from spie_desk.services.quick import values_of
from spie_desk.texts import _
from spie_desk.ui.forms.sources import Sources
from spie_desk.ui.panels.nir_guard import NirGuard
from spie_desk.ui.panels.note_facts import LINES, NoteFacts
from spie_desk.ui.panels.note_readers import WhoReads
from spie_desk.ui.panels.note_todo import HERSELF, NoteTodo
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Icon, Words, named, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.markdown_editor import MarkdownEditor

SAVE_MS = 800
_TYPED, _TODO = "_typed", "_todo"


class NoteSheet(QWidget):
    """``changed`` at every touch; ``to_save`` at most ``SAVE_MS`` after the first unsaved one, also while typing."""

    changed = Signal()
    to_save = Signal()

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self._start, self._narrow = Note(id=b""), frozenset[str]()
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self.to_save)
        self.facts = NoteFacts(sources)
        self.fields, self.theme = self.facts.fields, self.facts.theme
        self.readers = WhoReads()
        self._add_todo = Button(_("Ajouter une chose à faire"), self._new_todo, look_="link", icon="plus")
        self.text = named(MarkdownEditor(extra=self._add_todo), "text")
        self.text.text.setAccessibleName(_("Texte de la note"))
        self.todo = NoteTodo(sources.today)
        self.guard = NirGuard(self.text.text)
        self._lines = QVBoxLayout(self)
        self._lay_out()
        self._hear()
        self.wear(look())

    # ---- what the page asks of it

    def show_opening(self, opening: Opening, owners: list[tuple[str, str]]) -> None:
        """Show the note, its draft's unread dates and things to do, and put the caret back."""
        note, draft = opening.note, opening.draft
        # the keyboard is quicker than a loaded disk: what was typed before the answer came follows what it brings
        early = self.text.text.toPlainText()
        self._start, self._narrow = note, opening.narrow
        self.facts.show_note(note)
        self.readers.show_reading(opening.reading, person=bool(note.person))
        self.readers.choose(note.compartment, note.readers)
        if opening.again is not None or opening.corrects is not None:
            self.readers.fix()
        self.text.show_markdown(note.text)
        self._add_todo.setVisible(bool(note.person))
        self.todo.show_owners(owners)
        self.todo.put(draft.values.get(_TODO))
        self.facts.put_unread(draft.values.get(_TYPED))
        self._timer.stop()
        if early:
            self.text.add(early)
            return
        # the caret goes back once the form is shown
        QTimer.singleShot(0, self, lambda: self.put_caret(draft.focus, draft.cursor))

    def note(self) -> Note:
        """The note as typed; ask ``lacks`` first, for a line that cannot be read keeps what was shown."""
        return replace(
            self._start, **self.facts.values(), compartment=self.readers.width_(), readers=self._readers(),
            text=self.text.markdown(),
        )  # fmt: skip

    def draft_of(self, draft: Draft) -> Draft:
        """What is typed, what cannot be read yet, what is to do, and where the caret stands."""
        self._timer.stop()
        values: dict[str, Any] = dict(values_of(self.note()))
        if unread := self.facts.unread():
            values[_TYPED] = dict(unread)
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

    def lacks(self) -> list[str]:
        """What is missing before signing, in words that follow « il manque »."""
        missing = [_("le texte")] if not self.text.text.toPlainText().strip() else []
        others = (self.todo.lacks(),)
        return [*missing, *self.facts.lacks(), *(one for one in others if one)]

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
        self._lines.addWidget(self.facts)
        self._lines.addWidget(self.readers)
        self._lines.addWidget(self.text, 1)
        reminder = Card(Icon("scale", "info", 18), sort="info", gap=10, padding=10, upright=False)
        said = _("Écrivez des faits utiles, dans des mots que la personne pourra lire. "
                 "Ni diagnostic, ni opinion, ni religion, ni origine, ni mot de passe.")  # fmt: skip
        reminder.add(Words(said, Type.SECOND, "info", weight=500), 1)
        for widget in (self.guard, self.todo, reminder):
            self._lines.addWidget(widget)

    def wear(self, now: Look) -> None:
        space(self._lines, now, 10, (4, 4, 4, 4))
        self.text.setMinimumHeight(now.px(150))

    def _hear(self) -> None:
        self.facts.changed.connect(self._touched)
        self.facts.theme_chosen.connect(self._theme_chosen)
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

    def _readers(self) -> tuple[bytes, ...]:
        return self.readers.readers() if self.readers.isEnabled() else self._start.readers

    def _holder(self) -> str:
        widget = QApplication.focusWidget()
        while widget is not None and widget is not self:
            if widget.objectName() in {*LINES, "theme", "text"}:
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
