"""Attempts to reach someone: written in two keys, and what forbids one of them."""

from __future__ import annotations

from spie_desk.domain.errors import DeskError, N_, NotHereError
from spie_desk.domain.records.attempt import MESSAGE, Attempt
from spie_desk.domain.shown import Touched
from spie_desk.services import one_file, records
from spie_desk.services.desk import Desk


class NoMessageError(DeskError):
    says = N_("Cette personne a demandé qu’on ne lui laisse pas de message.")
    next_step = N_("Notez un appel sans réponse. Si un message a été laissé malgré tout, dites-le dans une note.")


def note(desk: Desk, person: bytes, sort: str) -> Touched:
    """Write that one tried just now; the last contact stays where it was."""
    person = one_file.main_of(desk, person)
    known = one_file.shown_as(desk, person)
    if known is None:
        raise NotHereError
    if sort == MESSAGE and known.no_message:
        raise NoMessageError
    now = desk.clock.now()
    tried = Attempt(id=desk.chance.id(), person=person, sort=sort, on=now.date(), at=now.strftime("%H:%M"),
                    by=desk.me.id)  # fmt: skip
    return records.save(desk, "attempt", tried)
