"""Which circle a record is born into: the sorts of circles, and the wish a kind makes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """The sorts of circles; a file is several of them with one person at the centre."""

    PERSONAL = "personal"
    STRUCTURE = "structure"
    SOCLE = "socle"
    RIGHTS = "droits"
    SITUATION = "situation"
    RESERVED = "reserve"
    OWN = "ma-structure"
    PASSAGE = "passage"
    WARNING = "preoccupante"


OF_A_FILE = (Sort.SOCLE, Sort.RIGHTS, Sort.SITUATION, Sort.RESERVED, Sort.OWN)
"""The volets of a file, widest first."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The circle a new record asks for: found if it exists, founded when first used.

    ``about`` is the id of the person (volets of a file) or of the passage; ``readers`` (réservé, information
    préoccupante) are professionals' ids: one circle per distinct set, never widened afterwards.
    """

    sort: Sort
    about: bytes | None = None
    readers: frozenset[bytes] = frozenset()


def socle(person: bytes) -> Wish:
    return Wish(Sort.SOCLE, person)


def rights(person: bytes) -> Wish:
    return Wish(Sort.RIGHTS, person)


def situation(person: bytes) -> Wish:
    return Wish(Sort.SITUATION, person)


def reserved(person: bytes, readers: frozenset[bytes]) -> Wish:
    return Wish(Sort.RESERVED, person, readers)


def own(person: bytes) -> Wish:
    """« Ma structure »: the file's members of my structure, computed, and its safe."""
    return Wish(Sort.OWN, person)


def passage(passage_id: bytes) -> Wish:
    return Wish(Sort.PASSAGE, passage_id)


PERSONAL = Wish(Sort.PERSONAL)
STRUCTURE = Wish(Sort.STRUCTURE)
