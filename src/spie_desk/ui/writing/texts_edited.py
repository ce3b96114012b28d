"""The two editors of long texts as one: what stands before the caret, and replacing it in one undo."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

Editor = QTextEdit | QPlainTextEdit


def editor_of(widget: QWidget | None) -> Editor | None:
    """The editor, when that is what it is and it can be written in."""
    if isinstance(widget, QTextEdit | QPlainTextEdit) and not widget.isReadOnly():
        return widget
    return None


def before_caret(editor: Editor) -> str:
    """The line up to the caret; nothing while something is selected."""
    cursor = editor.textCursor()
    return "" if cursor.hasSelection() else cursor.block().text()[: cursor.positionInBlock()]


def replace_from(editor: Editor, start: int, text: str) -> None:
    """Put ``text`` in the place of the line from ``start`` to the caret: one Ctrl+Z brings it back."""
    cursor = editor.textCursor()
    wide = cursor.positionInBlock() - start
    cursor.beginEditBlock()
    cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor, wide)
    shape = cursor.charFormat()
    cursor.insertText(text, shape)
    cursor.endEditBlock()
    editor.setTextCursor(cursor)


def insert(editor: Editor, text: str) -> None:
    """Put a phrase at the caret, apart from the word before it, in one undo."""
    cursor = editor.textCursor()
    at = cursor.positionInBlock() if not cursor.hasSelection() else 0
    before = cursor.block().text()[:at]
    apart = " " if before and not before[-1].isspace() and before[-1] not in "(«’'" else ""
    cursor.beginEditBlock()
    cursor.insertText(apart + text)
    cursor.endEditBlock()
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()
