"""« À départager » : what was written without being seen, both values kept until a person settles it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.records import KIND
from spie_desk.domain.shown import Clash, Touched, Version
from spie_desk.domain.values import record_of
from spie_desk.services.desk import Desk
from spie_desk.services.directory import Directory, directory
from spie_desk.services.ports import Deed
from spie_sync.change import DELETED, Value


class NotSeveralError(DeskError):
    says = N_("On ne peut garder qu’une seule réponse ici.")
    next_step = N_("Choisissez-en une, ou écrivez la bonne.")


@dataclass(frozen=True, slots=True)
class Question:
    """One clash as its card shows it; ``may_keep_both`` when the kind allows several."""

    clash: Clash
    person_name: str
    known: Directory
    may_keep_both: bool


def waiting(desk: Desk, person: bytes | None = None) -> list[Question]:
    """Everything to settle, or one person's."""
    known = directory(desk)
    return [
        Question(one, _name(desk, one.person), known, KIND[one.kind].several and one.sort == "values")
        for one in desk.store.records.clashes(person)
    ]


def keep(desk: Desk, clash: Clash, version: Version) -> Touched:
    """Settle with one of the heads: a change whose base is every head that was shown."""
    return _settle(desk, clash, {clash.register: version.value})


def write(desk: Desk, clash: Clash, value: Value) -> Touched:
    """Settle with another value: it replaces them all, and they stay in the history."""
    record = record_of(KIND[clash.kind], clash.record, {clash.register: value})
    if len(KIND[clash.kind].register_names) == 1:
        record.check()
    return _settle(desk, clash, {clash.register: value})


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
    """« supprimé, modifié depuis » : withdraw it all the same, this time having seen the changes."""
    shown = desk.store.records.get(clash.kind, clash.record, clash.circle)
    if shown is None:
        raise NotSeveralError
    with desk.store.unit(Deed("settled")) as unit:
        unit.withdraw(shown)
    return desk.store.touched()


def bring_back(desk: Desk, clash: Clash) -> Touched:
    """« supprimé, modifié depuis » : it stands again."""
    return _settle(desk, replace(clash, register=DELETED), {DELETED: False})


def _settle(desk: Desk, clash: Clash, values: dict[str, Value]) -> Touched:
    with desk.store.unit(Deed("settled")) as unit:
        unit.write(clash.kind, clash.record, clash.circle, values,
                   {register: frozenset(one.dot for one in clash.versions) for register in values})  # fmt: skip
    return desk.store.touched()


def _second(desk: Desk, clash: Clash, record: Any, version: Version) -> Any:
    kind = KIND[clash.kind]
    other = record_of(kind, record.id, {clash.register: version.value})
    return replace(record, id=desk.chance.id(),
                   **{item.name: getattr(other, item.name) for item in kind.fields_of(clash.register)})  # fmt: skip


def _name(desk: Desk, person: bytes | None) -> str:
    found = desk.store.records.get("person", person) if person else None
    return found.record.name if found else ""
