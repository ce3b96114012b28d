"""Work in progress: drafts that wait, notes to attach, what was thrown away in the last thirty days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from spie_desk.domain.circles import Sort
from spie_desk.domain.drafts import Draft, DraftState
from spie_desk.domain.records import KIND
from spie_desk.services.desk import Desk

OPEN_FORM = "open_form"


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One draft as « Travail en cours » shows it: for whom, how many words, and since how many days it waits."""

    draft: Draft
    person_name: str
    words: int
    opening: str
    review: bytes = b""


def drafts(desk: Desk) -> list[Draft]:
    """« Travail en cours » : notes left unsigned since another day, then the rest; the latest touched first in each."""
    now = desk.clock.now()
    found = [one for one in desk.store.drafts.all() if one.state is DraftState.OPEN]
    return sorted(found, key=lambda one: not (one.form == "note" and _day_of(one, now.tzinfo) < now.date()))


def _day_of(draft: Draft, zone: tzinfo | None) -> date:
    return datetime.fromtimestamp(draft.touched_ms / 1000, tz=zone).date()


def unattached(desk: Desk) -> list[Draft]:
    """« À rattacher » : quick notes without a person, the oldest first."""
    kept = [one for one in desk.store.drafts.all() if one.state is DraftState.KEPT]
    return sorted(kept, key=lambda one: one.opened_ms)


def discarded(desk: Desk) -> list[Draft]:
    """Thrown away by their author: can be brought back for 30 days."""
    return desk.store.drafts.all(discarded=True)


def rows(desk: Desk, of: list[Draft]) -> list[WorkRow]:
    """The drafts with what a list says of them."""
    found = []
    for draft in of:
        # what is kept apart from a file is not named after it in a list either
        apart = draft.kind in KIND and KIND[draft.kind].apart
        person = desk.store.records.get("person", draft.person) if draft.person and not apart else None
        words = [] if apart else prose(draft).split()
        name = person.record.name if person else ""
        found.append(WorkRow(draft, name, len(words), " ".join(words)[:80], _review(desk, draft)))
    return found


def prose(draft: Draft) -> str:
    """The words typed in a draft, codes and ids left out."""
    return " ".join(_words(draft.values))


def _review(desk: Desk, draft: Draft) -> bytes:
    """The review whose page holds the form: its own, or the one of the passage in whose circle it is typed."""
    if draft.kind == "review":
        return draft.record or b""
    circle = desk.store.circles.get(draft.circle) if draft.circle else None
    about = circle.about if circle is not None and circle.sort is Sort.PASSAGE else None
    passage = desk.store.records.get("passage", about) if about else None
    review: bytes = passage.record.review if passage is not None else b""
    return review


def _words(value: object, name: str = "") -> list[str]:
    """What was typed in prose: the texts of the draft, codes and ids left out."""
    if isinstance(value, dict):
        return [word for key, one in value.items() for word in _words(one, str(key))]
    return [value] if isinstance(value, str) and name in _PROSE and value.strip() else []


_PROSE = frozenset(
    {"text", "what", "question", "words", "detail", "last_name", "first_name", "nickname", "contact_note", "others"}
)


def keep(desk: Desk, draft: Draft) -> Draft:
    """Put the draft on disk, encrypted, in one small transaction; answers it with the hour it was kept."""
    now = int(desk.clock.now().timestamp() * 1000)
    kept = replace(draft, touched_ms=now, opened_ms=draft.opened_ms or now)
    desk.store.drafts.save(kept)
    return kept


def discard(desk: Desk, draft: bytes) -> None:
    """Throw away; its thirty days begin now, however old it is."""
    found = desk.store.drafts.get(draft)
    if found is not None:
        now = int(desk.clock.now().timestamp() * 1000)
        desk.store.drafts.save(replace(found, state=DraftState.DISCARDED, touched_ms=now))


def bring_back(desk: Desk, draft: bytes) -> None:
    """To where it was: a note without a person waits again in « À rattacher »."""
    desk.store.drafts.restore(draft)
    found = desk.store.drafts.get(draft)
    if found is not None and found.form == "note" and not found.person:
        desk.store.drafts.save(replace(found, state=DraftState.KEPT))


def opened(desk: Desk, draft: bytes | None) -> None:
    """Remember which form is on screen, so that a lock, or a cut, reopens it; None: the screen shows no form."""
    desk.store.settings.set(OPEN_FORM, draft.hex() if draft else None)


def to_reopen(desk: Desk) -> Draft | None:
    """The form that was on screen when the profile was last closed, if its draft still waits."""
    kept = desk.store.settings.get(OPEN_FORM)
    found = desk.store.drafts.get(bytes.fromhex(kept)) if isinstance(kept, str) else None
    return found if found is not None and found.state is DraftState.OPEN else None
