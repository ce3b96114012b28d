"""« M. et Mme » : the two people that one row speaks of, each with what is plainly theirs."""

from __future__ import annotations

import re
from dataclasses import replace

from spie_desk.domain.import_rows import Bundle
from spie_desk.domain.tables import TARGETS

_AND = re.compile(r"\s+(?:et|ou|&)\s+|\s*[/&]\s*", re.IGNORECASE)
_BIRTH = ("born_on", "birth_year", "birth_place")


def two_bundles(bundle: Bundle, *, swapped: bool = False) -> tuple[Bundle, Bundle]:
    """The two, in the order of their titles; first names cut at « et », in that order too unless ``swapped``: files
    write « M. et Mme » above « Awa et Ali ». What may be of either waits in the note.

    Address, phone and numbers are what the file gave for the household: each file keeps its own copy from then on.
    """
    firsts = first_names(bundle)
    own = {"first_name", "civility", "nickname", *_BIRTH}
    shared = {name: value for name, value in bundle.person.items() if name not in own}
    unsure = {name: value for name, value in bundle.person.items() if name in own - {"civility"}}
    if firsts:
        del unsure["first_name"]
    whose = {**{f"right.{scheme}": status for scheme, status in bundle.rights}, **bundle.request, **unsure}
    kept = (*bundle.kept, *(f"{TARGETS[name]}\u00a0: {value}" for name, value in whose.items()))
    parts = []
    for place, civility in enumerate(("mme", "m") if bundle.mme_first else ("m", "mme")):
        person = {**shared, "civility": civility}
        if firsts:
            person["first_name"] = firsts[1 - place if swapped else place]
        parts.append(replace(bundle, person=person, couple=False, rights=(), request={}, kept=kept))
    return parts[0], parts[1]


def first_names(bundle: Bundle) -> tuple[str, str] | None:
    """The two first names of a row, if that is what it gives."""
    cut = [part for part in _AND.split(bundle.person.get("first_name", "")) if part]
    return (cut[0], cut[1]) if len(cut) == 2 else None
