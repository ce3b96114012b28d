"""A « relais »: who answers for whom while someone is away, from one day to another; it ends by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from spie_desk.domain.circles import STRUCTURE
from spie_desk.domain.errors import MissingFieldError, N_, WrongValueError
from spie_desk.domain.record import Kind, Trait


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """``people`` are the files covered; none named: all those whose référent is ``absent``. ``stopped_on`` is the day
    from which it holds no longer when it was ended early: what was agreed stays readable beside it.

    It lies in the structure's circle: it names professionals and the numbers of files, nothing of what is in them.
    """

    id: bytes
    absent: Annotated[bytes, Trait(N_("Absence de"), "professional")] = b""
    cover: Annotated[bytes, Trait(N_("Qui répond"), "professional")] = b""
    starts_on: Annotated[date | None, Trait(N_("Du"), "date")] = None
    ends_on: Annotated[date | None, Trait(N_("Jusqu’au"), "date")] = None
    people: Annotated[tuple[bytes, ...], Trait(N_("Dossiers"), "ids")] = ()
    stopped_on: Annotated[date | None, Trait(N_("Terminé le"), "hidden")] = None

    def check(self) -> None:
        for value, field in ((self.absent, N_("Absence de")), (self.cover, N_("Qui répond")),
                             (self.starts_on, N_("Du")), (self.ends_on, N_("Jusqu’au"))):  # fmt: skip
            if not value:
                raise MissingFieldError(field=field)
        if self.cover == self.absent:
            why = N_("choisissez une autre personne que celle qui s’absente.")
            raise WrongValueError(field=N_("Qui répond"), why=why)
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise WrongValueError(field=N_("Jusqu’au"), why=N_("la fin vient avant le début."))

    def holds_on(self, day: date) -> bool:
        """It stands that day: begun, not over, not ended early."""
        if self.starts_on is None or self.ends_on is None or not self.starts_on <= day <= self.ends_on:
            return False
        return self.stopped_on is None or day < self.stopped_on

    def is_over(self, day: date) -> bool:
        return (self.ends_on is not None and self.ends_on < day) or (
            self.stopped_on is not None and self.stopped_on <= day
        )

    def covers(self, person: bytes, referent: bytes) -> bool:
        """That file is one of those agreed: ticked, or any of whoever is away."""
        return person in self.people if self.people else bool(referent) and referent == self.absent


RELAY = Kind(
    "relay", Relay, N_("Relais"), N_("Relais"),
    circle=lambda record: STRUCTURE,
    registers={"who": ("absent", "cover"), "period": ("starts_on", "ends_on")},
    register_labels={"who": N_("Qui répond pour qui"), "period": N_("Période")},
    several=True, indexed=("ends_on",),
)  # fmt: skip
