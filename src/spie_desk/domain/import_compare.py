"""What a row changes for a person already here: field by field, blanks filled, a hand's work never overwritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from spie_desk.domain.import_plan import Act, FieldChange, Write
from spie_desk.domain.import_rows import Bundle
from spie_desk.domain.records import KIND
from spie_desk.domain.records.around import Identifier, Phone, Right
from spie_desk.domain.records.diagnosis import Request
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.note import OWN, Note, digest_of
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Shown
from spie_desk.domain.words import fold, phone_digits

NewId = Callable[[], bytes]
ByHand = Callable[[Shown[Any], str], bool]
"""Whether the value shown in this register was written by a hand, and not by an import."""

NOTE_OPENS = "Repris d’un fichier importé\u00a0:"
"""First line of the note that keeps what no field takes; written into the note, in French like all of it."""


@dataclass(frozen=True, slots=True)
class Around:
    """A person as she stands here, with what an import may touch."""

    person: Shown[Person]
    phones: Sequence[Shown[Phone]] = ()
    identifiers: Sequence[Shown[Identifier]] = ()
    rights: Sequence[Shown[Right]] = ()
    requests: Sequence[Shown[Request]] = ()
    members: Sequence[Shown[Membership]] = ()
    notes: Sequence[Shown[Note]] = ()


@dataclass(frozen=True, slots=True)
class Hand:
    """Who imports, when, and how ids are drawn; ``professionals`` gives an id for an e-mail of the directory."""

    me: bytes
    today: date
    new_id: NewId
    by_hand: ByHand = lambda shown, register: True
    professionals: Mapping[str, bytes] = field(default_factory=dict)
    follow: bool = True


def creation(bundle: Bundle, hand: Hand) -> Act:
    """A new file: the person and all that the row says; I hold it, and follow it unless the row names a colleague."""
    person_id = hand.new_id()
    named = [hand.professionals[email] for email in bundle.emails if email in hand.professionals]
    referent = hand.me if hand.follow and not [one for one in named if one != hand.me] else b""
    said = {"entered_on": hand.today, **bundle.person}
    person = Person(id=person_id, referent=referent, referent_since=hand.today if referent else None, **said)
    members = [Membership(id=hand.new_id(), person=person_id, professional=one, since=hand.today,
                          function="referent" if one == referent else "")
               for one in dict.fromkeys((hand.me, *named))]  # fmt: skip
    writes = [Write("person", person), *(Write("membership", one) for one in members)]
    writes += _hanging(bundle, person_id, hand)
    if note := _note(bundle, person_id, hand, ()):
        writes.append(Write("note", note))
    return Act(person_id, tuple(writes), creates=1)


def _hanging(bundle: Bundle, person: bytes, hand: Hand) -> list[Write]:
    writes = [Write("phone", Phone(id=hand.new_id(), person=person, number=number)) for number in bundle.phones]
    writes += [Write("identifier", Identifier(id=hand.new_id(), person=person, scheme=scheme, value=value))
               for scheme, value in bundle.identifiers]  # fmt: skip
    writes += [Write("right", Right(id=hand.new_id(), person=person, scheme=scheme, status=status))
               for scheme, status in bundle.rights if status != "none"]  # fmt: skip
    if bundle.request:
        writes.append(Write("request", Request(id=hand.new_id(), person=person, **bundle.request)))
    return writes


def update(bundle: Bundle, around: Around, hand: Hand, *, take: bool = False, fill_only: bool = False) -> Act:
    """What the row changes for her: blanks are filled, what an import wrote is replaced; what a hand wrote is replaced
    only when told to (``take``), and is otherwise listed as typed. ``fill_only`` replaces nothing at all."""
    work = _Update(hand, take=take, fill_only=fill_only)
    said = dict(bundle.person)
    if around.person.record.born_on:
        # Her full date is known: a year alone says less.
        said.pop("birth_year", None)
    work.record("person", around.person, said)
    _phones(work, bundle, around)
    _identifiers(work, bundle, around)
    _rights(work, bundle, around)
    if around.requests:
        work.record("request", around.requests[0], bundle.request)
    elif bundle.request:
        request = Request(id=hand.new_id(), person=around.person.record.id, **bundle.request)
        work.add("request", request, *(_change("request", name, "", value) for name, value in bundle.request.items()))
    _members(work, bundle, around)
    if note := _note(bundle, around.person.record.id, hand, around.notes):
        work.add("note", note, FieldChange(KIND["note"].label, "", note.text))
    return Act(around.person.record.id, tuple(work.writes), tuple(work.changes))


def typed_changes(act: Act) -> list[FieldChange]:
    return [change for change in act.changes if change.typed]


class _Update:
    """The writes and changes of one update, gathered."""

    def __init__(self, hand: Hand, *, take: bool, fill_only: bool) -> None:
        self.hand, self._take, self._fill_only = hand, take, fill_only
        self.writes: list[Write] = []
        self.changes: list[FieldChange] = []

    def add(self, kind: str, record: Any, *said: FieldChange) -> None:
        self.writes.append(Write(kind, record))
        self.changes += said

    def record(self, kind: str, shown: Shown[Any], said: Mapping[str, Any]) -> None:
        """Change the fields of one record that the file says otherwise."""
        taken: dict[str, Any] = {}
        for name, new in said.items():
            old = getattr(shown.record, name)
            if new in {None, ""} or alike(old, new):
                continue
            blank = old in {None, "", b""}
            if self._fill_only and not blank:
                continue
            held = not (blank or self._take) and self.hand.by_hand(shown, KIND[kind].by_name[name].register)
            if not held:
                taken[name] = new
            if KIND[kind].by_name[name].trait.label:
                about = shown.record.scheme if kind == "right" else ""
                self.changes.append(_change(kind, name, old, new, typed=held, about=about))
        _town_with_its_code(shown.record, taken, said)
        if taken:
            self.writes.append(Write(kind, replace(shown.record, **taken), shown))


def _change(kind: str, name: str, old: Any, new: Any, *, typed: bool = False, about: str = "") -> FieldChange:
    trait = KIND[kind].by_name[name].trait
    return FieldChange(trait.label, old, new, typed, trait.choices, about)


def _town_with_its_code(record: Any, taken: dict[str, Any], said: Mapping[str, Any]) -> None:
    """The INSEE code goes with its town: never one without the other."""
    if "town" in taken or "postcode" in taken:
        taken["town_code"] = said.get("town_code", "")
    elif "town_code" in taken and (record.town_code or not alike(record.town, said.get("town", record.town))):
        del taken["town_code"]


def alike(old: Any, new: Any) -> bool:
    """True when a file says again what is here: case, accents and spaces are not a change."""
    return fold(old) == fold(new) if isinstance(old, str) and isinstance(new, str) else bool(old == new)


def _phones(work: _Update, bundle: Bundle, around: Around) -> None:
    here = {phone_digits(shown.record.number) for shown in around.phones}
    for number in bundle.phones:
        if phone_digits(number) not in here:
            phone = Phone(id=work.hand.new_id(), person=around.person.record.id, number=number)
            work.add("phone", phone, FieldChange(KIND["phone"].label, "", number))


def _identifiers(work: _Update, bundle: Bundle, around: Around) -> None:
    here = {(shown.record.scheme, fold(shown.record.value)) for shown in around.identifiers}
    for scheme, value in bundle.identifiers:
        if (scheme, fold(value)) not in here:
            record = Identifier(id=work.hand.new_id(), person=around.person.record.id, scheme=scheme, value=value)
            work.add("identifier", record, FieldChange(KIND["identifier"].label, "", value))


def _rights(work: _Update, bundle: Bundle, around: Around) -> None:
    # of several of the same sort the one that began last is what the file speaks of
    here = {shown.record.scheme: shown
            for shown in sorted(around.rights, key=lambda one: one.record.starts_on or date.min)}
    for scheme, status in bundle.rights:
        if scheme in here:
            work.record("right", here[scheme], {"status": status})
        elif status != "none":
            record = Right(id=work.hand.new_id(), person=around.person.record.id, scheme=scheme, status=status)
            work.add("right", record, _change("right", "status", "", status, about=scheme))


def _members(work: _Update, bundle: Bundle, around: Around) -> None:
    here = {shown.record.professional for shown in around.members}
    for email in bundle.emails:
        professional = work.hand.professionals.get(email)
        if professional and professional not in here:
            here.add(professional)
            record = Membership(id=work.hand.new_id(), person=around.person.record.id, professional=professional,
                                since=work.hand.today)  # fmt: skip
            work.add("membership", record, FieldChange(KIND["membership"].label, "", email))


def _note(bundle: Bundle, person: bytes, hand: Hand, notes: Sequence[Shown[Note]]) -> Note | None:
    """One signed « ma structure » note with what no field takes; of a later import, only the lines that are new."""
    unknown = [email for email in bundle.emails if email not in hand.professionals]
    lines = [*bundle.kept, *([f"Accompagnateurs\u00a0: {', '.join(unknown)}"] if unknown else [])]
    known = {line for shown in notes for line in shown.record.text.splitlines()}
    said = [line for line in (f"- {' / '.join(line.split(chr(10)))}" for line in lines) if line not in known]
    if not said:
        return None
    note = Note(id=hand.new_id(), person=person, sort="coordination", on=hand.today, authors=(hand.me,),
                compartment=OWN, text="\n".join([NOTE_OPENS, "", *said]))  # fmt: skip
    return replace(note, digest=digest_of(note))
