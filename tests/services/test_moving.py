"""Several things of a wrong file go to the right one in one act: whole there, nowhere here, one line says who, when."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from spie_desk.app.files import LocalFiles
from spie_desk.app.shipped_lists import example_people, value_lists
from spie_desk.domain.drafts import Draft
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.around import Phone
from spie_desk.domain.records.note import Note
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.review import Review
from spie_desk.services import casefile, extracts, moving, notes, past, people, records, reviews, work
from spie_desk.services.desk import Desk
from spie_desk.services.founding import found, me_of
from spie_desk.services.moving import Moved, SameFileError, StillToSettleError
from spie_desk.store.engine import close_engine, create_database, open_engine
from spie_desk.store.open import EncryptedStore, open_store
from tests.clock import FakeChance, FakeClock
from tests.journeys.pages_of import plain_pages

CANARY = "Zebrelune"


@pytest.fixture
def vault(tmp_path: Path) -> tuple[Path, bytes]:
    return tmp_path / "vault.db", secrets.token_bytes(32)


@pytest.fixture
def desk(vault: tuple[Path, bytes], clock: FakeClock, chance: FakeChance) -> Iterator[Desk]:
    path, key = vault
    create_database(path, bytearray(key), b"v" * 16)
    engine = open_engine(path, bytearray(key))
    store = open_store(engine, clock, chance)
    found(store, *founders(example_people()))
    who = me_of(store)
    assert who is not None
    yield Desk(store, clock, chance, who[0], who[1], value_lists(), LocalFiles())
    close_engine(engine)


def a_file(desk: Desk, name: str) -> bytes:
    one = Person(id=desk.chance.id(), first_name=name, last_name="Homonyme")
    people.create(desk, one)
    return one.id


@pytest.fixture
def wrong(desk: Desk) -> bytes:
    """Three things of somebody else: a signed note with its rectificatif, an action, a phone; shown in a review."""
    person = a_file(desk, "Amina")
    note = replace(notes.blank(desk, person), text=f"{CANARY} note", compartment="situation")
    notes.sign(desk, note)
    shown = desk.store.records.get("note", note.id)
    assert shown is not None
    notes.correct(desk, shown, f"{CANARY} rectificatif")
    records.save(desk, "action", Action(id=desk.chance.id(), person=person, what=f"{CANARY} action"))
    records.save(desk, "phone", Phone(id=desk.chance.id(), person=person, number="06 39 98 77 66", whose=CANARY))
    review = Review(id=desk.chance.id(), on=desk.clock.now().date())
    records.save(desk, "review", review)
    reviews.add_passage(desk, review.id, person)
    (passage,) = desk.store.records.find("passage", {"review": review.id})
    for item in extracts.items(desk, person):
        if CANARY in item.title + item.text:
            extracts.tick(desk, passage.record.id, item)
    assert desk.store.records.count("extract") == 3
    work.keep(desk, Draft(id=desk.chance.id(), form="note", kind="note", record=note.id, person=person,
                          values={"content": {"text": CANARY}}, bases=shown.bases))  # fmt: skip
    return person


@pytest.fixture
def right(desk: Desk) -> bytes:
    return a_file(desk, "Amira")


def move(desk: Desk, wrong: bytes, right: bytes) -> Moved:
    chosen = [one for one in moving.candidates(desk, wrong) if CANARY in one.text]
    assert len(chosen) == 4
    return moving.move_lines(desk, wrong, [one for one in chosen if "rectificatif" not in one.text], right)


def test_all_of_it_is_whole_in_the_right_file(desk: Desk, wrong: bytes, right: bytes) -> None:
    move(desk, wrong, right)
    texts = {one.record.text: one.record for one in desk.store.records.find("note", {"person": right})}
    assert set(texts) == {f"{CANARY} note", f"{CANARY} rectificatif"}
    assert texts[f"{CANARY} rectificatif"].corrects == texts[f"{CANARY} note"].id
    assert all(isinstance(one, Note) and one.digest for one in texts.values())
    (action,) = desk.store.records.find("action", {"person": right})
    (phone,) = desk.store.records.find("phone", {"person": right})
    assert (action.record.what, phone.record.whose) == (f"{CANARY} action", CANARY)
    assert {one.person for one in people.search(desk, CANARY)} == {right}


def test_its_words_are_nowhere_in_the_wrong_one_and_one_line_says_who_and_when(
    desk: Desk, wrong: bytes, right: bytes
) -> None:
    before = len(past.of_file(desk, wrong))
    move(desk, wrong, right)
    file = casefile.open_file(desk, wrong)
    assert file is not None
    assert CANARY not in repr(file)
    history = past.of_file(desk, wrong)
    assert CANARY not in repr(history)
    traces = [one for one in history if one.version.erased_by is not None]
    assert [one.label for one in traces] == [past.MOVED]
    assert traces[0].version.erased_by is not None
    assert traces[0].version.erased_by.person == desk.me.id
    assert len(history) < before
    assert desk.store.records.find("extract") == []
    assert work.drafts(desk) == []
    assert isinstance(desk.store, EncryptedStore)
    assert desk.store.check() == []


def test_moved_again_and_erased_there_no_page_of_the_store_holds_it(
    desk: Desk, wrong: bytes, right: bytes, vault: tuple[Path, bytes]
) -> None:
    assert CANARY.encode() in plain_pages(*vault)
    move(desk, wrong, right)
    for kind in ("note", "action", "phone"):
        for one in desk.store.records.find(kind, {"person": right}):
            records.erase(desk, one)
    assert CANARY.lower().encode() not in plain_pages(*vault).lower()


def test_it_is_put_back_in_one_act(desk: Desk, wrong: bytes, right: bytes) -> None:
    moved = move(desk, wrong, right)
    assert moved.origin == wrong
    moving.move_back(desk, moved)
    assert {one.record.text for one in desk.store.records.find("note", {"person": wrong})} == {
        f"{CANARY} note", f"{CANARY} rectificatif"}  # fmt: skip
    assert desk.store.records.count("action", {"person": wrong}) == 1
    assert desk.store.records.count("phone", {"person": wrong}) == 1
    assert CANARY not in repr(casefile.open_file(desk, right))
    assert [one.label for one in past.of_file(desk, right) if one.version.erased_by is not None] == [past.MOVED]


def test_what_is_to_settle_or_goes_nowhere_is_refused_whole(desk: Desk, wrong: bytes, right: bytes) -> None:
    (action,) = desk.store.records.find("action", {"person": wrong})
    with pytest.raises(SameFileError):
        moving.move_all(desk, wrong, [action], wrong)
    records.save(desk, "action", replace(action.record, what="une réponse"), action)
    records.save(desk, "action", replace(action.record, what="une autre"), action)
    with pytest.raises(StillToSettleError):
        moving.move_all(desk, wrong, desk.store.records.find("action", {"person": wrong}), right)
    assert desk.store.records.find("action", {"person": right}) == []
