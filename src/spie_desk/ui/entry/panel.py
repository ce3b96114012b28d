"""What stands at the right of the entry window: one column, centred, and what it may ask of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from spie_desk.ui.notices import Notices
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Words, space

if TYPE_CHECKING:
    # names of types only: the first window comes up before the rest is loaded
    from spie_desk.domain.lists import Lists
    from spie_desk.services.doorway import Doorway, Opened

W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True)
class Porch:
    """Handed to every panel: the door, threads, messages, and the way to another panel or in."""

    door: Doorway
    tasks: Tasks
    notices: Notices
    show: Callable[[EntryPanel], None]
    home: Callable[[], None]
    """Back to the first panel."""
    enter: Callable[[Opened], None]
    lists: Callable[[], Lists] | None = None
    """The value lists, read when the first run needs them."""
    new_id: Callable[[], bytes] = lambda: b""


class EntryPanel(QWidget):
    """A heading, a line under it, and widgets in one column of bounded width."""

    wide = 480

    def __init__(self, porch: Porch, title: str, under: str = "") -> None:
        super().__init__()
        self.setProperty("page", "true")
        self.porch = porch
        self._column = QWidget()
        self._column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._lines = QVBoxLayout(self._column)
        self._across = QHBoxLayout()
        self._across.addStretch(1)
        self._across.addWidget(self._column, 100)
        self._across.addStretch(1)
        self._outer = QVBoxLayout(self)
        self._outer.addStretch(1)
        self._outer.addLayout(self._across)
        self._outer.addStretch(2)
        self._heading = Words(title, Type.TITLE)
        self._lines.addWidget(self._heading)
        self._under = Words(under, Type.SECOND, "muted")
        self._lines.addWidget(self._under)
        self._under.setVisible(bool(under))
        self.wear(look())

    def add(self, widget: W) -> W:
        self._lines.addWidget(widget)
        return widget

    def retitle(self, title: str, under: str = "") -> None:
        self._heading.say(title)
        self._under.say(under)
        self._under.setVisible(bool(under))

    def first_focus(self) -> QWidget | None:
        return None

    def leave(self) -> None:
        """The window closes, or another panel comes."""

    def wear(self, now: Look) -> None:
        self._column.setMaximumWidth(now.px(self.wide))
        space(self._lines, now, 10)
        space(self._outer, now, 0, (32, 24, 32, 24))

    def ask(self, widget: QWidget, label: str) -> Words:
        """A label over a widget, and its name for screen readers; answers the label."""
        words = Words(label, Type.SECOND, weight=600)
        words.setBuddy(widget)
        (widget.focusProxy() or widget).setAccessibleName(label)
        self._lines.addWidget(words)
        self._lines.addWidget(widget)
        return words
