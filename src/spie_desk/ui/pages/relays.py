"""« Relais » : who answers for whom, now, soon and before; agreed, changed, ended early; the files that are covered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.drafts import Draft, DraftState
from spie_desk.domain.errors import N_
from spie_desk.services import relays
from spie_desk.services.desk import Desk
from spie_desk.services.relays import RelayRow, Relays
from spie_desk.texts import _, n_
from spie_desk.ui.models.days import short_day
from spie_desk.ui.models.rows import Column, ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.panels.drafts_told import DRAFT
from spie_desk.ui.panels.people_rows import side_spec
from spie_desk.ui.panels.relay_form import FORM, RelayForm
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Beside, Card, SectionTitle, Words, column, named
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView

STATES = {"now": N_("en cours"), "later": N_("à venir"), "over": N_("terminé")}
INKS = {"now": "accent", "later": "text", "over": "muted"}


@dataclass(frozen=True, slots=True)
class Answer:
    found: Relays
    draft: Draft | None


def _period(row: RelayRow) -> str:
    record = row.shown.record
    days = [short_day(day, _).split(" ", 1)[1] for day in (record.starts_on, record.ends_on) if day is not None]
    return " – ".join(days)


def _files(row: RelayRow) -> str:
    many = n_("{n} dossier", "{n} dossiers", row.files)
    return many if row.shown.record.people else _("tous ({many})").format(many=many)


def _spoken(row: RelayRow) -> str:
    said = _("{cover} répond pour {absent}").format(cover=row.cover, absent=row.absent)
    return ", ".join((said, _period(row), _files(row), _(STATES[row.state])))


RELAYS = ListSpec(
    name="relays", title=N_("Relais"), spoken=_spoken, key=lambda row: row.shown.record.id,
    empty=N_("Aucun relais. «\u00a0Nouveau relais\u00a0» (Ctrl+N) dit qui répond pendant une absence."),
    columns=(
        Column("absent", N_("Absence de"), stretch=True, say=lambda row: row.absent),
        Column("cover", N_("Qui répond"), stretch=True, say=lambda row: row.cover),
        Column("period", N_("Période"), width=158, say=_period),
        Column("state", N_("État"), width=92, say=lambda row: _(STATES[row.state]), ink=lambda row: INKS[row.state]),
    ),
)  # fmt: skip


class RelaysPage(Page):
    """The list at the left; the current relay and its files, or the form, at the right."""

    title, touches = N_("Relais"), ("relay", "professional", "person", DRAFT)

    def build(self) -> None:
        self._form: RelayForm | None = None
        self._answer: Answer | None = None
        self._wanted: bytes | None = None
        self._list = ListView(RELAYS)
        self._who = named(Words("", Type.SECTION), "relay-who")
        self._when = Words("", Type.SECOND, "muted")
        self._stop = Button(_("Terminer maintenant"), self._end, icon="circle-stop")
        self._change = Button(_("Modifier"), self._edit, icon="pencil")
        self._title = SectionTitle(_("Dossiers en relais"), icon="folder-open")
        self._people = ListView(replace(side_spec(self.room.today), name="relay-files"), fits=True)
        self._held = Card(self._title, self._people, gap=4, padding=12)
        self._about = column(Card(self._who, self._when, Flow(self._stop, self._change), gap=8), self._held, gap=12)
        self._side = column(self._about, None, gap=12)
        self._left = Card(self._list, padding=8)
        self.add(Beside(self._left, self._side, shares=(54, 46)), 1)
        self._about.hide()
        self._list.current_changed.connect(lambda _row: self._show_current())
        self._list.activated.connect(lambda _row: self._edit())
        self._people.activated.connect(lambda row: self.go("file", person=row.id))
        self._fresh = self.at_end(Button(_("Nouveau relais"), self._new, look_="filled", icon="handshake",
                                         tip=_("Ctrl N")))  # fmt: skip
        self.act(_("Nouveau relais"), "Ctrl+N", self._new, icon="handshake")
        self.act(_("Terminer ce relais maintenant"), "Ctrl+Shift+T", self._end, icon="circle-stop")

    def arrive(self, **route: Any) -> None:
        self._wanted = route.get("draft")

    def first_focus(self) -> QWidget | None:
        return self._list if self._form is None else None

    def ask(self, desk: Desk) -> Answer:
        drafts = [one for one in desk.store.drafts.all() if one.form == FORM and one.state is DraftState.OPEN]
        return Answer(relays.all_relays(desk), next((one for one in drafts if self._wanted in {None, one.id}), None))

    def show_answer(self, answer: Answer) -> None:
        self._answer = answer
        self._list.show_rows(answer.found.rows)
        now = sum(row.state == "now" for row in answer.found.rows)
        self.retitle(_("Relais"), n_("{n} relais en cours", "{n} relais en cours", now))
        self._show_current()
        if self._wanted is not None and answer.draft is not None and self._form is None:
            self._resume(answer.draft)
        self._wanted = None

    def save(self) -> None:
        if self._form is not None:
            self._form.kept.keep_now()

    # ---- inside

    def _current(self) -> RelayRow | None:
        row: RelayRow | None = self._list.current() if self._list.rows() else None
        return row

    def _show_current(self) -> None:
        row = self._current()
        self._about.setVisible(row is not None and self._form is None)
        if row is None or self._answer is None:
            return
        self._who.say(_("{cover} répond pour {absent}").format(cover=row.cover, absent=row.absent))
        said = (_period(row), _(STATES[row.state]), _files(row) if row.state != "over" else "")
        self._when.say(" · ".join(part for part in said if part))
        self._stop.setVisible(row.state != "over")
        files = self._answer.found.files.get(row.shown.record.id, ())
        self._title.show_count(len(files))
        self._people.show_rows(list(files))
        self._held.setVisible(bool(files))

    def _new(self) -> None:
        """What was typed of a relay not yet agreed is taken up again."""
        if self._answer is None or self._form is not None:
            return
        known = {row.shown.record.id for row in self._answer.found.rows}
        if self._answer.draft is not None and self._answer.draft.record not in known:
            self._resume(self._answer.draft)
        else:
            self._open(RelayForm(self, self._answer.found.fresh))

    def _resume(self, draft: Draft) -> None:
        if self._answer is None:
            return
        rows = self._answer.found.rows
        standing = next((row.shown for row in rows if row.shown.record.id == draft.record), None)
        fresh = replace(self._answer.found.fresh, id=draft.record or draft.id)
        self._open(RelayForm(self, standing or fresh, draft))

    def _edit(self) -> None:
        if (row := self._current()) is not None and self._form is None:
            self._open(RelayForm(self, row.shown))

    def _end(self) -> None:
        if (row := self._current()) is not None and row.state != "over" and self._form is None:
            self.do(lambda desk: relays.stop(desk, row.shown), _("Relais terminé."))

    def _open(self, form: RelayForm) -> None:
        self._form = form
        form.closed.connect(self._closed)
        self._about.hide()
        self._fresh.hide()
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
        self._fresh.show()
        self._list.setFocus()
        # behind the draft, which is on its way to disk
        self.room.tasks.do(lambda _desk: None, then=lambda _none: self.refresh(), owner=self)
