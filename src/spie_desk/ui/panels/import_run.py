"""An import under way: the file read, tried, answered, written, undone; each off the screen's thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from spie_desk.domain.errors import N_
from spie_desk.domain.import_plan import LATER, ImportPlan, Report
from spie_desk.domain.tables import ColumnMap, Table
from spie_desk.services import accesses, imports
from spie_desk.texts import _, n_
from spie_desk.ui.page import Room
from spie_desk.ui.panels.file_run import FileRun, unless
from spie_desk.ui.panels.import_refused import refused_lines
from spie_desk.ui.tasks import Cancelled, Progress

REFUSED, TO_CORRECT = N_("Lignes refusées d’un import"), N_("Correction du fichier importé")
"""What the register of accesses hears: these lines came from a file in the clear and go back to one."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file, read: its table and how its columns are taken."""

    path: Path
    table: Table
    columns: ColumnMap


class ImportRun(FileRun):
    """What the page knows of its file, and the works on it; nothing of it outlives the page but what is written."""

    opened = Signal()
    tried = Signal()
    imported = Signal()

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(room, parent)
        self.read: Read | None = None
        self.plan: ImportPlan | None = None
        self.report: Report | None = None

    def open(self, path: Path, sheet: str = "") -> None:
        """Read a file; of a workbook, the sheet."""
        desk = self._desk()

        def read() -> Read:
            table = desk.files.read_table(path, sheet)
            known = imports.remembered(desk, table)
            return Read(path, table, known or desk.files.proposed(table, desk.clock.now().date()))

        def done(found: Read) -> None:
            self.read, self.plan, self.report = found, None, None
            self.opened.emit()

        self._room.tasks.work(read, done, owner=self, failed=self._tell)

    def take_as(self, sort: str) -> None:
        """The same file as a list of something else: its columns are guessed again."""
        if self.read is None or self.busy() or self.read.columns.sort == sort:
            return
        desk, table = self._desk(), self.read.table
        self.read = replace(self.read, columns=desk.files.proposed(table, desk.clock.now().date(), sort))
        self.opened.emit()

    def try_it(self, columns: ColumnMap) -> None:
        """The dry run with these columns, which are remembered for the next file with the same headers."""
        desk, read = self._desk(), self.read
        if read is None or self.busy():
            return
        self.read = replace(read, columns=columns)

        def work(progress: Progress, cancelled: Cancelled) -> ImportPlan:
            answers = imports.answers_kept(desk, read.table, columns)
            return imports.plan(desk, read.table, columns, answers, towns=desk.files.towns,
                                progress=unless(cancelled, progress))  # fmt: skip

        def done(plan: ImportPlan) -> None:
            self.plan = plan
            self.tried.emit()

        self._room.tasks.do(lambda on: imports.remember(on, read.table, columns))
        self._begin(work, _("Essai à blanc, rien n’est écrit"), done)

    def answer(self, line: int, code: str) -> None:
        """Settle a doubt; the answer is kept, so that leaving the page loses none."""
        read = self.read
        if self.plan is None or read is None:
            return
        self.plan = self.plan.answered({line: code})
        answers = {at: said for at, said in self.plan.answers.items() if said != LATER}
        self._room.tasks.do(lambda desk: imports.keep_answers(desk, read.table, read.columns, answers))

    def write(self) -> None:
        """The whole import in one transaction, or nothing."""
        desk, plan, read, notices = self._desk(), self.plan, self.read, self._room.notices
        if plan is None or read is None or self.busy():
            return

        def work(progress: Progress, cancelled: Cancelled) -> Report:
            report = imports.apply(desk, plan, progress=progress, cancelled=cancelled)
            imports.keep_answers(desk, read.table, read.columns, {})
            return report

        def always(report: Report) -> None:
            # the page may be closed by then: what was done is said all the same, with its undo
            rows = report.created + report.updated
            notices.said(n_("{n} ligne importée.", "{n} lignes importées.", rows), report.deed)

        def done(report: Report) -> None:
            self.report, self.plan = report, None
            self.imported.emit()

        self._begin(work, _("Import en cours"), done, always, writes=True)

    def undo(self) -> None:
        """Undo the import just made."""
        if self.report is not None and not self.busy():
            self._take_back(self.report.deed, _("Annulation de l’import"), _("Import annulé."))

    def export(self, path: Path) -> None:
        """Write the refused lines in the clear, where the user chose."""
        desk, read, plan = self._desk(), self.read, self.plan
        if read is None or plan is None:
            return
        heads, rows = refused_lines(read.table, read.columns, plan)

        def written(_none: None) -> None:
            lines = n_("{n} ligne écrite", "{n} lignes écrites", len(rows))
            self._room.notices.inform(
                _("{lines} en clair dans «\u00a0{file}\u00a0». Effacez ce fichier une fois corrigé.").format(
                    lines=lines, file=path.name
                )
            )

        def write() -> None:
            accesses.exported(desk, REFUSED, len(rows), TO_CORRECT)
            desk.files.write_csv(path, heads, rows)

        self._room.tasks.work(write, written, owner=self)
