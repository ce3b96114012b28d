"""The first minutes of a profile: who I am, my structure, its circle, or joining a colleague's on the same laptop."""

from __future__ import annotations

from dataclasses import replace

from spie_desk.domain.circles import PERSONAL
from spie_desk.domain.errors import NotHereError
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.services.ports import Deed, Store

ME, STRUCTURE = "me", "structure"


def found(store: Store, me: Professional, structure: Structure) -> None:
    """Write who I am and my structure into the structure's circle; both exist before any file."""
    me.check()
    structure.check()
    remember(store, me.id, structure.id)  # first: every change names its author
    with store.unit(Deed("typed", undoable=False)) as unit:
        unit.circle(PERSONAL)
        unit.put("structure", structure)
        unit.put("professional", me)


def join(store: Store, me: Professional) -> None:
    """Add myself to the structure whose circle an invitation has just brought here."""
    me.check()
    remember(store, me.id, me.structure)
    with store.unit(Deed("typed", undoable=False)) as unit:
        unit.circle(PERSONAL)
        unit.put("professional", me)


def link(store: Store, mine: bytes, other: bytes) -> None:
    """Say that another structure's record is mine too, founded apart; their circles stay two."""
    shown = store.records.get("structure", mine)
    if shown is None or mine == other:
        raise NotHereError
    with store.unit(Deed("typed", undoable=False)) as unit:
        unit.put("structure", replace(shown.record, same_as=other), shown=shown)


def remember(store: Store, me: bytes, structure: bytes) -> None:
    """Which professional and structure this profile works as."""
    store.settings.set(ME, me.hex())
    store.settings.set(STRUCTURE, structure.hex())


def me_of(store: Store) -> tuple[Professional, Structure] | None:
    """Who works here, or None when the founding never ended (it is then begun again)."""
    me, structure = store.settings.get(ME), store.settings.get(STRUCTURE)
    if not (isinstance(me, str) and isinstance(structure, str)):
        return None
    professional = store.records.get("professional", bytes.fromhex(me))
    found_structure = store.records.get("structure", bytes.fromhex(structure))
    if professional is None or found_structure is None:
        return None
    return professional.record, found_structure.record
