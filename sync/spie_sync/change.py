"""What a change is: who wrote it, where, when, which values, and what was on screen when the form opened."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    that were on screen when the form opened, all of this circle; a name in ``base`` without a value was
    erased. ``seen`` (deletions only) gives, for each desk, the highest n of an unbroken run received in
    this circle. ``erases`` names values (dot, register) whose content goes for good. ``salt`` (16 random
    bytes) and ``commitment`` let a pack commit to a change that may be erased later: at the first erasure
    the salt goes, ``residue`` takes its place (``erasure.emptied``), the commitment stays. ``hlc`` is
    milliseconds since 1970 << 16 | counter; every id is 16 bytes.
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
    residue: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def registers(self) -> frozenset[str]:
        """The registers that this change wrote, those whose value was erased since among them."""
        return frozenset(self.values) | frozenset(self.base)

    @property
    def dot(self) -> Dot:
        return Dot(self.desk, self.n)

    @property
    def rank(self) -> tuple[int, bytes, int]:
        """The order that chooses which head is shown: never decides what is kept."""
        return (self.hlc, self.desk, self.n)


def canonical(value: Value) -> bytes:
    """The one spelling of a value: JSON, keys sorted, NFC, LF, no float. Equal values have equal bytes.

    TypeError for what no value holds (a float, a date, a key that is not text), ValueError for two keys that
    spell the same. A lone half of a surrogate pair becomes U+FFFD: what was typed must always be saved.
    """
    return _ENCODER.encode(_plain(value)).encode()


# Made once: dumps() makes one at each call, which costs more than most values.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _plain(value: Value) -> Value:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        raise TypeError("a value holds no float")
    if value is None or isinstance(value, int):  # before Mapping, which is slow to ask after
        return value
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else _plain_keys(value)


def _plain_keys(value: Value) -> Value:
    if not isinstance(value, Mapping):
        return value
    if not all(isinstance(key, str) for key in value):
        raise TypeError("a key is text")
    plain = {_text(key): _plain(item) for key, item in value.items()}
    if len(plain) != len(value):
        raise ValueError("two keys spell the same")
    return plain


def _text(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def body_of(change: Change) -> bytes:
    """The part of a change that the journal keeps as bytes; the rest stands in columns."""
    body: dict[str, Value] = {"person": change.person.hex(), "values": dict(change.values)}
    if change.base:
        body["base"] = {name: [[dot.desk.hex(), dot.n] for dot in sorted(dots)] for name, dots in change.base.items()}
    if change.seen is not None:
        body["seen"] = {desk.hex(): n for desk, n in change.seen.items()}
    if change.origin is not None:
        body["origin"] = [change.origin.person.hex(), change.origin.hlc]
    if change.erases:
        body["erases"] = [[dot.desk.hex(), dot.n, name] for dot, name in sorted(change.erases)]
    if change.residue:
        body["residue"] = {name: rest.hex() for name, rest in change.residue.items()}
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
        residue={name: bytes.fromhex(rest) for name, rest in data.get("residue", {}).items()},
        **columns,  # type: ignore[arg-type]
    )


def commitment(change: Change) -> bytes:
    """16 bytes (BLAKE2b-128) that a pack's header may carry for this change without giving its values away.

    They bind all of it (author, bases, deed, what it had seen, what it erases) and each value through a salted
    digest of its own: whoever carries the change again, emptied or whole, can alter nothing unnoticed.
    """
    head = replace(change, values={}, residue={}, salt=b"", commitment=b"")
    content: Value = {
        "desk": change.desk.hex(), "circle": change.circle.hex(), "n": change.n, "hlc": change.hlc,
        "deed": change.deed.hex(), "deed_kind": change.deed_kind, "kind": change.kind,
        "record": change.record.hex(), "body": body_of(replace(head, base=_bases(change))).decode(),
        "registers": {name: value_digest(change, name).hex() for name in change.registers},
    }  # fmt: skip
    return hashlib.blake2b(canonical(content), digest_size=16).digest()


def value_digest(change: Change, register: str) -> bytes:
    """16 bytes that stand for one value in the commitment; kept in ``residue`` once the value is erased."""
    if register not in change.values:
        return change.residue.get(register, b"")
    spelling = canonical(change.values[register])
    return hashlib.blake2b(spelling, digest_size=16, key=value_salt(change, register)).digest()


def value_salt(change: Change, register: str) -> bytes:
    """The 16 bytes that salt one value: drawn from the change's salt, or left in ``residue`` by an erasure
    of its neighbours (with the whole salt, someone could test guesses against what was erased)."""
    if register in change.residue:
        return change.residue[register]
    return hashlib.blake2b(register.encode(), digest_size=16, key=change.salt).digest()


def _bases(change: Change) -> Mapping[str, Base]:
    """The bases with every register named, so that an erasure, which names them all, changes no commitment."""
    return {name: change.base.get(name, frozenset()) for name in change.registers}
