"""The frame: sidebar, pages, messages, bottom strip; it knows where things stand and does no deed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from spie_desk.texts import _
from spie_desk.ui.focus import FocusRing
from spie_desk.ui.home import Home
from spie_desk.ui.notices import NoticeBar, Notices, Snack
from spie_desk.ui.page import Room
from spie_desk.ui.route import Entry
from spie_desk.ui.shell.actions import ActionTable
from spie_desk.ui.shell.navigation import Navigator
from spie_desk.ui.shell.palette import Palette, Search
from spie_desk.ui.shell.shortcuts import ShortcutsHelp
from spie_desk.ui.shell.sidebar import Banner, Identity, Sidebar
from spie_desk.ui.shell.size import WANTED
from spie_desk.ui.shell.strip import LongWorks, Strip
from spie_desk.ui.shell.veil import Veil, VeilKeys
from spie_desk.ui.tasks import Tasks


@dataclass(frozen=True)
class Wishes:
    """What the window asks of the application; ``undo`` gets a deed's id, or None for the latest one."""

    undo: Callable[[bytes | None], None]
    lock: Callable[[], None]
    fits: Callable[[str], bool]
    """Judges the day's code under the veil."""
    closing: Callable[[], None] = lambda: None
    code: VeilKeys | None = None
    """How the veil is opened; None: by ``fits`` alone."""
    may_close: Callable[[], bool] = lambda: True
    """Whether nothing would be lost; it says so itself."""


def _titled(identity: Identity) -> str:
    # the application's name last: put first, the platform adds it once more
    return f"{identity.structure} – SPIE Desk"


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


class MainWindow(QMainWindow):
    """One profile's window. Make it, hand ``notices.tell_failure`` to Tasks, then ``furnish`` it."""

    def __init__(self, identity: Identity, wishes: Wishes, search: Search | None = None) -> None:
        super().__init__()
        self.setWindowTitle(_titled(identity))
        self._wishes, self._identity = wishes, identity
        self.sidebar, self.strip = Sidebar(identity), Strip()
        self.stack, self._long = QStackedWidget(), LongWorks()
        bar = NoticeBar()
        self._right = QVBoxLayout()
        self._banner = Banner(identity)
        self._lay_out(bar, self._banner)
        self.notices = Notices(bar, Snack(self.stack), wishes.undo)
        self.navigator = Navigator(self.stack)
        self.actions_table = ActionTable(self, self.navigator.page)
        self.palette_box = Palette(self, self.actions_table, search)
        self.veil = Veil(self, wishes.code or VeilKeys(wishes.fits), wishes.lock)
        self.ring = FocusRing(self)
        self.sidebar.wished.connect(self.navigator.go)
        self.sidebar.seek.connect(self.palette_box.open)
        self.sidebar.veil.connect(self.veil.fall)
        self.navigator.moved.connect(self.sidebar.show_route)
        self.resize(WANTED)

    def furnish(self, tasks: Tasks, entries: tuple[Entry, ...], today: Callable[[], date], sources: Any = None,
                home: Home | None = None) -> Room:  # fmt: skip
        """Hang the pages: every entry registered here has a page, nothing else is on screen."""
        room = Room(tasks, self.notices, self.navigator.go, self.navigator.back, today, sources, home,
                    export=partial(self.navigator.take_to_export, self.notices))  # fmt: skip
        self.navigator.furnish(room, entries)
        self.sidebar.furnish(entries)
        tasks.long_started.connect(self._long.show_work)
        add = self.actions_table.add
        for entry in entries:
            if entry.label:
                add(_(entry.label), entry.shortcut, partial(self.navigator.go, entry.route), icon=entry.icon)
            for tab, words in entry.tabs:
                add(f"{_(entry.label)}\u00a0: {_lowered(_(words))}", "",
                    partial(self.navigator.go, entry.route, tab=tab), icon=entry.icon)  # fmt: skip
        if self.navigator.knows("export"):
            add(_("Exporter la liste…"), "Ctrl+Shift+E", room.export, icon="file-down")
        if self.navigator.knows("help"):
            self.palette_box.ask_help = lambda words: self.navigator.go("help", words=words)
        add(_("Chercher ou agir"), "Ctrl+K", self.palette_box.open, icon="search")
        add(_("Annuler le dernier acte"), "Ctrl+Z", lambda: self._wishes.undo(None), icon="history")
        add(_("Page précédente"), "Alt+Left", self.navigator.back, icon="chevron-left")
        add(_("Masquer l’écran"), "Ctrl+L", self.veil.fall, icon="eye-off")
        add(_("Verrouiller"), "Ctrl+Shift+L", self._wishes.lock, icon="lock")
        add(_("Raccourcis clavier"), "F1", lambda: ShortcutsHelp(self.actions_table, self).open(), icon="circle-help")
        add(_("Fermer le message"), "Ctrl+Shift+X", self.notices.bar.hide, icon="x")
        return room

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing saves: the page hands over what is typed before the window goes."""
        self.navigator.leave()
        if not self._wishes.may_close():
            event.ignore()
            return
        self._wishes.closing()
        super().closeEvent(event)

    def lay_bare(self, *, bare: bool, title: str = "") -> None:
        """The page takes the whole window (a meeting, projected): nothing around it names who works here."""
        self.sidebar.setHidden(bare)
        self.strip.setHidden(bare)
        self._banner.stand_aside(aside=bare)
        self.setWindowTitle(title or _titled(self._identity))

    def _lay_out(self, bar: NoticeBar, banner: Banner) -> None:
        frame = QWidget()
        frame.setObjectName("frame")
        across = QHBoxLayout(frame)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._right.setSpacing(0)
        across.addWidget(self.sidebar)
        across.addLayout(self._right, 1)
        self._right.addWidget(banner)
        # A page being laid out asks for more than it keeps: the window must not grow past the screen for that.
        self.stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._right.addWidget(self.stack, 1)
        self._right.addWidget(self._long)
        self._right.addWidget(bar)
        self._right.addWidget(self.strip)
        self.setCentralWidget(frame)
