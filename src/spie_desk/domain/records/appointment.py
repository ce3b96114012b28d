"""An appointment with a person, and whether she came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from spie_desk.domain.circles import socle
from spie_desk.domain.errors import MissingFieldError, N_, WrongValueError
from spie_desk.domain.record import Kind, Trait


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Local date and hour (HH:MM); ``status``: coming, present, absent, excused, postponed, cancelled."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "person")]
    on: Annotated[date | None, Trait(N_("Date"), "date")]
    at: Annotated[str, Trait(N_("Heure"), "time")] = ""
    minutes: Annotated[int | None, Trait(N_("Durée (min)"), "number")] = 45
    place: Annotated[str, Trait(N_("Lieu"))] = ""
    with_: Annotated[bytes, Trait(N_("Avec"), "professional")] = b""
    subject: Annotated[str, Trait(N_("Objet"), searched=True)] = ""
    status: Annotated[str, Trait(N_("Présence"), "choice", "appointment_status")] = "coming"

    def check(self) -> None:
        if not self.person:
            raise MissingFieldError(field=N_("Personne"))
        if self.on is None:
            raise MissingFieldError(field=N_("Date"))
        if self.at and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", self.at):
            raise WrongValueError(field=N_("Heure"), why=N_("écrivez par exemple 14:30."))


APPOINTMENT = Kind(
    "appointment", Appointment, N_("Rendez-vous"), N_("Rendez-vous"),
    circle=lambda record: socle(record.person), parent="person", parent_kind="person",
    registers={"when": ("on", "at", "minutes"), "where": ("place", "with_")},
    register_labels={"when": N_("Date et heure"), "where": N_("Lieu et interlocuteur")},
    several=True, indexed=("person", "on", "status", "with_"),
    title=lambda record: record.subject,
)  # fmt: skip
