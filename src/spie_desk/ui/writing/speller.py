"""In one editor: what the dictionary does not know is underlined, found by F7, corrected or accepted from a menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from spie_desk.domain.spelling import Piece, core, pieces
from spie_desk.texts import _
from spie_desk.ui.notices import announce
from spie_desk.ui.theme import look
from spie_desk.ui.writing.texts_edited import Editor

REST_MS = 250
"""Underlining follows the writing, it does not interrupt it."""
MOST_MARKED = 400


class Judge(Protocol):
    """What the window's aids answer for every editor."""

    def judged(self) -> Mapping[str, bool]:
        """What is already known of words."""

    def ask(self, words: Sequence[str], then: Callable[[], None]) -> None:
        """Judge these off the screen's thread, then call back."""

    def propose(self, word: str, then: Callable[[Sequence[str]], None]) -> None: ...
    def accept(self, word: str, *, shared: bool) -> None: ...
    def ignore(self, word: str) -> None: ...
    def on(self) -> bool: ...
    def nothing(self) -> None:
        """Say that a text holds nothing to look at."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A word to look at and where it stands in the document."""

    start: int
    word: str


class Speller(QObject):
    """Marks lie over the text, never in it: the document stays unmodified, and undo knows nothing of them."""

    def __init__(self, editor: Editor, judge: Judge) -> None:
        super().__init__(editor)
        self._editor, self._judge = editor, judge
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.look_over)
        self._cut: dict[str, tuple[Piece, ...]] = {}
        editor.textChanged.connect(self._wait)
        editor.cursorPositionChanged.connect(self._wait)
        editor.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        editor.customContextMenuRequested.connect(self._menu_at)
        self._wait()

    def look_over(self) -> None:
        """Mark what is known to be wrong; ask for what is not known yet."""
        if not self._judge.on() or self._editor.isReadOnly():
            self._mark([])
            return
        self._mark(self.wrong(but_at=self._writing_at()))
        known = self._judge.judged()
        unknown = {piece.word for _block, piece in self._all() if piece.word not in known}
        if unknown:
            self._judge.ask(sorted(unknown), self.look_over)

    def wrong(self, *, but_at: int = -1) -> list[Wrong]:
        """Every word known to be wrong, in order; not the one that is being written."""
        known = self._judge.judged()
        return [Wrong(block.position() + piece.at, piece.word) for block, piece in self._all()
                if known.get(piece.word) is False and block.position() + piece.end != but_at]  # fmt: skip

    def go_next(self) -> None:
        """F7: select the next word to look at and open its menu; said when there is none."""
        known = self._judge.judged()
        unknown = {piece.word for _block, piece in self._all() if piece.word not in known}
        if unknown:
            self._judge.ask(sorted(unknown), self.go_next)
            return
        found = self.wrong()
        if not found:
            self._judge.nothing()
            return
        here = self._editor.textCursor().selectionEnd()
        chosen = next((one for one in found if one.start >= here), found[0])
        self._select(chosen)
        corner = self._editor.cursorRect(self._editor.textCursor()).bottomLeft()
        self._open(chosen, self._editor.viewport().mapToGlobal(corner), plain=False)

    # ---- inside

    def _wait(self) -> None:
        self._rest.start()

    def _writing_at(self) -> int:
        """Where the caret ends a word that is still being written."""
        cursor = self._editor.textCursor()
        return cursor.position() if self._editor.hasFocus() and not cursor.hasSelection() else -1

    def _all(self) -> list[tuple[QTextBlock, Piece]]:
        found, cut = [], {}
        block = self._editor.document().begin()
        while block.isValid():
            text = block.text()
            cut[text] = self._cut.get(text) or pieces(text)
            found += [(block, piece) for piece in cut[text]]
            block = block.next()
        self._cut = cut
        return found

    def _mark(self, found: Sequence[Wrong]) -> None:
        shape = QTextCharFormat()
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        shape.setUnderlineColor(look().colour("danger"))
        marks = []
        for one in found[:MOST_MARKED]:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._cursor(one)
            mark.format = shape
            marks.append(mark)
        self._editor.setExtraSelections(marks)

    def _cursor(self, one: Wrong) -> QTextCursor:
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(one.start)
        cursor.setPosition(one.start + len(one.word), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _select(self, one: Wrong) -> None:
        self._editor.setTextCursor(self._cursor(one))
        self._editor.ensureCursorVisible()
        announce(self._editor, _("À vérifier\u00a0: {word}").format(word=one.word))

    def _menu_at(self, place: QPoint) -> None:
        """The usual menu, begun by what the dictionary proposes for the word there."""
        at = self._editor.cursorForPosition(place).position()
        found = next((one for one in self.wrong() if one.start <= at <= one.start + len(one.word)), None)
        where = self._editor.viewport().mapToGlobal(place)
        if found is None or not self._judge.on():
            menu = self._editor.createStandardContextMenu()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(where)
            return
        self._open(found, where, plain=True)

    def _open(self, one: Wrong, where: QPoint, *, plain: bool) -> None:
        menu = self._editor.createStandardContextMenu() if plain else QMenu(self._editor)
        menu.setObjectName("spelling")
        menu.aboutToHide.connect(menu.deleteLater)
        first = menu.actions()[0] if menu.actions() else None
        waiting = QAction(_("Recherche de propositions…"), menu)
        waiting.setEnabled(False)
        own = [waiting, *self._keep(one, menu)]
        if first is None:
            menu.addActions(own)
        else:
            menu.insertActions(first, own)
            menu.insertSeparator(first)
        menu.popup(where)
        self._judge.propose(one.word, partial(self._proposed, one, menu, waiting))

    def _keep(self, one: Wrong, menu: QMenu) -> list[QAction]:
        """Accept it: for all of the structure, for me, or here only."""
        word = core(one.word)
        made = []
        for text, slot in (
            (_("Ajouter au dictionnaire de la structure"), partial(self._judge.accept, word, shared=True)),
            (_("Ajouter à mon dictionnaire"), partial(self._judge.accept, word, shared=False)),
            (_("Ignorer jusqu’à la fermeture"), partial(self._judge.ignore, one.word)),
        ):
            action = QAction(text, menu)
            action.triggered.connect(lambda _on=False, slot=slot: slot())
            made.append(action)
        apart = QAction(menu)
        apart.setSeparator(True)
        return [apart, *made]

    def _proposed(self, one: Wrong, menu: QMenu, waiting: QAction, found: Sequence[str]) -> None:
        if not found:
            waiting.setText(_("Aucune proposition"))
            return
        for text in found:
            action = QAction(text, menu)
            action.triggered.connect(lambda _on=False, text=text: self._correct(one, text))
            menu.insertAction(waiting, action)
        menu.removeAction(waiting)
        menu.setActiveAction(menu.actions()[0])

    def _correct(self, one: Wrong, text: str) -> None:
        """One undo brings the word back; it is replaced only where it still stands."""
        cursor = self._cursor(one)
        if cursor.selectedText() != one.word:
            return
        cursor.beginEditBlock()
        cursor.insertText(text, cursor.charFormat())
        cursor.endEditBlock()
        self._editor.setTextCursor(cursor)
        self._editor.setFocus()
