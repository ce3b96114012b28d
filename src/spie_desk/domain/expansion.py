"""When an abbreviation just typed stands for a phrase: what it is replaced by, and where it began."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_APART = " \t\u00a0\u202f\u2029\n(«\"'’-/…,;:"
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Expansion:
    """``start`` is where the abbreviation began in the text before the caret."""

    start: int
    key: str
    text: str


def expansion(before: str, phrases: Mapping[str, str]) -> Expansion | None:
    """The phrase that the last word of ``before`` abbreviates, with a capital when it had one.

    Capitals only (« RDV ») are left alone: that is how an acronym is written.
    """
    start = len(before)
    while start and before[start - 1] not in _APART:
        start -= 1
    typed = before[start:]
    if len(typed) < SHORTEST or (typed.isupper() and len(typed) > 1):
        return None
    text = phrases.get(typed.casefold())
    if text is None:
        return None
    return Expansion(start, typed, text[:1].upper() + text[1:] if typed[0].isupper() else text)
