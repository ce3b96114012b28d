"""Undoing a settlement gives the question back whole; undoing on a file that has gone writes nothing odd."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from spie_desk.domain.records.person import Person
from spie_desk.services import clashes, people, records, undo
from spie_desk.services.desk import Desk
from spie_desk.store.open import EncryptedStore
from spie_sync.change import Change
from tests.clock import FakeClock
from tests.examples import an_id


def opened(desk: Desk) -> tuple[bytes, Change]:
    """A file, and the change that made it."""
    person = Person(id=desk.chance.id(), last_name="Abel", email="avant@example.org")
    touched = people.create(desk, person)
    (made,) = [one for one in desk.store.records.deed(touched.deed) if one.kind == "person"]
    return person.id, made


def elsewhere(made: Change, **parts: Any) -> Change:
    return replace(made, desk=an_id("there"), n=1, person=an_id("colleague"), deed=an_id("her deed"), commitment=b"",
                   hlc=made.hlc + (5 << 16), **parts)  # fmt: skip


def test_the_former_values_come_back_as_heads_of_their_own_with_their_authors_and_dates(
    desk: Desk, clock: FakeClock
) -> None:
    person, made = opened(desk)
    shown = records.get(desk, "person", person)
    assert shown is not None
    records.save(desk, "person", replace(shown.record, email="ici@example.org"), shown)
    desk.store.receive([elsewhere(made, values={"email": "la@example.org"}, base={"email": frozenset({made.dot})})])
    (before,) = clashes.waiting(desk)
    said = {(one.value, one.stamp.person, one.stamp.hlc) for one in before.clash.versions}
    clock.move(days=2)
    clashes.keep(desk, before.clash, before.clash.versions[0])
    assert clashes.waiting(desk) == []
    clock.move(days=2)
    undo.undo_last(desk)
    (again,) = clashes.waiting(desk)
    assert {(one.value, one.stamp.person, one.stamp.hlc) for one in again.clash.versions} == said
    bases = [
        change.base["email"] for change in desk.store.records.deed(desk.store.records.deeds(1)[0].id)
    ]  # fmt: skip
    assert len(bases) == 2
    assert bases[0] == bases[1], "both replace the settlement, neither the other"
    store = desk.store
    assert isinstance(store, EncryptedStore)
    assert store.check() == []


def test_undoing_what_was_written_on_a_file_withdrawn_since_makes_no_phantom(desk: Desk) -> None:
    _, made = opened(desk)
    older = elsewhere(made, record=an_id("from an older version"), values={"name": made.values["name"]}, base={})
    desk.store.receive([older])
    shown = records.get(desk, "person", older.record)
    assert shown is not None
    deed = records.save(desk, "person", replace(shown.record, nickname="Zaza"), shown).deed
    shown = records.get(desk, "person", older.record)
    assert shown is not None
    records.withdraw(desk, shown)
    undo.undo_one(desk, deed)
    store = desk.store
    assert isinstance(store, EncryptedStore)
    assert store.waiting().of_unknown_kind == 0
    assert store.check() == []


def test_withdrawing_all_the_same_says_nothing_of_what_came_behind_the_card(desk: Desk) -> None:
    person, made = opened(desk)
    shown = records.get(desk, "person", person)
    assert shown is not None
    records.withdraw(desk, shown)
    base = {"email": frozenset({made.dot})}
    first = elsewhere(made, values={"email": "la@example.org"}, base=base)
    desk.store.receive([first])
    (card,) = clashes.waiting(desk)
    assert card.clash.sort == "deleted"
    late = replace(first, n=2, deed=an_id("later"), values={"nickname": "Zaza"},
                   base={"nickname": frozenset({made.dot})})  # fmt: skip
    desk.store.receive([late])
    clashes.keep_deleted(desk, card.clash)
    (again,) = clashes.waiting(desk)
    assert again.clash.sort == "deleted"
    clashes.keep_deleted(desk, again.clash)
    assert clashes.waiting(desk) == []
    assert records.get(desk, "person", person) is None
