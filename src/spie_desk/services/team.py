"""The team and the structures around as settings list them, and a draft of one of them opened again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spie_desk.domain.drafts import Draft
from spie_desk.domain.shown import Shown
from spie_desk.services.desk import Desk
from spie_desk.services.directory import directory


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One professional, or one structure (its type as ``function``)."""

    shown: Shown[Any]
    name: str
    function: str
    structure: str
    mine: bool = False


def rows(desk: Desk) -> tuple[Sequence[TeamRow], Sequence[TeamRow]]:
    """Professionals then structures; mine first, then by name."""
    known = directory(desk)
    people = [
        TeamRow(one, one.record.name, one.record.function, known.structure_name(one.record.id),
                one.record.structure == desk.structure.id)
        for one in desk.store.records.find("professional", limit=2000)
    ]  # fmt: skip
    places = [
        TeamRow(one, one.record.name, desk.lists.label("structure_kind", one.record.sort), one.record.town,
                one.record.id == desk.structure.id)
        for one in desk.store.records.find("structure", limit=2000)
    ]  # fmt: skip
    return _in_order(people), _in_order(places)


def reopened(desk: Desk, draft: bytes) -> tuple[Draft, Shown[Any] | None] | None:
    """A draft of the team with what stands of its record; None when it was written or thrown away since."""
    found = desk.store.drafts.get(draft)
    if found is None or found.record is None:
        return None
    return found, desk.store.records.get(found.kind, found.record)


def _in_order(found: list[TeamRow]) -> list[TeamRow]:
    return sorted(found, key=lambda row: (not row.mine, row.name.casefold()))
