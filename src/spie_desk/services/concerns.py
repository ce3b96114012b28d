"""An information préoccupante: opened on its own page, read by its author and the chef de service, told to no list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import N_, NotHereError
from spie_desk.domain.records.concern import Concern
from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.domain.sheets.concern_sheet import concern_sheet
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import accesses, one_file
from spie_desk.services.desk import Desk
from spie_desk.services.directory import Directory, directory
from spie_desk.services.ports import Deed
from spie_desk.services.sheets import setting

FORM = "concern"
"""The form that drafts reopen: its own page."""


@dataclass(frozen=True, slots=True)
class Brief:
    """One of them as its page lists it: no word of it, only whose file, when, and where it is in its course."""

    id: bytes
    person_name: str
    noted_on: date | None
    status: str


@dataclass(frozen=True, slots=True)
class Opening:
    """``start`` is the one that stands, or a new one; ``chiefs`` are names with the title they chose; ``beside`` says,
    for each register, the other answers that were written without being seen (label, values)."""

    start: Concern | Shown[Concern]
    draft: Draft
    stored: bool
    person_name: str
    author: str
    chiefs: tuple[tuple[str, str], ...]
    earlier: Sequence[Brief]
    beside: Sequence[tuple[str, Any]] = ()


def listed(desk: Desk, person: bytes = b"") -> list[Brief]:
    """Those I read, of one file or of all, the latest first."""
    found = desk.store.records.find("concern", {"about": list(one_file.members(desk, person))} if person else None)
    mine = [one for one in found if desk.me.id in one.record.readers]
    return [
        Brief(one.record.id, _name(desk, one.record.about), one.record.noted_on, one.record.status)
        for one in sorted(mine, key=lambda one: one.first.hlc, reverse=True)
    ]


def of_person(desk: Desk, person: bytes) -> list[Shown[Concern]]:
    """For her author alone: what a copy of her data withholds."""
    found: list[Shown[Concern]] = desk.store.records.find("concern", {"about": person})
    return [one for one in found if one.first.person == desk.me.id]


def opening(desk: Desk, person: bytes = b"", concern: bytes | None = None, draft: bytes | None = None) -> Opening:
    """A new one about a person, one that stands, or a draft taken up again."""
    kept = desk.store.drafts.get(draft) if draft else None
    if draft and kept is None:
        raise NotHereError
    wanted = concern or (kept.record if kept is not None else None)
    shown: Shown[Concern] | None = desk.store.records.get("concern", wanted) if wanted else None
    if concern and (shown is None or desk.me.id not in shown.record.readers):
        raise NotHereError
    person = shown.record.about if shown is not None else (kept.person or b"") if kept is not None else person
    known = directory(desk)
    record = shown.record if shown is not None else Concern(
        id=kept.record if kept is not None and kept.record else desk.chance.id(), about=person,
        readers=(desk.me.id, *_chiefs(desk, known)), noted_on=desk.clock.now().date())  # fmt: skip
    fresh = Draft(id=desk.chance.id(), form=FORM, kind="concern", record=record.id, person=person or None,
                  circle=shown.circle if shown is not None else None)  # fmt: skip
    author = shown.first.person if shown is not None else desk.me.id
    return Opening(
        shown or record, kept or fresh, kept is not None, _name(desk, person), _called(desk, known, author),
        tuple((_called(desk, known, one), _title(known, one)) for one in record.readers if one != author),
        [one for one in listed(desk, person) if one.id != wanted], _beside(desk, shown),
    )  # fmt: skip


def save(desk: Desk, concern: Concern, shown: Shown[Concern] | None = None, *, draft: bytes | None = None) -> Touched:
    """Write it into its circle. Whoever read it before saves on what was on screen; nothing is sent to anybody."""
    concern.check()
    ids = shown.record.readers if shown is not None else concern.readers
    with desk.store.unit(Deed("typed")) as unit:
        force = shown.clashing if shown is not None else frozenset()
        unit.put("concern", replace(concern, readers=ids), shown=shown, force=force)
        if draft is not None:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


def sheet(desk: Desk, shown: Shown[Concern]) -> Sheet:
    """On paper, for whoever it is transmitted to. What is printed is asked for here and nowhere else."""
    person = desk.store.records.get("person", shown.record.about)
    return concern_sheet(shown.record, person.record if person is not None else None, shown.first.person, setting(desk))


def came_out(desk: Desk, shown: Shown[Concern]) -> None:
    """The register hears that something about that person was printed, not what."""
    accesses.printed(desk, N_("Document transmis"), [shown.record.about])


def withdraw(desk: Desk, shown: Shown[Concern], *, draft: bytes | None = None) -> Touched:
    """Take it away, as it was shown; undone like any other deed."""
    with desk.store.unit(Deed("typed")) as unit:
        unit.withdraw(shown)
        if draft is not None:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


def _chiefs(desk: Desk, known: Directory) -> list[bytes]:
    """The chefs de service of my structure, I left out."""
    houses = {desk.structure.id, known.structures.get(desk.structure.id, desk.structure).same_as} - {b""}
    return [one.id for one in known.professionals.values()
            if one.manager and one.structure in houses and not one.left_on and one.id != desk.me.id]  # fmt: skip


def _beside(desk: Desk, shown: Shown[Concern] | None) -> list[tuple[str, Any]]:
    """The answers that stand beside those shown: its own page settles them, no card elsewhere names them."""
    if shown is None or not shown.clashing:
        return []
    versions = desk.store.records.history("concern", shown.record.id, shown.circle)
    other = [one for one in versions if one.is_head and not one.is_shown and one.erased_by is None]
    return [(one.register, one.value) for one in other if one.register in shown.clashing]


def _called(desk: Desk, known: Directory, one: bytes) -> str:
    return desk.me.name if one == desk.me.id else known.name(one)


def _title(known: Directory, one: bytes) -> str:
    found = known.professionals.get(one)
    return found.function if found is not None else ""


def _name(desk: Desk, person: bytes) -> str:
    found = desk.store.records.get("person", person) if person else None
    return found.record.name if found is not None else ""
