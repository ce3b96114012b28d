"""Profiles: whole or not at all, private, in a safe place, one process each."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from spie_desk.domain.vaults import NoSuchProfileError, ProfileInUseError, UnsafePlaceError
from spie_desk.store import places, profiles
from spie_desk.store.single import hold, request_raise
from spie_desk.store.vault import unlock
from tests.store.safes import MARKER, PHRASE, names, new_profile

HOLD = "import sys, pathlib; from spie_desk.store.single import hold; h = hold(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"  # noqa: E501


def test_a_profile_is_private_and_names_nobody(tmp_path: Path) -> None:
    profile, vault = new_profile(tmp_path / "root")
    assert vault.folder == profile.folder
    assert names(vault) == [MARKER]
    assert profiles.list_profiles(tmp_path / "root") == [profile]
    assert profiles.at_folder(profile.folder) == profile
    for path in (tmp_path / "root").rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path.name
        assert MARKER not in str(path)
        assert path.is_dir() or MARKER.encode() not in path.read_bytes()


def test_a_failed_creation_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "vault.key").write_text("half")
        raise MemoryError

    with pytest.raises(MemoryError):
        profiles.create(tmp_path / "root", profiles.Profile("", tmp_path, "A", ""), fail)  # type: ignore[arg-type]
    assert list((tmp_path / "root").iterdir()) == []


def test_renaming_and_deleting(tmp_path: Path) -> None:
    profile, vault = new_profile(tmp_path)
    renamed = profiles.rename(profile, "Maraude", "#aa0000")
    assert profiles.find(tmp_path, profile.id) == renamed
    with hold(profile.folder), pytest.raises(ProfileInUseError):
        profiles.delete(renamed)
    assert names(vault) == [MARKER]
    profiles.delete(renamed)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NoSuchProfileError):
        profiles.find(tmp_path, profile.id)


def test_a_profile_without_its_card_is_still_there(tmp_path: Path) -> None:
    profile, _vault = new_profile(tmp_path)
    (profile.folder / "profile.json").write_text("{")
    assert [p.id for p in profiles.list_profiles(tmp_path)] == [profile.id]
    assert names(unlock(profile.folder, PHRASE)) == [MARKER]


def test_leftovers_are_deleted_and_the_rest_is_not(tmp_path: Path) -> None:
    profile, vault = new_profile(tmp_path)
    (profile.folder / ".kdeadbeef").write_bytes(b"half")
    (tmp_path / ".new-dead").mkdir()
    making = tmp_path / ".new-alive"
    making.mkdir()
    profiles.tidy(profile)
    with hold(making):
        profiles.open_root(tmp_path)
        assert making.exists()
    assert not (tmp_path / ".new-dead").exists()
    assert not (profile.folder / ".kdeadbeef").exists()
    assert names(vault) == [MARKER]


def test_a_second_process_is_refused_asks_for_the_window_and_a_dead_one_lets_go(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(ProfileInUseError):
            hold(tmp_path)
        child.kill()
        child.wait()
    with hold(tmp_path) as ours:
        assert not ours.take_request()
        request_raise(tmp_path)
        assert ours.take_request()
        assert not ours.take_request()
    hold(tmp_path).release()


@pytest.mark.parametrize("place", [
    "/home/a/OneDrive - Mairie/x", "/home/a/Nextcloud/desk", "/Users/a/Library/Mobile Documents/x", "/media/Dropbox",
])  # fmt: skip
def test_a_synchronised_folder_is_refused(place: str) -> None:
    assert places._synchronised(PurePosixPath(place), {}, PurePosixPath("/home/a"))


def test_the_folder_that_onedrive_names_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEDRIVE", str(tmp_path / "nuage"))
    with pytest.raises(UnsafePlaceError):
        profiles.open_root(tmp_path / "nuage" / "profils")
    assert not (tmp_path / "nuage").exists()


def test_a_link_to_a_refused_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "local").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(UnsafePlaceError):
        profiles.open_root(tmp_path / "local")


def test_the_filesystem_is_the_one_of_the_deepest_mount() -> None:
    mounts = "\n".join((
        "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw",
        "40 27 0:40 / /mnt/partage\\040commun rw - cifs //serveur/p rw",
    ))
    assert places.filesystem_of(PurePosixPath("/home/a"), mounts) == "ext4"
    assert places.filesystem_of(PurePosixPath("/mnt/partage commun/x"), mounts) == "cifs"
    assert places.filesystem_of(PurePosixPath("/mnt/partage"), mounts) == "ext4"
