"""Choosing a ready phrase from the keyboard, and putting it where one was writing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from spie_desk.services.wording import PhraseRow
from spie_desk.texts import _
from spie_desk.ui.panels.phrase_rows import PHRASES
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Words, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.fields import SearchBox
from spie_desk.ui.widgets.list_view import ListView


class PhrasePicker(QDialog):
    """Type to narrow, arrows to choose, Enter to insert, Escape to leave."""

    def __init__(self, rows: Sequence[PhraseRow], take: Callable[[str], object], manage: Callable[[], object],
                 parent: QWidget) -> None:  # fmt: skip
        super().__init__(parent)
        self._rows, self._take, self._manage = list(rows), take, manage
        self.setWindowTitle(_("Phrases types"))
        self._box = SearchBox(_("Chercher une phrase ou une abréviation"), rest_ms=0)
        self._list = ListView(PHRASES)
        self._list.table().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lines = QVBoxLayout(self)
        space(lines, look(), 12, (20, 18, 20, 18))
        lines.addWidget(Words(_("Phrases types"), Type.SECTION))
        lines.addWidget(self._box)
        lines.addWidget(self._list, 1)
        insert_it = Button(_("Insérer"), self._insert, look_="filled", icon="text-cursor-input")
        manage_them = Button(_("Gérer mes phrases"), self._go, look_="link")
        lines.addWidget(row(manage_them, None, Button(_("Fermer"), self.reject), insert_it))
        self._box.searched.connect(self._narrow)
        self._box.installEventFilter(self)
        self._list.activated.connect(lambda _row: self._insert())
        self._list.show_rows(self._rows)
        self.resize(look().px(560), min(look().px(480), max(320, parent.height() - 40)))
        self._box.setFocus()

    def shown(self) -> list[str]:
        return [one.text for one in self._list.rows()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        table = self._list.table()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}.get(
            Qt.Key(event.key())
        )
        if step is not None and table.model().rowCount():
            at = max(0, min(table.model().rowCount() - 1, table.currentIndex().row() + step))
            table.setCurrentIndex(table.model().index(at, 0))
            self._box.setAccessibleDescription(self._list.spoken()[at])
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._narrow(self._box.text())
            self._insert()
            return True
        return False

    def _narrow(self, typed: str) -> None:
        wanted = _plain(typed).split()
        self._list.show_rows([one for one in self._rows
                              if all(word in _plain(f"{one.key} {one.text}") for word in wanted)])  # fmt: skip

    def _insert(self) -> None:
        found: PhraseRow | None = self._list.current()
        if found is not None:
            self.accept()
            self._take(found.text)

    def _go(self) -> None:
        self.reject()
        self._manage()


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in bare if not unicodedata.combining(sign))
