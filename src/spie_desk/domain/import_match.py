"""Who a row may be: keys that bring near identities together, so that thousands are not compared two by two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Generic, TypeVar

from spie_desk.domain.duplicates import SAME_NAME, Identity, Likeness, Verdict, compare, diminutives_of
from spie_desk.domain.words import sounds

K = TypeVar("K")


def keys_of(identity: Identity) -> set[str]:
    """Two identities that ``compare`` may find alike share one: a pair of sounds, a birth date, a phone, a nickname."""
    found = {f"p{phone}" for phone in identity.phones}
    if identity.born_on:
        found.add(f"d{identity.born_on.isoformat()}")
    firsts = sounds(" ".join((identity.first_name, *diminutives_of(identity.first_name))))
    lasts = sounds(f"{identity.last_name} {identity.birth_name}")
    # Sorted: swapped first and last names meet.
    found |= {"n" + "|".join(sorted(pair)) for pair in product(firsts, lasts)}
    called = sounds(identity.nickname) | (firsts if not identity.last_name else frozenset())
    return found | {f"c{one}" for one in called} | ({f"c{one}" for one in firsts} if identity.nickname else set())


@dataclass
class Neighbours(Generic[K]):
    """Identities by key; ``near`` compares with those that share one."""

    identities: dict[K, Identity] = field(default_factory=dict)
    _by_key: dict[str, list[K]] = field(default_factory=dict)

    def add(self, key: K, identity: Identity) -> None:
        self.identities[key] = identity
        for one in keys_of(identity):
            self._by_key.setdefault(one, []).append(key)

    def near(self, identity: Identity) -> list[tuple[K, Likeness]]:
        """Everyone the same or in doubt, the same first, then by number of reasons."""
        shared = dict.fromkeys(key for one in sorted(keys_of(identity)) for key in self._by_key.get(one, ()))
        found = ((key, compare(identity, self.identities[key])) for key in shared)
        return ranked(pair for pair in found if pair[1].verdict is not Verdict.DIFFERENT)


def ranked(found: Iterable[tuple[K, Likeness]]) -> list[tuple[K, Likeness]]:
    return sorted(found, key=lambda pair: (pair[1].verdict is not Verdict.SAME, -len(pair[1].reasons)))


def equal_names_and_births(one: Identity, other: Identity, reasons: Sequence[str]) -> bool:
    """Nothing known differs, though a birth date may be unknown on both sides."""
    return SAME_NAME in reasons and (one.born_on, one.year) == (other.born_on, other.year)
