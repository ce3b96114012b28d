"""A CAF/MSA flow under way: read, looked at, written, undone; each off the screen's thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from spie_desk.domain.benefit_plan import FlowPlan, FlowReport
from spie_desk.services import benefit_flow
from spie_desk.texts import _, n_
from spie_desk.ui.page import Room
from spie_desk.ui.panels.file_run import FileRun, unless
from spie_desk.ui.tasks import Cancelled, Progress


class FlowRun(FileRun):
    """What the page knows of its file; nothing of it outlives the page but what is written."""

    planned = Signal()
    applied = Signal()
    answered = Signal()

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(room, parent)
        self.plan: FlowPlan | None = None
        self.report: FlowReport | None = None
        self.answers: dict[bytes, int] = {}

    def open(self, path: Path) -> None:
        """Read the flow and compare it with who is here; nothing is written."""
        desk = self._desk()
        if self.busy():
            return

        def work(progress: Progress, cancelled: Cancelled) -> FlowPlan:
            latest, still = -1, unless(cancelled, lambda _done, _total: None)

            def told(done: int, total: int) -> None:
                nonlocal latest
                still(done, total)
                share = 100 * done // total if total else 0
                if share != latest:
                    latest = share
                    progress(share, 100)

            return benefit_flow.plan(desk, path, told)

        def done(plan: FlowPlan) -> None:
            self.plan, self.report, self.answers = plan, None, {}
            self.planned.emit()

        self._begin(work, _("Lecture du flux, en pour cent\u00a0: rien n’est écrit"), done)

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
        """Take the whole update back."""
        if self.report is not None and not self.busy():
            self._take_back(self.report.deed, _("Annulation de la mise à jour"), _("Mise à jour annulée."))


def updated_words(number: int) -> str:
    return n_("{n} personne accompagnée mise à jour", "{n} personnes accompagnées mises à jour", number)


def others_words(number: int) -> str:
    return n_("{n} autre non lue", "{n} autres non lues", number)
