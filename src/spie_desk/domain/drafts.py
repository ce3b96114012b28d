"""A draft: what was typed and not yet a record, with what was on screen when the form opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from spie_desk.domain.shown import Bases
from spie_sync.change import Value


class DraftState(StrEnum):
    OPEN = "open"
    """Being typed, or left aside: « Travail en cours »."""
    KEPT = "kept"
    """Written by « Noter vite » and closed without a person: « À rattacher »."""
    DISCARDED = "discarded"
    """Thrown away by its author: can be brought back for 30 days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """``values`` holds the changed registers only, in their canonical shape; ``cursor`` the caret's place in the
    field named ``focus``; ``form`` the form that reopens it; times are milliseconds since 1970, UTC."""

    id: bytes
    form: str
    kind: str
    record: bytes | None = None
    circle: bytes | None = None
    person: bytes | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    bases: Bases = field(default_factory=Bases)
    focus: str = ""
    cursor: int = 0
    state: DraftState = DraftState.OPEN
    opened_ms: int = 0
    touched_ms: int = 0
