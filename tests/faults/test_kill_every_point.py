"""Killed (-9) at every named point of every deed: what was acknowledged is there, nothing is half done, all opens."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from spie_desk.app.keeper import ProfileKeeper
from spie_desk.domain.vaults import WrongPassphraseError
from spie_desk.services.doorway import Opened
from spie_desk.store import backups, keyfile, profiles, vault
from spie_desk.store.copying import faults
from spie_desk.store.durable import At, nowhere
from spie_desk.store.open import EncryptedStore
from tests.faults.deeds import DEEDS, NEW_PHRASE, Deed, change_passphrase, restore
from tests.faults.places import Place, founded, killed_at, plain, points_of, seen
from tests.stores import PASSPHRASE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return founded(tmp_path_factory.mktemp("killed"))


@dataclass
class Ear:
    """Handed in at the opening; hears the points once it is told to listen."""

    at: At = nowhere

    def __call__(self, point: str) -> None:
        self.at(point)


def done(place: Place, deed: Deed, at: At) -> None:
    """The deed on the profile opened by its door; only its own points are told, not those of the opening."""
    ear = Ear()
    opened = place.open(ear)
    ear.at = at
    deed.do(opened, place)
    ear.at = nowhere
    quietly_closed(opened)


def quietly_closed(opened: Opened) -> None:
    """Without the backup of a full lock: that one is a deed of its own."""
    keeper = opened.keeper
    assert isinstance(keeper, ProfileKeeper)
    keeper.changed = False
    keeper.close()


@dataclass
class Looker:
    """Opens by the real door and looks. What it already found equal to its journal is not derived again."""

    place: Place
    sound: list[dict[str, list[str]]] = field(default_factory=list)
    desks: list[bytes] = field(default_factory=list)

    def found(self) -> dict[str, list[str]]:
        opened = self.place.open(seed=7)
        keeper, store = opened.keeper, opened.desk.store
        assert isinstance(keeper, ProfileKeeper)
        assert isinstance(store, EncryptedStore)
        found = seen(keeper)
        self.desks.append(store.desk_id)
        if found not in self.sound:
            assert store.check() == []
            self.sound.append(found)
        quietly_closed(opened)
        assert faults(keeper.opened.folder / vault.DATABASE, self.place.unlocked(), deep=True) == []
        assert not list(self.place.root.rglob(".k*"))
        return found

    def pages(self, into: Path) -> bytes:
        opened = self.place.open()
        assert isinstance(opened.keeper, ProfileKeeper)
        found = plain(opened.keeper, into)
        quietly_closed(opened)
        return found


@pytest.fixture
def look(place: Place) -> Looker:
    place.reset()
    return Looker(place)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_killed_at_every_point(place: Place, look: Looker, deed: Deed, tmp_path: Path) -> None:
    before = look.found()
    place.reset()
    points = points_of(lambda at: done(place, deed, at))
    assert set(deed.points) <= set(points)
    after = look.found()
    assert (after != before) is deed.changes
    last = max((n for n, point in enumerate(points) if ": before commit" in point), default=0)
    came = False
    for n, point in enumerate(points):
        place.reset()
        assert killed_at(point, lambda at: done(place, deed, at)), point
        found = look.found()
        assert look.desks[-1] == look.desks[0], f"a new desk, for nothing: {point}"
        assert found in (before, after), f"half done: {point}"
        assert not came or found == after, f"lost again: {point}"
        came = found == after
        if deed.changes:
            assert came or n <= last, f"acknowledged and lost: {point}"
        if deed.erases and came:
            assert deed.erases.encode() not in look.pages(tmp_path / "plain"), point
        keys_and_copies_are_whole(place, point)


def keys_and_copies_are_whole(place: Place, point: str) -> None:
    opened = place.unlocked()
    for copy in backups.list_backups(place.folder):
        assert faults(copy.path / vault.DATABASE, opened) == [], point
    keys = {path.read_bytes() for path in place.folder.rglob("vault.key*")}
    assert len(keys) == 1, f"copies of the key file differ: {point}"


def test_a_passphrase_killed_while_it_changes_is_the_old_one_or_the_new_one(place: Place) -> None:
    place.reset()
    former = keyfile.read(place.folder / keyfile.MAIN).of("passphrase")[0].id
    deed = Deed("change", change_passphrase, ())
    for point in ("key-main:written", "key-main:replaced"):
        place.reset()
        assert killed_at(point, lambda at: done(place, deed, at))
        place.unlocked().close()
        (slot,) = keyfile.read(place.folder / keyfile.MAIN).of("passphrase")
        right, wrong = (PASSPHRASE, NEW_PHRASE) if slot.id == former else (NEW_PHRASE, PASSPHRASE)
        assert (right == NEW_PHRASE) is (point == "key-main:replaced")
        place.door().unlock(place.profile.id, right).keeper.close()
        with pytest.raises(WrongPassphraseError):
            place.door().unlock(place.profile.id, wrong)


def test_killed_at_every_point_of_a_restoration(place: Place, look: Looker) -> None:
    standing = place.folder
    whole = look.found()
    place.reset()
    points = points_of(lambda at: restore(place, at))
    assert {"restore:before", "restore:copied", "restore:proved", "card:durable", "profile:before", "profile:named",
            "erase again: begun", "erase again: committed", "witness:durable"} <= set(points)  # fmt: skip
    copied = look.found()
    named = points.index("profile:named")
    for n, point in enumerate(points):
        place.reset()
        assert killed_at(point, lambda at: restore(place, at)), point
        profiles.open_root(place.root)
        assert (place.folder == standing) is (n < named), point
        found = look.found()
        assert found == (whole if n < named else copied), point
        assert keyfile.read(standing / keyfile.MAIN).slots, "what is replaced is whole"
        assert faults(standing / vault.DATABASE, place.unlocked(standing)) == [], point


def test_a_commit_torn_at_every_page_is_whole_or_absent(place: Place, look: Looker) -> None:
    """The power fails while the log is written: its tail is missing, wherever it is cut."""
    (deed,) = (one for one in DEEDS if one.name == "sign")
    before = look.found()
    place.reset()
    assert killed_at("unit: written", lambda at: done(place, deed, at))
    begun = (place.folder / f"{vault.DATABASE}-wal").stat().st_size
    place.reset()
    assert killed_at("unit: committed", lambda at: done(place, deed, at))
    log = (place.folder / f"{vault.DATABASE}-wal").read_bytes()
    main = (place.folder / vault.DATABASE).read_bytes()
    witnesses = {path: path.read_bytes() for path in place.state.iterdir() if path.is_file()}
    after = look.found()
    assert after != before
    frame = 4096 + 24
    assert len(log) > begun + frame, "the commit wrote several pages"
    cuts = [*range(begun, len(log), frame), len(log) - 1, begun + frame // 2]
    for cut in cuts:
        place.reset()
        (place.folder / vault.DATABASE).write_bytes(main)
        for path, content in witnesses.items():
            path.write_bytes(content)
        (place.folder / f"{vault.DATABASE}-wal").write_bytes(log[:cut])
        found = look.found()
        assert found == before, f"cut at {cut} of {len(log)}"
