"""« Suivi papier »: refused without the opposition or the paper; then no word of the file is left, a number counts."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from spie_desk.app.files import LocalFiles
from spie_desk.app.shipped_lists import value_lists
from spie_desk.domain.drafts import Draft
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records.around import Opposition, Phone, Relative
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.review import Review
from spie_desk.domain.shown import Shown
from spie_desk.services import extracts, notes, paper, people, records, reviews, work
from spie_desk.services.desk import Desk
from spie_desk.services.founding import found, me_of
from spie_desk.services.paper import NotOnPaperYetError, NotOpposedError
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
    """Its raw key is known here, so that every page can be read in the clear."""
    from spie_desk.app.shipped_lists import example_people  # noqa: PLC0415 — beside its use

    path, key = vault
    create_database(path, bytearray(key), b"v" * 16)
    engine = open_engine(path, bytearray(key))
    store = open_store(engine, clock, chance)
    found(store, *founders(example_people()))
    who = me_of(store)
    assert who is not None
    yield Desk(store, clock, chance, who[0], who[1], value_lists(), LocalFiles())
    close_engine(engine)


@pytest.fixture
def person(desk: Desk) -> Shown[Person]:
    """The canary is in her name, a phone, the household, a note, a review, a draft and a value since replaced."""
    one = Person(id=desk.chance.id(), first_name=CANARY, last_name=f"{CANARY}-Nom", town="Gacé")
    people.create(desk, one, [("phone", Phone(id=desk.chance.id(), person=one.id, number="06 39 98 44 55",
                                              whose=CANARY))])  # fmt: skip
    records.save(desk, "relative", Relative(id=desk.chance.id(), person=one.id, first_name=CANARY))
    notes.sign(desk, replace(notes.blank(desk, one.id), text=f"{CANARY} est venue.", compartment="situation"))
    review = Review(id=desk.chance.id(), on=desk.clock.now().date())
    records.save(desk, "review", review)
    reviews.add_passage(desk, review.id, one.id, f"Quel relais pour {CANARY} ?")
    (passage,) = desk.store.records.find("passage", {"review": review.id})
    reviews.decide(desk, passage, f"Rappeler {CANARY}")
    note = next(item for item in extracts.items(desk, one.id) if item.kind == "note")
    extracts.tick(desk, passage.record.id, note)
    work.keep(desk, Draft(id=desk.chance.id(), form="note", kind="note", person=one.id, values={"text": CANARY}))
    shown = desk.store.records.get("person", one.id)
    assert shown is not None
    records.save(desk, "person", replace(shown.record, contact_note=f"Passer par {CANARY}"), shown, label=CANARY)
    return fresh(desk, one.id)


def fresh(desk: Desk, person: bytes) -> Shown[Person]:
    shown = desk.store.records.get("person", person)
    assert shown is not None
    return shown


def opposes(desk: Desk, person: bytes) -> None:
    records.save(desk, "opposition", Opposition(id=desk.chance.id(), person=person, to="fichier",
                                                on=desk.clock.now().date()))  # fmt: skip


def test_without_the_opposition_or_the_paper_nothing_is_erased(desk: Desk, person: Shown[Person]) -> None:
    with pytest.raises(NotOpposedError):
        paper.to_paper(desk, person, on_paper=True)
    opposes(desk, person.record.id)
    with pytest.raises(NotOnPaperYetError):
        paper.to_paper(desk, person, on_paper=False)
    assert fresh(desk, person.record.id).record == person.record
    assert paper.count(desk, desk.clock.now().date()) == 0


def test_no_word_of_the_file_is_left_and_a_number_without_a_name_counts(
    desk: Desk, person: Shown[Person], vault: tuple[Path, bytes]
) -> None:
    opposes(desk, person.record.id)
    assert CANARY.encode() in plain_pages(*vault)
    number = paper.to_paper(desk, person, on_paper=True)
    words = plain_pages(*vault).lower()
    for gone in (CANARY.lower(), "4455", person.record.number.lower()):
        assert gone.encode() not in words, gone
    assert desk.store.records.get("person", person.record.id) is None
    assert people.search(desk, CANARY) == []
    assert work.drafts(desk) == []
    (one,) = desk.store.records.find("paper")
    assert one.record.number == number
    assert person.record.number not in repr(one.record)
    assert person.record.id not in {getattr(one.record, "person", b""), one.record.id}
    today = desk.clock.now().date()
    assert paper.count(desk, today) == 1
    assert isinstance(desk.store, EncryptedStore)
    assert desk.store.check() == []


def test_a_paper_follow_up_begins_without_a_file_and_ends(desk: Desk, clock: FakeClock) -> None:
    today = desk.clock.now().date()
    paper.begin(desk)
    paper.begin(desk)
    found = paper.page(desk)
    assert found.going_on == 2
    assert len({one.record.number for one in found.found}) == 2
    paper.end(desk, found.found[0])
    clock.move(days=1)
    again = paper.page(desk)
    assert (again.going_on, again.found[-1].record.until) == (1, today)
    assert paper.count(desk, today) == 2
