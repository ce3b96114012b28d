"""« Travail en cours »: every draft of any form, taken up again where it was, and what was thrown away lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.services import work
from spie_desk.services.desk import Desk
from spie_desk.services.work import WorkRow
from spie_desk.texts import _
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.panels.draft_words import form_said, reopen, since, words_said
from spie_desk.ui.panels.drafts_told import DRAFT, tell_drafts
from spie_desk.ui.widgets.basics import Card, SectionTitle, row
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.list_view import ListView


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft and the zone its hours are said in."""

    row: WorkRow
    zone: tzinfo | None


_NAMELESS = frozenset({"person-new", "review", "concern"})


def _title(one: Kept) -> str:
    """« Note · Amina Belkacem »; what has no person yet says so."""
    who = one.row.person_name or ("" if one.row.draft.form in _NAMELESS else _("sans personne"))
    return " · ".join(part for part in (form_said(one.row.draft), who) if part)


def _badge(one: Kept) -> str:
    return " · ".join(part for part in (words_said(one.row.words), since(one.row.draft, one.zone)) if part)


def _spoken(one: Kept) -> str:
    return ", ".join(part for part in (_title(one), one.row.opening, _badge(one)) if part)


def _line(one: Kept) -> Line:
    icon = "file-text" if one.row.draft.form == "note" else "pencil-line"
    return Line(_title(one), second=one.row.opening, badge=_badge(one), icon=icon)


OPEN = ListSpec(
    name="open-drafts", title=N_("Saisies en cours"), shape="person", line=_line, spoken=_spoken,
    empty=N_("Aucune saisie n’attend. Une note fermée sans être signée reviendra ici."),
    key=lambda one: one.row.draft.id,
)  # fmt: skip
GONE = ListSpec(
    name="discarded-drafts", title=N_("Jeté depuis moins de 30 jours"), shape="person", line=_line, spoken=_spoken,
    empty=N_("Rien n’a été jeté depuis 30 jours."), key=lambda one: one.row.draft.id,
)  # fmt: skip


class WorkPage(Page):
    """Two lists: Enter takes up again, Suppr throws away, « Récupérer » brings back."""

    title = N_("Travail en cours")
    touches = (DRAFT, "note", "person", "action")

    def build(self) -> None:
        self._open, self._gone = ListView(OPEN, fits=True), ListView(GONE, fits=True)
        self._resume = Button(_("Reprendre"), self._take_up, icon="pen-line")
        self._throw = Button(_("Jeter"), self._discard, icon="trash-2")
        self._back = Button(_("Récupérer"), self._bring_back, icon="undo-2")
        self.add(Card(self._open, row(None, self._throw, self._resume)))
        self._thrown = Card(SectionTitle(_("Jeté depuis moins de 30 jours"), icon="trash-2"), self._gone,
                            row(None, self._back))  # fmt: skip
        self.add(self._thrown)
        self.fill()
        self._open.activated.connect(lambda _kept: self._take_up())
        self._gone.activated.connect(lambda _kept: self._bring_back())
        self.act(_("Reprendre la saisie"), "", self._take_up, icon="pen-line")
        self.act(_("Jeter la saisie"), "Del", self._discard, icon="trash-2")

    def ask(self, desk: Desk) -> tuple[Sequence[Kept], Sequence[Kept]]:
        zone = desk.clock.now().tzinfo
        waiting, gone = work.rows(desk, work.drafts(desk)), work.rows(desk, work.discarded(desk))
        return [Kept(one, zone) for one in waiting], [Kept(one, zone) for one in gone]

    def show_answer(self, answer: tuple[Sequence[Kept], Sequence[Kept]]) -> None:
        waiting, gone = answer
        self._open.show_rows(waiting)
        self._gone.show_rows(gone)
        for button, rows in ((self._resume, waiting), (self._throw, waiting), (self._back, gone)):
            button.setVisible(bool(rows))
        self._thrown.setVisible(bool(gone))

    def first_focus(self) -> QWidget | None:
        return self._open

    def _take_up(self) -> None:
        line = self._open.current()
        if line is not None:
            route, arguments = reopen(line.row)
            self.go(route, **arguments)

    def _discard(self) -> None:
        line = self._open.current()
        if line is not None:
            draft = line.row.draft.id
            self.do(lambda desk: work.discard(desk, draft), _("Saisie jetée. Elle se récupère ici pendant 30 jours."),
                    then=self._told)  # fmt: skip

    def _bring_back(self) -> None:
        line = self._gone.current()
        if line is not None:
            draft = line.row.draft.id
            self.do(lambda desk: work.bring_back(desk, draft), _("Saisie récupérée."), then=self._told)

    def _told(self) -> None:
        tell_drafts(self.room.tasks)
