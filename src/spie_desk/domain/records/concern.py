"""An information préoccupante: facts about a child in danger, read by its author and the chef de service alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from spie_desk.domain.circles import Sort, Wish
from spie_desk.domain.errors import MissingFieldError, N_, WrongValueError
from spie_desk.domain.record import Kind, Trait

WRITTEN, SENT = "written", "sent"
_CHILD = re.compile(r"(?P<name>[^\W\d_]+(?:['’-][^\W\d_]+)*)(?:\s*,\s*(?P<year>\d{4}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """It names the file it was written from (``about``) and is no part of it: no list, print, figure or export of the
    file holds it. ``children`` is one a line: first name, year of birth."""

    id: bytes
    about: Annotated[bytes, Trait("", "hidden")]
    readers: Annotated[tuple[bytes, ...], Trait(N_("Lecteurs"), "hidden")]
    noted_on: Annotated[date | None, Trait(N_("Date des faits ou du récit"), "date")]
    source: Annotated[str, Trait(N_("D’où viennent ces faits"), "choice", "concern_source")] = ""
    told_by: Annotated[str, Trait(N_("Rapportés par (fonction ou lien)"))] = ""
    children: Annotated[
        str,
        Trait(N_("Enfants concernés, un par ligne\u00a0: prénom, année de naissance"), "text",
              help=N_("Rien d’autre d’un enfant, par exemple\u00a0: Léa, 2017"))
    ] = ""  # fmt: skip
    facts: Annotated[
        str,
        Trait(N_("Ce qui a été vu, entendu ou rapporté, avec les mots employés"), "text",
              help=N_("Des faits, datés si possible. Ni diagnostic, ni opinion."))
    ] = ""  # fmt: skip
    parents: Annotated[str, Trait(N_("Les parents sont-ils informés\u00a0?"), "choice", "concern_parents")] = ""
    parents_on: Annotated[date | None, Trait(N_("Informés le"), "date")] = None
    parents_how: Annotated[str, Trait(N_("Comment, par qui"))] = ""
    parents_why: Annotated[str, Trait(N_("S’ils ne le sont pas, pourquoi"))] = ""
    sent_to: Annotated[str, Trait(N_("Transmise à"), "choice", "concern_recipient")] = ""
    sent_to_more: Annotated[str, Trait(N_("Précision (service, personne)"))] = ""
    sent_on: Annotated[date | None, Trait(N_("Transmise le"), "date")] = None
    status: Annotated[str, Trait(N_("Où elle en est"), "choice", "concern_status")] = WRITTEN

    def check(self) -> None:
        for value, label in ((self.noted_on, N_("Date des faits ou du récit")), (self.source, _SOURCE),
                             (self.children.strip(), _CHILDREN), (self.facts.strip(), _FACTS),
                             (self.parents, N_("Les parents sont-ils informés\u00a0?"))):  # fmt: skip
            if not value:
                raise MissingFieldError(field=label)
        children_of(self.children)
        if self.source == "reported" and not self.told_by.strip():
            raise MissingFieldError(field=N_("Rapportés par (fonction ou lien)"))
        self._check_parents()
        if self.status != WRITTEN and not self.sent_to:
            raise MissingFieldError(field=N_("Transmise à"))
        if (self.sent_to or self.status != WRITTEN) and self.sent_on is None:
            raise MissingFieldError(field=N_("Transmise le"))

    def _check_parents(self) -> None:
        if self.parents == "no" and not self.parents_why.strip():
            raise MissingFieldError(field=N_("S’ils ne le sont pas, pourquoi"))
        if self.parents == "yes" and not self.parents_how.strip():
            raise MissingFieldError(field=N_("Comment, par qui"))


_SOURCE = N_("D’où viennent ces faits")
_CHILDREN = N_("Enfants concernés, un par ligne\u00a0: prénom, année de naissance")
_FACTS = N_("Ce qui a été vu, entendu ou rapporté, avec les mots employés")


def children_of(text: str) -> list[tuple[str, int | None]]:
    """First names and years of birth, one a line; a WrongValueError for what says more of a child or is not read."""
    found: list[tuple[str, int | None]] = []
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        read = _CHILD.fullmatch(line)
        if read is None:
            raise WrongValueError(
                field=_CHILDREN,
                why=N_("rien d’autre, par exemple «\u00a0Léa, 2017\u00a0». Un prénom composé s’écrit avec un trait "
                       "d’union."),
            )  # fmt: skip
        found.append((read["name"], int(read["year"]) if read["year"] else None))
    return found


def circle_of_concern(record: Concern) -> Wish:
    return Wish(Sort.WARNING, record.about, frozenset(record.readers))


CONCERN = Kind(
    "concern", Concern, N_("Information préoccupante"), N_("Informations préoccupantes"),
    circle=circle_of_concern, apart=True,
    registers={
        "written": ("noted_on", "source", "told_by", "children", "facts"),
        "parents": ("parents", "parents_on", "parents_how", "parents_why"),
        "sent": ("sent_to", "sent_to_more", "sent_on", "status"),
    },
    register_labels={"written": N_("Les faits"), "parents": N_("Information des parents"), "sent": N_("Transmission")},
    indexed=("about",),
)  # fmt: skip
