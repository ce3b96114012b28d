"""A store that does not open is set aside as it is, and never made anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from spie_desk.domain.vaults import DamagedStoreError, DamagedStoreNoCopyError, StoreOutOfReachError
from spie_desk.store import backups, profiles
from spie_desk.store.aside import Report, left_uncleanly, open_store
from spie_desk.store.engine import Finding, close_engine, connect
from spie_desk.store.vault import DATABASE, Vault, unlock_with_kit
from spie_desk.texts import sentence
from tests.store.safes import KIT, MAKING, MARKER, add, fill, names, new_profile


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("profiles")
    new_profile(root)[1].close()
    return root


@pytest.fixture
def vault(made: Path, tmp_path: Path) -> Vault:
    root = Path(shutil.copytree(made, tmp_path / "root"))
    return unlock_with_kit(profiles.list_profiles(root)[0].folder, KIT)


def spoil(vault: Vault, how: str) -> Finding:
    path = vault.folder / DATABASE
    content = bytearray(path.read_bytes())
    if how == "zero":
        path.write_bytes(b"")
        return Finding.EMPTY
    if how == "page one":
        content[300] ^= 1
    elif how == "cut":
        content = content[: len(content) // 2 + 700]
    elif how == "other application":
        key = vault.key("db")
        bare = connect(path, key)
        bare.execute("PRAGMA application_id = 1")
        bare.close()
        return Finding.NOT_OURS
    elif how == "gone":
        path.unlink()
        return Finding.MISSING
    path.write_bytes(content)
    return Finding.UNREADABLE


@pytest.mark.parametrize("how", ["zero", "page one", "other application"])
def test_a_spoiled_store_is_moved_as_it_is_and_the_copy_is_named(vault: Vault, how: str) -> None:
    backup = backups.back_up(vault, MAKING)
    finding = spoil(vault, how)
    content = (vault.folder / DATABASE).read_bytes()
    with pytest.raises(DamagedStoreError) as raised:
        open_store(vault)
    report = raised.value.parameters["report"]
    assert (report.finding, report.moved, report.backup) == (finding, (DATABASE,), backup)
    assert (report.moved_to / DATABASE).read_bytes() == content
    assert "Il est mis de côté, rien n’a été effacé. Dernière copie vérifiée" in sentence(raised.value)
    with pytest.raises(DamagedStoreError):
        open_store(vault)
    assert not (vault.folder / DATABASE).exists(), "never made anew"


def test_without_a_copy_the_sentence_says_so(vault: Vault) -> None:
    spoil(vault, "gone")
    with pytest.raises(DamagedStoreNoCopyError) as raised:
        open_store(vault)
    assert raised.value.parameters["report"] == Report(Finding.MISSING, None, (), None)


def test_a_cut_store_is_never_opened_as_if_whole(vault: Vault) -> None:
    spoil(vault, "cut")
    with pytest.raises((DamagedStoreError, DamagedStoreNoCopyError)):
        names(vault)


def test_a_foreign_log_goes_into_quarantine_and_the_store_opens(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = fill(tmp_path / "other")
    engine = open_store(other)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE more (a)")
    for suffix in ("-wal", "-shm"):
        shutil.copy(other.folder / f"{DATABASE}{suffix}", vault.folder / f"{DATABASE}{suffix}")
    close_engine(engine)
    foreign = (vault.folder / f"{DATABASE}-wal").read_bytes()
    told: list[Report] = []
    opened = open_store(vault, tell=told.append)
    close_engine(opened)
    assert told[0].opened
    assert told[0].moved_to is not None
    assert (told[0].moved_to / f"{DATABASE}-wal").read_bytes() == foreign
    assert names(vault) == [MARKER]


def test_our_own_log_is_read_and_never_moved(vault: Vault, tmp_path: Path) -> None:
    engine = open_store(vault)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO person VALUES ('in the log')")
    crashed = Path(shutil.copytree(vault.folder, tmp_path / "crashed"))
    close_engine(engine)
    assert left_uncleanly(crashed)
    assert not left_uncleanly(vault.folder)
    assert names(unlock_with_kit(crashed, KIT)) == [MARKER, "in the log"]
    assert not (crashed / "aside").exists()


def test_a_store_that_cannot_be_reached_is_not_called_damaged(vault: Vault) -> None:
    path = vault.folder / DATABASE
    path.rename(path.with_name("elsewhere"))
    path.mkdir()
    with pytest.raises(StoreOutOfReachError):
        open_store(vault)
    path.rmdir()
    path.with_name("elsewhere").rename(path)
    add(vault, "still here")
    assert names(vault) == [MARKER, "still here"]
