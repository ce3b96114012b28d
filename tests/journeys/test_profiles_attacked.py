"""Profiles copied, invited, put off: no number is given twice, circles are founded as said, nothing is in clear."""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from spie_desk.app.diary import open_diary
from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.shipped_lists import example_people
from spie_desk.domain.circles import STRUCTURE, Sort
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.review import Review
from spie_desk.domain.tables import ColumnMap, Table
from spie_desk.services import extracts, imports, notes, people, quick, readers, records, reviews
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import NewProfile, Opened
from spie_desk.store import tables
from spie_desk.store.journal import Journal
from spie_sync.change import Change
from tests.clock import FakeClock
from tests.examples import an_id
from tests.stores import PASSPHRASE

CANARY = "zygomorphe"


def founded(door: LocalDoorway, label: str = "Bureau", **parts: Any) -> Opened:
    me, structure = founders(example_people())
    return door.create(NewProfile(label=label, colour="teal", passphrase=PASSPHRASE, me=me, structure=structure,
                                  **parts))  # fmt: skip


def every_change(opened: Opened) -> list[Change]:
    keeper: Any = opened.keeper
    with keeper.engine.connect().execution_options(ro=True) as connection:
        return list(Journal(connection).load(connection.scalars(select(tables.change.c.seq)).all()).values())


def open_a_file(desk: Desk, name: str) -> bytes:
    person = Person(id=desk.chance.id(), last_name=name)
    people.create(desk, person)
    return person.id


def test_two_copies_of_a_profile_opened_in_turn_never_give_a_dot_twice(door: LocalDoorway) -> None:
    opened = founded(door)
    profile = opened.keeper.card.id
    open_a_file(opened.desk, "Avant")
    opened.keeper.close()
    copies = [door]
    for name in ("stick", "other computer"):
        root = door.root.with_name(name)
        shutil.copytree(door.root, root)
        state = door.state if name == "stick" else door.state.with_name("other state")
        copies.append(replace(door, root=root, state=state))
    found: dict[tuple[bytes, bytes, int], Change] = {}
    for turn in range(6):
        opened = copies[turn % 3].unlock(profile, PASSPHRASE)
        open_a_file(opened.desk, f"Tour {turn}")
        for change in every_change(opened):
            place = (change.circle, change.desk, change.n)
            assert found.setdefault(place, change) == change
        opened.keeper.close()
    assert len({change.desk for change in found.values()}) >= 3


@pytest.fixture
def pair(door: LocalDoorway) -> Iterator[tuple[Opened, Opened, Opened]]:
    """A structure's first profile, one added to it by invitation, and one founded apart."""
    first = founded(door)
    card, code = first.keeper.invite("CCAS")
    added = door.create(NewProfile(
        label="Deuxième", colour="teal", passphrase=PASSPHRASE, invitation=card.id, code=code,
        me=Professional(id=an_id("second"), first_name="Karim", last_name="Benali"),
    ))  # fmt: skip
    apart = founded(door, "Autre")
    yield first, added, apart
    for one in (first, added, apart):
        one.keeper.close()


def circles(opened: Opened) -> dict[str, set[bytes]]:
    keeper: Any = opened.keeper
    found: dict[str, set[bytes]] = {}
    with keeper.engine.connect().execution_options(ro=True) as connection:
        for sort, uuid in connection.execute(select(tables.circle.c.sort, tables.circle.c.uuid)):
            found.setdefault(sort, set()).add(uuid)
    return found


def test_an_invited_profile_shares_the_structures_circle_and_nothing_else(
    pair: tuple[Opened, Opened, Opened], door: LocalDoorway
) -> None:
    first, added, apart = pair
    assert circles(first)[Sort.STRUCTURE] == circles(added)[Sort.STRUCTURE] != circles(apart)[Sort.STRUCTURE]
    personal = [circles(one)[Sort.PERSONAL] for one in pair]
    assert len(set.union(*personal)) == 3
    open_a_file(first.desk, "Abel")
    assert added.desk.store.records.count("person") == 0
    with added.desk.store.unit() as unit:
        assert unit.circle(STRUCTURE) in circles(first)[Sort.STRUCTURE]
    store: Any = first.desk.store
    store.receive(every_change(added))
    assert store.records.get("professional", an_id("second")).record.structure == first.desk.structure.id
    assert store.check() == []
    assert door.invitations() == [], "it serves once"


def test_the_kit_is_put_off_three_days_and_no_more(door: LocalDoorway, clock: FakeClock) -> None:
    opened = founded(door)
    created = clock.now()
    assert opened.keeper.postpone_kit() == created + timedelta(days=1)
    clock.move(days=2, hours=12)
    assert opened.keeper.postpone_kit() == created + timedelta(days=3)
    clock.move(days=1)
    assert opened.keeper.postpone_kit() == clock.now(), "asked again at once"
    assert opened.keeper.kit_made_at() is None
    opened.keeper.close()


def a_professional(desk: Desk, name: str, bound_by: str) -> bytes:
    one = Professional(id=an_id(name), first_name=name, structure=an_id("elsewhere"), bound_by=bound_by)
    records.save(desk, "professional", one)
    return one.id


def test_a_passage_is_read_by_the_widest_volet_ticked_and_by_guests_bound_to_secrecy(example_desk: Desk) -> None:
    desk = example_desk
    person = open_a_file(desk, "Abel")
    around = a_professional(desk, "Autour", "casf_l221_6")
    unbound = a_professional(desk, "Libre", "")
    guest = a_professional(desk, "Invitée", "casf_l221_6")
    for one in (around, unbound):
        records.save(desk, "membership", Membership(id=desk.chance.id(), person=person, professional=one))
    note = replace(notes.blank(desk, person), text="Partagé.", compartment="situation")
    notes.sign(desk, note)
    notes.sign(desk, replace(notes.blank(desk, person), text="Santé.", compartment="reserve", readers=(desk.me.id,)))
    review = Review(id=an_id("a review"), on=desk.clock.now().date())
    records.save(desk, "review", review)
    reviews.add_passage(desk, review.id, person)
    (passage,) = desk.store.records.find("passage", {"review": review.id})
    offered = extracts.items(desk, person)
    assert "Santé." not in {one.text for one in offered}
    extracts.tick(desk, passage.record.id, next(one for one in offered if one.kind == "note"))
    reviews.put(desk, passage, replace(passage.record, guests=(guest,)))
    shown = desk.store.records.get("passage", passage.record.id)
    assert shown is not None
    with pytest.raises(reviews.NotBoundError):
        reviews.put(desk, shown, replace(shown.record, guests=(guest, unbound)))
    ticked = desk.store.records.find("extract", {"passage": passage.record.id})
    found = readers.of_passage(desk, person, extracts.widest(ticked), (guest, unbound))
    assert {one.id for one in found.people} == {desk.me.id, around, guest}
    assert {one.circle for one in ticked} == {passage.circle}
    told = desk.store.circles.get(passage.circle)
    assert told is not None
    assert told.sort is Sort.PASSAGE


def test_what_is_not_derived_is_in_every_backup(door: LocalDoorway) -> None:
    opened = founded(door)
    desk = opened.desk
    open_a_file(desk, "Abel")
    quick.note_quickly(desk, "Pas encore rattaché.")
    table = Table(name="f.csv", columns=("Nom", "Prénom"), rows=(), header_line=1)
    imports.remember(desk, table, ColumnMap(("last_name", "first_name")))
    store: Any = desk.store
    before = {(change.circle, change.dot): change for change in every_change(opened)}
    secret = store.desk_keys()
    backup = opened.keeper.back_up(lambda _done, _total: None, lambda: False)
    profile = opened.keeper.card.id
    opened.keeper.close()
    opened = door.restore(profile, backup.id, PASSPHRASE, lambda _done, _total: None)
    assert {(change.circle, change.dot): change for change in every_change(opened)} == before
    assert [quick.note_of(one).text for one in opened.desk.store.drafts.all()] == ["Pas encore rattaché."]
    assert imports.remembered(opened.desk, table) is not None
    keeper: Any = opened.keeper
    with keeper.engine.connect().execution_options(ro=True) as connection:
        kept = connection.scalars(select(tables.identity.c.secret)).all()
    assert secret.to_bytes() in kept, "what was sealed to the former desk can still be opened"
    assert len(kept) == 2
    opened.keeper.close()


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Path]:
    """The application's log, in a folder of its own; the root logger is left as it was."""
    root = logging.getLogger()
    before, level, hook = root.handlers[:], root.level, sys.excepthook
    open_diary(tmp_path / "logs")
    yield tmp_path / "logs"
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    sys.excepthook = hook


def fails_with_a_name(desk: Desk) -> None:
    with desk.store.unit() as unit:
        unit.put("person", Person(id=desk.chance.id(), nickname=CANARY))
        raise KeyError(CANARY)


def test_no_name_nor_word_is_in_clear_on_the_disk_or_in_a_file_name(
    door: LocalDoorway, diary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    opened = founded(door)
    desk = opened.desk
    person = open_a_file(desk, CANARY)
    notes.sign(desk, replace(notes.blank(desk, person), text=f"Elle parle de {CANARY}."))
    with pytest.raises(KeyError) as failed:
        fails_with_a_name(desk)
    logging.getLogger("spie_desk").info("bug", exc_info=failed.value)
    opened.keeper.invite("CCAS")
    opened.keeper.back_up(lambda _done, _total: None, lambda: False)
    shown = records.get(desk, "person", person)
    assert shown is not None
    records.erase(desk, shown, frozenset({"name"}))
    opened.keeper.close()
    assert "KeyError" in (diary / "desk.log").read_text()
    for folder in (door.root, door.state, tmp_path / "temp", diary):
        for path in folder.rglob("*"):
            assert CANARY not in str(path).lower()
            assert path.is_dir() or CANARY.encode() not in path.read_bytes().lower()
