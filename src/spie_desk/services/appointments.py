"""Appointments: the week, and whether she came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One appointment as the week shows it."""

    shown: Shown[Appointment]
    person_name: str

    @property
    def on(self) -> date | None:
        return self.shown.record.on


def mark(desk: Desk, shown: Shown[Appointment], status: str) -> Touched:
    """Record the presence: present, absent, excused, postponed, cancelled."""
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("appointment", replace(shown.record, status=status), shown=shown)
    return desk.store.touched()


def week(desk: Desk, day: date, *, mine: bool = True) -> list[AppointmentRow]:
    """The appointments of the week (Monday to Sunday) that holds ``day``, mine or everyone's, in order."""
    monday = day - timedelta(days=day.weekday())
    return between(desk, monday, monday + timedelta(days=6), mine=mine)


def between(desk: Desk, first: date, last: date, *, mine: bool = True) -> list[AppointmentRow]:
    found = desk.store.records.find("appointment", {"on": (">=", first)}, order=("on", "at"), limit=2000)
    rows = [one for one in found if one.record.on is not None and one.record.on <= last
            and (not mine or one.record.with_ in {b"", desk.me.id})]  # fmt: skip
    return [AppointmentRow(one, _name(desk, one.record.person)) for one in rows]


def unanswered(desk: Desk, today: date) -> list[AppointmentRow]:
    """Past appointments of mine whose presence nobody recorded, of the last 30 days."""
    rows = between(desk, today - timedelta(days=30), today - timedelta(days=1))
    return [row for row in rows if row.shown.record.status == "coming"]


def _name(desk: Desk, person: bytes) -> str:
    found = desk.store.records.get("person", person)
    return found.record.name if found else ""
