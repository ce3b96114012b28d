"""The product's own window on a made-up profile, in this process, drawn off screen; and waiting for what is painted."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

from bench.harness.stores import Stock, door
from spie_desk.app.start import Stage, stage
from spie_desk.app.window import Session
from spie_desk.services.doorway import Opened

PATIENCE_MS = 240_000


class TooSlowError(Exception):
    """What was waited for never came."""


@dataclass(frozen=True)
class Screen:
    """One open window, as after unlocking."""

    session: Session
    stock: Stock

    @property
    def window(self) -> Any:
        return self.session.window

    @property
    def page(self) -> Any:
        return self.session.window.navigator.page()

    def go(self, route: str, **arguments: Any) -> Any:
        self.session.window.navigator.go(route, **arguments)
        return self.page

    def settle(self) -> None:
        """Nothing is being read or written any more, and all of it is painted."""
        until(self.session.tasks.quiet)
        turn()
        until(self.session.tasks.quiet)
        turn()


@contextmanager
def on_screen(stock: Stock) -> Iterator[Screen]:
    """The window as the application puts it together; the profile stays the caller's to close."""
    shared: Stage = stage(stock.state)
    session = Session(Opened(stock.desk, stock.keeper), shared, door(stock.root, stock.state))
    session.show()
    screen = Screen(session, stock)
    screen.settle()
    try:
        yield screen
    finally:
        session.end("closed")
        screen.settle()
        session.tasks.close()
        session.tasks.shut()
        session.window.deleteLater()
        turn()


def turn(ms: int = 0) -> None:
    """Let the event loop run, once or for some milliseconds."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def until(true: Callable[[], bool], every_ms: int = 2) -> None:
    """Let it run until something holds; looked at seldom enough to cost nothing."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not true():
        if time.monotonic() > deadline:
            raise TooSlowError
        turn(every_ms)


class Painted(QObject):
    """Runs the event loop from a deed until a widget has been painted with what it should show.

    The end is the event after the paint: by then the whole window has been drawn, not only that widget.
    """

    def __init__(self) -> None:
        super().__init__()
        self._loop = QEventLoop()
        self._ready: Callable[[], bool] = lambda: True
        self._late = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._late.timeout.connect(self._loop.quit)

    def after(self, deed: Callable[[], QWidget], ready: Callable[[], bool]) -> None:
        """``deed`` answers the widget to watch; a paint counts once ``ready`` holds."""
        self._ready = ready
        widget = deed()
        widget.installEventFilter(self)
        self._late.start()
        self._loop.exec()
        if not self._late.isActive():
            raise TooSlowError
        self._late.stop()
        widget.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        if event.type() == QEvent.Type.Paint and self._ready():
            self._ready = lambda: False
            QTimer.singleShot(0, self._loop.quit)
        return False
