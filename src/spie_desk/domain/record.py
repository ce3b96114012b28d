"""How a kind of record is declared, once: its fields, registers, circle, words."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Protocol

from spie_desk.domain.circles import Wish


class Record(Protocol):
    """A frozen dataclass that knows its id (16 bytes) and its own rules."""

    @property
    def id(self) -> bytes: ...

    def check(self) -> None:
        """Raise a DeskError that says what is missing or wrong."""


@dataclass(frozen=True, slots=True)
class Trait:
    """What a field is beyond its Python type.

    ``label`` is a French msgid; ``widget`` one of line, text, markdown, choice, choices, date, time, number, tick,
    person, professional, professionals, structure, structures, commune, ids, hidden; ``choices`` names a list of
    ``domain/lists.py``; ``searched`` puts the words into the index; ``health`` keeps the register on this desk
    unless the host may hold health data; ``kept_local`` never leaves a print unticked by default.
    """

    label: str = ""
    widget: str = "line"
    choices: str = ""
    searched: bool = False
    health: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind, read off the dataclass."""

    name: str
    type: Any
    optional: bool
    trait: Trait
    register: str
    default: Any


Scalar = str | int | bool | bytes | date | None


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of record: everything the table, the form, the index, the export and the sync need to know.

    ``circle`` picks the circle a new record is born into; ``parent`` names the field that holds the id of the
    record it hangs under (withdrawn with it); ``registers`` groups fields that a person edits as one (a field
    not named there is a register of its own); ``once`` names registers written once; ``several`` says that
    « Garder les deux » may make a second record; ``indexed`` names fields lists sort or filter by;
    ``label``/``plural`` are French msgids. ``sorted_by`` names the texts a list is sorted by, accents ignored;
    ``sounded`` the names that are also found by their French sound; ``finds_parent`` says that its searched words
    lead to the record it hangs under (a phone); ``distinct`` names fields that two parents should not both hold;
    ``hushed`` names, for a register, the field of it that keeps its words out of the search while it is true.
    ``far`` names fields of one register that no list asks after or sorts by: they stand in the journal alone and are
    read from there when the record is shown.
    ``apart`` keeps a kind out of the file it speaks of: no list, search, question to settle, print, figure or export
    of the file ever holds it; only its own page opens it.
    """

    name: str
    type: type[Any]
    label: str
    plural: str
    circle: Callable[[Any], Wish]
    parent: str = ""
    parent_kind: str = ""
    registers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    register_labels: Mapping[str, str] = field(default_factory=dict)
    once: frozenset[str] = frozenset()
    several: bool = False
    indexed: tuple[str, ...] = ()
    sorted_by: tuple[str, ...] = ()
    sounded: tuple[str, ...] = ()
    finds_parent: bool = False
    distinct: tuple[str, ...] = ()
    hushed: Mapping[str, str] = field(default_factory=dict)
    far: tuple[str, ...] = ()
    apart: bool = False
    title: Callable[[Any], str] = lambda record: ""

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field but the id, in declared order."""
        hints = typing.get_type_hints(self.type, include_extras=True)
        grouped = {name: register for register, names in self.registers.items() for name in names}
        return tuple(
            _field(item.name, hints[item.name], grouped.get(item.name, item.name),
                   None if item.default is MISSING else item.default)
            for item in fields(self.type) if item.name != "id"
        )  # fmt: skip

    @cached_property
    def near(self) -> tuple[Field, ...]:
        """The fields that its table holds."""
        return tuple(item for item in self.fields if item.name not in self.far)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return {item.name: item for item in self.fields}

    @cached_property
    def register_names(self) -> tuple[str, ...]:
        """Register names in the order of their first field."""
        return tuple(dict.fromkeys(item.register for item in self.fields))

    def fields_of(self, register: str) -> tuple[Field, ...]:
        return self._by_register.get(register, ())

    @cached_property
    def _by_register(self) -> Mapping[str, tuple[Field, ...]]:
        found: dict[str, list[Field]] = {}
        for item in self.fields:
            found.setdefault(item.register, []).append(item)
        return {name: tuple(items) for name, items in found.items()}

    def label_of(self, register: str) -> str:
        """The French msgid that names a register on screen."""
        if register in self.register_labels:
            return self.register_labels[register]
        named = self.fields_of(register)
        return named[0].trait.label if named else register

    def is_health(self, register: str) -> bool:
        return any(item.trait.health for item in self.fields_of(register))


def _field(name: str, hint: Any, register: str, default: Any) -> Field:
    trait = Trait()
    if typing.get_origin(hint) is Annotated:
        trait = next((extra for extra in hint.__metadata__ if isinstance(extra, Trait)), trait)
        hint = hint.__origin__
    optional = False
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        inner = [one for one in typing.get_args(hint) if one is not type(None)]
        optional = len(inner) < len(typing.get_args(hint))
        hint = inner[0]
    return Field(name, hint, optional, trait, register, default)
