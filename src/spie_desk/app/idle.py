"""How long nobody has touched the keyboard or the mouse, in any window of the application."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

_TOUCHES = {QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel,
            QEvent.Type.TouchBegin, QEvent.Type.InputMethod}  # fmt: skip
LOOK_MS = 5_000


class Idle(QObject):
    """Calls ``rested`` once when ``minutes`` have passed without a touch, and every ``tick`` in between.

    It watches windows, not widgets: a filter on the whole application would cost at every paint.
    """

    def __init__(self, seconds: Callable[[], float], rested: Callable[[], None], tick: Callable[[float], None],
                 minutes: int) -> None:  # fmt: skip
        super().__init__()
        self._seconds, self._rested, self._tick = seconds, rested, tick
        self.minutes = minutes
        self._last, self._told = seconds(), False
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            self._watch(app.focusWindow())
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def touch(self) -> None:
        self._last, self._told = self._seconds(), False

    def look(self) -> None:
        """What the timer does."""
        rest = self._seconds() - self._last
        self._tick(rest)
        if rest >= self.minutes * 60 and not self._told:
            self._told = True
            self._rested()

    def stop(self) -> None:
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        if event.type() in _TOUCHES:
            self.touch()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
            self.touch()
