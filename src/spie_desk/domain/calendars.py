"""One appointment as a calendar outside the software may hold it: when, how long, and words that name nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Meeting:
    """``uid`` stays the same from one export to the next, and cannot be led back to the record. ``at`` is HH:MM, local
    time of mainland France; empty for a whole day."""

    uid: str
    on: date
    at: str
    minutes: int
    summary: str
    place: str = ""
    cancelled: bool = False
