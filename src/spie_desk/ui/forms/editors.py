"""One editor per trait: the widget that edits a field, and how its value is read and shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from spie_desk.domain.record import Field
from spie_desk.texts import _
from spie_desk.ui.forms.sources import Sources
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.choices import Choice, Tick, TickList
from spie_desk.ui.widgets.fields import DateField, LineField, NumberField, TimeField
from spie_desk.ui.widgets.markdown_editor import MarkdownEditor
from spie_desk.ui.widgets.pick import PickField, PickMany

WIDE = {"text", "markdown", "choices", "professionals", "structures"}
UNSEEN = {"hidden", "ids"}


@dataclass(frozen=True)
class Editor:
    """A field's widget with its four dealings: read (raises a DeskError), show, hear changes, what it implies."""

    widget: QWidget
    read: Callable[[], Any]
    show: Callable[[Any], None]
    hear: Callable[[Callable[[], None]], object]
    implied: Callable[[], Mapping[str, Any]] = dict

    def typed(self) -> str:
        """The raw text of a line, so that a draft keeps even what cannot be read yet."""
        return self.widget.text() if isinstance(self.widget, QLineEdit) else ""

    def caret(self) -> int:
        if isinstance(self.widget, MarkdownEditor):
            return self.widget.caret()
        if isinstance(self.widget, QPlainTextEdit):
            return self.widget.textCursor().position()
        return self.widget.cursorPosition() if isinstance(self.widget, QLineEdit) else 0

    def put_caret(self, at: int) -> None:
        if isinstance(self.widget, MarkdownEditor):
            self.widget.put_caret(at)
        elif isinstance(self.widget, QPlainTextEdit):
            cursor = self.widget.textCursor()
            cursor.setPosition(min(at, max(0, self.widget.document().characterCount() - 1)))
            self.widget.setTextCursor(cursor)
        elif isinstance(self.widget, QLineEdit):
            self.widget.setCursorPosition(at)


class TextArea(QPlainTextEdit):
    """Several plain lines; Tab leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.wear(look())

    def words(self) -> str:
        """What is written, letter for letter: Qt's plain text would turn no-break spaces into plain ones."""
        return exact_text(self)

    def wear(self, now: Look) -> None:
        self.setFont(now.font())
        self.setMinimumHeight(now.px(84))


def exact_text(area: QPlainTextEdit) -> str:
    """The text of an area with its no-break spaces."""
    return area.document().toRawText().replace("\u2029", "\n")


def editor_for(item: Field, sources: Sources) -> Editor:
    """The editor that the field's trait asks for."""
    return _MAKERS.get(item.trait.widget, _line)(item, sources)


def _line(_item: Field, _sources: Sources) -> Editor:
    widget = LineField()
    return Editor(widget, widget.text, lambda value: widget.setText(value or ""), _each(widget))


def _text(_item: Field, _sources: Sources) -> Editor:
    widget = TextArea()
    return Editor(widget, widget.words, lambda value: widget.setPlainText(value or ""),
                  widget.textChanged.connect)  # fmt: skip


def _markdown(_item: Field, _sources: Sources) -> Editor:
    widget = MarkdownEditor()
    widget.setMinimumHeight(look().px(180))
    return Editor(widget, widget.markdown, lambda value: widget.show_markdown(value or ""),
                  widget.changed.connect)  # fmt: skip


def _date(_item: Field, sources: Sources) -> Editor:
    widget = DateField(sources.today)
    return Editor(widget, widget.day, widget.show_day, _each(widget))


def _time(_item: Field, _sources: Sources) -> Editor:
    widget = TimeField()
    return Editor(widget, widget.hour, lambda value: widget.setText(value or ""), _each(widget))


def _number(item: Field, _sources: Sources) -> Editor:
    widget = NumberField()
    empty = None if item.optional else item.default or 0

    def read() -> int | None:
        found = widget.number()
        return empty if found is None else found

    return Editor(widget, read, widget.show_number, _each(widget))


def _tick(item: Field, _sources: Sources) -> Editor:
    widget = Tick(_(item.trait.label))
    return Editor(widget, widget.isChecked, lambda value: widget.setChecked(bool(value)),
                  lambda told: widget.toggled.connect(lambda _on: told()))  # fmt: skip


def _choice(item: Field, sources: Sources) -> Editor:
    widget = Choice(sources.choices(item.trait.choices))
    return Editor(widget, widget.code, lambda value: widget.choose(value or ""),
                  widget.chosen.connect)  # fmt: skip


def _choices(item: Field, sources: Sources) -> Editor:
    widget = TickList(sources.choices(item.trait.choices), columns=2)
    return Editor(widget, widget.codes, lambda value: widget.choose(value or ()),
                  widget.changed.connect)  # fmt: skip


def _pick(item: Field, sources: Sources) -> Editor:
    widget = PickField(sources.lookup_for(item))
    empty: Any = b"" if item.type is bytes else ""
    return Editor(widget, lambda: widget.value() or empty,
                  lambda value: widget.show_value(value, value if isinstance(value, str) else ""),
                  widget.picked.connect, lambda: widget.implied)  # fmt: skip


def _pick_many(item: Field, sources: Sources) -> Editor:
    widget = PickMany(sources.lookup_for(item))
    return Editor(widget, widget.values, lambda value: widget.show_values(value or ()),
                  widget.picked.connect)  # fmt: skip


def _each(widget: QLineEdit) -> Callable[[Callable[[], None]], object]:
    return lambda told: widget.textChanged.connect(lambda _text: told())


_MAKERS: Mapping[str, Callable[[Field, Sources], Editor]] = {
    "line": _line, "text": _text, "markdown": _markdown, "choice": _choice, "choices": _choices, "date": _date,
    "time": _time, "number": _number, "tick": _tick, "person": _pick, "professional": _pick, "structure": _pick,
    "commune": _pick, "professionals": _pick_many, "structures": _pick_many,
}  # fmt: skip


def holder_of(widget: QWidget | None, editors: Mapping[str, Editor]) -> str:
    """The field that a focused widget belongs to."""
    while widget is not None:
        for name, editor in editors.items():
            if editor.widget is widget:
                return name
        widget = widget.parentWidget()
    return ""
