"""What hangs around one fictitious person: phones, rights, who accompanies, notes, actions, appointments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any, Protocol

from spie_desk.domain.records.action import Action
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.around import Identifier, Informed, Opposition, Phone, Relative, Right
from spie_desk.domain.records.diagnosis import Finding, Request
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.note import CIRCLE, RESERVED, Note, digest_of
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional

Made = tuple[str, Any]
HOURS = ("09:00", "10:30", "14:00", "15:30", "17:00")
PER_DAY = 4


class Around(Protocol):
    """The team as a life needs it."""

    @property
    def me(self) -> Professional: ...
    @property
    def colleagues(self) -> tuple[Professional, ...]: ...
    @property
    def manager(self) -> Professional: ...
    def who(self, does: str, chance: Random) -> Professional | None: ...


@dataclass(frozen=True, slots=True)
class Life:
    """One person, the story told of her, and the day it is told."""

    person: Person
    story: Mapping[str, Any]
    team: Around
    today: date
    chance: Random
    rank: int

    def id(self) -> bytes:
        return self.chance.randbytes(16)

    def said(self, text: str) -> str:
        """The story's words with her first name and gender."""
        woman = self.person.civility == "mme"
        name = self.person.first_name or "Il"
        words = {"Prenom": name, "prenom": name, "Il": "Elle" if woman else "Il", "il": "elle" if woman else "il",
                 "lui": "elle" if woman else "lui", "e": "e" if woman else ""}  # fmt: skip
        return text.format_map(words)


def hanging(life: Life) -> Iterator[Made]:
    """Every record under the person, in an order that can be put."""
    partners = {does: life.team.who(does, life.chance) for does in life.story["partners"]}
    yield from _identity(life)
    yield from _household(life)
    yield from _rights(life)
    yield from _memberships(life, partners)
    yield from _diagnosis(life)
    yield from _notes(life)
    yield from _actions(life, partners)
    yield from _appointments(life)


def workday(day: date, step: int = 1) -> date:
    """That day, or the next (``step`` -1: the one before) that people work."""
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day


def _identity(life: Life) -> Iterator[Made]:
    person, chance, story = life.person.id, life.chance, life.story
    if story.get("street"):
        return
    yield "phone", Phone(id=life.id(), person=person, number=_phone(chance),
                         whose="sa mère" if chance.random() < 0.06 else "")  # fmt: skip
    if chance.random() < 0.25:
        wrong = life.today - timedelta(days=chance.randrange(20, 90))
        yield "phone", Phone(id=life.id(), person=person, number=_phone(chance), wrong_since=wrong)
    yield (
        "identifier",
        Identifier(id=life.id(), person=person, scheme="caf", value=str(chance.randrange(1000000, 9999999))),
    )
    if story["work"]:
        value = f"{chance.randrange(1000000, 9999999)}{chance.choice('ABCDEFGHJKL')}"
        yield "identifier", Identifier(id=life.id(), person=person, scheme="france_travail", value=value)
    given = life.person.entered_on
    yield "informed", Informed(id=life.id(), person=person, given_on=given, by=life.team.me.id, notice="2026-1",
                               how="langue" if story.get("foreign") else "entretien",
                               interpreter=bool(story.get("foreign")))  # fmt: skip
    if chance.random() < 0.05:
        yield "opposition", Opposition(id=life.id(), person=person, to="recherche", on=given)


def _household(life: Life) -> Iterator[Made]:
    for name, age in life.story.get("children", ()):
        yield "relative", Relative(id=life.id(), person=life.person.id, link="enfant", first_name=name,
                                   birth_year=life.today.year - age)  # fmt: skip


def _rights(life: Life) -> Iterator[Made]:
    for scheme, status, ends_in in life.story["rights"]:
        ends = None if ends_in is None else life.today + timedelta(days=ends_in + life.chance.randrange(0, 30))
        starts = None if ends is None else date(ends.year - 1, ends.month, min(ends.day, 28))
        yield "right", Right(
            id=life.id(), person=life.person.id, scheme=scheme, status=status, starts_on=starts, ends_on=ends,
            remind_on=ends - timedelta(days=60) if ends else None,
        )  # fmt: skip


def _memberships(life: Life, partners: Mapping[str, Professional | None]) -> Iterator[Made]:
    since = life.person.entered_on
    yield "membership", Membership(id=life.id(), person=life.person.id, professional=life.team.me.id,
                                   function="referent", since=since)  # fmt: skip
    if life.team.colleagues:
        yield "membership", Membership(id=life.id(), person=life.person.id, function="social", stand_in=True,
                                       professional=life.team.colleagues[0].id, since=since)  # fmt: skip
    for does, one in partners.items():
        if one is not None:
            yield "membership", Membership(id=life.id(), person=life.person.id, professional=one.id, function=does,
                                           since=(since or life.today) + timedelta(days=8))  # fmt: skip


def _diagnosis(life: Life) -> Iterator[Made]:
    story, person = life.story, life.person
    yield "request", Request(id=life.id(), person=person.id, words=story["words"].strip("«» \u00a0"),
                             said_on=person.entered_on, work=story["work"], education=story["education"],
                             project=story["project"], radius_km=story["radius"])  # fmt: skip
    for theme, what, polarity in story["findings"]:
        yield "finding", Finding(id=life.id(), person=person.id, theme=theme, what=what, polarity=polarity,
                                 noted_on=person.entered_on)  # fmt: skip


def _notes(life: Life) -> Iterator[Made]:
    shift = life.chance.randrange(0, 3) if life.rank >= len(HOURS) else 0
    for one in sorted(life.story["notes"], key=lambda note: -note["ago"]):
        on = workday(life.today - timedelta(days=one["ago"] + shift), -1)
        named = one["readers"] == RESERVED
        authors = (life.team.me.id, life.team.colleagues[-1].id) if one["sort"] == "maraude" and life.team.colleagues \
            else (life.team.me.id,)  # fmt: skip
        note = Note(
            id=life.id(), person=life.person.id, sort=one["sort"], on=on,
            at="21:40" if one["sort"] == "maraude" else life.chance.choice(HOURS), minutes=one["minutes"],
            place=one["place"], authors=authors, theme=one["theme"], compartment=one["readers"],
            readers=tuple({life.team.me.id: 0, life.team.manager.id: 0}) if named else (), text=life.said(one["text"]),
        )  # fmt: skip
        # What those bound to secrecy read needs someone to read it with; alone, it stays mine and my structure's.
        note = note if life.team.colleagues or note.compartment != CIRCLE else replace(note, compartment="ma-structure")
        yield "note", replace(note, digest=digest_of(note))


def _actions(life: Life, partners: Mapping[str, Professional | None]) -> Iterator[Made]:
    for one in life.story["actions"]:
        drift = 0 if life.rank < 6 else life.chance.randrange(-4, 9)
        due = workday(life.today + timedelta(days=one["due"] + drift))
        helper = partners.get(one["owner"]) if one["owner"] not in {"me", "self"} else None
        done = one["status"] == "done"
        yield "action", Action(
            id=life.id(), person=life.person.id, what=one["what"], theme=one["theme"], status=one["status"],
            owner=b"" if one["owner"] == "self" else (helper or life.team.me).id,
            owner_name=life.person.first_name if one["owner"] == "self" else "",
            due_on=min(due, workday(life.today, -1)) if done else due,
            done_on=workday(life.today + timedelta(days=min(one["due"], -1)), -1) if done else None,
        )  # fmt: skip


def _appointments(life: Life) -> Iterator[Made]:
    if not life.story["appointment"]:
        return
    start = workday(life.today - timedelta(days=life.today.weekday()))
    for place in range(2):
        slot = life.rank if place == 0 else -(life.rank % 60) - 4
        on = workday(start + timedelta(days=slot // PER_DAY + 2 * (slot // PER_DAY // 5)))
        past = on < life.today
        status = life.chance.choice(("present", "present", "present", "absent", "excused")) if past else "coming"
        yield "appointment", Appointment(
            id=life.id(), person=life.person.id, on=on, at=HOURS[slot % PER_DAY], place="CCAS, bureau 2",
            with_=life.team.me.id, subject=life.story["appointment"], status=status,
        )  # fmt: skip


def _phone(chance: Random) -> str:
    return f"06 39 98 {chance.randrange(10, 100)} {chance.randrange(100):02d}"
