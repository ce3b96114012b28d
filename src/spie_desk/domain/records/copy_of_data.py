"""« Copie de mes données »: a person's request, due in a month, and what one structure answered."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from spie_desk.domain.circles import own, socle
from spie_desk.domain.errors import MissingFieldError, N_, WrongValueError
from spie_desk.domain.record import Kind, Trait


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRequest:
    """Known to everyone around her: each structure answers for what it holds."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    received_on: Annotated[date | None, Trait(N_("Demande reçue le"), "date")]
    channel: Annotated[str, Trait(N_("Comment"), "choice", "request_channel")] = ""
    asked_by: Annotated[str, Trait(N_("Par qui, si ce n’est pas la personne (mandataire, avocat)"))] = ""
    extended_on: Annotated[date | None, Trait(N_("Délai prolongé, annoncé le"), "date")] = None
    extended_why: Annotated[str, Trait(N_("Pourquoi (demande complexe)"))] = ""

    def check(self) -> None:
        if self.received_on is None:
            raise MissingFieldError(field=N_("Demande reçue le"))
        if self.extended_on is not None and not self.extended_why.strip():
            raise MissingFieldError(field=N_("Pourquoi (demande complexe)"))
        if self.extended_on is not None and self.extended_on > months_after(self.received_on, 1):
            raise WrongValueError(field=N_("Délai prolongé, annoncé le"),
                                  why=N_("la prolongation s’annonce dans le premier mois."))  # fmt: skip

    @property
    def due_on(self) -> date | None:
        """One month; two more when that was announced in time, with its reason."""
        if self.received_on is None:
            return None
        return months_after(self.received_on, 3 if self.extended_on else 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyAnswer:
    """What my structure gave: numbers and reasons, never what was given nor what was kept."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    request: Annotated[bytes, Trait("", "hidden")]
    given_on: Annotated[date | None, Trait(N_("Remise le"), "date")] = None
    by: Annotated[bytes, Trait(N_("Par"), "professional")] = b""
    how: Annotated[str, Trait(N_("Comment elle est remise"), "choice", "handing_over")] = ""
    lines: Annotated[int, Trait(N_("Lignes remises"), "number")] = 0
    masked: Annotated[int, Trait(N_("Dont masquées en partie"), "number")] = 0
    withheld: Annotated[tuple[str, ...], Trait(N_("Motifs des lignes retenues"), "hidden")] = ()

    def check(self) -> None:
        if self.given_on is None:
            raise MissingFieldError(field=N_("Remise le"))


COPY_REQUEST = Kind(
    "copy_request", CopyRequest, N_("Demande de copie de ses données"), N_("Demandes de copie de ses données"),
    circle=lambda record: socle(record.person), parent="person", parent_kind="person",
    registers={"request": ("received_on", "channel", "asked_by"), "extension": ("extended_on", "extended_why")},
    register_labels={"request": N_("Demande de copie de ses données"), "extension": N_("Délai prolongé")},
    several=True, indexed=("person", "received_on"),
)  # fmt: skip
COPY_ANSWER = Kind(
    "copy_answer", CopyAnswer, N_("Copie de ses données remise"), N_("Copies de ses données remises"),
    circle=lambda record: own(record.person), parent="person", parent_kind="person",
    registers={"answer": ("request", "given_on", "by", "how", "lines", "masked", "withheld")},
    register_labels={"answer": N_("Copie de ses données remise")},
    several=True, indexed=("person", "request"),
)  # fmt: skip
