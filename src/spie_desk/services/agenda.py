"""The week as the agenda shows it: appointments, which ones fall on another, and the form of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import NotHereError
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import records
from spie_desk.services.appointments import AppointmentRow, overlapping, refuse_too_early, week
from spie_desk.services.desk import Desk

FORM = "agenda"


@dataclass(frozen=True, slots=True)
class Week:
    """Monday, what is held that week, and for each appointment those it falls on."""

    monday: date
    now: datetime
    rows: Sequence[AppointmentRow]
    overlaps: Mapping[bytes, Sequence[AppointmentRow]]
    names: Mapping[bytes, str]
    """The professionals met with, by id; mine is « vous »’s to say."""
    me: bytes


@dataclass(frozen=True, slots=True)
class Opening:
    """A form of one appointment: what it starts from, and the draft that keeps what is typed."""

    draft: Draft
    start: Appointment | Shown[Appointment]
    person_name: str = ""


def of_week(desk: Desk, day: date, *, mine: bool) -> Week:
    rows = week(desk, day, mine=mine)
    with_ = list({row.shown.record.with_ for row in rows if row.shown.record.with_})
    known = desk.store.records.find("professional", {"id": with_}) if with_ else []
    names = {one.record.id: one.record.name for one in known}
    # who is met is at stake, also with those whose week is not shown
    everyone = rows if not mine else week(desk, day, mine=False)
    return Week(day - timedelta(days=day.weekday()), desk.clock.now(), rows, overlapping(everyone), names, desk.me.id)


def new(desk: Desk, on: date, at: str = "") -> Opening:
    """A form for a new appointment, with me, that day."""
    record = Appointment(id=desk.chance.id(), person=b"", on=on, at=at, with_=desk.me.id)
    return Opening(_draft(desk, record.id), record)


def change(desk: Desk, shown: Shown[Appointment]) -> Opening:
    person = desk.store.records.get("person", shown.record.person)
    draft = replace(_draft(desk, shown.record.id), person=shown.record.person, circle=shown.circle, bases=shown.bases)
    return Opening(draft, shown, person.record.name if person else "")


def reopen(desk: Desk, draft: bytes) -> Opening:
    """The form that a draft kept, on what was on screen when it opened."""
    kept = desk.store.drafts.get(draft)
    if kept is None or kept.record is None:
        raise NotHereError
    shown: Shown[Any] | None = desk.store.records.get("appointment", kept.record)
    if shown is None:
        fresh = Appointment(id=kept.record, person=kept.person or b"", on=None, with_=desk.me.id)
        return Opening(kept, fresh)
    person = desk.store.records.get("person", shown.record.person)
    return Opening(kept, replace(shown, bases=kept.bases), person.record.name if person else "")


def save(desk: Desk, record: Appointment, shown: Shown[Appointment] | None, draft: bytes) -> Touched:
    """Write it; one that is moved to another day or hour is to come again."""
    if shown is not None and (record.on, record.at) != (shown.record.on, shown.record.at):
        record = replace(record, status="coming")
    refuse_too_early(record, desk.clock.now())
    return records.save(desk, "appointment", record, shown, draft=draft, label=record.subject)


def keep(desk: Desk, draft: Draft) -> None:
    desk.store.drafts.save(replace(draft, touched_ms=_ms(desk)))


def _draft(desk: Desk, record: bytes) -> Draft:
    return Draft(id=desk.chance.id(), form=FORM, kind="appointment", record=record, opened_ms=_ms(desk))


def _ms(desk: Desk) -> int:
    return int(desk.clock.now().timestamp() * 1000)
