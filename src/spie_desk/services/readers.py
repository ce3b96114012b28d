"""Who will read: the people a note or a volet reaches, by name and number, before anything is signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from spie_desk.domain.circles import OF_A_FILE, Sort
from spie_desk.domain.records import note as notes
from spie_desk.services import oppositions
from spie_desk.services.desk import Desk
from spie_desk.services.directory import Directory, directory


@dataclass(frozen=True, slots=True)
class Reader:
    id: bytes
    name: str
    structure: str
    bound: bool


@dataclass(frozen=True, slots=True)
class Readers:
    """The readers of one volet; ``structures`` counts theirs. ``elsewhere`` is true when more may come later."""

    compartment: str
    people: tuple[Reader, ...]
    structures: int
    file: bytes = b""
    """The file that the volet is of, where it is read off a file."""


@dataclass(frozen=True, slots=True)
class Around:
    """Everyone this desk knows, and who is around one person today: read once for all the volets of a file."""

    known: Directory
    members: frozenset[bytes]
    opposed: frozenset[bytes] = frozenset()
    """Structures she opposes sharing with: their people accompany her, and receive nothing new."""

    @property
    def receiving(self) -> frozenset[bytes]:
        known = self.known.professionals
        return frozenset(one for one in self.members if one not in known or known[one].structure not in self.opposed)


def around(desk: Desk, person: bytes) -> Around:
    known = directory(desk)
    if not person:
        return Around(known, frozenset())
    return Around(known, frozenset(members_today(desk, person)), oppositions.opposed(desk, person, known))


def readers(desk: Desk, compartment: str, person: bytes = b"", chosen: Iterable[bytes] = ()) -> Readers:
    """Who reads a note of this compartment about this person; ``chosen`` are the named readers of réservé."""
    return _readers(desk, around(desk, person), compartment, person, frozenset(chosen))


def _readers(desk: Desk, found: Around, compartment: str, person: bytes, chosen: frozenset[bytes]) -> Readers:
    ids = {desk.me.id, *_ids(desk, found, compartment, person, chosen)}
    people = sorted((_reader(found.known, one, desk) for one in ids), key=lambda one: (one.id != desk.me.id, one.name))
    return Readers(compartment, tuple(people), len({one.structure for one in people if one.structure}))


def _ids(desk: Desk, found: Around, compartment: str, person: bytes, chosen: frozenset[bytes]) -> set[bytes]:
    if compartment == notes.ME:
        return set()
    if compartment == notes.RESERVED:
        return set(chosen)
    known = found.known.professionals
    if compartment == notes.CIRCLE:
        return {one for one in found.receiving if one in known and known[one].bound_by}
    houses = {desk.structure.id, found.known.structures.get(desk.structure.id, desk.structure).same_as} - {b""}
    mine = {one.id for one in known.values() if one.structure in houses and not one.left_on}
    return mine & found.members if person else mine


def members_today(desk: Desk, person: bytes) -> set[bytes]:
    """Ids of the professionals around the person today, référent included."""
    today = desk.clock.now().date()
    found = {
        shown.record.professional
        for shown in desk.store.records.find("membership", {"person": person})
        if shown.record.active_on(today)
    }
    file = desk.store.records.get("person", person)
    if file is not None and file.record.referent:
        found.add(file.record.referent)
    return found


def volets(desk: Desk, person: bytes, found: Around | None = None) -> list[Readers]:
    """Who reads each volet of the file that exists, widest first: socle, droits, situation, réservé, ma structure.

    That an information préoccupante exists is not a thing the file says."""
    here = found or around(desk, person)
    read = []
    for circle in sorted(desk.store.circles.of(person), key=lambda one: _ORDER.get(one.sort, 99)):
        if circle.sort in {Sort.SOCLE, Sort.RIGHTS}:
            read.append(_socle(desk, here, circle.sort))
        elif circle.sort in _COMPARTMENT:
            read.append(_readers(desk, here, _COMPARTMENT[circle.sort], person, circle.readers))
    return [replace(one, file=person) for one in read]


_ORDER = {sort: place for place, sort in enumerate(OF_A_FILE)}
_COMPARTMENT = {Sort.SITUATION: notes.CIRCLE, Sort.RESERVED: notes.RESERVED, Sort.OWN: notes.OWN}


def _socle(desk: Desk, found: Around, sort: Sort) -> Readers:
    ids = {desk.me.id, *found.receiving}
    people = sorted((_reader(found.known, one, desk) for one in ids), key=lambda one: one.name)
    return Readers(str(sort), tuple(people), len({one.structure for one in people if one.structure}))


def _reader(known: Directory, one: bytes, desk: Desk) -> Reader:
    found = known.professionals.get(one, desk.me if one == desk.me.id else None)
    return Reader(one, found.name if found else "", known.structure_name(one), bool(found and found.bound_by))


def may_read_reserved(desk: Desk) -> list[Reader]:
    """Professionals who may be named as readers of a réservé note: bound to secrecy by a named text."""
    known = directory(desk)
    return sorted(
        (_reader(known, one.id, desk) for one in known.professionals.values() if one.bound_by and not one.left_on),
        key=lambda one: (one.structure, one.name),
    )


def of_passage(desk: Desk, person: bytes, sort: Sort, guests: Iterable[bytes]) -> Readers:
    """Who reads a passage: the readers of the widest volet ticked, and the guests bound to secrecy for it."""
    here = around(desk, person)
    guests = [one for one in guests if one not in here.known.professionals
              or here.known.professionals[one].structure not in here.opposed]  # fmt: skip
    base = _readers(desk, here, notes.CIRCLE, person, frozenset()) if sort == Sort.SITUATION \
        else _socle(desk, here, sort)  # fmt: skip
    already = {one.id for one in base.people}
    invited = [_reader(here.known, one, desk) for one in guests if one not in already]
    people = (*base.people, *(one for one in invited if one.bound))
    return Readers(str(Sort.PASSAGE), people, len({one.structure for one in people if one.structure}))
