"""What ends soon for the people here: rights, residence permits, domiciliations; renewed, put off, or of no object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from spie_desk.domain.deadlines import (
    JUST_ENDED,
    SOON,
    a_year_on,
    is_domiciliation_due,
    is_due,
    next_period,
    reminder_for,
)
from spie_desk.domain.records.around import Right
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import one_file, records
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed

_MOST = 200
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class RightEnding:
    """A right, or a person's domiciliation, that ends soon or whose reminder has come; for whom."""

    shown: Shown[Any]
    person_name: str

    @property
    def is_domiciliation(self) -> bool:
        return isinstance(self.shown.record, Person)

    @property
    def person(self) -> bytes:
        found: bytes = self.shown.record.id if self.is_domiciliation else self.shown.record.person
        return found

    @property
    def ends_on(self) -> date | None:
        found: date | None = self.shown.record.domiciled_until if self.is_domiciliation else self.shown.record.ends_on
        return found


def coming(desk: Desk, day: date) -> list[RightEnding]:
    """What asks for something that day, the soonest end first; of people whose follow-up has not ended."""
    # From a week ago on: years of rights that ended must not crowd out those that end now.
    near = [day + timedelta(days=n) for n in range(-JUST_ENDED.days, SOON.days + 1)]
    find = desk.store.records.find
    found = [*find("right", {"ends_on": near}, order=("ends_on",), limit=_MOST),
             *find("right", {"remind_on": ("<=", day)}, order=("-remind_on",), limit=_MOST)]  # fmt: skip
    rights = {one.record.id: one for one in found if is_due(one.record, day)}
    people = one_file.faces(desk, (one.record.person for one in rights.values()))
    live = [one for one in rights.values() if one.record.person in people
            and _followed(people[one.record.person], day)]  # fmt: skip
    others = _beside(desk, {one.record.person for one in live if one.record.ends_on is not None})
    rows = [RightEnding(one, people[one.record.person].name) for one in live
            if not _followed_by(one.record, others.get(one.record.person, ()))]  # fmt: skip
    homes = find("person", {"domiciled_until": near}, order=("domiciled_until",), limit=_MOST)
    faces = one_file.faces(desk, (one.record.id for one in homes))
    # of two files of one person, the one whose domiciliation stands
    rows += [RightEnding(one, faces[one.record.id].name) for one in homes
             if is_domiciliation_due(one.record, day) and _followed(one.record, day)
             and faces[one.record.id].domiciled_until == one.record.domiciled_until]  # fmt: skip
    return sorted(rows, key=lambda one: one.ends_on or date.max)


def renew(desk: Desk, row: RightEnding) -> Touched:
    """A right of the same length begins the day after; a domiciliation lasts a year more (CASF D.264-1)."""
    today = desk.clock.now().date()
    with desk.store.unit(Deed("typed")) as unit:
        if row.is_domiciliation:
            until = a_year_on(row.shown.record.domiciled_until or today)
            unit.put("person", replace(row.shown.record, domiciled_until=until, domiciled_remind=None), shown=row.shown)
        elif row.ends_on is None:
            unit.put("right", replace(row.shown.record, remind_on=None), shown=row.shown)
        else:
            starts, ends = next_period(row.shown.record.starts_on, row.ends_on)
            unit.put("right", replace(row.shown.record, id=desk.chance.id(), starts_on=starts, ends_on=ends,
                                      remind_on=reminder_for(ends, today), remark=""))  # fmt: skip
    return desk.store.touched()


def postpone(desk: Desk, row: RightEnding, until: date) -> Touched:
    """Told again that day, whatever the end."""
    field = "domiciled_remind" if row.is_domiciliation else "remind_on"
    return _put(desk, row, replace(row.shown.record, **{field: until}))


def set_aside(desk: Desk, row: RightEnding) -> Touched:
    """Nothing follows this end; a domiciliation that is no longer needed leaves the file, its history keeps it."""
    if row.is_domiciliation:
        gone = replace(row.shown.record, domiciled_at="", domiciled_until=None, domiciled_remind=None)
        return _put(desk, row, gone)
    return _put(desk, row, replace(row.shown.record, settled=True))


def save(desk: Desk, record: Right, shown: Shown[Right] | None, draft: bytes) -> Touched:
    """Another end asks for its own answer."""
    if shown is not None and record.ends_on != shown.record.ends_on:
        record = replace(record, settled=False)
    return records.save(desk, "right", record, shown, draft=draft)


def latest(rights: Sequence[Shown[Right]]) -> list[Shown[Right]]:
    """The rights that stand first, those that a later one of the same sort follows last."""
    begins = {one.record.id: one.record.starts_on or date.min for one in rights}
    last = {one.record.scheme: max(begins[two.record.id] for two in rights if two.record.scheme == one.record.scheme)
            for one in rights}  # fmt: skip
    return sorted(rights, key=lambda one: begins[one.record.id] < last[one.record.scheme])


def _beside(desk: Desk, people: set[bytes]) -> dict[bytes, list[Shown[Right]]]:
    """Every right of each of these people, in all her files: asked together, a question each would be hundreds."""
    together = desk.store.lists.together()
    files = {one: one_file.of(together, one) for one in people}
    wanted = list(dict.fromkeys(file for of_one in files.values() for file in of_one))
    held: dict[bytes, list[Shown[Right]]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        for one in desk.store.records.find("right", {"person": wanted[start : start + _AT_ONCE]}):
            held.setdefault(one.record.person, []).append(one)
    return {one: [right for file in of_one for right in held.get(file, ())] for one, of_one in files.items()}


def _followed_by(right: Right, others: Sequence[Shown[Right]]) -> bool:
    """A right of the same sort already takes over: renewed here, or by what another body told."""
    if right.ends_on is None:
        return False
    return any(one.record.id != right.id and one.record.scheme == right.scheme and one.record.starts_on is not None
               and one.record.starts_on > (right.starts_on or date.min) and one.record.starts_on <= right.ends_on + SOON
               and (one.record.ends_on is None or one.record.ends_on > right.ends_on) for one in others)  # fmt: skip


def _followed(person: Person, day: date) -> bool:
    return person.ended_on is None or person.ended_on > day


def _put(desk: Desk, row: RightEnding, record: Any) -> Touched:
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("person" if row.is_domiciliation else "right", record, shown=row.shown)
    return desk.store.touched()
