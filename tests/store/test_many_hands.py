"""Eight threads, two processes' worth of engines, a process killed at each point: nothing lost, nothing half done."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from spie_desk.domain.circles import socle
from spie_desk.domain.drafts import Draft
from spie_desk.domain.listing import PersonFilter
from spie_desk.services.ports import Deed
from spie_desk.store.engine import close_engine, open_engine
from spie_desk.store.open import EncryptedStore, Watch, open_store
from spie_sync.change import Change
from tests.clock import FakeChance, FakeClock
from tests.examples import AMINA, an_id, example
from tests.store.conftest import KEY, Opened
from tests.store.safes import killed_at, points_of

EACH = 25


def test_eight_threads_write_and_read_at_once(store: EncryptedStore) -> None:
    with store.unit() as unit:
        unit.put("person", example("person"))

    def work(number: int) -> int:
        for step in range(EACH):
            with store.unit(Deed(id=an_id(f"{number} {step}"))) as unit:
                unit.put("action", example("action", f"{number} {step}"))
            assert store.touched().deed == an_id(f"{number} {step}")
            store.drafts.save(Draft(id=an_id(f"draft {number}"), form="note", kind="note", cursor=step))
            assert store.lists.people(PersonFilter())[0].id == AMINA
            store.lists.search("préfecture")
        return store.records.count("action")

    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(work, range(8)))
    assert max(counts) == 8 * EACH == store.records.count("action")
    (change,) = store.records.deed(an_id("7 24"))
    numbers = [one for deed in store.records.deeds(500) for one in store.records.deed(deed.id)]
    assert sorted(one.n for one in numbers if one.circle == change.circle) == list(range(1, 8 * EACH + 2))
    assert len({one.hlc for one in numbers}) == len(numbers)
    assert store.check() == []


def test_two_engines_on_one_file_wait_for_one_another(stores: Callable[..., Opened]) -> None:
    one, two = stores("one").store, stores("one", fresh=False).store

    def work(store: EncryptedStore, name: str) -> None:
        for step in range(EACH):
            with store.unit(Deed(id=an_id(f"{name} {step}"))) as unit:
                unit.put("professional", example("professional", f"{name} {step}"))

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work, *pair) for pair in ((one, "a"), (two, "b"), (one, "c"), (two, "d"))]:
            done.result()
    assert one.records.count("professional") == two.records.count("professional") == 4 * EACH
    assert one.check() == []


def test_a_unit_inside_a_unit_is_a_mistake(store: EncryptedStore) -> None:
    with store.unit(), pytest.raises(RuntimeError), store.unit():
        pass
    with store.unit() as unit:
        unit.put("view", example("view"))
    assert store.records.count("view") == 1


def everything(store: EncryptedStore) -> None:
    """A deed that touches all there is: changes, an edit, an erasure, a withdrawal, a draft."""
    with store.unit(Deed(id=an_id("killed"))) as unit:
        unit.put("person", example("person"))
        circle = unit.put("note", example("note"))
        unit.put("note", example("note", "second"))
        unit.erase("note", an_id("note"), circle)
        unit.put("phone", example("phone"))
        unit.drop_draft(an_id("draft"), for_good=True)


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_killed_anywhere_the_deed_is_whole_or_was_never_done(empty_store: Path, tmp_path: Path) -> None:
    def opened(path: Path, at: Callable[[str], None] = lambda name: None) -> tuple[EncryptedStore, Callable[[], None]]:
        engine = open_engine(path, bytearray(KEY))
        return open_store(engine, FakeClock(), FakeChance(3), at=at), lambda: close_engine(engine)

    def fresh(name: str) -> Path:
        path = Path(shutil.copy(empty_store, tmp_path / name))
        store, close = opened(path)
        store.drafts.save(Draft(id=an_id("draft"), form="note", kind="note", values={"content": {"text": "mots"}}))
        close()
        return path

    def deed(path: Path, at: Callable[[str], None]) -> None:
        store, _ = opened(path, at)
        everything(store)

    points = points_of(lambda at: deed(fresh("points.db"), at))
    assert {"unit: begun", "unit: written", "unit: derived", "unit: before commit", "unit: committed"} <= set(points)
    for number, point in enumerate(points):
        path = fresh(f"{number}.db")
        assert killed_at(point, lambda at, path=path: deed(path, at)), point  # type: ignore[misc]
        store, close = opened(path)
        done = len(store.records.deed(an_id("killed")))
        assert done == (5 if point == "unit: committed" else 0), point
        assert len(store.drafts.all()) == (0 if done else 1)
        assert store.records.count("person") == (1 if done else 0)
        assert store.check() == []
        close()


def test_a_restored_backup_never_gives_a_dot_twice(stores: Callable[..., Opened], tmp_path: Path) -> None:
    def edit(store: EncryptedStore, street: str) -> list[Change]:
        shown = store.records.get("person", AMINA)
        assert shown is not None
        with store.unit() as unit:
            unit.put("person", replace(shown.record, street=street), shown=shown)
            deed = unit.deed
        return store.records.deed(deed)

    one = stores("one")
    with one.store.unit() as unit:
        unit.put("person", example("person"))
        circle = unit.circle(socle(AMINA))
    shutil.copy(one.path, tmp_path / "backup.db")
    _with_log(one.path, tmp_path / "backup.db")
    after = edit(one.store, "2 rue Neuve")
    backup = stores("backup", fresh=False).store
    before = backup.desk_id
    assert before == one.store.desk_id
    mark = backup.settings.get("desk_mark")
    assert backup.begin_new_desk() == backup.desk_id != before
    assert backup.settings.get("desk_mark") is not None
    again = edit(backup, "9 rue Haute")
    assert again[0].n == 1
    assert mark is not None
    dots = {(change.circle, change.dot) for change in (*after, *again)}
    assert len(dots) == 2
    backup.receive(after)
    one.store.receive(again)
    assert backup.counters() == {circle: 1}
    assert [len(store.records.clashes()) for store in (backup, one.store)] == [1, 1]


def _with_log(path: Path, copy: Path) -> None:
    log = path.with_name(path.name + "-wal")
    if log.exists():
        shutil.copy(log, copy.with_name(copy.name + "-wal"))


def test_no_word_stands_in_clear_anywhere_in_the_folder(one: Opened) -> None:
    words = "zygomorphe"
    with one.store.unit(Deed(label=words)) as unit:
        unit.put("person", replace(example("person"), last_name=words))
        unit.put("note", replace(example("note"), text=f"{words} " * 500))
    one.store.drafts.save(Draft(id=an_id("draft"), form="note", kind="note", values={"content": {"text": words}}))
    one.store.settings.set("import", words)
    files = [path for path in one.path.parent.iterdir() if path.is_file()]
    assert {path.name for path in files} >= {"one.db", "one.db-wal"}
    for path in files:
        assert words.encode() not in path.read_bytes().lower()


def test_numbers_are_reserved_before_they_are_used(stores: Callable[..., Opened]) -> None:
    asked: list[dict[bytes, int]] = []
    store = stores("one", watch=Watch(reserve=lambda numbers: asked.append(dict(numbers)))).store
    with store.unit() as unit:
        circle = unit.put("person", example("person"))
        unit.put("phone", example("phone"))
        assert asked == []
    assert asked == [{circle: 2}]
    assert store.counters() == {circle: 2}

    def full(_numbers: object) -> None:
        raise OSError("full disk")

    refused = stores("two", watch=Watch(reserve=full)).store
    with pytest.raises(OSError, match="full disk"), refused.unit() as unit:
        unit.put("person", example("person"))
    assert refused.records.count("person") == 0


def test_stamps_go_on_after_the_last_whatever_the_clock_and_follow_no_one_far(stores: Callable[..., Opened]) -> None:
    """No save notes the last stamp: it is read off the last change, and noted when others' changes come."""
    here, there = stores("here"), stores("there")

    def write(opened: Opened, street: str) -> Change:
        with opened.store.unit() as unit:
            unit.put("person", replace(example("person"), id=an_id(street), street=street))
            deed = unit.deed
        (change,) = opened.store.records.deed(deed)
        return change

    first = write(here, "1 rue Haute")
    here.clock.move(days=-3000)
    second = write(here, "2 rue Haute")
    assert second.hlc == first.hlc + 1, "the clock went back, stamps do not"
    there.clock.move(days=3000)
    far = write(there, "3 rue Haute")
    here.store.receive([far])
    third = write(here, "4 rue Haute")
    assert second.hlc < third.hlc < far.hlc, "a wrong clock elsewhere drags nobody years ahead"
    assert third.hlc < write(here, "5 rue Haute").hlc < far.hlc
