"""« Relais » : who answers for whom these days, which files are covered, and the binôme of each file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.listing import PersonFilter, PersonRow
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.relay import Relay
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import records
from spie_desk.services.desk import Desk
from spie_desk.services.directory import Directory, directory

MOST = 2000


class OtherStructureError(DeskError):
    says = N_("{name} n’est pas de la même structure, ou l’a quittée.")
    next_step = N_("Un relais se fait entre collègues d’une même structure.")


@dataclass(frozen=True, slots=True)
class RelayRow:
    """One relay as the page lists it. ``state``: now, later or over; ``files``: how many it covers on this desk."""

    shown: Shown[Relay]
    absent: str
    cover: str
    state: str
    files: int
    answers: bool = False
    """I am the one who answers."""


@dataclass(frozen=True, slots=True)
class Relays:
    """The page's values; ``files`` are those of the current or coming relays, by relay."""

    rows: Sequence[RelayRow]
    files: Mapping[bytes, Sequence[PersonRow]]
    fresh: Relay


@dataclass(frozen=True, slots=True)
class Covered:
    """What I answer for today: the relays that stand, and the référent of each covered file."""

    relays: tuple[Relay, ...]
    people: Mapping[bytes, Relay]

    def of(self, person: bytes, professional: bytes, on: date | None = None) -> Relay | None:
        """The relay by which something of that professional, for that person, that day, is mine to answer."""
        found = self.people.get(person)
        if found is None or found.absent != professional or (on is not None and not found.holds_on(on)):
            return None
        return found


def standing(desk: Desk, day: date | None = None) -> list[Shown[Relay]]:
    """The relays that hold that day, today unless said."""
    on = day or desk.clock.now().date()
    found = desk.store.records.find("relay", {"ends_on": (">=", on)}, order=("ends_on",), limit=MOST)
    return [one for one in found if one.record.holds_on(on)]


def covered(desk: Desk) -> Covered:
    """What I answer for today for someone away; nothing is read when nobody is."""
    mine = tuple(one.record for one in standing(desk) if one.record.cover == desk.me.id)
    people: dict[bytes, Relay] = {}
    for relay in mine:
        for person in relay.people or _followed_by(desk, relay.absent):
            people.setdefault(person, relay)
    return Covered(mine, people)


def of_file(desk: Desk, person: Person) -> Relay | None:
    """The relay that covers this file today, whoever answers."""
    found = (one.record for one in standing(desk) if one.record.covers(person.id, person.referent))
    return next(found, None)


def answering(desk: Desk, person: Person) -> bytes:
    """Who answers for this file today in someone's absence; empty when nobody is away."""
    relay = of_file(desk, person)
    return relay.cover if relay is not None else b""


def stand_in_of(person: Person, memberships: Iterable[Shown[Membership]], known: Directory, today: date) -> bytes:
    """The file's binôme: the one named in it, else the référent's usual one while both are of one structure."""
    for one in memberships:
        if one.record.stand_in and one.record.active_on(today) and one.record.professional != person.referent:
            return one.record.professional
    referent = known.professionals.get(person.referent)
    usual = known.professionals.get(referent.stand_in) if referent is not None else None
    if referent is None or usual is None or usual.left_on or usual.structure != referent.structure:
        return b""
    return usual.id


def all_relays(desk: Desk) -> Relays:
    """Those that hold, those to come, then those that are over, the latest first."""
    today, known = desk.clock.now().date(), directory(desk)
    found: list[Shown[Relay]] = desk.store.records.find("relay", order=("-ends_on",), limit=200)
    files = {one.record.id: _files(desk, one.record) for one in found if not one.record.is_over(today)}
    rows = [RelayRow(one, known.name(one.record.absent), known.name(one.record.cover), _state(one.record, today),
                     len(files.get(one.record.id, ()))) for one in found]  # fmt: skip
    order = {"now": 0, "later": 1, "over": 2}
    me = known.professionals.get(desk.me.id)
    fresh = Relay(id=desk.chance.id(), absent=desk.me.id, cover=me.stand_in if me is not None else b"", starts_on=today)
    return Relays(sorted(rows, key=lambda row: order[row.state]), files, fresh)


def around_me(desk: Desk) -> list[RelayRow]:
    """The relays that hold today and concern me: I answer, or someone answers for me."""
    mine = [one for one in standing(desk) if desk.me.id in {one.record.cover, one.record.absent}]
    who = names(desk, {name for one in mine for name in (one.record.cover, one.record.absent)})
    return [
        RelayRow(one, who.get(one.record.absent, ""), who.get(one.record.cover, ""), "now",
                 len(one.record.people) or desk.store.lists.count_people(PersonFilter(referent=one.record.absent)),
                 answers=one.record.cover == desk.me.id)
        for one in mine
    ]  # fmt: skip


def files_of(desk: Desk, professional: bytes) -> Sequence[PersonRow]:
    """The files that may be ticked: those that this professional coordinates."""
    return desk.store.lists.people(PersonFilter(referent=professional), limit=500) if professional else []


def save(desk: Desk, relay: Relay, shown: Shown[Relay] | None = None, draft: bytes | None = None) -> Touched:
    """Agree a relay, or change one; both of one structure, for what that structure keeps goes with it."""
    relay.check()
    known = directory(desk).professionals
    absent, cover = known.get(relay.absent), known.get(relay.cover)
    for one in (absent, cover):
        if one is None or one.left_on or (absent is not None and one.structure != absent.structure):
            raise OtherStructureError(name=_name(one or cover or absent))
    return records.save(desk, "relay", relay, shown, draft=draft)


def stop(desk: Desk, shown: Shown[Relay]) -> Touched:
    """End it early: from now on it holds no longer; what was agreed stays readable."""
    return records.save(desk, "relay", replace(shown.record, stopped_on=desk.clock.now().date()), shown)


def names(desk: Desk, professionals: set[bytes]) -> dict[bytes, str]:
    """Their names; nothing is read for nobody."""
    if not professionals:
        return {}
    found = desk.store.records.find("professional", {"id": sorted(professionals)})
    return {one.record.id: one.record.name for one in found}


def _files(desk: Desk, relay: Relay) -> Sequence[PersonRow]:
    rows = files_of(desk, relay.absent)
    return [row for row in rows if row.id in relay.people] if relay.people else rows


def _followed_by(desk: Desk, professional: bytes) -> list[bytes]:
    found = desk.store.records.find("person", {"referent": professional}, limit=MOST)
    return [one.record.id for one in found]


def _state(relay: Relay, today: date) -> str:
    if relay.is_over(today):
        return "over"
    return "now" if relay.holds_on(today) else "later"


def _name(one: Professional | None) -> str:
    return one.name if one is not None else ""
