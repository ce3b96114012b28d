"""« Suivi papier »: those followed on paper alone, by a number; begun, ended, counted, named nowhere."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.domain.records.paper import PaperFollowUp
from spie_desk.domain.shown import Shown
from spie_desk.services import paper
from spie_desk.services.desk import Desk
from spie_desk.services.paper import PaperPage
from spie_desk.texts import _, n_
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.panels.file_words import full_day
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Words, row
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.list_view import ListView


class PaperFollowUps(Page):
    """Routes here: ``paper(number="")``; the number is the one just given, to be written on the folder."""

    title, touches = N_("Suivi papier"), ("paper",)

    def build(self) -> None:
        self._number = ""
        self._today = self.room.today()
        self._new = self.at_end(Button(_("Nouveau suivi papier"), self._begin, look_="filled", icon="plus"))
        self.at_end(Button(_("Fermer"), self.back, tip=_("Échap")))
        self._given = Card(sort="ok", gap=4, padding=14)
        self._said = Words("", Type.SECTION)
        self._given.add(self._said)
        self._given.add(Words(_("Écrivez ce numéro sur la chemise. Rien ici ne dit de qui il s’agit."), Type.SECOND))
        self._given.hide()
        self.add(self._given)
        self.add(Words(_("Pour qui refuse le dossier informatique. Un numéro, sans nom\u00a0: il sert à compter cette "
                         "personne avec les autres, et à retrouver sa chemise."), Type.TEXT, "muted"))  # fmt: skip
        self.list = ListView(ListSpec(
            "papers", title=N_("Suivis papier"), shape="person", line=self._line, spoken=self._spoken,
            empty=N_("Aucun suivi papier. Il s’en ouvre un ici, ou depuis l’opposition d’une personne au dossier "
                     "informatique."),
            key=lambda one: one.record.id,
        ), fits=True)  # fmt: skip
        self._end = Button(_("Mettre fin à ce suivi"), self._finish, icon="door-closed")
        self.list.current_changed.connect(lambda _row: self._allow())
        self.add(Card(self.list, row(None, self._end)))
        self.fill()
        self.act(_("Fermer"), "Esc", self.back, icon="x")

    def arrive(self, number: str = "", **_more: Any) -> None:
        self._number = number

    def first_focus(self) -> QWidget | None:
        return self.list

    def ask(self, desk: Desk) -> PaperPage:
        return paper.page(desk)

    def show_answer(self, found: PaperPage) -> None:
        self._today = found.today
        self.retitle(_(self.title), n_("{n} suivi en cours", "{n} suivis en cours", found.going_on))
        self._said.say(_("Suivi papier n°\u00a0{number}").format(number=self._number))
        self._given.setVisible(bool(self._number))
        self.list.show_rows(found.found)
        self._allow()

    # ---- inside

    def _line(self, one: Shown[PaperFollowUp]) -> Line:
        record = one.record
        since = _("depuis le {day}").format(day=full_day(record.since)) if record.since else ""
        ended = _("a fini le {day}").format(day=full_day(record.until)) if record.until else ""
        return Line(_("n°\u00a0{number}").format(number=record.number), " · ".join(p for p in (since, ended) if p),
                    icon="folder", icon_role="muted" if record.until else "accent")  # fmt: skip

    def _spoken(self, one: Shown[PaperFollowUp]) -> str:
        line = self._line(one)
        return f"{line.title}, {line.second}"

    def _allow(self) -> None:
        one = self.list.current()
        self._end.setVisible(one is not None and one.record.until is None)

    def _begin(self) -> None:
        self.do(paper.begin, _("Suivi papier ouvert. Écrivez son numéro sur la chemise."))

    def _finish(self) -> None:
        one = self.list.current()
        if one is not None and one.record.until is None:
            self.do(lambda desk: paper.end(desk, one), _("Suivi papier terminé."))
