"""A real profile that is put back as it was for each fault: the same folder, the same witness, the same life in it."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.keeper import ProfileKeeper
from spie_desk.app.shipped_lists import example_people
from spie_desk.domain.drafts import Draft
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records.note import Note
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Shown
from spie_desk.services import merging, notes, people, quick, records, work
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import NewProfile, Opened
from spie_desk.store import profiles, vault
from spie_desk.store.durable import At, nowhere
from spie_desk.store.engine import connect
from spie_desk.store.profiles import Profile
from spie_desk.store.vault import FLOOR, Vault
from spie_sync.change import Change
from tests.clock import FakeChance, FakeClock
from tests.examples import an_id
from tests.stores import PASSPHRASE

KIT = bytes(range(32))
CANARY, LOOSE_CANARY = "zygomorphe", "philtrum"
ABEL, ABELLE, NOTE, WAITING, LOOSE = (an_id(name) for name in ("abel", "abelle", "note", "waiting", "loose"))
"""Two people whose names are near, a signed note in the first one's file, a draft of a note, a quick note."""


@dataclass
class Place:
    """One profile in folders of its own. ``reset`` puts every byte back, and leaves the folders what they are: a
    profile whose folder is another one is a copy, and a copy becomes a new desk."""

    base: Path
    clock: FakeClock = field(default_factory=FakeClock)
    _kept: Path = Path()

    @property
    def root(self) -> Path:
        return self.base / "profiles"

    @property
    def state(self) -> Path:
        return self.base / "state"

    @property
    def profile(self) -> Profile:
        (found,) = profiles.list_profiles(self.root)
        return found

    @property
    def folder(self) -> Path:
        return self.profile.folder

    def door(self, at: At = nowhere, seed: int = 99) -> LocalDoorway:
        return LocalDoorway(self.root, self.state, FakeClock(self.clock.now()), FakeChance(seed), time.monotonic, FLOOR,
                            at, example_people)  # fmt: skip

    def open(self, at: At = nowhere, folder: Path | None = None, seed: int = 99) -> Opened:
        """By the real door, with the kit's secret: it costs nothing, where a passphrase costs a quarter of a second."""
        profile = profiles.at_folder(folder) if folder else self.profile
        return self.door(at, seed)._enter(profile, lambda: self.unlocked(profile.folder, at))

    def unlocked(self, folder: Path | None = None, at: At = nowhere) -> Vault:
        return vault.unlock_with_kit(folder or self.folder, KIT, at)

    def keep(self) -> None:
        """From now on this is what ``reset`` puts back."""
        self._kept = self.base / "kept"
        shutil.rmtree(self._kept, ignore_errors=True)
        for name in ("profiles", "state"):
            shutil.copytree(self.base / name, self._kept / name)

    def reset(self) -> None:
        for name in ("profiles", "state"):
            _same(self._kept / name, self.base / name)


def _same(wanted: Path, found: Path) -> None:
    """Make a folder's content that of another one; folders that stand keep their place on the disk."""
    there = {path.name for path in wanted.iterdir()}
    for path in found.iterdir():
        if path.is_dir() and path.name not in there:
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()
    for path in wanted.iterdir():
        if path.is_file():
            shutil.copy2(path, found / path.name)
        else:
            (found / path.name).mkdir(mode=0o700, exist_ok=True)
            _same(path, found / path.name)


def founded(base: Path) -> Place:
    """A profile with two near names, a signed note, drafts that wait and a backup, closed."""
    place = Place(base)
    me, structure = founders(example_people())
    wish = NewProfile(label="Bureau", colour="teal", passphrase=PASSPHRASE, me=me, structure=structure)
    opened = place.door(seed=1).create(wish)
    keeper = opened.keeper
    assert isinstance(keeper, ProfileKeeper)
    vault.set_kit(keeper.opened, KIT)
    live(opened.desk)
    keeper.back_up()
    place.clock.move(hours=1)
    people.create(opened.desk, Person(id=an_id("later"), last_name="Après"))
    keeper.changed = False
    keeper.close()
    place.keep()
    return place


def live(desk: Desk) -> None:
    for record, name in ((ABEL, "Abel"), (ABELLE, "Abelle")):
        people.create(desk, Person(id=record, last_name=name, email="abel@example.org"))
    note = replace(notes.blank(desk, ABEL), id=NOTE, text=f"Elle parle de {CANARY}.")
    notes.sign(desk, note)
    shown = the(desk, "person", ABELLE)
    records.save(desk, "person", replace(shown.record, nickname="Zoé"), shown)
    desk.store.receive([of_a_stranger(desk, shown, "Lola", 1)])
    waiting = replace(notes.blank(desk, ABEL), id=an_id("a note to come"), text="Vue au marché, doit rappeler lundi.")
    work.keep(desk, Draft(id=WAITING, form="note", kind="note", record=waiting.id, person=ABEL,
                          values=quick.values_of(waiting)))  # fmt: skip
    for record in (JOINED, JOINED_TOO):
        people.create(desk, Person(id=record, last_name="Deuxfois"))
    merging.link(desk, JOINED, JOINED_TOO)
    notes.sign(desk, replace(notes.blank(desk, JOINED), text="Écrite depuis."))
    quick.note_quickly(desk, f"{LOOSE_CANARY} sous le pont", draft=LOOSE)


def of_a_stranger(desk: Desk, shown: Shown[Any], nickname: str, n: int) -> Change:
    """What a colleague wrote on what was shown, without having seen what came since."""
    (written, *_rest) = desk.store.records.deed(shown.first.deed)
    return replace(written, desk=an_id("stranger"), n=n, person=an_id("somebody"), deed=an_id(f"their deed {n}"),
                   hlc=written.hlc + (n << 20), commitment=b"", salt=b"", record=shown.record.id, kind="person",
                   circle=shown.circle, values={"nickname": nickname}, base={"nickname": shown.bases.of("nickname")},
                   )  # fmt: skip


def the(desk: Desk, kind: str, record: bytes) -> Shown[Any]:
    found = records.get(desk, kind, record)
    assert found is not None
    return found


def the_note(desk: Desk) -> Shown[Note]:
    return the(desk, "note", NOTE)


_PASSING = ("meta", "setting", "sqlite_", "access", "find_people", "find_texts", "identity", "desk")
"""What differs without anything being lost: sessions, counters, keys; an index stands by its words."""
_WORDS = "CREATE VIRTUAL TABLE temp.{0}_words USING fts5vocab('main', {0}, row)"


def seen(keeper: ProfileKeeper) -> dict[str, list[str]]:
    """Every row of every table that holds work: the journal, records, heads, words of the index, drafts."""
    raw = connect(keeper.opened.folder / vault.DATABASE, keeper.opened.key("db"))
    try:
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        for name in ("find_people", "find_texts"):
            raw.execute(_WORDS.format(name))
        wanted = [name for name in tables if not name.startswith(_PASSING)] + ["find_people_words", "find_texts_words"]
        return {name: sorted(map(repr, raw.execute(f'SELECT * FROM "{name}"'))) for name in wanted}
    finally:
        raw.close()


def plain(keeper: ProfileKeeper, into: Path) -> bytes:
    """Every page of an open store, decrypted: what a thief with the key could read."""
    into.unlink(missing_ok=True)
    raw = connect(keeper.opened.folder / vault.DATABASE, keeper.opened.key("db"))
    raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(into),))
    raw.execute("PRAGMA plain.synchronous=OFF").fetchall()
    raw.execute("PRAGMA plain.journal_mode=OFF").fetchall()
    raw.execute("SELECT sqlcipher_export('plain')").fetchall()
    raw.execute("DETACH DATABASE plain")
    raw.close()
    return into.read_bytes().lower()


def points_of(deed: Callable[[At], object]) -> list[str]:
    """The points that the deed passes, in their order; one passed again bears its turn: « settings: begun (2) »."""
    counter = Counted()
    deed(counter)
    return counter.passed


@dataclass
class Counted:
    """Names each passing of a point once."""

    passed: list[str] = field(default_factory=list)
    turns: dict[str, int] = field(default_factory=dict)
    stop_at: str = ""

    def __call__(self, point: str) -> None:
        self.turns[point] = self.turns.get(point, 0) + 1
        turn = self.turns[point]
        name = point if turn == 1 else f"{point} ({turn})"
        self.passed.append(name)
        if name == self.stop_at:
            os.kill(os.getpid(), signal.SIGKILL)


def killed_at(point: str, deed: Callable[[At], object]) -> bool:
    """Do the deed in a child that kills itself (-9) there; False if it never came there."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            deed(Counted(stop_at=point))
            status = 0
        finally:
            os._exit(status)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


JOINED, JOINED_TOO = an_id("joined"), an_id("joined too")
"""Two files of one person, with a note written since they were joined."""
TODAY = date(2026, 12, 9)
