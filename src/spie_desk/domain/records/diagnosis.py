"""Where she is: her request in her own words, and the situations noted by theme, obstacles and resources alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from spie_desk.domain.circles import Wish, situation
from spie_desk.domain.errors import EmptyTextError, N_
from spie_desk.domain.record import Kind, Trait


def _situation_of_person(record: Request | Finding) -> Wish:
    return situation(record.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What she asks, in her words, and her situation at work and in training."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    words: Annotated[str, Trait(N_("Sa demande, dans ses mots"), "text")] = ""
    said_on: Annotated[date | None, Trait(N_("Dite le"), "date")] = None
    work: Annotated[str, Trait(N_("Situation"), "choice", "work_situation")] = ""
    education: Annotated[str, Trait(N_("Niveau de formation"), "choice", "education_level")] = ""
    project: Annotated[str, Trait(N_("Emploi recherché"))] = ""
    radius_km: Annotated[int | None, Trait(N_("Zone de mobilité, en km"), "number")] = None

    def check(self) -> None:
        """Everything here may stay empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One situation noted with her, from the shared list or in plain words; health stays in « réservé » notes."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    theme: Annotated[str, Trait(N_("Thème"), "choice", "theme")]
    what: Annotated[str, Trait(N_("Situation"), "line", searched=True)]
    polarity: Annotated[str, Trait(N_("Frein ou ressource"), "choice", "polarity")] = "neutre"
    noted_on: Annotated[date | None, Trait(N_("Notée le"), "date")] = None
    ended_on: Annotated[date | None, Trait(N_("Levée le"), "date")] = None

    def check(self) -> None:
        if not self.what.strip():
            raise EmptyTextError


REQUEST = Kind(
    "request",
    Request,
    N_("Demande de la personne"),
    N_("Demandes"),
    circle=_situation_of_person,
    parent="person",
    parent_kind="person",
    registers={"request": ("words", "said_on"), "search": ("project", "radius_km")},
    indexed=("person",),
    register_labels={"request": N_("Sa demande, dans ses mots"), "search": N_("Recherche d’emploi")},
)
FINDING = Kind("finding", Finding, N_("Situation notée"), N_("Situations notées"), circle=_situation_of_person,
               parent="person", parent_kind="person", registers={"finding": ("theme", "what", "polarity")},
               register_labels={"finding": N_("Situation notée")}, several=True, indexed=("person", "theme"),
               title=lambda record: record.what)  # fmt: skip
