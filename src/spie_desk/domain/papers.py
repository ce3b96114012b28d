"""A sheet that waits for a printer, on this desk alone: what it holds, since when, whether it came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, cast

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.sheets import blocks
from spie_desk.domain.sheets.blocks import Sheet
from spie_sync.change import Value


class UnreadablePaperError(DeskError):
    says = N_("Ce document a été mis en attente par une autre version et ne peut plus être lu.")
    next_step = N_("Retirez-le, puis refaites-le depuis le dossier.")


@dataclass(frozen=True, slots=True)
class Paper:
    """``sheet`` holds only what was ticked; times are milliseconds since 1970, UTC."""

    id: bytes
    sheet: Sheet
    made_ms: int
    printed_ms: int | None = None


_TYPES: Mapping[str, type[Any]] = {
    one.__name__: one
    for one in (blocks.Said, blocks.Item, blocks.Paragraph, blocks.Markdown, blocks.Fact, blocks.Facts, blocks.Line,
                blocks.Lines, blocks.Row, blocks.Table, blocks.Key, blocks.Section, Sheet)
}  # fmt: skip
_IS = "is"


def sheet_value(sheet: Sheet) -> Value:
    """The sheet as JSON: each block with the name of what it is, so that it reads back the same."""
    return _value(sheet)


def sheet_of(value: Value) -> Sheet:
    """The sheet that this JSON spells."""
    try:
        found = _read(value)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadablePaperError from error
    if not isinstance(found, Sheet):
        raise UnreadablePaperError
    return found


def _value(item: Any) -> Value:
    if type(item).__name__ in _TYPES:
        inner = {one.name: _value(getattr(item, one.name)) for one in fields(item)}
        return {_IS: type(item).__name__, **inner}
    if isinstance(item, Mapping):
        return {_IS: "words", "words": {name: _value(one) for name, one in item.items()}}
    if isinstance(item, date):
        return {_IS: "day", "day": item.isoformat()}
    if isinstance(item, bytes):
        return {_IS: "id", "id": item.hex()}
    if isinstance(item, list | tuple):
        return [_value(one) for one in item]
    return cast("Value", item)


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_read(one) for one in value)
    if not isinstance(value, dict):
        return value
    match value[_IS]:
        case "words":
            return {name: _read(one) for name, one in value["words"].items()}
        case "day":
            return date.fromisoformat(value["day"])
        case "id":
            return bytes.fromhex(value["id"])
        case sort:
            return _TYPES[sort](**{name: _read(one) for name, one in value.items() if name != _IS})
