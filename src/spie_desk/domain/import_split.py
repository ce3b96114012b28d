"""« M. et Mme » : the two people that one row speaks of, each with what is plainly theirs."""

from __future__ import annotations

import re
from dataclasses import replace

from spie_desk.domain.import_rows import Bundle
from spie_desk.domain.tables import TARGETS

_AND = re.compile(r"\s+(?:et|ou|&)\s+|\s*[/&]\s*", re.IGNORECASE)
_BIRTH = ("born_on", "birth_year", "birth_place")


def two_bundles(bundle: Bundle) -> tuple[Bundle, Bundle]:
    """He and she: first names cut at « et »; birth, rights and request wait in the note.

    Address, phone and numbers are what the file gave for the household: each file keeps its own copy from then on.
    """
    firsts = [part for part in _AND.split(bundle.person.get("first_name", "")) if part]
    own = {"first_name", "civility", "nickname", *_BIRTH}
    shared = {name: value for name, value in bundle.person.items() if name not in own}
    born = {name: value for name, value in bundle.person.items() if name in _BIRTH}
    whose = {**{f"right.{scheme}": status for scheme, status in bundle.rights}, **bundle.request, **born}
    kept = (*bundle.kept, *(f"{TARGETS[name]}\u00a0: {value}" for name, value in whose.items()))
    parts = []
    for place, civility in enumerate(("m", "mme")):
        person = {**shared, "civility": civility}
        if len(firsts) == 2:
            person["first_name"] = firsts[place]
        parts.append(replace(bundle, person=person, couple=False, rights=(), request={}, kept=kept))
    return parts[0], parts[1]
