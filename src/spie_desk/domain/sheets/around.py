"""What every sheet says alike: who prints, for which structure, and which names are never printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from spie_desk.domain.errors import N_
from spie_desk.domain.lists import Lists
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.domain.sheets.blocks import Text, say

PARTNER = say(N_("Structure partenaire"))
SENSITIVE = say(N_("Structure sensible\u00a0: la nommer en dit trop sur la personne."))


@dataclass(frozen=True, slots=True)
class Setting:
    """Who prints, for whom, when, and everyone known by id."""

    me: Professional
    structure: Structure
    professionals: Mapping[bytes, Professional]
    structures: Mapping[bytes, Structure]
    lists: Lists
    today: date

    def professional(self, one: bytes) -> Professional | None:
        return self.me if one == self.me.id else self.professionals.get(one)

    def structure_of(self, one: bytes) -> Structure | None:
        found = self.professional(one)
        if found is None:
            return None
        return self.structure if found.structure == self.structure.id else self.structures.get(found.structure)

    def is_sensitive(self, one: bytes) -> bool:
        found = self.structure_of(one)
        return bool(found and found.sensitive)

    def name(self, one: bytes, otherwise: str = "") -> str:
        found = self.professional(one)
        return found.name if found else otherwise

    def public_name(self, one: bytes, otherwise: str = "") -> Text:
        """The professional's name, unless it would name a sensitive structure."""
        return PARTNER if self.is_sensitive(one) else self.name(one, otherwise)

    def public_structure(self, structure: bytes) -> Text:
        found = self.structure if structure == self.structure.id else self.structures.get(structure)
        if found is None:
            return ""
        return PARTNER if found.sensitive else found.name

    @property
    def header(self) -> Text:
        return "" if self.structure.sensitive else self.structure.name

    @property
    def footer(self) -> Text:
        """Who printed, and when: a paper that is found says whom to bring it back to."""
        if self.structure.sensitive:
            return say(N_("Imprimé par {name}, le {day}."), name=self.me.name, day=self.today)
        return say(N_("Imprimé par {name}, {structure}, le {day}."), name=self.me.name, structure=self.structure.name,
                   day=self.today)  # fmt: skip


def phone(number: str) -> str:
    """A number kept on one line."""
    return number.replace(" ", "\u00a0")


def hour(at: str) -> str:
    """« 14:30 » as it is said in French: « 14 h 30 »; a whole hour without minutes."""
    hours, _, minutes = at.partition(":")
    return f"{int(hours)}\u00a0h" + (f"\u00a0{minutes}" if minutes != "00" else "")


def when(day: date | None, at: str = "") -> Text:
    """A day written in full, with its hour when there is one."""
    if day is None:
        return ""
    return say(N_("{day} à {hour}"), day=day, hour=hour(at)) if at else day
