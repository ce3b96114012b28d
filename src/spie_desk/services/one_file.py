"""Which files are one person’s, and how she is called: asked by every deed and screen that speaks of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spie_desk.domain.one_person import Difference, Groups, differences, face
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.same_as import SameAs
from spie_desk.domain.shown import Shown
from spie_desk.services.desk import Desk


def members(desk: Desk, person: bytes) -> tuple[bytes, ...]:
    """The files of this person that are here, the main one first; most often that one alone."""
    return of(desk.store.lists.together(), person)


def of(together: Groups, person: bytes) -> tuple[bytes, ...]:
    return together[person].members if person in together else (person,)


def main_of(desk: Desk, person: bytes) -> bytes:
    """Where what is new is written."""
    return members(desk, person)[0]


def shown_as(desk: Desk, person: bytes) -> Person | None:
    """Who they are, all their files as one; None when it is not here."""
    together = desk.store.lists.together().get(person)
    if together is None:
        found = desk.store.records.get("person", person)
        return found.record if found is not None else None
    return face([one.record for one in files(desk, together.members)], together.choices)


def files(desk: Desk, ids: Sequence[bytes]) -> list[Shown[Person]]:
    """These files in this order, those that are here."""
    found = {one.record.id: one for one in desk.store.records.find("person", {"id": list(ids)})}
    return [found[one] for one in ids if one in found]


def names(desk: Desk, people: Iterable[bytes]) -> dict[bytes, str]:
    """What each is called on every screen: files of one person bear the one name."""
    return {one: found.name for one, found in faces(desk, people).items()}


def faces(desk: Desk, people: Iterable[bytes]) -> dict[bytes, Person]:
    """Who each of these files speaks of, all her files as one; those that are here."""
    together, wanted = desk.store.lists.together(), list(dict.fromkeys(people))
    every = list(dict.fromkeys(file for one in wanted for file in of(together, one)))
    here: dict[bytes, Person] = {}
    for start in range(0, len(every), 500):
        page = desk.store.records.find("person", {"id": every[start : start + 500]}, limit=500)
        here |= {one.record.id: one.record for one in page}
    found: dict[bytes, Person] = {}
    for one in wanted:
        people_of = [here[file] for file in of(together, one) if file in here]
        if people_of:
            found[one] = face(people_of, together[one].choices) if one in together else people_of[0]
    return found


@dataclass(frozen=True, slots=True)
class Merged:
    """What the card « Deux dossiers réunis » says: the files, the main one first, and what they say differently."""

    files: Sequence[Shown[Person]]
    differences: Sequence[Difference]
    choices: Mapping[str, bytes]
    remark: str = ""

    @property
    def face(self) -> Person:
        return face([one.record for one in self.files], self.choices)


def merged(desk: Desk, person: bytes) -> Merged | None:
    """None for a file that goes alone."""
    together = desk.store.lists.together().get(person)
    if together is None:
        return None
    here = files(desk, together.members)
    said = (one.record.remark for one in halves_of(desk, together.members) if one.record.remark)
    return Merged(here, differences([one.record for one in here], together.choices), together.choices, next(said, ""))


def halves_of(desk: Desk, among: Sequence[bytes]) -> list[Shown[SameAs]]:
    """Every half that holds between these files."""
    found = desk.store.records.find("same_as", {"person": list(among), "together": True})
    return [one for one in found if one.record.other in among]
