"""Who a row may be: keys that bring near identities together, so that thousands are not compared two by two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from spie_desk.domain.duplicates import SAME_NAME, Identity, Likeness, Verdict, compare, diminutives_of
from spie_desk.domain.words import sounds

K = TypeVar("K")


class Named(Protocol):
    @property
    def last_name(self) -> str: ...
    @property
    def first_name(self) -> str: ...
    @property
    def birth_name(self) -> str: ...
    @property
    def nickname(self) -> str: ...
    @property
    def born_on(self) -> date | None: ...


def keys_of(identity: Identity) -> set[str]:
    """Two identities that ``compare`` may find alike share one: a pair of sounds, a birth date, a phone, a nickname."""
    return set(keys_said(identity, identity.phones))


def keys_said(one: Named, phones: Iterable[str]) -> list[str]:
    """The same of whoever has such names, some perhaps twice."""
    firsts = _first_sounds(one.first_name)
    # Sorted: swapped first and last names meet.
    found = [
        f"n{first}|{last}" if first < last else f"n{last}|{first}"
        for last in sounds(f"{one.last_name} {one.birth_name}") for first in firsts
    ]  # fmt: skip
    found += [f"p{phone}" for phone in phones]
    if one.born_on:
        found.append(f"d{one.born_on.isoformat()}")
    if one.nickname:
        found += [f"c{sound}" for sound in sounds(one.nickname) | firsts]
    elif not one.last_name:
        found += [f"c{sound}" for sound in firsts]
    return found


@lru_cache(maxsize=8192)
def _first_sounds(first_name: str) -> frozenset[str]:
    return sounds(" ".join((first_name, *diminutives_of(first_name))))


@dataclass
class Neighbours(Generic[K]):
    """Identities by key; ``near`` compares with those that share one."""

    identities: dict[K, Identity] = field(default_factory=dict)
    _by_key: dict[str, list[K]] = field(default_factory=dict)

    def add(self, key: K, identity: Identity, keys: Iterable[str] | None = None) -> None:
        """``keys``, if they are in hand, or those among them that anyone will ask for."""
        self.identities[key] = identity
        for one in keys_of(identity) if keys is None else keys:
            self._by_key.setdefault(one, []).append(key)

    def near(self, identity: Identity, keys: Iterable[str] | None = None) -> list[tuple[K, Likeness]]:
        """Everyone the same or in doubt, the same first, then by number of reasons."""
        by_key, shared = self._by_key, dict[K, None]()
        for one in sorted(keys_of(identity) if keys is None else keys):
            if one in by_key:
                shared.update(dict.fromkeys(by_key[one]))
        identities, different = self.identities, Verdict.DIFFERENT
        return ranked([
            (key, found) for key in shared if (found := compare(identity, identities[key])).verdict is not different
        ])  # fmt: skip


def ranked(found: Iterable[tuple[K, Likeness]]) -> list[tuple[K, Likeness]]:
    return sorted(found, key=lambda pair: (pair[1].verdict is not Verdict.SAME, -len(pair[1].reasons)))


def equal_names_and_births(one: Identity, other: Identity, reasons: Sequence[str]) -> bool:
    """Nothing known differs, though a birth date may be unknown on both sides."""
    return SAME_NAME in reasons and (one.born_on, one.year) == (other.born_on, other.year)
