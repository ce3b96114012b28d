"""What to do for a person: done, put off, given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from spie_desk.domain.records.action import Action
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed


def finish(desk: Desk, shown: Shown[Action]) -> Touched:
    """Mark done the action as it was shown; what changed unseen meanwhile becomes something to settle."""
    return _put(desk, shown, replace(shown.record, status="done", done_on=desk.clock.now().date()))


def reopen(desk: Desk, shown: Shown[Action]) -> Touched:
    return _put(desk, shown, replace(shown.record, status="in_progress", done_on=None))


def postpone(desk: Desk, shown: Shown[Action], until: date) -> Touched:
    return _put(desk, shown, replace(shown.record, due_on=until))


def _put(desk: Desk, shown: Shown[Action], action: Action) -> Touched:
    with desk.store.unit(Deed("typed", label=action.what)) as unit:
        unit.put("action", action, shown=shown)
    return desk.store.touched()
