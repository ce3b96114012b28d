"""The professionals and structures this desk knows, and their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Directory:
    """Everyone by id: read once for a screen, never kept."""

    professionals: Mapping[bytes, Professional]
    structures: Mapping[bytes, Structure]

    def name(self, professional: bytes) -> str:
        found = self.professionals.get(professional)
        return found.name if found else ""

    def structure_of(self, professional: bytes) -> Structure | None:
        found = self.professionals.get(professional)
        return self.structures.get(found.structure) if found else None

    def structure_name(self, professional: bytes) -> str:
        found = self.structure_of(professional)
        return found.name if found else ""


def directory(desk: Desk) -> Directory:
    """Professionals and structures, names for every screen."""
    return Directory(
        {shown.record.id: shown.record for shown in desk.store.records.find("professional", limit=5000)},
        {shown.record.id: shown.record for shown in desk.store.records.find("structure", limit=5000)},
    )
