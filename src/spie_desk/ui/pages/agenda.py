"""The week of appointments: mine or everyone's, written, moved, answered and printed from the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.services import agenda, appointments, exports, sheets, work
from spie_desk.services.agenda import Opening, Week
from spie_desk.services.appointments import AppointmentRow
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.models.days import full_span
from spie_desk.ui.models.leaving import ListWish, Ready
from spie_desk.ui.models.rows import ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.panels import meetings
from spie_desk.ui.panels.drafts_told import tell_drafts
from spie_desk.ui.panels.meeting_card import ANSWERS, MeetingCard
from spie_desk.ui.panels.meeting_form import MeetingForm
from spie_desk.ui.panels.paper import enlarge, open_preview
from spie_desk.ui.panels.reminder_copy import copy_reminder
from spie_desk.ui.theme import look
from spie_desk.ui.widgets.basics import row
from spie_desk.ui.widgets.buttons import Button, FilterPill, IconButton, only_one
from spie_desk.ui.widgets.calendar import CalendarWeek


class AgendaPage(Page):
    """Arrows move in the week, Page Up and Down change it; Return changes the appointment or writes one."""

    title, touches = N_("Agenda"), ("appointment", "person", "relay")

    def build(self) -> None:
        self._day = self.room.today()
        self._shown: Week | None = None
        self._mine, self._wished = True, b""
        self._form: MeetingForm | None = None
        self._pills = (FilterPill(_("Mes rendez-vous"), lambda: self._whose(mine=True), on=True),
                       FilterPill(_("Tout le monde"), lambda: self._whose(mine=False)))  # fmt: skip
        only_one(*self._pills)
        before = IconButton("chevron-left", _("Semaine précédente"), lambda: self._turn(-7), look_="icon")
        after = IconButton("chevron-right", _("Semaine suivante"), lambda: self._turn(7), look_="icon")
        this = Button(_("Cette semaine"), self._this_week, look_="small")
        self._turns = self.add(row(before, this, after, None, *self._pills))
        spec = ListSpec(name="agenda", title=N_("Agenda"), spoken=self._spoken, key=meetings.key_of, empty="")
        self._week = self.add(CalendarWeek(spec, self._day, least=7))
        self._card = self.add(MeetingCard(), 1)
        self._week.moved.connect(lambda found: self._card.show_row(found, self._shown))
        self._week.activated.connect(lambda _row: self._change())
        self._week.day_wished.connect(self._new)
        self._card.marked.connect(self._mark)
        self._card.change.connect(self._change)
        self._card.file.connect(self._open_file)
        self._card.slip.connect(self._slip)
        self._card.large.connect(self._enlarge)
        self._card.reminder.connect(self._copy_reminder)
        self.at_end(Button(_("Exporter…"), self.room.export, icon="file-down", tip=_("Ctrl Maj E")))
        self.at_end(IconButton("handshake", _("Relais (Ctrl+0)"), lambda: self.go("relays"), look_="icon"))
        self.at_end(Button(_("Imprimer la semaine"), self._print, icon="printer"))
        self.at_end(Button(_("Nouveau rendez-vous"), self._new_here, look_="filled", icon="calendar-plus"))
        self._register()

    def arrive(self, **route: Any) -> None:
        if day := route.get("day"):
            self._day = date.fromisoformat(day)
        if draft := route.get("draft"):
            self.query(lambda desk: agenda.reopen(desk, draft), self._edit, "form")

    def first_focus(self) -> QWidget | None:
        return self._week if self._form is None else self.focusWidget()

    def ask(self, desk: Desk) -> Week:
        return agenda.of_week(desk, self._day, mine=self._mine)

    def show_answer(self, week: Week) -> None:
        other = self._shown is None or self._shown.monday != week.monday
        self._shown = week
        days = meetings.days_of(week.rows, week.monday)
        moment = meetings.Moment(week.now)
        slots = [meetings.slot_of(one, moment, week.overlaps) for one in week.rows]
        self._week.show_week(week.monday, slots, days)
        if self._wished:
            self._week.choose(self._wished)
            self._wished = b""
        elif other:
            self._week.choose_day(self._day)
        self._card.show_row(self._week.current(), week)
        self.retitle(_("Agenda"), full_span(week.monday, week.monday + timedelta(days=days - 1), _))

    def save(self) -> None:
        if self._form is not None:
            self._form.form.save_now()

    def place(self) -> dict[str, Any]:
        """Where a lock reopens it: that week, and the form on its draft."""
        found: dict[str, Any] = {"day": self._day.isoformat()}
        if self._form is not None and self._form.stored:
            found["draft"] = self._form.draft().id
        return found

    def _register(self) -> None:
        act: Callable[..., Any] = self.act
        act(_("Nouveau rendez-vous"), "Ctrl+N", self._new_here, icon="calendar-plus")
        act(_("Enregistrer le rendez-vous"), "Ctrl+Return", self._save, icon="check")
        act(_("Déplacer ou modifier le rendez-vous"), "F2", self._change, icon="calendar-clock")
        act(_("Ouvrir le dossier"), "Ctrl+O", self._open_file, icon="folder-open")
        act(_("Papier pour la personne"), "Ctrl+Shift+P", self._slip, icon="printer")
        act(_("Afficher le rendez-vous en grand"), "Ctrl+Shift+F", self._enlarge, icon="maximize-2")
        act(_("Copier le rappel"), "Ctrl+Shift+C", self._copy_reminder, icon="copy")
        act(_("Imprimer la semaine"), "Ctrl+P", self._print, icon="printer")
        act(_("Mes rendez-vous pour un autre agenda…"), "Ctrl+Shift+M", self._calendar_out, icon="calendar-days")
        act(_("Semaine précédente"), "PgUp", lambda: self._turn(-7), icon="chevron-left")
        act(_("Semaine suivante"), "PgDown", lambda: self._turn(7), icon="chevron-right")
        act(_("Cette semaine"), "Ctrl+T", self._this_week, icon="calendar-days")
        act(_("Mes rendez-vous"), "Alt+1", self._pills[0].click, icon="user-round")
        act(_("Rendez-vous de tout le monde"), "Alt+2", self._pills[1].click, icon="users")
        act(_("Fermer la saisie"), "Esc", self._close, icon="x")
        for code, key in ANSWERS:
            words = _("Rendez-vous\u00a0: {status}").format(status=meetings.status_said(code))
            act(words, key, partial(self._mark, code), icon="user-round-check")

    # ---- the week

    def _spoken(self, found: AppointmentRow) -> str:
        said = meetings.spoken(found)
        others = self._shown.overlaps.get(found.shown.record.id, ()) if self._shown is not None else ()
        names = ", ".join(one.person_name for one in others)
        return _("{said}, en même temps que {names}").format(said=said, names=names) if names else said

    def _turn(self, days: int) -> None:
        self._day += timedelta(days=days)
        self.refresh()

    def _this_week(self) -> None:
        self._day = self.room.today()
        self.refresh()

    def _whose(self, *, mine: bool) -> None:
        self._mine = mine
        self.refresh()

    def _current(self) -> AppointmentRow | None:
        found: AppointmentRow | None = self._week.current()
        return found if self._form is None else None

    def _mark(self, status: str) -> None:
        if (found := self._current()) is not None and found.shown.record.status != status:
            said = _("{name}\u00a0: {status}.").format(name=found.person_name, status=meetings.status_said(status))
            self.do(lambda desk: appointments.mark(desk, found.shown, status), said)

    def _open_file(self) -> None:
        if (found := self._current()) is not None:
            self.go("file", person=found.shown.record.person)

    # ---- the form

    def _new_here(self) -> None:
        self._new(self._week.day())

    def _new(self, day: date) -> None:
        if self._form is None:
            self.query(lambda desk: agenda.new(desk, day), self._edit, "form")

    def _change(self) -> None:
        if (found := self._current()) is not None:
            self.query(lambda desk: agenda.change(desk, found.shown), self._edit, "form")

    def _edit(self, opening: Opening) -> None:
        self._close()
        form = self._form = MeetingForm(opening, self.room.sources)
        form.to_save.connect(self._keep)
        form.saved.connect(self._write)
        form.closed.connect(self._close)
        form.thrown.connect(self._throw)
        self._card.hide()
        self._show_week(shown=not look().narrow)
        self.add(form, 1)
        form.first()

    def _keep(self) -> None:
        if (form := self._form) is not None:
            draft, first = form.draft(), not form.stored
            form.stored = True
            told = partial(tell_drafts, self.room.tasks) if first else None
            self.do(lambda desk: agenda.keep(desk, draft), then=told)

    def _save(self) -> None:
        if self._form is not None:
            self._form.save()

    def _write(self, record: Appointment) -> None:
        if (form := self._form) is None:
            return
        shown, draft = form.shown(), form.draft().id
        self._wished, self._day = record.id, record.on or self._day
        said = _("Rendez-vous enregistré.") if shown is None else _("Rendez-vous modifié.")
        self.do(lambda desk: agenda.save(desk, record, shown, draft), said, then=self._written, failed=self._refused)

    def _written(self) -> None:
        self._drop()
        self.refresh()

    def _refused(self, error: DeskError) -> bool:
        return self._form is not None and self._form.tell(error)

    def _throw(self) -> None:
        if (form := self._form) is not None:
            draft, tasks = form.draft().id, self.room.tasks
            self._drop()
            tasks.do(lambda desk: work.discard(desk, draft), then=lambda _done: tell_drafts(tasks))

    def _close(self) -> None:
        """What was typed stays a draft."""
        self.save()
        self._drop()

    def _drop(self) -> None:
        if (form := self._form) is not None:
            self._form = None
            form.hide()
            form.deleteLater()
            self._card.show()
            self._show_week(shown=True)
            self._week.setFocus()

    def _show_week(self, *, shown: bool) -> None:
        """At large text the form takes the page alone, and closing it comes back to the week."""
        self._turns.setVisible(shown)
        self._week.setVisible(shown)

    # ---- elsewhere

    def _calendar_out(self) -> None:
        self.go("calendar-out", day=self._day.isoformat())

    def to_export(self) -> ListWish | None:
        day, mine = self._day, self._mine
        narrowed = N_("Mes rendez-vous") if mine else N_("Tout le monde")

        def read(desk: Desk, _addresses: bool) -> Ready:  # noqa: FBT001 — the answer to one tick
            return Ready(exports.week_grid(desk, day, mine=mine))

        return ListWish(exports.CALENDAR, narrowed, read, calendar=day.isoformat())

    # ---- on paper

    def _print(self) -> None:
        day, mine = self._day, self._mine
        self.query(lambda desk: sheets.of_week(desk, day, mine=mine), self._preview, "sheet")

    def _slip(self) -> None:
        if (found := self._current()) is not None:
            self.query(lambda desk: sheets.of_appointment(desk, found.shown.record.id), self._preview, "sheet")

    def _enlarge(self) -> None:
        """The slip over the whole window, to be photographed when there is no printer."""
        if (found := self._current()) is not None:
            self.query(lambda desk: sheets.of_appointment(desk, found.shown.record.id), self._show_large, "large")

    def _show_large(self, sheet: Sheet | None) -> None:
        if sheet is not None:
            enlarge(self, sheet)

    def _copy_reminder(self) -> None:
        if (found := self._current()) is not None:
            copy_reminder(self, found.shown.record.id)

    def _preview(self, sheet: Sheet | None) -> None:
        open_preview(self, sheet)
