"""Preparing a review: its situations in order, and for each the question, the information given, what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.services import reviews, sheets
from spie_desk.services.desk import Desk
from spie_desk.services.reviews import Meeting, Situation
from spie_desk.texts import _
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.panels.paper import open_preview
from spie_desk.ui.panels.passage_panel import PassagePanel, brief
from spie_desk.ui.panels.review_form import ReviewForm
from spie_desk.ui.panels.review_words import said_situations, said_when
from spie_desk.ui.widgets.basics import Card, EmptyState, column, row
from spie_desk.ui.widgets.buttons import Button, IconButton
from spie_desk.ui.widgets.list_and_file import ListAndFile
from spie_desk.ui.widgets.list_view import ListView
from spie_desk.ui.widgets.pick import PickField

OVER = ("held", "cancelled")
"""A review in one of these states is no longer held."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A situation and its rank on the agenda."""

    rank: int
    situation: Situation

    @property
    def id(self) -> bytes:
        return self.situation.passage.record.id


def _line(seat: Seat) -> Line:
    passage = seat.situation.passage.record
    done = passage.status == "done"
    return Line(f"{seat.rank}. {seat.situation.person_name or _('(pas sur ce poste)')}",
                passage.question or _("Question à écrire"), badge=_("Vu") if done else "", role="ok",
                icon="circle-check" if done else "user-round", icon_role="ok" if done else "muted")  # fmt: skip


AGENDA = ListSpec(
    name="agenda-of-review", title=N_("Situations"), shape="person", line=_line,
    spoken=lambda seat: _("Situation {n}, {who}. {question}").format(
        n=seat.rank, who=seat.situation.person_name or _("(pas sur ce poste)"),
        question=seat.situation.passage.record.question or _("Question à écrire")),
    empty=N_("Aucune situation. Cherchez une personne au-dessus pour l’ajouter."),
)  # fmt: skip


class ReviewPage(Page):
    """The agenda at the left, the chosen passage beside it."""

    title = N_("Préparer la revue")
    touches = ("review", "passage", "extract", "decision", "action", "membership", "professional")

    def build(self) -> None:
        self._review = b""
        self._meeting: Meeting | None = None
        self._panel: PassagePanel | None = None
        self._form: ReviewForm | None = None
        self._follow: bytes | None = None
        self._filling = False
        self.hold = Button(_("Tenir la revue"), self._hold, look_="filled", icon="presentation",
                           tip=_("Ctrl Maj Entrée"))  # fmt: skip
        self.minutes = Button(_("Compte rendu"), self._minutes, icon="file-text")
        agenda = Button(_("Ordre du jour"), self._agenda, icon="printer", tip=_("Ctrl P"))
        for button in (Button(_("Modifier la revue"), self._edit, icon="pencil"), agenda, self.minutes, self.hold):
            self.at_end(button)
        lookup = self.room.sources.lookups["person"]
        self.search = PickField(lookup, _("Ajouter une personne"), icon="user-plus", clears=True)
        self.search.setAccessibleName(_("Ajouter une personne à l’ordre du jour"))
        self.search.picked.connect(self._add)
        self.list = ListView(AGENDA)
        self.list.current_changed.connect(self._choose)
        up = IconButton("arrow-up", _("Avancer dans l’ordre (Alt+Haut)"), lambda: self._move(-1))
        down = IconButton("arrow-down", _("Reculer dans l’ordre (Alt+Bas)"), lambda: self._move(1))
        out = Button(_("Retirer"), self._remove, look_="small", icon="x", tip=_("Retirer de l’ordre du jour"))
        self._left = Card(self.search, gap=8, padding=8)
        self._left.add(self.list, 1)
        self._left.add(row(up, down, None, out))
        self._right = column(gap=0)
        self._nothing = EmptyState(_("Ajoutez une personne\u00a0: sa question, son information et ce qui sera montré "
                                     "s’écrivent ici."), "users-round")  # fmt: skip
        self._right.add(self._nothing, 1)
        self.split = self.add(ListAndFile(self._left, self._right), 1)
        self.list.activated.connect(lambda _seat: self._enter())
        self._shortcuts()

    def _shortcuts(self) -> None:
        self.act(_("Avancer dans l’ordre"), "Alt+Up", lambda: self._move(-1), icon="arrow-up")
        self.act(_("Reculer dans l’ordre"), "Alt+Down", lambda: self._move(1), icon="arrow-down")
        self.act(_("Enregistrer le passage"), "Ctrl+Return", self._save_panel, icon="check")
        self.act(_("Imprimer l’ordre du jour"), "Ctrl+P", self._agenda, icon="printer")
        self.act(_("Imprimer le compte rendu"), "", self._minutes, icon="file-text")
        self.act(_("Tenir la revue"), "Ctrl+Shift+Return", self._hold, icon="presentation")
        self.act(_("Modifier la revue"), "", self._edit, icon="pencil")
        self.act(_("Retirer de l’ordre du jour"), "", self._remove, icon="x")

    # ---- the four verbs

    def arrive(self, **route: Any) -> None:
        self._review = route["review"]
        self._follow = route.get("passage")

    def first_focus(self) -> QWidget | None:
        return self.list if self.list.rows() else self.search

    def ask(self, desk: Desk) -> tuple[Meeting | None, str]:
        found = reviews.meeting(desk, self._review)
        return found, _(desk.lists.label("review_type", found.review.record.sort)) if found else ""

    def show_answer(self, answer: Any) -> None:
        self._meeting, sort = answer
        if self._meeting is None:
            self.room.notices.warn(_("Cette revue n’est pas (encore) ici."))
            self.back()
            return
        review = self._meeting.review.record
        told = (said_when(review), review.place, said_situations(len(self._meeting.situations)))
        self.retitle(sort, " · ".join(part for part in told if part))
        self.hold.setEnabled(bool(self._meeting.situations))
        self.hold.setVisible(review.status not in OVER)
        self.minutes.setVisible(any(one.passage.record.status == "done" for one in self._meeting.situations))
        seats = [Seat(rank, one) for rank, one in enumerate(self._meeting.situations, start=1)]
        self._filling = True
        self.list.show_rows(seats)
        if self._follow is not None and self.list.choose(self._follow):
            self._follow = None
        self._filling = False
        self._choose(self.list.current())

    def save(self) -> None:
        for kept in (self._panel, self._form):
            if kept is not None:
                kept.kept.keep_now()

    # ---- the passage beside

    def _leaves(self, seat: Seat) -> bool:
        panel = self._panel
        return panel is not None and panel.situation.passage.record.id != seat.id and panel.is_touched()

    def _choose(self, seat: Seat | None) -> None:
        if self._filling:
            return
        if seat is None:
            self._show_panel(None)
        elif self._leaves(seat):
            # what is typed in the one that goes is written first; if it cannot be read, the list goes back to it
            if self._panel is not None and not self._panel.save():
                self.list.choose(self._panel.situation.passage.record.id)
        else:
            situation = seat.situation
            self.query(lambda desk: brief(desk, situation), self._told, about="passage")

    def _told(self, told: Any) -> None:
        seat = self.list.current()
        if seat is None or told.situation.passage.record.id != seat.id:
            return
        if self._panel is not None and self._panel.situation.passage.record.id == seat.id:
            self._panel.tell(told)
            return
        panel = PassagePanel(self, told)
        panel.saved.connect(self._panel_saved)
        self._show_panel(panel)

    def _show_panel(self, panel: PassagePanel | None) -> None:
        if self._panel is not None:
            self._panel.kept.keep_now()
            self._panel.hide()
            self._panel.deleteLater()
        self._panel = panel
        self._nothing.setVisible(panel is None and not self.list.rows())
        if panel is not None:
            self._right.add(panel, 1)

    def _panel_saved(self) -> None:
        """Its form was on what stood before: another opens on what stands now."""
        self._show_panel(None)
        self.refresh()

    def _enter(self) -> None:
        self.split.open_file()
        if self._panel is not None:
            self._panel.kept.form.focus_field("question")

    def _save_panel(self) -> None:
        if self._form is not None:
            self._form.save()
        elif self._panel is not None:
            self._panel.save()

    # ---- deeds

    def _add(self) -> None:
        person, review = self.search.value(), self._review
        self.search.show_value(None)
        if person is None:
            return
        self.do(lambda desk: reviews.add_passage(desk, review, person), _("Situation ajoutée à l’ordre du jour."))

    def _move(self, by: int) -> None:
        seat = self.list.current()
        if seat is None or self._meeting is None or not 0 < seat.rank + by <= len(self.list.rows()):
            return
        agenda, passage = [one.passage for one in self._meeting.situations], seat.id
        self.do(lambda desk: reviews.move(desk, agenda, passage, by), _("Ordre changé."))

    def _remove(self) -> None:
        if (seat := self.list.current()) is None:
            return
        shown = seat.situation.passage
        self._show_panel(None)
        self.do(lambda desk: reviews.remove_passage(desk, shown),
                _("Retirée de l’ordre du jour. Son dossier garde tout."))  # fmt: skip

    def _hold(self) -> None:
        if self._meeting is None or not self._meeting.situations:
            return
        if self._meeting.review.record.status in OVER:
            self.room.notices.inform(_("Cette revue n’est plus à tenir\u00a0: elle est close ou annulée."))
            return
        self._then(lambda: self.go("meeting", review=self._review))

    def _then(self, step: Callable[[], object]) -> None:
        """What is typed is written first."""
        if self._panel is not None:
            self._panel.save(step)
        else:
            step()

    def _edit(self) -> None:
        if self._meeting is None or self._form is not None:
            return
        self._form = ReviewForm(self, self._meeting.review)
        self._form.closed.connect(self._edited)
        self.split.hide()
        self.add(self._form)
        self._form.start()

    def _edited(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
        self.split.show()
        self.list.setFocus()
        self.refresh()

    # ---- paper

    def _agenda(self) -> None:
        review = self._review
        self._then(lambda: self.query(lambda desk: sheets.of_agenda(desk, review), self._preview, about="agenda"))

    def _minutes(self) -> None:
        review, seat = self._review, self.list.current()
        rank = seat.rank if seat is not None else 1
        self._then(lambda: self.query(lambda desk: _of_rank(sheets.of_minutes(desk, review), rank), self._preview,
                                      about="minutes"))  # fmt: skip

    def _preview(self, sheet: Any) -> None:
        if sheet is None:
            self.room.notices.inform(_("Le dossier de cette situation n’est pas (encore) ici\u00a0: rien à imprimer."))
            return
        open_preview(self, sheet)


def _of_rank(found: Sequence[Sheet], rank: int) -> Sheet | None:
    """The minutes of one situation alone: a sheet never speaks of another."""
    return next((sheet for sheet in found if sheet.name.endswith(f"-{rank}")), None)


