"""A whole kind as a table: structures, professionals, actions, appointments or reviews, every field in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from spie_desk.domain.errors import N_
from spie_desk.domain.grids import Cell, Grid
from spie_desk.domain.record import Field
from spie_desk.domain.records import KIND
from spie_desk.services.desk import Desk
from spie_desk.services.directory import directory

KINDS = ("structure", "professional", "action", "appointment", "review")
"""What may leave so: nothing with the words of a note, nothing that is kept apart."""

_NOT_SAID = frozenset({"hidden", "ids"})
_PAGE = 500
YES = N_("oui")


@dataclass(frozen=True, slots=True)
class _Names:
    people: Callable[[bytes], str]
    professionals: Mapping[bytes, str]
    structures: Mapping[bytes, str]


def of_kind(desk: Desk, name: str) -> Grid:
    """Everything of that kind that stands, in the order it was made; ids become names."""
    kind = KIND[name]
    fields = [one for one in kind.fields if one.trait.widget not in _NOT_SAID]
    about = kind.parent_kind == "person" and "person" not in {one.name for one in fields}
    heads = ((N_("Personne"),) if about else ()) + tuple(one.trait.label for one in fields)
    names, rows, offset = _names(desk), [], 0
    while page := desk.store.records.find(name, limit=_PAGE, offset=offset):
        for shown in page:
            record = shown.record
            first: tuple[Cell, ...] = (names.people(record.person),) if about else ()
            rows.append(first + tuple(_cell(desk, one, getattr(record, one.name), names) for one in fields))
        offset += len(page)
    return Grid(kind.plural, heads, tuple(rows))


def _names(desk: Desk) -> _Names:
    known = directory(desk)
    found: dict[bytes, str] = {}

    def person(one: bytes) -> str:
        if one and one not in found:
            shown = desk.store.records.get("person", one)
            found[one] = shown.record.name if shown is not None else ""
        return found.get(one, "")

    return _Names(person, {one: who.name for one, who in known.professionals.items()},
                  {one: which.name for one, which in known.structures.items()})  # fmt: skip


def _cell(desk: Desk, field: Field, value: Any, names: _Names) -> Cell:
    if value is None or value is False:
        return ""
    if value is True:
        return YES
    if isinstance(value, int | date):
        return value
    if isinstance(value, tuple):
        return ", ".join(str(_cell(desk, field, one, names)) for one in value)
    if isinstance(value, bytes):
        return _named(field.trait.widget, value, names)
    return desk.lists.label(field.trait.choices, value) if field.trait.choices and value else str(value)


def _named(widget: str, value: bytes, names: _Names) -> str:
    if widget.startswith("structure"):
        return names.structures.get(value, "")
    return names.people(value) if widget == "person" else names.professionals.get(value, "")
