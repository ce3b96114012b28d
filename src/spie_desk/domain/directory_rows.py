"""What one row says of a structure or a professional: read cell by cell, or refused with column and remedy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spie_desk.domain.errors import N_
from spie_desk.domain.import_rows import Refusal, is_blank, spaced
from spie_desk.domain.tables import PROFESSIONALS, STRUCTURES, ColumnMap, Table, TableRow
from spie_desk.domain.words import phone_digits

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_CUT = re.compile(r"\s*[,;/|\n]\s*|\s+ou\s+|\s+et\s+")
_LA_POSTE = "356000000"


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """``structure`` and ``professional`` hold the fields that were filled; ``house`` is the structure a professional's
    row names."""

    line: int
    structure: Mapping[str, Any]
    professional: Mapping[str, Any]
    house: str = ""


class _Cells:
    """The cells of one row by target; collects what is refused on the way."""

    def __init__(self, row: TableRow, table: Table, columns: ColumnMap) -> None:
        self.line = row.line
        self.refused: list[Refusal] = []
        self._found: dict[str, list[tuple[str, str]]] = {}
        for place, target in enumerate(columns.targets):
            said = "" if is_blank(row.cells[place]) else " ".join(row.cells[place].split())
            self._found.setdefault(target, []).append((table.columns[place], said))

    def text(self, target: str) -> str:
        return " ".join(value for _, value in self._found.get(target, ()) if value)

    def refuse(self, target: str, why: str, mend: str, **parameters: str) -> None:
        header, value = next(iter(self._found.get(target, ())), ("", ""))
        self.refused.append(Refusal(self.line, header, value, why, mend, parameters))

    def email(self, target: str) -> str:
        said = self.text(target)
        if said and not _EMAIL.fullmatch(said):
            self.refuse(target, N_("Ce n’est pas une adresse de courriel."), N_("La corriger, ou laisser vide."))
        return said.casefold()

    def phones(self, target: str) -> str:
        found: dict[str, str] = {}
        for _, value in self._found.get(target, ()):
            for part in filter(None, _CUT.split(value)):
                digits = phone_digits(part)
                if not _rings(digits, part):
                    self.refuse(target, N_("Ce n’est pas un numéro de téléphone."),
                                N_("Écrire dix chiffres, ou laisser vide."))  # fmt: skip
                    return ""
                found.setdefault(digits, spaced(digits, part))
        return ", ".join(found.values())

    def siret(self, target: str) -> str:
        said = re.sub(r"[\s.]", "", self.text(target))
        if said and not is_siret(said):
            self.refuse(target, N_("Ce n’est pas un SIRET."), N_("Écrire ses quatorze chiffres, ou laisser vide."))
        return said

    def postcode(self, target: str) -> str:
        said = "".join(self.text(target).split())
        if re.fullmatch(r"\d{4}", said):
            self.refuse(target, N_("Quatre chiffres au lieu de cinq."),
                        N_("Rajouter le zéro ôté par le tableur\u00a0: {mended}."), mended="0" + said)  # fmt: skip
        elif said and not re.fullmatch(r"\d{5}", said):
            self.refuse(target, N_("Ce n’est pas un code postal."), N_("Écrire cinq chiffres, ou laisser vide."))
        return said


def read_directory_row(row: TableRow, table: Table, columns: ColumnMap) -> DirectoryRow | tuple[Refusal, ...]:
    """The row, or every reason why it cannot be taken."""
    cells = _Cells(row, table, columns)
    found = _structure(cells) if columns.sort == STRUCTURES else _professional(cells)
    return tuple(cells.refused) or found


def _structure(cells: _Cells) -> DirectoryRow:
    of = f"{STRUCTURES}."
    street = ", ".join(filter(None, (cells.text(f"{of}street"), cells.text(f"{of}street_more"))))
    said = {"name": cells.text(f"{of}name"), "siret": cells.siret(f"{of}siret"), "street": street,
            "postcode": cells.postcode(f"{of}postcode"), "town": cells.text(f"{of}town"),
            "phone": cells.phones(f"{of}phone"), "email": cells.email(f"{of}email")}  # fmt: skip
    if not said["name"]:
        cells.refuse(f"{of}name", N_("Le nom de la structure manque."), N_("Écrire son nom."))
    head = {"last_name": cells.text(f"{of}head_last"), "first_name": cells.text(f"{of}head_first"),
            "function": cells.text(f"{of}head_function"), "phone": cells.phones(f"{of}head_phone"),
            "email": cells.email(f"{of}head_email")}  # fmt: skip
    if head["email"] and not (head["last_name"] or head["first_name"]):
        cells.refuse(f"{of}head_last", N_("Le nom de la personne responsable manque."),
                     N_("Écrire ce nom, ou vider son courriel."))  # fmt: skip
    named = head["last_name"] or head["first_name"]
    return DirectoryRow(cells.line, _filled(said), _filled(head) if named else {})


def _professional(cells: _Cells) -> DirectoryRow:
    of = f"{PROFESSIONALS}."
    said = {"last_name": cells.text(f"{of}last_name"), "first_name": cells.text(f"{of}first_name"),
            "function": cells.text(f"{of}function"), "phone": cells.phones(f"{of}phone"),
            "email": cells.email(f"{of}email")}  # fmt: skip
    if not (said["last_name"] or said["first_name"]):
        cells.refuse(f"{of}last_name", N_("Ni nom, ni prénom."), N_("Écrire au moins un nom."))
    return DirectoryRow(cells.line, {}, _filled(said), cells.text(f"{of}structure"))


def _filled(said: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in said.items() if value}


def _rings(digits: str, written: str) -> bool:
    """Ten digits from France, a short service number, or one from abroad."""
    if written.strip().startswith(("+", "00")) and not digits.startswith("0"):
        return 8 <= len(digits) <= 15
    return (len(digits) == 10 and digits[0] == "0") or len(digits) in {3, 4}


def is_siret(text: str) -> bool:
    """Fourteen digits whose key holds; the post offices have a rule of their own."""
    if not re.fullmatch(r"\d{14}", text):
        return False
    if text.startswith(_LA_POSTE) and sum(map(int, text)) % 5 == 0:
        return True
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(text)))
    return sum(sum(divmod(one, 10)) for one in doubled) % 10 == 0
