"""A structure: the employer and data controller, or a partner of the consortium."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from spie_desk.domain.circles import STRUCTURE as STRUCTURE_CIRCLE
from spie_desk.domain.errors import MissingFieldError, N_
from spie_desk.domain.record import Kind, Trait


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """A CCAS, mission locale, association, département, France Travail… ``controller`` fields: RGPD 13 and 30.

    ``bound_by`` names the text that binds its people to secrecy (Code pénal 226-13, CASF…), empty when none does.
    ``same_as`` links two records of one structure that colleagues founded apart: two circles, never merged.
    Durations are in months (CNIL, référentiel « accompagnement social » : 24 after the last contact).
    """

    id: bytes
    name: Annotated[str, Trait(N_("Nom de la structure"), searched=True)]
    sort: Annotated[str, Trait(N_("Type de structure"), "choice", "structure_kind")] = ""
    sensitive: Annotated[bool, Trait(N_("Structure sensible : son nom n’est pas imprimé"), "tick")] = False
    siret: Annotated[str, Trait(N_("SIRET"))] = ""
    street: Annotated[str, Trait(N_("Adresse"))] = ""
    postcode: Annotated[str, Trait(N_("Code postal"))] = ""
    town: Annotated[str, Trait(N_("Commune"), "commune")] = ""
    phone: Annotated[str, Trait(N_("Téléphone"))] = ""
    email: Annotated[str, Trait(N_("Courriel"))] = ""
    colour: Annotated[str, Trait(N_("Couleur de l’en-tête"), "choice", "structure_colour")] = "teal"
    dpo: Annotated[str, Trait(N_("Délégué à la protection des données"))] = ""
    notice_version: Annotated[str, Trait(N_("Version de la notice d’information"))] = ""
    same_as: Annotated[bytes, Trait(N_("La même structure, fondée à part"), "hidden")] = b""
    active_months: Annotated[int, Trait(N_("Durée en base active, en mois"), "number")] = 24
    archive_months: Annotated[int, Trait(N_("Durée en archive, en mois"), "number")] = 24

    def check(self) -> None:
        if not self.name.strip():
            raise MissingFieldError(field=N_("Nom de la structure"))


STRUCTURE = Kind(
    "structure", Structure, N_("Structure"), N_("Structures"),
    circle=lambda record: STRUCTURE_CIRCLE,
    registers={"address": ("street", "postcode", "town"), "controller": ("dpo", "notice_version"),
               "durations": ("active_months", "archive_months")},
    register_labels={"address": N_("Adresse"), "controller": N_("Responsable du traitement"),
                     "durations": N_("Durées de conservation")},
    indexed=("name",),
    title=lambda record: record.name,
)  # fmt: skip
