"""A new record's change and row, spelled in one pass from its kind's declaration: the bytes that the journal gives."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from json.encoder import encode_basestring
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple
from unicodedata import is_normalized

from spie_desk.domain.record import Field, Kind
from spie_desk.domain.values import from_value, to_value
from spie_desk.domain.words import fold
from spie_desk.store.derived import to_column
from spie_sync.change import canonical

Cell = tuple[str, Any]
"""A field's value as canonical JSON, and as its column holds it once read back."""

_EMPTY: Cell = ('""', "")
_NULL: Cell = ("null", None)
_SMALL = 2**53
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: the journal keeps none."""


class Spelled(NamedTuple):
    """A record: each register's canonical JSON, in the order of their names, and its cells in declared order."""

    registers: tuple[str, ...]
    cells: tuple[Any, ...]


class Speller:
    """Spells records of one kind, and the first change of each."""

    def __init__(self, kind: Kind) -> None:
        names = [item.name for item in kind.fields]
        self.kind = kind
        self.columns = tuple(item.name for item in kind.near)
        """The columns of its table, which ``near`` picks from the cells."""
        places = [names.index(name) for name in self.columns]
        self.near = itemgetter(*places) if len(places) > 1 else lambda cells: (cells[places[0]],)
        self.registers = tuple(sorted(kind.register_names))
        self.parent = names.index(kind.parent) if kind.parent else None
        self.person = names.index("person") if "person" in names else None
        read = attrgetter(*names)
        self._read = read if len(names) > 1 else lambda record: (read(record),)
        self._cells = tuple(_cell_of(item) for item in kind.fields)
        self._templates = tuple(_template(kind, register) for register in self.registers)
        self._keys = tuple(register.encode() for register in self.registers)
        self._quoted = tuple(encode_basestring(register) for register in self.registers)
        bases = ",".join(f"{name}:[]" for name in self._quoted)
        self._head = f'{{"base":{{{bases}}},"commitment":"","person":"%s","salt":"","values":{{}}}}'
        self._sorted = tuple(names.index(name) for name in kind.sorted_by)

    def spell(self, record: Any) -> Spelled:
        spelled = [cell(value) for cell, value in zip(self._cells, self._read(record), strict=True)]
        texts, cells = zip(*spelled, strict=True)
        return Spelled(tuple([template % pick(texts) for template, pick in self._templates]), cells)

    def sort_key(self, cells: tuple[Any, ...]) -> str:
        return fold(" ".join(part for place in self._sorted if (part := cells[place])))

    def head(self, person: bytes) -> str:
        """What a commitment says of a first change beside its columns and values: the same for all of one person's."""
        return encode_basestring(self._head % person.hex())

    def digests(self, spelled: Spelled, salt: bytes) -> str:
        """The registers' salted digests, as the commitment spells them."""
        own = [blake2b(key, digest_size=16, key=salt).digest() for key in self._keys]
        return ",".join([
            f'{quoted}:"{blake2b(text.encode(), digest_size=16, key=key).hexdigest()}"'
            for key, quoted, text in zip(own, self._quoted, spelled.registers, strict=True)
        ])  # fmt: skip

    def body(self, spelled: Spelled, person: str, salt: bytes, commitment: str) -> bytes:
        """What ``spie_sync.change.body_of`` gives for a first change."""
        values = ",".join([f"{name}:{text}" for name, text in zip(self._quoted, spelled.registers, strict=True)])
        return (
            f'{{"commitment":"{commitment}","person":"{person}","salt":"{salt.hex()}","values":{{{values}}}}}'
        ).encode()


class Author(NamedTuple):
    """What the changes of one deed have in common, as their commitments spell it."""

    desk: bytes
    person: bytes
    deed: bytes
    deed_kind: str

    def commitment(self, speller: Speller, spelled: Spelled, about: tuple[bytes, bytes, int, int, bytes]) -> str:
        """What ``spie_sync.change.commitment`` gives, in hexadecimal; ``about``: circle, record, n, hlc, salt."""
        circle, record, n, hlc, salt = about
        content = (
            f'{{"body":{_head(speller, self.person)},"circle":"{circle.hex()}","deed":"{self.deed.hex()}",'
            f'"deed_kind":{encode_basestring(self.deed_kind)},"desk":"{self.desk.hex()}","hlc":{hlc},'
            f'"kind":"{speller.kind.name}","n":{n},"record":"{record.hex()}",'
            f'"registers":{{{speller.digests(spelled, salt)}}}}}'
        )
        return blake2b(content.encode(), digest_size=16).hexdigest()


@lru_cache(maxsize=256)
def _head(speller: Speller, person: bytes) -> str:
    return speller.head(person)


def _template(kind: Kind, register: str) -> tuple[str, Callable[[tuple[str, ...]], Any]]:
    """How a register is put together from its fields' JSON: alone, or by their names in order."""
    places = {item.name: place for place, item in enumerate(kind.fields) if item.register == register}
    if register not in kind.registers and len(places) == 1:
        return "%s", itemgetter(*places.values())
    names = sorted(places)
    inside = ",".join(f"{encode_basestring(name)}:%s" for name in names)
    return f"{{{inside}}}", itemgetter(*(places[name] for name in names))


def _cell_of(item: Field) -> Callable[[Any], Cell]:
    """How one field is spelled: the short way for a value of its own type, the long one for any other."""
    if item.type is str:
        return lambda value: _EMPTY if value == "" else _text(value) if type(value) is str else _any(item, value)
    if item.type is bytes:
        return lambda value: (f'"{value.hex()}"', value) if type(value) is bytes else _missing(item, value)
    if item.type is bool:
        return lambda value: ("true" if value else "false", value) if type(value) is bool else _missing(item, value)
    if item.type is date:
        return lambda value: _day(value) if type(value) is date else _missing(item, value)
    if item.type is int:
        return lambda value: (str(value), value) if type(value) is int and -_SMALL < value < _SMALL else _missing(
            item, value)  # fmt: skip
    return lambda value: _any(item, value)


def _missing(item: Field, value: Any) -> Cell:
    return _NULL if value is None and item.optional else _any(item, value)


def _text(text: str) -> Cell:
    """The short way for a text that is spelled as it is kept, which nearly all are."""
    if "\r" not in text and (text.isascii() or (is_normalized("NFC", text) and not _HALF.search(text))):
        return encode_basestring(text), text
    spelled = canonical(text).decode()
    return spelled, json.loads(spelled)


@lru_cache(maxsize=4096)
def _day(value: date) -> Cell:
    text = value.isoformat()
    return f'"{text}"', text


def _any(item: Field, value: Any) -> Cell:
    """What the journal gives back of any value, and what its column then holds."""
    spelled = canonical(to_value(value)).decode()
    return spelled, to_column(item, from_value(item, json.loads(spelled)))
