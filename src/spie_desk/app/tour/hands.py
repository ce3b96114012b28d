"""Hands on the real widgets: typing, pressing, clicking, waiting; nothing that a person could not do."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from spie_desk.domain.errors import DeskError, N_

PATIENCE = 60.0
_PLAIN = Qt.KeyboardModifier.NoModifier


class NeverCameError(DeskError):
    """What a step waited for did not come; parameter ``what``."""

    says = N_("Ceci n’est jamais venu\u00a0: {what}.")


def turn(ms: int = 0) -> None:
    """Let the event loop turn, deferred deletions included; an ``app.quit`` on the way does not stop it."""
    deadline = time.monotonic() + ms / 1000
    while True:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if time.monotonic() >= deadline:
            return
        time.sleep(0.001)


def wait(true: Callable[[], bool], what: str) -> None:
    """Turn until it holds."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            raise NeverCameError(what=what)
        turn(4)


def type_text(text: str, widget: QWidget | None = None) -> None:
    """Type where the focus is, letter by letter, through the same events as a keyboard's."""
    for letter in text:
        aim = _writes_in(widget)
        key = Qt.Key.Key_Return if letter == "\n" else 0
        _send(aim, key, "\r" if letter == "\n" else letter)


def press_key(key: Qt.Key, widget: QWidget | None = None) -> None:
    """One key where the focus is."""
    aim = _writes_in(widget)
    _send(aim, key, "\r" if key == Qt.Key.Key_Return else "")
    turn()


def _writes_in(widget: QWidget | None) -> QWidget:
    """The widget that takes the keys: the one named, or the one with the focus."""
    aim = widget or QApplication.focusWidget()
    if aim is None:
        raise NeverCameError(what=N_("un champ où écrire"))
    while (inner := aim.focusProxy()) is not None:
        aim = inner
    return aim


def _send(aim: QWidget, key: int, text: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(aim, QKeyEvent(kind, key, _PLAIN, text))


def shortcut(window: QWidget, keys: str) -> None:
    """A shortcut of the window or of the page in view."""
    wanted = QKeySequence(keys)
    for widget in (window, *window.findChildren(QWidget)):
        for action in widget.actions():
            if wanted in action.shortcuts() and action.isEnabled() and _in_view(widget, action):
                action.trigger()
                turn()
                return
    raise NeverCameError(what=keys)


def act(window: QWidget, text: str) -> None:
    """What a menu in view offers under that text."""
    for widget in (window, *window.findChildren(QWidget)):
        for action in widget.actions():
            if action.text() == text and action.isEnabled() and _in_view(widget, action):
                action.trigger()
                turn()
                return
    raise NeverCameError(what=text)


def _in_view(widget: QWidget, action: QAction) -> bool:
    return widget.isVisible() and action.isVisible()


def click(window: QWidget, text: str) -> None:
    """The button in view that says so, or that a screen reader calls so."""
    for button in window.findChildren(QAbstractButton):
        said = button.text().replace("&&", "&")
        if button.isVisible() and button.isEnabled() and (text in said or text == button.accessibleName()):
            button.click()
            turn()
            return
    raise NeverCameError(what=text)
