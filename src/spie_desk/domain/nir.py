"""The guard against the NIR (social security number): found by its shape and its key, so that other numbers pass."""

from __future__ import annotations

import re
from typing import Any

from spie_desk.domain.errors import N_, WrongValueError
from spie_desk.domain.record import Kind

_SEPARATOR = r"[ .\-\u00a0\u202f]?"
_SHAPE = re.compile(
    r"(?<![0-9A-Za-z])"
    + _SEPARATOR.join(
        (r"(?P<sex>[1-478])", r"(?P<year>\d\d)", r"(?P<month>\d\d)", r"(?P<county>\d\d|2[ABab])", r"(?P<town>\d{3})",
         r"(?P<rank>\d{3})")
    )
    + rf"(?:{_SEPARATOR}(?P<key>\d\d))?(?![0-9A-Za-z])"
)  # fmt: skip

WHY = N_("c’est un numéro de sécurité sociale, il n’a pas sa place ici.")

TAKEN_OUT = "[numéro retiré]"
"""What stands where a NIR stood: said, never kept."""


def key_of(thirteen: str) -> int:
    """The key of a 13-sign NIR: 97 minus the rest; Corsica counts 2A as 19 and 2B as 18."""
    digits = thirteen.upper().replace("2A", "19").replace("2B", "18")
    return 97 - int(digits) % 97


def is_nir(text: str) -> bool:
    """True when the whole text is a NIR, with or without its key."""
    found = _SHAPE.fullmatch(text.strip())
    return found is not None and _holds(found)


def find_nirs(text: str) -> list[tuple[int, int]]:
    """Where NIRs stand in a text: (start, end) pairs."""
    return [found.span() for found in _SHAPE.finditer(text) if _holds(found)]


def without_nirs(text: str) -> str:
    """The text with every NIR taken out."""
    return _SHAPE.sub(lambda found: TAKEN_OUT if _holds(found) else found[0], text)


def refuse(kind: Kind, record: Any) -> None:
    """WrongValueError for a text of the record that holds a NIR with its right key: beyond doubt. One without its key
    could be another number: where a person writes at length, she is asked."""
    for item in kind.fields:
        value = getattr(record, item.name)
        if isinstance(value, str) and any(found["key"] and _holds(found) for found in _SHAPE.finditer(value)):
            raise WrongValueError(field=item.trait.label, why=WHY)


def _holds(found: re.Match[str]) -> bool:
    thirteen = "".join(found[part] for part in ("sex", "year", "month", "county", "town", "rank"))
    if found["key"] is not None:
        return int(found["key"]) == key_of(thirteen)
    # Without its key only the shape can tell: a month (20–42 and 50–99 stand for unknown ones) and a county.
    month = int(found["month"])
    plausible = 1 <= month <= 12 or 20 <= month <= 42 or month >= 50
    return plausible and found["county"] != "00" and found["rank"] != "000"
