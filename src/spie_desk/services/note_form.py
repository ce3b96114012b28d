"""What the note's form opens with: the note to write, who she is, who may read it, and the draft left before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import NotHereError
from spie_desk.domain.records import note as notes_of
from spie_desk.domain.records.note import Note
from spie_desk.domain.shown import Shown
from spie_desk.services import notes, one_file, readers
from spie_desk.services.casefile import CaseFile, open_file
from spie_desk.services.desk import Desk
from spie_desk.services.quick import note_of
from spie_desk.services.readers import Reader, Readers


@dataclass(frozen=True, slots=True)
class Reading:
    """Who may read a note about this person, for each width; ``bound`` may be named for réservé."""

    me: bytes
    by_width: Mapping[str, Readers]
    bound: tuple[Reader, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """``again`` is the signed note when its author signs again, ``corrects`` the one a rectificatif names;
    ``narrow`` are the themes that open at the narrowest."""

    draft: Draft
    note: Note
    reading: Reading
    narrow: frozenset[str]
    file: CaseFile | None = None
    again: Shown[Note] | None = None
    corrects: Shown[Note] | None = None
    kept_at: datetime | None = None


def opening(desk: Desk, person: bytes = b"", draft: bytes | None = None, note: bytes | None = None,
            sort: str = "") -> Opening:  # fmt: skip
    """Open the form: on a draft, on a signed note (again, or its rectificatif), or on a new one about a person."""
    kept = desk.store.drafts.get(draft) if draft else None
    if draft and kept is None:
        raise NotHereError
    again, corrects = None, None
    if kept is not None:
        written = note_of(kept)
        found = desk.store.records.get("note", written.id) if kept.bases.sole or kept.bases.listed else None
        again = replace(found, bases=kept.bases) if found is not None else None
        corrects = desk.store.records.get("note", written.corrects) if written.corrects else None
    elif note:
        written, again, corrects = _of_signed(desk, note)
    else:
        written = notes.blank(desk, one_file.main_of(desk, person) if person else b"", sort or "entretien")
    return Opening(
        draft=kept or _draft(desk, written, again), note=written, reading=reading(desk, written.person),
        narrow=frozenset(one.code for one in desk.lists["note_theme"].entries if notes.is_narrow(desk, one.code)),
        file=open_file(desk, written.person) if written.person else None, again=again, corrects=corrects,
        kept_at=datetime.fromtimestamp(kept.touched_ms / 1000, tz=desk.clock.now().tzinfo) if kept else None,
    )  # fmt: skip


def reading(desk: Desk, person: bytes) -> Reading:
    """Everyone that each width would reach today."""
    widths = (notes_of.ME, notes_of.OWN, *((notes_of.CIRCLE,) if person else ()))
    bound = readers.may_read_reserved(desk)
    by_width = {width: readers.readers(desk, width, person) for width in widths}
    return Reading(desk.me.id, by_width, tuple(bound))


def _of_signed(desk: Desk, note: bytes) -> tuple[Note, Shown[Any] | None, Shown[Any] | None]:
    """Again while it may be; a rectificatif afterwards."""
    shown = desk.store.records.get("note", note)
    if shown is None:
        raise NotHereError
    if notes.why_not_again(desk, shown) is None:
        return shown.record, shown, None
    return notes.correction(desk, shown), None, shown


def _draft(desk: Desk, note: Note, again: Shown[Note] | None) -> Draft:
    now = int(desk.clock.now().timestamp() * 1000)
    fresh = Draft(id=desk.chance.id(), form="note", kind="note", record=note.id, person=note.person or None,
                  opened_ms=now, touched_ms=now, focus="text")  # fmt: skip
    return fresh if again is None else replace(fresh, bases=again.bases, circle=again.circle)
