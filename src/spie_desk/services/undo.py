"""Undo: a deed is one group; each register goes back where nothing newer stands, and the rest is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from spie_desk.domain.errors import NothingToUndoError, NotUndoableError
from spie_desk.domain.listing import DeedView
from spie_desk.domain.records import KIND
from spie_desk.domain.shown import TakenBack, Touched, Version
from spie_desk.domain.values import register_value
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed
from spie_sync.change import DELETED, Base, Change, Dot, Origin, Value
from spie_sync.undo import Former, Place, Undoing, undo

UNDONE = "undone"
_REMEMBERED = 200
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: what it touched, the deed it undid, and how many values were left, newer ones standing.

    ``left_alone`` names these: the register's label (a msgid) and the title of its record.
    """

    touched: Touched
    deed: DeedView
    left: int
    left_alone: tuple[tuple[str, str], ...] = ()


def last(desk: Desk) -> DeedView | None:
    """The latest deed of this desk that Ctrl+Z would undo."""
    done = set(_undone(desk))
    for deed in desk.store.records.deeds(_REMEMBERED):
        if deed.kind == UNDONE or deed.id.hex() in done:
            continue
        return deed if deed.undoable else None
    return None


def undo_last(desk: Desk, progress: Progress | None = None) -> Undone:
    deed = last(desk)
    if deed is None:
        raise NothingToUndoError
    return undo_deed(desk, deed, progress)


def undo_one(desk: Desk, deed: bytes, progress: Progress | None = None) -> Undone:
    """Undo the deed of that id, if this desk still lists it."""
    view = next((one for one in desk.store.records.deeds(_REMEMBERED) if one.id == deed), None)
    if view is None:
        raise NotUndoableError
    return undo_deed(desk, view, progress)


def undo_deed(desk: Desk, deed: DeedView, progress: Progress | None = None) -> Undone:
    """Undo one deed, an import included, in one transaction."""
    if not deed.undoable:
        raise NotUndoableError
    with desk.store.unit(Deed(UNDONE, label=deed.label)) as unit:
        past, found = _rest(desk, deed, unit.take_back(deed.id, progress or _unheard))
        _write(desk, unit, found, progress)
        # in the same transaction: whoever hears of it already finds it undone
        remembered: list[Value] = [*_undone(desk), deed.id.hex()]
        desk.store.settings.set(UNDONE, remembered[-_REMEMBERED:])
    touched = desk.store.touched()
    return Undone(touched, deed, len(found.left), tuple(sorted({past.named(place) for place in found.left})))


def _unheard(done: int, total: int) -> None:
    """Progress that nobody watches."""


def _rest(desk: Desk, deed: DeedView, back: TakenBack) -> tuple[_Past, Undoing]:
    """What is still to undo, record by record: those that were here before, and those touched since."""
    every = [] if back.everything else desk.store.records.deed(deed.id)
    changes = [change for change in every if (change.circle, change.record) not in back.gone]
    past = _Past(desk, changes)
    return past, undo(changes, past.present, past.former, past.made, past.touched)


def _write(desk: Desk, unit: Any, found: Undoing, progress: Progress | None) -> None:
    total, done = len(found.writes) + len(found.withdrawn) + len(found.blank), 0
    for write in found.writes:
        unit.write(write.kind, write.record, write.circle, write.values, write.base, origin=write.origin)
        done += 1
        _tell(progress, done, total)
    for place, base in found.blank.items():
        empty = _blank(desk, place)
        if empty is not None:
            unit.write(*empty, {place.register: base})
        done += 1
    for circle, kind, record in found.withdrawn:
        shown = desk.store.records.get(kind, record, circle)
        if shown is not None:
            unit.withdraw(shown)
        done += 1
        _tell(progress, done, total)


def _blank(desk: Desk, place: Place) -> tuple[str, bytes, bytes, dict[str, Value]] | None:
    """The kind's empty value for a register that held nothing before the deed; None if its record was withdrawn."""
    for kind in KIND.values():
        if place.register in kind.register_names:
            shown = desk.store.records.get(kind.name, place.record, place.circle)
            if shown is not None:
                names = {item.name: item.default for item in kind.fields_of(place.register)}
                empty = replace(shown.record, **names)
                value = register_value(kind, place.register, empty)
                return kind.name, place.record, place.circle, {place.register: value}
    return None


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None and done % 20 == 0:
        progress(done, total)


def was_undone(desk: Desk, deed: bytes) -> bool:
    """Whether that deed has been undone."""
    return deed.hex() in _undone(desk)


def _undone(desk: Desk) -> list[str]:
    found = desk.store.settings.get(UNDONE)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


class _Past:
    """What the journal answers about the records of one deed, each record's history read once."""

    def __init__(self, desk: Desk, changes: list[Change]) -> None:
        self._desk = desk
        self._deed = {(change.circle, change.dot) for change in changes}
        self._deeds = {change.deed for change in changes}
        self._kinds = {(change.circle, change.record): change.kind for change in changes}
        self._records = {(change.circle, change.dot): change.record for change in changes}
        self._bases = {
            (change.circle, dot): change.record for change in changes for base in change.base.values() for dot in base
        }
        self._read: dict[tuple[bytes, bytes], list[Version]] = {}

    def present(self, place: Place) -> Base:
        versions = self._history(place.circle, place.record)
        return frozenset(one.dot for one in versions if one.register == place.register and one.is_head)

    def former(self, circle: bytes, dot: Dot, register: str) -> Former | None:
        record = self._bases.get((circle, dot)) or self._records.get((circle, dot))
        if record is None:
            return None
        for one in self._history(circle, record):
            if one.dot == dot and one.register == register and one.erased_by is None:
                return Former(one.value, Origin(one.stamp.person, one.stamp.hlc))
        return None

    def made(self, circle: bytes, record: bytes) -> bool:
        versions = [one for one in self._history(circle, record) if one.register != DELETED]
        return bool(versions) and (circle, min(versions, key=lambda one: one.stamp.hlc).dot) in self._deed

    def touched(self, circle: bytes, record: bytes) -> bool:
        """Whether a record that the deed made was worked on since, or something else was hung below it."""
        if any((circle, one.dot) not in self._deed for one in self._history(circle, record)):
            return True
        kind = self._kinds[circle, record]
        below = [child for child in KIND.values() if child.parent and child.parent_kind == kind]
        return any(
            {shown.first.deed, shown.last.deed} - self._deeds
            for child in below
            for shown in self._desk.store.records.find(child.name, {child.parent: record})
        )

    def named(self, place: Place) -> tuple[str, str]:
        """A place as people call it: « Adresse », « Amina Belkacem »."""
        kind = KIND.get(self._kinds.get((place.circle, place.record), ""))
        if kind is None:
            return "", ""
        shown = self._desk.store.records.get(kind.name, place.record, place.circle)
        label = kind.label if place.register == DELETED else kind.label_of(place.register)
        return label, kind.title(shown.record) if shown is not None else ""

    def _history(self, circle: bytes, record: bytes) -> list[Version]:
        if (circle, record) not in self._read:
            kind = self._kinds[circle, record]
            self._read[circle, record] = self._desk.store.records.history(kind, record, circle)
        return self._read[circle, record]
