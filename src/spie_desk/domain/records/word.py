"""A word that the spelling accepts: mine, or my structure's and then proposed to its people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from spie_desk.domain.circles import PERSONAL, STRUCTURE
from spie_desk.domain.errors import N_, WrongValueError
from spie_desk.domain.record import Kind, Trait

MINE, SHARED = "mine", "structure"
_WORD = re.compile(r"[^\W_](?:[\w’'-]{0,38}[^\W_])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word as it is written: an acronym, a structure's name. A person's name is never shared unasked."""

    id: bytes
    text: Annotated[str, Trait(N_("Mot"))]
    whose: Annotated[str, Trait(N_("Pour qui"), "choice", "wording_scope")] = MINE

    def check(self) -> None:
        if not _WORD.fullmatch(self.text):
            raise WrongValueError(field=N_("Mot"), why=N_("un seul mot, de 40 lettres au plus."))


WORD = Kind(
    "word", Word, N_("Mot du dictionnaire"), N_("Mots du dictionnaire"),
    circle=lambda record: STRUCTURE if record.whose == SHARED else PERSONAL,
    several=True, title=lambda record: record.text,
)  # fmt: skip
