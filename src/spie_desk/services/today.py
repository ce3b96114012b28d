"""« Aujourd'hui » : what is late, what is for today, what others owe, silences, drafts, reviews to prepare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spie_desk.domain.drafts import Draft, DraftState
from spie_desk.domain.listing import PersonFilter, PersonRow
from spie_desk.domain.records.action import OPEN_STATUSES, Action
from spie_desk.domain.records.around import Right
from spie_desk.domain.records.review import Review
from spie_desk.domain.shown import Shown
from spie_desk.services.appointments import AppointmentRow, unanswered, week
from spie_desk.services.desk import Desk

SILENCE_DAYS = 60
SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Task:
    """One line to do: what, for whom, when; ``late_days`` > 0 when overdue, ``waiting`` when someone else owes it."""

    shown: Shown[Action]
    person_name: str
    late_days: int
    waiting: bool


@dataclass(frozen=True, slots=True)
class ReviewToPrepare:
    shown: Shown[Review]
    passages: int
    without_question: int


@dataclass(frozen=True, slots=True)
class Today:
    """The page's values; ``followed`` counts the people whose référent I am."""

    day: date
    followed: int
    week: Sequence[AppointmentRow]
    late: Sequence[Task]
    due: Sequence[Task]
    waiting: Sequence[Task]
    unanswered: Sequence[AppointmentRow]
    silent: Sequence[PersonRow]
    drafts: Sequence[Draft]
    unattached: Sequence[Draft]
    rights: Sequence[tuple[Shown[Right], str]]
    reviews: Sequence[ReviewToPrepare]

    @property
    def to_do(self) -> int:
        return len(self.late) + len(self.due) + len(self.unanswered)


def today(desk: Desk) -> Today:
    """Read the day: what is mine, over all the people I follow."""
    day = desk.clock.now().date()
    tasks = _tasks(desk, day)
    drafts = desk.store.drafts.all()
    mine = PersonFilter(referent=desk.me.id)
    return Today(
        day=day, followed=desk.store.lists.count_people(mine), week=week(desk, day),
        late=[one for one in tasks if not one.waiting and one.late_days > 0],
        due=[one for one in tasks if not one.waiting and one.late_days <= 0],
        waiting=[one for one in tasks if one.waiting], unanswered=unanswered(desk, day),
        silent=desk.store.lists.people(
            PersonFilter(referent=desk.me.id, silent_since=day - timedelta(days=SILENCE_DAYS)), limit=20),
        drafts=[one for one in drafts if one.state is DraftState.OPEN],
        unattached=[one for one in drafts if one.state is DraftState.KEPT],
        rights=_rights(desk, day), reviews=_reviews(desk, day),
    )  # fmt: skip


def _tasks(desk: Desk, day: date) -> list[Task]:
    found = desk.store.records.find("action", {"status": OPEN_STATUSES, "due_on": ("<=", day)}, order=("due_on",))
    waiting = [
        one for one in desk.store.records.find("action", {"status": OPEN_STATUSES, "owner": ("!=", desk.me.id)},
                                               order=("due_on",), limit=200)
        if one.record.owner or one.record.owner_name
    ]  # fmt: skip
    mine = [Task(one, _name(desk, one.record.person), (day - one.record.due_on).days, waiting=False)
            for one in found if one.record.due_on and _is_mine(desk, one.record)]  # fmt: skip
    others = [Task(one, _name(desk, one.record.person), (day - one.record.due_on).days if one.record.due_on else 0,
                   waiting=True) for one in waiting]  # fmt: skip
    return mine + others


def _is_mine(desk: Desk, action: Action) -> bool:
    return action.owner == desk.me.id or not (action.owner or action.owner_name)


def _rights(desk: Desk, day: date) -> list[tuple[Shown[Right], str]]:
    soon = day + timedelta(days=SOON_DAYS)
    ending = desk.store.records.find("right", {"ends_on": ("<=", soon)}, order=("ends_on",), limit=200)
    remind = desk.store.records.find("right", {"remind_on": ("<=", day)}, order=("remind_on",), limit=200)
    both = {one.record.id: one for one in (*ending, *remind)}
    kept = [one for one in both.values() if one.record.ends_on is None or one.record.ends_on >= day - timedelta(days=7)]
    return [(one, _name(desk, one.record.person)) for one in kept]


def _reviews(desk: Desk, day: date) -> list[ReviewToPrepare]:
    coming = desk.store.records.find("review", {"on": (">=", day), "status": "planned"}, order=("on",), limit=5)
    found = []
    for one in coming:
        passages = desk.store.records.find("passage", {"review": one.record.id})
        blank = sum(1 for passage in passages if not passage.record.question.strip())
        found.append(ReviewToPrepare(one, len(passages), blank))
    return found


def _name(desk: Desk, person: bytes) -> str:
    found = desk.store.records.get("person", person)
    return found.record.name if found else ""
