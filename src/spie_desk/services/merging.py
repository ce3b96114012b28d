"""Two files of one person: shown as one on the desks that hold both, and taken apart again; nothing is rewritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spie_desk.domain.duplicates import Likeness, compare
from spie_desk.domain.errors import DeskError, N_, NotHereError
from spie_desk.domain.one_person import Difference, differences
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.same_as import SHOWS, OneFileError, SameAs, half_id
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import moving, readers
from spie_desk.services.copy_lines import DataLine, lines_of
from spie_desk.services.desk import Desk
from spie_desk.services.import_here import identity_of
from spie_desk.services.one_file import files, halves_of, main_of, members
from spie_desk.services.ports import Deed, Unit
from spie_desk.services.readers import Readers


class AlreadyOneError(DeskError):
    says = N_("Ces deux dossiers sont déjà réunis.")
    next_step = N_("Pour revenir en arrière, «\u00a0Séparer les deux dossiers\u00a0» est dans le dossier.")


class NotTogetherError(DeskError):
    says = N_("Ces dossiers ne sont plus réunis.")
    next_step = N_("Un autre poste les a peut-être séparés. Rouvrez le dossier.")


@dataclass(frozen=True, slots=True)
class Side:
    """One of two files before they are linked: whose, by which numbers, and who reads each of its volets."""

    shown: Shown[Person]
    phones: tuple[str, ...]
    readers: Sequence[Readers]

    @property
    def everyone(self) -> frozenset[bytes]:
        return frozenset(one.id for volet in self.readers for one in volet.people)


@dataclass(frozen=True, slots=True)
class Before:
    """Two files to compare: why they may be one person's, what they say differently, and who reads only one of them."""

    sides: tuple[Side, Side]
    likeness: Likeness
    differences: Sequence[Difference]
    names: Mapping[bytes, str]

    def only(self, at: int) -> list[str]:
        """Names of those who read this side and not the other."""
        mine, others = self.sides[at].everyone, self.sides[1 - at].everyone
        return sorted(self.names[one] for one in mine - others if self.names.get(one))


def before(desk: Desk, one: bytes, other: bytes) -> Before:
    """Read both before anything is decided."""
    one, other = main_of(desk, one), main_of(desk, other)
    here = files(desk, (one, other))
    if len(here) != 2:
        raise OneFileError if one == other else NotHereError
    sides = (_side(desk, here[0]), _side(desk, here[1]))
    known = {reader.id: reader.name for side in sides for volet in side.readers for reader in volet.people}
    people = [side.shown.record for side in sides]
    likeness = compare(*(identity_of(side.shown.record, side.phones) for side in sides))
    return Before(sides, likeness, differences(people, {}), known)


def _side(desk: Desk, shown: Shown[Person]) -> Side:
    phones = desk.store.records.find("phone", {"person": shown.record.id})
    return Side(shown, tuple(one.record.number for one in phones), readers.volets(desk, shown.record.id))


def link(desk: Desk, main: bytes, other: bytes, remark: str = "") -> Touched:
    """Say that these two are one person, ``main`` giving the name and receiving what is new: one half in each file."""
    if main == other:
        raise OneFileError
    if other in members(desk, main):
        raise AlreadyOneError
    here = files(desk, (main, other))
    if len(here) != 2:
        raise NotHereError
    with desk.store.unit(Deed("typed", label=here[0].record.name)) as unit:
        _join(desk, unit, main, other, remark.strip())
    return desk.store.touched()


def _join(desk: Desk, unit: Unit, main: bytes, other: bytes, remark: str) -> None:
    for person, beside in ((main, other), (other, main)):
        record, shown = _half(desk, person, beside, main)
        after = replace(record, main=main, together=True, remark=remark or record.remark)
        after.check()
        unit.put("same_as", after, shown=shown)


def _half(desk: Desk, person: bytes, other: bytes, main: bytes) -> tuple[SameAs, Shown[SameAs] | None]:
    """The half that stands in that file, joined or separated; a new one when there is none, or it was taken back."""
    found = desk.store.records.find("same_as", {"person": person, "other": other})
    if found:
        return found[0].record, found[0]
    gone = len(desk.store.records.withdrawn("same_as", {"person": person, "other": other}))
    return SameAs(id=half_id(person, other, gone), person=person, other=other, main=main), None


def choose(desk: Desk, person: bytes, register: str, file: bytes) -> Touched:
    """Show that file's value of the register; the others stay readable in the card."""
    main = main_of(desk, person)
    together = members(desk, person)
    half = next((one for one in halves_of(desk, together) if one.record.person == main), None)
    if half is None or file not in together:
        raise NotTogetherError
    with desk.store.unit(Deed("typed")) as unit:
        chosen: dict[str, Any] = {SHOWS[register]: file}
        unit.put("same_as", replace(half.record, **chosen), shown=half)
    return desk.store.touched()


def make_main(desk: Desk, person: bytes, main: bytes) -> Touched:
    """That file gives the name and the number from now on."""
    together = members(desk, person)
    if main not in together or len(together) < 2:
        raise NotTogetherError
    with desk.store.unit(Deed("typed")) as unit:
        beside = {one.record.other for one in halves_of(desk, together) if one.record.person == main}
        for one in halves_of(desk, together):
            if main in {one.record.person, one.record.other}:
                unit.put("same_as", replace(one.record, main=main), shown=one)
        if together[0] not in beside and together[0] != main:
            _join(desk, unit, main, together[0], "")
    return desk.store.touched()


@dataclass(frozen=True, slots=True)
class Since:
    """Something written since the files were linked: where it stands, and the line that says it."""

    file: bytes
    line: DataLine


def since(desk: Desk, person: bytes) -> list[Since]:
    """What was written in any of the files since they became one, the latest first: each may go to either."""
    together = members(desk, person)
    from_hlc = max((_linked_at(desk, one) for one in halves_of(desk, together)), default=0)
    found = []
    for shown in files(desk, together):
        for line in lines_of(desk, shown, alone=True):
            if line.kind not in moving.MOVABLE or line.former:
                continue
            stands = desk.store.records.get(line.kind, line.record, circle_of(line))
            if stands is not None and stands.first.hlc > from_hlc:
                found.append((stands.first.hlc, Since(shown.record.id, line)))
    return [one for _hlc, one in sorted(found, key=lambda pair: -pair[0])]


def circle_of(line: DataLine) -> bytes:
    return bytes.fromhex(line.key.split(":")[2])


def _linked_at(desk: Desk, half: Shown[SameAs]) -> int:
    versions = desk.store.records.history("same_as", half.record.id, half.circle)
    return max((one.stamp.hlc for one in versions if one.register == "link" and one.is_shown), default=half.first.hlc)


def separate(desk: Desk, file: bytes, goes: Sequence[tuple[Since, bytes]] = ()) -> Touched:
    """Take this file out of the group, everything where it was written except what ``goes`` says; one act.

    Files that only this one held together stay together. Undoable, unless something is moved: then words are erased
    where they stood.
    """
    together = members(desk, file)
    halves = halves_of(desk, together)
    if len(together) < 2 or not halves:
        raise NotTogetherError
    leaving = [(one, to) for one, to in goes if one.file != to]
    deed = Deed("moved", undoable=False) if leaving else Deed("typed")
    with desk.store.unit(deed) as unit:
        for half in halves:
            if file in {half.record.person, half.record.other}:
                unit.put("same_as", replace(half.record, together=False), shown=half)
        for main, other in _left_apart(together, file, halves):
            _join(desk, unit, main, other, "")
        for to in dict.fromkeys(to for _one, to in leaving):
            chosen = [_standing(desk, one.line) for one, where in leaving if where == to]
            moving.carry_all(desk, unit, [one for one in chosen if one is not None], to)
    return desk.store.touched()


def _standing(desk: Desk, line: DataLine) -> Shown[Any] | None:
    return desk.store.records.get(line.kind, line.record, circle_of(line))


def _left_apart(
    together: Sequence[bytes], file: bytes, halves: Sequence[Shown[SameAs]]
) -> list[tuple[bytes, bytes]]:
    """The links to make so that those who stay are still one, once this file is out."""
    stay = [one for one in together if one != file]
    ties = [{one.record.person, one.record.other} for one in halves if file not in {one.record.person,
                                                                                     one.record.other}]  # fmt: skip
    reached, made = {stay[0]}, []
    while len(reached) < len(stay):
        near = {one for tie in ties if tie & reached for one in tie} - reached
        if not near:
            near = {next(one for one in stay if one not in reached)}
            made += [(stay[0], one) for one in near]
        reached |= near
    return made
