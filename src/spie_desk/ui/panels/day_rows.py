"""What a day is made of, row by row: things to do, presences to fill, rights that end; words only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from spie_desk.domain.errors import N_
from spie_desk.domain.records.review import Review
from spie_desk.services.appointments import AppointmentRow
from spie_desk.services.deadlines import RightEnding
from spie_desk.services.pieces import PiecesDue
from spie_desk.services.today import ReviewToPrepare, Task
from spie_desk.texts import _, n_
from spie_desk.ui.models.days import short_day
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.panels.meetings import ago

DayRow = Task | AppointmentRow | RightEnding | PiecesDue


class DayWords:
    """Says rows as of today; ``rights`` gives the words of the value list of rights."""

    def __init__(self, rights: Mapping[str, str], today: Callable[[], date]) -> None:
        self._rights, self._today = rights, today

    @property
    def today(self) -> date:
        return self._today()

    def line(self, row: DayRow) -> Line:
        when, role = self.when(row)
        pieces = isinstance(row, PiecesDue)
        ticked = None if isinstance(row, RightEnding) or (isinstance(row, PiecesDue) and len(row.all) > 1) else False
        what = self.what(row) + self.relay(row)
        return Line(what, middle=row.person_name, badge=when, role=role, ticked=ticked,
                    icon="file-check" if pieces else "badge-check")  # fmt: skip

    def spoken(self, row: DayRow) -> str:
        what = self.what(row) + self.relay(row)
        return _("{what}, pour {who}, {when}").format(what=what, who=row.person_name, when=self.when(row)[0])

    @staticmethod
    def relay(row: DayRow) -> str:
        """« · relais de K. Benali », or nothing; short, for it stands after what is to do."""
        away = row.relay_of if isinstance(row, Task | AppointmentRow) else ""
        first, _space, last = away.partition(" ")
        short = f"{first[:1]}.\u00a0{last}" if last else first
        return " · " + _("relais de {name}").format(name=short) if away else ""

    def what(self, row: DayRow) -> str:
        if isinstance(row, Task):
            return row.shown.record.what
        if isinstance(row, AppointmentRow):
            at = row.shown.record.at
            return _("Présence au rendez-vous de {hour}").format(hour=at) if at else _("Présence au rendez-vous")
        if isinstance(row, PiecesDue):
            return pieces_said(row)
        if row.is_domiciliation:
            return _("Domiciliation")
        scheme = row.shown.record.scheme
        return self._rights.get(scheme, scheme)

    def when(self, row: DayRow) -> tuple[str, str]:
        """The third column and its role."""
        if isinstance(row, AppointmentRow):
            return (ago(row.on, self.today) if row.on else ""), "warn"
        if isinstance(row, RightEnding):
            return self._ends(row.ends_on)
        if isinstance(row, PiecesDue):
            return _("à rappeler"), "warn"
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
            return _("fini le {day}").format(day=_day_and_month(ends)), "danger"
        return _("le {day}").format(day=_day_and_month(ends)), "warn" if (ends - self.today).days <= 14 else "muted"

    def spec(self, name: str, title: str) -> ListSpec:
        """A list of such rows, in three fixed columns: what, for whom, when."""
        return ListSpec(name=name, title=title, shape="task", line=self.line, spoken=self.spoken, key=key_of,
                        empty=N_("Rien ici."))  # fmt: skip


def pieces_said(row: PiecesDue) -> str:
    """« Pièces : RIB, avis d’imposition et 2 autres »."""
    names = [one.record.name for one in row.all]
    said = ", ".join(names[:2])
    rest = n_("et {n} autre", "et {n} autres", len(names) - 2) if len(names) > 2 else ""
    words = _("Pièce\u00a0: {names}") if len(names) == 1 else _("Pièces\u00a0: {names}")
    return f"{words.format(names=said)} {rest}".strip()


def _day_and_month(day: date) -> str:
    return short_day(day, _).split(" ", 1)[1]


def key_of(row: DayRow) -> bytes:
    return row.shown.record.id


def person_of(row: DayRow) -> bytes:
    return row.person if isinstance(row, RightEnding) else row.shown.record.person


def review_said(row: ReviewToPrepare) -> tuple[str, str]:
    """When, then what is still to do."""
    record: Review = row.shown.record
    when = short_day(record.on, _) if record.on else ""
    many = n_("{n} situation", "{n} situations", row.passages)
    if not row.without_question:
        return when, many
    return when, f"{many}, " + n_("{n} question à écrire", "{n} questions à écrire", row.without_question)
