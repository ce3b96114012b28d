"""A person's oppositions: what they refuse from then on, and what the structure she opposes has already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from spie_desk.domain.circles import Sort
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.records.around import Opposition
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import one_file
from spie_desk.services.desk import Desk
from spie_desk.services.directory import Directory, directory
from spie_desk.services.ports import Deed

SHARING, COMPUTER, REVIEW = "partage", "fichier", "revue"


class OpposedError(DeskError):
    """Parameters ``structure`` and ``day``."""

    says = N_("La personne s’oppose au partage avec {structure}\u00a0: rien de nouveau ne peut lui être montré.")
    next_step = N_("Parlez-en avec elle. Si elle change d’avis, notez dans l’opposition le jour où elle la lève.")


class ReviewOpposedError(DeskError):
    says = N_("La personne s’oppose au passage en revue\u00a0: elle ne peut pas être mise à l’ordre du jour.")
    next_step = N_("Parlez-en avec elle. Si elle change d’avis, notez dans l’opposition le jour où elle la lève.")


def in_force(desk: Desk, person: bytes) -> list[Shown[Opposition]]:
    """Said and not lifted, today."""
    today = desk.clock.now().date()
    # said in any of the files that are hers, it holds for all of them
    files = list(one_file.members(desk, person)) if person else []
    found = desk.store.records.find("opposition", {"person": files}) if files else []
    return [one for one in found if stands(one.record, today)]


def stands(opposition: Opposition, today: date) -> bool:
    return (opposition.on is None or opposition.on <= today) and \
        (opposition.lifted_on is None or opposition.lifted_on > today)  # fmt: skip


def opposed(desk: Desk, person: bytes, known: Directory | None = None) -> frozenset[bytes]:
    """The structures she opposes, under all the ids they are known by here."""
    named = {one.record.structure for one in in_force(desk, person) if one.record.to == SHARING} - {b""}
    if not named:
        return frozenset()
    houses = (known or directory(desk)).structures
    same = {one.id for one in houses.values() if one.same_as in named}
    return frozenset(named | same | {houses[one].same_as for one in named if one in houses}) - {b""}


def refuse_structure(desk: Desk, person: bytes, structure: bytes) -> None:
    """Raise when she opposes sharing with it."""
    if structure and structure in opposed(desk, person):
        known = directory(desk).structures
        raise OpposedError(structure=known[structure].name if structure in known else "", field=N_("Structure"))


def refuse_professional(desk: Desk, person: bytes, professional: bytes) -> None:
    """Raise when she opposes sharing with the structure that professional works for."""
    found = directory(desk).professionals.get(professional)
    if found is not None:
        refuse_structure(desk, person, found.structure)


def refuse_review(desk: Desk, person: bytes) -> None:
    if any(one.record.to == REVIEW for one in in_force(desk, person)):
        raise ReviewOpposedError


def join(desk: Desk, record: Membership, shown: Shown[Membership] | None = None, *,
         draft: bytes | None = None) -> Touched:  # fmt: skip
    """Add someone around her, or change it: nobody new of a structure she opposes."""
    record.check()
    if shown is None or shown.record.professional != record.professional:
        refuse_professional(desk, record.person, record.professional)
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("membership", record, shown=shown)
        if draft is not None:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


@dataclass(frozen=True, slots=True)
class Had:
    """What a structure has already: its people and since when, the volets they could read, the notes of the team
    written until the opposition, the reviews it was at."""

    structure: str
    since: date | None
    names: tuple[str, ...] = ()
    member_since: date | None = None
    volets: tuple[Sort, ...] = ()
    notes: int = 0
    reviews: tuple[date, ...] = ()

    @property
    def nothing(self) -> bool:
        return not (self.names or self.reviews)


def already_has(desk: Desk, opposition: Opposition) -> Had:
    """As far as this desk knows; paper and what was said aloud are not counted."""
    known = directory(desk)
    house = known.structures.get(opposition.structure)
    same = opposed(desk, opposition.person, known) | {opposition.structure}
    theirs = {one.id: one for one in known.professionals.values() if one.structure in same}
    until = opposition.on or desk.clock.now().date()
    around = [one.record for one in desk.store.records.find("membership", {"person": opposition.person})]
    members = [one for one in around if one.professional in theirs and (one.since is None or one.since <= until)]
    circles = {one.sort for one in desk.store.circles.of(opposition.person)}
    bound = any(theirs[one.professional].bound_by for one in members)
    open_to = [Sort.SOCLE, Sort.RIGHTS, *([Sort.SITUATION] if bound else [])] if members else []
    since = min((one.since for one in members if one.since), default=None)
    return Had(
        house.name if house is not None else "", opposition.on,
        tuple(sorted({theirs[one.professional].name for one in members})), since,
        tuple(one for one in open_to if one in circles),
        _notes(desk, opposition.person, until) if Sort.SITUATION in open_to else 0,
        _reviews(desk, opposition.person, frozenset(theirs), same, until),
    )  # fmt: skip


def _notes(desk: Desk, person: bytes, until: date) -> int:
    found = desk.store.records.find("note", {"person": person, "compartment": "situation"})
    zone = desk.clock.now().tzinfo
    return sum(datetime.fromtimestamp(one.first.ms / 1000, tz=zone).date() <= until for one in found)


def _reviews(desk: Desk, person: bytes, theirs: frozenset[bytes], houses: frozenset[bytes],
             until: date) -> tuple[date, ...]:  # fmt: skip
    """The reviews where one of theirs was present, invited, or handed something in."""
    days: set[date] = set()
    for passage in desk.store.records.find("passage", {"person": person}):
        review = desk.store.records.get("review", passage.record.review)
        if review is None or review.record.on is None or review.record.on > until:
            continue
        if _was_there(desk, passage, theirs, houses):
            days.add(review.record.on)
    return tuple(sorted(days))


def _was_there(desk: Desk, passage: Shown[Any], theirs: frozenset[bytes], houses: frozenset[bytes]) -> bool:
    if theirs & set(passage.record.guests):
        return True
    seats = desk.store.records.find("attendance", {"passage": passage.record.id})
    if any(one.record.present and (one.record.professional in theirs or one.record.structure in houses)
           for one in seats):  # fmt: skip
        return True
    said = desk.store.records.find("contribution", {"passage": passage.record.id})
    return any(one.record.structure in houses for one in said)
