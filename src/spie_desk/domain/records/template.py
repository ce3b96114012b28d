"""A letter's template: the file that the structure wrote in its own word processor, with the fields to fill in."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Annotated

from spie_desk.domain.circles import STRUCTURE
from spie_desk.domain.errors import MissingFieldError, N_, WrongValueError
from spie_desk.domain.record import Kind, Trait

FORMATS = ("docx", "odt")
LARGEST = 2_000_000
"""Bytes of the file: a letterhead with its logo takes a tenth of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """``format`` is docx or odt; ``body`` the whole file in base64. Held by all of the structure."""

    id: bytes
    name: Annotated[str, Trait(N_("Nom du modèle"))]
    format: Annotated[str, Trait("", "hidden")] = "odt"
    body: Annotated[str, Trait(N_("Fichier du modèle"), "hidden")] = ""

    def check(self) -> None:
        if not self.name.strip():
            raise MissingFieldError(field=N_("Nom du modèle"))
        if self.format not in FORMATS or not self.body or len(self.body) > LARGEST * 4 // 3 + 4:
            raise WrongValueError(field=N_("Fichier du modèle"), why=N_("DOCX ou ODT, de 2 Mo au plus."))

    def content(self) -> bytes:
        """The file's bytes; none when what another desk wrote is no base64."""
        try:
            return base64.b64decode(self.body, validate=True)
        except (binascii.Error, ValueError):
            return b""


def spelled(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


TEMPLATE = Kind(
    "template", Template, N_("Modèle de courrier"), N_("Modèles de courriers"),
    circle=lambda record: STRUCTURE, registers={"file": ("format", "body")},
    register_labels={"file": N_("Fichier du modèle")}, several=True, title=lambda record: record.name,
)  # fmt: skip
