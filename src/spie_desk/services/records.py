"""Save, withdraw and read any record: the deeds that need no rule of their own."""

from __future__ import annotations

from typing import Any

from spie_desk.domain.shown import Shown, Touched, Version
from spie_desk.services import extracts
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed


def save(
    desk: Desk, kind: str, record: Any, shown: Shown[Any] | None = None, *, draft: bytes | None = None, label: str = ""
) -> Touched:
    """Write the record as it was shown changed; its draft goes in the same transaction."""
    record.check()
    with desk.store.unit(Deed("typed", label=label)) as unit:
        unit.put(kind, record, shown=shown)
        if draft is not None:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


def withdraw(desk: Desk, shown: Shown[Any], label: str = "") -> Touched:
    """Delete the record as it was shown; what changed unseen meanwhile makes it something to settle."""
    with desk.store.unit(Deed("typed", label=label)) as unit:
        unit.withdraw(shown)
    return desk.store.touched()


def erase(desk: Desk, shown: Shown[Any], registers: frozenset[str] | None = None) -> Touched:
    """Empty the values for good (RGPD 16 and 17): who and when stay. Confirmed by the caller; not undoable."""
    with desk.store.unit(Deed("erased", undoable=False)) as unit:
        unit.erase(shown.kind, shown.record.id, shown.circle, registers)
        extracts.follow(desk, unit, shown.kind, shown.record.id)
    return desk.store.touched()


def get(desk: Desk, kind: str, record: bytes) -> Shown[Any] | None:
    return desk.store.records.get(kind, record)


def of_person(desk: Desk, kind: str, person: bytes, order: tuple[str, ...] = ()) -> list[Shown[Any]]:
    """The standing records of one kind that hang under a person."""
    return desk.store.records.find(kind, {"person": person}, order=order)


def history(desk: Desk, kind: str, record: bytes) -> list[Version]:
    """Every value each register had, newest first."""
    return desk.store.records.history(kind, record)
