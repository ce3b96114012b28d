"""« Fin de journée »: what remains to sign, to attach, to answer and to do, and what comes tomorrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from spie_desk.domain.drafts import Draft, DraftState
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.nir import find_nirs
from spie_desk.domain.records.note import Note
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import notes, quick, today, unattached, work
from spie_desk.services.appointments import AppointmentRow, between, unanswered
from spie_desk.services.desk import Desk
from spie_desk.services.readers import Readers, readers
from spie_desk.services.today import Task
from spie_desk.services.unattached import Waiting

TEXT, TO_DO, UNREAD, NUMBER, AGAIN, READERS = "text", "to_do", "unread", "number", "again", "readers"
"""Why a draft is opened rather than signed from the list: what is missing, or what only its page shows."""


class DraftMovedError(DeskError):
    says = N_("Ce brouillon a changé ou a été signé entre-temps.")
    next_step = N_("La liste vient d’être relue\u00a0: vérifiez la note avant de signer.")


@dataclass(frozen=True, slots=True)
class ToSign:
    """One note to sign, as it will be signed; ``why_open`` is empty when nothing stands in the way.

    ``of_today``: touched today. ``person`` is None for a note of the structure."""

    draft: Draft
    note: Note
    person: Person | None
    readers: Readers
    of_today: bool
    why_open: str = ""


@dataclass(frozen=True, slots=True)
class DayEnd:
    """What the page shows; ``next_day`` is the next working day."""

    day: date
    to_sign: Sequence[ToSign]
    unattached: Sequence[Waiting]
    unanswered: Sequence[AppointmentRow]
    tasks: Sequence[Task]
    next_day: date
    meetings: Sequence[AppointmentRow]

    @property
    def clear(self) -> bool:
        return not (self.to_sign or self.unattached or self.unanswered)


def day_end(desk: Desk) -> DayEnd:
    """Read the evening."""
    now = desk.clock.now()
    day = today.today(desk)
    tomorrow = next_working_day(now.date())
    due = [one for one in day.due if one.shown.record.due_on == now.date()]
    return DayEnd(
        day=now.date(), to_sign=to_sign(desk), unattached=unattached.waiting(desk), unanswered=unanswered(desk, now),
        tasks=[*due, *day.late], next_day=tomorrow,
        meetings=between(desk, tomorrow, tomorrow, statuses=["coming"]),
    )  # fmt: skip


def to_sign(desk: Desk) -> list[ToSign]:
    """Notes left as drafts: those of today first, in the order of the day."""
    drafts = [one for one in work.drafts(desk) if one.form == "note" and one.state is DraftState.OPEN]
    rows = [_row(desk, one) for one in drafts]
    return sorted(rows, key=lambda one: (not one.of_today, one.draft.opened_ms if one.of_today else 0,
                                         -one.draft.touched_ms))  # fmt: skip


def sign(desk: Desk, row: ToSign) -> Touched:
    """Sign what was shown, and nothing else: a draft that changed since is read again first."""
    standing = desk.store.drafts.get(row.draft.id)
    if standing is None or standing.touched_ms != row.draft.touched_ms or row.why_open:
        raise DraftMovedError
    if desk.store.settings.get(work.OPEN_FORM) == row.draft.id.hex():
        work.opened(desk, None)
    again = _again(desk, row.draft, row.note)
    if again is not None:
        return notes.sign_again(desk, again, row.note, draft=row.draft.id)
    return notes.sign(desk, row.note, draft=row.draft.id)


def next_working_day(day: date) -> date:
    """Tomorrow, or the Monday after: nobody receives on a Sunday."""
    after = day + timedelta(days=1)
    return after + timedelta(days=7 - after.weekday()) if after.weekday() > 4 else after


def _row(desk: Desk, draft: Draft) -> ToSign:
    note = quick.note_of(draft)
    person: Shown[Person] | None = desk.store.records.get("person", note.person) if note.person else None
    here = readers(desk, note.compartment, note.person, note.readers)
    of_today = _on(desk, draft.touched_ms) == desk.clock.now().date()
    about = person.record if person is not None else None
    return ToSign(draft, note, about, here, of_today, _why_open(desk, draft, note))


def _why_open(desk: Desk, draft: Draft, note: Note) -> str:
    signs_again = draft.bases.sole is not None or bool(draft.bases.listed)
    todo = _list(draft.values.get("_todo"))
    reasons = {
        TEXT: not note.text.strip(), UNREAD: bool(draft.values.get("_typed")),
        TO_DO: any(isinstance(one, dict) and str(one.get("what", "")).strip() for one in todo),
        NUMBER: bool(find_nirs(note.text)), AGAIN: signs_again and _again(desk, draft, note) is None,
        READERS: not _holds(note),
    }  # fmt: skip
    return next((why for why, stands in reasons.items() if stands), "")


def _holds(note: Note) -> bool:
    try:
        note.check()
    except DeskError:
        return False
    return True


def _again(desk: Desk, draft: Draft, note: Note) -> Shown[Note] | None:
    """The signed note that this draft signs again, on what was shown when it opened; None for a new one."""
    if draft.bases.sole is None and not draft.bases.listed:
        return None
    found = desk.store.records.get("note", note.id)
    return replace(found, bases=draft.bases) if found is not None else None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _on(desk: Desk, ms: int) -> date:
    return datetime.fromtimestamp(ms / 1000, tz=desk.clock.now().tzinfo).date()
