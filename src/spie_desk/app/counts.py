"""The counters of the sidebar: what waits today, in « Travail en cours », « À rattacher » and « À départager »."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from spie_desk.services.today import Counters, counters
from spie_desk.ui.shell.main_window import MainWindow
from spie_desk.ui.tasks import Tasks

REST_MS = 400


class Counts(QObject):
    """Counts again a little after something was written, never at every stroke of a key."""

    def __init__(self, tasks: Tasks, window: MainWindow) -> None:
        super().__init__(window)
        self._tasks, self._window = tasks, window
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.ask)
        tasks.touched.connect(lambda _touched: self._wait())
        tasks.busy.connect(lambda busy: None if busy else self._wait())

    def ask(self) -> None:
        if self._tasks.desk is not None:
            self._tasks.ask(self, counters, self._show, about="counts")

    def _wait(self) -> None:
        if not self._rest.isActive():
            self._rest.start()

    def _show(self, found: Counters) -> None:
        sidebar = self._window.sidebar
        sidebar.show_count("today", found.today)
        sidebar.show_count("work", found.work)
        sidebar.show_count("unattached", found.unattached)
        sidebar.show_count("clashes", found.clashes, alert=True)
        sidebar.show_count("to-print", found.to_print)
