"""Drives screens as people do, by keyboard, on the real store and the real threads; and looks at them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

from spie_desk.ui.page import Page
from spie_desk.ui.shell.main_window import MainWindow
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.widgets.basics import Words
from spie_desk.ui.widgets.list_view import ListView

PATIENCE_S = 5.0


def wait_until(true: Callable[[], bool], what: str = "") -> None:
    """Let the loop turn until it holds; a sentence says what never came."""
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"never came: {what}")
        turn(5)


def turn(ms: int = 0) -> None:
    """One turn of the event loop, or that many milliseconds of it; deferred deletions included."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def press(keys: str, widget: QWidget | None = None) -> None:
    """Press a key or a shortcut where the focus is."""
    aim = widget or QApplication.focusWidget() or QApplication.activeWindow()
    assert aim is not None, "nothing has the focus"
    combination = QKeySequence(keys)[0]
    QTest.keyClick(aim, combination.key(), combination.keyboardModifiers())
    turn()


def types(text: str, widget: QWidget | None = None) -> None:
    """Type where the focus is, accents included."""
    for letter in text:
        aim = widget or QApplication.focusWidget()
        assert aim is not None, "nothing has the focus"
        if letter.isascii():
            QTest.keyClicks(aim, letter)
        else:
            # QTest aborts on what no American keyboard has
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(aim, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    turn()


def words_on(widget: QWidget) -> list[str]:
    """Every text in view: labels, buttons, fields, and list rows as they are spoken."""
    found: list[str] = []
    for child in (widget, *widget.findChildren(QWidget)):
        if not child.isVisibleTo(widget):
            continue
        if isinstance(child, ListView):
            found += child.spoken()
        elif isinstance(child, Words):
            found.append(child.said())
        elif isinstance(child, QLabel):
            found.append(child.text())
        elif (name := name_of(child)) and not isinstance(child, QAbstractItemView):
            found.append(name)
    return [text for text in found if text]


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def nameless(widget: QWidget) -> list[str]:
    """Focusable widgets in view that a screen reader cannot name: must be empty on every screen."""
    seen = [child for child in widget.findChildren(QWidget) if child.isVisibleTo(widget) and child.isEnabled()]
    return [f"{type(child).__name__} {child.objectName()}".strip() for child in seen
            if _takes_tab(child) and not name_of(child).strip()]  # fmt: skip


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & 1) and widget.focusProxy() is None


def clipped(widget: QWidget) -> list[str]:
    """Texts in view that have less room than they need: must be empty at every text size."""
    found = []
    for label in widget.findChildren(QLabel):
        if not label.isVisibleTo(widget) or not label.text():
            continue
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        if label.height() < needed - 2:
            found.append(f"{label.text()!r}: {label.height()} of {needed}")
    return found


def picture(widget: QWidget, path: Path, size: tuple[int, int] = (1366, 768)) -> Path:
    """Look at it: a PNG at that size, with the shipped fonts."""
    widget.resize(*size)
    widget.show()
    turn(10)
    path.parent.mkdir(parents=True, exist_ok=True)
    assert widget.grab().save(str(path)), path
    return path


class PageDriver:
    """One page open in the real frame."""

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        self.window, self.tasks = window, tasks

    @property
    def page(self) -> Any:
        """The page on screen."""
        found = self.window.navigator.page()
        assert isinstance(found, Page)
        return found

    def settle(self) -> PageDriver:
        """Wait until nothing is being read or written any more."""
        wait_until(self.tasks.quiet, "quiet threads")
        turn()
        wait_until(self.tasks.quiet, "quiet threads")
        return self

    def press(self, keys: str) -> PageDriver:
        press(keys, QApplication.focusWidget() or self.window)
        return self.settle()

    def act(self, text: str) -> PageDriver:
        """Do what the action table lists under that text, by its keys when it has some."""
        action = next(action for action in self.window.actions_table.all() if action.text() == text)
        if action.shortcut().isEmpty():
            action.trigger()
            return self.settle()
        return self.press(action.shortcut().toString())

    def types(self, text: str, into: str = "") -> PageDriver:
        """Type; ``into`` names a widget by its object name or by the name a screen reader speaks."""
        if into:
            self.find(into).setFocus()
        types(text)
        return self

    def find(self, name: str) -> QWidget:
        """A widget of the window by its object name, or by what a screen reader calls it."""
        for child in self.window.findChildren(QWidget):
            if child.isVisible() and name in {child.objectName(), name_of(child)}:
                return child
        raise AssertionError(f"no « {name} » here; there is: {words_on(self.window)}")

    def click(self, name: str) -> PageDriver:
        """Press a button by keyboard: focus, then Space."""
        button = self.find(name)
        button.setFocus()
        press("Space", button)
        return self.settle()

    def shows(self, text: str) -> PageDriver:
        """A text is on the page, whole or as part of a longer one."""
        wait_until(lambda: any(text in words for words in words_on(self.page)), f"{text!r} in {words_on(self.page)}")
        return self

    def hides(self, text: str) -> PageDriver:
        wait_until(lambda: not any(text in words for words in words_on(self.page)), f"{text!r} gone")
        return self

    def tells(self, text: str) -> PageDriver:
        """The notice bar, the undo bar or the page says it."""

        def said() -> list[str]:
            return [self.window.notices.bar.text(), self.window.notices.snack.text(), *words_on(self.window)]

        wait_until(lambda: any(text in words for words in said()), f"{text!r} in {said()}")
        return self

    def is_accessible(self) -> PageDriver:
        assert nameless(self.window) == []
        return self

    def picture(self, path: Path, size: tuple[int, int] = (1366, 768)) -> Path:
        return picture(self.window, path, size)


def middle(widget: QWidget) -> QPoint:
    return widget.rect().center()
