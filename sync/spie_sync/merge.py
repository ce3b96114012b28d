"""What a set of changes means: heads, the value shown, clashes, deletions, erasures; pure functions of the set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """Register → dots of the values that no one has seen replaced, for the changes of one record in one circle.

    A union of sets: order, duplicates and lateness do not matter. An erased value keeps its place. No base hides
    a register whole: a write cannot replace itself or its own desk's later ones, and if forged bases replace one
    another in a ring, all are heads.
    """
    written: dict[str, set[Dot]] = {}
    replaced: dict[str, set[Dot]] = {}
    for change in changes:
        for register in change.registers:
            written.setdefault(register, set()).add(change.dot)
            replaced.setdefault(register, set()).update(_replaced(change, register))
    return {name: frozenset(dots - replaced[name]) or frozenset(dots) for name, dots in written.items()}


def _replaced(change: Change, register: str) -> Iterator[Dot]:
    return (dot for dot in change.base.get(register, ()) if dot.desk != change.desk or dot.n < change.n)


def after_write(heads_now: Base, base: Base, dot: Dot) -> Base:
    """A register's heads once the local change ``dot`` is written on ``base``: the shortcut of ``heads``."""
    return (heads_now - base) | {dot}


def shown(candidates: Iterable[Change]) -> Change:
    """Of a register's heads, the one on screen meanwhile: the latest clock, then desk id bytes, then n.

    Hand it ``living`` heads, so that a value never hides behind « valeur effacée ». ValueError for none.
    """
    return max(candidates, key=lambda change: change.rank)


def living(candidates: Iterable[Change], register: str) -> list[Change]:
    """Of a register's heads, those whose value was not erased; all of them if every one was."""
    found = list(candidates)
    return [change for change in found if register in change.values] or found


def clashing(values: Iterable[Value]) -> bool:
    """True when heads hold more than one distinct canonical value: someone has to settle it.

    An erased head has no value any more and takes no part.
    """
    return len({canonical(value) for value in values}) > 1


def once(changes: Iterable[Change], register: str) -> Once:
    """The view of a register that is written once (a signed note, a contribution handed in).

    A first write has an empty base: it is rightful. So is a later one by the author of everything it leaves
    behind: it takes its place. Two first writes made apart are both shown, a clash like any other, until someone
    who had both before her writes one of the two texts again: that chooses. Any other text is never shown
    instead: it is listed ``beside`` while it is a head and not erased. The answer depends on the set alone.
    """
    writes = {change.dot: change for change in changes if register in change.registers}
    text = {dot: _text_of(change, register) for dot, change in writes.items()}
    rightful: set[Dot] = set()
    outdone: set[Dot] = set()
    choices: dict[Dot, Base] = {}  # the rightful writes that each write had before it, unless outdone
    stands: dict[Dot, Base] = {}  # those that it leaves standing
    for change in _in_causal_order(writes, register):
        base = change.base.get(register, frozenset())
        left = _union(stands, base)
        here = base <= stands.keys() and all(writes[dot].person == change.person for dot in left)
        if not base or (left and here):
            rightful.add(change.dot)
            outdone |= left
            choices[change.dot] = stands[change.dot] = frozenset({change.dot})
            continue
        choices[change.dot] = _union(choices, base)
        chosen = frozenset(dot for dot in choices[change.dot] if text[dot] == text[change.dot])
        stands[change.dot] = chosen or left
    tips = heads(writes.values()).get(register, frozenset())
    shown_now = (_union(stands, tips) - outdone) or frozenset(rightful - outdone) or tips
    texts = {text[dot] for dot in shown_now}
    others = (dot for dot in tips - shown_now if text[dot] not in texts and register in writes[dot].values)
    return Once(shown_now, frozenset(others))


def _text_of(change: Change, register: str) -> bytes:
    """What the change wrote there; an erased text equals no other."""
    if register in change.values:
        return canonical(change.values[register])
    return b"erased" + change.desk + change.n.to_bytes(8, "big")


def _union(found: Mapping[Dot, Base], dots: Iterable[Dot]) -> Base:
    return frozenset().union(*(found.get(dot, frozenset()) for dot in dots))


def _in_causal_order(writes: Mapping[Dot, Change], register: str) -> Iterator[Change]:
    """Each write after those of its base that are here; what a forged ring makes impossible is left out."""
    after: dict[Dot, list[Dot]] = {}
    waiting: dict[Dot, int] = {}
    for dot, change in writes.items():
        before = [one for one in change.base.get(register, ()) if one in writes]
        waiting[dot] = len(before)
        for one in before:
            after.setdefault(one, []).append(dot)
    ready = [dot for dot, count in waiting.items() if not count]
    while ready:
        dot = ready.pop()
        yield writes[dot]
        for one in after.get(dot, ()):
            waiting[one] -= 1
            if not waiting[one]:
                ready.append(one)


def standing(changes: Sequence[Change], below: Iterable[Change] = ()) -> Standing:
    """Whether a record stands, given its changes and those of the records below it, all of one circle.

    Withdrawn only if every head of the deletion register says so and every value written in the record or below
    it was seen by one of those withdrawals (CouchDB's and Morango's opposite mistakes are both avoided). A child
    withdrawn apart is nothing lost and no clash; a child brought back is.
    """
    marks = {change.dot: change for change in changes if DELETED in change.values}
    current = [marks[dot] for dot in heads(marks.values()).get(DELETED, frozenset())]
    said = [bool(mark.values[DELETED]) for mark in current]
    if not any(said):
        return Standing.STANDS
    if not all(said):
        return Standing.CONTESTED
    content = [change for change in changes if change.registers - {DELETED}]
    content += [one for one in below if one.registers - {DELETED} or one.values.get(DELETED) is False]
    for change in content:
        if not any(_saw(mark, change) for mark in current):
            return Standing.CONTESTED
    return Standing.DELETED


def _saw(mark: Change, change: Change) -> bool:
    """Whether a withdrawal knew of this change; one that carries no ``seen`` knew of nothing but itself."""
    return change.dot == mark.dot or change.n <= (mark.seen or {}).get(change.desk, 0)


def erasures(changes: Iterable[Change]) -> dict[tuple[Dot, str], Change]:
    """(dot, register) → the change that erased it; of several, the earliest in the common order."""
    found: dict[tuple[Dot, str], Change] = {}
    for change in changes:
        for target in change.erases:
            if target not in found or change.rank < found[target].rank:
                found[target] = change
    return found


def eraser_of(erased: Mapping[tuple[Dot, str], Change], dot: Dot, register: str) -> Change | None:
    """The change that erased this register of this dot (the earliest, by name or with all others), or None."""
    found = [erased[key] for key in ((dot, register), (dot, EVERY_REGISTER)) if key in erased]
    return min(found, key=lambda change: change.rank, default=None)


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


def seen_when_shown(received: Iterable[Dot], unseen: Iterable[Dot]) -> dict[bytes, int]:
    """``seen`` of a deletion confirmed on a screen that did not show ``unseen``: what this desk has received in
    the circle, each run cut before the first change that arrived behind the screen."""
    found = unbroken(received)
    for dot in unseen:
        if found.get(dot.desk, 0) >= dot.n:
            found[dot.desk] = dot.n - 1
    return found
