"""The counters of the sidebar: what waits in « Travail en cours », « À rattacher » and « À départager »."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from spie_desk.services import work
from spie_desk.services.desk import Desk
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
            self._tasks.ask(self, count, self._show, about="counts")

    def _wait(self) -> None:
        if not self._rest.isActive():
            self._rest.start()

    def _show(self, found: tuple[int, int, int]) -> None:
        sidebar = self._window.sidebar
        sidebar.show_count("work", found[0])
        sidebar.show_count("unattached", found[1])
        sidebar.show_count("clashes", found[2], alert=True)


def count(desk: Desk) -> tuple[int, int, int]:
    return len(work.drafts(desk)), len(work.unattached(desk)), len(desk.store.records.clashes())
