"""A form read off a kind: it shows a record, says what is wrong beside the field, and keeps what was on screen."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import DeskError, EmptyTextError
from spie_desk.domain.nir import refuse
from spie_desk.domain.record import Field, Kind
from spie_desk.domain.shown import Bases, Shown
from spie_desk.domain.values import changed_registers, record_of, registers_of
from spie_desk.texts import _, sentence
from spie_desk.ui.forms.editors import UNSEEN, WIDE, Editor, editor_for, holder_of
from spie_desk.ui.forms.sources import Sources
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, SectionTitle, Words, marked, space

R = TypeVar("R")
SAVE_MS = 800
_TYPED = "_typed"
"""In a draft's values, beside the registers: the raw text of fields that cannot be read yet (« 32/13 »)."""


@dataclass(frozen=True, slots=True)
class Section:
    """Some fields under a title; without title there is no card."""

    title: str
    fields: tuple[str, ...]
    columns: int = 2


class Form(QWidget, Generic[R]):
    """Edits one record. ``changed`` at every touch; ``to_save`` at most ``SAVE_MS`` after the first unsaved one, also
    while typing goes on: the page then hands ``draft_of`` to the store."""

    changed = Signal()
    to_save = Signal()

    def __init__(self, kind: Kind, sections: Sequence[Section], start: R | Shown[R], sources: Sources, *,
                 draft: Draft | None = None, required: Collection[str] | None = ()) -> None:  # fmt: skip
        super().__init__()
        self.kind = kind
        self.shown: Shown[R] | None = start if isinstance(start, Shown) else None
        self._start: Any = start.record if isinstance(start, Shown) else start
        self.bases = draft.bases if draft is not None else self.shown.bases if self.shown is not None else Bases()
        # None: the whole form may stay empty, nothing in it is marked
        self._required = set() if required is None else {*required, *_without_default(kind)}
        self._unseen: dict[str, Any] = {}
        self.editors: dict[str, Editor] = {}
        self._labels: dict[str, Words] = {}
        self._errors: dict[str, Words] = {}
        self._grids: list[tuple[QGridLayout, Section]] = []
        self._lines = QVBoxLayout(self)
        for section in sections:
            self._lines.addWidget(self._section(section, sources))
        self._overall = Words("", Type.SECOND, "danger", weight=500)
        self._overall.hide()
        self._lines.addWidget(self._overall)
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self.to_save)
        self._fill(self._start)
        if draft is not None:
            self._restore(draft)
        for name, editor in self.editors.items():
            editor.hear(partial(self._touched, name))
        self.wear(look())

    # ---- what a page asks of it

    def record(self) -> R:
        """The record as typed; an unreadable field raises its sentence (and ``check`` shows it beside the field)."""
        found: R = replace(
            self._start, **self._unseen, **{name: editor.read() for name, editor in self.editors.items()}
        )
        return found

    def check(self) -> R | None:
        """The record if every field can be read and the record's own rules hold; otherwise the errors are shown."""
        self._forgive()
        wrong = [name for name, editor in self.editors.items() if not self._readable(name, editor)]
        if not wrong:
            try:
                record: Any = self.record()
                record.check()
                refuse(self.kind, record)
            except DeskError as error:
                wrong = [self._blame(error)]
            else:
                return record  # type: ignore[no-any-return]
        if wrong[0]:
            self.editors[wrong[0]].widget.setFocus()
        return None

    def tell(self, error: DeskError) -> bool:
        """Show an error that a deed raised beside the field it names; false when it names none of ours."""
        return bool(self._blame(error, only_named=True))

    def changed_registers(self) -> dict[str, Any]:
        """The registers that differ from what was shown; unreadable fields keep their shown value there."""
        return changed_registers(self.kind, self._start, self._readable_record())

    def dirty(self) -> bool:
        return bool(self.changed_registers() or self._unread())

    def draft_of(self, draft: Draft) -> Draft:
        """The draft with what is typed, what was on screen, and where the caret stands."""
        self._timer.stop()
        values = self.changed_registers()
        if unread := self._unread():
            values[_TYPED] = unread
        focus = holder_of(QApplication.focusWidget(), self.editors) or draft.focus
        cursor = self.editors[focus].caret() if focus in self.editors else draft.cursor
        return replace(draft, kind=self.kind.name, values=values, bases=self.bases, focus=focus, cursor=cursor)

    def waits_to_save(self) -> bool:
        """Something was typed since the last ``to_save``."""
        return self._timer.isActive()

    def save_now(self) -> None:
        """Do not wait for the timer: the page closes."""
        if self._timer.isActive():
            self._timer.stop()
            self.to_save.emit()

    def put(self, name: str, value: Any) -> None:
        """Set one field from outside (a suggestion the user took)."""
        if name in self.editors:
            self.editors[name].show(value)
        else:
            self._unseen[name] = value
        self._touched(name)

    def focus_field(self, name: str, cursor: int = 0) -> None:
        self.editors[name].widget.setFocus()
        self.editors[name].put_caret(cursor)

    # ---- building

    def _section(self, section: Section, sources: Sources) -> QWidget:
        holder: QWidget = Card(SectionTitle(_(section.title)), gap=12) if section.title else QWidget()
        grid = QGridLayout()
        if isinstance(holder, Card):
            holder.lines.addLayout(grid)
        else:
            holder.setLayout(grid)
            grid.setContentsMargins(0, 0, 0, 0)
        for name in section.fields:
            item = self.kind.by_name[name]
            if item.trait.widget not in UNSEEN:
                self._cell(item, editor_for(item, sources))
        self._grids.append((grid, section))
        return holder

    def _cell(self, item: Field, editor: Editor) -> None:
        self.editors[item.name] = editor
        editor.widget.setObjectName(item.name)
        said = _(item.trait.label)
        marked_label = _("{label} (obligatoire)").format(label=said) if item.name in self._required else said
        label = self._labels[item.name] = Words(marked_label, Type.SECOND, "muted", weight=500)
        label.setBuddy(editor.widget)
        if item.trait.widget == "tick":
            label.hide()
        aim = editor.widget.focusProxy() or editor.widget
        aim.setAccessibleName(marked_label)
        if item.trait.help:
            aim.setAccessibleDescription(_(item.trait.help))
            editor.widget.setToolTip(_(item.trait.help))
        error = self._errors[item.name] = Words("", Type.SECOND, "danger", weight=500)
        error.hide()

    def wear(self, now: Look) -> None:
        space(self._lines, now, 12)
        for grid, section in self._grids:
            self._place(grid, section, now)

    def _place(self, grid: QGridLayout, section: Section, now: Look) -> None:
        """Label above, field, error below; one column when the text is large."""
        columns = 1 if now.narrow else section.columns
        grid.setHorizontalSpacing(now.px(12))
        grid.setVerticalSpacing(now.px(4))
        line, at = 0, 0
        gap = now.px(6)
        for name in section.fields:
            if name not in self.editors:
                continue
            wide = columns if self.kind.by_name[name].trait.widget in WIDE else 1
            if at + wide > columns:
                line, at = line + 4, 0
            for step, widget in enumerate((self._labels[name], self.editors[name].widget, self._errors[name])):
                grid.addWidget(widget, line + step, at, 1, wide)
            grid.setRowMinimumHeight(line + 3, gap)
            at += wide
        for column in range(section.columns):
            grid.setColumnStretch(column, 1 if column < columns else 0)

    # ---- values

    def _fill(self, record: Any) -> None:
        for item in self.kind.fields:
            value = getattr(record, item.name)
            if item.name in self.editors:
                self.editors[item.name].show(value)
            else:
                self._unseen[item.name] = value

    def _restore(self, draft: Draft) -> None:
        values = {name: value for name, value in draft.values.items() if name != _TYPED}
        self._fill(record_of(self.kind, self._start.id, {**registers_of(self.kind, self._start), **values}))
        typed = draft.values.get(_TYPED)
        for name, text in typed.items() if isinstance(typed, dict) else ():
            if name in self.editors:
                self.editors[name].widget.setProperty("text", text)
        if draft.focus in self.editors:
            # the caret goes back once the form is shown
            QTimer.singleShot(0, self, lambda: self.focus_field(draft.focus, draft.cursor))

    def _readable_record(self) -> Any:
        found = dict(self._unseen)
        for name, editor in self.editors.items():
            try:
                found[name] = editor.read()
            except DeskError:
                continue
        return replace(self._start, **found)

    def _unread(self) -> dict[str, str]:
        found = {}
        for name, editor in self.editors.items():
            try:
                editor.read()
            except DeskError:
                found[name] = editor.typed()
        return found

    def _touched(self, name: str) -> None:
        if name in self.editors:
            self._say_wrong(name, "")
            for other, value in self.editors[name].implied().items():
                self._imply(other, value)
        self._overall.hide()
        self.changed.emit()
        if not self._timer.isActive():
            # started once and never pushed back: typing without a pause is saved all the same
            self._timer.start()

    def _imply(self, name: str, value: Any) -> None:
        if name in self._unseen:
            self._unseen[name] = "" if value is None else value
        elif name in self.editors and value is not None:
            self.editors[name].show(value)

    # ---- errors

    def _readable(self, name: str, editor: Editor) -> bool:
        try:
            editor.read()
        except DeskError as error:
            self._say_wrong(name, sentence(error))
            return False
        return True

    def _blame(self, error: DeskError, *, only_named: bool = False) -> str:
        named = error.parameters.get("field", "")
        for name in self.editors:
            item = self.kind.by_name[name]
            if named and named in {item.trait.label, self.kind.label_of(item.register)}:
                self._say_wrong(name, sentence(error))
                return name
        if isinstance(error, EmptyTextError):
            empty = next((name for name in self.editors if name in self._required), next(iter(self.editors)))
            self._say_wrong(empty, sentence(error))
            return empty
        if not only_named:
            self._overall.say(sentence(error))
            self._overall.show()
        return ""

    def _forgive(self) -> None:
        self._overall.hide()
        for name in self.editors:
            self._say_wrong(name, "")

    def _say_wrong(self, name: str, text: str) -> None:
        if self._errors[name].said() == text:
            return
        self._errors[name].say(text)
        self._errors[name].setVisible(bool(text))
        widget = self.editors[name].widget
        marked(widget, wrong="true" if text else "false")
        (widget.focusProxy() or widget).setAccessibleDescription(text or _(self.kind.by_name[name].trait.help))


def _without_default(kind: Kind) -> set[str]:
    """Fields that the record cannot be made without: those are marked."""
    return {item.name for item in dataclasses.fields(kind.type)
            if item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING}  # fmt: skip
