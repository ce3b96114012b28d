"""A saved view: a filter over the people I follow, mine alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from spie_desk.domain.circles import PERSONAL
from spie_desk.domain.errors import MissingFieldError, N_
from spie_desk.domain.record import Kind, Trait


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A name, and the filter of ``listing.PersonFilter`` by its fields."""

    id: bytes
    name: Annotated[str, Trait(N_("Nom de la vue"))]
    scope: Annotated[str, Trait(N_("Quelles personnes"), "choice", "view_scope")] = "all"
    words: Annotated[str, Trait(N_("Mots"))] = ""
    silent_days: Annotated[int | None, Trait(N_("Sans nouvelles depuis, en jours"), "number")] = None
    town_code: Annotated[str, Trait(N_("Commune"), "commune")] = ""

    def check(self) -> None:
        if not self.name.strip():
            raise MissingFieldError(field=N_("Nom de la vue"))


VIEW = Kind("view", View, N_("Vue"), N_("Vues"), circle=lambda record: PERSONAL,
            registers={"filter": ("scope", "words", "silent_days", "town_code")},
            register_labels={"filter": N_("Filtre")}, several=True, title=lambda record: record.name)  # fmt: skip
