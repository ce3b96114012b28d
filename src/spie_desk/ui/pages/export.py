"""« Exporter » : a list in the clear, after its columns, its format and a reason; what leaves is said before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from spie_desk.domain.accesses import EXPORT_REASONS
from spie_desk.domain.errors import N_
from spie_desk.domain.grids import FORMATS, Grid
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.words import fold
from spie_desk.services import exports
from spie_desk.services.desk import Desk
from spie_desk.services.exports import Leaving
from spie_desk.texts import _, n_
from spie_desk.ui.models.leaving import ListWish, Ready, in_words
from spie_desk.ui.page import Page
from spie_desk.ui.panels.export_choices import ExportChoices
from spie_desk.ui.printing.preview import watermark
from spie_desk.ui.widgets.ask_file import ask_to_save
from spie_desk.ui.widgets.buttons import Button


def _mine(desk: Desk, addresses: bool) -> Ready:  # noqa: FBT001 — the answer to one tick
    found = exports.caseload(desk, PersonFilter(referent=desk.me.id), addresses=addresses)
    return Ready(found.grid, found.people, found.hidden)


MINE = ListWish(exports.CASELOAD, N_("Mes suivis"), _mine, exports.AT_FIRST)
"""What is exported when nothing else was wished."""


class ExportPage(Page):
    """Reached from a list by Ctrl+Shift+E; ``take`` says which one. Nothing is written before a reason is given."""

    title = N_("Exporter")

    def build(self) -> None:
        self._wish, self._ready = MINE, Ready(Grid("", (), ()))
        self._choices = self.add(ExportChoices(EXPORT_REASONS))
        self._choices.addresses_turned.connect(self.refresh)
        self._choices.changed.connect(self._allow)
        self._go = Button(_("Choisir où l’écrire…"), self._ask_where, look_="filled", icon="file-down")
        self._no = Button(_("Ne rien exporter"), self.back)
        self._calendar = Button(_("Pour un autre agenda (.ics)…"), self._to_calendar, look_="link", icon="arrow-right")
        self._calendar.hide()
        self._choices.foot(self._no, self._go, self._calendar)
        self.fill()
        self.act(_("Choisir où écrire l’export"), "Ctrl+Return", self._ask_where, icon="file-down")
        self.choose_file = ask_to_save
        """What asks where to write; a test answers in its place."""

    def bring(self, wish: ListWish) -> None:
        self._wish = wish
        self._choices.forget_columns()
        self.refresh()

    def ask(self, desk: Desk) -> tuple[ListWish, Ready]:
        return self._wish, self._wish.read(desk, self._choices.addresses())

    def show_answer(self, answer: tuple[ListWish, Ready]) -> None:
        wish, self._ready = answer
        if wish is not self._wish:
            return
        rows = n_("{n} ligne", "{n} lignes", len(self._ready.grid.rows))
        narrowed = _(wish.narrowed) if wish.narrowed else ""
        under = " · ".join(part for part in (rows, narrowed) if part)
        self.retitle(_("Exporter\u00a0: {list}").format(list=_(wish.title)), under)
        self._calendar.setVisible(bool(wish.calendar))
        self._choices.show_grid(self._ready.grid, wish.at_first, self._ready.hidden)
        self._allow()

    def _to_calendar(self) -> None:
        self.go("calendar-out", day=self._wish.calendar)

    def first_focus(self) -> QWidget | None:
        return self._choices.first()

    def _allow(self) -> None:
        lacks = self._choices.lacks()
        self._go.lacks(lacks or ("" if self._ready.grid.rows else _("au moins une ligne")))

    def _ask_where(self) -> None:
        if self._choices.lacks() or not self._ready.grid.rows:
            return
        form, today = self._choices.form(), self.room.today()
        mark = fold(watermark(self.room.home))
        slug = "-".join(fold(part).replace(" ", "-") for part in (mark, _(self._wish.title)) if part)
        kinds = f"{_(FORMATS[form]).split(' (')[0]} (*.{form})"
        self.choose_file(self, _("Où écrire l’export"), kinds, f"{slug}-{today.isoformat()}.{form}", self._write)

    def _write(self, path: Path) -> None:
        form, reason, wish = self._choices.form(), self._choices.reason(), self._wish
        picked = self._ready.grid.only(self._choices.columns())
        people, mark = self._ready.people, watermark(self.room.home)

        desk = self.room.tasks.desk
        if desk is None:
            return

        def write(_progress: object, _cancelled: object) -> None:
            leaving = Leaving(wish.title, reason, people, replace=path.exists())
            exports.write(desk, path, in_words(desk, picked, reason, narrowed=wish.narrowed, mark=mark), form, leaving)

        rows = n_("{n} ligne écrite", "{n} lignes écrites", len(picked.rows))
        said = _("{rows} dans «\u00a0{file}\u00a0». Ce fichier n’est plus protégé\u00a0: effacez-le dès que possible.")
        told = said.format(rows=rows, file=path.name)
        # off the writing thread: a workbook of fifty thousand lines must keep no note waiting
        self.room.tasks.long(write, _("Export"), lambda _none: self._written(told))

    def _written(self, told: str) -> None:
        self.room.notices.inform(told)
        if isValid(self):
            self.back()

    def place(self) -> dict[str, Any]:
        return {}
