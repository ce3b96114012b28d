"""Killed (-9) at any named point, a profile opens, with all of the old or all of the new."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from spie_desk.domain.vaults import DamagedStoreError, WrongKitError, WrongPassphraseError
from spie_desk.store import backups, keyfile, profiles
from spie_desk.store.aside import open_store
from spie_desk.store.copying import faults
from spie_desk.store.durable import At
from spie_desk.store.profiles import Profile
from spie_desk.store.vault import DATABASE, set_kit, set_passphrase, unlock, unlock_with_kit
from spie_desk.store.witness import Witness, begin_anew
from spie_sync.change import Dot
from tests.store.safes import CHEAP, KIT, MAKING, MARKER, OTHER, PHRASE, killed_at, names, new_profile, points_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("profiles")
    _profile, vault = new_profile(root)
    backups.back_up(vault, MAKING)
    return root


@dataclass
class Bench:
    """A fresh copy of one profile for each kill."""

    made: Path
    tmp: Path
    count: int = 0

    def copy(self) -> tuple[Path, Profile]:
        self.count += 1
        root = Path(shutil.copytree(self.made, self.tmp / f"root{self.count}"))
        return root, profiles.list_profiles(root)[0]

    def kill_everywhere(
        self, deed: Callable[[Path, Profile, At], object], look: Callable[[Path, Profile, str], None]
    ) -> list[str]:
        """Do the deed once to learn its points, then kill it at each, and look at what is left."""
        root, profile = self.copy()
        points = points_of(lambda at: deed(root, profile, at))
        for point in points:
            root, profile = self.copy()
            assert killed_at(point, lambda at, r=root, p=profile: deed(r, p, at)), point
            look(root, profile, point)
        return points


@pytest.fixture
def bench(made: Path, tmp_path: Path) -> Bench:
    return Bench(made, tmp_path)


def test_changing_the_phrase(bench: Bench) -> None:
    _root, untouched = bench.copy()
    former = keyfile.read(untouched.folder / keyfile.MAIN).of("passphrase")[0].id

    def deed(_root: Path, profile: Profile, at: At) -> None:
        set_passphrase(unlock_with_kit(profile.folder, KIT), OTHER, policy=CHEAP, at=at)

    def look(root: Path, profile: Profile, point: str) -> None:
        profiles.open_root(root)
        profiles.tidy(profile)
        assert not list(profile.folder.glob(".k*")), point
        assert names(unlock_with_kit(profile.folder, KIT)) == [MARKER], point
        keys = {p.read_bytes() for p in profile.folder.rglob("vault.key*")}
        assert len(keys) == 1, "every copy is the same again"
        (slot,) = keyfile.read(profile.folder / keyfile.MAIN).of("passphrase")
        assert unlock(profile.folder, PHRASE if slot.id == former else OTHER), point
        if point in ("change:before", "change:done"):
            with pytest.raises(WrongPassphraseError):
                unlock(profile.folder, OTHER if slot.id == former else PHRASE)

    points = bench.kill_everywhere(deed, look)
    assert {"change:before", "key-main:replaced", "key-spare:written", "key-backup:replaced"} <= set(points)


def test_changing_the_kit(bench: Bench) -> None:
    _root, untouched = bench.copy()
    former = keyfile.read(untouched.folder / keyfile.MAIN).of("kit")[0].id

    def deed(_root: Path, profile: Profile, at: At) -> None:
        set_kit(unlock_with_kit(profile.folder, KIT), b"n" * 32, at)

    def look(_root: Path, profile: Profile, point: str) -> None:
        (slot,) = keyfile.read(profile.folder / keyfile.MAIN).of("kit")
        right, wrong = (KIT, b"n" * 32) if slot.id == former else (b"n" * 32, KIT)
        assert names(unlock_with_kit(profile.folder, right)) == [MARKER], point
        with pytest.raises(WrongKitError):
            unlock_with_kit(profile.folder, wrong)
        assert keyfile.read(profile.folder / keyfile.MAIN).of("passphrase"), point

    bench.kill_everywhere(deed, look)


def test_backing_up(bench: Bench) -> None:
    def deed(_root: Path, profile: Profile, at: At) -> None:
        vault = unlock_with_kit(profile.folder, KIT)
        backups.back_up(vault, MAKING, at=at)

    def look(_root: Path, profile: Profile, point: str) -> None:
        vault = unlock_with_kit(profile.folder, KIT)
        assert names(vault) == [MARKER], point
        for backup in backups.list_backups(profile.folder):
            assert faults(backup.path / DATABASE, vault) == [], point
        backups.rotate(profile.folder, MAKING.now)
        assert all(path.name[0] != "." for path in (profile.folder / "backups").iterdir()), point

    points = bench.kill_everywhere(deed, look)
    assert {"copy:before", "copy:written", "manifest:written", "backup:before", "backup:named"} <= set(points)


def test_restoring(bench: Bench) -> None:
    def deed(root: Path, profile: Profile, at: At) -> None:
        copy = backups.list_backups(profile.folder)[0]
        backups.restore(root, profile, copy, lambda folder: unlock_with_kit(folder, KIT, at), at=at)

    def look(root: Path, profile: Profile, point: str) -> None:
        profiles.open_root(root)
        shown = profiles.list_profiles(root)
        assert len(shown) == 1, point
        assert names(unlock_with_kit(shown[0].folder, KIT)) == [MARKER], point
        assert names(unlock_with_kit(profile.folder, KIT)) == [MARKER], "what it replaces is whole"
        assert all(path.name[0] != "." for path in root.iterdir()), point

    points = bench.kill_everywhere(deed, look)
    assert {"restore:before", "restore:copied", "restore:proved", "profile:before", "profile:named"} <= set(points)


def test_creating(tmp_path: Path) -> None:
    points = points_of(lambda at: new_profile(tmp_path / "once", at))
    assert {"create:key", "key-main:durable", "create:tables", "card:durable", "profile:named"} <= set(points)
    for number, point in enumerate(points):
        root = tmp_path / str(number)
        assert killed_at(point, lambda at, r=root: new_profile(r, at)), point
        profiles.open_root(root)
        for profile in profiles.list_profiles(root):
            assert names(unlock_with_kit(profile.folder, KIT)) == [MARKER], point
        assert all(path.name[0] != "." for path in root.iterdir()), point


def test_deleting(bench: Bench) -> None:
    def look(root: Path, _profile: Profile, point: str) -> None:
        profiles.open_root(root)
        for profile in profiles.list_profiles(root):
            assert names(unlock_with_kit(profile.folder, KIT)) == [MARKER], point

    bench.kill_everywhere(lambda _root, profile, at: profiles.delete(profile, at), look)


def test_setting_aside(bench: Bench) -> None:
    def deed(_root: Path, profile: Profile, at: At) -> None:
        vault = unlock_with_kit(profile.folder, KIT)
        store = profile.folder / DATABASE
        if store.exists():
            store.write_bytes(b"spoiled" * 1000)
            (profile.folder / f"{DATABASE}-wal").write_bytes(b"log")
        with pytest.raises(DamagedStoreError):
            open_store(vault, at=at)

    def look(_root: Path, profile: Profile, point: str) -> None:
        with pytest.raises(DamagedStoreError):
            open_store(unlock_with_kit(profile.folder, KIT))
        moved = (path for path in profile.folder.glob("aside/*/vault.db*") if path.suffix != ".db-shm")
        kept = {path.name: path.read_bytes() for path in moved}
        assert kept == {DATABASE: b"spoiled" * 1000, f"{DATABASE}-wal": b"log"}, point
        assert not list(profile.folder.glob("vault.db*")), point

    bench.kill_everywhere(deed, look)


def test_becoming_a_new_desk(bench: Bench) -> None:
    def deed(root: Path, profile: Profile, at: At) -> None:
        vault = unlock_with_kit(profile.folder, KIT)
        witness = Witness(root.with_name(f"{root.name}-state"), vault.vault_id, profile.folder, at)
        engine = open_store(vault)
        begin_anew(engine, witness, lambda c: c.exec_driver_sql("INSERT INTO person VALUES ('new desk')"))
        witness.reserve({b"c" * 16: 1})
        witness.erase([(b"c" * 16, Dot(b"d" * 16, 1), "*")])

    def look(root: Path, profile: Profile, point: str) -> None:
        vault = unlock_with_kit(profile.folder, KIT)
        Witness(root.with_name(f"{root.name}-state"), vault.vault_id, profile.folder)
        assert names(vault)[0] == MARKER, point

    bench.kill_everywhere(deed, look)
