"""Changes spelt out by hand for the examples: short ids, one record of one circle unless said otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spie_sync.change import Change, Dot, Value


def id16(name: str) -> bytes:
    return name.encode().ljust(16, b".")


def dot(name: str) -> Dot:
    """``dot("a3")``: the third change of desk a."""
    return Dot(id16(name[0]), int(name[1:]))


def dots(*names: str) -> frozenset[Dot]:
    return frozenset(dot(name) for name in names)


def change(
    name: str, values: Mapping[str, Value], base: Mapping[str, Iterable[str]] | None = None, *, person: str = "",
    hlc: int | None = None, **parts: Any,
) -> Change:  # fmt: skip
    """The change of that dot; its bases by register, none meaning a first write; its author named after the desk."""
    desk, n = dot(name)
    found = {register: dots(*(base or {}).get(register, ())) for register in values}
    return Change(**{
        "desk": desk, "circle": id16("circle"), "n": n, "hlc": n << 16 if hlc is None else hlc,
        "person": id16(person or name[0]), "deed": id16("deed " + name), "deed_kind": "typed", "kind": "note",
        "record": id16("record"), "values": dict(values), "base": found, **parts,
    })  # fmt: skip
