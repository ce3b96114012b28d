"""How an appointment is said in a week: hour, name, presence by icon; words and slots only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from spie_desk.domain.errors import N_
from spie_desk.services.appointments import AppointmentRow
from spie_desk.texts import _, n_
from spie_desk.ui.models.days import long_day, short_day
from spie_desk.ui.widgets.calendar import Slot

STATUSES = {
    "coming": (N_("à venir"), "", "muted"),
    "present": (N_("présence"), "check", "ok"),
    "absent": (N_("absence"), "x", "danger"),
    "excused": (N_("absence excusée"), "message-square-text", "muted"),
    "postponed": (N_("reporté"), "calendar-clock", "muted"),
    "cancelled": (N_("annulé"), "ban", "muted"),
}
"""For each presence: its word, and the icon that carries it in a week."""

_LAST = "\u2007"
"""In place of an hour: sorts after every hour, shows nothing."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The appointments of a day that a short week has no room for."""

    on: date
    count: int


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, as the week needs it."""

    now: datetime

    def is_past(self, row: AppointmentRow) -> bool:
        on, at = row.on, row.shown.record.at
        return on is not None and (on < self.now.date() or (on == self.now.date() and at < f"{self.now:%H:%M}"))


def status_said(code: str) -> str:
    return _(STATUSES[code][0]) if code in STATUSES else code


def spoken(row: AppointmentRow | Rest) -> str:
    """« 14:00 Nadia Khelifi, présence »."""
    if isinstance(row, Rest):
        return n_("et {n} autre rendez-vous", "et {n} autres rendez-vous", row.count)
    record = row.shown.record
    relay = _("relais de {name}").format(name=row.relay_of) if row.relay_of else ""
    return ", ".join(part for part in (f"{record.at} {row.person_name}".strip(), record.subject, record.place,
                                       status_said(record.status), relay) if part)  # fmt: skip


def key_of(row: AppointmentRow | Rest) -> object:
    return row if isinstance(row, Rest) else row.shown.record.id


def slot_of(row: AppointmentRow, moment: Moment, clashing: Collection[bytes] = ()) -> Slot:
    """One line of the week: a presence that is missing asks, an overlap warns, the next one today is pointed at."""
    record, past = row.shown.record, moment.is_past(row)
    _word, icon, role = STATUSES.get(record.status, ("", "", "muted"))
    if record.status == "coming" and past:
        icon, role = "circle-help", "warn"
    elif record.id in clashing:
        icon, role = "triangle-alert", "warn"
    elif row.relay_of and not icon:
        icon, role = "handshake", "info"
    on = record.on or date.min
    return Slot(row, on, record.at, row.person_name or record.subject, icon, role, past)


def slots_of(rows: Sequence[AppointmentRow], moment: Moment, most: int = 0) -> list[Slot]:
    """The slots of a week; with ``most``, a fuller day keeps what is still to come and says how many others."""
    found = []
    for on in sorted({row.on for row in rows if row.on is not None}):
        day = [row for row in rows if row.on == on]
        cut = len(day) > most > 0
        ahead = [row for row in day if not moment.is_past(row)]
        kept = (ahead if len(ahead) >= most - 1 else day[-(most - 1) :])[: most - 1] if cut else day
        found += [slot_of(row, moment) for row in kept]
        if cut:
            rest = Rest(on, len(day) - len(kept))
            found.append(Slot(rest, on, _LAST, n_("… et {n} autre", "… et {n} autres", rest.count)))
    return found


def days_of(rows: Sequence[AppointmentRow], monday: date) -> int:
    """Five days, six or seven when the end of the week holds something."""
    last = max(((row.on - monday).days for row in rows if row.on is not None), default=0)
    return max(5, min(7, last + 1))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def when_said(row: AppointmentRow) -> str:
    """« mardi 24 novembre 2026 à 14:00 »."""
    record = row.shown.record
    day = long_day(record.on, _) if record.on is not None else ""
    return _("{day} à {hour}").format(day=day, hour=record.at) if record.at else day


def ago(day: date, today: date) -> str:
    """« aujourd’hui », « hier », « lun. 23 nov. »."""
    return {0: _("aujourd’hui"), 1: _("hier")}.get((today - day).days, short_day(day, _))
