"""Appointments as an iCalendar file, with the time zone that they are said in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from spie_desk.domain.calendars import Meeting
from spie_desk.exchange.put_down import put_down

ZONE = "Europe/Paris"
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def write_calendar(path: Path, entries: Sequence[Meeting], made_at: datetime, *, replace: bool = False) -> None:
    put_down(path, ical_bytes(entries, made_at), replace=replace)


def ical_bytes(entries: Sequence[Meeting], made_at: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//SPIE Desk//FR")
    calendar.add("version", "2.0")
    for entry in entries:
        calendar.add_component(_event(entry, made_at.astimezone(UTC)))
    years = [entry.on.year for entry in entries] or [made_at.year]
    calendar.add_missing_timezones(first_date=date(min(years), 1, 1), last_date=date(max(years) + 1, 12, 31))
    return bytes(calendar.to_ical())


def _event(entry: Meeting, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@spie-desk")
    event.add("dtstamp", made_at)
    event.add("summary", _one_line(entry.summary))
    event.add("class", "PRIVATE")
    if entry.at:
        starts = datetime.combine(entry.on, time.fromisoformat(entry.at), ZoneInfo(ZONE))
        event.add("dtstart", starts)
        event.add("duration", timedelta(minutes=max(entry.minutes, 1)))
    else:
        event.add("dtstart", entry.on)
    if entry.place:
        event.add("location", _one_line(entry.place))
    if entry.cancelled:
        event.add("status", "CANCELLED")
    return event


def _one_line(text: str) -> str:
    """No sign that a calendar could take for the end of a line."""
    return _BREAKS.sub(" ", text).strip()
