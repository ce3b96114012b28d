"""An outreach round (« maraude »): where, from when to when, who was out, how many were met; nobody's name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from spie_desk.domain.circles import STRUCTURE
from spie_desk.domain.errors import MissingFieldError, N_, WrongValueError
from spie_desk.domain.record import Kind, Trait

_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_LONGEST = timedelta(hours=14)
_AFTER = timedelta(hours=1)
"""What is written in the van on the way back belongs to the round too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outreach:
    """Its whole structure reads it, so it says facts and numbers, never who was met. Open while it has no end."""

    id: bytes
    on: Annotated[date | None, Trait(N_("Date"), "date")]
    starts_at: Annotated[str, Trait(N_("Départ"), "time")] = ""
    ends_at: Annotated[str, Trait(N_("Retour"), "time")] = ""
    place: Annotated[str, Trait(N_("Lieu"))] = ""
    team: Annotated[tuple[bytes, ...], Trait(N_("Équipe"), "professionals")] = ()
    met: Annotated[int | None, Trait(N_("Personnes rencontrées"), "number")] = None
    text: Annotated[str, Trait(N_("Faits de la maraude, sans nom"), "text")] = ""

    def check(self) -> None:
        if self.on is None:
            raise MissingFieldError(field=N_("Date"))
        if not self.starts_at:
            raise MissingFieldError(field=N_("Départ"))
        if not self.team:
            raise MissingFieldError(field=N_("Équipe"))
        for at, field in ((self.starts_at, N_("Départ")), (self.ends_at, N_("Retour"))):
            if at and not _HOUR.fullmatch(at):
                raise WrongValueError(field=field, why=N_("écrivez par exemple 14:30."))
        if self.met is not None and self.met < 0:
            raise WrongValueError(field=N_("Personnes rencontrées"), why=N_("un nombre, zéro compris."))

    def holds(self, on: date | None, at: str, authors: Collection[bytes]) -> bool:
        """A note of that moment, written by one of the team, was taken during this round."""
        if self.on is None or on is None or not set(authors) & set(self.team) or not _HOUR.fullmatch(at):
            return False
        start = _moment(self.on, self.starts_at or "00:00")
        end = _moment(self.on, self.ends_at) + _AFTER if self.ends_at else start + _LONGEST
        if end < start:
            end += timedelta(days=1)
        return start <= _moment(on, at) <= end


def _moment(on: date, at: str) -> datetime:
    """Hours of one place compared with one another: no zone is needed."""
    return datetime.combine(on, datetime.strptime(at, "%H:%M").time())  # noqa: DTZ007


OUTREACH = Kind(
    "round", Outreach, N_("Maraude"), N_("Maraudes"),
    circle=lambda record: STRUCTURE,
    registers={"start": ("on", "starts_at"), "end": ("ends_at", "met")},
    register_labels={"start": N_("Date et départ"), "end": N_("Retour et rencontres")},
    several=True, indexed=("on",),
    title=lambda record: record.place,
)  # fmt: skip
