"""In one editor: an abbreviation followed by Space or Tab becomes its phrase; Ctrl+Z brings the abbreviation back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from spie_desk.domain.expansion import expansion
from spie_desk.ui.writing.texts_edited import Editor, before_caret, replace_from

_TRIGGERS = {Qt.Key.Key_Space, Qt.Key.Key_Tab}


class Expander(QObject):
    """Watches the keys of one editor. An expansion that was undone is not made again at that place."""

    def __init__(self, editor: Editor, phrases: Callable[[], Mapping[str, str]]) -> None:
        super().__init__(editor)
        self._editor, self._phrases = editor, phrases
        self._refused: tuple[int, str] | None = None
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in _TRIGGERS and event.modifiers() in {Qt.KeyboardModifier.NoModifier}:
            return self._expand(tab=event.key() == Qt.Key.Key_Tab)
        if event.text().isprintable() and event.text() and not event.matches(QKeySequence.StandardKey.Undo):
            self._refused = None
        return False

    def _expand(self, *, tab: bool) -> bool:
        before = before_caret(self._editor)
        found = expansion(before, self._phrases()) if before else None
        if found is None:
            return False
        here = (self._editor.textCursor().block().position() + found.start, found.key)
        if here == self._refused:
            # it was undone: what was typed is what is meant
            self._refused = None
            return False
        self._refused = here
        ends_apart = tab or found.text.endswith((" ", "\u00a0"))
        replace_from(self._editor, found.start, found.text if ends_apart else found.text + " ")
        return True
