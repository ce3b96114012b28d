"""A ready phrase: typed by its abbreviation or chosen from a list, mine or my structure's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from spie_desk.domain.circles import PERSONAL, STRUCTURE
from spie_desk.domain.errors import EmptyTextError, N_, WrongValueError
from spie_desk.domain.record import Kind, Trait

MINE, SHARED = "mine", "structure"
_KEY = re.compile(r"[^\W_][\w.-]{1,11}")
LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """``key`` may be empty: the phrase is then only chosen from the list. ``whose`` is settled when it is made."""

    id: bytes
    key: Annotated[
        str,
        Trait(
            N_("Abréviation"),
            help=N_(
                "De 2 à 12 lettres ou chiffres, sans espace\u00a0: «\u00a0rdv\u00a0». "
                "Vide\u00a0: la phrase se choisit dans la liste."
            ),
        ),
    ] = ""
    text: Annotated[str, Trait(N_("Phrase"), "text", help=N_("Ni nom ni détail d’une personne."))] = ""
    whose: Annotated[str, Trait(N_("Pour qui"), "choice", "wording_scope")] = MINE

    def check(self) -> None:
        if not self.text.strip():
            raise EmptyTextError
        if len(self.text) > LONGEST:
            raise WrongValueError(field=N_("Phrase"), why=N_("deux mille signes au plus."))
        if self.key and not _KEY.fullmatch(self.key):
            raise WrongValueError(field=N_("Abréviation"), why=N_("de 2 à 12 lettres ou chiffres, sans espace."))


PHRASE = Kind(
    "phrase", Phrase, N_("Phrase type"), N_("Phrases types"),
    circle=lambda record: STRUCTURE if record.whose == SHARED else PERSONAL,
    several=True, indexed=("key",), title=lambda record: record.key or record.text[:40],
)  # fmt: skip
