"""The list of people, searched as one types and read by windows: beside a file, and as a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.listing import PersonFilter, PersonRow
from spie_desk.domain.shown import Touched
from spie_desk.services import exports, people
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.models.leaving import ListWish, Ready
from spie_desk.ui.models.rows import ListSpec
from spie_desk.ui.page import Room
from spie_desk.ui.panels.people_rows import EMPTY, NONE_IN_VIEW, NOT_FOUND, side_spec
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.basics import space
from spie_desk.ui.widgets.fields import SearchBox
from spie_desk.ui.widgets.list_view import ListView

WINDOW = 128
"""Rows fetched at a time: fifty thousand people are never read at once."""
_TOUCHES = ("person", "same_as", "action", "appointment", "note", "phone", "membership")


@dataclass(frozen=True, slots=True)
class _Window:
    """One answer: some rows from an offset on, and how many there are in all (counted apart; -1: not again)."""

    wanted: PersonFilter
    offset: int
    rows: Sequence[PersonRow]
    total: int


def _read(desk: Desk, wanted: PersonFilter, offset: int, limit: int = WINDOW) -> _Window:
    rows = people.rows(desk, wanted, limit, offset)
    whole = len(rows) < limit and not offset
    counted = -1 if offset else len(rows) if whole else people.count(desk, wanted)
    return _Window(wanted, offset, rows, counted)


class PeopleList(QWidget):
    """``opened`` (Return, double click) carries a person's id, ``current_changed`` too; ``counted`` how many there are.

    It refreshes by itself on what changes. ``show_filter`` narrows it; what is searched narrows it further.
    """

    opened = Signal(bytes)
    current_changed = Signal(bytes)
    counted = Signal(int)

    def __init__(self, room: Room, spec: ListSpec | None = None, wanted: PersonFilter | None = None) -> None:
        super().__init__()
        self._room = room
        self._wanted = wanted or PersonFilter()
        self._pending: bytes = b""
        self._asleep = False
        self.view_name = ""
        """The words of the view that narrows the list, for whoever exports it."""
        self.search = SearchBox(_("Nom, surnom, téléphone, n°\u00a0de dossier"))
        self.list = ListView(spec or side_spec(room.today))
        self.search.searched.connect(self._seek)
        self.search.to_list.connect(self.list.setFocus)
        self.list.left_top.connect(self.search.setFocus)
        self.list.whole = self.wish
        self.list.activated.connect(lambda row: self.opened.emit(row.id))
        self.list.current_changed.connect(self._moved)
        self._lines = QVBoxLayout(self)
        self._lines.addWidget(self.search)
        self._lines.addWidget(self.list, 1)
        self.setFocusProxy(self.search)
        room.tasks.touched.connect(self._touched)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 10)
        self.list.setMinimumHeight(now.px(150))

    def show_filter(self, wanted: PersonFilter) -> None:
        """Show those people; what is typed in the search stays and narrows them."""
        self._wanted = wanted
        self.refresh()

    def wanted(self) -> PersonFilter:
        """What is shown: the filter and the words that are typed."""
        words = " ".join(part for part in (self._wanted.words, self.search.text().strip()) if part)
        return replace(self._wanted, words=words)

    def wish(self) -> ListWish:
        """Everyone that the list would show, read whole: only a window of it is here."""
        wanted = self.wanted()

        def read(desk: Desk, addresses: bool) -> Ready:  # noqa: FBT001 — the answer to one tick
            found = exports.caseload(desk, wanted, addresses=addresses)
            return Ready(found.grid, found.people, found.hidden)

        narrowed = " · ".join(part for part in (_(self.view_name) if self.view_name else "", wanted.words) if part)
        return ListWish(exports.CASELOAD, narrowed, read, exports.AT_FIRST)

    def choose(self, person: bytes) -> None:
        """Make that person the current one, now or as soon as the rows are here."""
        self._pending = b"" if self.list.choose(person) else person

    def current(self) -> PersonRow | None:
        row: PersonRow | None = self.list.current()
        return row

    def sleep(self) -> None:
        """Nobody looks at it: no rows, nothing typed, nothing read until it is refreshed."""
        self._asleep, self._pending = True, b""
        self._room.tasks.forget(self)
        self.search.forget()
        self.list.show_rows([])

    def refresh(self) -> None:
        """Read again as far as it had been read, so that the current line stays in view."""
        self._asleep = False
        wanted, limit = self.wanted(), max(WINDOW, min(len(self.list.rows()), 3 * WINDOW))
        self._room.tasks.ask(self, lambda desk: _read(desk, wanted, 0, limit), self._show, about="rows")

    def _show(self, window: _Window) -> None:
        self.list.say_empty(_(self._empty(window.wanted)))
        more = partial(self._more, window.wanted) if window.total > len(window.rows) else None
        self.list.show_rows(window.rows, total=window.total, more=more)
        if self._pending:
            self.choose(self._pending)
        self.counted.emit(window.total)

    def _more(self, wanted: PersonFilter, offset: int) -> None:
        self._room.tasks.ask(self, lambda desk: _read(desk, wanted, offset), self._add, about="more")

    def _add(self, window: _Window) -> None:
        if window.wanted == self.wanted():
            self.list.add_rows(window.offset, window.rows)

    def _empty(self, wanted: PersonFilter) -> str:
        if self.search.text().strip():
            return NOT_FOUND
        return EMPTY if wanted == PersonFilter() else NONE_IN_VIEW

    def _seek(self, _words: str) -> None:
        self.refresh()

    def _moved(self, row: PersonRow | None) -> None:
        if row is not None:
            self.current_changed.emit(row.id)

    def _touched(self, touched: Touched) -> None:
        if not self._asleep and touched.touches(*_TOUCHES):
            self.refresh()
