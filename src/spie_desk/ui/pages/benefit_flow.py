"""The CAF/MSA flow: the rights of people followed here brought up to date, shown first, written and undone at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.benefit_plan import FlowReport
from spie_desk.domain.errors import DeskError, N_
from spie_desk.services import undo
from spie_desk.services.desk import Desk
from spie_desk.services.imports import ImportCancelledError
from spie_desk.texts import _, n_, sentence
from spie_desk.ui.page import Page
from spie_desk.ui.panels.flow_plan import FlowPlanStep
from spie_desk.ui.panels.flow_run import FlowRun, others_words, updated_words
from spie_desk.ui.panels.import_foot import ImportFoot
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.ask_file import ask_to_open
from spie_desk.ui.widgets.basics import Box, Card, Icon, Words, column, row
from spie_desk.ui.widgets.buttons import Button

FILE, PLAN, DONE = range(3)


class BenefitFlowPage(Page):
    """Reached from « Importer » with an .xml file; the file is held only while it is read."""

    title, touches = N_("Flux CAF ou MSA"), ("right",)

    def build(self) -> None:
        self._step = FILE
        self._run = FlowRun(self.room, self)
        self._file = _FileStep(self._choose)
        self._plan = FlowPlanStep(self.room.sources)
        self._done = _DoneStep(self._run.undo, lambda: self.go("people"), lambda: self._show_step(FILE))
        self._panels: tuple[QWidget, ...] = (self._file, self._plan, self._done)
        for panel in self._panels:
            self.add(panel)
        self.fill()
        self._foot = self.at_foot(ImportFoot(lambda: self._show_step(FILE), self._run.write))
        self._foot.back.say(_("Choisir un autre fichier"))
        self._plan.answered.connect(self._run.answer)
        self._run.planned.connect(self._planned)
        self._run.answered.connect(self._say_foot)
        self._run.applied.connect(self._applied)
        self._run.undone.connect(self._done.show_undone)
        self._run.failed.connect(self._failed)
        self.act(_("Choisir un fichier"), "Ctrl+O", self._choose, icon="folder-open")
        self._show_step(FILE)

    def arrive(self, path: Path | None = None, **route: Any) -> None:
        if path is not None:
            self._run.open(path)

    def ask(self, desk: Desk) -> bool:
        report = self._run.report
        return report is not None and undo.was_undone(desk, report.deed)

    def show_answer(self, undone: Any) -> None:
        if undone and self._step == DONE:
            self._done.show_undone()

    def first_focus(self) -> QWidget | None:
        return (self._file.choose, self._plan.first() or self._foot.back, self._done.people)[self._step]

    def step(self) -> int:
        return self._step

    def leave(self) -> None:
        self._run.leave()
        super().leave()

    def _choose(self) -> None:
        kinds = f"{_('Flux CAF ou MSA')} (*.xml);;{_('Tous les fichiers')} (*)"
        ask_to_open(self, _("Choisir le flux de la CAF ou de la MSA"), kinds, self._run.open)

    def _show_step(self, step: int) -> None:
        self._step = step
        for at, panel in enumerate(self._panels):
            panel.setVisible(at == step)
        self._foot.setVisible(step == PLAN)
        self._file.refuse("")
        self.retitle(_(self.title), self._of_what() if step == PLAN else "")
        if (first := self.first_focus()) is not None:
            first.setFocus()
        self.from_the_top()

    def _of_what(self) -> str:
        plan = self._run.plan
        if plan is None:
            return ""
        sort = _("flux mensuel") if plan.monthly else _("flux quotidien")
        day = _("situation au {day}").format(day=f"{plan.on:%d/%m/%Y}")
        return " · ".join((plan.name, sort, day, n_("{n} foyer", "{n} foyers", plan.households)))

    def _planned(self) -> None:
        if self._run.plan is not None:
            self._plan.show_plan(self._run.plan)
            self._say_foot()
            self._show_step(PLAN)
            self._foot.follow(self._plan)

    def _say_foot(self) -> None:
        writes = self._run.writes()
        self._foot.forward.setEnabled(bool(writes))
        self._foot.forward.say(
            n_("Mettre à jour {n} personne", "Mettre à jour {n} personnes", writes) if writes
            else _("Rien à mettre à jour")
        )  # fmt: skip

    def _applied(self) -> None:
        if self._run.report is not None:
            self._done.show_report(self._run.report)
            self._show_step(DONE)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, ImportCancelledError):
            self.room.notices.inform(sentence(error))
        elif isinstance(error, DeskError) and self._step == FILE:
            self._file.refuse(sentence(error))
        else:
            self.room.notices.tell_failure(error)


class _FileStep(Box):
    """What the flow does and never does, and the file to choose."""

    def __init__(self, choose: Any) -> None:
        super().__init__(upright=True, gap=12)
        self._why = Words("", Type.TEXT, "danger", weight=500)
        self._refused = Card(sort="danger", gap=10, padding=12, upright=False)
        self._refused.add(Icon("file-x", "danger", 20))
        self._refused.add(self._why, 1)
        self._refused.hide()
        self.choose = Button(_("Choisir un fichier…"), choose, look_="filled", icon="folder-open")
        said = (
            ("users", _("Seules les personnes accompagnées ici sont mises à jour\u00a0: état du RSA, dates, motif.")),
            ("eye-off", _("Les autres sont comptées, rien d’elles n’est gardé. Aucun numéro de sécurité sociale.")),
            ("shield-check", _("Tout est montré d’abord\u00a0: rien n’est écrit avant votre accord.")),
            ("undo-2", _("La mise à jour entière s’annule en une fois.")),
        )
        promises = column(*(row(Icon(icon, "ok", 18), Words(text), gap=10) for icon, text in said), gap=8)
        opening = Words(_("Choisissez le fichier XML reçu de la CAF ou de la MSA."), Type.SECTION)
        self.add(self._refused)
        self.add(Card(opening, promises, row(self.choose, None), gap=16, padding=24))
        self.add(None)

    def refuse(self, why: str) -> None:
        """Say why the file cannot be taken; nothing when it can."""
        self._why.say(why)
        self._refused.setVisible(bool(why))
        if why:
            self._why.setAccessibleName(why)
            self.choose.setFocus()


class _DoneStep(Box):
    """What was done, and the way back."""

    def __init__(self, undo_it: Any, people: Any, again: Any) -> None:
        super().__init__(upright=True, gap=12)
        self._icon = Icon("circle-check", "ok", 28)
        self._title, self._told, self._more = Words("", Type.SECTION), Words("", Type.TEXT), Words("", Type.TEXT)
        self.undo = Button(_("Annuler cette mise à jour"), undo_it, icon="undo-2")
        self.people = Button(_("Voir les personnes"), people, look_="filled", icon="users")
        again_ = Button(_("Lire un autre flux"), again, icon="file-up")
        self.add(Card(row(self._icon, self._title, gap=12), self._told, self._more,
                      row(self.people, again_, self.undo, None), gap=14, padding=24))  # fmt: skip
        self.add(None)

    def show_report(self, report: FlowReport) -> None:
        self._icon.show_icon("circle-check", "ok")
        self._title.say(_("Droits à jour au {day}").format(day=f"{report.on:%d/%m/%Y}"))
        self._told.say(f"{updated_words(report.updated)} · {others_words(report.others)}")
        more = []
        if report.waiting:
            more.append(n_("{n} doute est resté sans réponse\u00a0: rien n’a changé pour cette personne.",
                           "{n} doutes sont restés sans réponse\u00a0: rien n’a changé pour ces personnes.",
                           report.waiting))  # fmt: skip
        if report.bad:
            more.append(n_("{n} foyer n’a pas pu être lu.", "{n} foyers n’ont pas pu être lus.", report.bad))
        self._more.say(" ".join(more))
        self._more.setVisible(bool(more))
        self.undo.setEnabled(True)

    def show_undone(self) -> None:
        """Undone, here or by Ctrl+Z."""
        self._icon.show_icon("undo-2", "info")
        self._title.say(_("Mise à jour annulée"))
        self._told.say(_("Les droits sont comme avant. Ce qui a été écrit depuis à la main est resté."))
        self._more.hide()
        self.undo.setEnabled(False)
