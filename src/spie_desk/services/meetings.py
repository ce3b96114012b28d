"""Holding a review: what was said is handed in together, a decision is taken back, one finds again what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spie_desk.domain.drafts import Draft, DraftState
from spie_desk.domain.records.review import Attendance, Contribution, Decision, Passage, contribution_id
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed
from spie_desk.services.reviews import Meeting, meeting

FORM = "meeting"
"""The form that drafts of a meeting reopen."""


@dataclass(frozen=True, slots=True)
class Handed:
    """One structure's contribution as typed, and the one that stood there on screen."""

    record: Contribution
    shown: Shown[Contribution] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The meeting as its screen opens: the review, and what was typed in it and not yet handed in."""

    meeting: Meeting
    drafts: Sequence[Draft]


def open_table(desk: Desk, review: bytes) -> Table | None:
    """The meeting with the drafts of its passages; None when the review is not (yet) here."""
    found = meeting(desk, review)
    if found is None:
        return None
    circles = {one.passage.circle for one in found.situations}
    drafts = [one for one in desk.store.drafts.all() if one.form == FORM and one.state is DraftState.OPEN]
    return Table(found, [one for one in drafts if one.circle in circles])


def conclude(desk: Desk, shown: Shown[Passage], passage: Passage, *, handed: Sequence[Handed] = (),
             present: Sequence[Attendance] = (), drafts: Sequence[bytes] = ()) -> Touched:  # fmt: skip
    """The situation has been seen: contributions, presence, minutes and next step, in one deed."""
    passage.check()
    with desk.store.unit(Deed("typed")) as unit:
        for one in handed:
            unit.put("contribution", replace(one.record, by=one.record.by or desk.me.id), shown=one.shown)
        for line in present:
            unit.put("attendance", line)
        unit.put("passage", passage, shown=shown)
        for draft in drafts:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


def take_back(desk: Desk, shown: Shown[Decision]) -> Touched:
    """A decision written by mistake: it goes with the action it made, unless that one has been worked on."""
    action = desk.store.records.get("action", shown.record.action) if shown.record.action else None
    with desk.store.unit(Deed("typed", label=shown.record.what)) as unit:
        unit.withdraw(shown)
        if action is not None and action.last.deed == shown.first.deed:
            unit.withdraw(action)
    return desk.store.touched()


def contribution_of(passage: bytes, structure: bytes) -> bytes:
    """The id of what that structure says of that situation."""
    return contribution_id(passage, structure)
