"""« Pas le bon dossier » for several things at once: whole in the right file, gone from the wrong one, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from spie_desk.domain.errors import DeskError, N_, NotHereError
from spie_desk.domain.records import KIND
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import extracts, notes
from spie_desk.services.copy_lines import DataLine, lines_of
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed, Unit

MOVABLE = ("note", "action", "piece", "appointment", "attempt", "finding", "right", "phone", "identifier", "relative",
           "informed")  # fmt: skip
"""What may have been written in a homonym's file; who accompanies her and what she opposes are hers alone."""


class StillToSettleError(DeskError):
    says = N_("Un des éléments choisis est à départager\u00a0: rien n’a été déplacé.")
    next_step = N_("Départagez-le d’abord, puis recommencez.")


class SameFileError(DeskError):
    says = N_("C’est le même dossier\u00a0: rien n’a été déplacé.")


@dataclass(frozen=True, slots=True)
class Moved:
    """One act: from which file to which, and what it became there; enough to put it back in one act."""

    touched: Touched
    origin: bytes
    records: tuple[tuple[str, bytes], ...]


def candidates(desk: Desk, person: bytes) -> list[DataLine]:
    """What may be chosen, the latest first."""
    shown = desk.store.records.get("person", person)
    if shown is None:
        raise NotHereError
    found = [one for one in lines_of(desk, shown) if one.kind in MOVABLE and not one.former]
    return sorted(found, key=lambda one: one.on.isoformat() if one.on else "", reverse=True)


def move_lines(desk: Desk, origin: bytes, lines: Sequence[DataLine], person: bytes) -> Moved:
    """Move what these lines show, as it stands now."""
    found = [desk.store.records.get(one.kind, one.record, bytes.fromhex(one.key.split(":")[2])) for one in lines]
    return move_all(desk, origin, [one for one in found if one is not None], person)


def move_all(desk: Desk, origin: bytes, chosen: Sequence[Shown[Any]], person: bytes) -> Moved:
    """Each whole in the right file, notes with their rectificatifs and copies, signed or not; where they stood their
    words are erased from journal, index, drafts and reviews, and who and when stay."""
    if person == origin:
        raise SameFileError
    if desk.store.records.get("person", person) is None or not chosen:
        raise NotHereError
    with desk.store.unit(Deed("moved", undoable=False)) as unit:
        made = carry_all(desk, unit, chosen, person)
    return Moved(desk.store.touched(), origin, tuple(made))


def carry_all(desk: Desk, unit: Unit, chosen: Sequence[Shown[Any]], person: bytes) -> list[tuple[str, bytes]]:
    """Within an act: kind and new id of each."""
    if any(one.kind != "note" and (one.clashing or one.contested) for one in chosen):
        raise StillToSettleError
    kin = {one.record.id: one for note in chosen if note.kind == "note" for one in notes.family(desk, note)}
    made = [("note", one) for one in notes.carry(desk, unit, list(kin.values()), person)]
    return made + [(one.kind, _carry(desk, unit, one, person)) for one in chosen if one.kind != "note"]


def move_back(desk: Desk, moved: Moved) -> Moved:
    """Put all of it back where it was, in one act, as it stands now."""
    found = [desk.store.records.get(kind, record) for kind, record in moved.records]
    here = [one for one in found if one is not None]
    return move_all(desk, here[0].record.person if here else b"", here, moved.origin)


def _carry(desk: Desk, unit: Unit, one: Shown[Any], person: bytes) -> bytes:
    """One record that is no note: what it said of a review stays with the review."""
    cut = {"passage": b""} if "passage" in KIND[one.kind].by_name else {}
    record = replace(one.record, id=desk.chance.id(), person=person, **cut)
    unit.put(one.kind, record)
    unit.withdraw(one)
    unit.erase(one.kind, one.record.id, one.circle)
    extracts.follow(desk, unit, one.kind, one.record.id)
    made: bytes = record.id
    return made
