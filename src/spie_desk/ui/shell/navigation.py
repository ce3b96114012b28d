"""Routes to pages: which page a word opens, and the way back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from spie_desk.texts import _
from spie_desk.ui.notices import Notices
from spie_desk.ui.page import Page, Room
from spie_desk.ui.route import Entry

EXPORT = "export"


class Navigator(QObject):
    """Opens pages into a stack. The page left behind is saved, let go of, and made again when one comes back;
    one that is dear to make is emptied and kept."""

    moved = Signal(str)

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._stack = stack
        self._entries: dict[str, Entry] = {}
        self._trail: list[tuple[str, dict[str, Any]]] = []
        self._room: Room | None = None
        self._kept: dict[str, Page] = {}

    def furnish(self, room: Room, entries: tuple[Entry, ...]) -> None:
        self._room = room
        self._entries = {entry.route: entry for entry in entries}

    def page(self) -> Page | None:
        found = self._stack.currentWidget()
        return found if isinstance(found, Page) else None

    def route(self) -> str:
        return self._trail[-1][0] if self._trail else ""

    def can_go_back(self) -> bool:
        return len(self._trail) > 1

    def go(self, route: str, **arguments: Any) -> None:
        """Open a route; the same route with the same arguments only refreshes."""
        if self._trail and self._trail[-1] == (route, arguments) and (page := self.page()) is not None:
            page.refresh()
            return
        self._mark_place()
        # help, emergency numbers and settings are asides: one comes back from them to what one was doing
        if self._entries[route].group not in {"", "foot"}:
            self._trail.clear()
        self._trail.append((route, arguments))
        self._open(route, arguments)

    def back(self) -> None:
        if self.can_go_back():
            self._trail.pop()
            self._open(*self._trail[-1])

    def take_to_export(self, notices: Notices) -> None:
        """From the list on screen to the page that exports it."""
        page = self.page()
        if page is None or self.route() == EXPORT:
            return
        wish = page.to_export()
        if wish is None:
            notices.inform(_("Aucune liste à exporter sur cet écran. Ouvrez d’abord «\u00a0Personnes\u00a0» (Ctrl 2), "
                             "ou une autre liste."))  # fmt: skip
            return
        self.go(EXPORT)
        if (found := self.page()) is not None:
            found.bring(wish)

    def knows(self, route: str) -> bool:
        return route in self._entries

    def trail(self) -> list[tuple[str, dict[str, Any]]]:
        """The way here, the page on screen last, each with what would reopen it as it stands."""
        self._mark_place()
        return [(route, dict(arguments)) for route, arguments in self._trail]

    def retrace(self, trail: list[tuple[str, dict[str, Any]]]) -> bool:
        """Open again where one was; false when a route of the trail is not here any more."""
        if not trail or not all(self.knows(route) for route, _arguments in trail):
            return False
        self._trail = list(trail)
        self._open(*trail[-1])
        return True

    def _mark_place(self) -> None:
        if self._trail and (page := self.page()) is not None:
            self._trail[-1][1].update(page.place())

    def leave(self) -> None:
        """Save and close the page on screen, and those that were kept (a lock, the end)."""
        self._put_away(keeping=False)
        for page in self._kept.values():
            page.deleteLater()
        self._kept.clear()

    def _put_away(self, *, keeping: bool = True) -> None:
        if (page := self.page()) is None:
            return
        page.leave()
        self._stack.removeWidget(page)
        if keeping and page.kept:
            page.hide()
            page.empty()
            self._kept[page.objectName()] = page
        else:
            page.deleteLater()

    def _taken_out(self, route: str) -> Page | None:
        page = self._kept.pop(route, None)
        if page is not None:
            page.come_back()
        return page

    def _open(self, route: str, arguments: dict[str, Any]) -> None:
        if self._room is None:
            return
        self._put_away()
        page = self._taken_out(route) or self._entries[route].make(self._room)
        page.setObjectName(route)
        page.arrive(**arguments)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        first = page.first_focus() or _first_of(page)
        if first is not None:
            first.setFocus()
        page.announce(page.heading())
        entry = self._entries[route]
        self.moved.emit(entry.under or route)


def _first_of(page: QWidget) -> QWidget | None:
    """The first widget in Tab order that takes the keyboard and is not the page's button row."""
    widget = page.nextInFocusChain()
    while widget is not None and widget is not page:
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if page.isAncestorOf(widget) and takes and widget.isEnabled() and widget.isVisibleTo(page):
            return widget
        widget = widget.nextInFocusChain()
    return None
