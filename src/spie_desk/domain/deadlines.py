"""When a right or a domiciliation ends: from when one is told of it, and the period that follows."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from spie_desk.domain.records.around import Right
from spie_desk.domain.records.person import Person

SOON = timedelta(days=60)
"""How long before its end one is told of a right, unless another day was chosen."""
JUST_ENDED = timedelta(days=7)
"""How long what has ended is still told when nobody answered."""
_OVER = frozenset({"none", "refused", "ended", "rsa_refuse"})


def reminder_for(ends_on: date, today: date) -> date | None:
    """The day that is proposed when an end is typed: never one that has passed, none for a right that is over."""
    if ends_on < today:
        return None
    return max(ends_on - SOON, today)


def is_due(right: Right, today: date) -> bool:
    """Whether its end asks for something today."""
    if right.settled or right.status in _OVER:
        return False
    return told_on(right.ends_on, right.remind_on, today)


def is_domiciliation_due(person: Person, today: date) -> bool:
    ends = person.domiciled_until
    return ends is not None and told_on(ends, person.domiciled_remind, today)


def told_on(ends: date | None, remind: date | None, today: date) -> bool:
    """A reminder ahead keeps quiet until its day; one that was put off past the end is told whatever the end."""
    if remind is not None and remind > today:
        return False
    if ends is None:
        return remind is not None
    return (ends >= today - JUST_ENDED or (remind is not None and remind > ends)) and (
        remind is not None or ends <= today + SOON
    )


def next_period(starts: date | None, ends: date) -> tuple[date, date]:
    """The period of the same length that follows: whole months when it was made of whole months; a year when the
    start is not known."""
    begin = ends + timedelta(days=1)
    if starts is None:
        return begin, _months_on(begin, 12) - timedelta(days=1)
    months = (begin.year - starts.year) * 12 + begin.month - starts.month
    if months > 0 and begin.day == starts.day:
        return begin, _months_on(begin, months) - timedelta(days=1)
    return begin, begin + (ends - starts)


def a_year_on(day: date) -> date:
    return _months_on(day, 12)


def _months_on(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
