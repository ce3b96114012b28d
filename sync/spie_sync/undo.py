"""Undoing a deed: what to write back on each register where nothing newer stands, and what to leave alone.

Pure: the deed's changes, the heads as they are now and the values that the deed replaced are handed in; the answer
is a list of writes, to be made as one new deed. Undoing that deed in turn does the first again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from spie_sync.change import DELETED, Base, Change, Dot, Origin, Value, canonical


class Place(NamedTuple):
    """A register of a record of a circle."""

    circle: bytes
    record: bytes
    register: str


class Former(NamedTuple):
    """A value that the deed replaced, and who first wrote it, when."""

    value: Value
    origin: Origin


@dataclass(frozen=True, slots=True)
class WriteBack:
    """One change to write: values with their bases; ``origin`` names their first author and date."""

    circle: bytes
    kind: str
    record: bytes
    values: Mapping[str, Value]
    base: Mapping[str, Base]
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Undoing:
    """What an undo does.

    ``writes``: the former values, several heads of the same base where several were settled. ``blank``: registers
    that held nothing before, with their base: the caller writes the kind's empty value. ``withdrawn``: records
    (circle, kind, record) to be deleted, with ``seen``: those that the deed made and nobody touched since, and
    those that it had brought back.
    ``left``: places left alone because something newer stands there, or because the former value was erased.
    """

    writes: tuple[WriteBack, ...] = ()
    blank: Mapping[Place, Base] = field(default_factory=dict)
    withdrawn: tuple[tuple[bytes, str, bytes], ...] = ()
    left: frozenset[Place] = frozenset()


def first_origin(change: Change) -> Origin:
    """Who first wrote this change's values: itself, or whoever an earlier undo named."""
    return change.origin or Origin(change.person, change.hlc)


def undo(
    deed: Iterable[Change],
    present: Callable[[Place], Base],
    former: Callable[[bytes, Dot, str], Former | None],
    made: Callable[[bytes, bytes], bool],
    touched: Callable[[bytes, bytes], bool] = lambda circle, record: False,
) -> Undoing:
    """How to undo the changes of one deed.

    ``present`` gives a place's heads now; ``former`` the value a dot of a circle wrote in a register (None: erased,
    or not here); ``made`` whether a record (circle, record) began with this deed; ``touched`` whether such a
    record was worked on outside the deed since, in any register or in what hangs below it: it is then left whole.
    """
    places: dict[Place, list[Change]] = {}
    for change in deed:
        for register in change.registers:
            places.setdefault(Place(change.circle, change.record, register), []).append(change)
    free = {place: now for place, wrote in places.items() if (now := _undisturbed(present(place), wrote))}
    left = set(places) - set(free)
    new = {(place.circle, place.record) for place in places if made(place.circle, place.record)}
    kept = {(place.circle, place.record) for place in left} | {one for one in new if touched(*one)}
    left |= {place for place in free if (place.circle, place.record) in new & kept}
    gone = sorted({(p.circle, places[p][0].kind, p.record) for p in places if (p.circle, p.record) in new - kept})
    blank: dict[Place, Base] = {}
    writes = _Writes()
    for place, now in sorted(free.items(), key=lambda item: item[0]):
        if (place.circle, place.record) in new:
            continue
        values = _formers(place, places[place], former)
        if values is None:
            left.add(place)
        elif place.register == DELETED and all(one.value is True for one in values):
            # A deletion must carry what it has seen: taking a restoration back is deleting again.
            gone.append((place.circle, places[place][0].kind, place.record))
        elif values:
            writes.add(place, places[place][0].kind, values, now)
        else:
            blank[place] = now
    return Undoing(writes.done(), blank, tuple(gone), frozenset(left))


def _undisturbed(now: Base, wrote: Sequence[Change]) -> Base | None:
    """The heads, if the deed wrote them all: else someone wrote since, or apart, and it is hers to settle."""
    return now if now and now <= {change.dot for change in wrote} else None


def _formers(
    place: Place, wrote: Sequence[Change], former: Callable[[bytes, Dot, str], Former | None]
) -> list[Former] | None:
    """The distinct values that stood before, each under its first author; None if one of them is gone."""
    own = {change.dot for change in wrote}
    before = {dot for change in wrote for dot in change.base.get(place.register, ())} - own
    found = [former(place.circle, dot, place.register) for dot in sorted(before)]
    if place.register == DELETED and not before:
        first = min(wrote, key=lambda change: change.rank)
        return [Former(value=False, origin=first_origin(first))]
    by_text: dict[bytes, Former] = {}
    for one in found:
        if one is None:
            return None
        text = canonical(one.value)
        if text not in by_text or one.origin.hlc < by_text[text].origin.hlc:
            by_text[text] = one
    return list(by_text.values())


class _Writes:
    """Values gathered into as few changes as their origins allow."""

    def __init__(self) -> None:
        self._found: dict[tuple[bytes, bytes, Origin, int], WriteBack] = {}

    def add(self, place: Place, kind: str, values: Sequence[Former], base: Base) -> None:
        """Every value on the same base: none replaces another."""
        for value, origin in values:
            turn = 0
            while place.register in self._at(place, origin, turn, kind).values:
                turn += 1
            write = self._at(place, origin, turn, kind)
            self._found[place.circle, place.record, origin, turn] = WriteBack(
                place.circle, kind, place.record, {**write.values, place.register: value},
                {**write.base, place.register: base}, origin,
            )  # fmt: skip

    def _at(self, place: Place, origin: Origin, turn: int, kind: str) -> WriteBack:
        blank = WriteBack(place.circle, kind, place.record, {}, {}, origin)
        return self._found.get((place.circle, place.record, origin, turn), blank)

    def done(self) -> tuple[WriteBack, ...]:
        return tuple(self._found.values())
