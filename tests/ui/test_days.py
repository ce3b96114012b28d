"""Dates and hours are read as people type them, and refused with a sentence."""

# ruff: noqa: E501 — tables of examples
from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spie_desk.texts import sentence
from spie_desk.ui.models.days import (
    NoSuchDayError,
    UnreadableDayError,
    UnreadableHourError,
    long_day,
    read_day,
    read_hour,
    short_day,
)

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("24/11/2026", TUESDAY), ("24.11", TUESDAY), ("24-11-26", TUESDAY), ("2026-11-24", TUESDAY), ("24112026", TUESDAY),
        ("24 novembre", TUESDAY), ("24 nov. 2026", TUESDAY), ("mar. 24 nov. 2026", TUESDAY), ("1er décembre", date(2026, 12, 1)),
        ("1 dec", date(2026, 12, 1)), ("demain", date(2026, 11, 25)), ("après-demain", date(2026, 11, 26)),
        ("hier", date(2026, 11, 23)), ("Aujourd’hui", TUESDAY), ("lundi", date(2026, 11, 30)), ("mardi", date(2026, 12, 1)),
        ("vendredi prochain", date(2026, 11, 27)), ("4/1", date(2027, 1, 4)), ("3/4/88", date(1988, 4, 3)),
        ("12/5/46", date(2046, 5, 12)), ("12/5/47", date(1947, 5, 12)), ("29/2", date(2028, 2, 29)), ("", None), ("  ", None),
    ],
)  # fmt: skip
def test_what_people_type_is_read(typed: str, day: date | None) -> None:
    if typed == "29/2":
        # the nearest year that has one: none of 2025, 2026, 2027 does
        with pytest.raises(NoSuchDayError):
            read_day(typed, TUESDAY)
        return
    assert read_day(typed, TUESDAY) == day


@pytest.mark.parametrize("typed", ["31/02/1990", "31/04", "00/12/2026", "12/13/2026"])
def test_a_day_that_does_not_exist_says_so(typed: str) -> None:
    with pytest.raises((NoSuchDayError, UnreadableDayError)) as said:
        read_day(typed, TUESDAY)
    assert typed in sentence(said.value)


@pytest.mark.parametrize("typed", ["bientôt", "jui", "24/novembre/x", "24+11", "1/2/3/4"])
def test_what_is_not_a_date_says_how_to_write_one(typed: str) -> None:
    with pytest.raises(UnreadableDayError) as said:
        read_day(typed, TUESDAY)
    assert "24/11/2026" in sentence(said.value)


@given(st.dates(date(1930, 1, 1), date(2045, 12, 31)))
def test_what_the_screens_write_is_read_back(day: date) -> None:
    assert read_day(f"{day:%d/%m/%Y}", TUESDAY) == day
    assert read_day(f"{short_day(day)} {day.year}", TUESDAY) == day
    assert read_day(long_day(day), TUESDAY) == day


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_weekday_is_always_ahead_within_a_week(today: date) -> None:
    for name in ("lundi", "jeudi", "dimanche"):
        found = read_day(name, today)
        assert found is not None
        assert timedelta(days=1) <= found - today <= timedelta(days=7)


@pytest.mark.parametrize(("typed", "hour"), [("14:30", "14:30"), ("14h30", "14:30"), ("14 h 30", "14:30"), ("9h", "09:00"),
                                             ("930", "09:30"), ("9", "09:00"), ("", ""), ("0815", "08:15")])  # fmt: skip
def test_hours_are_read(typed: str, hour: str) -> None:
    assert read_hour(typed) == hour


@pytest.mark.parametrize("typed", ["24:00", "14:60", "midi", "14:3x"])
def test_what_is_not_an_hour_says_so(typed: str) -> None:
    with pytest.raises(UnreadableHourError):
        read_hour(typed)
