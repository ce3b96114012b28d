"""What each column of a table probably holds: by its name, else by its values; proposed, never imposed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from spie_desk.domain.dates_fr import read_date
from spie_desk.domain.errors import DeskError
from spie_desk.domain.nir import is_nir
from spie_desk.domain.tables import NIR, NOTE, PEOPLE, SEVERAL, ColumnMap, Table
from spie_desk.domain.words import fold, phone_digits
from spie_desk.exchange.directory_headers import directory_columns, sort_of
from spie_desk.exchange.headers import target_of

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}\Z")
_POSTCODE = re.compile(r"\d{5}\Z")
_POSTCODE_TOWN = re.compile(r"\d{5}[ -]+[^\W\d].*\Z")


def proposed(table: Table, today: date, sort: str = "") -> ColumnMap:
    """A target for every column of a list of people, structures or professionals (guessed without ``sort``); « note »
    for those of people that nothing recognises, so that nothing is lost."""
    sort = sort or sort_of(table.columns)
    if sort != PEOPLE:
        return directory_columns(table.columns, sort)
    named = [target_of(header) for header in table.columns]
    if "last_name" not in named and "first_name" not in named:
        # Alone, « Nom » holds both names.
        named = ["full_name" if one == "last_name" else one for one in named]
    if "last_name" in named and "first_name" not in named and _two_words(table, named.index("last_name")):
        named[named.index("last_name")] = "full_name"
    taken: set[str] = set()
    targets, sure = [], []
    for place, by_name in enumerate(named):
        values = table.values(place)
        target = NIR if _mostly(values, is_nir) else by_name
        if not target or (target in taken and target not in SEVERAL):
            target = _by_values(values, table.columns[place], taken | set(named), today)
        taken.add(target)
        targets.append(target)
        sure.append(target == by_name)
    return ColumnMap(tuple(targets), tuple(sure))


def _two_words(table: Table, column: int) -> bool:
    return _mostly(table.values(column), lambda value: len(value.split()) >= 2)


def _by_values(values: Sequence[str], header: str, taken: set[str], today: date) -> str:
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("email", lambda value: bool(_EMAIL.match(value))),
        ("phone", _is_phone),
        # Many codes have five digits: a postcode also says its name.
        ("postcode", lambda value: bool(_POSTCODE.match(value)) and "post" in fold(header)),
        ("postcode_town", lambda value: bool(_POSTCODE_TOWN.match(value))),
        ("born_on", lambda value: _is_birth(value, today)),
    )
    for target, holds in tests:
        if (target in SEVERAL or target not in taken) and _mostly(values, holds):
            return target
    return NOTE


def _mostly(values: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return bool(values) and sum(map(holds, values)) >= 0.8 * len(values)


def _is_phone(value: str) -> bool:
    first = re.split(r"[,;/]| ou ", value)[0]
    digits = phone_digits(first)
    return not any(sign.isalpha() for sign in first) and digits[:1] == "0" and len(digits) == 10


def _is_birth(value: str, today: date) -> bool:
    """A full date old enough to be a birth: an interview's is not."""
    try:
        found = read_date(value, today)
    except DeskError:
        return False
    return found.on is not None and len(value) >= 8 and 1900 < found.on.year < today.year - 14
