"""The whole application on real profiles, driven by keyboard: entry, session, locks; restarts are counted, not done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from spie_desk.app.appearance import AppearanceFile
from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.front import Front, furnished
from spie_desk.app.shipped_lists import example_people
from spie_desk.app.start import Stage
from spie_desk.domain.people_maker import founders
from spie_desk.services.doorway import NewProfile
from spie_desk.ui.entry.panel import EntryPanel
from spie_desk.ui.theme import Theme
from tests.stores import PASSPHRASE
from tests.ui.drivers import name_of, press, turn, types, wait_until, words_on


class FrontDriver:
    """What a person does at the first screen and after; ``again`` counts the fresh processes asked for."""

    def __init__(self, stage: Stage, door: LocalDoorway) -> None:
        self.door, self.again = door, 0
        self.front = Front(stage, door, self._count, lambda: None, furnished)

    def _count(self) -> None:
        self.again += 1

    @property
    def window(self) -> QWidget:
        found = self.front.entry or (self.front.session.window if self.front.session is not None else None)
        assert found is not None, "no window"
        return found

    @property
    def panel(self) -> Any:
        assert self.front.entry is not None
        found = self.front.entry.panel()
        assert isinstance(found, EntryPanel)
        return found

    def come(self) -> FrontDriver:
        self.front.come()
        self.activate()
        return self

    def activate(self) -> None:
        self.window.activateWindow()
        wait_until(self.window.isActiveWindow, "an active window")

    def find(self, name: str) -> QWidget:
        """What takes the keyboard under that name, once it is there."""
        wait_until(lambda: self._seen(name) is not None, f"« {name} » in {words_on(self.window)}")
        found = self._seen(name)
        assert found is not None
        return found

    def _seen(self, name: str) -> QWidget | None:
        for child in self.window.findChildren(QWidget):
            if not isinstance(child, QLabel) and child.isVisible() and name in {child.objectName(), name_of(child)}:
                return child
        return None

    def find_words(self, name: str) -> str:
        """A text by its object name."""
        wait_until(lambda: self.window.findChild(QLabel, name) is not None, name)
        found: QLabel = self.window.findChild(QLabel, name)
        return found.text()

    def put(self, name: str, text: str) -> FrontDriver:
        """Replace what a field holds."""
        self.find(name).setFocus()
        press("Ctrl+A")
        types(text)
        return self

    def click(self, name: str) -> FrontDriver:
        button = self.find(name)
        assert button.isEnabled(), f"« {name} » is disabled"
        button.setFocus()
        press("Space", button)
        return self

    def says(self, text: str) -> FrontDriver:
        wait_until(
            lambda: any(text in words for words in words_on(self.window)), f"{text!r} in {words_on(self.window)}"
        )
        return self

    def silent(self, text: str) -> FrontDriver:
        assert not any(text in words for words in words_on(self.window)), text
        return self

    def inside(self) -> FrontDriver:
        """Wait for the profile's window."""
        deadline = time.monotonic() + 30  # a key and forty people are made on a machine that may be busy
        while not (self.front.session is not None and self.front.entry is None) and time.monotonic() < deadline:
            turn(10)
        assert self.front.session is not None, words_on(self.window)
        self.activate()
        return self.settle()

    def settle(self) -> FrontDriver:
        session = self.front.session
        if session is not None:
            wait_until(session.tasks.quiet, "quiet threads")
        turn()
        return self

    def unlock(self, phrase: str = PASSPHRASE) -> FrontDriver:
        field = self.panel.first_focus()
        field.setFocus()
        types(phrase)
        press("Return")
        return self


def real_profile(door: LocalDoorway, label: str = "Accueil CD", **more: Any) -> str:
    """A profile of a founded structure; answers its id."""
    me, structure = founders(example_people())
    wish = NewProfile(label=label, colour="blue", passphrase=PASSPHRASE, me=me, structure=structure)
    opened = door.create(replace(wish, **more))
    opened.keeper.close()
    return opened.keeper.card.id


@pytest.fixture
def front(theming: Theme, qapp: QApplication, door: LocalDoorway, tmp_path: Path) -> Iterator[FrontDriver]:
    driver = FrontDriver(Stage(qapp, theming, AppearanceFile(tmp_path / "state")), door)
    yield driver
    driver.front.finish()
    session = driver.front.session
    if session is not None:
        session.window.deleteLater()
        session.deleteLater()
    turn()
