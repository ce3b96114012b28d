"""Every value a record had: by whom, when, whether it is a head, is shown, or was erased and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spie_desk.domain.record import Kind
from spie_desk.domain.shown import Stamp, Version
from spie_sync import merge
from spie_sync.change import DELETED, Base, Change, Dot

UNKNOWN = Stamp(b"", 0, b"", "erased")
"""Erased by someone whose change is not here."""


def stamp_of(change: Change) -> Stamp:
    """Who and when; of a value that an undo wrote back, its first author and date."""
    if change.origin is not None:
        return Stamp(change.origin.person, change.origin.hlc, change.deed, change.deed_kind)
    return Stamp(change.person, change.hlc, change.deed, change.deed_kind)


def versions_of(kind: Kind | None, changes: Sequence[Change]) -> list[Version]:
    """All versions of one record in one circle."""
    heads = merge.heads(changes)
    erased = merge.erasures(changes)
    fronts = {name: front_of(kind, changes, name, heads) for name in heads}
    found = []
    for change in changes:
        for name in sorted(change.registers):
            gone = name not in change.values
            eraser = merge.eraser_of(erased, change.dot, name) if gone else None
            by = None if not gone else UNKNOWN if eraser is None else stamp_of(eraser)
            found.append(
                Version(change.dot, name, change.values.get(name), stamp_of(change), by,
                        change.dot in heads[name], change.dot == fronts[name])
            )  # fmt: skip
    return found


def front_of(kind: Kind | None, changes: Sequence[Change], name: str, heads: dict[str, Base]) -> Dot:
    """The dot whose value is shown for this register."""
    dots = heads[name]
    if kind is not None and name in kind.once:
        view = merge.once(changes, name)
        dots = view.shown or view.beside or dots
    by_dot = {change.dot: change for change in changes}
    return merge.shown(merge.living((by_dot[dot] for dot in dots), name)).dot


def before(changes: Iterable[Change], register: str, heads: Base) -> Base:
    """Of the values that all these heads replaced, the latest: what a person compares both sides with."""
    by_dot = {change.dot: change for change in changes if register in change.registers}
    common: set[Dot] | None = None
    for head in heads:
        mine = _ancestors(by_dot, register, head)
        common = mine if common is None else common & mine
    if not common:
        return frozenset()
    older = {dot for one in common for dot in by_dot[one].base.get(register, ())}
    return frozenset(common - older)


def _ancestors(by_dot: dict[Dot, Change], register: str, start: Dot) -> set[Dot]:
    found: set[Dot] = set()
    waiting = set(by_dot[start].base.get(register, ())) if start in by_dot else set()
    while waiting:
        dot = waiting.pop()
        if dot in by_dot and dot not in found and dot != start:
            found.add(dot)
            waiting |= by_dot[dot].base.get(register, frozenset())
    return found


def is_content(change: Change) -> bool:
    return bool(change.registers - {DELETED})
