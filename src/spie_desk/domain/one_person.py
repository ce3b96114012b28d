"""Files that are one person's: which ones go together, which gives the name, what they say differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, NamedTuple

from spie_desk.domain.records.person import PERSON, Person
from spie_desk.domain.records.same_as import SHOWS
from spie_desk.domain.values import register_value
from spie_sync.change import Value, canonical


class Half(NamedTuple):
    """One half of a link that holds, as it stands in ``person``'s file; ``choices``: register → whose value shows."""

    person: bytes
    other: bytes
    main: bytes
    choices: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """The files of one person, the main one first, then in the order of their ids."""

    members: tuple[bytes, ...]
    choices: Mapping[str, bytes]

    @property
    def main(self) -> bytes:
        return self.members[0]


Groups = Mapping[bytes, Together]
"""File → the files it goes with; a file that goes with none is not in it."""


def groups(halves: Iterable[Half]) -> Groups:
    """A link holds where both its halves do; links that touch make one group, whatever their order or their rounds.

    The main file is the one that no other was preferred to; of several, made main apart, or of none, in a round of
    links, the one whose id comes first: every desk finds the same.
    """
    found = sorted(halves, key=lambda one: one[:3])
    pairs = {(one.person, one.other) for one in found}
    held = [one for one in found if (one.other, one.person) in pairs and one.person != one.other]
    by_file: dict[bytes, list[Half]] = {}
    for one in held:
        by_file.setdefault(one.person, []).append(one)
    found_groups: dict[bytes, Together] = {}
    for files in _joined(held):
        together = _together(files, [one for file in sorted(files) for one in by_file[file]])
        found_groups |= dict.fromkeys(files, together)
    return found_groups


def _joined(held: Sequence[Half]) -> list[frozenset[bytes]]:
    beside: dict[bytes, set[bytes]] = {}
    for one in held:
        beside.setdefault(one.person, set()).add(one.other)
    found: list[frozenset[bytes]] = []
    seen = set[bytes]()
    for file in beside:
        files, near = set[bytes](), {file} - seen
        while near:
            files |= near
            near = {other for one in near for other in beside[one]} - files
        if files:
            found.append(frozenset(files))
            seen |= files
    return found


def _together(files: frozenset[bytes], halves: Sequence[Half]) -> Together:
    behind = {({one.person, one.other} - {one.main}).pop() for one in halves if one.main in {one.person, one.other}}
    main = min(files - behind or files)
    choices = {register: file for one in halves for register, file in sorted(one.choices.items()) if file in files}
    # the main file's own half says last: that is where a choice is written
    choices |= {register: file for one in halves if one.person == main
                for register, file in sorted(one.choices.items()) if file in files}  # fmt: skip
    return Together((main, *sorted(files - {main})), choices)


@dataclass(frozen=True, slots=True)
class Difference:
    """A register that the files hold differently: each file's value, in order, and whose is shown."""

    register: str
    label: str
    values: tuple[tuple[bytes, Person], ...]
    shown: bytes


ALWAYS = frozenset({"end"})
"""Empty says something here: whoever has no end of accompaniment is accompanied."""


def differences(people: Sequence[Person], choices: Mapping[str, bytes]) -> list[Difference]:
    """What the files say differently, an empty value apart; ``people`` the main one first."""
    found = []
    for register in SHOWS:
        said = [(one.id, one) for one in people if register in ALWAYS or not _is_blank(_value(one, register))]
        if len({canonical(_value(one, register)) for _file, one in said}) > 1:
            shown = _shown(people, choices, register)
            found.append(Difference(register, PERSON.label_of(register), tuple(said), shown.id))
    return found


def face(people: Sequence[Person], choices: Mapping[str, bytes]) -> Person:
    """Who they are, as one: the main file's values, what was chosen instead, what it lacks and another has.

    A precaution that any of the files asks for holds for all: an address not to be given out, no message to leave.
    """
    made: dict[str, Any] = {}
    for register in SHOWS:
        whose = _shown(people, choices, register)
        made |= {item.name: getattr(whose, item.name) for item in PERSON.fields_of(register)}
    made["undisclosed"] = any(one.undisclosed for one in people)
    made["no_message"] = any(one.no_message for one in people)
    return replace(people[0], **made)


def _shown(people: Sequence[Person], choices: Mapping[str, bytes], register: str) -> Person:
    for one in people:
        if one.id == choices.get(register):
            return one
    if register in ALWAYS:
        return people[0]
    return next((one for one in people if not _is_blank(_value(one, register))), people[0])


def _value(person: Person, register: str) -> Value:
    return register_value(PERSON, register, person)


def _is_blank(value: Value) -> bool:
    if isinstance(value, dict):
        return all(_is_blank(one) for one in value.values())
    return value in (None, "", False)
