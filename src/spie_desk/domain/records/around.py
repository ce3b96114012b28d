"""What hangs around a person's identity: phones, identifiers, household, information given, oppositions, rights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from spie_desk.domain.circles import Wish, rights, socle
from spie_desk.domain.errors import MissingFieldError, N_, WrongValueError
from spie_desk.domain.nir import WHY, is_nir
from spie_desk.domain.record import Kind, Trait


def _socle_of_person(record: Phone | Identifier | Relative | Informed | Opposition) -> Wish:
    return socle(record.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number: whose it is, and since when it is wrong."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    number: Annotated[str, Trait(N_("Téléphone"), searched=True)]
    whose: Annotated[str, Trait(N_("À qui est ce numéro"))] = ""
    wrong_since: Annotated[date | None, Trait(N_("Faux depuis le"), "date")] = None

    def check(self) -> None:
        if not any(sign.isdigit() for sign in self.number):
            raise MissingFieldError(field=N_("Téléphone"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number another body knows her by: CAF/MSA, France Travail, local. Never the NIR."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    scheme: Annotated[str, Trait(N_("Organisme"), "choice", "identifier_scheme")]
    value: Annotated[str, Trait(N_("Identifiant"), searched=True)]

    def check(self) -> None:
        if not self.value.strip():
            raise MissingFieldError(field=N_("Identifiant"))
        if is_nir(self.value):
            raise WrongValueError(field=N_("Identifiant"), why=WHY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Someone of the household: a linked adult with a file of their own, or a child (first name, birth year only).

    Nothing flows through the link: no address, phone or note (two adults are two files).
    """

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    link: Annotated[str, Trait(N_("Lien"), "choice", "household_link")] = ""
    other: Annotated[bytes, Trait(N_("Dossier lié"), "person")] = b""
    first_name: Annotated[str, Trait(N_("Prénom"))] = ""
    birth_year: Annotated[int | None, Trait(N_("Année de naissance"), "number")] = None
    until: Annotated[date | None, Trait(N_("Jusqu’au"), "date")] = None

    def check(self) -> None:
        if not self.other and not self.first_name.strip():
            raise MissingFieldError(field=N_("Prénom"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Informed:
    """Information given to the person (RGPD 13): on, how, by whom, with an interpreter, which notice."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    given_on: Annotated[date | None, Trait(N_("Informée le"), "date")]
    how: Annotated[str, Trait(N_("Comment"), "choice", "information_channel")] = ""
    by: Annotated[bytes, Trait(N_("Par"), "professional")] = b""
    interpreter: Annotated[bool, Trait(N_("Avec interprète"), "tick")] = False
    notice: Annotated[str, Trait(N_("Version de la notice"))] = ""

    def check(self) -> None:
        if self.given_on is None:
            raise MissingFieldError(field=N_("Informée le"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opposition:
    """An opposition (RGPD 21): to sharing with a structure, or to the computer file. Changes nothing to her rights."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    to: Annotated[str, Trait(N_("Opposition"), "choice", "opposition_kind")]
    structure: Annotated[bytes, Trait(N_("Structure concernée"), "structure")] = b""
    on: Annotated[date | None, Trait(N_("Dite le"), "date")] = None
    lifted_on: Annotated[date | None, Trait(N_("Levée le"), "date")] = None

    def check(self) -> None:
        if not self.to:
            raise MissingFieldError(field=N_("Opposition"))
        if self.to == "partage" and not self.structure:
            raise MissingFieldError(field=N_("Structure concernée"))
        if self.on and self.lifted_on and self.lifted_on < self.on:
            raise WrongValueError(field=N_("Levée le"), why=N_("elle vient avant le jour où elle a été dite."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A right or allowance: RSA, ARE, ASS, prime d'activité, RQTH… with its start, end and reminder."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    scheme: Annotated[str, Trait(N_("Droit"), "choice", "right_scheme", health=True)]
    status: Annotated[str, Trait(N_("État"), "choice", "right_status")] = ""
    starts_on: Annotated[date | None, Trait(N_("Début"), "date")] = None
    ends_on: Annotated[date | None, Trait(N_("Fin"), "date")] = None
    remind_on: Annotated[date | None, Trait(N_("Rappel le"), "date")] = None
    remark: Annotated[str, Trait(N_("Précision"))] = ""
    settled: Annotated[bool, Trait(N_("Fin sans suite à donner"), "tick")] = False

    def check(self) -> None:
        if not self.scheme:
            raise MissingFieldError(field=N_("Droit"))
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise WrongValueError(field=N_("Fin"), why=N_("elle vient avant le début."))


PHONE = Kind(
    "phone",
    Phone,
    N_("Téléphone"),
    N_("Téléphones"),
    circle=_socle_of_person,
    parent="person",
    parent_kind="person",
    registers={"phone": ("number", "whose")},
    several=True,
    indexed=("person",),
    finds_parent=True,
    register_labels={"phone": N_("Téléphone")},
    title=lambda record: record.number,
)
IDENTIFIER = Kind(
    "identifier",
    Identifier,
    N_("Identifiant"),
    N_("Identifiants"),
    circle=_socle_of_person,
    parent="person",
    parent_kind="person",
    registers={"identifier": ("scheme", "value")},
    register_labels={"identifier": N_("Identifiant")},
    several=True,
    indexed=("person", "value"),
    finds_parent=True,
    distinct=("scheme", "value"),
    title=lambda record: record.value,
)
RELATIVE = Kind(
    "relative",
    Relative,
    N_("Membre du foyer"),
    N_("Foyer"),
    circle=_socle_of_person,
    parent="person",
    parent_kind="person",
    registers={"relative": ("link", "other", "first_name", "birth_year")},
    register_labels={"relative": N_("Membre du foyer")},
    several=True,
    indexed=("person", "other"),
    title=lambda record: record.first_name,
)
INFORMED = Kind(
    "informed",
    Informed,
    N_("Information donnée"),
    N_("Informations données"),
    circle=_socle_of_person,
    parent="person",
    parent_kind="person",
    registers={"information": ("given_on", "how", "by", "interpreter", "notice")},
    register_labels={"information": N_("Information donnée")},
    several=True,
    indexed=("person",),
)
OPPOSITION = Kind(
    "opposition",
    Opposition,
    N_("Opposition"),
    N_("Oppositions"),
    circle=_socle_of_person,
    parent="person",
    parent_kind="person",
    registers={"opposition": ("to", "structure", "on")},
    register_labels={"opposition": N_("Opposition")},
    several=True,
    indexed=("person",),
)
RIGHT = Kind("right", Right, N_("Droit"), N_("Droits et ressources"), circle=lambda record: rights(record.person),
             parent="person", parent_kind="person",
             registers={"state": ("status", "starts_on", "ends_on")},
             register_labels={"state": N_("État du droit")}, several=True, indexed=("person", "ends_on", "remind_on"),
             title=lambda record: record.scheme)  # fmt: skip
