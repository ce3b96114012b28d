"""The person accompanied: who she is, how to reach her, and her one référent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from spie_desk.domain.circles import socle
from spie_desk.domain.errors import MissingFieldError, N_, WrongValueError
from spie_desk.domain.record import Kind, Trait


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A beneficiary. One name is enough, a nickname too; the birth date may be unknown. There is no NIR.

    ``number`` is desk mark + counter (« K7-0132 »). ``referent`` and ``referent_since`` are one register of the
    file: exactly one référent, two made apart are a clash. ``town_code`` is the INSEE code of the commune.
    """

    id: bytes
    number: Annotated[str, Trait(N_("Numéro de dossier"), "hidden", searched=True)] = ""
    last_name: Annotated[str, Trait(N_("Nom"), searched=True)] = ""
    first_name: Annotated[str, Trait(N_("Prénom"), searched=True)] = ""
    birth_name: Annotated[str, Trait(N_("Nom de naissance"), searched=True)] = ""
    nickname: Annotated[str, Trait(N_("Surnom"), searched=True)] = ""
    civility: Annotated[str, Trait(N_("Civilité"), "choice", "civility")] = ""
    born_on: Annotated[date | None, Trait(N_("Date de naissance"), "date")] = None
    birth_year: Annotated[int | None, Trait(N_("Année de naissance (si la date est inconnue)"), "number")] = None
    birth_place: Annotated[str, Trait(N_("Lieu de naissance"))] = ""
    email: Annotated[str, Trait(N_("Courriel"), searched=True)] = ""
    street: Annotated[str, Trait(N_("Adresse"))] = ""
    street_more: Annotated[str, Trait(N_("Complément d’adresse"))] = ""
    postcode: Annotated[str, Trait(N_("Code postal"))] = ""
    town: Annotated[str, Trait(N_("Commune"), "commune", searched=True)] = ""
    town_code: Annotated[str, Trait("", "hidden")] = ""
    undisclosed: Annotated[bool, Trait(N_("Adresse à ne pas divulguer"), "tick")] = False
    domiciled_at: Annotated[str, Trait(N_("Domiciliation auprès de"))] = ""
    domiciled_until: Annotated[date | None, Trait(N_("Domiciliation jusqu’au"), "date")] = None
    domiciled_remind: Annotated[date | None, Trait(N_("Rappel de la domiciliation le"), "date")] = None
    no_message: Annotated[bool, Trait(N_("Ne pas laisser de message"), "tick")] = False
    call_from: Annotated[str, Trait(N_("Ne pas appeler avant"), "time")] = ""
    contact_note: Annotated[str, Trait(N_("Autre consigne de contact"))] = ""
    language: Annotated[str, Trait(N_("Langue"))] = ""
    interpreter: Annotated[bool, Trait(N_("Interprète nécessaire"), "tick")] = False
    reads: Annotated[str, Trait(N_("Lecture du français"), "choice", "reading")] = ""
    guardian_kind: Annotated[str, Trait(N_("Mesure de protection"), "choice", "guardianship")] = ""
    guardian_name: Annotated[str, Trait(N_("Mandataire"))] = ""
    guardian_phone: Annotated[str, Trait(N_("Téléphone du mandataire"))] = ""
    referent: Annotated[bytes, Trait(N_("Référent de parcours"), "professional")] = b""
    referent_since: Annotated[date | None, Trait(N_("Depuis le"), "date")] = None
    entered_on: Annotated[date | None, Trait(N_("Suivi depuis le"), "date")] = None
    ended_on: Annotated[date | None, Trait(N_("Fin de l’accompagnement"), "date")] = None
    end_reason: Annotated[str, Trait(N_("Motif de fin"), "choice", "end_reason")] = ""

    def check(self) -> None:
        if not (self.last_name.strip() or self.first_name.strip() or self.nickname.strip()):
            raise MissingFieldError(field=N_("un nom, un prénom ou un surnom"))
        if self.birth_year is not None and not 1900 <= self.birth_year <= 2100:
            raise WrongValueError(field=N_("Année de naissance"), why=N_("quatre chiffres attendus, par exemple 1988."))

    @property
    def name(self) -> str:
        """First name and name, or the nickname between « » when there is no other."""
        full = " ".join(part for part in (self.first_name, self.last_name) if part)
        return full or f"«\u00a0{self.nickname}\u00a0»"

    @property
    def year(self) -> int | None:
        return self.born_on.year if self.born_on else self.birth_year


PERSON = Kind(
    "person", Person, N_("Personne"), N_("Personnes"),
    circle=lambda record: socle(record.id),
    registers={
        "name": ("last_name", "first_name", "birth_name", "civility"),
        "birth": ("born_on", "birth_year", "birth_place"),
        "address": ("street", "street_more", "postcode", "town", "town_code", "undisclosed"),
        "domiciliation": ("domiciled_at", "domiciled_until", "domiciled_remind"),
        "contact_rules": ("no_message", "call_from", "contact_note"),
        "language": ("language", "interpreter", "reads"),
        "guardian": ("guardian_kind", "guardian_name", "guardian_phone"),
        "referent": ("referent", "referent_since"),
        "end": ("ended_on", "end_reason"),
    },
    register_labels={
        "name": N_("Nom"), "birth": N_("Naissance"), "address": N_("Adresse"),
        "domiciliation": N_("Domiciliation"), "contact_rules": N_("Consignes de contact"),
        "language": N_("Langue"), "guardian": N_("Mandataire"),
        "referent": N_("Référent de parcours"), "end": N_("Fin de l’accompagnement"),
    },
    indexed=("last_name", "born_on", "town_code", "referent", "domiciled_until"),
    sorted_by=("last_name", "first_name", "nickname"), sounded=("last_name", "first_name", "birth_name", "nickname"),
    hushed={"address": "undisclosed"},
    title=lambda record: record.name,
)  # fmt: skip
