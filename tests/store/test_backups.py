"""Backups are proved before they count, thinned by the rule, and taken up beside what they replace."""

from __future__ import annotations

import json
import shutil
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from spie_desk.domain.vaults import BackupFailedError, BadBackupError, CancelledError, WrongPassphraseError
from spie_desk.store import backups, keyfile, profiles
from spie_desk.store.aside import open_store
from spie_desk.store.backups import Backup
from spie_desk.store.copying import faults
from spie_desk.store.engine import close_engine
from spie_desk.store.profiles import Profile
from spie_desk.store.vault import DATABASE, Vault, change_passphrase, unlock, unlock_with_kit
from tests.store.safes import CHEAP, KIT, MAKING, MARKER, NOW, OTHER, PHRASE, add, names, new_profile


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("profiles")
    new_profile(root)[1].close()
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "root"))


@pytest.fixture
def profile(root: Path) -> Profile:
    return profiles.list_profiles(root)[0]


@pytest.fixture
def vault(profile: Profile) -> Vault:
    return unlock_with_kit(profile.folder, KIT)


def with_kit(folder: Path) -> Vault:
    return unlock_with_kit(folder, KIT)


def test_a_backup_is_listed_with_its_date_and_its_files(profile: Profile, vault: Vault) -> None:
    backup = backups.back_up(vault, MAKING)
    assert backups.list_backups(profile.folder) == [backup]
    assert (backup.made_at, backup.files, backup.counts["person"]) == (NOW, 1, 1)
    assert sorted(path.name for path in backup.path.iterdir()) == ["manifest.json", "vault.db", "vault.key"]
    assert MARKER.encode() not in b"".join(path.read_bytes() for path in backup.path.iterdir())
    assert faults(backup.path / DATABASE, vault, deep=True) == []


def test_a_backup_holds_what_still_stood_in_the_log(profile: Profile, vault: Vault) -> None:
    engine = open_store(vault)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO person VALUES ('fresh')"))
    assert (profile.folder / "vault.db-wal").stat().st_size > 0
    assert backups.make(vault, MAKING).files == 2
    close_engine(engine)


def test_a_backup_made_while_someone_writes_is_whole(vault: Vault) -> None:
    engine, stop = open_store(vault), threading.Event()

    def write() -> None:
        while not stop.is_set():
            with engine.begin() as connection:
                connection.execute(text("INSERT INTO person VALUES (hex(randomblob(200)))"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backup = backups.make(vault, MAKING)
    finally:
        stop.set()
        writer.join()
        close_engine(engine)
    assert backup.files >= 1
    assert faults(backup.path / DATABASE, vault) == []


def test_when_a_backup_is_due(profile: Profile, vault: Vault) -> None:
    assert backups.due(profile.folder, NOW, changed=True)
    assert not backups.due(profile.folder, NOW, changed=False)
    backups.make(vault, MAKING)
    assert not backups.due(profile.folder, NOW + timedelta(minutes=29), changed=True)
    assert backups.due(profile.folder, NOW + timedelta(minutes=30), changed=True)


def test_a_cancelled_backup_leaves_nothing(profile: Profile, vault: Vault) -> None:
    engine = open_store(vault)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO person VALUES (:name)"), [{"name": "x" * 500}] * 5000)
    close_engine(engine)
    looks: list[tuple[int, int]] = []
    making = replace(MAKING, progress=lambda done, total: looks.append((done, total)), cancelled=lambda: len(looks) > 1)
    with pytest.raises(CancelledError):
        backups.back_up(vault, making)
    assert looks
    assert all(done <= total for done, total in looks)
    assert list((profile.folder / "backups").iterdir()) == []


def test_a_damaged_store_yields_no_backup_and_drops_none(profile: Profile, vault: Vault) -> None:
    engine = open_store(vault)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO person VALUES (:name)"), [{"name": "x" * 500}] * 100)
    close_engine(engine)
    old = backups.make(vault, replace(MAKING, now=NOW - timedelta(days=300)))
    content = bytearray((profile.folder / DATABASE).read_bytes())
    content[-2000] ^= 1
    (profile.folder / DATABASE).write_bytes(content)
    assert faults(profile.folder / DATABASE, vault)
    with pytest.raises(BackupFailedError):
        backups.back_up(vault, MAKING)
    assert backups.list_backups(profile.folder) == [old]


def test_an_unsound_store_is_backed_up_without_thinning(profile: Profile, vault: Vault) -> None:
    old = backups.make(vault, replace(MAKING, now=NOW - timedelta(days=300)))
    used = [backups.make(vault, replace(MAKING, now=NOW - timedelta(days=days))) for days in (2, 1)]
    new = backups.back_up(vault, MAKING, sound=False)
    assert backups.list_backups(profile.folder) == [new, *reversed(used), old]
    assert backups.rotate(profile.folder, NOW) == [old]


def test_a_clock_that_jumps_by_years_drops_no_copy_and_puts_off_none(profile: Profile, vault: Vault) -> None:
    made = [backups.back_up(vault, replace(MAKING, now=NOW - timedelta(days=days))) for days in (5, 4, 3, 2, 1)]
    ahead = backups.back_up(vault, replace(MAKING, now=NOW + timedelta(days=20 * 365)))
    back = backups.back_up(vault, replace(MAKING, now=NOW - timedelta(days=20 * 365)))
    kept = {backup.id for backup in backups.list_backups(profile.folder)}
    assert kept == {backup.id for backup in (*made, ahead, back)}
    assert backups.due(profile.folder, NOW, changed=True)
    for hours in (0, 1):
        backups.back_up(vault, replace(MAKING, now=NOW + timedelta(hours=hours)))
        kept = {backup.id for backup in backups.list_backups(profile.folder)}
        assert back.id in kept, "one of the three made last"
    backups.back_up(vault, replace(MAKING, now=NOW + timedelta(hours=2)))
    kept = {backup.id for backup in backups.list_backups(profile.folder)}
    assert kept >= {backup.id for backup in made}
    assert kept.isdisjoint({ahead.id, back.id}), "the right clock has shown itself: they go like any other"


def at_times(*moments: datetime) -> list[Backup]:
    return [
        Backup(m.isoformat(), Path(), m, 0, 1, 0, 1, "", "") for m in sorted(moments, reverse=True)
    ]  # fmt: skip


def test_the_rule_over_a_year_of_two_copies_a_day() -> None:
    copies = at_times(*(NOW - timedelta(hours=12 * n) for n in range(730)))
    kept = backups.wanted(copies, NOW)
    ages = [(NOW - backup.made_at).days for backup in kept]
    assert len([age for age in ages if age < 2]) == 4
    assert 12 <= len(kept) <= 19
    assert max(ages) <= 183
    assert max(ages) > 120, "months are kept"


@given(st.lists(st.integers(0, 400 * 24), unique=True, min_size=1, max_size=60))
def test_the_rule_keeps_the_recent_and_never_the_very_old(hours: list[int]) -> None:
    copies = at_times(*(NOW - timedelta(hours=n) for n in hours))
    kept = backups.wanted(copies, NOW)
    assert all(backup in kept for backup in copies if NOW - backup.made_at <= timedelta(days=2))
    days = {backup.made_at.date() for backup in copies if NOW - backup.made_at <= timedelta(days=183)}
    if len(days) < 3:
        assert kept == copies, "a wrong clock would look the same"
    else:
        assert all(NOW - backup.made_at <= timedelta(days=183) for backup in kept)
    assert backups.wanted(kept, NOW) == kept
    if min(hours) <= 183 * 24:
        assert kept
        assert kept[0] == copies[0]


def test_restoring_takes_the_place_and_sets_the_former_aside(root: Path, profile: Profile, vault: Vault) -> None:
    backup = backups.back_up(vault, MAKING)
    add(vault, "after")
    before = {path: path.read_bytes() for path in profile.folder.rglob("*") if path.is_file()}
    prepared: list[Path] = []
    new, opened = backups.restore(root, profile, backup, with_kit, prepare=lambda folder, _v: prepared.append(folder))
    assert names(opened) == [MARKER]
    assert [p.id for p in profiles.list_profiles(root)] == [new.id]
    assert [p.id for p in profiles.set_aside(root)] == [profile.id]
    assert {path: path.read_bytes() for path in before} == before
    assert names(vault) == [MARKER, "after"]
    assert (new.label, len(prepared)) == (profile.label, 1)
    assert backups.list_backups(new.folder) == [backup], "the former folder's copies still count"


def test_the_phrase_changed_after_a_restoration_also_opens_the_former_copies(root: Path, profile: Profile) -> None:
    backup = backups.back_up(unlock(profile.folder, PHRASE), MAKING)
    _new, opened = backups.restore(root, profile, backup, lambda folder: unlock(folder, PHRASE))
    change_passphrase(opened, PHRASE, OTHER, policy=CHEAP)
    assert (backup.path / keyfile.MAIN).read_bytes() == (opened.folder / keyfile.MAIN).read_bytes()


@pytest.mark.parametrize("spoil", ["byte", "short", "missing", "manifest", "key"])
def test_a_spoiled_backup_is_refused_and_changes_nothing(
    root: Path, profile: Profile, vault: Vault, spoil: str
) -> None:
    backup = backups.back_up(vault, MAKING)
    store = backup.path / DATABASE
    content = bytearray(store.read_bytes())
    if spoil == "byte":
        content[5000] ^= 1
        store.write_bytes(content)
    elif spoil == "short":
        store.write_bytes(content[:-4096])
    elif spoil == "missing":
        store.unlink()
    elif spoil == "manifest":
        content[5000] ^= 1
        store.write_bytes(content)
        manifest = json.loads((backup.path / "manifest.json").read_text())
        manifest["sha256"] = backups.digest(store)
        (backup.path / "manifest.json").write_text(json.dumps(manifest))
        backup = backups.read_backup(backup.path)
    else:
        (backup.path / keyfile.MAIN).unlink()
    with pytest.raises(BadBackupError):
        backups.restore(root, profile, backup, with_kit)
    assert [path.name for path in root.iterdir()] == [profile.id]
    assert names(vault) == [MARKER]


def test_a_wrong_phrase_restores_nothing(root: Path, profile: Profile, vault: Vault) -> None:
    backup = backups.back_up(vault, MAKING)
    with pytest.raises(WrongPassphraseError):
        backups.restore(root, profile, backup, lambda folder: unlock(folder, OTHER))
    assert [path.name for path in root.iterdir()] == [profile.id]


def test_the_copies_of_the_folder_restored_from_leave_in_their_time(
    root: Path, profile: Profile, vault: Vault
) -> None:
    old = backups.make(vault, replace(MAKING, now=NOW - timedelta(days=170)))
    made, opened = backups.restore(root, profile, old, lambda folder: unlock(folder, PHRASE))
    for days in (10, 20, 30):
        backups.back_up(opened, replace(MAKING, now=NOW + timedelta(days=days)))
    assert old.id not in {backup.id for backup in backups.list_backups(made.folder)}
    assert not old.path.exists()
    opened.close()


def test_a_restoration_of_a_restoration_and_deleting_it_all(root: Path, profile: Profile, vault: Vault) -> None:
    backup = backups.back_up(vault, MAKING)
    second, _v = backups.restore(root, profile, backup, with_kit)
    third, opened = backups.restore(root, second, backup, with_kit)
    assert [p.id for p in profiles.list_profiles(root)] == [third.id]
    assert {p.id for p in profiles.set_aside(root)} == {profile.id, second.id}
    assert names(opened) == [MARKER]
    profiles.delete(third)
    assert list(root.iterdir()) == []


def test_a_deleted_backup_is_gone(profile: Profile, vault: Vault) -> None:
    backup = backups.back_up(vault, MAKING)
    backups.delete_backup(backup)
    assert backups.list_backups(profile.folder) == []
    assert list((profile.folder / "backups").iterdir()) == []
