"""A review of situations: planned, prepared, held, closed; decisions become actions of the person's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.records.action import Action
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
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import oppositions
from spie_desk.services.desk import Desk
from spie_desk.services.directory import directory
from spie_desk.services.ports import Deed, Unit


class AlreadyOnAgendaError(DeskError):
    says = N_("Cette personne est déjà à l’ordre du jour de cette revue.")


class NotBoundError(DeskError):
    """A guest whom no text binds to secrecy; parameters ``field`` (a msgid) and ``name``."""

    says = N_("{name} n’est tenu au secret par aucun texte connu ici\u00a0: ce passage ne peut pas lui être montré.")
    next_step = N_("Retirez cette personne, ou indiquez dans sa fiche le texte qui l’y tient.")


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review as the list and the month show it: how many situations, and how many are here."""

    shown: Shown[Review]
    situations: int
    here: int


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A decision of an earlier review, and what became of its action (its status, or empty)."""

    decision: Decision
    review_on: date | None
    status: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Situation:
    """One passage as the meeting sees it."""

    passage: Shown[Passage]
    person_name: str
    initials: str
    number: str
    age: int | None
    contributions: Sequence[Shown[Contribution]]
    decisions: Sequence[Shown[Decision]]
    attendances: Sequence[Shown[Attendance]]
    extracts: Sequence[Shown[Extract]]
    earlier: Sequence[PastDecision]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A review with its situations, in order."""

    review: Shown[Review]
    situations: Sequence[Situation]


def list_all(desk: Desk) -> list[Shown[Review]]:
    """Every review, the latest first."""
    return desk.store.records.find("review", order=("-on",))


def rows(desk: Desk) -> list[ReviewRow]:
    """Every review, the latest first, with the greater of the count it carries and of what is here."""
    found = []
    for shown in list_all(desk):
        here = desk.store.records.count("passage", {"review": shown.record.id})
        found.append(ReviewRow(shown, max(here, shown.record.situations), here))
    return found


def meeting(desk: Desk, review: bytes) -> Meeting | None:
    found = desk.store.records.get("review", review)
    if found is None:
        return None
    passages = desk.store.records.find("passage", {"review": review}, order=("place_in_order",))
    return Meeting(found, [_situation(desk, one) for one in passages])


def add_passage(desk: Desk, review: bytes, person: bytes, question: str = "") -> Touched:
    """Put a person on the agenda: her passage founds a circle of its own; the review counts one more, nameless."""
    others = desk.store.records.find("passage", {"review": review})
    if any(one.record.person == person for one in others):
        raise AlreadyOnAgendaError
    oppositions.refuse_review(desk, person)
    last = max((one.record.place_in_order for one in others), default=0)
    passage = Passage(id=desk.chance.id(), review=review, person=person, place_in_order=last + 1,
                      presenter=desk.me.id, question=question)  # fmt: skip
    passage.check()
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("passage", passage)
        _count(desk, unit, review, len(others) + 1)
    return desk.store.touched()


def remove_passage(desk: Desk, shown: Shown[Passage]) -> Touched:
    """Take a person off the agenda; her file keeps everything."""
    left = desk.store.records.count("passage", {"review": shown.record.review}) - 1
    with desk.store.unit(Deed("typed")) as unit:
        unit.withdraw(shown)
        _count(desk, unit, shown.record.review, left)
    return desk.store.touched()


def move(desk: Desk, agenda: Sequence[Shown[Passage]], passage: bytes, by: int) -> Touched:
    """Move one passage earlier (-1) or later (1) in the order that was on screen."""
    order = [one.record.id for one in agenda]
    here = order.index(passage)
    there = max(0, min(len(order) - 1, here + by))
    order.insert(there, order.pop(here))
    by_id = {one.record.id: one for one in agenda}
    with desk.store.unit(Deed("typed")) as unit:
        for place, one in enumerate(order, start=1):
            shown = by_id[one]
            unit.put("passage", replace(shown.record, place_in_order=place), shown=shown)
    return desk.store.touched()


def put(desk: Desk, shown: Shown[Passage], passage: Passage, *, draft: bytes | None = None) -> Touched:
    """Change what the passage says: question, information given, her words, ticked items, next step, minutes.

    A guest is invited only if a named text binds to secrecy: the passage is not strictly the team's any more.
    """
    passage.check()
    known = directory(desk).professionals
    for guest in passage.guests:
        found = known.get(guest)
        if guest not in shown.record.guests:
            if not (found and found.bound_by):
                raise NotBoundError(field=N_("Invités tenus au secret"), name=found.name if found else "?")
            oppositions.refuse_structure(desk, passage.person, found.structure)
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("passage", passage, shown=shown)
        if draft is not None:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


def contribute(desk: Desk, passage: bytes, structure: bytes, text: str, *, shown: Shown[Contribution] | None = None,
               draft: bytes | None = None) -> Touched:  # fmt: skip
    """Hand in what one structure says; ``shown`` is what stood there on screen: its author takes its place."""
    record = Contribution(id=contribution_id(passage, structure), passage=passage, structure=structure, text=text,
                          by=desk.me.id)  # fmt: skip
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("contribution", record, shown=shown)
        if draft is not None:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


def decide(  # noqa: PLR0913 — a decision has these parts
    desk: Desk, shown: Shown[Passage], what: str, owner: bytes = b"", owner_name: str = "",
    due_on: date | None = None, *, draft: bytes | None = None,
) -> Touched:  # fmt: skip
    """Write a decision, and the action it makes in the person's file, in one deed over two circles."""
    action = Action(id=desk.chance.id(), person=shown.record.person, what=what, owner=owner, owner_name=owner_name,
                    due_on=due_on, passage=shown.record.id)  # fmt: skip
    decision = Decision(id=desk.chance.id(), passage=shown.record.id, what=what, owner=owner, owner_name=owner_name,
                        due_on=due_on, action=action.id)  # fmt: skip
    decision.check()
    with desk.store.unit(Deed("typed", label=what)) as unit:
        unit.put("decision", decision)
        unit.put("action", action)
        if draft is not None:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


def attend(  # noqa: PLR0913 — a presence has these parts
    desk: Desk, passage: bytes, *, professional: bytes = b"", name: str = "", structure: bytes = b"",
    present: bool = True, shown: Shown[Attendance] | None = None,
) -> Touched:  # fmt: skip
    """Record one professional's presence during one passage, on what was on screen."""
    who = professional or name.encode()
    record = Attendance(id=attendance_id(passage, who), passage=passage, professional=professional, name=name,
                        structure=structure, present=present)  # fmt: skip
    record.check()
    if present:
        _refuse_seat(desk, record)
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("attendance", record, shown=shown)
    return desk.store.touched()


def _refuse_seat(desk: Desk, seat: Attendance) -> None:
    """Nobody of a structure she opposes is present while her situation is spoken of."""
    passage = desk.store.records.get("passage", seat.passage)
    if passage is not None:
        oppositions.refuse_structure(desk, passage.record.person, seat.structure)
        oppositions.refuse_professional(desk, passage.record.person, seat.professional)


def move_on(desk: Desk, shown: Shown[Passage]) -> Touched:
    """The situation has been seen: next one."""
    return put(desk, shown, replace(shown.record, status="done"))


def close(desk: Desk, shown: Shown[Review]) -> Touched:
    """The review is over; its passages keep what was said, its actions live in the files."""
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("review", replace(shown.record, status="held"), shown=shown)
    return desk.store.touched()


def _count(desk: Desk, unit: Unit, review: bytes, situations: int) -> None:
    shown = desk.store.records.get("review", review)
    if shown is not None:
        unit.put("review", replace(shown.record, situations=situations), shown=shown)


def _situation(desk: Desk, shown: Shown[Passage]) -> Situation:
    passage = shown.record
    person = desk.store.records.get("person", passage.person)
    of = {kind: desk.store.records.find(kind, {"passage": passage.id})
          for kind in ("contribution", "decision", "attendance", "extract")}  # fmt: skip
    year = person.record.year if person else None
    return Situation(
        passage=shown, person_name=person.record.name if person else "",
        initials=_initials(person.record.name) if person else "", number=person.record.number if person else "",
        age=desk.clock.now().year - year if year else None,
        contributions=of["contribution"], decisions=of["decision"], attendances=of["attendance"],
        extracts=of["extract"],
        earlier=_earlier(desk, passage),
    )  # fmt: skip


def _earlier(desk: Desk, passage: Passage) -> list[PastDecision]:
    found = []
    for other in desk.store.records.find("passage", {"person": passage.person}):
        if other.record.id == passage.id:
            continue
        review = desk.store.records.get("review", other.record.review)
        for one in desk.store.records.find("decision", {"passage": other.record.id}):
            action = desk.store.records.get("action", one.record.action) if one.record.action else None
            found.append(PastDecision(one.record, review.record.on if review else None,
                                      action.record.status if action else "",
                                      action.record.done_on if action else None))  # fmt: skip
    return found


def _initials(name: str) -> str:
    return " ".join(f"{part[0].upper()}." for part in name.replace("«", " ").replace("»", " ").split())
