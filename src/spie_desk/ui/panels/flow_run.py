"""A CAF/MSA flow under way: read, looked at, written, undone; each off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from spie_desk.domain.benefit_plan import FlowPlan, FlowReport
from spie_desk.services import benefit_flow, undo
from spie_desk.services.desk import Desk
from spie_desk.services.imports import ImportCancelledError
from spie_desk.texts import _, n_
from spie_desk.ui.page import Room
from spie_desk.ui.tasks import Cancelled, LongWork, Progress


class FlowRun(QObject):
    """What the page knows of its file; nothing of it outlives the page but what is written."""

    planned = Signal()
    applied = Signal()
    undone = Signal()
    answered = Signal()
    failed = Signal(object)

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(parent)
        self._room = room
        self._work: LongWork | None = None
        self._reading = False
        self.plan: FlowPlan | None = None
        self.report: FlowReport | None = None
        self.answers: dict[bytes, int] = {}

    def open(self, path: Path) -> None:
        """Read the flow and compare it with who is here; nothing is written."""
        desk = self._desk()
        if self.busy():
            return

        def work(progress: Progress, cancelled: Cancelled) -> FlowPlan:
            latest = -1

            def told(done: int, total: int) -> None:
                nonlocal latest
                if cancelled():
                    raise ImportCancelledError
                share = 100 * done // total if total else 0
                if share != latest:
                    latest = share
                    progress(share, 100)

            return benefit_flow.plan(desk, path, told)

        def done(plan: FlowPlan) -> None:
            self.plan, self.report, self.answers = plan, None, {}
            self.planned.emit()

        self._begin(work, _("Lecture du flux, en pour cent\u00a0: rien n’est écrit"), done)
        self._reading = True

    def answer(self, person: bytes, option: int) -> None:
        """Tick a doubt, or untick it (-1)."""
        self.answers = {**self.answers, person: option}
        if option < 0:
            del self.answers[person]
        self.answered.emit()

    def writes(self) -> int:
        return len(self.plan.chosen(self.answers)) if self.plan else 0

    def write(self) -> None:
        """All of it in one transaction, or nothing."""
        desk, plan, answers, notices = self._desk(), self.plan, dict(self.answers), self._room.notices
        if plan is None or self.busy():
            return

        def work(progress: Progress, cancelled: Cancelled) -> FlowReport:
            return benefit_flow.apply(desk, plan, answers, progress=progress, cancelled=cancelled)

        def always(report: FlowReport) -> None:
            # the page may be closed by then: what was done is said all the same, with its undo
            notices.said(updated_words(report.updated), report.deed)

        def done(report: FlowReport) -> None:
            self.report, self.plan = report, None
            self.applied.emit()

        self._begin(work, _("Mise à jour des droits"), done, always, writes=True)

    def undo(self) -> None:
        """Take the whole update back, in one transaction too."""
        desk, report, notices = self._desk(), self.report, self._room.notices
        if report is None or self.busy():
            return

        def work(progress: Progress, cancelled: Cancelled) -> Any:
            def told(done: int, total: int) -> None:
                if cancelled():
                    raise ImportCancelledError
                progress(done, total)

            return undo.undo_one(desk, report.deed, told)

        self._begin(work, _("Annulation de la mise à jour"), lambda _done: self.undone.emit(),
                    lambda _done: notices.said(_("Mise à jour annulée.")), writes=True)  # fmt: skip

    def busy(self) -> bool:
        return self._work is not None and shiboken6.isValid(self._work)

    def leave(self) -> None:
        """A reading that nobody waits for stops; a writing goes on, its progress stays in view."""
        if self._work is not None and self._reading and self.busy():
            self._work.cancel()

    def _desk(self) -> Desk:
        desk = self._room.tasks.desk
        assert desk is not None  # noqa: S101 — a page is on screen: the profile is open
        return desk

    def _begin(self, work: Callable[[Progress, Cancelled], Any], title: str, done: Callable[[Any], None],
               always: Callable[[Any], None] = lambda _answer: None, *, writes: bool = False) -> None:  # fmt: skip
        notices = self._room.notices

        def then(answer: Any) -> None:
            always(answer)
            if shiboken6.isValid(self):
                self._work = None
                done(answer)

        def failed(error: BaseException) -> None:
            if shiboken6.isValid(self):
                self._work = None
                self.failed.emit(error)
            elif not isinstance(error, ImportCancelledError):
                notices.tell_failure(error)

        self._reading = False
        self._work = self._room.tasks.long(work, title, then, failed=failed, writes=writes)


def updated_words(number: int) -> str:
    return n_("{n} personne accompagnée mise à jour", "{n} personnes accompagnées mises à jour", number)


def others_words(number: int) -> str:
    return n_("{n} autre non lue", "{n} autres non lues", number)
