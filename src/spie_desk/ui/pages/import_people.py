"""Importing people in four steps: the file, its columns, the dry run, the import; only the last writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.import_plan import ImportPlan, Report
from spie_desk.domain.tables import PEOPLE, PROFESSIONALS, STRUCTURES, Table
from spie_desk.services import imports
from spie_desk.services.desk import Desk
from spie_desk.texts import _, n_, sentence
from spie_desk.ui.page import Page
from spie_desk.ui.panels.import_columns import ColumnsStep
from spie_desk.ui.panels.import_file import FileStep
from spie_desk.ui.panels.import_foot import ImportFoot
from spie_desk.ui.panels.import_report import ReportStep
from spie_desk.ui.panels.import_run import ImportRun
from spie_desk.ui.panels.import_trial import TrialStep
from spie_desk.ui.widgets.steps import StepsHeader

FILE, COLUMNS, TRIAL, DONE = range(4)
TITLES = {PEOPLE: N_("Importer des personnes"), STRUCTURES: N_("Importer des structures"),
          PROFESSIONALS: N_("Importer des professionnels")}  # fmt: skip
STEPS = (N_("Fichier"), N_("Colonnes"), N_("Essai à blanc"), N_("Import"))


class ImportPage(Page):
    """The file is held only as long as the page is on screen; the answers to its doubts are kept in the store."""

    title, touches = N_("Importer"), ("person",)

    def build(self) -> None:
        self._step = FILE
        self._run = ImportRun(self.room, self)
        self._steps = self.at_end(StepsHeader([_(name) for name in STEPS]))
        self._file, self._columns = FileStep(), ColumnsStep()
        self._trial = TrialStep(self.room.sources)
        self._done = ReportStep(self._run.undo, self._see, lambda: self._show_step(FILE))
        self._panels: tuple[QWidget, ...] = (self._file, self._columns, self._trial, self._done)
        for panel in self._panels:
            self.add(panel)
        self.fill()
        self._foot = self.at_foot(ImportFoot(self._backward, self._forward))
        self._wire()
        self.act(_("Choisir un fichier"), "Ctrl+O", self._file.ask, icon="folder-open")
        self.act(_("Essayer à blanc"), "Ctrl+Return", self._try_it, icon="file-up")
        self.act(_("Doute précédent"), "Ctrl+PgUp", lambda: self._trial.doubts.step(-1), icon="chevron-left")
        self.act(_("Doute suivant"), "Ctrl+PgDown", lambda: self._trial.doubts.step(1), icon="chevron-right")
        self._show_step(FILE)

    def ask(self, desk: Desk) -> bool:
        report = self._run.report
        return report is not None and imports.is_undone(desk, report.deed)

    def show_answer(self, undone: Any) -> None:
        if undone and self._step == DONE:
            self._done.show_undone()

    def first_focus(self) -> QWidget | None:
        """The question of the step; at the dry run, never what writes nor an answer."""
        return (self._file.choose, self._columns.first(), self._trial.first() or self._foot.back,
                self._done.people)[self._step]  # fmt: skip

    def take(self, path: Path) -> None:
        """Begin with this file; a flow of the CAF or MSA has its own page."""
        if path.suffix.casefold() == ".xml":
            self.go("benefit-flow", path=path)
        else:
            self._run.open(path)

    def step(self) -> int:
        return self._step

    def plan(self) -> ImportPlan | None:
        return self._run.plan

    def report(self) -> Report | None:
        return self._run.report

    def leave(self) -> None:
        self._run.leave()
        super().leave()

    def _wire(self) -> None:
        run = self._run
        self._file.chosen.connect(self.take)
        self._columns.sheet_wished.connect(self._open_sheet)
        self._columns.sort_wished.connect(run.take_as)
        self._trial.answered.connect(self._answer)
        self._trial.to_export.connect(run.export)
        run.opened.connect(self._opened)
        run.tried.connect(self._tried)
        run.imported.connect(self._imported)
        run.undone.connect(self._done.show_undone)
        run.failed.connect(self._failed)

    def _show_step(self, step: int) -> None:
        self._step = step
        for at, panel in enumerate(self._panels):
            panel.setVisible(at == step)
        self._foot.setVisible(step in {COLUMNS, TRIAL})
        self._steps.show_step(step if step < DONE else len(STEPS))
        self._file.refuse("")
        read = self._run.read
        title = TITLES[read.columns.sort] if read and step != FILE else self.title
        self.retitle(_(title), _how_read(read.table) if read and step in {COLUMNS, TRIAL} else "")
        if (first := self.first_focus()) is not None:
            first.setFocus()
        self.from_the_top()

    def _backward(self) -> None:
        self._show_step(FILE if self._step == COLUMNS else COLUMNS)
        if self._step == COLUMNS:
            self._foot.show_columns()

    def _forward(self) -> None:
        if self._step == COLUMNS:
            self._run.try_it(self._columns.columns)
        else:
            self._run.write()

    def _try_it(self) -> None:
        """The shortcut tries, it never writes."""
        if self._step == COLUMNS:
            self._forward()

    def _open_sheet(self, sheet: str) -> None:
        if self._run.read is not None:
            self._run.open(self._run.read.path, sheet)

    def _opened(self) -> None:
        if self._run.read is not None:
            self._columns.show_table(self._run.read.table, self._run.read.columns)
            self._foot.show_columns()
            self._foot.follow(self._columns)
            self._show_step(COLUMNS)

    def _tried(self) -> None:
        if self._run.plan is not None:
            self._trial.show_plan(self._run.plan)
            self._foot.show_plan(self._run.plan)
            self._foot.follow(self._trial)
            self._show_step(TRIAL)

    def _answer(self, line: int, code: str) -> None:
        self._run.answer(line, code)
        if self._run.plan is not None:
            self._trial.show_plan(self._run.plan)
            self._foot.show_plan(self._run.plan)
            self._foot.follow(self._trial)

    def _see(self) -> None:
        """Where what came in is listed."""
        if self._run.report is not None and self._run.report.sort != PEOPLE:
            self.go("settings", tab="team")
        else:
            self.go("people")

    def _imported(self) -> None:
        if self._run.report is not None:
            self._done.show_report(self._run.report)
            self._show_step(DONE)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, DeskError) and self._step == FILE:
            self._file.refuse(sentence(error))
        elif isinstance(error, imports.ImportCancelledError):
            self.room.notices.inform(sentence(error))
        else:
            self.room.notices.tell_failure(error)


def _how_read(table: Table) -> str:
    """The file's name, its size, and how it was read: a wrong guess is seen before anything else."""
    found = [table.name, n_("{n} ligne", "{n} lignes", len(table.rows))]
    if table.sheet:
        found.append(_("feuille «\u00a0{sheet}\u00a0»").format(sheet=table.sheet))
    if table.delimiter:
        sign = _("tabulation") if table.delimiter == "\t" else f"«\u00a0{table.delimiter}\u00a0»"
        found.append(_("séparateur {sign}").format(sign=sign))
    if table.encoding:
        known = table.encoding.removesuffix("-sig").upper().replace("CP1252", "Windows-1252")
        found.append(_("accents lus en {encoding}").format(encoding=known))
    return " · ".join(found)
