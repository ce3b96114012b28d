"""What one fictitious file waits for: papers asked of the person, attempts to reach her, a copy of what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from spie_desk.domain.life_maker import Life, workday
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.attempt import MESSAGE, NO_ANSWER, TEXT, VISIT, Attempt
from spie_desk.domain.records.copy_of_data import CopyAnswer, CopyRequest
from spie_desk.domain.records.piece import Piece

Made = tuple[str, Any]


def waiting(life: Life, steps: Sequence[Action]) -> Iterator[Made]:
    """Papers and attempts, drawn apart: what else is told of her stays as it was without them."""
    chance = Random(life.person.id)
    told = {one["what"]: one.get("pieces", ()) for one in life.story["actions"]}
    for step in steps:
        for piece in told.get(step.what, ()):
            yield "piece", _piece(life, chance, step, piece)
    for attempt in life.story.get("attempts", ()):
        yield "attempt", _attempt(life, chance, attempt)
    if "copy" in life.story and life.rank < _ONCE:
        yield from _copy(life, chance, life.story["copy"])


_AS_TOLD, _ONCE = 12, 20
"""The first ones follow their story to the day; hardly anyone asks for a copy: of those who would, the first."""


def _piece(life: Life, chance: Random, step: Action, told: Mapping[str, Any]) -> Piece:
    drift = 0 if life.rank < _AS_TOLD else chance.randrange(-2, 8)
    remind = workday(life.today + timedelta(days=told["remind"] + drift)) if "remind" in told else None
    return Piece(
        id=chance.randbytes(16), person=life.person.id, name=told["name"], action=step.id, status=told["status"],
        asked_on=_before(life.today, told.get("asked")), remind_on=remind,
        received_on=_before(life.today, told.get("received")), remark=told.get("remark", ""),
    )  # fmt: skip


def _attempt(life: Life, chance: Random, told: Mapping[str, Any]) -> Attempt:
    # Where she asked that nothing be left for others to hear, nothing was.
    silent = life.person.no_message and told["sort"] in {MESSAGE, TEXT}
    night = told["sort"] == VISIT and life.story.get("street")
    colleague = life.team.colleagues[-1] if night and life.team.colleagues else life.team.me
    return Attempt(
        id=chance.randbytes(16), person=life.person.id, sort=NO_ANSWER if silent else told["sort"],
        on=_before(life.today, told["ago"]), at=told["at"], by=colleague.id,
        remark="" if silent else told.get("remark", ""),
    )  # fmt: skip


def _copy(life: Life, chance: Random, told: Mapping[str, Any]) -> Iterator[Made]:
    """Asked for, put among the things to do, given within the month."""
    asked = CopyRequest(id=chance.randbytes(16), person=life.person.id, channel=told["channel"],
                        received_on=_before(life.today, told["received"]))  # fmt: skip
    given, me = _before(life.today, told["given"]), life.team.me.id
    yield "copy_request", asked
    yield "action", Action(id=chance.randbytes(16), person=life.person.id, what=told["step"], status="done", owner=me,
                           due_on=asked.due_on, done_on=given)  # fmt: skip
    yield "copy_answer", CopyAnswer(id=chance.randbytes(16), person=life.person.id, request=asked.id, given_on=given,
                                    by=me, how=told["how"], lines=told["lines"], masked=told["masked"])  # fmt: skip


def _before(today: date, ago: int | None) -> date | None:
    return None if ago is None else workday(today - timedelta(days=ago), -1)
