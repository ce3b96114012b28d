"""Who of a CAF/MSA flow is followed here: by number and identity, or by identity and birth date; never a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from spie_desk.domain.benefit_flow import FlowPerson, Household, name_keys, number_keys
from spie_desk.domain.benefit_plan import OTHER_NUMBER, SAME_NUMBER
from spie_desk.domain.duplicates import NO_BIRTH, SAME_YEAR, Identity, Verdict, compare
from spie_desk.domain.listing import Called, Held
from spie_desk.services.desk import Desk

CAF = "caf"


@dataclass(frozen=True, slots=True)
class Hit:
    """Someone of the flow who is, or may be, someone here; ``household`` without the others of it."""

    household: Household
    member: FlowPerson
    sure: bool
    reasons: tuple[str, ...] = ()


@dataclass
class Followed:
    """Everyone here by number, by name and birth; nothing of the flow is added to it but what concerns them."""

    _called: dict[bytes, Called] = field(default_factory=dict)
    _born: dict[tuple[str, str, str], list[bytes]] = field(default_factory=dict)
    _unborn: dict[tuple[str, str], list[bytes]] = field(default_factory=dict)
    _numbered: dict[str, list[bytes]] = field(default_factory=dict)
    _numbers: dict[bytes, set[str]] = field(default_factory=dict)

    @classmethod
    def on(cls, desk: Desk, breathe: Callable[[], None]) -> Followed:
        """Read page by page; ``breathe`` may raise to stop."""
        found, after = cls(), 0
        while rows := desk.store.lists.called(after):
            for one in rows:
                found._add(one)
            after = rows[-1].place
            breathe()
        after = 0
        while held := desk.store.lists.numbers(CAF, after):
            for number in held:
                found._add_number(number)
            after = held[-1].place
            breathe()
        return found

    def _add(self, one: Called) -> None:
        self._called[one.person] = one
        for last, first in name_keys((one.last_name, one.birth_name), one.first_name):
            if one.born_on:
                self._born.setdefault((last, first, one.born_on.isoformat()), []).append(one.person)
            else:
                self._unborn.setdefault((last, first), []).append(one.person)

    def _add_number(self, held: Held) -> None:
        if held.person not in self._called:
            return
        for key in number_keys(held.value):
            self._numbered.setdefault(key, []).append(held.person)
            self._numbers.setdefault(held.person, set()).add(key)

    def hits(self, household: Household) -> Iterator[tuple[bytes, Hit]]:
        """Who here each person of the household is, or may be."""
        keys = number_keys(household.number)
        numbered = list(dict.fromkeys(person for key in keys for person in self._numbered.get(key, ())))
        alone = replace(household, people=())
        for member in household.people:
            if not member.holds:
                continue
            found = {person: hit for person in numbered if (hit := self._by_number(person, alone, member))}
            for person in self._named(member):
                if person not in found:
                    found[person] = self._by_identity(person, alone, member, keys)
            yield from found.items()

    def _named(self, member: FlowPerson) -> list[bytes]:
        """Those of exactly that name, born that day or we know not when."""
        found: dict[bytes, None] = {}
        for last, first in name_keys((member.last_name, member.birth_name), member.first_name):
            if member.born_on:
                found.update(dict.fromkeys(self._born.get((last, first, member.born_on.isoformat()), ())))
            for person in self._unborn.get((last, first), ()):
                year = self._called[person].birth_year
                if not (year and member.born_on and year != member.born_on.year):
                    found[person] = None
        return list(found)

    def _by_number(self, person: bytes, household: Household, member: FlowPerson) -> Hit | None:
        here = self._called[person]
        if self._same_name(here, member) and _births_agree(here, member):
            return Hit(household, member, sure=True)
        alike = compare(_identity(here), Identity(last_name=member.last_name, first_name=member.first_name,
                                                  birth_name=member.birth_name, born_on=member.born_on))  # fmt: skip
        if alike.verdict is Verdict.DIFFERENT:
            # her spouse, most often: the number is the household's
            return None
        return Hit(household, member, sure=False, reasons=(SAME_NUMBER, *alike.reasons))

    def _by_identity(self, person: bytes, household: Household, member: FlowPerson, keys: frozenset[str]) -> Hit:
        here = self._called[person]
        if here.born_on is None:
            reason = SAME_YEAR if here.birth_year and member.born_on else NO_BIRTH
            return Hit(household, member, sure=False, reasons=(reason,))
        held = self._numbers.get(person, set())
        other = bool(held and keys) and held.isdisjoint(keys)
        return Hit(household, member, sure=not other, reasons=(OTHER_NUMBER,) if other else ())

    @staticmethod
    def _same_name(here: Called, member: FlowPerson) -> bool:
        ours = name_keys((here.last_name, here.birth_name), here.first_name)
        return bool(ours & name_keys((member.last_name, member.birth_name), member.first_name))


def _births_agree(here: Called, member: FlowPerson) -> bool:
    """Equal, or not known on one side; a year known here must be the same."""
    if here.born_on is None or member.born_on is None:
        return not (here.birth_year and member.born_on and here.birth_year != member.born_on.year)
    return here.born_on == member.born_on


def _identity(here: Called) -> Identity:
    return Identity(last_name=here.last_name, first_name=here.first_name, birth_name=here.birth_name,
                    nickname=here.nickname, born_on=here.born_on, birth_year=here.birth_year)  # fmt: skip
