"""What one row of a file says of a person: read cell by cell, or refused with the column, the reason and the remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from spie_desk.domain.dates_fr import ReadDate, read_date
from spie_desk.domain.duplicates import Identity, phones_of
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.lists import Lists
from spie_desk.domain.nir import find_nirs, is_nir, without_nirs
from spie_desk.domain.phones import looks_odd
from spie_desk.domain.tables import NIR, NOTE, ColumnMap, Table, TableRow
from spie_desk.domain.words import fold, phone_digits


class Town(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


class Towns(Protocol):
    """The communes, as ``exchange.communes.Communes`` knows them."""

    def find(self, postcode: str, town: str) -> Any: ...

    def search(self, prefix: str, limit: int = 20) -> Any:
        """Those whose name or postcode begins so: (code, name, postcodes, …) each."""

    def name_of(self, code: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Refusal:
    """One cell that cannot be taken: where, what, why and how to mend it (msgids with ``parameters``)."""

    line: int
    column: str
    value: str
    why: str
    mend: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A row, read. ``person`` holds the fields that were filled; ``kept`` the lines of its « ma structure » note.
    ``couple``: it speaks of two people, of her first when ``mme_first``."""

    line: int
    person: Mapping[str, Any] = field(default_factory=dict)
    phones: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    rights: tuple[tuple[str, str], ...] = ()
    request: Mapping[str, Any] = field(default_factory=dict)
    emails: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    couple: bool = False
    mme_first: bool = False
    nirs: int = 0
    odd_phones: tuple[str, ...] = ()

    @property
    def identity(self) -> Identity:
        said = {name: self.person[name] for name in ("last_name", "first_name", "birth_name", "nickname", "born_on",
                                                     "birth_year") if name in self.person}  # fmt: skip
        return Identity(**said, phones=phones_of(self.phones))

    @property
    def local(self) -> str:
        return next((value for scheme, value in self.identifiers if scheme == "local"), "")


@dataclass(frozen=True)
class Reading:
    """What reading a row needs: how columns are taken, today's date, the communes, the value lists."""

    table: Table
    columns: ColumnMap
    today: date
    towns: Towns
    lists: Lists

    @cached_property
    def layout(self) -> tuple[tuple[int, str, str], ...]:
        """Each column's place, what it is taken for, and its header."""
        return tuple((place, target, self.table.columns[place]) for place, target in enumerate(self.columns.targets))

    def town(self, postcode: str, town: str) -> Any:
        """The commune that both name, looked for once: a list names few of them."""
        if (postcode, town) not in self._towns:
            self._towns[postcode, town] = self.towns.find(postcode, town)
        return self._towns[postcode, town]

    @cached_property
    def _towns(self) -> dict[tuple[str, str], Any]:
        return {}


_EMPTY = frozenset({"", "null", "none", "nan", "n a", "#n/a", "#ref!", "#valeur!", "#name?", "nc", "n c"})
_COUPLE = re.compile(
    r"\b(?:m|mr|monsieur)\b[. ]*(?:et|ou|&|/|-)\s*(?:mme|madame|mlle)\b\.?|"
    r"\b(?:mme|madame)\b[. ]*(?:et|ou|&|/|-)\s*(?:m|mr|monsieur)\b\.?", re.IGNORECASE)  # fmt: skip
_TITLE = re.compile(r"\A(?P<title>m|mr|monsieur|mme|madame|mlle|mademoiselle)\b\.?\s+(?=\S)", re.IGNORECASE)
_CIVILITY = {**dict.fromkeys(("m", "mr", "monsieur", "h", "homme", "masculin", "1", "male", "garcon"), "m"),
             **dict.fromkeys(("mme", "madame", "mlle", "mademoiselle", "f", "femme", "feminin", "2", "female", "mrs",
                              "ms", "fille"), "mme")}  # fmt: skip
_YES = frozenset({"oui", "o", "yes", "y", "vrai", "true", "1", "x", "ouvert", "en cours", "actif", "beneficiaire",
                  "versable"})  # fmt: skip
_NO = frozenset({"non", "n", "no", "faux", "false", "0", "sans", "aucun", "pas de droit", "non beneficiaire", "jamais"})
_STATES = {"suspendu": "suspended", "demande": "requested", "demande en cours": "requested", "en attente": "requested",
           "instruction": "requested", "en cours d instruction": "requested", "refuse": "refused", "clos": "ended",
           "termine": "ended", "fin de droit": "ended", "fin de droits": "ended", "radie": "ended"}  # fmt: skip
_PLAIN = ("last_name", "first_name", "birth_name", "nickname", "birth_place", "email", "street", "postcode", "town",
          "language")  # fmt: skip
_SHORTEST_NIR = 13
_PHONE_CUT = re.compile(r"\s*[,;/|\n]\s*|\s+ou\s+|\s+et\s+")


class _Cells:
    """The cells of one row by target, NIRs already taken out; collects what is refused on the way."""

    def __init__(self, row: TableRow, reading: Reading) -> None:
        self.line, self.columns = row.line, reading.table.columns
        self.refused: list[Refusal] = []
        self.kept: list[str] = []
        self.nirs = 0
        self._by_target: dict[str, list[tuple[str, str]]] = {}
        for place, target, header in reading.layout:
            value = row.cells[place]
            if not value or is_blank(value):
                continue
            if target == NIR:
                self.nirs += 1
                continue
            self._by_target.setdefault(target, []).append((header, self._guarded(value)))
        for header, value in self.take(NOTE):
            self.keep(header, value)

    def _guarded(self, value: str) -> str:
        if len(value) < _SHORTEST_NIR:
            return value
        found = find_nirs(value)
        self.nirs += len(found)
        if is_nir(value):
            return ""
        return without_nirs(value) if found else value

    def take(self, target: str) -> list[tuple[str, str]]:
        return [(header, value) for header, value in self._by_target.get(target, ()) if value]

    def text(self, target: str) -> str:
        for _, value in self._by_target.get(target, ()):
            if value:
                return " ".join(value.split())
        return ""

    def keep(self, header: str, value: str) -> None:
        self.kept.append(f"{' '.join(header.split()) or '…'}\u00a0: {value.strip()}")

    def refuse(self, target: str, why: str, mend: str, **parameters: str) -> None:
        header, value = next(iter(self._by_target.get(target, ())), ("", ""))
        self.refused.append(Refusal(self.line, header, value, why, mend, parameters))


def is_blank(value: str) -> bool:
    """Nothing, or one of the words that stand for it; all of these begin with an n, a sign or a space."""
    first = value[:1]
    if first.isascii() and first.isalnum() and first not in "nN":
        return False
    return fold(value) in _EMPTY


def read_row(row: TableRow, reading: Reading) -> Bundle | tuple[Refusal, ...]:
    """The row as a bundle, or every reason why it cannot be."""
    cells = _Cells(row, reading)
    person: dict[str, Any] = {name: text for name in _PLAIN if (text := cells.text(name))}
    couple = _names(cells, person)
    _births(cells, person, reading.today)
    _address(cells, person, reading)
    _checked(cells, person)
    phones, odd = _phones(cells)
    identifiers = tuple((scheme, text) for scheme in ("local", "caf", "france_travail") if (text := cells.text(scheme)))
    rights = _rights(cells, reading.lists)
    request = _request(cells, reading.lists)
    emails = tuple(part.strip().casefold() for _, value in cells.take("members")
                   for part in re.split(r"[,;\s]+", value) if part.strip())  # fmt: skip
    if cells.refused:
        return tuple(cells.refused)
    return Bundle(line=row.line, person=person, phones=phones, identifiers=identifiers, rights=rights, request=request,
                  emails=emails, kept=tuple(cells.kept), nirs=cells.nirs, odd_phones=odd,
                  couple=bool(couple), mme_first=couple.casefold().startswith(("mm", "ma", "ml")))  # fmt: skip


def _names(cells: _Cells, person: dict[str, Any]) -> str:
    """Names and civility; the titles when the row speaks of two people (« M. et Mme »), or nothing."""
    if full := cells.text("full_name"):
        person.update({key: value for key, value in split_name(_COUPLE.sub("", full)).items() if value})
    said = " ".join((full, person.get("last_name", ""), cells.text("civility")))
    two = _COUPLE.search(said)
    couple = two[0] if two else ""
    for name in ("last_name", "first_name"):
        if name in person:
            bare = _COUPLE.sub("", person[name]).strip()
            if found := _TITLE.match(bare):
                person.setdefault("civility", _CIVILITY.get(fold(found["title"]), ""))
                bare = bare[found.end():]
            person[name] = bare
    civility = _CIVILITY.get(fold(cells.text("civility")).strip(". "), "")
    if civility and not couple:
        person["civility"] = civility
    elif cells.text("civility") and not couple:
        cells.keep(*cells.take("civility")[0])
    return couple


def split_name(full: str) -> dict[str, str]:
    """« BELKACEM Amina », « Belkacem, Amina », « Amina BELKACEM »: capitals tell the name; else the first word."""
    title = _TITLE.match(full.strip())
    bare = full.strip()[title.end():] if title else full.strip()
    found = {"civility": _CIVILITY.get(fold(title["title"]), "") if title else ""}
    if "," in bare:
        last, _, first = bare.partition(",")
        return {**found, "last_name": last.strip(), "first_name": first.strip()}
    words = bare.split()
    loud = [word for word in words if word.isupper() and len(word) > 1]
    if loud and len(loud) < len(words):
        return {**found, "last_name": " ".join(loud),
                "first_name": " ".join(word for word in words if word not in loud)}  # fmt: skip
    return {**found, "last_name": words[0] if words else "", "first_name": " ".join(words[1:])}


def _births(cells: _Cells, person: dict[str, Any], today: date) -> None:
    for target in ("born_on", "entered_on"):
        found = _date(cells, target, today)
        if found.on:
            person[target] = found.on
        elif found.year and target == "born_on":
            person["birth_year"] = found.year
    year = cells.text("birth_year")
    if year and not re.fullmatch(r"(19|20)\d\d", year):
        cells.refuse("birth_year", N_("Ce n’est pas une année."), N_("Écrire quatre chiffres, par exemple 1988."))
    elif year and "born_on" not in person:
        person["birth_year"] = int(year)


def _date(cells: _Cells, target: str, today: date) -> ReadDate:
    """The date of a cell; nothing when it is empty or refused."""
    text = cells.text(target)
    if not text:
        return ReadDate()
    try:
        found = read_date(text, today)
    except DeskError as error:
        cells.refuse(target, error.says, error.next_step)
        return ReadDate()
    if found.on and found.on > today:
        cells.refuse(target, N_("Cette date est dans l’avenir."), N_("Vérifier l’année."))
        return ReadDate()
    return found


def _address(cells: _Cells, person: dict[str, Any], reading: Reading) -> None:
    more = " ".join(" ".join(value.split()) for _, value in cells.take("street_more"))
    if more:
        person["street_more"] = more
    both = re.match(r"(?:(\d{5})[ -]+)?(.+)\Z", cells.text("postcode_town"))
    if both:
        person.setdefault("postcode", both[1] or "")
        person.setdefault("town", both[2])
    written = "".join(person.pop("postcode", "").split())
    postcode = _postcode(cells, written, person.get("town", ""), reading)
    if postcode:
        person["postcode"] = postcode
    if commune := reading.town(postcode, person.get("town", "")) if postcode or person.get("town") else None:
        person["town_code"] = commune.code
        person.setdefault("town", commune.name)


def _postcode(cells: _Cells, written: str, town: str, reading: Reading) -> str:
    """Five digits, or four to which the commune gives back the zero that a spreadsheet took; else refused."""
    if not written or re.fullmatch(r"\d{5}", written):
        return written
    if re.fullmatch(r"\d{4}", written):
        if town and reading.town("0" + written, town):
            return "0" + written
        cells.refuse("postcode", N_("Quatre chiffres au lieu de cinq."),
                     N_("Rajouter le zéro ôté par le tableur\u00a0: {mended}."), mended="0" + written)  # fmt: skip
    else:
        cells.refuse("postcode", N_("Ce n’est pas un code postal."), N_("Écrire cinq chiffres, ou laisser vide."))
    return ""


def _checked(cells: _Cells, person: dict[str, Any]) -> None:
    if not any(person.get(name) for name in ("last_name", "first_name", "nickname")):
        target = "full_name" if cells.take("full_name") else "last_name"
        cells.refuse(target, N_("Ni nom, ni prénom, ni surnom."), N_("Écrire au moins un nom ou un surnom."))
        if not cells.refused[-1].column:
            column = next((head for head in cells.columns if "nom" in fold(head)), "")
            cells.refused[-1] = Refusal(cells.line, column, "", cells.refused[-1].why, cells.refused[-1].mend)
    email = person.get("email", "")
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        cells.refuse("email", N_("Ce n’est pas une adresse de courriel."), N_("La corriger, ou laisser vide."))


def _phones(cells: _Cells) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Numbers as people read them, without doubles, and those that look wrong (kept all the same)."""
    found: dict[str, str] = {}
    odd: list[str] = []
    for header, value in cells.take("phone"):
        for part in filter(None, _PHONE_CUT.split(value)):
            digits = phone_digits(part)
            if len(digits) < 3:
                cells.keep(header, part)
                continue
            found.setdefault(digits, spaced(digits, part))
            if looks_odd(found[digits]):
                odd.append(found[digits])
    return tuple(found.values()), tuple(odd)


def spaced(digits: str, written: str) -> str:
    """A French number by pairs, with the words that stood beside it; another one as it was written."""
    if not re.fullmatch(r"0\d{9}", digits) or re.search(r"[^\W\d]", written):
        return " ".join(written.split())
    return " ".join(digits[at : at + 2] for at in range(0, 10, 2))


def _rights(cells: _Cells, lists: Lists) -> tuple[tuple[str, str], ...]:
    found = []
    for scheme in ("rsa", "are", "ass", "prime_activite", "rqth", "aah", "css"):
        value = cells.text(f"right.{scheme}")
        if not value:
            continue
        status = _status(value, lists)
        if status:
            found.append((scheme, status))
        else:
            cells.refuse(f"right.{scheme}", N_("Oui ou Non attendu."), N_("Écrire Oui, Non, ou laisser vide."))
    return tuple(found)


def _status(value: str, lists: Lists) -> str:
    plain = " ".join(fold(value).strip(". ").split())
    if plain in _YES:
        return "open"
    if plain in _NO:
        return "none"
    return _STATES.get(plain) or _code(lists, "right_status", value)


def _request(cells: _Cells, lists: Lists) -> dict[str, Any]:
    """Work, training and what is looked for; a value that is in no list stays in the note."""
    found: dict[str, Any] = {}
    readers: tuple[tuple[str, Callable[[str], Any]], ...] = (
        ("work", lambda value: _code(lists, "work_situation", value)),
        ("education", lambda value: _code(lists, "education_level", value)),
        ("project", lambda value: value),
        ("radius_km", lambda value: int(digits[1]) if (digits := re.match(r"(\d{1,3})(?: ?km)?\Z", value)) else None),
    )
    for target, reader in readers:
        for header, value in cells.take(target):
            read = reader(" ".join(value.split()))
            if read in {None, ""}:
                cells.keep(header, value)
            else:
                found[target] = read
    return found


def _code(lists: Lists, name: str, value: str) -> str:
    """The code of a list that a cell means: the code itself, or its words."""
    if value in lists[name].by_code:
        return value
    plain = fold(value)
    return next((entry.code for entry in lists[name].entries if plain in {fold(entry.code), fold(entry.label)}), "")
