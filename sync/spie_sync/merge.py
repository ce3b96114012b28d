"""What a set of changes means: heads, the value shown, clashes, deletions, erasures; pure functions of the set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from spie_sync.change import DELETED, EVERY_REGISTER, Base, Change, Dot, Value, canonical


class Standing(Enum):
    """Whether a record stands, is withdrawn, or was changed by someone its withdrawal had not seen."""

    STANDS = "stands"
    DELETED = "deleted"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class Once:
    """A register written once: what stays shown, and every other head, to be settled by a person."""

    shown: Base
    beside: Base


def heads(changes: Iterable[Change]) -> dict[str, Base]:
    """Register → dots of the values that no one has seen replaced, for the changes of one record.

    A union of sets: order, duplicates and lateness do not matter.
    """
    written: dict[str, set[Dot]] = {}
    replaced: dict[str, set[Dot]] = {}
    for change in changes:
        for register in change.values:
            written.setdefault(register, set()).add(change.dot)
            replaced.setdefault(register, set()).update(change.base.get(register, ()))
    return {register: frozenset(dots - replaced[register]) for register, dots in written.items()}


def after_write(heads_now: Base, base: Base, dot: Dot) -> Base:
    """A register's heads once the local change ``dot`` is written on ``base``: the shortcut of ``heads``."""
    return (heads_now - base) | {dot}


def shown(candidates: Iterable[Change]) -> Change:
    """Of a register's heads, the one on screen meanwhile: the latest clock, then desk id bytes, then n."""
    return max(candidates, key=lambda change: change.rank)


def clashing(values: Iterable[Value]) -> bool:
    """True when heads hold more than one distinct canonical value: someone has to settle it."""
    return len({canonical(value) for value in values}) > 1


def once(changes: Sequence[Change], register: str) -> Once:
    """The view of a register that is written once (a signed note, a contribution handed in).

    A first write has an empty base. Only its own author's later write on it takes its place; any other
    write is listed beside it. Two first writes made apart are both shown: a clash like any other.
    """
    writes = [change for change in changes if register in change.values]
    by_dot = {change.dot: change for change in writes}
    replaced: set[Dot] = set()
    rightful = {change.dot for change in writes if not change.base.get(register)}
    waiting = [change for change in writes if change.dot not in rightful]
    grew = True
    while grew:
        grew = False
        for change in waiting:
            if change.dot in rightful:
                continue
            base = change.base.get(register, frozenset())
            if base <= rightful and all(by_dot[dot].person == change.person for dot in base):
                rightful.add(change.dot)
                replaced |= base
                grew = True
    tips = frozenset(rightful - replaced)
    seen_replaced = {dot for change in writes for dot in change.base.get(register, ())}
    others = frozenset(change.dot for change in writes if change.dot not in rightful)
    beside = frozenset(dot for dot in others if dot not in seen_replaced)
    return Once(shown=tips, beside=beside)


def standing(changes: Sequence[Change], below: Iterable[Change] = ()) -> Standing:
    """Whether a record stands, given its changes and those of the records below it.

    Withdrawn only if every head of the deletion register says so and every change of the record or below
    it was seen by one of those withdrawals (CouchDB's and Morango's opposite mistakes are both avoided).
    """
    marks = {change.dot: change for change in changes if DELETED in change.values}
    current = [marks[dot] for dot in heads(marks.values()).get(DELETED, frozenset())]
    said = [bool(mark.values[DELETED]) for mark in current]
    if not any(said):
        return Standing.STANDS
    if not all(said):
        return Standing.CONTESTED
    content = [change for change in changes if DELETED not in change.values and change.values]
    for change in (*content, *(one for one in below if one.values)):
        if not any(change.n <= (mark.seen or {}).get(change.desk, 0) for mark in current):
            return Standing.CONTESTED
    return Standing.DELETED


def erasures(changes: Iterable[Change]) -> dict[tuple[Dot, str], Change]:
    """(dot, register) → the change that erased it; of several, the earliest in the common order."""
    found: dict[tuple[Dot, str], Change] = {}
    for change in changes:
        for target in change.erases:
            if target not in found or change.rank < found[target].rank:
                found[target] = change
    return found


def eraser_of(erased: Mapping[tuple[Dot, str], Change], dot: Dot, register: str) -> Change | None:
    """The change that erased this register of this dot, or None."""
    return erased.get((dot, register)) or erased.get((dot, EVERY_REGISTER))


def unbroken(numbers: Iterable[Dot]) -> dict[bytes, int]:
    """For each desk, the highest n such that 1…n have all been received: what a deletion may call seen."""
    by_desk: dict[bytes, set[int]] = {}
    for dot in numbers:
        by_desk.setdefault(dot.desk, set()).add(dot.n)
    found: dict[bytes, int] = {}
    for desk, received in by_desk.items():
        n = 0
        while n + 1 in received:
            n += 1
        found[desk] = n
    return found
