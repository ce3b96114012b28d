"""The desk: what a deed is handed; fields, no methods."""

from __future__ import annotations

from dataclasses import dataclass

from spie_desk.domain.lists import Lists
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.services.ports import Chance, Clock, Files, Store


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works (``me``), for whom (``structure``), with what."""

    store: Store
    clock: Clock
    chance: Chance
    me: Professional
    structure: Structure
    lists: Lists
    files: Files
