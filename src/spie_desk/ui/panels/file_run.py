"""Someone’s file under way, whatever it holds: one work at a time off the screen’s thread, stopped or told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from spie_desk.services import undo
from spie_desk.services.desk import Desk
from spie_desk.services.imports import ImportCancelledError
from spie_desk.ui.page import Room
from spie_desk.ui.tasks import Cancelled, LongWork, Progress


class FileRun(QObject):
    """What a page knows of its file; nothing of it outlives the page but what is written."""

    undone = Signal()
    failed = Signal(object)

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(parent)
        self._room = room
        self._work: LongWork | None = None
        self._reading = False

    def busy(self) -> bool:
        """A reading, a writing or an undo is under way."""
        return self._work is not None and shiboken6.isValid(self._work)

    def leave(self) -> None:
        """A reading that nobody waits for stops; a writing goes on, its progress stays in view."""
        if self._work is not None and self._reading and self.busy():
            self._work.cancel()

    def _desk(self) -> Desk:
        desk = self._room.tasks.desk
        assert desk is not None  # noqa: S101 — a page is on screen: the profile is open
        return desk

    def _take_back(self, deed: bytes, title: str, said: str) -> None:
        """Undo what was written, in one transaction too."""
        desk, notices = self._desk(), self._room.notices

        def work(progress: Progress, cancelled: Cancelled) -> Any:
            return undo.undo_one(desk, deed, unless(cancelled, progress))

        self._begin(work, title, lambda _done: self.undone.emit(), lambda _done: notices.said(said), writes=True)

    def _begin(self, work: Callable[[Progress, Cancelled], Any], title: str, done: Callable[[Any], None],
               always: Callable[[Any], None] = lambda _answer: None, *, writes: bool = False) -> None:  # fmt: skip
        """``done`` while the page is there; ``always`` even if it was left, for what was done is said all the same."""
        notices = self._room.notices

        def then(answer: Any) -> None:
            always(answer)
            if shiboken6.isValid(self):
                self._work = None
                done(answer)

        def failed(error: BaseException) -> None:
            if shiboken6.isValid(self):
                self._tell(error)
            elif not isinstance(error, ImportCancelledError):
                notices.tell_failure(error)

        self._reading = not writes
        self._work = self._room.tasks.long(work, title, then, failed=failed, writes=writes)

    def _tell(self, error: BaseException) -> None:
        self._work = None
        self.failed.emit(error)


def unless(cancelled: Cancelled, progress: Progress) -> Progress:
    """Progress that raises as soon as the work is no longer wanted."""

    def told(done: int, total: int) -> None:
        if cancelled():
            raise ImportCancelledError
        progress(done, total)

    return told
