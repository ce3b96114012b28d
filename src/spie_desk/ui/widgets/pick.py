"""Picking someone or something by typing a few letters: one, or several shown as removable chips."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QWidget

from spie_desk.texts import _
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.basics import space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.fields import LineField
from spie_desk.ui.widgets.flow import FlowLayout


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a lookup: its value, its name, what tells it from its namesakes, and what choosing it implies
    for other fields of the form (a commune its INSEE code)."""

    value: Any
    label: str
    detail: str = ""
    also: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Lookup:
    """Two questions: which options fit these words, and what a value is called; answers come by the callback.

    ``free`` lets what was typed stand even if it was not chosen (a commune abroad); ``empties`` names the fields that
    such a free value empties (the code of the commune that was there before).
    """

    find: Callable[[QObject, str, Callable[[Sequence[Option]], None]], None]
    name: Callable[[QObject, Any, Callable[[str], None]], None]
    free: bool = False
    empties: tuple[str, ...] = ()


class _Answers(QListWidget):
    """The answers under the field; it never takes the focus, so typing goes on."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.setWindowFlags(Qt.WindowType.ToolTip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("look", "popup")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def offer(self, options: Sequence[Option], under: QWidget) -> None:
        self.clear()
        now = look()
        self.setFont(now.font())
        for option in options:
            item = QListWidgetItem(f"{option.label}\u2003{option.detail}" if option.detail else option.label)
            item.setData(Qt.ItemDataRole.UserRole, option)
            item.setSizeHint(QSize(0, now.px(32)))
            self.addItem(item)
        if not options:
            self.hide()
            return
        self.setCurrentRow(0)
        self.setGeometry(0, 0, max(under.width(), now.px(260)), now.px(32) * min(len(options), 8) + now.px(12))
        self.move(under.mapToGlobal(QPoint(0, under.height() + 4)))
        self.show()

    def step(self, by: int) -> None:
        self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + by)))

    def chosen(self) -> Option | None:
        item = self.currentItem()
        found: Option | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found


class PickField(LineField):
    """One of very many: type, arrows, Return. Emptying the field empties the value."""

    picked = Signal()

    def __init__(self, lookup: Lookup, placeholder: str = "", *, icon: str = "search", clears: bool = False) -> None:
        super().__init__(placeholder or _("Tapez quelques lettres"), icon=icon)
        self._lookup, self._clears = lookup, clears
        self._value: Any = None
        self._label = ""
        self.implied: Mapping[str, Any] = {}
        self.taken: Container[Any] = ()  # values in place already: offering them again would do nothing
        self._answers = _Answers(self)
        self._answers.itemClicked.connect(lambda _item: self._take())
        self._rest = QTimer(self, singleShot=True, interval=120)
        self._rest.timeout.connect(self._seek)
        self.textEdited.connect(self._edited)

    def value(self) -> Any:
        return self._value

    def show_value(self, value: Any, label: str = "") -> None:
        """Show a value; its name is asked for when it is not given."""
        self._value = value or None
        self._say(label)
        if value and not label:
            self._lookup.name(self, value, lambda name: self._named(value, name))

    def _named(self, value: Any, name: str) -> None:
        if self._value == value:
            self._say(name or _("(pas sur ce poste)"))

    def _say(self, label: str) -> None:
        self._label = label
        self.setText(label)
        self.setCursorPosition(0)

    def _edited(self, text: str) -> None:
        if self._lookup.free or not text.strip():
            self._value = text.strip() or None
            self._label = text if self._lookup.free else ""
            self.implied = dict.fromkeys(self._lookup.empties)
            self.picked.emit()
        self._rest.start()

    def _seek(self) -> None:
        if self.text().strip() and self.hasFocus():
            self._lookup.find(self, self.text().strip(), self._offer)
        else:
            self._answers.hide()

    def _offer(self, found: Sequence[Option]) -> None:
        if self.hasFocus():
            found = [option for option in found if option.value not in self.taken]
            self._answers.offer(found, self)
            best = found[0].label if found else _("Aucune réponse")
            self.setAccessibleDescription(best)

    def _take(self) -> None:
        option = self._answers.chosen()
        self._answers.hide()
        if option is None:
            return
        self._value, self.implied = option.value, option.also
        self._say("" if self._clears else option.label)
        self.picked.emit()

    def event(self, event: QEvent) -> bool:
        # while answers are in view, Escape and Return are theirs, not a shortcut of the page
        if (event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._answers.isVisible()
                and event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}):  # fmt: skip
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if not self._answers.isVisible():
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._answers.step(1 if key == Qt.Key.Key_Down else -1)
            if (option := self._answers.chosen()) is not None:
                self.setAccessibleDescription(option.label)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take()
        elif key == Qt.Key.Key_Escape:
            self._answers.hide()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._rest.stop()
        self._answers.hide()
        if not self._lookup.free and self.text() != self._label:
            # half a name typed and not chosen is not a value: show what really stands
            self._say(self._label if self._value else "")


class PickMany(QWidget):
    """Several of very many: each one a button that removes it, and a field to add; ``across`` puts both on one line."""

    picked = Signal()

    def __init__(self, lookup: Lookup, placeholder: str = "", *, across: bool = False) -> None:
        super().__init__()
        self._lookup = lookup
        self._values: dict[Any, Button] = {}
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self.field = PickField(lookup, placeholder, icon="plus", clears=True)
        self.field.taken = self._values
        self.field.picked.connect(self._add)
        self._across = across
        self._lines = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._lines.addWidget(self._chips, 3)
        self._lines.addWidget(self.field, 2)
        self.setFocusProxy(self.field)
        self._chips.hide()
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 6)
        across = self._across and not now.narrow
        self._lines.setDirection(QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom)
        self._lines.setAlignment(self._chips, Qt.AlignmentFlag.AlignVCenter if across else Qt.AlignmentFlag(0))
        self._flow.setSpacing(now.px(6))

    def values(self) -> tuple[Any, ...]:
        return tuple(self._values)

    def show_values(self, values: Sequence[Any]) -> None:
        for button in self._values.values():
            button.deleteLater()
        self._values.clear()
        self._chips.setVisible(bool(values))
        for value in values:
            self._chip(value, "…")
            self._lookup.name(self, value, partial(self._named, value))

    def _named(self, value: Any, name: str) -> None:
        if value in self._values:
            button, shown = self._values[value], name or _("(pas sur ce poste)")
            button.say(shown)
            button.setAccessibleName(_("Retirer {name}").format(name=shown))

    def _add(self) -> None:
        value = self.field.value()
        self.field.show_value(None)
        if value is None or value in self._values:
            return
        self._chip(value, "…")
        self._lookup.name(self, value, lambda name: self._named(value, name))
        self.picked.emit()

    def _chip(self, value: Any, label: str) -> None:
        button = Button(label, lambda: self._remove(value), look_="small", icon="x", tip=_("Retirer"))
        self._values[value] = button
        self._flow.addWidget(button)
        self._chips.show()

    def _remove(self, value: Any) -> None:
        self._values.pop(value).deleteLater()
        self._chips.setVisible(bool(self._values))
        self.field.setFocus()
        self.picked.emit()
