"""Appointments: the week, whether she came, and which ones fall on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from spie_desk.domain.errors import N_, WrongValueError
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import one_file, relays
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed

HELD = frozenset({"coming", "present"})
"""Statuses that take the time of those who meet: a cancelled appointment overlaps nothing."""
_USUAL = 30


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One appointment as the week shows it; ``relay_of`` is who is away, when I answer for it in a relay."""

    shown: Shown[Appointment]
    person_name: str
    relay_of: str = ""

    @property
    def on(self) -> date | None:
        return self.shown.record.on


def mark(desk: Desk, shown: Shown[Appointment], status: str) -> Touched:
    """Record the presence: present, absent, excused, postponed, cancelled."""
    refuse_too_early(replace(shown.record, status=status), desk.clock.now())
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("appointment", replace(shown.record, status=status), shown=shown)
    return desk.store.touched()


def refuse_too_early(one: Appointment, now: datetime) -> None:
    """Nobody has come, nor failed to come, to what is still ahead; she may have begged off already."""
    ahead = one.on is not None and one.on > now.date()
    later = one.on == now.date() and one.at > f"{now:%H:%M}"
    if (ahead and one.status in {"present", "absent"}) or (later and one.status == "absent"):
        why = N_("ce rendez-vous est encore à venir. Notez-le excusé, reporté ou annulé, ou attendez son heure.")
        raise WrongValueError(field=N_("Présence"), why=why)


def move(desk: Desk, shown: Shown[Appointment], on: date, at: str) -> Touched:
    """Another day or hour; one that was postponed is to come again."""
    moved = replace(shown.record, on=on, at=at, status="coming")
    moved.check()
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("appointment", moved, shown=shown)
    return desk.store.touched()


def week(desk: Desk, day: date, *, mine: bool = True) -> list[AppointmentRow]:
    """The appointments of the week (Monday to Sunday) that holds ``day``, mine or everyone's, in order."""
    monday = day - timedelta(days=day.weekday())
    return between(desk, monday, monday + timedelta(days=6), mine=mine)


def between(
    desk: Desk, first: date, last: date, *, mine: bool = True, statuses: Sequence[str] = ()
) -> list[AppointmentRow]:
    """Those days' appointments in order, of these statuses only if any is named; mine, and those of the files that I
    cover these days."""
    where: dict[str, object] = {"on": [first + timedelta(days=n) for n in range((last - first).days + 1)]}
    if statuses:
        where["status"] = list(statuses)
    found = desk.store.records.find("appointment", where, order=("on", "at"), limit=2000)
    covered = relays.covered(desk)
    away = {one.record.id: relay.absent for one in found
            if (relay := covered.of(one.record.person, one.record.with_, one.record.on)) is not None}  # fmt: skip
    rows = [one for one in found
            if not mine or one.record.with_ in {b"", desk.me.id} or one.record.id in away]  # fmt: skip
    names = one_file.names(desk, (one.record.person for one in rows))
    who = relays.names(desk, set(away.values()))
    return [AppointmentRow(one, names.get(one.record.person, ""), who.get(away.get(one.record.id, b""), ""))
            for one in rows]  # fmt: skip


def unanswered(desk: Desk, now: datetime) -> list[AppointmentRow]:
    """Appointments of mine that are over and whose presence nobody recorded, of the last 30 days, today's included."""
    rows = between(desk, now.date() - timedelta(days=30), now.date(), statuses=["coming"])
    return [row for row in rows if _is_over(row.shown.record, now)]


def _is_over(one: Appointment, now: datetime) -> bool:
    if one.on is None or one.on >= now.date():
        return one.on == now.date() and bool(one.at) and _span(one)[1] <= now.hour * 60 + now.minute
    return True


def overlapping(rows: Sequence[AppointmentRow]) -> dict[bytes, list[AppointmentRow]]:
    """For each appointment that shares its time with another of the same professional, those others."""
    found: dict[bytes, list[AppointmentRow]] = {}
    timed = [row for row in rows if row.shown.record.at and row.shown.record.status in HELD]
    for place, one in enumerate(timed):
        for other in timed[place + 1 :]:
            if _meet(one.shown.record, other.shown.record):
                found.setdefault(one.shown.record.id, []).append(other)
                found.setdefault(other.shown.record.id, []).append(one)
    return found


def _meet(one: Appointment, other: Appointment) -> bool:
    if one.on != other.on or one.with_ != other.with_:
        return False
    (start, end), (begin, stop) = _span(one), _span(other)
    return start < stop and begin < end


def _span(one: Appointment) -> tuple[int, int]:
    """Minutes of the day; without a duration it takes half an hour."""
    hours, _, minutes = one.at.partition(":")
    start = int(hours) * 60 + int(minutes or 0)
    return start, start + (one.minutes or _USUAL)
