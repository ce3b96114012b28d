"""How a review is said: its day and hour, its situations, an age by bands; words only, no widget."""

from __future__ import annotations

from datetime import date

from spie_desk.domain.records.review import Review
from spie_desk.texts import _, n_
from spie_desk.ui.models.days import long_day, short_day


def said_when(review: Review) -> str:
    """« mardi 24 novembre 2026 à 14 h 30 »."""
    if review.on is None:
        return _("sans date")
    day = long_day(review.on, _)
    return _("{day} à {hour}").format(day=day, hour=said_hour(review.at)) if review.at else day


def said_short(review: Review) -> str:
    """« mar. 24 nov. 2026, 14 h 30 »."""
    if review.on is None:
        return _("sans date")
    day = f"{short_day(review.on, _)} {review.on.year}"
    return f"{day}, {said_hour(review.at)}" if review.at else day


def said_hour(at: str) -> str:
    """« 14 h 30 », « 9 h », kept on one line."""
    hours, _colon, minutes = at.partition(":")
    if not hours.isdecimal():
        return at
    return f"{int(hours)}\u00a0h" + (f"\u00a0{minutes}" if minutes not in {"", "00"} else "")


def said_situations(count: int) -> str:
    return n_("{n} situation", "{n} situations", count) if count else _("aucune situation")


def full_day(day: date) -> str:
    """« 24 nov. 2026 »."""
    return f"{short_day(day, _).split(' ', 1)[1]} {day.year}"


def age_band(age: int | None) -> str:
    """An age that points at nobody; « âge non dit » when it is unknown."""
    if age is None:
        return _("âge non dit")
    for most, band in _BANDS:
        if age <= most:
            return _("{band} ans").format(band=band)
    return _("plus de 65 ans")


_BANDS = ((17, "0–17"), (25, "18–25"), (35, "26–35"), (45, "36–45"), (55, "46–55"), (65, "56–65"))  # not words
