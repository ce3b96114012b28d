"""Dates as French files write them: read without guessing, or refused with the reason and how to mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.words import fold

_MONTHS = {
    name: number
    for number, names in enumerate((
        ("janvier", "janv", "jan", "january"), ("fevrier", "fevr", "fev", "february", "feb"), ("mars", "mar", "march"),
        ("avril", "avr", "april", "apr"), ("mai", "may"), ("juin", "june", "jun"), ("juillet", "juil", "july", "jul"),
        ("aout", "aou", "august", "aug"), ("septembre", "sept", "sep", "september"),
        ("octobre", "oct", "october"), ("novembre", "nov", "november"), ("decembre", "dec", "december"),
    ), start=1)
    for name in names
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?\Z")
_FRENCH = re.compile(r"(\d{1,2}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?\Z")
_LETTERS = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_UNKNOWN = frozenset({
    "", "?", "??", "nc", "na", "n/a", "null", "none", "inconnu", "inconnue", "non connu", "non connue", "non renseigne",
    "non renseignee", "ne sait pas", "nsp", "00/00/0000", "0000 00 00", "00 00 0000", "x", "/",
})  # fmt: skip
_EXCEL_DAY_0 = date(1899, 12, 30)
_UNKNOWN_DAY = frozenset({"00", "0"})


class NoSuchDateError(DeskError):
    says = N_("Cette date n’existe pas.")
    next_step = N_("Vérifier sur une pièce, ou laisser vide\u00a0: c’est permis.")


class SwappedDateError(DeskError):
    says = N_("Le jour et le mois semblent inversés.")
    next_step = N_("Écrire le jour d’abord, par exemple 25/05/1998.")


class NotADateError(DeskError):
    says = N_("Ce n’est pas une date.")
    next_step = N_("Écrire par exemple 25/05/1998, ou laisser vide\u00a0: c’est permis.")


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A full date, or a year alone, or nothing (unknown)."""

    on: date | None = None
    year: int | None = None


def read_date(text: str, latest: date) -> ReadDate:
    """The date that a cell writes; two-digit years are the latest ones not after ``latest``.

    Raises a DeskError that says why it is no date and how to mend it.
    """
    plain = " ".join(text.split())
    spelled = fold(plain).replace(",", "")
    if spelled in _UNKNOWN or plain in _UNKNOWN:
        return ReadDate()
    if found := _ISO.match(plain) or _COMPACT.match(plain):
        return _day(found[1], found[2], found[3], latest)
    if found := _FRENCH.match(plain):
        return _day(found[3], found[2], found[1], latest)
    if (found := _LETTERS.match(spelled)) and found[2] in _MONTHS:
        return _day(found[3], str(_MONTHS[found[2]]), found[1], latest)
    return _number(spelled)


def _day(year: str, month: str, day: str, latest: date) -> ReadDate:
    full = int(year)
    if len(year) == 2:
        full += latest.year // 100 * 100
        full -= 100 if full > latest.year else 0
    if (month in _UNKNOWN_DAY or day in _UNKNOWN_DAY) and 1900 <= full <= latest.year:
        return ReadDate(year=full)
    try:
        return ReadDate(on=date(full, int(month), int(day)), year=full)
    except ValueError:
        # Only when the reading turned round is a date: 05/25/1998, never 31/02/1990.
        if int(month) > 12 >= int(day) >= 1 and int(month) <= 31:
            raise SwappedDateError from None
        raise NoSuchDateError from None


def _number(text: str) -> ReadDate:
    """A year alone, or the serial number that a spreadsheet shows when a cell has lost its date format."""
    digits = re.fullmatch(r"(\d{4,5})(?:\.0+)?", text)
    if digits and len(digits[1]) == 4 and 1900 <= int(digits[1]) <= 2100:
        return ReadDate(year=int(digits[1]))
    if digits and len(digits[1]) == 5 and int(digits[1]) < 73_000:
        on = _EXCEL_DAY_0 + timedelta(days=int(digits[1]))
        return ReadDate(on=on, year=on.year)
    raise NotADateError
