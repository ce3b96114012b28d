"""One table of what can be done: the window's actions and the current page's; palette and shortcut help read it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from spie_desk.texts import _


class ActionTable:
    """Actions of the window, followed by those of the page on screen."""

    def __init__(self, window: QWidget, page: Callable[[], QWidget | None]) -> None:
        self._window, self._page = window, page

    def add(self, text: str, shortcut: str, slot: Callable[[], object], *, icon: str = "") -> QAction:
        """Register an action that works everywhere in the window."""
        action = QAction(text, self._window)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False: slot())
        action.setProperty("sign", icon)
        self._window.addAction(action)
        return action

    def all(self) -> list[QAction]:
        """What can be done now, the page's own deeds first."""
        page = self._page()
        own = page.actions() if page is not None else []
        return [action for action in (*own, *self._window.actions()) if action.isEnabled() and action.text()]


def keys_of(action: QAction) -> str:
    """The shortcut as the keyboard of this language names it."""
    text = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
    named = {"Return": _("Entrée"), "Shift": _("Maj"), "Del": _("Suppr"), "Esc": _("Échap"), "Left": "←",
             "Right": "→"}  # fmt: skip
    for key, words in named.items():
        text = text.replace(key, words)
    return text.replace("+", " ")
