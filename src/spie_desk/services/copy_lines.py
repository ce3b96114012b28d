"""Every line this desk holds about one person, as she could read it, with what may name or belong to someone else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from spie_desk.domain.circles import Sort
from spie_desk.domain.errors import N_
from spie_desk.domain.record import Field, Kind
from spie_desk.domain.records import KIND
from spie_desk.domain.records.note import RESERVED
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Shown, Version
from spie_desk.domain.third_parties import masked, names_in
from spie_desk.domain.values import from_value, register_value
from spie_desk.domain.words import fold, tokens
from spie_desk.services import concerns, export, one_file, work
from spie_desk.services.desk import Desk
from spie_desk.services.directory import Directory, directory
from spie_sync.change import canonical

VOLETS = {
    Sort.SOCLE: N_("Socle"), Sort.RIGHTS: N_("Droits"), Sort.SITUATION: N_("Situation"), Sort.RESERVED: N_("Réservé"),
    Sort.OWN: N_("Ma structure"), Sort.PERSONAL: N_("Moi"), Sort.PASSAGE: N_("Revue de situations"),
    Sort.STRUCTURE: N_("Ma structure"), Sort.WARNING: N_("Information préoccupante"),
}  # fmt: skip
NAMES = N_("cite peut-être une autre personne")
RELATIVE = N_("parle d’un proche")
SECRET = N_("écrit en réservé par un autre professionnel")
ELSEWHERE = N_("écrit par une autre structure")
APART = N_("retenu, à examiner")
SUGGESTED = {RELATIVE: "tiers", SECRET: "secret", ELSEWHERE: "autre_structure"}
_HEADS = frozenset({N_("Texte"), N_("À faire"), N_("Décision"), N_("Contribution"), N_("Question posée")})
"""Labels of the fields that say the most of a line."""
_SKIPPED = frozenset({"copy_request", "copy_answer"})
_PROSE = frozenset({"line", "text", "markdown"})
_PLAIN = frozenset({"street", "street_more", "postcode", "town", "birth_place", "email", "number", "value", "place",
                    "last_name", "first_name", "birth_name", "nickname", "language", "domiciled_at"})  # fmt: skip
"""Fields of hers where a capital names a place or herself: nobody else is looked for there."""
_DATES = ("on", "given_on", "said_on", "noted_on", "since", "starts_on", "due_on", "done_on", "at_on")


GIVE, MASKED, WITHHOLD, TO_EXAMINE = "give", "mask", "withhold", ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided of one line; ``why`` is a code of the list of reasons, or words."""

    do: str = TO_EXAMINE
    why: str = ""

    @property
    def settled(self) -> bool:
        return self.do in {GIVE, MASKED} or (self.do == WITHHOLD and bool(self.why.strip()))


@dataclass(frozen=True, slots=True)
class DataLine:
    """``label`` and ``volet`` are msgids; ``parts`` are (msgid, value); ``names`` the words that may name someone
    else; ``flags`` say why it must be looked at; ``former``: a value since replaced, or a record taken away;
    ``apart``: of what is kept apart from the file, shown to its author alone, never given nor counted."""

    key: str
    kind: str
    record: bytes
    volet: str
    label: str
    on: date | None
    author: str
    parts: tuple[tuple[str, str], ...]
    names: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    former: bool = False
    apart: bool = False

    def at_first(self) -> Choice:
        """Given, unless something must be looked at; what is kept apart is withheld, and its reason still to say."""
        if self.apart:
            return Choice(WITHHOLD)
        return Choice(TO_EXAMINE if self.flags else GIVE)

    def without_names(self) -> DataLine:
        """The line with the words hidden that may name someone else."""
        return replace(self, parts=tuple((label, masked(value, self.names)) for label, value in self.parts))

    @property
    def head(self) -> str:
        """What tells it from the others in a list: what was written, if it is prose."""
        return next((value for label, value in self.parts if label in _HEADS), self.text)

    @property
    def text(self) -> str:
        return " · ".join(value for _label, value in self.parts)


def lines_of(desk: Desk, person: Shown[Person], *, alone: bool = False) -> list[DataLine]:
    """Of every volet, « moi » notes and drafts included; what stands first, then what was replaced or taken away.

    Of all the files that are hers, unless ``alone``."""
    reader = _Reader(desk, person, alone=alone)
    standing = [line for shown in export.everything(desk, person, alone=alone) for line in reader.of_record(shown)]
    gone = [line for shown in export.withdrawn(desk, person.record.id, alone=alone)
            for line in reader.of_record(shown, withdrawn=True)]  # fmt: skip
    drafts = reader.of_drafts()
    apart = [reader.kept_apart(one) for file in reader.files for one in concerns.of_person(desk, file)]
    return [*(one for one in standing if not one.former), *drafts, *apart,
            *(one for one in standing if one.former), *gone]  # fmt: skip


class _Reader:
    """Reads lines with the names that are hers, and those that are not."""

    def __init__(self, desk: Desk, person: Shown[Person], *, alone: bool = False) -> None:
        self._desk, self._person = desk, person.record
        self.files = (person.record.id,) if alone else one_file.members(desk, person.record.id)
        every = [one.record for one in one_file.files(desk, self.files)] or [person.record]
        self._known = directory(desk)
        mine = self._known.structures.get(desk.structure.id, desk.structure).same_as
        self._houses = {desk.structure.id, mine} - {b""}
        self._hers = frozenset(word for one in every for word in _words(
            one.first_name, one.last_name, one.birth_name, one.nickname))  # fmt: skip
        self._spared = self._hers.union(*(_spared(one, self._known) for one in every))
        self._relatives = frozenset(self._names_of_relatives()) - self._hers
        self._places: dict[str, bool] = {}

    def of_record(self, shown: Shown[Any], *, withdrawn: bool = False) -> Iterator[DataLine]:
        if shown.kind in _SKIPPED:
            return
        kind = KIND[shown.kind]
        fields = [(item, getattr(shown.record, item.name)) for item in kind.fields if item.register not in shown.erased]
        parts = tuple(self._said(fields))
        key = f"{shown.kind}:{shown.record.id.hex()}:{shown.circle.hex()}"
        if parts:
            yield self._line(shown, key, parts, self._prose(fields), former=withdrawn)
        for version in self._desk.store.records.history(shown.kind, shown.record.id, shown.circle):
            old = self._former(kind, shown, version)
            if said := tuple(self._said(old)):
                yield self._line(shown, f"{key}:{version.register}:{version.dot.desk.hex()}:{version.dot.n}", said,
                                 self._prose(old), former=True, ms=version.stamp.ms)  # fmt: skip

    def of_drafts(self) -> list[DataLine]:
        """What is being typed about her is held too; what is kept apart from the file has its own line."""
        found = [one for one in self._desk.store.drafts.all() if one.person in self.files
                 and one.kind not in _SKIPPED and not (one.kind in KIND and KIND[one.kind].apart)]  # fmt: skip
        lines = []
        for one in found:
            if text := work.prose(one):
                names = self._names(text)
                lines.append(DataLine(
                    f"draft:{one.id.hex()}", "draft", one.id, VOLETS[Sort.PERSONAL], N_("Brouillon"),
                    _day(one.touched_ms), self._desk.me.name, ((N_("Texte"), text),), names,
                    (NAMES,) if names else (),
                ))  # fmt: skip
        return lines

    def kept_apart(self, shown: Shown[Any]) -> DataLine:
        return DataLine(
            f"concern:{shown.record.id.hex()}", "concern", shown.record.id, VOLETS[Sort.WARNING],
            KIND["concern"].label, shown.record.noted_on, self._name(shown.first.person), (), (), (APART,), apart=True,
        )  # fmt: skip

    # ---- inside

    def _line(self, shown: Shown[Any], key: str, parts: tuple[tuple[str, str], ...], prose: str, *, former: bool,
              ms: int = 0) -> DataLine:  # fmt: skip
        circle = self._desk.store.circles.get(shown.circle)
        names = self._names(prose)
        if shown.kind == "relative":
            # whoever is spoken of here is someone else, wherever the name stands
            names = tuple(dict.fromkeys((*names, *_capitals(shown.record.first_name, self._other(shown.record)))))
        return DataLine(
            key, shown.kind, shown.record.id, VOLETS.get(circle.sort if circle else Sort.SOCLE, ""),
            KIND[shown.kind].label, _day(ms) if ms else _date_of(shown), self._name(shown.first.person), parts, names,
            self._flags(shown, names), former,
        )  # fmt: skip

    def _flags(self, shown: Shown[Any], names: Sequence[str]) -> tuple[str, ...]:
        record, author = shown.record, shown.first.person
        found = [NAMES] if names else []
        if shown.kind == "relative" or (shown.kind == "phone" and record.whose.strip()):
            found.append(RELATIVE)
        if shown.kind == "note" and record.compartment == RESERVED and author != self._desk.me.id:
            found.append(SECRET)
        writer = self._known.professionals.get(author)
        house = record.structure if shown.kind == "contribution" else writer.structure if writer else b""
        if house and house not in self._houses:
            found.append(ELSEWHERE)
        return tuple(found)

    def _former(self, kind: Kind, shown: Shown[Any], version: Version) -> list[tuple[Field, Any]]:
        """The fields of a value that is no longer the one shown, if it said something else."""
        register = version.register
        if version.is_shown or version.erased_by is not None or register not in kind.register_names:
            return []
        if register == kind.parent:
            return []
        if canonical(version.value) == canonical(register_value(kind, register, shown.record)):
            return []
        raw = version.value if isinstance(version.value, dict) else {}
        grouped = register in kind.registers
        return [(item, from_value(item, raw.get(item.name) if grouped else version.value))
                for item in kind.fields_of(register)]  # fmt: skip

    @staticmethod
    def _prose(fields: Sequence[tuple[Field, Any]]) -> str:
        """What was typed freely: where someone else may be named."""
        free = [value for item, value in fields if item.trait.widget in _PROSE and item.name not in _PLAIN]
        return "\n".join(value for value in free if isinstance(value, str))

    def _said(self, fields: Sequence[tuple[Field, Any]]) -> Iterator[tuple[str, str]]:
        for item, value in fields:
            if item.trait.label and item.name not in {"person", "compartment"} and (said := self._value(item, value)):
                yield item.trait.label, said

    def _value(self, item: Field, value: Any) -> str:
        if value in (None, "", b"", (), False):
            return ""
        if isinstance(value, bool):
            return "oui"
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        if isinstance(value, bytes):
            return self._called(item, value)
        if isinstance(value, tuple):
            return ", ".join(part for one in value if (part := self._value(item, one)))
        return self._desk.lists.label(item.trait.choices, value) if item.trait.choices else str(value)

    def _called(self, item: Field, value: bytes) -> str:
        sort = item.trait.widget.removesuffix("s")
        if sort == "professional":
            return self._name(value)
        if sort == "structure":
            return self._known.structures[value].name if value in self._known.structures else ""
        if sort == "person":
            found = self._desk.store.records.get("person", value)
            return found.record.name if found is not None else ""
        return ""

    def _other(self, relative: Any) -> str:
        found = self._desk.store.records.get("person", relative.other) if relative.other else None
        return found.record.name if found is not None else ""

    def _names_of_relatives(self) -> Iterator[str]:
        for one in self._desk.store.records.find("relative", {"person": list(self.files)}):
            yield from _words(one.record.first_name, self._other(one.record))

    def _names(self, text: str) -> tuple[str, ...]:
        for one in self._known.professionals.values():
            # a colleague by first and last name is nobody to hide; the first name alone may be anybody's
            text = text.replace(one.name, "…") if one.name else text
        return tuple(names_in(text, self._relatives, self._spared, self._is_place))

    def _is_place(self, word: str) -> bool:
        if word not in self._places:
            wanted = fold(word)
            self._places[word] = any(fold(town.name) == wanted for town in self._desk.files.towns.search(word))
        return self._places[word]

    def _name(self, professional: bytes) -> str:
        return self._desk.me.name if professional == self._desk.me.id else self._known.name(professional)


def _words(*texts: str) -> Iterator[str]:
    for text in texts:
        yield from tokens(text)


def _capitals(*texts: str) -> Iterator[str]:
    for text in texts:
        yield from (part for part in text.replace("«", " ").replace("»", " ").split() if part)


def _spared(person: Person, known: Directory) -> frozenset[str]:
    """What names nobody else in her life: her town, those who accompany her by their name, their structures."""
    found = set(_words(person.town, person.birth_place, person.domiciled_at))
    found.update(_words(*(one.last_name for one in known.professionals.values())))
    found.update(_words(*(house.name for house in known.structures.values())))
    return frozenset(found)


def _date_of(shown: Shown[Any]) -> date | None:
    for name in _DATES:
        value = getattr(shown.record, name, None)
        if isinstance(value, date):
            return value
    return _day(shown.first.ms)


def _day(ms: int) -> date | None:
    return datetime.fromtimestamp(ms / 1000, tz=UTC).date() if ms else None
