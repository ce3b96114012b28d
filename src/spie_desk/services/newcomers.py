"""Opening a file: what is typed of someone new, kept as one draft, becomes the person and what hangs under her."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from spie_desk.domain.drafts import Draft
from spie_desk.domain.duplicates import Identity, phones_of
from spie_desk.domain.errors import NotHereError
from spie_desk.domain.records.around import Informed, Phone
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Touched
from spie_desk.services import people
from spie_desk.services.desk import Desk

FORM = "person-new"
PHONE, INFORMED = "_phone", "_informed"
"""Where a draft keeps what is typed of the records that hang under the person, beside her own registers."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """The three records of the form, as they are when nothing is typed, and the draft that keeps what is."""

    draft: Draft
    person: Person
    phone: Phone
    informed: Informed


def opening(desk: Desk, draft: bytes | None = None) -> Newcomer:
    """A new form, or the one that a draft kept; the draft that is gone says so."""
    kept = desk.store.drafts.get(draft) if draft else None
    if draft and kept is None:
        raise NotHereError
    person = kept.record if kept is not None and kept.record else desk.chance.id()
    fresh = Draft(id=desk.chance.id(), form=FORM, kind="person", record=person, opened_ms=_ms(desk))
    return Newcomer(
        kept or fresh, Person(id=person), Phone(id=desk.chance.id(), person=person, number=""),
        Informed(id=desk.chance.id(), person=person, given_on=None, by=desk.me.id),
    )  # fmt: skip


def keep(desk: Desk, draft: Draft) -> None:
    """Put what is typed on disk."""
    desk.store.drafts.save(replace(draft, touched_ms=_ms(desk)))


def part(draft: Draft, name: str) -> Draft:
    """What a draft keeps of one of the records that hang under the person, as a draft of its own."""
    values = draft.values.get(name)
    return replace(draft, values=values if isinstance(values, Mapping) else {}, focus="")


def own_part(draft: Draft) -> Draft:
    """What a draft keeps of the person herself."""
    return replace(draft, values={name: one for name, one in draft.values.items() if name not in {PHONE, INFORMED}})


def identity_of(person: Person, phone: str) -> Identity:
    """What is compared with the people already here."""
    return Identity(
        last_name=person.last_name, first_name=person.first_name, birth_name=person.birth_name,
        nickname=person.nickname, born_on=person.born_on, birth_year=person.birth_year, phones=phones_of([phone]),
    )  # fmt: skip


def create(desk: Desk, person: Person, phone: Phone | None, informed: Informed | None, draft: bytes) -> Touched:
    """Open the file: the person, her phone, the information given; the draft goes in the same transaction."""
    hanging: list[tuple[str, Any]] = [("phone", phone)] if phone is not None else []
    if informed is not None:
        hanging.append(("informed", informed))
    return people.create(desk, person, hanging, draft=draft)


def _ms(desk: Desk) -> int:
    return int(desk.clock.now().timestamp() * 1000)
