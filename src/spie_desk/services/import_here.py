"""What the store holds of those a file may speak of: asked in pages and never row by row where rows are many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from spie_desk.domain.duplicates import Identity, Likeness, Verdict, compare, phones_of
from spie_desk.domain.import_compare import Around, Hand
from spie_desk.domain.import_match import Neighbours, keys_of, keys_said, ranked
from spie_desk.domain.import_rows import Bundle
from spie_desk.domain.import_split import two_bundles
from spie_desk.domain.listing import Called, Held
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Shown
from spie_desk.domain.words import fold, phone_digits
from spie_desk.services.desk import Desk

_FEW_ROWS, _FEW_PEOPLE = 300, 2000
_PAGE = 500

P = TypeVar("P", Called, Held)

_SAYS: Mapping[str, Callable[[Bundle], Any]] = {
    "phone": lambda one: True, "identifier": lambda one: True, "right": lambda one: one.rights,
    "request": lambda one: one.request, "membership": lambda one: one.emails,
    "note": lambda one: one.kept or one.emails,
}  # fmt: skip
"""What an update of someone here may touch, in the order of ``Around``, and whether a row speaks of it: what no row
speaks of is not read."""


def identity_of(person: Person, phones: Iterable[str] = ()) -> Identity:
    """What of a person is compared with others."""
    return Identity(last_name=person.last_name, first_name=person.first_name, birth_name=person.birth_name,
                    nickname=person.nickname, born_on=person.born_on, birth_year=person.birth_year,
                    phones=phones_of(phones))  # fmt: skip


class Sought(NamedTuple):
    """Someone a row speaks of, with the keys by which she may be met."""

    identity: Identity
    keys: set[str]


def sought(bundle: Bundle) -> Sought:
    identity = bundle.identity
    return Sought(identity, keys_of(identity))


class Here:
    """Who is here, and what stands around them."""

    def __init__(self, desk: Desk, hand: Hand) -> None:
        self.records, self.lists = desk.store.records, desk.store.lists
        self.hand = replace(hand, by_hand=self._by_hand)
        self._everyone: Neighbours[bytes] | None = None
        self._numbers: dict[tuple[str, str], list[bytes]] = {}
        self._around: dict[bytes, Around | None] = {}
        self._touched = set(_SAYS)

    def prepare(self, bundles: Sequence[Bundle], people: Iterable[Sought], breathe: Callable[[], None]) -> None:
        """Ask once for all that the rows will need; ``breathe`` is called between pages, and may raise to stop."""
        self._touched = {kind for kind, says in _SAYS.items() if any(map(says, bundles))}
        for scheme in ("local", "france_travail"):
            values = {value for one in bundles for kind, value in one.identifiers if kind == scheme}
            for held in self.lists.holders(scheme, values) if values else ():
                self._numbers.setdefault((scheme, fold(held.value)), []).append(held.person)
        if len(bundles) > _FEW_ROWS or self.records.count("person") <= _FEW_PEOPLE:
            wanted: set[str] = set()
            for one in people:
                wanted |= one.keys
            for bundle in bundles:
                if bundle.couple:
                    both = (*two_bundles(bundle), *two_bundles(bundle, swapped=True))
                    wanted |= {key for part in both for key in sought(part).keys}
            self._everyone = self._neighbours(wanted, breathe)

    def draw(self, many: int) -> None:
        """Draw the ids of the new records together and hand them out in their order: written in that order too, each
        page of an index by id is opened once for the whole file, and not at random for each record."""
        drawn = iter(sorted(self.hand.new_id() for _ in range(many)))
        more = self.hand.new_id
        self.hand = replace(self.hand, new_id=lambda: next(drawn, None) or more())

    def numbered(self, scheme: str, value: str) -> list[bytes]:
        return list(dict.fromkeys(self._numbers.get((scheme, fold(value)), ()))) if value else []

    def near(self, one: Sought) -> list[tuple[bytes, Likeness]]:
        if self._everyone is not None:
            return self._everyone.near(*one)
        identity = one.identity
        births = frozenset({identity.born_on.isoformat()}) if identity.born_on else frozenset[str]()
        ids = self.lists.likely(identity.sounds, identity.phones, births)
        self.gather(ids)
        found = ((person, compare(identity, self.identity(person))) for person in ids)
        return ranked(pair for pair in found if pair[1].verdict is not Verdict.DIFFERENT)

    def identity(self, person: bytes) -> Identity:
        around = self.around(person)
        if around is None:
            return Identity()
        return identity_of(around.person.record, (one.record.number for one in around.phones))

    def gather(self, people: Iterable[bytes]) -> None:
        """Bring in, page by page, all that an update may touch."""
        missing = [one for one in dict.fromkeys(people) if one not in self._around]
        # Page by page of people: what stands around one person was mostly written together, and lies together.
        for start in range(0, len(missing), _PAGE):
            self._gather(missing[start : start + _PAGE])

    def _gather(self, missing: Sequence[bytes]) -> None:
        found: dict[str, dict[bytes, list[Shown[Any]]]] = {}
        for kind in _SAYS:
            by_person = found.setdefault(kind, {})
            for shown in self.records.find(kind, {"person": missing}) if kind in self._touched else ():
                by_person.setdefault(shown.record.person, []).append(shown)
        people = {shown.record.id: shown for shown in self.records.find("person", {"id": missing})}
        for one in missing:
            person = people.get(one)
            self._around[one] = None if person is None else Around(
                person, *(by_person.get(one, []) for by_person in found.values()))  # fmt: skip

    def around(self, person: bytes) -> Around | None:
        if person not in self._around:
            self.gather([person])
        return self._around[person]

    def _neighbours(self, wanted: set[str], breathe: Callable[[], None]) -> Neighbours[bytes]:
        """Of everyone here, those who share a key with someone of the file: few, however many there are."""
        phones: dict[bytes, set[str]] = {}
        for held in _every(self.lists.phones, breathe):
            digits = phone_digits(held.value)
            if f"p{digits}" in wanted:
                phones.setdefault(held.person, set()).add(digits)
        found: Neighbours[bytes] = Neighbours()
        for one in _every(self.lists.called, breathe):
            hers = phones.get(one.person, ())
            if shared := wanted.intersection(keys_said(one, hers)):
                found.add(one.person, Identity(
                    last_name=one.last_name, first_name=one.first_name, birth_name=one.birth_name,
                    nickname=one.nickname, born_on=one.born_on, birth_year=one.birth_year, phones=frozenset(hers),
                ), shared)  # fmt: skip
        return found

    def _by_hand(self, shown: Shown[Any], register: str) -> bool:
        """Whether the value on screen in this register was written otherwise than by an import."""
        if shown.first == shown.last:
            # Written once and whole: no need to read how it came to be.
            return shown.first.deed_kind != "imported"
        versions = self.records.history(shown.kind, shown.record.id, shown.circle)
        return any(one.stamp.deed_kind != "imported" for one in versions if one.register == register and one.is_shown)


def _every(page: Callable[[int], list[P]], breathe: Callable[[], None]) -> Iterator[P]:
    after = 0
    while rows := page(after):
        yield from rows
        after = rows[-1].place
        breathe()
