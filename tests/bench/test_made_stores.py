"""The measured stores are the same at every run, are taken up where they were stopped, and their copies stay copies."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from bench.harness import stores
from bench.harness.bare import BESIDE, Bulk
from bench.harness.people import NOTES_EACH, PER_PERSON, World
from bench.harness.prose import Prose
from spie_desk.app.shipped_lists import example_people
from spie_desk.store.derived import PEOPLE, TEXTS

FEW = 40


@pytest.fixture(scope="module", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as here:
        here.setattr(stores, "CACHE", tmp_path_factory.mktemp("bench"))
        here.setattr(stores, "STEP", 100)
        yield


def test_the_same_seed_makes_the_same_records() -> None:
    one, other = World(example_people()), World(example_people())
    assert [one.person(rank) for rank in range(3)] == [other.person(rank) for rank in range(3)]
    # A rank says all: whatever was made before does not count.
    assert one.note(17, FEW) == World(example_people()).note(17, FEW)
    assert one.person(1) != World(example_people(), seed=2).person(1)


def test_a_file_holds_the_records_that_the_number_of_changes_is_reckoned_from() -> None:
    world = World(example_people())
    assert {len(world.person(rank)) for rank in range(5)} == {PER_PERSON}
    ids = [record.id for rank in range(200) for _, record in world.person(rank)]
    ids += [world.note(rank, 200)[1].id for rank in range(200)]
    assert len(set(ids)) == len(ids)
    for _, record in world.person(3):
        record.check()


def test_the_prose_is_as_long_and_as_varied_as_notes_are() -> None:
    prose, world = Prose(1), World(example_people())
    notes = [world.note(rank, 50_000)[1].text for rank in range(3000)]
    assert 380 <= sum(map(len, notes)) / len(notes) <= 420
    counted = Counter(word for text in notes for word in re.findall(r"[^\W\d]+", text.casefold()))
    assert len(counted) > 4000
    # As in life: ten words make a quarter of the text, and half of the words are rare.
    ranked = [many for _, many in counted.most_common()]
    assert sum(ranked[:10]) > sum(ranked) / 4
    assert ranked[len(ranked) // 2] < 20
    assert Prose(1).line(Random(1)) == prose.line(Random(1)) != Prose(2).line(Random(1))


def test_building_stops_in_time_and_is_taken_up_where_it_was() -> None:
    said: list[str] = []
    few = FEW + 2  # a store that no other test has made before
    with pytest.raises(stores.NotReadyError, match="run it again"):
        stores.ensure(few, deadline=time.monotonic(), told=said.append)
    assert stores.made_of(few) == {}
    made = stores.ensure(few, told=said.append)
    assert made["changes"] == few * (PER_PERSON + NOTES_EACH)
    with stores.copy(few) as stock:
        records = stock.store.records
        assert records.count("person") == few
        assert records.count("note") == few * NOTES_EACH
        assert records.get("person", stock.person(7)) is not None


def test_a_copy_is_written_at_will_and_the_kept_store_stays() -> None:
    stores.ensure(FEW)
    before = _prints(stores.home(FEW))
    with stores.copy(FEW) as stock:
        desk = stock.store.desk_id
        stock.store.settings.set("here", 1)
        place = stock.root
    assert not place.exists()
    assert _prints(stores.home(FEW)) == before
    with stores.copy(FEW) as stock:
        # The same desk: a copy taken for a moved profile would begin a new one and merge its index whole.
        assert stock.store.desk_id == desk
        assert stock.store.settings.get("here") is None


def test_the_bare_bulk_insert_holds_what_the_rebuild_makes() -> None:
    stores.ensure(FEW)
    with stores.copy(FEW) as stock:
        stock.store.rebuild()
        with stock.raw() as connection:
            bulk = Bulk(stock.store, connection)
            with stock.engine.begin() as made:
                bulk.beside.create(made)
        with stock.raw() as connection:
            bulk.connection = connection
            bulk.insert()
            for name in ("rec_person", "rec_note", "rec_phone", "head"):
                assert _rows(connection, name) == _rows(connection, name + BESIDE), name
            for name in (PEOPLE, TEXTS):
                assert _words(connection, name) == _words(connection, name + BESIDE), name


def _rows(connection: object, name: str) -> list[object]:
    return sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)  # type: ignore[attr-defined]


def _words(connection: object, name: str) -> list[object]:
    run = connection.execute  # type: ignore[attr-defined]
    run(f"CREATE VIRTUAL TABLE temp.{name}_words USING fts5vocab('main', {name}, row)")
    return list(run(f"SELECT term, doc FROM temp.{name}_words ORDER BY term").fetchall())


def _prints(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
