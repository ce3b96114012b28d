"""« Suivi papier »: someone followed on paper alone, who opposed the computer file: a number, no name, counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from spie_desk.domain.circles import STRUCTURE
from spie_desk.domain.errors import MissingFieldError, N_, WrongValueError
from spie_desk.domain.record import Kind, Trait


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFollowUp:
    """Nothing here leads to a person: not her id, not her file's former number, no free text."""

    id: bytes
    number: Annotated[str, Trait(N_("Numéro"), "hidden")]
    since: Annotated[date | None, Trait(N_("Depuis le"), "date")] = None
    until: Annotated[date | None, Trait(N_("Jusqu’au"), "date")] = None

    def check(self) -> None:
        if not self.number:
            raise MissingFieldError(field=N_("Numéro"))
        if self.since and self.until and self.until < self.since:
            raise WrongValueError(field=N_("Jusqu’au"), why=N_("la fin vient avant le début."))

    def on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


PAPER = Kind(
    "paper", PaperFollowUp, N_("Suivi papier"), N_("Suivis papier"), circle=lambda _record: STRUCTURE,
    registers={"period": ("since", "until")}, register_labels={"period": N_("Période")}, indexed=("number",),
    title=lambda record: record.number,
)  # fmt: skip
