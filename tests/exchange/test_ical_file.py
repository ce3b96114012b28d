"""Appointments as iCalendar, read back: local hours with their zone, summer and winter, whole days, nobody's name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from spie_desk.domain.calendars import Meeting
from spie_desk.exchange.ical_file import ical_bytes, write_calendar
from spie_desk.exchange.put_down import FileThereError

NOW = datetime(2026, 12, 9, 14, 32, tzinfo=UTC)
WINTER = Meeting("a1", date(2026, 12, 9), "14:30", 45, "Rendez-vous")
SUMMER = Meeting("a2", date(2027, 7, 9), "09:00", 30, "A. B.", "Mairie ; salle 2, étage 1")
DAY = Meeting("a3", date(2027, 1, 4), "", 0, "Rendez-vous")


def test_hours_are_local_and_the_zone_travels_with_them() -> None:
    read = Calendar.from_ical(ical_bytes((WINTER, SUMMER, DAY), NOW))
    winter, summer, day = read.walk("VEVENT")
    assert winter.start.astimezone(UTC) == datetime(2026, 12, 9, 13, 30, tzinfo=UTC)
    assert summer.start.astimezone(UTC) == datetime(2027, 7, 9, 7, 0, tzinfo=UTC)
    assert winter.duration == timedelta(minutes=45)
    assert day.start == date(2027, 1, 4)
    assert [zone["TZID"] for zone in read.walk("VTIMEZONE")] == ["Europe/Paris"]
    assert {part.name for part in read.walk("VTIMEZONE")[0].subcomponents} == {"STANDARD", "DAYLIGHT"}


def test_signs_of_the_format_are_escaped_and_come_back() -> None:
    data = ical_bytes((SUMMER,), NOW)
    assert Calendar.from_ical(data).walk("VEVENT")[0]["LOCATION"] == "Mairie ; salle 2, étage 1"
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_an_empty_period_is_still_a_calendar(tmp_path: Path) -> None:
    write_calendar(tmp_path / "rdv.ics", (), NOW)
    assert Calendar.from_ical((tmp_path / "rdv.ics").read_bytes()).walk("VEVENT") == []
    with pytest.raises(FileThereError):
        write_calendar(tmp_path / "rdv.ics", (WINTER,), NOW)


def test_nothing_in_a_place_or_a_word_begins_a_line_of_its_own() -> None:
    hostile = "RDV\r\nATTENDEE:mailto:x@example.org\x85BEGIN:VALARM\x00\x0c\u2028END:VEVENT"
    made = ical_bytes(
        [Meeting("u", date(2026, 12, 9), "10:00", 30, hostile, hostile)], datetime(2026, 12, 1, tzinfo=UTC)
    )
    lines = made.decode().replace("\r\n ", "").splitlines()
    assert [one for one in lines if one.startswith(("ATTENDEE", "BEGIN:VALARM"))] == []
    assert lines.count("END:VEVENT") == 1
    assert not any(sign in made for sign in (b"\x00", b"\x0c", b"\xc2\x85"))
