"""A disk that is full, read-only or slow: a sentence, nothing half done, and the text kept until the disk takes it."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from spie_desk.app.keeper import ProfileKeeper
from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import DeskError
from spie_desk.domain.vaults import DiskFullError, DiskRefusedError, ReadOnlyDiskError
from spie_desk.services import notes, work
from spie_desk.services.doorway import Opened
from spie_desk.store import ballast
from spie_desk.store.engine import connect
from spie_desk.store.open import EncryptedStore
from spie_desk.texts import sentence
from tests.examples import an_id
from tests.faults.deeds import CSV, DEEDS, LIST, Deed
from tests.faults.disks import linux_only, nothing_more_written, small_disk
from tests.faults.places import ABEL, Place, founded, seen

REFUSED = (DiskFullError, DiskRefusedError, ReadOnlyDiskError)
KEPT = 256 * 1024


def keeper_of(opened: Opened) -> ProfileKeeper:
    assert isinstance(opened.keeper, ProfileKeeper)
    return opened.keeper


def typed(n: int = 0, words: str = "Elle a trouvé un logement.") -> Draft:
    return Draft(id=an_id(f"typed {n}"), form="note", kind="note", person=ABEL, values={"text": words})


def sound(opened: Opened) -> bool:
    store = opened.desk.store
    assert isinstance(store, EncryptedStore)
    return store.check() == []


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return founded(tmp_path_factory.mktemp("full"))


def quietly_closed(opened: Opened) -> None:
    keeper = keeper_of(opened)
    keeper.changed = False
    keeper.close()


@linux_only
@pytest.mark.parametrize("deed", [one for one in DEEDS if one.name not in {"full lock"}], ids=lambda deed: deed.name)
def test_a_deed_on_a_disk_that_takes_no_byte_is_said_and_changes_nothing(place: Place, deed: Deed) -> None:
    place.reset()
    opened = place.open()
    before = seen(keeper_of(opened))
    (place.base / LIST).write_text(CSV, encoding="utf-8")
    with nothing_more_written(), pytest.raises(REFUSED) as refused:
        deed.do(opened, place)
    assert sentence(refused.value).count("Rien n’est perdu") + sentence(refused.value).count("rien n’est perdu") == 1
    found = seen(keeper_of(opened))
    assert found == before
    deed.do(opened, place)
    assert (seen(keeper_of(opened)) != before) is deed.changes
    assert sound(opened)
    quietly_closed(opened)
    place.unlocked().close()


@linux_only
def test_what_the_disk_refused_stays_in_view_and_is_saved_once_it_can(place: Place) -> None:
    place.reset()
    opened = place.open()
    with nothing_more_written():
        for n in range(2):
            with pytest.raises(DiskRefusedError):
                work.keep(opened.desk, typed(n))
        shown = {one.id: one.values for one in work.drafts(opened.desk)}
        assert {typed(0).id, typed(1).id} <= set(shown), "a form that closes takes no word along"
        assert keeper_of(opened).waiting() == 2
        with pytest.raises(DiskRefusedError):
            keeper_of(opened).settle()
    work.keep(opened.desk, typed(0, "Elle a trouvé un logement, et l’écrit."))
    assert keeper_of(opened).waiting() == 1
    assert keeper_of(opened).settle() == 1
    assert keeper_of(opened).waiting() == 0
    quietly_closed(opened)
    again = place.open()
    kept = {one.id: one.values.get("text") for one in work.drafts(again.desk)}
    assert kept[typed(0).id] == "Elle a trouvé un logement, et l’écrit."
    assert kept[typed(1).id] == "Elle a trouvé un logement."
    quietly_closed(again)


@linux_only
def test_a_lock_without_room_for_its_backup_still_closes_and_says_so(place: Place) -> None:
    place.reset()
    opened = place.open()
    work.keep(opened.desk, typed())
    keeper = keeper_of(opened)
    keeper.changed = True
    with nothing_more_written(), pytest.raises(REFUSED):
        keeper.close()
    assert keeper.closed
    assert not any(keeper.opened.master), "the key is forgotten all the same"
    again = place.open()
    assert typed().id in {one.id for one in work.drafts(again.desk)}
    assert sound(again)
    quietly_closed(again)


def test_room_is_kept_aside_given_up_once_and_laid_again(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    assert not ballast.lay(tmp_path, KEPT, low=free * 2), "nothing is taken from a disk that lacks room"
    assert ballast.lay(tmp_path, KEPT, low=0)
    assert (tmp_path / ballast.NAME).stat().st_size == KEPT
    assert (tmp_path / ballast.NAME).stat().st_blocks * 512 >= KEPT, "room that is truly taken"
    assert ballast.give_up(tmp_path)
    assert not ballast.give_up(tmp_path)
    assert ballast.lay(tmp_path, KEPT, low=0)


def on_a_small_disk(place: Place, at: Path) -> Place:
    """The same profile on that disk: a copy, hence a new desk the first time; from then on it is at home."""
    place.reset()
    for name in ("profiles", "state"):
        shutil.copytree(place.base / name, at / name)
    moved = Place(at, place.clock)
    quietly_closed(moved.open(seed=5))
    return moved


def test_a_full_disk_refuses_deeds_and_still_takes_what_is_typed(place: Place, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 16) as disk:
        there = on_a_small_disk(place, disk.place)
        opened = there.open()
        keeper = keeper_of(opened)
        assert ballast.lay(there.folder, 2 << 20, low=0)
        disk.fill()
        note, words = notes.blank(opened.desk, ABEL), "x" * 400_000
        before = seen(keeper)
        with pytest.raises(DiskFullError) as full:
            notes.sign(opened.desk, replace(note, text=words))
        assert sentence(full.value).startswith("Disque plein\u00a0: rien n’est perdu à l’écran.")
        assert seen(keeper) == before
        assert sound_enough(keeper)
        work.keep(opened.desk, typed(1, words[:40_000]))
        assert not (there.folder / ballast.NAME).exists(), "the room kept aside was given up for it"
        assert keeper.waiting() == 0
        disk.fill()
        with pytest.raises(DiskFullError):
            work.keep(opened.desk, typed(2, words * 10))
        assert keeper.waiting() == 1
        disk.empty()
        assert keeper.settle() == 1
        assert sound(opened)
        quietly_closed(opened)
        again = there.open()
        assert typed(1).id in {one.id for one in work.drafts(again.desk)}
        quietly_closed(again)


def sound_enough(keeper: ProfileKeeper) -> bool:
    """Without room to derive anything beside: the seals of the pages alone."""
    raw = connect(keeper.opened.folder / "vault.db", keeper.opened.key("db"))
    try:
        return not raw.execute("PRAGMA cipher_integrity_check").fetchall()
    finally:
        raw.close()


def test_a_read_only_disk_is_said_at_the_door_and_called_nothing_else(place: Place, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 64) as disk:
        there = on_a_small_disk(place, disk.place)
        disk.allow_writing(allowed=False)
        with pytest.raises(ReadOnlyDiskError) as said:
            there.open()
        assert "n’accepte que la lecture" in sentence(said.value)
        disk.allow_writing(allowed=True)
        quietly_closed(there.open())


def test_a_folder_that_may_not_be_written_is_said(place: Place) -> None:
    if os.geteuid() == 0:
        pytest.skip("root writes wherever it likes: see the read-only disk above")
    place.reset()
    folder = place.folder
    folder.chmod(0o500)
    for path in folder.iterdir():
        if path.is_file():
            path.chmod(0o400)
    try:
        with pytest.raises(ReadOnlyDiskError):
            place.open()
    finally:
        folder.chmod(0o700)
        for path in folder.iterdir():
            if path.is_file():
                path.chmod(0o600)
    quietly_closed(place.open())


def test_every_refusal_says_what_to_do() -> None:
    said = {sentence(one()) for one in REFUSED}
    assert len(said) == 3
    assert all(issubclass(one, DeskError) and one.next_step for one in REFUSED)
