"""A paper that a step needs: missing, asked of the person, received, or no longer needed; never what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from spie_desk.domain.circles import rights
from spie_desk.domain.errors import MissingFieldError, N_, WrongValueError
from spie_desk.domain.record import Kind, Trait

MISSING, ASKED, RECEIVED, NOT_NEEDED = "missing", "asked", "received", "not_needed"
OPEN_PIECES = (MISSING, ASKED)
"""Still waited for."""
REMIND_DAYS = 14
"""How long one usually leaves her to find a paper before reminding her of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """``action`` is the step it is for, empty for none. The paper itself is not kept here, nor what it holds."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    name: Annotated[str, Trait(N_("Pièce"), searched=True)]
    action: Annotated[bytes, Trait("", "hidden")] = b""
    status: Annotated[str, Trait(N_("État"), "choice", "piece_status")] = MISSING
    asked_on: Annotated[date | None, Trait(N_("Demandée le"), "date")] = None
    remind_on: Annotated[date | None, Trait(N_("Rappel le"), "date")] = None
    received_on: Annotated[date | None, Trait(N_("Reçue le"), "date")] = None
    remark: Annotated[str, Trait(N_("Précision"), help=N_("par exemple\u00a0: les trois derniers mois"))] = ""

    @property
    def waits(self) -> bool:
        return self.status in OPEN_PIECES

    def check(self) -> None:
        if not self.name.strip():
            raise MissingFieldError(field=N_("Pièce"))
        if self.asked_on and self.received_on and self.received_on < self.asked_on:
            raise WrongValueError(field=N_("Reçue le"), why=N_("elle vient avant le jour où la pièce a été demandée."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Several papers asked for at once, before they are records. ``id`` is that of the step they are for, or of the
    person when they are for none: so a draft of it reopens on the same step."""

    id: bytes
    person: Annotated[bytes, Trait("", "hidden")] = b""
    names: Annotated[tuple[str, ...], Trait(N_("Pièces"), "choices", "piece")] = ()
    others: Annotated[str, Trait(N_("Autres pièces, une par ligne"), "text")] = ""
    asked_on: Annotated[date | None, Trait(N_("Demandées le"), "date")] = None
    remind_on: Annotated[date | None, Trait(N_("Rappel le"), "date")] = None

    def check(self) -> None:
        if not self.names and not self.others.strip():
            raise MissingFieldError(field=N_("Autres pièces, une par ligne"))
        if self.asked_on and self.remind_on and self.remind_on < self.asked_on:
            raise WrongValueError(field=N_("Rappel le"), why=N_("il vient avant le jour où les pièces sont demandées."))


def remind_from(asked_on: date) -> date:
    """The usual day to remind her, never a Saturday nor a Sunday."""
    day = asked_on + timedelta(days=REMIND_DAYS)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


PIECE = Kind(
    "piece", Piece, N_("Pièce à fournir"), N_("Pièces à fournir"),
    circle=lambda record: rights(record.person), parent="person", parent_kind="person",
    registers={"progress": ("status", "asked_on", "received_on")},
    register_labels={"progress": N_("Suivi de la pièce")}, several=True,
    indexed=("person", "status", "remind_on"), title=lambda record: record.name,
)  # fmt: skip
ASKING = Kind("asking", Asking, N_("Pièces à demander"), N_("Pièces à demander"),
              circle=lambda record: rights(record.person))  # fmt: skip
"""A form only: it is never written as it stands, and is no kind of record."""
