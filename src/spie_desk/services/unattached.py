"""« À rattacher »: the quick notes that wait for their person, as the screen shows them."""

from __future__ import annotations

from dataclasses import dataclass

from spie_desk.domain.drafts import Draft
from spie_desk.domain.records.note import Note
from spie_desk.services import quick, work
from spie_desk.services.desk import Desk
from spie_desk.services.directory import directory


@dataclass(frozen=True, slots=True)
class Waiting:
    """One quick note; ``old`` is true when it has waited so long that something must be proposed."""

    draft: Draft
    note: Note
    team: tuple[str, ...]
    sort: str
    days: int
    old: bool


def waiting(desk: Desk) -> list[Waiting]:
    """The oldest first."""
    known = directory(desk)
    found = []
    for draft in work.unattached(desk):
        note, days = quick.note_of(draft), quick.waited_days(desk, draft)
        team = tuple(known.name(one) for one in note.authors)
        sort = desk.lists.label("note_sort", note.sort)
        found.append(Waiting(draft, note, team, sort, days, days >= quick.OLD_DAYS))
    return found
