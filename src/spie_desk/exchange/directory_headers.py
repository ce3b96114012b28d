"""Lists of structures and of professionals: known by their headers, column by column."""

from __future__ import annotations

from collections.abc import Sequence

from spie_desk.domain.tables import IGNORE, PEOPLE, PROFESSIONALS, SEVERAL, STRUCTURES, TARGETS_OF, ColumnMap
from spie_desk.exchange.headers import plain_header, target_of

_STRUCTURE = {
    **dict.fromkeys(("nom", "structure", "nom structure", "nom de la structure", "raison sociale", "denomination",
                     "organisme", "nom de l organisme", "etablissement"), "name"),
    **dict.fromkeys(("siret", "n siret", "numero siret", "siret structure", "no siret"), "siret"),
    **dict.fromkeys(("courriel responsable", "email responsable", "mail responsable"), "head_email"),
    **dict.fromkeys(("prenom responsable", "prenom du responsable"), "head_first"),
    **dict.fromkeys(("nom responsable", "nom du responsable", "responsable"), "head_last"),
    **dict.fromkeys(("fonction responsable", "fonction du responsable"), "head_function"),
    **dict.fromkeys(("telephones responsable", "telephone responsable", "tel responsable"), "head_phone"),
}  # fmt: skip
_PROFESSIONAL = {
    **dict.fromkeys(("fonction", "poste", "metier", "role", "qualite", "profession"), "function"),
    **dict.fromkeys(("structure", "nom structure", "nom de la structure", "organisme", "employeur", "etablissement",
                     "siret", "service"), "structure"),
}  # fmt: skip
_OF_A_PERSON = frozenset({"born_on", "birth_year", "birth_name", "birth_place", "local", "caf", "france_travail", "nir",
                          "civility", "work", "members"})  # fmt: skip
_NAMES = {STRUCTURES: _STRUCTURE, PROFESSIONALS: _PROFESSIONAL}


def sort_of(headers: Sequence[str]) -> str:
    """What a file is a list of: of people unless its headers say otherwise, and none speaks of a birth or a right."""
    plain = [plain_header(one) for one in headers]
    targets = [target_of(one) for one in headers]
    if any(one in _OF_A_PERSON or one.startswith("right.") for one in targets):
        return PEOPLE
    names = {_STRUCTURE.get(one) for one in plain}
    if ("siret" in names and "first_name" not in targets) or names & {"head_email", "head_last"}:
        return STRUCTURES
    whole = {"first_name", "last_name", "email"} <= set(targets)
    by_function = any(_PROFESSIONAL.get(one) == "function" for one in plain)
    # the lists of advisers begin with what tells them apart
    if whole and (by_function or targets[0] == "email"):
        return PROFESSIONALS
    return PEOPLE


def directory_columns(headers: Sequence[str], sort: str) -> ColumnMap:
    """A target for every column; what nothing recognises is left aside."""
    found: list[str] = []
    for header in headers:
        name = _NAMES[sort].get(plain_header(header)) or target_of(header)
        target = f"{sort}.{name}"
        taken = target in found and target not in SEVERAL
        found.append(target if target in TARGETS_OF[sort] and not taken else IGNORE)
    return ColumnMap(tuple(found), tuple(one != IGNORE for one in found))
