"""Papers that a step needs: asked for several at once, received in one key, reminded of at their day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from spie_desk.domain.records.piece import (
    ASKED,
    MISSING,
    NOT_NEEDED,
    OPEN_PIECES,
    RECEIVED,
    Asking,
    Piece,
)
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import one_file
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed
from spie_desk.services.relays import Covered

LIST = "piece"
_LATELY, _TWICE = 400, 2


@dataclass(frozen=True, slots=True)
class PiecesDue:
    """One person's papers whose reminder has come, for one step: what is done there is done with them all."""

    all: tuple[Shown[Piece], ...]
    person_name: str

    @property
    def shown(self) -> Shown[Piece]:
        return self.all[0]

    @property
    def remind_on(self) -> date | None:
        return min((one.record.remind_on for one in self.all if one.record.remind_on), default=None)


def ask(desk: Desk, asking: Asking, draft: bytes | None = None) -> Touched:
    """One record per paper named, those already waited for on the same step left out; its draft goes with it."""
    asking.check()
    person, action = asking.person, asking.id if asking.id != asking.person else b""
    waiting = {one.record.name.casefold() for one in _waiting(desk, person) if one.record.action == action}
    with desk.store.unit(Deed("typed")) as unit:
        for name in named(asking):
            if name.casefold() not in waiting:
                unit.put("piece", Piece(
                    id=desk.chance.id(), person=person, name=name, action=action,
                    status=ASKED if asking.asked_on else MISSING, asked_on=asking.asked_on, remind_on=asking.remind_on,
                ))  # fmt: skip
        if draft is not None:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


def named(asking: Asking) -> list[str]:
    """What is ticked, then what is typed, each once."""
    typed = (line.strip(" -•\t") for line in asking.others.splitlines())
    found: dict[str, str] = {}
    for name in (*asking.names, *typed):
        if name:
            found.setdefault(name.casefold(), name)
    return list(found.values())


def receive(desk: Desk, shown: Sequence[Shown[Piece]]) -> Touched:
    day = desk.clock.now().date()
    return _put(desk, shown, lambda one: replace(one, status=RECEIVED, received_on=max(day, one.asked_on or day)))


def wait_again(desk: Desk, shown: Sequence[Shown[Piece]]) -> Touched:
    """Received by mistake, or to be given again."""
    return _put(desk, shown, lambda one: replace(one, status=ASKED if one.asked_on else MISSING, received_on=None))


def set_aside(desk: Desk, shown: Sequence[Shown[Piece]]) -> Touched:
    """No longer needed."""
    return _put(desk, shown, lambda one: replace(one, status=NOT_NEEDED, received_on=None))


def ask_again(desk: Desk, shown: Sequence[Shown[Piece]], until: date) -> Touched:
    """Remind her another day: asked anew today if nobody had asked yet."""
    day = desk.clock.now().date()
    return _put(desk, shown, lambda one: replace(one, status=ASKED, asked_on=one.asked_on or day, remind_on=until))


def of_her(desk: Desk, person: bytes) -> list[Shown[Piece]]:
    """What she still has to bring, the soonest reminded first."""
    return sorted(_waiting(desk, person), key=lambda one: (one.record.remind_on or date.max, one.record.name))


def usual(desk: Desk) -> list[tuple[str, str]]:
    """The shipped papers, then those that this desk asked for several times in its own words."""
    shipped = [(one.code, one.label) for one in desk.lists[LIST].entries]
    known = {code.casefold() for code, _label in shipped}
    lately = desk.store.records.find("piece", {}, order=("-remind_on",), limit=_LATELY)
    counted = Counter(one.record.name for one in lately if one.record.name.casefold() not in known)
    own = sorted(name for name, count in counted.items() if count >= _TWICE)
    return [*shipped, *((name, name) for name in own)]


def due(desk: Desk, day: date, covered: Covered) -> list[PiecesDue]:
    """Reminders that have come, for the people I follow, I asked something of, or I answer for these days."""
    found = desk.store.records.find("piece", {"status": OPEN_PIECES, "remind_on": ("<=", day)}, order=("remind_on",),
                                    limit=1000)  # fmt: skip
    people = one_file.faces(desk, (one.record.person for one in found))
    together: dict[tuple[bytes, bytes], list[Shown[Piece]]] = {}
    for one in found:
        person = people.get(one.record.person)
        if one.record.remind_on is not None and person is not None and person.ended_on is None and (
            desk.me.id in {person.referent, one.first.person} or covered.of(person.id, person.referent) is not None
        ):  # fmt: skip
            together.setdefault((one.record.person, one.record.action), []).append(one)
    return [PiecesDue(tuple(sorted(of, key=lambda one: one.record.name)), people[person].name)
            for (person, _action), of in together.items()]


def _waiting(desk: Desk, person: bytes) -> list[Shown[Piece]]:
    files = list(one_file.members(desk, person))
    return [one for one in desk.store.records.find("piece", {"person": files}) if one.record.waits]


def _put(desk: Desk, shown: Sequence[Shown[Piece]], after: Any) -> Touched:
    label = shown[0].record.name if len(shown) == 1 else ""
    with desk.store.unit(Deed("typed", label=label)) as unit:
        for one in shown:
            unit.put("piece", after(one.record), shown=one)
    return desk.store.touched()
