"""What a change is: who wrote it, where, when, which values, and what was on screen when the form opened."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

Value: TypeAlias = "bool | int | str | list[Value] | dict[str, Value] | None"

DELETED = "_del"
"""The register that says whether a record was withdrawn; its value is a boolean."""

EVERY_REGISTER = "*"
"""In an erasure, stands for every register that the named change wrote."""


class Dot(NamedTuple):
    """A change's number inside one circle: desk id (16 bytes) and n, dense from 1 per desk and circle."""

    desk: bytes
    n: int


class Origin(NamedTuple):
    """Who first wrote a value, and when (hybrid logical clock), when an undo writes it back."""

    person: bytes
    hlc: int


Base: TypeAlias = frozenset[Dot]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One act on one record of one circle.

    ``values`` maps a register's name to its canonical value; ``base`` maps the same names to the dots
    that were on screen when the form opened, all of this circle. ``seen`` (deletions only) gives, for
    each desk, the highest n of an unbroken run received in this circle. ``erases`` names values
    (dot, register) whose content goes for good. ``salt`` and ``commitment`` let a pack commit to a change
    that may be erased later: the salt goes with the values, the commitment stays.
    """

    desk: bytes
    circle: bytes
    n: int
    hlc: int
    person: bytes
    deed: bytes
    deed_kind: str
    kind: str
    record: bytes
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    base: Mapping[str, Base] = field(default_factory=lambda: MappingProxyType({}))
    seen: Mapping[bytes, int] | None = None
    origin: Origin | None = None
    erases: frozenset[tuple[Dot, str]] = frozenset()
    salt: bytes = b""
    commitment: bytes = b""

    @property
    def dot(self) -> Dot:
        return Dot(self.desk, self.n)

    @property
    def rank(self) -> tuple[int, bytes, int]:
        """The order that chooses which head is shown: never decides what is kept."""
        return (self.hlc, self.desk, self.n)


def canonical(value: Value) -> bytes:
    """The one spelling of a value: JSON, keys sorted, NFC, LF, no float. Equal values have equal bytes."""
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _plain(value: Value) -> Value:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, float):
        raise TypeError("a value holds no float")
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    return value


def body_of(change: Change) -> bytes:
    """The part of a change that the journal keeps as bytes; the rest stands in columns."""
    body: dict[str, Value] = {"person": change.person.hex(), "values": dict(change.values)}
    if change.base:
        body["base"] = {
            name: [[dot.desk.hex(), dot.n] for dot in sorted(dots)] for name, dots in change.base.items()
        }
    if change.seen is not None:
        body["seen"] = {desk.hex(): n for desk, n in change.seen.items()}
    if change.origin is not None:
        body["origin"] = [change.origin.person.hex(), change.origin.hlc]
    if change.erases:
        body["erases"] = [[dot.desk.hex(), dot.n, name] for dot, name in sorted(change.erases)]
    body["salt"] = change.salt.hex()
    body["commitment"] = change.commitment.hex()
    return canonical(body)


def read_body(body: bytes, **columns: object) -> Change:
    """The change that ``body_of`` wrote, with the columns (desk, circle, n, hlc, deed, deed_kind, kind, record)."""
    data = json.loads(body)
    return Change(
        person=bytes.fromhex(data["person"]),
        values=data["values"],
        base={
            name: frozenset(Dot(bytes.fromhex(desk), n) for desk, n in dots)
            for name, dots in data.get("base", {}).items()
        },
        seen={bytes.fromhex(desk): n for desk, n in data["seen"].items()} if "seen" in data else None,
        origin=Origin(bytes.fromhex(data["origin"][0]), data["origin"][1]) if "origin" in data else None,
        erases=frozenset((Dot(bytes.fromhex(d), n), name) for d, n, name in data.get("erases", [])),
        salt=bytes.fromhex(data["salt"]),
        commitment=bytes.fromhex(data["commitment"]),
        **columns,  # type: ignore[arg-type]
    )


def commitment(change: Change) -> bytes:
    """16 bytes (BLAKE2b-128) that a pack's header may carry for this change without giving its values away."""
    content: Value = {
        "desk": change.desk.hex(), "circle": change.circle.hex(), "n": change.n, "hlc": change.hlc,
        "kind": change.kind, "record": change.record.hex(), "person": change.person.hex(),
        "values": dict(change.values), "salt": change.salt.hex(),
    }  # fmt: skip
    return hashlib.blake2b(canonical(content), digest_size=16).digest()
