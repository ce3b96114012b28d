"""A record as it was shown: its value, and the dots that were on screen, to be handed back when it is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from spie_sync.change import Base, Dot, Value

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Bases:
    """For each register, the dots of the values on screen: ``sole`` unless ``listed`` says otherwise.

    Empty for a record not yet written. Kept in drafts as JSON.
    """

    sole: Dot | None = None
    listed: Mapping[str, Base] = field(default_factory=dict)

    def of(self, register: str) -> Base:
        if register in self.listed:
            return self.listed[register]
        return frozenset() if self.sole is None else frozenset({self.sole})

    def to_value(self) -> Value:
        return {
            "sole": None if self.sole is None else [self.sole.desk.hex(), self.sole.n],
            "listed": {
                name: [[dot.desk.hex(), dot.n] for dot in sorted(dots)] for name, dots in self.listed.items()
            },
        }

    @classmethod
    def from_value(cls, value: Any) -> Bases:
        sole = value.get("sole")
        return cls(
            None if sole is None else Dot(bytes.fromhex(sole[0]), sole[1]),
            {
                name: frozenset(Dot(bytes.fromhex(desk), n) for desk, n in dots)
                for name, dots in value.get("listed", {}).items()
            },
        )


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who and when: professional's id, hybrid logical clock (ms << 16 | counter), and what sort of deed."""

    person: bytes
    hlc: int
    deed: bytes
    deed_kind: str

    @property
    def ms(self) -> int:
        """Milliseconds since 1970, UTC."""
        return self.hlc >> 16


@dataclass(frozen=True, slots=True)
class Shown(Generic[R]):
    """A record, where it lives, and what was on screen. ``erased`` names registers whose value is gone for good."""

    record: R
    kind: str
    circle: bytes
    bases: Bases
    first: Stamp
    last: Stamp
    clashing: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    erased: frozenset[str] = frozenset()
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One value of one register in its history, or one head of a clash."""

    dot: Dot
    register: str
    value: Value
    stamp: Stamp
    erased_by: Stamp | None = None
    is_head: bool = False
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """A register with several distinct values, a once-written one with others beside it, a contested deletion, or
    one identifier held by two people.

    ``sort`` is "values", "beside", "deleted" or "equal". ``versions`` are the heads, the shown one first; for
    "deleted" the heads of the withdrawal. ``before`` are the values they all replaced, when known; for "deleted"
    what was changed without being seen by it. ``others`` and ``people`` (for "equal"): the other records that hold
    the same value, and whose they are, in the same order; ``versions`` gives this record's value, then theirs.
    ``complete`` is False while changes that a head names have not arrived: the question may still settle itself.
    """

    kind: str
    record: bytes
    circle: bytes
    register: str
    sort: str
    title: str
    person: bytes | None
    versions: tuple[Version, ...]
    before: tuple[Version, ...] = ()
    bases: Bases = field(default_factory=Bases)
    others: tuple[bytes, ...] = ()
    people: tuple[bytes | None, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Touched:
    """What a deed changed: all a screen needs to know to ask again, and all an undo needs."""

    deed: bytes = b""
    kinds: frozenset[str] = frozenset()
    records: frozenset[bytes] = frozenset()
    people: frozenset[bytes] = frozenset()
    undoable: bool = True

    def touches(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The records (circle, id) of a deed that were withdrawn together, and whether they are all that it changed."""

    gone: frozenset[tuple[bytes, bytes]]
    everything: bool
