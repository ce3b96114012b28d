"""« Revues » : every review planned or held, as a list and as a month, and the form of a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.drafts import Draft, DraftState
from spie_desk.domain.errors import N_
from spie_desk.domain.records.review import Review
from spie_desk.services import reviews
from spie_desk.services.desk import Desk
from spie_desk.services.reviews import ReviewRow
from spie_desk.texts import _
from spie_desk.ui.models.rows import Column, ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.panels.review_form import FORM, ReviewForm
from spie_desk.ui.panels.review_words import said_short, said_situations, said_when
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Beside, Card, Words, column
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.list_view import ListView
from spie_desk.ui.widgets.month import Month


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A row with its words already looked up."""

    row: ReviewRow
    sort: str
    status: str

    @property
    def review(self) -> Review:
        return self.row.shown.record


@dataclass(frozen=True, slots=True)
class Answer:
    lines: Sequence[ReviewLine]
    drafts: Sequence[Draft]


def _spoken(line: ReviewLine) -> str:
    parts = (line.sort, said_when(line.review), line.review.place, said_situations(line.row.situations), line.status)
    return ", ".join(part for part in parts if part)


REVIEWS = ListSpec(
    name="reviews", title=N_("Revues"), spoken=_spoken, key=lambda line: line.review.id,
    empty=N_(
        "Aucune revue. «\u00a0Nouvelle revue\u00a0» (Ctrl+N) en prévoit une\u00a0: date, lieu, sans aucun nom."
    ),
    columns=(
        Column("on", N_("Date"), width=176, say=lambda line: said_short(line.review)),
        Column("sort", N_("Type"), width=172, say=lambda line: line.sort),
        Column("place", N_("Lieu"), stretch=True, say=lambda line: line.review.place),
        Column("situations", N_("Situations"), width=92, right=True, say=lambda line: str(line.row.situations)),
        Column("status", N_("État"), width=86, say=lambda line: line.status,
               ink=lambda line: "muted" if line.review.status == "held" else "accent"),
    ),
)  # fmt: skip


class ReviewsPage(Page):
    """The list at the left; the month, or the form of a new review, at the right."""

    title, touches = N_("Revues"), ("review", "passage")

    def build(self) -> None:
        self._today: date = self.room.today()
        self._form: ReviewForm | None = None
        self._drafts: Sequence[Draft] = ()
        self._wanted: bytes | None = None
        self.new = self.at_end(Button(_("Nouvelle revue"), self._new, look_="filled", icon="plus", tip=_("Ctrl N")))
        self.list = ListView(REVIEWS)
        self.list.activated.connect(self._open)
        self.month = Month(self._today)
        self.month.chosen.connect(self._choose_day)
        self._month_card = Card(self.month, padding=12)
        told = Words(_("Une revue ne porte aucun nom. Les situations s’y ajoutent ensuite, chacune avec ses propres "
                       "lecteurs."), Type.SECOND)  # fmt: skip
        self._side = column(self._month_card, Card(told, sort="soft", padding=12), None, gap=12)
        self.add(Beside(Card(self.list, padding=8), self._side, shares=(66, 34)), 1)
        self.act(_("Nouvelle revue"), "Ctrl+N", self._new, icon="plus")
        self.act(_("Ouvrir la revue"), "", lambda: self._open(self.list.current()), icon="presentation")

    def arrive(self, **route: Any) -> None:
        self._wanted = route.get("draft")

    def first_focus(self) -> QWidget | None:
        return self.list

    def ask(self, desk: Desk) -> Answer:
        drafts = [one for one in desk.store.drafts.all() if one.form == FORM and one.state is DraftState.OPEN]
        return Answer(
            [ReviewLine(one, _(desk.lists.label("review_type", one.shown.record.sort)),
                        _(desk.lists.label("review_status", one.shown.record.status))) for one in reviews.rows(desk)],
            drafts,
        )  # fmt: skip

    def show_answer(self, answer: Any) -> None:
        self.list.show_rows(answer.lines)
        self.month.show_marks(Counter(line.review.on for line in answer.lines if line.review.on is not None))
        self._drafts = [one for one in answer.drafts if one.record not in {line.review.id for line in answer.lines}]
        self.new.say(_("Reprendre la nouvelle revue") if self._drafts else _("Nouvelle revue"))
        if self._wanted is not None and self._form is None:
            self._new()
        self._wanted = None

    def save(self) -> None:
        if self._form is not None:
            self._form.kept.keep_now()

    def _open(self, line: ReviewLine | None) -> None:
        if line is not None:
            self.go("review", review=line.review.id)

    def _choose_day(self, day: date) -> None:
        """A day with a review opens it; an empty one begins a review that day."""
        held = [line for line in self.list.rows() if line.review.on == day]
        if len(held) == 1:
            self._open(held[0])
        elif held:
            self.list.choose(held[0].review.id)
            self.list.setFocus()
        else:
            self._new(day)

    def _new(self, day: date | None = None) -> None:
        desk = self.room.tasks.desk
        if self._form is not None or desk is None:
            return
        draft = next((one for one in self._drafts if self._wanted in {None, one.id}), None)
        start = Review(id=(draft.record if draft else None) or desk.chance.id(), on=None)
        self._form = ReviewForm(self, start, draft, saved=lambda review: self.go("review", review=review))
        self._form.closed.connect(self._closed)
        self._month_card.hide()
        self._side.lines.insertWidget(0, self._form)
        if draft is None and day is not None:
            self._form.kept.form.put("on", day)
        self._form.start()

    def _closed(self) -> None:
        if self._form is not None:
            self._form.deleteLater()
            self._form = None
        self._month_card.show()
        self.list.setFocus()
        # behind the draft, which is on its way to disk
        self.room.tasks.do(lambda _desk: None, then=lambda _none: self.refresh(), owner=self)
