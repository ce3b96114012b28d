"""A profile whose tables another version derived: put in order at the unlock, seen, stopped by closing, never half."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import Connection, text

from spie_desk.app.appearance import AppearanceFile
from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.start import Stage
from spie_desk.domain.records.person import Person
from spie_desk.domain.vaults import OpeningStoppedError
from spie_desk.services import people
from spie_desk.services.doorway import Cancelled, Opened, Progress
from spie_desk.store import profiles, vault
from spie_desk.store.engine import close_engine, open_engine
from spie_desk.store.journal import read_meta, write_meta
from spie_desk.store.rebuild import STEP
from spie_desk.ui.theme import Theme
from tests.stores import PASSPHRASE
from tests.ui.drivers import nameless, turn, wait_until, words_on
from tests.ui.fronts import FrontDriver, real_profile

PEOPLE = STEP + 40
OTHER = (0).to_bytes(4, "big")


@dataclass(frozen=True)
class Slow(LocalDoorway):
    """The real door; after each step told, it waits until the test has looked."""

    looked: threading.Event = field(default_factory=threading.Event)

    def unlock(self, profile: str, passphrase: str, progress: Progress = lambda _done, _total: None,
               cancelled: Cancelled = lambda: False) -> Opened:  # fmt: skip
        def tell(done: int, total: int) -> None:
            progress(done, total)
            self.looked.wait(20)

        return super().unlock(profile, passphrase, tell, cancelled)


@contextmanager
def _inside(door: LocalDoorway, profile: str) -> Iterator[Connection]:
    """The profile's tables, as another program would find them."""
    opened = vault.unlock(profiles.find(door.root, profile).folder, PASSPHRASE)
    engine = open_engine(opened.folder / vault.DATABASE, opened.key("db"))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        close_engine(engine)
        opened.close()


@pytest.fixture
def older(door: LocalDoorway) -> str:
    """A profile whose lists are those of another version: emptied, under another derivation number."""
    profile = real_profile(door)
    opened = door.unlock(profile, PASSPHRASE)
    with opened.desk.store.unit() as unit:
        for number in range(PEOPLE):
            person = Person(id=opened.desk.chance.id(), first_name="Amina", last_name=f"Personne {number:04d}")
            unit.put("person", person)
    opened.keeper.close()
    with _inside(door, profile) as connection:
        connection.execute(text("DELETE FROM rec_person"))
        write_meta(connection, "derivation", OTHER)
    return profile


def _left_as_it_was(door: LocalDoorway, profile: str) -> bool:
    with _inside(door, profile) as connection:
        left = connection.execute(text("SELECT count(*) FROM rec_person")).scalar_one()
        return left == 0 and read_meta(connection, "derivation") == OTHER


def test_it_is_told_step_by_step_and_equal_afterwards(door: LocalDoorway, older: str) -> None:
    told: list[tuple[int, int]] = []
    opened = door.unlock(older, PASSPHRASE, lambda done, total: told.append((done, total)))
    assert [done for done, _total in told] == sorted({done for done, _total in told})
    assert told[0] == (STEP, told[-1][1])
    assert told[-1][0] == told[-1][1] > PEOPLE
    assert len(people.search(opened.desk, "Personne 0007")) > 0
    assert list(opened.keeper.rebuild_check(lambda _done, _total: None, lambda: False)) == []
    opened.keeper.close()
    again: list[tuple[int, int]] = []
    door.unlock(older, PASSPHRASE, lambda done, total: again.append((done, total))).keeper.close()
    assert again == [], "once is enough"


def test_stopped_in_the_middle_nothing_is_half_done_and_the_profile_is_let_go(door: LocalDoorway, older: str) -> None:
    steps: list[int] = []
    with pytest.raises(OpeningStoppedError):
        door.unlock(older, PASSPHRASE, lambda done, _total: steps.append(done), lambda: bool(steps))
    assert steps == [STEP], "stopped after the first step"
    assert _left_as_it_was(door, older)
    opened = door.unlock(older, PASSPHRASE)
    assert len(opened.desk.store.records.find("person", {})) == PEOPLE
    opened.keeper.close()


@pytest.fixture
def slow(theming: Theme, qapp: QApplication, door: LocalDoorway) -> Iterator[FrontDriver]:
    held = Slow(door.root, door.state, door.clock, door.chance, door.seconds, door.cost, example=door.example)
    driver = FrontDriver(Stage(qapp, theming, AppearanceFile(door.state)), held)
    yield driver
    held.looked.set()
    driver.front.finish()
    if (session := driver.front.session) is not None:
        session.window.deleteLater()
        session.deleteLater()
    turn()


def test_the_unlock_screen_says_how_far_it_is_and_then_opens(slow: FrontDriver, older: str) -> None:
    slow.come().unlock()
    said = f"{STEP:,}".replace(",", "\u202f")
    slow.says(f"Le profil se remet en ordre\u00a0: {said} sur ").says("rien ne sera fait à moitié")
    assert nameless(slow.window) == []
    slow.door.looked.set()  # type: ignore[attr-defined]
    slow.inside()
    assert slow.front.session is not None
    assert len(slow.front.session.desk.store.records.find("person", {})) == PEOPLE


def test_closing_the_window_stops_it_and_opens_nothing(slow: FrontDriver, door: LocalDoorway, older: str) -> None:
    slow.come().unlock()
    slow.says("Le profil se remet en ordre")
    entry = slow.front.entry
    assert entry is not None
    threading.Timer(0.2, slow.door.looked.set).start()  # type: ignore[attr-defined]
    entry.close()
    turn(50)
    assert slow.front.session is None
    assert _left_as_it_was(door, older)
    door.unlock(older, PASSPHRASE).keeper.close()


def test_leaving_for_another_panel_stops_it_too(slow: FrontDriver, door: LocalDoorway, older: str) -> None:
    slow.come().unlock()
    slow.says("Le profil se remet en ordre")
    slow.panel._forgot()
    slow.door.looked.set()  # type: ignore[attr-defined]
    entry = slow.front.entry
    assert entry is not None
    wait_until(entry.tasks.quiet, "quiet threads")
    assert slow.front.session is None
    assert not any("arrêtée" in words for words in words_on(slow.window)), "one knows"
    assert _left_as_it_was(door, older)
