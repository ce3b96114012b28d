"""What a day is made of, row by row: things to do, presences to fill, rights that end; words only."""

from __future__ import annotations

from datetime import date

from spie_desk.domain.errors import N_
from spie_desk.domain.lists import Lists
from spie_desk.domain.records.review import Review
from spie_desk.services.appointments import AppointmentRow
from spie_desk.services.today import ReviewToPrepare, RightEnding, Task
from spie_desk.texts import _, n_
from spie_desk.ui.models.days import short_day
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.panels.meetings import ago

DayRow = Task | AppointmentRow | RightEnding


class DayWords:
    """Says rows as of one day, with the value lists' words."""

    def __init__(self, lists: Lists, today: date) -> None:
        self._lists, self.today = lists, today

    def line(self, row: DayRow) -> Line:
        when, role = self.when(row)
        ticked = None if isinstance(row, RightEnding) else False
        return Line(self.what(row), middle=row.person_name, badge=when, role=role, ticked=ticked, icon="badge-check")

    def spoken(self, row: DayRow) -> str:
        return _("{what}, pour {who}, {when}").format(what=self.what(row), who=row.person_name, when=self.when(row)[0])

    def what(self, row: DayRow) -> str:
        if isinstance(row, Task):
            return row.shown.record.what
        if isinstance(row, AppointmentRow):
            at = row.shown.record.at
            return _("Présence au rendez-vous de {hour}").format(hour=at) if at else _("Présence au rendez-vous")
        return _(self._lists.by_name["right_scheme"].label(row.shown.record.scheme))

    def when(self, row: DayRow) -> tuple[str, str]:
        """The third column and its role."""
        if isinstance(row, AppointmentRow):
            return (ago(row.on, self.today) if row.on else ""), "warn"
        if isinstance(row, RightEnding):
            return self._ends(row.shown.record.ends_on)
        due = row.shown.record.due_on
        if due is None:
            return _("sans date"), "muted"
        if row.late_days > 0:
            said = _("depuis {n} j") if row.waiting else _("Retard de {n} j")
            return said.format(n=row.late_days), "muted" if row.waiting else "danger"
        return (_("aujourd’hui"), "text") if due == self.today else (short_day(due, _), "muted")

    def _ends(self, ends: date | None) -> tuple[str, str]:
        if ends is None:
            return _("rappel"), "warn"
        if ends < self.today:
            return _("fini {day}").format(day=short_day(ends, _).split(" ", 1)[1]), "danger"
        return short_day(ends, _), "warn" if (ends - self.today).days <= 14 else "muted"

    def spec(self, name: str, title: str) -> ListSpec:
        """A list of such rows, in three fixed columns: what, for whom, when."""
        return ListSpec(name=name, title=title, shape="task", line=self.line, spoken=self.spoken, key=key_of,
                        empty=N_("Rien ici."))  # fmt: skip


def key_of(row: DayRow) -> bytes:
    return row.shown.record.id


def person_of(row: DayRow) -> bytes:
    return row.shown.record.person


def review_said(row: ReviewToPrepare) -> tuple[str, str]:
    """When, then what is still to do."""
    record: Review = row.shown.record
    when = short_day(record.on, _) if record.on else ""
    many = n_("{n} situation", "{n} situations", row.passages)
    if not row.without_question:
        return when, many
    return when, f"{many}, " + n_("{n} question à écrire", "{n} questions à écrire", row.without_question)
