"""The people followed: opening a file, its référent, lists and saved views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from spie_desk.domain.listing import Found, PersonFilter, PersonRow
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.view import View
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import one_file, oppositions
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed

COUNTER = "file_counter"
MARK = "desk_mark"


def next_number(desk: Desk) -> str:
    """The next file number: this desk's mark and its own counter (« K7-0132 »); gaps are harmless."""
    counter = desk.store.settings.get(COUNTER)
    n = (counter if isinstance(counter, int) else 0) + 1
    desk.store.settings.set(COUNTER, n)
    return f"{desk.store.settings.get(MARK) or 'P0'}-{n:04d}"


def create(
    desk: Desk, person: Person, hanging: Sequence[tuple[str, Any]] = (), *, draft: bytes | None = None
) -> Touched:
    """Open a file: the person, me as her référent and first interlocutor, and what hangs under her (phones…)."""
    today = desk.clock.now().date()
    filled = replace(
        person, number=person.number or next_number(desk), entered_on=person.entered_on or today,
        referent=person.referent or desk.me.id, referent_since=person.referent_since or today,
    )  # fmt: skip
    filled.check()
    for _kind, record in hanging:
        record.check()
    with desk.store.unit(Deed("typed", label=filled.name)) as unit:
        unit.put("person", filled)
        unit.put("membership", Membership(id=desk.chance.id(), person=filled.id, professional=desk.me.id, since=today,
                                          function="referent"))  # fmt: skip
        for kind, record in hanging:
            unit.put(kind, record)
        if draft is not None:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


def change_referent(desk: Desk, shown: Shown[Person], professional: bytes, *, draft: bytes | None = None) -> Touched:
    """Name another référent; the former one stays a member, so that nobody vanishes from the person's life at once."""
    oppositions.refuse_professional(desk, shown.record.id, professional)
    today = desk.clock.now().date()
    after = replace(shown.record, referent=professional, referent_since=today)
    around = {one.record.professional for one in desk.store.records.find("membership", {"person": shown.record.id})
              if one.record.active_on(today)}  # fmt: skip
    with desk.store.unit(Deed("typed", label=shown.record.name)) as unit:
        unit.put("person", after, shown=shown)
        if professional not in around:
            unit.put("membership", Membership(id=desk.chance.id(), person=shown.record.id, professional=professional,
                                              since=today, function="referent"))  # fmt: skip
        if draft is not None:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


def rows(desk: Desk, wanted: PersonFilter, limit: int = 500, offset: int = 0) -> list[PersonRow]:
    return desk.store.lists.people(wanted, limit=limit, offset=offset)


def count(desk: Desk, wanted: PersonFilter) -> int:
    return desk.store.lists.count_people(wanted)


def search(desk: Desk, words: str, limit: int = 30) -> list[Found]:
    """People and notes that hold every word; one letter is enough; a note is said by whose it is."""
    found = desk.store.lists.search(words, limit) if words.strip() else []
    hers = list({one.person for one in found if one.kind != "person" and one.person})
    names = one_file.faces(desk, hers) if hers else {}
    return [replace(one, title=names[one.person].name, birth_year=names[one.person].year,
                    excerpt=one.excerpt or one.title)
            if one.kind != "person" and one.person in names else one for one in found]  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountedView:
    """A view with its count: ``shown`` is None for the built-in ones."""

    name: str
    wanted: PersonFilter
    count: int
    shown: Shown[View] | None = None


def wanted_by(desk: Desk, view: View, words: str = "") -> PersonFilter:
    """The filter that a saved view means today."""
    silent = desk.clock.now().date() - timedelta(days=view.silent_days) if view.silent_days else None
    return PersonFilter(
        words=" ".join(part for part in (view.words, words) if part),
        referent=desk.me.id if view.scope == "mine" else None,
        member=desk.me.id if view.scope == "around" else None,
        without_referent=view.scope == "without_referent",
        clashing=view.scope == "clashing", silent_since=silent, commune=view.town_code,
    )  # fmt: skip


def views(desk: Desk) -> list[CountedView]:
    """My saved views, each with its count, by name."""
    found = sorted(desk.store.records.find("view"), key=lambda one: one.record.name.casefold())
    return [
        CountedView(one.record.name, wanted_by(desk, one.record), count(desk, wanted_by(desk, one.record)), one)
        for one in found
    ]
