"""Writing a note: bold, italic, lists; Markdown inside; nothing is ever fetched, from the network or from a file."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, QUrl, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QTextCursor, QTextDocument, QTextListFormat
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from spie_desk.texts import _, n_
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Words, space
from spie_desk.ui.widgets.buttons import IconButton

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class MarkdownText(QTextEdit):
    """The text itself. Pasting brings words only: a picture or a page copied elsewhere would carry addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing is loaded: an image's address in a note would tell its host who reads what, and when."""
        return None

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insertPlainText(source.text())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Bold):
            self.turn_bold()
        elif event.matches(QKeySequence.StandardKey.Italic):
            self.turn_italic()
        else:
            super().keyPressEvent(event)

    def turn_bold(self) -> None:
        bold = self.fontWeight() > QFont.Weight.Medium
        self.setFontWeight(QFont.Weight.Normal if bold else QFont.Weight.Bold)

    def turn_italic(self) -> None:
        self.setFontItalic(not self.fontItalic())

    def turn_list(self, style: QTextListFormat.Style) -> None:
        """The current lines become a list of that style, or stop being one."""
        cursor = self.textCursor()
        listed = cursor.currentList()
        cursor.beginEditBlock()
        if listed is not None and listed.format().style() == style:
            block = cursor.blockFormat()
            block.setIndent(0)
            listed.remove(cursor.block())
            cursor.setBlockFormat(block)
        else:
            cursor.createList(style)
        cursor.endEditBlock()


class MarkdownEditor(QFrame):
    """A bar of five tools, a word count, and the text; Tab leaves it, Ctrl+B and Ctrl+I act inside."""

    changed = Signal()

    def __init__(self, *, tools: bool = True, extra: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("look", "editor")
        self.text = MarkdownText()
        self.text.setProperty("look", "inner" if tools else "bare")
        self._shown = ""
        self._count = Words("", Type.LABEL, "muted", wrap=False, weight=400)
        self._count.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._tools = QHBoxLayout()
        self._lines = QVBoxLayout(self)
        if tools:
            for icon, name, slot in self._buttons():
                self._tools.addWidget(IconButton(icon, name, slot))
            if extra is not None:
                self._tools.addWidget(extra)
            self._tools.addStretch(1)
            self._tools.addWidget(self._count)
            self._lines.addLayout(self._tools)
        self._lines.addWidget(self.text, 1)
        self.setFocusProxy(self.text)
        self.text.textChanged.connect(self._changed)
        self.wear(look())

    def _buttons(self) -> list[tuple[str, str, Any]]:
        disc, number = QTextListFormat.Style.ListDisc, QTextListFormat.Style.ListDecimal
        return [
            ("bold", _("Gras (Ctrl+B)"), self._after(self.text.turn_bold)),
            ("italic", _("Italique (Ctrl+I)"), self._after(self.text.turn_italic)),
            ("list", _("Liste à puces"), self._after(lambda: self.text.turn_list(disc))),
            ("list-checks", _("Liste numérotée"), self._after(lambda: self.text.turn_list(number))),
        ]

    def _after(self, tool: Any) -> Any:
        def use() -> None:
            tool()
            self.text.setFocus()

        return use

    def markdown(self) -> str:
        """What was typed as Markdown; a text that nobody changed comes back as it was, letter for letter."""
        if not self.text.document().isModified():
            return self._shown
        return self.text.document().toMarkdown(_FEATURES).strip()

    def show_markdown(self, text: str) -> None:
        self._shown = text
        self.text.document().setMarkdown(text, _FEATURES)
        self._font()
        self.text.document().setModified(False)
        self._say_count()

    def add(self, words: str) -> None:
        """These words at the end, as if typed there."""
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.insertPlainText(words)

    def caret(self) -> int:
        return self.text.textCursor().position()

    def put_caret(self, position: int) -> None:
        cursor = self.text.textCursor()
        cursor.setPosition(min(position, max(0, self.text.document().characterCount() - 1)))
        self.text.setTextCursor(cursor)

    def focus_frame(self) -> QWidget:
        return self

    def wear(self, now: Look) -> None:
        space(self._lines, now, 0, (1, 1, 1, 1))
        self._tools.setContentsMargins(now.px(8), now.px(4), now.px(12), now.px(4))
        self._tools.setSpacing(now.px(2))
        self._font()

    def _font(self) -> None:
        self.text.setFont(look().font())
        self.text.document().setDefaultFont(look().font())
        self.text.document().setIndentWidth(look().px(20))

    def _changed(self) -> None:
        self._say_count()
        self.changed.emit()

    def _say_count(self) -> None:
        words = len(self.text.toPlainText().split())
        self._count.say(n_("{n} mot", "{n} mots", words))


def read_only(text: str) -> MarkdownText:
    """A signed note as it is read: same font, no image, links inert."""
    shown = MarkdownText()
    shown.setReadOnly(True)
    shown.setProperty("look", "bare")
    shown.document().setDefaultFont(look().font())
    shown.document().setMarkdown(text, _FEATURES)
    cursor = QTextCursor(shown.document())
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    shown.setTextCursor(cursor)
    return shown
