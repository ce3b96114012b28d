"""A referent's note: what happened, signed once, read by those whom its volet names."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated

from spie_desk.domain.circles import PERSONAL, STRUCTURE, Wish, own, reserved, situation
from spie_desk.domain.errors import EmptyTextError, MissingFieldError, N_
from spie_desk.domain.record import Kind, Trait
from spie_sync.change import canonical

ME, OWN, CIRCLE, RESERVED = "moi", "ma-structure", "situation", "reserve"
"""Who will read: me, my structure, those around her bound to secrecy, named readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A signed note. Everything signed is one register, written once; ``digest`` is what the author signed (hex).

    ``sort`` is entretien, appel, visite, maraude, démarche or coordination. ``readers`` are professionals' ids
    (réservé only). ``copy_of`` names the note this one widens or moves; ``corrects`` the one it rectifies.
    ``minutes`` is the duration.
    """

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "person")] = b""
    sort: Annotated[str, Trait(N_("Type de note"), "choice", "note_sort")] = "entretien"
    on: Annotated[date | None, Trait(N_("Date"), "date")] = None
    at: Annotated[str, Trait(N_("Heure"), "time")] = ""
    minutes: Annotated[int | None, Trait(N_("Durée (min)"), "number")] = None
    place: Annotated[str, Trait(N_("Lieu"))] = ""
    authors: Annotated[tuple[bytes, ...], Trait(N_("Auteurs"), "professionals")] = ()
    theme: Annotated[str, Trait(N_("Thème"), "choice", "note_theme")] = ""
    compartment: Annotated[str, Trait(N_("Qui lira cette note"), "hidden")] = OWN
    readers: Annotated[tuple[bytes, ...], Trait(N_("Lecteurs"), "professionals")] = ()
    text: Annotated[str, Trait(N_("Texte"), "markdown", searched=True)] = ""
    copy_of: Annotated[bytes, Trait("", "hidden")] = b""
    corrects: Annotated[bytes, Trait("", "hidden")] = b""
    passage: Annotated[bytes, Trait("", "hidden")] = b""
    digest: Annotated[str, Trait("", "hidden")] = ""

    def check(self) -> None:
        if not self.text.strip():
            raise EmptyTextError
        if self.on is None:
            raise MissingFieldError(field=N_("Date"))
        if self.compartment in {CIRCLE, RESERVED} and not self.person:
            raise MissingFieldError(field=N_("Personne"))
        if self.compartment == RESERVED and not self.readers:
            raise MissingFieldError(field=N_("Lecteurs"))


def digest_of(note: Note) -> str:
    """BLAKE2b-256, in hexadecimal, of everything that is signed."""
    from spie_desk.domain.values import to_value  # noqa: PLC0415 — values reads kinds

    content = {item.name: to_value(getattr(note, item.name)) for item in fields(note) if item.name != "digest"}
    return hashlib.blake2b(canonical(content), digest_size=32).hexdigest()


def circle_of_note(note: Note) -> Wish:
    if note.compartment == ME:
        return PERSONAL
    if note.compartment == CIRCLE:
        return situation(note.person)
    if note.compartment == RESERVED:
        return reserved(note.person, frozenset(note.readers))
    return own(note.person) if note.person else STRUCTURE


NOTE = Kind(
    "note", Note, N_("Note"), N_("Notes"),
    circle=circle_of_note, parent="person", parent_kind="person",
    registers={"content": tuple(item.name for item in fields(Note) if item.name != "id")},
    register_labels={"content": N_("Note signée")},
    once=frozenset({"content"}), several=True, indexed=("person", "on"),
    far=("text", "digest", "authors", "readers", "place"),
)  # fmt: skip
