"""Three hundred files that are no list of people: a sentence each, and not one byte of the store is changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from spie_desk.services import imports
from spie_desk.services.desk import Desk
from spie_desk.services.imports import NothingToImportError
from spie_desk.store.open import EncryptedStore
from tests.faults.malformed import files
from tests.fuzz import imports as fuzzing
from tests.fuzz.judging import judge


def tally(desk: Desk) -> tuple[object, ...]:
    """Changes at every commit, by whichever connection it was made."""
    store = desk.store
    assert isinstance(store, EncryptedStore)
    with store.transactions.reading() as connection:
        every = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='table'").scalars().all()
        names = [one for one in every if not one.startswith(("find_", "sqlite_"))]
        rows = [connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar() for name in names]
        settings = connection.exec_driver_sql("SELECT key, value FROM setting").all()
    return tuple(rows), tuple(map(tuple, settings))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    folder, found = tmp_path_factory.mktemp("malformed"), []
    for name, content in files():
        (folder / name).write_bytes(content)
        found.append(folder / name)
    yield found
    for path in found:
        path.unlink()


def test_there_are_three_hundred_and_no_two_are_the_same(made: list[Path]) -> None:
    assert len(made) >= 300
    assert len({path.read_bytes() + path.suffix.encode() for path in made}) == len(made)


def test_each_gets_a_sentence_and_changes_nothing(made: list[Path], desk: Desk) -> None:
    before = tally(desk)
    taken, dumb, kinds = [], [], set()
    for path in made:
        content = path.read_bytes()
        verdict = judge(desk, path)
        kinds.add(verdict.error)
        if not verdict.said:
            taken.append(path.name)
        if "{" in verdict.said or "…" in verdict.said.replace("Date de naissance…", ""):
            dumb.append((path.name, verdict.said))
        assert path.read_bytes() == content
    assert taken == [], "read as if they were lists of people"
    assert dumb == [], "sentences with a hole"
    assert len(kinds) >= 10
    assert tally(desk) == before


def test_one_that_holds_nobody_cannot_be_agreed_to(made: list[Path], desk: Desk) -> None:
    nobody = next(path for path in made if path.name.startswith("rows_of_nothing"))
    table = desk.files.read_table(nobody)
    plan = imports.plan(desk, table, desk.files.proposed(table, desk.clock.now().date()), towns=desk.files.towns)
    before = tally(desk)
    with pytest.raises(NothingToImportError):
        imports.apply(desk, plan)
    assert tally(desk) == before


def test_a_short_run_of_the_fuzzer_finds_no_fault(tmp_path: Path) -> None:
    found = fuzzing.run(seed=7, seconds=0, tries=250, into=tmp_path / "found")
    assert found.tries == 250
    assert found.read > 20, "some of them are still lists"
    assert found.refused > 20
    assert found.faults == []
    assert not (tmp_path / "found").exists()


def test_the_fuzzer_says_a_fault_and_keeps_its_file(tmp_path: Path) -> None:
    """A judge that fails on purpose stands for the fault: what is tested is that it is kept."""

    def fails(_desk: Desk, file: Path) -> object:
        raise ZeroDivisionError(file.name)

    found = fuzzing.run(seed=1, seconds=0, tries=3, into=tmp_path / "found", judge=fails)
    assert [one.error for one in found.faults] == ["ZeroDivisionError"] * 3
    assert all(one.file.is_file() for one in found.faults)
