"""« Aujourd'hui » : what is late, what is for today, what others owe, silences, drafts, reviews to prepare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spie_desk.domain.drafts import Draft
from spie_desk.domain.listing import PersonFilter, PersonRow
from spie_desk.domain.records.action import OPEN_STATUSES, Action
from spie_desk.domain.records.review import Review
from spie_desk.domain.shown import Shown
from spie_desk.services import deadlines, one_file, pieces, relays, work
from spie_desk.services.appointments import AppointmentRow, unanswered, week
from spie_desk.services.deadlines import RightEnding
from spie_desk.services.desk import Desk
from spie_desk.services.pieces import PiecesDue
from spie_desk.services.relays import Covered, RelayRow

SILENCE_DAYS = 60
_KIT_MADE, _KIT_LATER = "kit_made", "kit_later"
_SILENT_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Task:
    """One line to do: what, for whom, when; ``late_days`` > 0 when overdue, ``waiting`` when someone else owes it.
    ``relay_of`` is who is away, when I answer for it in a relay."""

    shown: Shown[Action]
    person_name: str
    late_days: int
    waiting: bool
    relay_of: str = ""


@dataclass(frozen=True, slots=True)
class ReviewToPrepare:
    shown: Shown[Review]
    passages: int
    without_question: int


@dataclass(frozen=True, slots=True)
class Today:
    """The page's values; ``followed`` counts the people whose référent I am; ``silent`` holds the first of
    ``silent_count``. ``kit_due``: the recovery kit is still to make, and was put off until now at most.
    ``relays``: those that hold today, mine or for me.
    ``nobody``: the profile holds no person at all, so the page says where to begin."""

    day: date
    followed: int
    week: Sequence[AppointmentRow]
    late: Sequence[Task]
    due: Sequence[Task]
    waiting: Sequence[Task]
    unanswered: Sequence[AppointmentRow]
    silent: Sequence[PersonRow]
    silent_count: int
    drafts: Sequence[work.WorkRow]
    unattached: Sequence[Draft]
    rights: Sequence[RightEnding]
    reviews: Sequence[ReviewToPrepare]
    relays: Sequence[RelayRow] = ()
    kit_due: bool = False
    nobody: bool = False
    pieces: Sequence[PiecesDue] = ()

    @property
    def to_do(self) -> int:
        return len(self.late) + len(self.due) + len(self.unanswered) + len(self.pieces)


@dataclass(frozen=True, slots=True)
class Counters:
    """What waits, as the sidebar counts it: the same reading as the pages."""

    today: int
    work: int
    unattached: int
    clashes: int
    to_print: int = 0


def today(desk: Desk) -> Today:
    """Read the day: what is mine, over all the people I follow."""
    day = desk.clock.now().date()
    mine = PersonFilter(referent=desk.me.id)
    silent = PersonFilter(referent=desk.me.id, silent_since=day - timedelta(days=SILENCE_DAYS))
    followed = desk.store.lists.count_people(mine)
    nobody = not followed and not desk.store.lists.count_people(PersonFilter())
    covered = relays.covered(desk)
    away = _covered(desk, covered, day)
    own = sorted((*_mine(desk, day), *away), key=lambda one: one.record.due_on or day)
    others = [one for one in _waiting(desk) if one.record.id not in {two.record.id for two in away}]
    names = _names(desk, (one.record.person for one in (*own, *others)))
    who = relays.names(desk, {one.record.owner for one in away})
    tasks = [Task(one, names.get(one.record.person, ""), _late(one.record, day), waiting=False,
                  relay_of=who.get(one.record.owner, "")) for one in own]  # fmt: skip
    return Today(
        day=day, followed=followed, week=week(desk, day),
        late=[one for one in tasks if one.late_days > 0], due=[one for one in tasks if one.late_days <= 0],
        waiting=[Task(one, names.get(one.record.person, ""), _late(one.record, day), waiting=True) for one in others],
        unanswered=unanswered(desk, desk.clock.now()), silent=desk.store.lists.people(silent, limit=_SILENT_SHOWN),
        silent_count=desk.store.lists.count_people(silent), drafts=work.rows(desk, work.drafts(desk)),
        unattached=work.unattached(desk), rights=deadlines.coming(desk, day), reviews=_reviews(desk, day),
        relays=relays.around_me(desk), kit_due=_kit_due(desk, nobody=nobody), nobody=nobody,
        pieces=pieces.due(desk, day, covered),
    )  # fmt: skip


def counters(desk: Desk) -> Counters:
    """What the sidebar shows."""
    now = desk.clock.now()
    open_now = {"status": OPEN_STATUSES, "due_on": ("<=", now.date())}
    count = desk.store.records.count
    # the same two ways of being mine as in _is_mine, counted without reading the records
    mine = count("action", {**open_now, "owner": desk.me.id})
    nobody_s = count("action", {**open_now, "owner": None, "owner_name": None})
    covered = relays.covered(desk)
    away = len(_covered(desk, covered, now.date())) + len(pieces.due(desk, now.date(), covered))
    here = mine + nobody_s + away + len(unanswered(desk, now))
    return Counters(here, len(work.drafts(desk)), len(work.unattached(desk)), len(desk.store.records.clashes()),
                    desk.store.papers.count())  # fmt: skip


def _mine(desk: Desk, day: date) -> list[Shown[Action]]:
    wanted = {"status": OPEN_STATUSES, "due_on": ("<=", day), "owner": [desk.me.id, b""]}
    found = desk.store.records.find("action", wanted, order=("due_on",))
    return [one for one in found if one.record.due_on and _is_mine(desk, one.record)]


def _covered(desk: Desk, covered: Covered, day: date) -> list[Shown[Action]]:
    """What those away owe for the files that I cover, due by today: mine to do these days."""
    owners = sorted({one.absent for one in covered.relays})
    if not owners:
        return []
    found = desk.store.records.find("action", {"status": OPEN_STATUSES, "due_on": ("<=", day), "owner": owners},
                                    order=("due_on",))  # fmt: skip
    return [one for one in found if one.record.due_on and covered.of(one.record.person, one.record.owner) is not None]


def _waiting(desk: Desk) -> list[Shown[Action]]:
    found = desk.store.records.find("action", {"status": OPEN_STATUSES, "owner": ("!=", desk.me.id)},
                                    order=("due_on",), limit=500)  # fmt: skip
    return [one for one in found if one.record.owner or one.record.owner_name]


def _is_mine(desk: Desk, action: Action) -> bool:
    return action.owner == desk.me.id or not (action.owner or action.owner_name)


def _late(action: Action, day: date) -> int:
    return (day - action.due_on).days if action.due_on else 0


def _reviews(desk: Desk, day: date) -> list[ReviewToPrepare]:
    coming = desk.store.records.find("review", {"on": (">=", day), "status": "planned"}, order=("on",), limit=5)
    found = []
    for one in coming:
        passages = desk.store.records.find("passage", {"review": one.record.id})
        blank = sum(1 for passage in passages if not passage.record.question.strip())
        found.append(ReviewToPrepare(one, len(passages), blank))
    return found


def _kit_due(desk: Desk, *, nobody: bool) -> bool:
    """Put off until now at most; a new profile lists it with what to begin with; fictitious people need none."""
    made, later = desk.store.settings.get(_KIT_MADE), desk.store.settings.get(_KIT_LATER)
    return not made and isinstance(later, int) and (nobody or later <= int(desk.clock.now().timestamp() * 1000))


def _names(desk: Desk, people: Iterable[bytes]) -> Mapping[bytes, str]:
    return one_file.names(desk, people)
