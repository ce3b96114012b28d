"""The day at a glance: the week above, what is to do at the left, what must not be forgotten at the right."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.domain.shown import Touched
from spie_desk.services import actions, appointments, deadlines, pieces, today
from spie_desk.services.appointments import AppointmentRow
from spie_desk.services.deadlines import RightEnding
from spie_desk.services.desk import Desk
from spie_desk.services.pieces import PiecesDue
from spie_desk.services.today import Task, Today
from spie_desk.texts import _, n_
from spie_desk.ui.models.days import long_day
from spie_desk.ui.models.rows import ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.panels import meetings
from spie_desk.ui.panels.attempt_menu import AttemptMenu
from spie_desk.ui.panels.day_groups import groups_of
from spie_desk.ui.panels.day_lists import DayLists
from spie_desk.ui.panels.day_rows import DayRow, DayWords, person_of
from spie_desk.ui.panels.day_side import DaySide, SideRow
from spie_desk.ui.panels.put_off import PutOff
from spie_desk.ui.widgets.basics import Beside
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.calendar import CalendarWeek

_A_DAY = 4
"""Appointments of one day that the strip shows; the agenda shows them all."""
_MINUTE_MS = 60_000


class TodayPage(Page):
    """Late, today, waiting; Space or Ctrl+Return does it, R puts it off, P, A and E answer a presence."""

    title = N_("Aujourd’hui")
    touches = ("person", "action", "appointment", "note", "piece", "right", "review", "passage", "relay", "draft")

    def build(self) -> None:
        words = self._words = DayWords(dict(self.room.sources.choices("right_scheme")), self.room.today)
        week = ListSpec(name="week", title=N_("Semaine"), spoken=meetings.spoken, key=meetings.key_of, empty="")
        self._today: Today | None = None
        self._week = self.add(CalendarWeek(week, self.room.today()))
        self._lists, self._side = DayLists(words), DaySide()
        self.add(Beside(self._lists, self._side, shares=(65, 35)), 1)
        self._put_off = PutOff(self, self.room.today)
        self._to_put_off: Task | RightEnding | PiecesDue | None = None
        self._wire()
        self.at_end(Button(_("Fin de journée"), lambda: self.go("day-end"), icon="moon", tip=_("Ctrl J")))
        self.at_end(Button(_("Nouvelle note"), lambda: self.go("note"), look_="filled", icon="notebook-pen"))
        self._register()
        self._midnight = QTimer(self, interval=_MINUTE_MS)
        self._midnight.timeout.connect(self._turn_page)
        self._midnight.start()

    def first_focus(self) -> QWidget:
        return self._lists.first()

    def ask(self, desk: Desk) -> tuple[Today, datetime]:
        return today.today(desk), desk.clock.now()

    def show_answer(self, answer: tuple[Today, datetime]) -> None:
        day, now = answer
        self._today = day
        said = n_("{n} personne accompagnée", "{n} personnes accompagnées", day.followed)
        to_do = n_("{n} chose à faire", "{n} choses à faire", day.to_do) if day.to_do else _("rien à faire")
        date_said = long_day(day.day, _)
        self.retitle(_("Aujourd’hui"), f"{date_said[0].upper()}{date_said[1:]} · {said}, {to_do}")
        monday, moment = meetings.monday_of(day.day), meetings.Moment(now)
        self._week.show_week(monday, meetings.slots_of(day.week, moment, _A_DAY), meetings.days_of(day.week, monday))
        due: list[DayRow] = [*day.unanswered, *day.due, *day.pieces]
        self._lists.show_rows({"late": [*day.late], "due": due, "waiting": [*day.waiting], "rights": [*day.rights]},
                              nobody=day.nobody)  # fmt: skip
        self._side.show_groups(groups_of(day, now, self._words), kit_due=day.kit_due)

    def _wire(self) -> None:
        self._week.activated.connect(self._open_meeting)
        self._week.day_wished.connect(lambda day: self.go("agenda", day=day.isoformat()))
        self._lists.opened.connect(self._open_row)
        self._lists.ticked.connect(self._finish)
        self._lists.postpone.connect(self._ask_when)
        self._lists.presence.connect(self._answer)
        self._lists.ending.connect(self._answer_end)
        self._lists.import_wished.connect(lambda: self.go("import"))
        self._lists.person_wished.connect(lambda: self.go("person-new"))
        self._side.opened.connect(self._open_side)
        self._side.whole.connect(self._open_whole)
        self._side.kit_wished.connect(lambda: self.go("settings"))
        self._put_off.chosen.connect(self._postpone)

    def _register(self) -> None:
        self.act(_("Nouvelle note"), "Ctrl+N", lambda: self.go("note"), icon="notebook-pen")
        self.act(_("Marquer comme fait"), "Ctrl+Return", lambda: self._finish(self._lists.current()), icon="check")
        self.act(_("Reporter"), "Ctrl+R", self._wish_to_postpone, icon="alarm-clock")
        self.act("", "R", self._wish_to_postpone)
        answers = (("P", "present", _("Présence")), ("A", "absent", _("Absence")),
                   ("E", "excused", _("Absence excusée")))  # fmt: skip
        for keys, status, words in answers:
            self.act(words, keys, lambda status=status: self._lists.answer(status), icon="user-round-check")  # type: ignore[misc]
        ends = (("N", "renew", _("Droit renouvelé")), ("S", "aside", _("Fin de droit sans objet")))
        for keys, answer, words in ends:
            self.act(words, keys, lambda answer=answer: self._answer_end(self._ending(), answer), icon="badge-check")  # type: ignore[misc]
        self._tries = AttemptMenu(self)
        self.act(_("Appelé, sans réponse…"), "Ctrl+T", self._note_attempt, icon="phone-missed")
        self.act(_("Revenir à la journée"), "Esc", self._escape, icon="sun")
        self.act(_("Nouvelle personne"), "Ctrl+Shift+P", lambda: self.go("person-new"), icon="user-plus")

    def _escape(self) -> None:
        """Out of what was opened last: the sheet that puts off, then the whole list."""
        if self._tries.isVisible():
            self._tries.close_it()
        elif self._put_off.isVisible():
            self._put_off.close_it()
        else:
            self._lists.show_day()

    def _note_attempt(self) -> None:
        """About whoever the current row is for: something to do, a silence, a right that ends."""
        row, beside = self._lists.current(), self._side.current()
        if row is not None:
            self._tries.open(person_of(row))
        elif beside is not None and isinstance(person := dict(beside.arguments).get("person"), bytes):
            self._tries.open(person)

    def _finish(self, row: DayRow | None) -> None:
        if isinstance(row, Task):
            self.do(lambda desk: actions.finish(desk, row.shown), _("Action faite."))
        elif isinstance(row, AppointmentRow):
            self._answer(row, "present")
        elif isinstance(row, PiecesDue) and len(row.all) == 1:
            self.do(lambda desk: pieces.receive(desk, row.all), _("Reçue\u00a0: {name}").format(
                name=row.shown.record.name))  # fmt: skip
        elif isinstance(row, PiecesDue):
            self._open_row(row)  # which of them came is said in the file

    def _open_row(self, row: DayRow) -> None:
        tab = "a-faire" if isinstance(row, PiecesDue) else "situation" if isinstance(row, RightEnding) else ""
        self.go("file", person=person_of(row), **({"tab": tab} if tab else {}))

    def _ending(self) -> DayRow | None:
        """The right under the keyboard, in its whole list or at the right of the day."""
        beside = self._side.current()
        if beside is None or self._today is None:
            return self._lists.current()
        return next((one for one in self._today.rights if one.shown.record.id == beside.id), None)

    def _wish_to_postpone(self) -> None:
        if self._side.current() is None:
            self._lists.wish_to_postpone()
        elif (row := self._ending()) is not None:
            self._ask_when(row, self._side.mapTo(self.window(), QPoint(0, self._side.height() // 3)))

    def _answer_end(self, row: DayRow | None, answer: str) -> None:
        if isinstance(row, RightEnding):
            what = self._words.what(row).split(" (")[0]
            deed, said = (deadlines.renew, _("{what}\u00a0: renouvelé pour {name}.")) if answer == "renew" else \
                (deadlines.set_aside, _("{what}, {name}\u00a0: sans suite à donner."))  # fmt: skip
            self.do(lambda desk: deed(desk, row), said.format(what=what, name=row.person_name))

    def _answer(self, row: DayRow, status: str) -> None:
        if isinstance(row, AppointmentRow):
            said = _("{name}\u00a0: {status}.").format(name=row.person_name, status=meetings.status_said(status))
            self.do(lambda desk: appointments.mark(desk, row.shown, status), said)

    def _ask_when(self, row: DayRow, under: QPoint) -> None:
        if isinstance(row, Task | RightEnding | PiecesDue):
            self._to_put_off = row
            self._put_off.open(self._words.what(row), self.mapFrom(self.window(), under))

    def _postpone(self, until: date) -> None:
        if (row := self._to_put_off) is not None:
            said = _("Reporté au {day}.").format(day=long_day(until, _))
            self.do(lambda desk: _put_off(desk, row, until), said)

    def _open_meeting(self, row: AppointmentRow | meetings.Rest) -> None:
        if isinstance(row, meetings.Rest):
            self.go("agenda", day=row.on.isoformat())
        else:
            self.go("file", person=row.shown.record.person)

    def _open_side(self, row: SideRow) -> None:
        self.go(row.route, **dict(row.arguments))

    def _open_whole(self, code: str) -> None:
        if code == "rights":
            self._lists.show_whole("rights")
        elif code == "silent":
            self.go("people", view="silent")
        else:
            self.go({"drafts": "work"}.get(code, code))

    def _turn_page(self) -> None:
        """Left open overnight, the page shows the new day."""
        if self._today is not None and self._today.day != self.room.today() and self.isVisible():
            self.refresh()


def _put_off(desk: Desk, row: Task | RightEnding | PiecesDue, until: date) -> Touched:
    if isinstance(row, RightEnding):
        return deadlines.postpone(desk, row, until)
    if isinstance(row, PiecesDue):
        return pieces.ask_again(desk, row.all, until)
    return actions.postpone(desk, row.shown, until)
