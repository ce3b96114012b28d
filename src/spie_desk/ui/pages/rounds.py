"""« Maraudes » : the outreach rounds of the structure, the one under way, and the form that begins or ends one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.drafts import Draft, DraftState
from spie_desk.domain.errors import N_
from spie_desk.domain.records.outreach import Outreach
from spie_desk.domain.shown import Shown
from spie_desk.services import round_rows, rounds
from spie_desk.services.desk import Desk
from spie_desk.services.round_rows import RoundRow, Rounds
from spie_desk.texts import _, n_
from spie_desk.ui.models.days import short_day
from spie_desk.ui.models.leaving import ListWish, Ready
from spie_desk.ui.models.rows import Column, ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.panels.drafts_told import DRAFT
from spie_desk.ui.panels.paper import open_preview
from spie_desk.ui.panels.round_card import RoundCard, hours_said, met_said, notes_said
from spie_desk.ui.panels.round_form import FORM, RoundForm
from spie_desk.ui.theme import look
from spie_desk.ui.widgets.basics import Beside, Card, column
from spie_desk.ui.widgets.buttons import Button, IconButton
from spie_desk.ui.widgets.list_view import ListView


@dataclass(frozen=True, slots=True)
class Answer:
    found: Rounds
    draft: Draft | None
    ending: Outreach | None


def _spoken(row: RoundRow) -> str:
    record = row.shown.record
    day = short_day(record.on, _) if record.on else ""
    return ", ".join(part for part in (record.place, day, hours_said(record), ", ".join(row.team), met_said(record),
                                       notes_said(row)) if part)  # fmt: skip


ROUNDS = ListSpec(
    name="rounds", title=N_("Maraudes"), spoken=_spoken, key=lambda row: row.shown.record.id,
    empty=N_("Aucune maraude. «\u00a0Commencer une maraude\u00a0» (Ctrl+N) note le lieu, l’heure et l’équipe."),
    columns=(
        Column("on", N_("Date"), width=92,
               say=lambda row: short_day(row.shown.record.on, _) if row.shown.record.on else ""),
        Column("hours", N_("Heures"), width=112, say=lambda row: hours_said(row.shown.record),
               ink=lambda row: "accent" if row.is_open else "text"),
        Column("place", N_("Lieu"), stretch=True, say=lambda row: row.shown.record.place),
        Column("met", N_("Rencontres"), width=94, right=True,
               say=lambda row: "" if row.shown.record.met is None else str(row.shown.record.met)),
        Column("notes", N_("À rattacher"), width=94, right=True, say=lambda row: str(len(row.waiting) or "")),
    ),
)  # fmt: skip


class RoundsPage(Page):
    """Ctrl+N begins, Ctrl+Return ends the one under way; its notes are listed until each has its person."""

    title, touches = N_("Maraudes"), ("round", "note", "professional", DRAFT)

    def build(self) -> None:
        self._form: RoundForm | None = None
        self._answer: Answer | None = None
        self._wanted: bytes | None = None
        self._list = ListView(ROUNDS)
        self._card = RoundCard()
        self._side = column(self._card, None, gap=12)
        self._left = Card(self._list, padding=8)
        self.add(Beside(self._left, self._side, shares=(58, 42)), 1)
        self._card.hide()
        self._list.current_changed.connect(lambda _row: self._show_current())
        self._list.activated.connect(lambda _row: self._change())
        self._card.change_wished.connect(self._change)
        self._card.end_wished.connect(self._end_current)
        self._card.attach_wished.connect(lambda: self.go("unattached"))
        self._printing = self.at_end(IconButton("printer", _("Imprimer la liste (Ctrl+P)"), self._print, look_="icon"))
        self._leave = self.at_end(IconButton("file-down", _("Exporter… (Ctrl+Maj+E)"), self.room.export, look_="icon"))
        self._new = self.at_end(Button(_("Commencer une maraude"), self._begin, look_="filled", icon="footprints",
                                       tip=_("Ctrl N")))  # fmt: skip
        self.act(_("Commencer une maraude"), "Ctrl+N", self._begin, icon="footprints")
        self.act(_("Terminer la maraude en cours"), "Ctrl+Return", self._end, icon="check")
        self.act(_("Imprimer la liste des maraudes"), "Ctrl+P", self._print, icon="printer")

    def arrive(self, **route: Any) -> None:
        self._wanted = route.get("draft")

    def first_focus(self) -> QWidget | None:
        return self._list if self._form is None else None

    def ask(self, desk: Desk) -> Answer:
        found = round_rows.all_rounds(desk)
        drafts = [one for one in desk.store.drafts.all() if one.form == FORM and one.state is DraftState.OPEN]
        draft = next((one for one in drafts if self._wanted in {None, one.id}), None)
        row = _row(found.rows, found.under_way)
        ending = rounds.ended_now(desk, row.shown, row.signed + len(row.waiting)) if row is not None else None
        return Answer(found, draft, ending)

    def show_answer(self, answer: Answer) -> None:
        self._answer = answer
        self._list.show_rows(answer.found.rows)
        out = _row(answer.found.rows, answer.found.under_way)
        under = n_("{n} maraude", "{n} maraudes", len(answer.found.rows))
        if out is not None:
            where = out.shown.record.place or _("Sans lieu")
            under = _("En cours\u00a0: {place}, depuis {hour}").format(place=where, hour=out.shown.record.starts_at)
        self.retitle(_("Maraudes"), under)
        self._new.setVisible(out is None and self._form is None)
        for button in (self._printing, self._leave):
            button.setVisible(bool(answer.found.rows))
        self._show_current()
        if self._wanted is not None and answer.draft is not None and self._form is None:
            self._resume(answer.draft)
        self._wanted = None

    def to_export(self) -> ListWish:
        """The whole list, facts included; it names nobody who was met."""
        return ListWish(round_rows.TITLE, "", lambda desk, _addresses: Ready(round_rows.grid(desk)))

    def save(self) -> None:
        if self._form is not None:
            self._form.kept.keep_now()

    # ---- inside

    def _current(self) -> RoundRow | None:
        row: RoundRow | None = self._list.current() if self._list.rows() else None
        return row

    def _show_current(self) -> None:
        row = self._current()
        self._card.setVisible(row is not None and self._form is None)
        if row is not None and self._answer is not None:
            self._card.show_round(row, under_way=row.shown.record.id == self._answer.found.under_way)

    def _begin(self) -> None:
        """One at a time; what was typed of a round not begun is taken up again."""
        if self._answer is None or self._form is not None:
            return
        if self._answer.found.under_way is not None:
            self._end()
            return
        draft = self._answer.draft
        if draft is not None and draft.record not in {row.shown.record.id for row in self._answer.found.rows}:
            self._resume(draft)
        else:
            self._open(RoundForm(self, self._answer.found.fresh))

    def _resume(self, draft: Draft) -> None:
        if self._answer is None:
            return
        row = _row(self._answer.found.rows, draft.record)
        start: Outreach | Shown[Outreach] = self._answer.found.fresh if row is None else row.shown
        if isinstance(start, Outreach) and draft.record:
            start = Outreach(id=draft.record, on=start.on, starts_at=start.starts_at, place=start.place,
                             team=start.team)  # fmt: skip
        self._open(RoundForm(self, start, draft))

    def _end(self) -> None:
        """The round under way: its end is proposed, now, with as many people as there are notes."""
        if self._form is not None:
            self._form.save()
            return
        answer = self._answer
        row = _row(answer.found.rows, answer.found.under_way) if answer is not None else None
        if row is not None and answer is not None:
            self._open(RoundForm(self, row.shown, ending=answer.ending))

    def _end_current(self) -> None:
        row = self._current()
        if row is None or self._answer is None:
            return
        if row.shown.record.id == self._answer.found.under_way:
            self._end()
        else:
            self._change()

    def _change(self) -> None:
        if (row := self._current()) is not None and self._form is None:
            self._open(RoundForm(self, row.shown))

    def _open(self, form: RoundForm) -> None:
        self._form = form
        form.closed.connect(self._closed)
        self._card.hide()
        self._new.hide()
        self._side.lines.insertWidget(0, form)
        # in large text the form takes the page alone
        self._left.setVisible(not look().narrow)
        form.start()
        self.from_the_top()

    def _closed(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
            self._left.show()
        self._list.setFocus()
        # behind the draft, which is on its way to disk
        self.room.tasks.do(lambda _desk: None, then=lambda _none: self.refresh(), owner=self)

    def _print(self) -> None:
        def show(sheet: Any) -> None:
            open_preview(self, sheet)

        self.query(round_rows.sheet, show, "sheet")


def _row(rows: Sequence[RoundRow], record: bytes | None) -> RoundRow | None:
    return next((row for row in rows if row.shown.record.id == record), None)
