"""The made-up profiles that are measured: built once through the product’s own door, kept in bench/.cache, copied.

A profile of so many people holds ten other records and ten notes for each. Building goes in steps, each one
transaction that also says where it stands, so that it can be stopped at any moment and taken up again.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

from sqlalchemy import Engine

from bench.harness.people import NOTES_EACH, PER_PERSON, TODAY, VERSION, Made, World, id_of
from bench.harness.sampling import collector_held
from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.hands import SystemChance
from spie_desk.app.keeper import ProfileKeeper
from spie_desk.app.shipped_lists import example_people
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records import KINDS
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import NewProfile, Opened
from spie_desk.services.ports import Deed
from spie_desk.store import rebuild
from spie_desk.store.derived import Derived
from spie_desk.store.engine import close_engine, connect, open_engine
from spie_desk.store.open import EncryptedStore
from spie_desk.store.packing import DICTIONARY, packed, unpacked
from spie_desk.store.vault import DATABASE, FLOOR, unlock
from spie_desk.store.witness import Witness

CACHE = Path(__file__).resolve().parents[1] / ".cache"
PASSPHRASE = "sept mots pour ouvrir ce profil fictif"
SMALL, MIDDLE, LARGE = 500, 5_000, 50_000
"""People: 10,000, 100,000 and 1,000,000 changes."""
SIZES = (SMALL, MIDDLE, LARGE)

STEP = 2_500
_AT = "bench_step"
_IDLE = 400


class NotReadyError(Exception):
    """The store is not whole yet and the time is up: run the same command again."""


class BenchClock:
    """The morning of every measure; building moves it through the three years before."""

    def __init__(self) -> None:
        self._now = TODAY

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now


@dataclass
class Stock:
    """One open profile: the desk that the screens are handed, and what lies under it."""

    desk: Desk
    keeper: ProfileKeeper
    people: int
    root: Path
    state: Path

    @property
    def store(self) -> EncryptedStore:
        return cast("EncryptedStore", self.desk.store)

    @property
    def engine(self) -> Engine:
        return self.keeper.engine

    @property
    def database(self) -> Path:
        return self.keeper.profile.folder / DATABASE

    @property
    def megabytes(self) -> float:
        return sum(path.stat().st_size for path in self.database.parent.glob(f"{DATABASE}*")) / 1e6

    def person(self, rank: int) -> bytes:
        return id_of("person", rank % self.people)

    @contextmanager
    def raw(self) -> Iterator[Any]:
        """A bare connection with the product’s own key and settings: what the physical references run on."""
        held = self.engine.raw_connection()
        try:
            yield held.driver_connection
        finally:
            held.close()

    def close(self) -> None:
        """Without the backup that a real closing makes."""
        self.keeper.changed = False
        self.keeper.close()


def door(root: Path, state: Path, clock: BenchClock | None = None) -> LocalDoorway:
    return LocalDoorway(root, state, clock or BenchClock(), SystemChance(), time.monotonic, FLOOR,
                        example=example_people)  # fmt: skip


def home(people: int) -> Path:
    return CACHE / f"v{VERSION}" / f"people-{people}"


def changes(people: int) -> int:
    return people * (PER_PERSON + NOTES_EACH)


def open_profile(folder: Path, people: int, clock: BenchClock | None = None) -> Stock:
    entry = door(folder / "profiles", folder / "state", clock)
    opened = entry.unlock(entry.profiles()[0].id, PASSPHRASE)
    return _stock(opened, people, folder)


@contextmanager
def copy(people: int, *, deadline: float | None = None) -> Iterator[Stock]:
    """A copy of the cached profile to read and write at will, gone afterwards; built first if it is not there."""
    ensure(people, deadline=deadline)
    with copied_folder(people) as folder:
        stock = open_profile(folder, people)
        try:
            yield stock
        finally:
            stock.close()


@contextmanager
def copied_folder(people: int) -> Iterator[Path]:
    """The same, not opened: profiles/ and state/, for whoever starts a process on it."""
    source = home(people)
    scratch = CACHE / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    _sweep(scratch)
    with tempfile.TemporaryDirectory(dir=scratch) as place:
        folder = Path(place)
        with _lock(source, fcntl.LOCK_SH):
            subprocess.run(["cp", "-a", "--reflink=auto", source / "profiles", source / "state", folder], check=True)
        _same_place(folder)
        yield folder


def _sweep(scratch: Path) -> None:
    """Copies that a killed measure left: no measure lasts an hour."""
    for left in scratch.iterdir():
        if time.time() - left.stat().st_mtime > 3600:
            shutil.rmtree(left, ignore_errors=True)


def _same_place(folder: Path) -> None:
    """Tell the witness of the copy that it is where it should be: a profile that was moved begins a new desk, and
    would have its index merged whole, which no working profile has."""
    witnessed = next((folder / "state").glob("*.reserved")).with_suffix(".json")
    vault = bytes.fromhex(witnessed.stem)
    profile = next(path.parent for path in (folder / "profiles").glob(f"*/{DATABASE}"))
    known = json.loads(witnessed.read_bytes())["sessions"]
    Witness(folder / "state", vault, profile).expect([bytes.fromhex(one) for one in known])


def ensure(people: int, *, deadline: float | None = None, told: Callable[[str], None] = print) -> dict[str, Any]:
    """The cached profile, whole and derived by today’s rules; raises ``NotReadyError`` when the time is up first."""
    folder = home(people)
    folder.mkdir(parents=True, exist_ok=True)
    marks = _marks()
    made = made_of(people)
    if made.items() >= marks.items():
        return made
    with _lock(folder, fcntl.LOCK_EX):
        made = made_of(people)
        if made.items() >= marks.items():
            return made
        stock = _opened_or_new(folder, people, told)
        try:
            if "derivation" not in made:
                made |= _build(stock, deadline, told)
            elif made.get("packing") != marks["packing"]:
                told(f"  store of {people} people: the format changed, its bodies are packed again")
                _pack_again(stock)
            made |= {**marks, "changes": changes(people)}
        finally:
            stock.close()
        made["file_mb"] = stock.megabytes
        (folder / "made.json").write_text(json.dumps(made, indent=1), encoding="utf-8")
    return made


def is_ready(people: int) -> bool:
    """Whether ``ensure`` would have nothing to do."""
    return made_of(people).items() >= _marks().items()


def _marks() -> dict[str, Any]:
    return {
        "derivation": rebuild._mark().hex(),  # noqa: SLF001 — the same print that the product compares
        "packing": zlib.crc32(DICTIONARY),
    }


def _pack_again(stock: Stock) -> None:
    """Every body as this version keeps it: what a store filled today holds."""
    key = stock.keeper.opened.key("db")
    stock.engine.dispose()
    connection = connect(stock.database, key)
    try:
        connection.execute("BEGIN IMMEDIATE").close()
        last = 0
        while rows := connection.execute("SELECT seq, body FROM change WHERE seq > ? ORDER BY seq LIMIT 5000",
                                         (last,)).fetchall():  # fmt: skip
            last = rows[-1][0]
            connection.executemany("UPDATE change SET body = ? WHERE seq = ?",
                                   [(packed(unpacked(body)), seq) for seq, body in rows])  # fmt: skip
        connection.execute("COMMIT").close()
        connection.execute("VACUUM").close()
    finally:
        connection.close()


def made_of(people: int) -> dict[str, Any]:
    """What is known of the cached profile; empty until it is whole."""
    with suppress(FileNotFoundError):
        return dict(json.loads((home(people) / "made.json").read_bytes()))
    return {}


def _opened_or_new(folder: Path, people: int, told: Callable[[str], None]) -> Stock:
    clock = BenchClock()
    clock.set(TODAY - timedelta(days=1200))
    if (folder / "profiles").exists() and door(folder / "profiles", folder / "state").profiles():
        if not _only_new_kinds(folder):
            told(f"  store of {people} people: the rules changed, its tables are made again")
        return open_profile(folder, people, clock)
    me, structure = founders(example_people())
    wish = NewProfile(label="Mesures", colour="teal", passphrase=PASSPHRASE, me=me, structure=structure)
    return _stock(door(folder / "profiles", folder / "state", clock).create(wish), people, folder)


def _only_new_kinds(folder: Path) -> bool:
    """A kind that was added since has no record here: its empty tables are all that lacks, and no rebuild is needed."""
    path = next((folder / "profiles").glob(f"*/{DATABASE}"))
    unlocked = unlock(path.parent, PASSPHRASE)
    engine = open_engine(path, unlocked.key("db"))
    try:
        with engine.begin() as connection:
            tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
            then = {kind.name: kind for kind in KINDS if f"rec_{kind.name}" in tables}
            with patch.object(rebuild, "KIND", then):
                same = rebuild.is_current(connection)
            if same:
                Derived(KINDS).create(connection)
                rebuild.mark_current(connection)
            return same
    finally:
        close_engine(engine)
        unlocked.close()


def _stock(opened: Opened, people: int, folder: Path) -> Stock:
    return Stock(opened.desk, cast("ProfileKeeper", opened.keeper), people, folder / "profiles", folder / "state")


def _build(stock: Stock, deadline: float | None, told: Callable[[str], None]) -> dict[str, Any]:
    """Every step that is not done yet; the CPU spent in the store is kept there with the place."""
    world, people = World(example_people()), stock.people
    steps = _steps(people)
    kept: Any = stock.store.settings.get(_AT) or {"done": 0, "cpu_ms": 0}
    shown = time.monotonic()
    with collector_held():
        for place in range(kept["done"], len(steps)):
            if deadline is not None and time.monotonic() > deadline:
                raise NotReadyError(f"store of {people} people: {place * 100 // len(steps)} % built; run it again")
            records = _records(world, steps[place], people)
            cast("BenchClock", stock.desk.clock).set(_day(records))
            start = time.process_time()
            _write(stock.store, records, {"done": place + 1, "cpu_ms": kept["cpu_ms"]})
            kept["cpu_ms"] += int((time.process_time() - start) * 1000)
            if time.monotonic() - shown > 20:
                shown = time.monotonic()
                told(f"  store of {people} people: {place * 100 // len(steps)} %")
    for _ in range(_IDLE):
        stock.store.tidy()  # as a desk that stands idle does by itself
    return {"fill_cpu_s": kept["cpu_ms"] / 1000, "people": people, "made_at": time.strftime("%Y-%m-%d %H:%M")}


def _write(store: EncryptedStore, records: Sequence[Made], place: dict[str, Any]) -> None:
    """One step, with the place reached: both, or nothing."""
    with store.unit(Deed("training", undoable=False)) as unit:
        unit.put_fresh(records)
        store.settings.set(_AT, place)


def _steps(people: int) -> list[tuple[str, range]]:
    each = STEP // PER_PERSON
    notes = people * NOTES_EACH
    return [
        *(("person", range(first, min(first + each, people))) for first in range(0, people, each)),
        *(("note", range(first, min(first + STEP, notes))) for first in range(0, notes, STEP)),
    ]  # fmt: skip


def _records(world: World, step: tuple[str, range], people: int) -> list[Made]:
    sort, ranks = step
    if sort == "note":
        return [world.note(rank, people) for rank in ranks]
    first = list(world.colleagues()) if ranks.start == 0 else []
    return [*first, *(one for rank in ranks for one in world.person(rank))]


def _day(records: Sequence[Made]) -> datetime:
    """When the last note of a step was written; files came first."""
    kind, last = records[-1]
    start = TODAY - timedelta(days=1200)
    return TODAY.replace(year=last.on.year, month=last.on.month, day=last.on.day) if kind == "note" else start


@contextmanager
def _lock(folder: Path, how: int) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, how)
        yield

