"""« Noter vite » and « À rattacher »: text first, the person later or never; attached, made anonymous, or erased."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from spie_desk.domain.drafts import Draft, DraftState
from spie_desk.domain.errors import DeskError, EmptyTextError, N_
from spie_desk.domain.records import KIND
from spie_desk.domain.records.note import OWN, Note
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Touched
from spie_desk.domain.values import record_of, registers_of
from spie_desk.services import notes, people, rounds
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed
from spie_sync.change import Value

PLACE, TEAM = "quick:place", "quick:team"
OLD_DAYS = 30
"""After so long without a person, a note is proposed: attach, make anonymous, or erase."""


class NoteGoneError(DeskError):
    says = N_("Cette note n’attend plus\u00a0: elle a été rattachée ou effacée.")


@dataclass(frozen=True, slots=True)
class Round:
    """Where and when, who was out with me; the last note's place and team are proposed to the next one."""

    place: str = ""
    team: tuple[bytes, ...] = ()
    at: str = ""
    sort: str = "maraude"
    since: str = ""
    """When the round under way began; empty without one."""


def last_round(desk: Desk) -> Round:
    """The place and the team to propose: those of the round under way, else the last note's; at first, just me."""
    now = desk.clock.now().strftime("%H:%M")
    if (under_way := rounds.open_round(desk)) is not None:
        out = under_way.record
        return Round(out.place, tuple(dict.fromkeys((desk.me.id, *out.team))), now, since=out.starts_at)
    place, people_out = desk.store.settings.get(PLACE), desk.store.settings.get(TEAM)
    ids = people_out if isinstance(people_out, list) else []
    kept = tuple(bytes.fromhex(one) for one in ids if isinstance(one, str))
    team = tuple(dict.fromkeys((desk.me.id, *kept)))
    return Round(place if isinstance(place, str) else "", team, now)


def note_quickly(desk: Desk, text: str, where: Round | None = None, *, draft: bytes | None = None) -> bytes:
    """Keep a quick note in « À rattacher »; the same ``draft`` id keeps it again while it is typed. Returns the id."""
    said = where or Round()
    before = desk.store.drafts.get(draft) if draft is not None else None
    start = note_of(before) if before is not None else notes.blank(desk, sort=said.sort)
    team = tuple(dict.fromkeys((desk.me.id, *said.team)))
    kept = replace(start, text=text, place=said.place, authors=team, sort=said.sort, at=said.at or start.at)
    now = _ms(desk.clock.now())
    draft_id = draft or desk.chance.id()
    desk.store.drafts.save(Draft(
        id=draft_id, form="note", kind="note", record=kept.id, values=values_of(kept), focus="text", cursor=len(text),
        state=DraftState.KEPT, opened_ms=before.opened_ms if before is not None else now, touched_ms=now,
    ))  # fmt: skip
    return draft_id


def remember_round(desk: Desk, where: Round) -> None:
    """Propose this place and this team next time."""
    desk.store.settings.set(PLACE, where.place)
    desk.store.settings.set(TEAM, [one.hex() for one in where.team])


def attach(desk: Desk, draft: bytes, person: bytes) -> Draft:
    """The note gets its person and becomes a draft of the note's form, to be read again and signed."""
    found = desk.store.drafts.get(draft)
    if found is None:
        raise NoteGoneError
    note = replace(note_of(found), person=person)
    attached = replace(found, person=person, values=values_of(note), state=DraftState.OPEN)
    desk.store.drafts.save(attached)
    return attached


def attach_to_new(desk: Desk, draft: bytes, nickname: str) -> Draft:
    """Open a file under a nickname alone (« Monsieur au chien »), and attach the note to it."""
    if not nickname.strip():
        raise EmptyTextError
    person = Person(id=desk.chance.id(), nickname=nickname.strip())
    people.create(desk, person)
    return attach(desk, draft, person.id)


def make_anonymous(desk: Desk, draft: Draft, text: str) -> Touched:
    """Keep that a meeting took place (sort, date, place, team) and nothing of whom: no person, a neutral text."""
    note = replace(note_of(draft), person=b"", compartment=OWN, readers=(), text=text)
    return notes.sign(desk, note, draft=draft.id)


def erase(desk: Desk, draft: bytes) -> None:
    """Erase a note not attached: its words are nowhere in the profile afterwards. Confirmed by the caller."""
    with desk.store.unit(Deed("erased", undoable=False)) as unit:
        unit.drop_draft(draft, for_good=True)


def waited_days(desk: Desk, draft: Draft) -> int:
    """For how many days the note has waited for its person."""
    opened = datetime.fromtimestamp(draft.opened_ms / 1000, tz=desk.clock.now().tzinfo)
    return (desk.clock.now().date() - opened.date()).days


def note_of(draft: Draft) -> Note:
    """The note that a draft spells."""
    note: Note = record_of(KIND["note"], draft.record or draft.id, draft.values)
    return note


def values_of(note: Note) -> dict[str, Value]:
    """The note as a draft keeps it."""
    return registers_of(KIND["note"], note)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
