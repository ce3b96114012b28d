"""What every screen is: a title, what it refreshes on, and four verbs: build, ask, show_answer, act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from spie_desk.domain.errors import DeskError
from spie_desk.domain.shown import Touched
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.home import Home
from spie_desk.ui.models.leaving import ListWish
from spie_desk.ui.notices import Notices, announce
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Words, scrolling, space
from spie_desk.ui.widgets.list_view import ListView

W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True)
class Room:
    """What a page is handed: threads, words to the user, the way elsewhere, today's date, the shared lookups."""

    tasks: Tasks
    notices: Notices
    go: Callable[..., None]
    """``go("file", person=id)`` opens a route; its keywords go to the page's ``arrive``."""
    back: Callable[[], None]
    today: Callable[[], date]
    sources: Any = None
    """A ``forms.sources.Sources``: choices and lookups for forms."""
    home: Home | None = None
    """What the application lets a screen do with the profile; None in a frame made for one page."""
    export: Callable[[], None] = lambda: None
    """Take the list on screen to the export page."""


class Page(QWidget):
    """A screen. Subclasses set ``title`` and ``touches`` and write the four verbs.

    ``build`` makes the widgets once, ``arrive`` takes the route's arguments, ``ask`` runs on a reader thread and
    returns values, ``show_answer`` shows them, ``act`` registers a deed with its shortcut (the palette lists it).
    ``save`` is called before the page closes or hides: whatever is typed must be on its way to disk when it returns.
    """

    title: ClassVar[str] = ""
    touches: ClassVar[tuple[str, ...]] = ()
    bare: ClassVar[bool] = False
    """No header, no margins, no scrolling: the page lays out everything itself."""
    kept: ClassVar[bool] = False
    """Dear to make: emptied by ``empty`` when it is left, and shown again instead of another one made."""

    retitled = Signal(str)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._asked, self._stale, self._answered = False, False, False
        self._visit = 0
        self._at_foot: QWidget | None = None
        self._outer = QVBoxLayout(self)
        self._heading = Words(_(self.title), Type.TITLE, wrap=False)
        self._under = Words("", Type.SECOND, "muted", wrap=False)
        self._under.hide()
        self._head, self._ends = QHBoxLayout(), QHBoxLayout()
        self._body = QWidget()
        self._lines = QVBoxLayout(self._body)
        self._frame()
        self.wear(look())
        room.tasks.touched.connect(self._touched)
        self.build()

    # ---- the four verbs, and two more

    def build(self) -> None:
        """Make the widgets, once."""

    def empty(self) -> None:
        """A page that is kept: let go of all that it shows, as when it was built."""

    def arrive(self, **route: Any) -> None:
        """Take the route's arguments; called before the first question."""

    def ask(self, desk: Desk) -> Any:
        """On a reader thread: read, and return values only."""
        return None

    def show_answer(self, answer: Any) -> None:
        """Show what ``ask`` returned."""

    def save(self) -> None:
        """Hand over what is typed: the page hides or closes."""

    def place(self) -> dict[str, Any]:
        """Route arguments that differ from those of ``arrive`` by now (the draft made since), for a lock to reopen."""
        return {}

    def bring(self, wish: ListWish) -> None:
        """A list was brought here from another page."""

    def to_export(self) -> ListWish | None:
        """The list that an export is about: the one with the keyboard, or the first in view."""
        lists = [one for one in self.findChildren(ListView) if one.isVisible()]
        focused = QApplication.focusWidget()
        lists.sort(key=lambda one: focused is None or not one.isAncestorOf(focused))
        return next((wish for one in lists if one.rows() and (wish := one.wish()) is not None), None)

    def first_focus(self) -> QWidget | None:
        """The widget that takes the focus on arrival; None takes the first one that can."""
        return None

    # ---- what a page may use

    def add(self, widget: W, stretch: int = 0, to: QHBoxLayout | QVBoxLayout | None = None) -> W:
        """Add a widget to the body (or to a layout) and hand it back."""
        (to if to is not None else self._lines).addWidget(widget, stretch)
        return widget

    def add_layout(self, layout: QHBoxLayout | QVBoxLayout, stretch: int = 0) -> None:
        self._lines.addLayout(layout, stretch)

    def fill(self) -> None:
        """Push what was added to the top."""
        self._lines.addStretch(1)

    def at_end(self, widget: W) -> W:
        """Put a widget at the right of the title: where the page's buttons stand."""
        self._ends.addWidget(widget)
        return widget

    def from_the_top(self) -> None:
        """Show the head of the body: another step is read from its beginning, as long as the focus stays in view."""
        for area in self.findChildren(QScrollArea, options=Qt.FindChildOption.FindDirectChildrenOnly):
            QTimer.singleShot(0, area, partial(_from_the_top, area))

    def at_foot(self, widget: W) -> W:
        """Put a widget under the body, outside what scrolls: what decides stays in view; large text scrolls it too."""
        self._at_foot = widget
        self._place_foot()
        return widget

    def _place_foot(self) -> None:
        if self._at_foot is not None:
            (self._lines if look().narrow else self._outer).addWidget(self._at_foot)

    def act(self, text: str, shortcut: str, slot: Callable[[], object], *, icon: str = "") -> QAction:
        """Register a deed: its keys work anywhere in the page, and the palette lists it."""
        action = QAction(text, self)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: slot())
        action.setProperty("sign", icon)
        self.addAction(action)
        return action

    def do(self, deed: Callable[[Desk], Touched | None], said: str = "", *, then: Callable[[], object] | None = None,
           failed: Callable[[DeskError], bool] | None = None) -> None:  # fmt: skip
        """Write. ``said`` is told in the undo bar; ``failed`` may claim a DeskError by answering true."""
        visit = self._visit

        def done(touched: Touched | None) -> None:
            if said:
                undoable = isinstance(touched, Touched) and touched.undoable
                self.room.notices.said(said, touched.deed if touched is not None and undoable else b"")
            # left meanwhile: what was done stands, but there is nothing of the page to show it on
            if then is not None and self._still(visit):
                then()

        def fault(error: BaseException) -> None:
            if not (failed is not None and self._still(visit) and isinstance(error, DeskError) and failed(error)):
                self.room.notices.tell_failure(error)

        self.room.tasks.do(deed, then=done, failed=fault, owner=None)

    def query(self, question: Callable[[Desk], Any], then: Callable[[Any], None], about: str) -> None:
        """Ask something beside the page's main question; the latest ``about`` one thing wins."""
        self.room.tasks.ask(self, question, then, about=about)

    def refresh(self) -> None:
        """Ask again."""
        self._asked, self._stale = True, False
        if type(self).ask is Page.ask:
            return
        self.room.tasks.ask(self, self.ask, self._show, about="page")

    def retitle(self, title: str, under: str = "") -> None:
        """Change the heading and the line under it; a new heading (whose file this is) is also heard."""
        if title != self.heading():
            self.announce(title)
        self._heading.say(title)
        self._under.say(under)
        self._under.setVisible(bool(under))
        self.retitled.emit(title)

    def heading(self) -> str:
        return self._heading.said()

    def announce(self, text: str) -> None:
        announce(self, text)

    def go(self, route: str, **arguments: Any) -> None:
        self.room.go(route, **arguments)

    def back(self) -> None:
        self.room.back()

    def leave(self) -> None:
        """Close: save, and let go of every answer under way."""
        self.save()
        self._visit += 1
        self.room.tasks.touched.disconnect(self._touched)
        self.room.tasks.forget(self)

    def come_back(self) -> None:
        """A page that was kept is shown again: it must ask everything anew."""
        self._asked, self._stale, self._answered = False, False, False
        self.room.tasks.touched.connect(self._touched)

    def wear(self, now: Look) -> None:
        margins = (0, 0, 0, 0) if self.bare else (19, 16, 19, 11)
        space(self._outer, now, 12, margins)
        # room for the focus ring of what stands at the edge
        space(self._lines, now, 12, (0, 0, 0, 0) if self.bare else (5, 5, 5, 5))
        self._ends.setSpacing(now.px(8))
        self._head.setContentsMargins(now.px(5), 0, now.px(5), 0)
        self._place_foot()
        # above 140 % the buttons go under the title
        self._head.setDirection(QHBoxLayout.Direction.TopToBottom if now.narrow else QHBoxLayout.Direction.LeftToRight)

    # ---- the frame's side

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._asked or self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.save()

    def _frame(self) -> None:
        if self.bare:
            self._outer.addWidget(self._body, 1)
            return
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._heading)
        words.addWidget(self._under)
        self._head.addLayout(words, 1)
        self._head.addLayout(self._ends)
        self._outer.addLayout(self._head)
        # what fits does not scroll; what does not (a long form, large text) scrolls as a whole
        self._outer.addWidget(scrolling(self._body), 1)

    def _show(self, answer: Any) -> None:
        self.show_answer(answer)
        if not self._answered:
            self._answered = True
            # a list has rows only now: before, it could not take the focus
            if (first := self.first_focus()) is not None and self.isVisible() and not self._typing_elsewhere():
                first.setFocus()

    def _still(self, visit: int) -> bool:
        """Not left since, nor closed."""
        return isValid(self) and self._visit == visit

    def _typing_elsewhere(self) -> bool:
        """Someone already types outside the page (« Noter vite », the palette): the focus is theirs."""
        focused = QApplication.focusWidget()
        return isinstance(focused, QLineEdit | QTextEdit | QPlainTextEdit) and not self.isAncestorOf(focused)

    def _touched(self, touched: Touched) -> None:
        if not touched.touches(*self.touches):
            return
        if self.isVisible():
            # several transactions of one deed refresh once
            if not self._stale:
                self._stale = True
                QTimer.singleShot(0, self, self._catch_up)
        else:
            self._stale = True

    def _catch_up(self) -> None:
        if self._stale and self.isVisible():
            self.refresh()


def _from_the_top(area: QScrollArea) -> None:
    """To the head, then down just enough for what has the keyboard: typing out of sight answers nobody knows what."""
    area.verticalScrollBar().setValue(0)
    focused = QApplication.focusWidget()
    if focused is not None and area.isAncestorOf(focused):
        area.ensureWidgetVisible(focused, 0, look().px(12))
