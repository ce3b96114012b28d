"""Whether someone being typed is already here: asked while typing, answered with every reason, never decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spie_desk.domain.duplicates import Identity, Verdict, compare
from spie_desk.domain.import_match import ranked
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Shown
from spie_desk.services import one_file
from spie_desk.services.desk import Desk
from spie_desk.services.import_here import identity_of

_MOST = 5


@dataclass(frozen=True, slots=True)
class Doubt:
    """Someone already here who may be the one being typed: ``reasons`` are msgids, the strongest first."""

    shown: Shown[Person]
    verdict: Verdict
    reasons: tuple[str, ...]
    phones: tuple[str, ...] = ()


def like(desk: Desk, identity: Identity, but: bytes = b"") -> list[Doubt]:
    """People here who may be this one, the same first; ``but`` leaves out the file that is being edited."""
    if not identity.sounds and not identity.phones:
        return []
    births = frozenset({identity.born_on.isoformat()}) if identity.born_on else frozenset[str]()
    ids = [one for one in desk.store.lists.likely(identity.sounds, identity.phones, births) if one != but]
    if not ids:
        return []
    phones: dict[bytes, list[str]] = {}
    for phone in desk.store.records.find("phone", {"person": ids}):
        phones.setdefault(phone.record.person, []).append(phone.record.number)
    people = desk.store.records.find("person", {"id": ids})
    found = ((shown, compare(identity, identity_of(shown.record, phones.get(shown.record.id, ())))) for shown in people)
    doubts = [
        Doubt(shown, likeness.verdict, likeness.reasons, tuple(phones.get(shown.record.id, ())))
        for shown, likeness in ranked(pair for pair in found if pair[1].verdict is not Verdict.DIFFERENT)
    ]
    return _once_each(desk, doubts)[:_MOST]


def _once_each(desk: Desk, doubts: Sequence[Doubt]) -> list[Doubt]:
    """Someone with two files is one person: her main file, with the strongest reason that either gives."""
    together = desk.store.lists.together()
    heads = one_file.files(desk, [one_file.of(together, one.shown.record.id)[0] for one in doubts])
    main = {one.record.id: one for one in heads}
    found: dict[bytes, Doubt] = {}
    for one in doubts:
        file = one_file.of(together, one.shown.record.id)[0]
        if file in main:
            found.setdefault(file, replace(one, shown=main[file]))
    return list(found.values())
