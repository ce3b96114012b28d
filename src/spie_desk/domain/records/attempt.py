"""An attempt to reach a person that did not: a call without answer, a message left, a letter that came back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from spie_desk.domain.circles import own
from spie_desk.domain.errors import MissingFieldError, N_, WrongValueError
from spie_desk.domain.record import Kind, Trait

NO_ANSWER, MESSAGE, TEXT, VISIT, RETURNED = "no_answer", "message", "sms", "visit", "returned"
"""The sorts of ``attempt_sort``, the commonest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Someone tried and nobody was reached: it is no contact, and moves no « dernier contact »."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    sort: Annotated[str, Trait(N_("Tentative"), "choice", "attempt_sort")] = NO_ANSWER
    on: Annotated[date | None, Trait(N_("Date"), "date")] = None
    at: Annotated[str, Trait(N_("Heure"), "time")] = ""
    by: Annotated[bytes, Trait(N_("Par"), "professional")] = b""
    remark: Annotated[str, Trait(N_("Précision"), help=N_("un fait utile, par exemple le numéro appelé"))] = ""

    def check(self) -> None:
        if self.on is None:
            raise MissingFieldError(field=N_("Date"))
        if self.at and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", self.at):
            raise WrongValueError(field=N_("Heure"), why=N_("écrivez par exemple 14:30."))


ATTEMPT = Kind(
    "attempt", Attempt, N_("Tentative"), N_("Tentatives"),
    circle=lambda record: own(record.person), parent="person", parent_kind="person",
    registers={"when": ("on", "at")}, register_labels={"when": N_("Date et heure")},
    several=True, indexed=("person", "on"),
)  # fmt: skip
