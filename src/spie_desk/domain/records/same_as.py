"""« Même personne »: two files are one person's; one half of the link in each file, and nothing of either rewritten."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from types import MappingProxyType
from typing import Annotated

from spie_desk.domain.circles import socle
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.record import Kind, Trait


class OneFileError(DeskError):
    says = N_("C’est deux fois le même dossier\u00a0: il n’y a rien à réunir.")
    next_step = N_("Choisissez un autre dossier.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAs:
    """The half that stands in ``person``'s file. ``main`` is the file that gives the name and the number, and that
    receives what is new; ``together`` is False once they were separated. ``shows_…`` name, for a value that the files
    hold differently, the file whose value is shown; nothing chosen: the main one's."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    other: Annotated[bytes, Trait(N_("Autre dossier"), "person")]
    main: Annotated[bytes, Trait(N_("Dossier principal"), "person")]
    together: Annotated[bool, Trait(N_("Dossiers réunis"), "tick")] = True
    remark: Annotated[str, Trait(N_("Ce qui le fait dire"))] = ""
    shows_name: Annotated[bytes, Trait(N_("Nom affiché, du dossier"), "person")] = b""
    shows_nickname: Annotated[bytes, Trait(N_("Surnom affiché, du dossier"), "person")] = b""
    shows_birth: Annotated[bytes, Trait(N_("Naissance affichée, du dossier"), "person")] = b""
    shows_email: Annotated[bytes, Trait(N_("Courriel affiché, du dossier"), "person")] = b""
    shows_address: Annotated[bytes, Trait(N_("Adresse affichée, du dossier"), "person")] = b""
    shows_domiciliation: Annotated[bytes, Trait(N_("Domiciliation affichée, du dossier"), "person")] = b""
    shows_contact_rules: Annotated[bytes, Trait(N_("Consignes de contact affichées, du dossier"), "person")] = b""
    shows_language: Annotated[bytes, Trait(N_("Langue affichée, du dossier"), "person")] = b""
    shows_guardian: Annotated[bytes, Trait(N_("Mandataire affiché, du dossier"), "person")] = b""
    shows_referent: Annotated[bytes, Trait(N_("Référent affiché, du dossier"), "person")] = b""
    shows_entered_on: Annotated[bytes, Trait(N_("«\u00a0Suivi depuis\u00a0» affiché, du dossier"), "person")] = b""
    shows_end: Annotated[bytes, Trait(N_("Fin affichée, du dossier"), "person")] = b""

    def check(self) -> None:
        if self.person == self.other or self.main not in {self.person, self.other}:
            raise OneFileError


SHOWS = MappingProxyType({
    register: f"shows_{register}"
    for register in ("name", "nickname", "birth", "email", "address", "domiciliation", "contact_rules", "language",
                     "guardian", "referent", "entered_on", "end")
})  # fmt: skip
"""Register of a person → the field that says whose value of it is shown."""


def half_id(person: bytes, other: bytes, turn: int = 0) -> bytes:
    """The same for every desk that makes this link, so that made twice it is one; ``turn`` counts the halves that were
    withdrawn before."""
    return blake2b(person + other + turn.to_bytes(2, "big"), digest_size=16, person=b"spie same as").digest()


SAME_AS = Kind(
    "same_as", SameAs, N_("Même personne"), N_("Même personne"),
    circle=lambda record: socle(record.person),
    parent="person", parent_kind="person",
    registers={"link": ("main", "together")},
    register_labels={"link": N_("Deux dossiers réunis")},
    indexed=("person", "other"),
)  # fmt: skip
