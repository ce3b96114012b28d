"""Who accompanies a person: one professional, with a function, since and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from spie_desk.domain.circles import socle
from spie_desk.domain.errors import MissingFieldError, N_, WrongValueError
from spie_desk.domain.record import Kind, Trait


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A professional around the person; ``stand_in`` marks the binôme who answers in absences."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    professional: Annotated[bytes, Trait(N_("Professionnel"), "professional")]
    function: Annotated[str, Trait(N_("Rôle auprès de la personne"), "choice", "membership_function")] = ""
    stand_in: Annotated[bool, Trait(N_("Binôme : répond en cas d’absence"), "tick")] = False
    since: Annotated[date | None, Trait(N_("Depuis le"), "date")] = None
    until: Annotated[date | None, Trait(N_("Jusqu’au"), "date")] = None

    def check(self) -> None:
        if not self.professional:
            raise MissingFieldError(field=N_("Professionnel"))
        if self.since and self.until and self.until < self.since:
            raise WrongValueError(field=N_("Jusqu’au"), why=N_("la fin vient avant le début."))

    def active_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


MEMBERSHIP = Kind(
    "membership", Membership, N_("Accompagnement"), N_("Qui accompagne"),
    circle=lambda record: socle(record.person), parent="person", parent_kind="person",
    registers={"period": ("since", "until")}, register_labels={"period": N_("Période")},
    several=True, indexed=("person", "professional"),
)  # fmt: skip
