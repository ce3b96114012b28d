"""Rows as lists show them, and what may be asked of a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from spie_desk.domain.circles import Sort


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """What the list of people shows: all, mine, without référent…; ``words`` narrows it, as the search does."""

    words: str = ""
    referent: bytes | None = None
    member: bytes | None = None
    without_referent: bool = False
    silent_since: date | None = None
    commune: str = ""
    clashing: bool = False


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of people. ``late`` counts overdue actions, the oldest since ``late_since``;
    ``next_on``/``next_at`` are the next appointment, ``next_step`` the next thing to do. ``town`` is empty for an
    address not to be disclosed."""

    id: bytes
    name: str
    birth_year: int | None
    town: str
    number: str
    referent: bytes | None
    last_contact: date | None = None
    next_on: date | None = None
    next_at: str = ""
    late: int = 0
    clashes: int = 0
    late_since: date | None = None
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of the search: a person (with the birth year that tells her from a homonym), or a note of hers."""

    kind: str
    record: bytes
    person: bytes | None
    title: str
    excerpt: str = ""
    birth_year: int | None = None


@dataclass(frozen=True, slots=True)
class CircleView:
    """A circle founded on this desk; ``readers`` are professionals' ids where the circle names them."""

    id: bytes
    sort: Sort
    about: bytes | None
    readers: frozenset[bytes]


@dataclass(frozen=True, slots=True)
class DeedView:
    """One deed of this desk, for undo and for the history."""

    id: bytes
    kind: str
    label: str
    hlc: int
    undoable: bool
    changes: int


class Called(NamedTuple):
    """What a person is called, and born when; ``place`` is where the next page goes on."""

    place: int
    person: bytes
    last_name: str
    first_name: str
    birth_name: str
    nickname: str
    born_on: date | None
    birth_year: int | None


class Held(NamedTuple):
    """A number and whose it is."""

    place: int
    person: bytes
    value: str
