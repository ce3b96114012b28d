"""« À départager » : what was written without being seen, both values kept until a person settles it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import DeskError, N_, NotHereError
from spie_desk.domain.listing import DeedView
from spie_desk.domain.records import KIND
from spie_desk.domain.records.action import OPEN_STATUSES, Action
from spie_desk.domain.records.note import Note, digest_of
from spie_desk.domain.shown import Clash, Shown, Touched, Version
from spie_desk.domain.values import record_of
from spie_desk.services.desk import Desk
from spie_desk.services.directory import Directory, directory
from spie_desk.services.ports import Deed
from spie_desk.services.undo import UNDONE
from spie_sync.change import DELETED, Value

FORM = "clash"
"""The form that drafts of « Écrire la bonne » reopen."""
_LOOKED_AT, _A_DAY_MS = 60, 24 * 3600 * 1000


class NotSeveralError(DeskError):
    says = N_("On ne peut garder qu’une seule réponse ici.")
    next_step = N_("Choisissez-en une, ou écrivez la bonne.")


class SignedError(DeskError):
    says = N_("Un texte signé ne se réécrit pas.")
    next_step = N_("Gardez un des textes, ou les deux\u00a0; un rectificatif peut s’y ajouter.")


class AlreadyToVerifyError(DeskError):
    says = N_("C’est déjà dans les choses à faire de ce dossier.")


@dataclass(frozen=True, slots=True)
class Context:
    """A note that the author of a value wrote about the same person, the same day or so."""

    note: Shown[Any]
    author: bytes


@dataclass(frozen=True, slots=True)
class Question:
    """One clash as its card shows it; ``may_keep_both`` when the kind allows several.

    ``shown`` is the record as it stands; ``contexts`` the notes around, one per author; ``drafts`` what was begun to
    be written instead; ``names`` the people concerned (for equal identifiers, all who hold it).
    """

    clash: Clash
    person_name: str
    known: Directory
    may_keep_both: bool
    number: str = ""
    shown: Shown[Any] | None = None
    contexts: Sequence[Context] = ()
    drafts: Sequence[Draft] = ()
    names: Sequence[tuple[bytes, str]] = ()

    @property
    def is_signed(self) -> bool:
        """About a text written once, a signed note: it is kept or set aside whole, never written again."""
        return self.clash.register in KIND[self.clash.kind].once

    @property
    def key(self) -> tuple[str, bytes, bytes, str, str]:
        one = self.clash
        return one.kind, one.record, one.circle, one.register, one.sort


@dataclass(frozen=True, slots=True)
class Settled:
    """A question that this desk has settled lately."""

    deed: DeedView
    kind: str
    register: str
    person: bytes
    person_name: str


def waiting(desk: Desk, person: bytes | None = None) -> list[Question]:
    """Everything to settle, or one person's."""
    known = directory(desk)
    drafts = [one for one in desk.store.drafts.all() if one.form == FORM]
    return [_question(desk, known, one, drafts) for one in desk.store.records.clashes(person)]


def recent(desk: Desk, limit: int = 8) -> list[Settled]:
    """What this desk settled lately and has not undone, newest first."""
    undone = desk.store.settings.get(UNDONE)
    gone = undone if isinstance(undone, list) else []
    found: list[Settled] = []
    for deed in desk.store.records.deeds(_LOOKED_AT):
        if deed.kind == "settled" and deed.id.hex() not in gone and len(found) < limit:
            found += _settled(desk, deed)
    return found


def verify(desk: Desk, clash: Clash, what: str) -> Touched:
    """« Je vérifie avec la personne » : something to do for her; the question stays open. Asked twice, once to do."""
    if clash.person is None:
        raise NotHereError
    waiting_already = desk.store.records.find("action", {"person": clash.person, "what": what, "status": OPEN_STATUSES})
    if waiting_already:
        raise AlreadyToVerifyError
    action = Action(id=desk.chance.id(), person=clash.person, what=what, owner=desk.me.id)
    action.check()
    with desk.store.unit(Deed("typed", label=what)) as unit:
        unit.put("action", action)
    return desk.store.touched()


def as_note(desk: Desk, clash: Clash, version: Version) -> Touched:
    """A text that stands beside a signed note becomes a note of its own, in the same circle; the signed one stays."""
    shown = desk.store.records.get(clash.kind, clash.record, clash.circle)
    if shown is None or clash.kind != "note" or clash.sort != "beside":
        raise NotSeveralError
    first = clash.versions[0]
    with desk.store.unit(Deed("settled")) as unit:
        unit.put("note", _second(desk, clash, shown.record, version))
        unit.write(clash.kind, clash.record, clash.circle, {clash.register: first.value},
                   {clash.register: frozenset(one.dot for one in clash.versions)})  # fmt: skip
    return desk.store.touched()


def keep(desk: Desk, clash: Clash, version: Version) -> Touched:
    """Settle with one of the heads: a change whose base is every head that was shown."""
    return _settle(desk, clash, {clash.register: version.value})


def write(desk: Desk, clash: Clash, value: Value, *, draft: bytes | None = None) -> Touched:
    """Settle with another value: it replaces them all, and they stay in the history."""
    if clash.register in KIND[clash.kind].once:
        raise SignedError
    record = record_of(KIND[clash.kind], clash.record, {clash.register: value})
    if len(KIND[clash.kind].register_names) == 1:
        record.check()
    return _settle(desk, clash, {clash.register: value}, draft)


def keep_both(desk: Desk, clash: Clash) -> Touched:
    """The shown head stays; each other one becomes a record of its own beside it."""
    kind = KIND[clash.kind]
    if not kind.several or clash.sort != "values":
        raise NotSeveralError
    shown = desk.store.records.get(clash.kind, clash.record, clash.circle)
    if shown is None:
        raise NotSeveralError
    first, *others = clash.versions
    with desk.store.unit(Deed("settled")) as unit:
        unit.write(clash.kind, clash.record, clash.circle, {clash.register: first.value},
                   {clash.register: frozenset(one.dot for one in clash.versions)})  # fmt: skip
        for other in others:
            unit.put(clash.kind, _second(desk, clash, shown.record, other))
    return desk.store.touched()


def keep_deleted(desk: Desk, clash: Clash) -> Touched:
    """« supprimé, modifié depuis » : withdraw it all the same, having seen what the card showed and nothing since."""
    shown = desk.store.records.get(clash.kind, clash.record, clash.circle)
    if shown is None:
        raise NotSeveralError
    with desk.store.unit(Deed("settled")) as unit:
        unit.withdraw(replace(shown, bases=clash.bases))
    return desk.store.touched()


def bring_back(desk: Desk, clash: Clash) -> Touched:
    """« supprimé, modifié depuis » : it stands again."""
    return _settle(desk, replace(clash, register=DELETED), {DELETED: False})


def _settle(desk: Desk, clash: Clash, values: dict[str, Value], draft: bytes | None = None) -> Touched:
    with desk.store.unit(Deed("settled")) as unit:
        unit.write(clash.kind, clash.record, clash.circle, values,
                   {register: frozenset(one.dot for one in clash.versions) for register in values})  # fmt: skip
        if draft is not None:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


def _second(desk: Desk, clash: Clash, record: Any, version: Version) -> Any:
    kind = KIND[clash.kind]
    other = record_of(kind, record.id, {clash.register: version.value})
    second = replace(record, id=desk.chance.id(),
                     **{item.name: getattr(other, item.name) for item in kind.fields_of(clash.register)})  # fmt: skip
    # what is signed names the note: a note of its own is signed as such
    return replace(second, digest=digest_of(second)) if isinstance(second, Note) else second


def _question(desk: Desk, known: Directory, clash: Clash, drafts: Sequence[Draft]) -> Question:
    person = desk.store.records.get("person", clash.person) if clash.person else None
    concerned = [one for one in dict.fromkeys((clash.person, *clash.people)) if one]
    return Question(
        clash, person.record.name if person else "", known, KIND[clash.kind].several and clash.sort == "values",
        person.record.number if person else "", desk.store.records.get(clash.kind, clash.record, clash.circle),
        _contexts(desk, clash),
        [one for one in drafts if one.record == clash.record and clash.register in one.values],
        [(one, _name(desk, one)) for one in concerned],
    )  # fmt: skip


def _contexts(desk: Desk, clash: Clash) -> list[Context]:
    """For each author, the nearest note written about this person within a day."""
    if clash.person is None or clash.kind == "note":
        return []
    notes = desk.store.records.find("note", {"person": clash.person})
    found = []
    for version in clash.versions:
        near = [one for one in notes if one.first.person == version.stamp.person
                and abs(one.first.ms - version.stamp.ms) <= _A_DAY_MS]  # fmt: skip
        if near:
            nearest = min(near, key=lambda one: abs(one.first.ms - version.stamp.ms))
            found.append(Context(nearest, version.stamp.person))
    return found


def _settled(desk: Desk, deed: DeedView) -> list[Settled]:
    for change in desk.store.records.deed(deed.id):
        kind = KIND.get(change.kind)
        register = next(iter(change.values), "")
        if kind is None or not register:
            continue
        shown = desk.store.records.get(change.kind, change.record, change.circle)
        person = change.record if change.kind == "person" else getattr(shown.record, "person", b"") if shown else b""
        return [Settled(deed, change.kind, register, person, _name(desk, person))]
    return []


def _name(desk: Desk, person: bytes | None) -> str:
    found = desk.store.records.get("person", person) if person else None
    return found.record.name if found else ""
