"""One person's file as its page shows it: header, timeline, what to do, who accompanies, situation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from spie_desk.domain.records.person import Person
from spie_desk.domain.records.piece import Piece
from spie_desk.domain.records.relay import Relay
from spie_desk.domain.shown import Clash, Shown
from spie_desk.services import one_file, relays
from spie_desk.services.desk import Desk
from spie_desk.services.directory import Directory
from spie_desk.services.notes import has_left, why_not_again
from spie_desk.services.one_file import Merged
from spie_desk.services.readers import Readers, around, volets


@dataclass(frozen=True, slots=True)
class Entry:
    """One card of the timeline: a record and when it happened (local date, HH:MM or empty)."""

    kind: str
    on: date
    at: str
    shown: Shown[Any]
    editable: bool = False


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything one file's page needs, as values."""

    person: Shown[Person]
    known: Directory
    phones: Sequence[Shown[Any]]
    identifiers: Sequence[Shown[Any]]
    relatives: Sequence[Shown[Any]]
    linked: Sequence[tuple[Shown[Any], str]]
    informed: Sequence[Shown[Any]]
    oppositions: Sequence[Shown[Any]]
    rights: Sequence[Shown[Any]]
    memberships: Sequence[Shown[Any]]
    active: frozenset[bytes]
    request: Shown[Any] | None
    findings: Sequence[Shown[Any]]
    actions: Sequence[Shown[Any]]
    next_appointment: Shown[Any] | None
    timeline: Sequence[Entry]
    volets: Sequence[Readers]
    clashes: Sequence[Clash]
    left: frozenset[bytes]
    today: date
    relay: Relay | None = None
    pieces: Sequence[Shown[Any]] = ()
    stand_in: bytes = b""

    merged: Merged | None = None
    requests: Sequence[Shown[Any]] = ()
    """Her request as each of her other files has it."""

    @property
    def face(self) -> Person:
        """Who she is as it is shown: of several files, their values as one."""
        return self.merged.face if self.merged is not None else self.person.record

    @property
    def files(self) -> tuple[bytes, ...]:
        """The files that this page shows, the main one first."""
        here = self.merged
        return tuple(one.record.id for one in here.files) if here is not None else (self.person.record.id,)

    @property
    def interlocutors(self) -> int:
        """How many professionals are around the person today."""
        return len(self.active)

    @property
    def structures(self) -> int:
        return len({name for one in self.active if (name := self.known.structure_name(one))})


def open_file(desk: Desk, person: bytes) -> CaseFile | None:
    """Read one file; None when it is not (yet) here."""
    merged = one_file.merged(desk, person)
    person = merged.files[0].record.id if merged is not None else person
    shown = desk.store.records.get("person", person)
    if shown is None:
        return None
    files = [one.record.id for one in merged.files] if merged is not None else [person]
    of = {kind: desk.store.records.find(kind, {"person": files}) for kind in _HANGING}
    today = desk.clock.now().date()
    relatives = of["relative"]
    here = around(desk, person)
    everyone = [here, *(around(desk, file) for file in files[1:])]
    requests = sorted(of["request"], key=lambda one: files.index(one.record.person))
    return CaseFile(
        person=shown, known=here.known, phones=of["phone"], identifiers=of["identifier"], relatives=relatives,
        linked=tuple((one, _name(desk, one.record.other)) for one in relatives if one.record.other),
        informed=sorted(of["informed"], key=lambda one: one.record.given_on or date.min, reverse=True),
        oppositions=of["opposition"], rights=of["right"], memberships=of["membership"],
        active=frozenset().union(*(one.members for one in everyone)), request=next(iter(requests), None),
        findings=of["finding"],
        actions=sorted(of["action"], key=lambda one: (one.record.status not in _OPEN, one.record.due_on or date.max)),
        next_appointment=next_of(of["appointment"], today), timeline=_timeline(desk, of),
        volets=[volet for file, one in zip(files, everyone, strict=True) for volet in volets(desk, file, one)],
        clashes=_clashes(desk, files),
        left=frozenset(one.record.id for one in of["note"] if has_left(desk, one.record.id)), today=today,
        merged=merged, requests=requests[1:], relay=relays.of_file(desk, shown.record),
        pieces=sorted(of["piece"], key=piece_order),
        stand_in=relays.stand_in_of(shown.record, of["membership"], here.known, today),
    )  # fmt: skip


def _clashes(desk: Desk, files: Sequence[bytes]) -> list[Clash]:
    """What is to settle in any of her files, each question once."""
    found = {(one.kind, one.record, one.circle, one.register, one.sort): one
             for file in files for one in desk.store.records.clashes(file)}  # fmt: skip
    return list(found.values())


def piece_order(one: Shown[Piece]) -> tuple[bool, date, str]:
    """What is still waited for first, by the day of its reminder."""
    return (not one.record.waits, one.record.remind_on or date.max, one.record.name)


_HANGING = ("phone", "identifier", "relative", "informed", "opposition", "right", "membership", "request", "finding",
            "action", "piece", "appointment", "attempt", "note")  # fmt: skip
_OPEN = frozenset({"planned", "standby", "in_progress"})


def _timeline(desk: Desk, of: dict[str, list[Shown[Any]]]) -> list[Entry]:
    entries = [
        Entry("note", one.record.on or _day(one.first.ms), one.record.at, one, why_not_again(desk, one) is None)
        for one in of["note"]
    ]
    entries += [
        Entry("appointment", one.record.on, one.record.at, one)
        for one in of["appointment"]
        if one.record.on is not None
    ]
    entries += [
        Entry("action", one.record.done_on, "", one) for one in of["action"]
        if one.record.status == "done" and one.record.done_on is not None
    ]  # fmt: skip
    entries += [Entry("attempt", one.record.on, one.record.at, one) for one in of["attempt"] if one.record.on]
    entries += [
        Entry("informed", one.record.given_on, "", one) for one in of["informed"] if one.record.given_on is not None
    ]
    return sorted(entries, key=lambda one: (one.on, one.at, one.shown.first.hlc), reverse=True)


def next_of(appointments: Sequence[Shown[Any]], today: date) -> Shown[Any] | None:
    """The soonest that is still to come."""
    coming = [one for one in appointments
              if one.record.status == "coming" and one.record.on is not None and one.record.on >= today]  # fmt: skip
    return min(coming, key=lambda one: (one.record.on, one.record.at), default=None)


def _name(desk: Desk, person: bytes) -> str:
    found = one_file.shown_as(desk, person)
    return found.name if found else ""


def _day(ms: int) -> date:
    return datetime.fromtimestamp(ms / 1000, tz=UTC).date()
