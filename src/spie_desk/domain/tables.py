"""A table as read from someone's file, and what each of its columns is taken for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from spie_desk.domain.errors import N_
from spie_desk.domain.words import fold


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its line in the file as the user counts them, and its cells as text, as many as there are columns."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A whole file: its columns, its rows, and how it was read (said on screen so that a wrong guess is seen)."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    header_line: int
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The same for two files with the same headers: what a remembered mapping is kept under."""
        heads = "\x1f".join(fold(column) for column in self.columns)
        return hashlib.blake2b(heads.encode(), digest_size=16).hexdigest()

    def values(self, column: int, limit: int = 200) -> list[str]:
        """The first non-empty values of a column."""
        found = (row.cells[column] for row in self.rows if row.cells[column])
        return [value for value, _ in zip(found, range(limit), strict=False)]


NOTE, IGNORE, NIR = "note", "ignore", "nir"
"""Targets that are no field: kept in a « ma structure » note, left aside, dropped because the law says so."""

RIGHTS = ("rsa", "are", "ass", "prime_activite", "rqth", "aah", "css")

TARGETS: dict[str, str] = {
    "last_name": N_("Nom"), "first_name": N_("Prénom"), "full_name": N_("Nom et prénom"),
    "birth_name": N_("Nom de naissance"), "nickname": N_("Surnom"), "civility": N_("Civilité"),
    "born_on": N_("Date de naissance"), "birth_year": N_("Année de naissance (si la date est inconnue)"),
    "birth_place": N_("Lieu de naissance"), "phone": N_("Téléphone"), "email": N_("Courriel"),
    "street": N_("Adresse"), "street_more": N_("Complément d’adresse"), "postcode": N_("Code postal"),
    "town": N_("Commune"), "postcode_town": N_("Code postal et commune"), "language": N_("Langue"),
    "local": N_("Numéro de la structure"), "caf": N_("Numéro CAF ou MSA"),
    "france_travail": N_("Identifiant France Travail"),
    "right.rsa": N_("Droit : RSA"), "right.are": N_("Droit : ARE"), "right.ass": N_("Droit : ASS"),
    "right.prime_activite": N_("Droit : prime d’activité"), "right.rqth": N_("Droit : RQTH"),
    "right.aah": N_("Droit : AAH"), "right.css": N_("Droit : complémentaire santé solidaire"),
    "work": N_("Situation"), "education": N_("Niveau de formation"), "project": N_("Emploi recherché"),
    "radius_km": N_("Zone de mobilité, en km"), "entered_on": N_("Suivi depuis le"),
    "members": N_("Qui accompagne (courriels)"),
    NOTE: N_("Garder dans une note « ma structure »"), IGNORE: N_("Ne pas importer"),
    NIR: N_("Numéro de sécurité sociale : jamais importé"),
}  # fmt: skip
"""Every target a column can have, with its French msgid, in the order of the choice list."""

PEOPLE, STRUCTURES, PROFESSIONALS = "people", "structure", "professional"
"""What a file may be a list of."""

_STRUCTURE_TARGETS: dict[str, str] = {
    "structure.name": N_("Nom de la structure"), "structure.siret": N_("SIRET"), "structure.street": N_("Adresse"),
    "structure.street_more": N_("Complément d’adresse"), "structure.postcode": N_("Code postal"),
    "structure.town": N_("Commune"), "structure.phone": N_("Téléphone"), "structure.email": N_("Courriel"),
    "structure.head_last": N_("Responsable\u00a0: nom"), "structure.head_first": N_("Responsable\u00a0: prénom"),
    "structure.head_function": N_("Responsable\u00a0: fonction"),
    "structure.head_phone": N_("Responsable\u00a0: téléphone"),
    "structure.head_email": N_("Responsable\u00a0: courriel"), IGNORE: N_("Ne pas importer"),
}  # fmt: skip
_PROFESSIONAL_TARGETS: dict[str, str] = {
    "professional.last_name": N_("Nom"), "professional.first_name": N_("Prénom"),
    "professional.function": N_("Fonction"), "professional.structure": N_("Structure"),
    "professional.phone": N_("Téléphone"), "professional.email": N_("Courriel"), IGNORE: N_("Ne pas importer"),
}  # fmt: skip

TARGETS_OF = {PEOPLE: TARGETS, STRUCTURES: _STRUCTURE_TARGETS, PROFESSIONALS: _PROFESSIONAL_TARGETS}

SEVERAL = frozenset({"phone", "members", "street_more", "structure.phone", "structure.street_more",
                     "structure.head_phone", "professional.phone", NOTE, IGNORE, NIR})  # fmt: skip
"""Targets that more than one column may have."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What each column is taken for, in the order of the file; ``sure`` says which were recognised by their name."""

    targets: tuple[str, ...]
    sure: tuple[bool, ...] = ()
    remembered: bool = False

    @property
    def sort(self) -> str:
        """What the file is a list of, by what its columns are taken for."""
        sorts = {one.partition(".")[0] for one in self.targets if "." in one}
        return next((sort for sort in (STRUCTURES, PROFESSIONALS) if sort in sorts), PEOPLE)

    def columns_for(self, target: str) -> list[int]:
        return [place for place, one in enumerate(self.targets) if one == target]

    def with_target(self, column: int, target: str) -> ColumnMap:
        """The same with another choice for one column; the column that had that target before gives it up."""
        spare = NOTE if self.sort == PEOPLE else IGNORE
        freed = [spare if one == target and target not in SEVERAL else one for one in self.targets]
        freed[column] = target
        return ColumnMap(tuple(freed), tuple(at == column or sure for at, sure in enumerate(self.sure)))


def readable_map(targets: Sequence[object], columns: int) -> ColumnMap | None:
    """The map that a stored list spells, or None when it does not fit (another version wrote it)."""
    every = {code for known in TARGETS_OF.values() for code in known}
    known = [one for one in targets if isinstance(one, str) and one in every]
    return ColumnMap(tuple(known), (True,) * columns, remembered=True) if len(known) == columns else None
