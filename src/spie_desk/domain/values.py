"""A record as registers of canonical values, and back: what the journal keeps and what drafts hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from spie_desk.domain.record import Field, Kind
from spie_sync.change import Value, canonical

R = TypeVar("R")


def registers_of(kind: Kind, record: Any) -> dict[str, Value]:
    """Every register of the record: a lone field's value, or {field: value} for a group."""
    return {register: register_value(kind, register, record) for register in kind.register_names}


def register_value(kind: Kind, register: str, record: Any) -> Value:
    named = kind.fields_of(register)
    if len(named) == 1 and register not in kind.registers:
        return to_value(getattr(record, named[0].name))
    return {item.name: to_value(getattr(record, item.name)) for item in named}


def changed_registers(kind: Kind, before: Any, after: Any) -> dict[str, Value]:
    """The registers whose canonical value differs; one left untouched writes nothing."""
    old, new = registers_of(kind, before), registers_of(kind, after)
    return {name: value for name, value in new.items() if canonical(value) != canonical(old[name])}


def record_of(kind: Kind, record_id: bytes, registers: Mapping[str, Value]) -> Any:
    """The record that these values spell; unknown registers and keys are ignored, missing ones take defaults.

    A value of an unexpected shape (a newer or hostile writer) takes the field's default: it stays in the journal.
    """
    found: dict[str, Any] = {}
    for item in kind.fields:
        value = registers.get(item.register)
        if item.register in kind.registers:
            value = value.get(item.name) if isinstance(value, dict) else None
        found[item.name] = from_value(item, value)
    return kind.type(id=record_id, **found)


def with_unknown_keys(kind: Kind, register: str, value: Value, before: Value) -> Value:
    """``value`` with the keys of ``before`` that this version does not know: an old desk cannot erase a newer one's."""
    if not (isinstance(value, dict) and isinstance(before, dict)):
        return value
    known = {item.name for item in kind.fields_of(register)}
    return {**{key: kept for key, kept in before.items() if key not in known}, **value}


def to_value(item: Any) -> Value:
    """A field's value as JSON: dates as ISO text, ids as hexadecimal, tuples as lists."""
    if isinstance(item, bytes):
        return item.hex()
    if isinstance(item, date):
        return item.isoformat()
    if isinstance(item, tuple):
        return [to_value(one) for one in item]
    return item  # type: ignore[no-any-return]


def from_value(item: Field, value: Value) -> Any:
    """The field's value that JSON spells, or its default."""
    empty = item.default if item.default is not None else _EMPTY.get(_origin(item.type))
    if value is None:
        return None if item.optional else empty
    try:
        return _read(item.type, value)
    except (TypeError, ValueError):
        return None if item.optional else empty


_EMPTY: dict[Any, Any] = {str: "", bool: False, int: 0, bytes: b"", tuple: ()}


def _origin(kind: Any) -> Any:
    return getattr(kind, "__origin__", kind)


def _read(kind: Any, value: Value) -> Any:
    if _origin(kind) is tuple:
        if not isinstance(value, list):
            raise TypeError
        return tuple(_read(kind.__args__[0], one) for one in value)
    if kind is bytes and isinstance(value, str):
        return bytes.fromhex(value)
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    if kind is bool and isinstance(value, bool):
        return value
    if kind is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if kind is str and isinstance(value, str):
        return value
    raise TypeError
