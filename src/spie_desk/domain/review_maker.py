"""Two reviews of fictitious situations: one held three weeks ago with its decisions, one to prepare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Protocol

from spie_desk.domain.circles import Sort
from spie_desk.domain.life_maker import Around, workday
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.review import (
    Attendance,
    Contribution,
    Decision,
    Extract,
    Passage,
    Review,
    attendance_id,
    contribution_id,
)
from spie_desk.domain.records.structure import Structure

Made = tuple[str, Any]
HELD, COMING = 2, 3
"""Situations in the review that was held, and in the one to come, which sees the first of them again."""

TICKED = ("finding", "action")
"""What presenters tick, for a table to see."""
SHOWN = 4


class Table(Around, Protocol):
    """The team, with the structures that sit at the table."""

    @property
    def structure(self) -> Structure: ...
    @property
    def structures(self) -> tuple[Structure, ...]: ...
    @property
    def partners(self) -> Mapping[str, tuple[Professional, ...]]: ...


@dataclass(frozen=True, slots=True)
class Told:
    """A person whose story says what her passage was about."""

    person: Person
    passage: Mapping[str, Any]
    around: Sequence[Made] = ()


def reviews(told: Sequence[Told], team: Table, today: date, chance: Random) -> Iterator[Made]:
    """The held review and its passages, then the one to come; nothing when too few stories ask for one."""
    if len(told) < HELD + 1:
        return
    at_table = (team.structure.id, *(one.id for one in team.structures if not one.sensitive))
    held = Review(id=chance.randbytes(16), on=workday(today - timedelta(days=20)), at="14:00", status="held",
                  situations=HELD, place="Mairie de Vimoutiers, salle du conseil", structures=at_table)  # fmt: skip
    yield "review", held
    for order, one in enumerate(told[:HELD], start=1):
        yield from _passage(one, held, order, team, chance, today)
    seen = (told[0], *told[HELD : HELD + COMING - 1])
    coming = Review(id=chance.randbytes(16), on=workday(today + timedelta(days=9)), at="09:30",
                    situations=len(seen), place="Maison des solidarités, Vimoutiers", structures=at_table)  # fmt: skip
    yield "review", coming
    for order, one in enumerate(seen, start=1):
        passage = Passage(
            id=chance.randbytes(16), review=coming.id, person=one.person.id, place_in_order=order,
            presenter=team.me.id, question=one.passage["question"] if order < COMING else "",
            informed_on=today - timedelta(days=2) if order == 1 else None,
            informed_how="entretien" if order == 1 else "", her_words=_bare(one.passage["words"]) if order == 1 else "",
        )  # fmt: skip
        yield "passage", passage
        if order == 1:
            yield from _extracts(one, passage, chance)


def _passage(told: Told, review: Review, order: int, team: Table, chance: Random, today: date) -> Iterator[Made]:
    assert review.on is not None  # noqa: S101 — made a few lines above
    passage = Passage(
        id=chance.randbytes(16), review=review.id, person=told.person.id, place_in_order=order, presenter=team.me.id,
        question=told.passage["question"], informed_on=review.on - timedelta(days=6), informed_how="entretien",
        her_words=_bare(told.passage["words"]), status="done", next_step=told.passage["next"],
        next_on=workday(today + timedelta(days=30)),
        minutes=told.passage["minutes"].replace("{Prenom}", told.person.first_name),
    )  # fmt: skip
    yield "passage", passage
    yield from _extracts(told, passage, chance)
    speakers = {does: team.partners[does][0] for does in told.passage["says"] if does in team.partners}
    heard: set[bytes] = set()
    for does, text in told.passage["says"].items():
        # One contribution per structure: two colleagues of one structure speak with one voice.
        if does in speakers and speakers[does].structure not in heard:
            heard.add(speakers[does].structure)
            who = speakers[does]
            yield "contribution", Contribution(id=contribution_id(passage.id, who.structure), passage=passage.id,
                                               structure=who.structure, text=text, by=who.id)  # fmt: skip
    yield from _decided(told, passage, review.on, team, today, chance)
    for one in (team.me, *speakers.values()):
        yield "attendance", Attendance(id=attendance_id(passage.id, one.id), passage=passage.id, professional=one.id,
                                       structure=one.structure)  # fmt: skip
    name = "Élue à l’action sociale"
    yield "attendance", Attendance(id=attendance_id(passage.id, name.encode()), passage=passage.id, name=name,
                                   structure=team.structure.id, present=False)  # fmt: skip


def _extracts(told: Told, passage: Passage, chance: Random) -> Iterator[Made]:
    """A few things of the file, copied into the passage as a presenter ticks them."""
    for kind, record in told.around[:SHOWN]:
        sort = Sort.SITUATION if kind == "finding" else Sort.SOCLE
        yield "extract", Extract(id=chance.randbytes(16), passage=passage.id, source=f"{kind}:{record.id.hex()}",
                                 sort=str(sort), title=record.what)  # fmt: skip


def _decided(told: Told, passage: Passage, on: date, team: Table, today: date, chance: Random) -> Iterator[Made]:
    """Each decision and the action it made in the person's file; the first is done since."""
    for rank, (what, does, days) in enumerate(told.passage["decisions"]):
        owner = team.partners[does][0].id if does in team.partners else team.me.id
        due = workday(on + timedelta(days=days))
        done = rank == 0 and due < today
        action = Action(
            id=chance.randbytes(16), person=told.person.id, what=what, owner=owner, due_on=due, passage=passage.id,
            status="done" if done else "in_progress", done_on=due if done else None,
        )  # fmt: skip
        yield "action", action
        yield "decision", Decision(id=chance.randbytes(16), passage=passage.id, what=what, owner=owner, due_on=due,
                                   action=action.id)  # fmt: skip


def _bare(words: str) -> str:
    return words.strip("«» \u00a0")
