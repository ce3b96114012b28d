"""Who a row may be: keys that bring near identities together, so that thousands are not compared two by two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from spie_desk.domain.duplicates import SAME_NAME, Identity, Likeness, Verdict, compare, diminutives_of
from spie_desk.domain.words import sounds

K = TypeVar("K")


def keys_of(identity: Identity) -> set[str]:
    """Two identities that ``compare`` may find alike share one: a pair of sounds, a birth date, a phone, a nickname."""
    found = {f"p{phone}" for phone in identity.phones}
    if identity.born_on:
        found.add(f"d{identity.born_on.isoformat()}")
    firsts = _first_sounds(identity.first_name)
    # Sorted: swapped first and last names meet.
    for last in sounds(f"{identity.last_name} {identity.birth_name}"):
        found.update(f"n{first}|{last}" if first < last else f"n{last}|{first}" for first in firsts)
    if identity.nickname:
        found.update(f"c{one}" for one in sounds(identity.nickname) | firsts)
    elif not identity.last_name:
        found.update(f"c{one}" for one in firsts)
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
        found = ((key, compare(identity, self.identities[key])) for key in shared)
        return ranked(pair for pair in found if pair[1].verdict is not Verdict.DIFFERENT)


def ranked(found: Iterable[tuple[K, Likeness]]) -> list[tuple[K, Likeness]]:
    return sorted(found, key=lambda pair: (pair[1].verdict is not Verdict.SAME, -len(pair[1].reasons)))


def equal_names_and_births(one: Identity, other: Identity, reasons: Sequence[str]) -> bool:
    """Nothing known differs, though a birth date may be unknown on both sides."""
    return SAME_NAME in reasons and (one.born_on, one.year) == (other.born_on, other.year)
