"""A professional: someone who accompanies, of a structure, bound to secrecy or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from spie_desk.domain.circles import STRUCTURE
from spie_desk.domain.errors import MissingFieldError, N_
from spie_desk.domain.record import Kind, Trait


@dataclass(frozen=True, slots=True, kw_only=True)
class Professional:
    """A colleague or partner. ``function`` is written as that person titles it (référente, référent…).

    ``stand_in`` is the colleague of the same structure who answers for her files in her absence, unless a file names
    another. ``bound_by`` names the text that binds to secrecy; empty means not bound: the socle only.
    """

    id: bytes
    first_name: Annotated[str, Trait(N_("Prénom"), searched=True)] = ""
    last_name: Annotated[str, Trait(N_("Nom"), searched=True)] = ""
    function: Annotated[str, Trait(N_("Fonction"), searched=True)] = ""
    structure: Annotated[bytes, Trait(N_("Structure"), "structure")] = b""
    phone: Annotated[str, Trait(N_("Téléphone"))] = ""
    email: Annotated[str, Trait(N_("Courriel"))] = ""
    bound_by: Annotated[str, Trait(N_("Secret professionnel"), "choice", "secrecy_text")] = ""
    manager: Annotated[bool, Trait(N_("Chef ou cheffe de service"), "tick")] = False
    stand_in: Annotated[bytes, Trait(N_("Binôme habituel"), "professional")] = b""
    left_on: Annotated[str, Trait(N_("A quitté la structure le"))] = ""

    def check(self) -> None:
        if not (self.first_name.strip() or self.last_name.strip()):
            raise MissingFieldError(field=N_("Nom"))

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


PROFESSIONAL = Kind(
    "professional", Professional, N_("Professionnel"), N_("Professionnels"),
    circle=lambda record: STRUCTURE,
    registers={"name": ("first_name", "last_name"), "contact": ("phone", "email")},
    register_labels={"name": N_("Nom"), "contact": N_("Coordonnées")},
    indexed=("structure", "last_name"), sorted_by=("last_name", "first_name"), sounded=("last_name", "first_name"),
    title=lambda record: record.name,
)  # fmt: skip
