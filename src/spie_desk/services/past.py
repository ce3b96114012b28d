"""What a file's registers held: every value, by whom and when; and one value erased for good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spie_desk.domain.errors import N_
from spie_desk.domain.records import KIND
from spie_desk.domain.shown import Shown, Touched, Version
from spie_desk.services import extracts, one_file
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed
from spie_sync.change import DELETED, Value, canonical

__all__ = ["DELETED", "Past", "erase_value", "of_file"]

KINDS_OF_A_FILE = ("person", "same_as", "phone", "identifier", "relative", "informed", "opposition", "right",
                   "membership", "request", "finding", "action", "piece", "appointment", "attempt", "note")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Past:
    """One value of one register of one record; ``title`` tells the record from its neighbours (a number, a name)."""

    kind: str
    record: bytes
    circle: bytes
    register: str
    label: str
    title: str
    version: Version

    hides_address: bool = False
    """An address not to be given out, former ones too: who looks at the history sees it only by asking."""

    @property
    def may_erase(self) -> bool:
        """A signed note is erased whole, from its own page; a withdrawal holds no words."""
        return self.version.erased_by is None and self.register != DELETED and self.kind != "note"


def of_file(desk: Desk, person: bytes) -> list[Past]:
    """Every value, newest first; withdrawn records too."""
    files = one_file.members(desk, person)
    undisclosed = any(one.record.undisclosed for one in one_file.files(desk, files))
    found = _once_per_move(
        [one for file in files for shown in _records(desk, file)
         for one in _of_record(desk, shown, undisclosed=undisclosed)]
    )  # fmt: skip
    return sorted(found, key=lambda one: one.version.stamp.hlc, reverse=True)


def erase_value(desk: Desk, one: Past) -> Touched:
    """Erase this value, wherever this register of the record held the same; who and when stay. Not undoable."""
    same = canonical(one.version.value)
    dots = frozenset(
        version.dot for version in desk.store.records.history(one.kind, one.record, one.circle)
        if version.register == one.register and version.erased_by is None and canonical(version.value) == same
    )  # fmt: skip
    with desk.store.unit(Deed("erased", undoable=False)) as unit:
        unit.erase(one.kind, one.record, one.circle, frozenset({one.register}), dots=dots)
        extracts.follow(desk, unit, one.kind, one.record)
    return desk.store.touched()


MOVED = N_("Retiré, pas le bon dossier")


def _once_per_move(found: Sequence[Past]) -> list[Past]:
    """Of what was moved to another file in one act, one line stands: who and when, not what nor how much."""
    kept: dict[bytes, Past] = {}
    rest = []
    for one in found:
        eraser = one.version.erased_by
        if one.version.stamp.deed_kind == "moved" and one.register == DELETED:
            continue  # the withdrawal that goes with the erasure below
        if eraser is not None and eraser.deed_kind == "moved":
            kept.setdefault(eraser.deed, replace(one, label=MOVED, title=""))
        else:
            rest.append(one)
    return [*rest, *kept.values()]


def _records(desk: Desk, person: bytes) -> Iterator[Shown[Any]]:
    head = desk.store.records.get("person", person)
    if head is None:
        return
    yield head
    for kind in KINDS_OF_A_FILE[1:]:
        yield from desk.store.records.find(kind, {"person": person})
        yield from desk.store.records.withdrawn(kind, {"person": person})
    # what was erased whole no longer says whose it was; the circle it was written in does
    circles = {circle.id for circle in desk.store.circles.of(person)}
    yield from (
        one for one in desk.store.records.find("note", {"person": None}) if one.erased and one.circle in circles
    )
    for kind in KINDS_OF_A_FILE[1:]:
        if kind != "note":
            gone = desk.store.records.withdrawn(kind, {"person": None})
            yield from (one for one in gone if one.erased and one.circle in circles)


def _of_record(desk: Desk, shown: Shown[Any], *, undisclosed: bool) -> Iterator[Past]:
    kind = KIND[shown.kind]
    title = "" if shown.kind in {"person", "note"} else kind.title(shown.record)
    versions = desk.store.records.history(shown.kind, shown.record.id, shown.circle)
    filled: set[str] = set()
    for version in sorted(versions, key=lambda one: one.stamp.hlc):
        # whose record it is holds nothing of hers to read, and erased it would leave the record to nobody
        if version.register == kind.parent and shown.kind != "note":
            continue
        # what was never filled in has no history: a new record writes every register once, empty ones too
        if version.register not in filled and version.erased_by is None and _is_blank(version.value):
            continue
        filled.add(version.register)
        label = kind.label if version.register == DELETED else kind.label_of(version.register)
        hidden = shown.kind == "person" and version.register == "address" and undisclosed
        yield Past(shown.kind, shown.record.id, shown.circle, version.register, label, title, version, hidden)


def _is_blank(value: Value) -> bool:
    if isinstance(value, dict):
        return all(_is_blank(one) for one in value.values())
    return value in (None, "", False, 0) or value == []
