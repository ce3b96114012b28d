"""One person at the keyboard of the whole application: real profile, real store, the window at 1366 x 768."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.shipped_lists import example_people
from spie_desk.app.start import Stage
from spie_desk.app.window import Session
from spie_desk.domain.people_maker import founders
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import NewProfile
from spie_desk.store import profiles, vault
from spie_desk.store.engine import close_engine, open_engine
from spie_desk.store.packing import unpacked
from spie_desk.ui.panels.file_tabs import FileTabs
from spie_desk.ui.widgets.pick import PickField
from tests.clock import FakeClock
from tests.journeys.pages_of import plain_pages
from tests.stores import PASSPHRASE
from tests.ui.drivers import PageDriver, name_of, press, turn, types, wait_until, words_on

SCREEN = (1366, 768)
MOST_TABS = 120


class Keyboard(PageDriver):
    """Keys only: every field and every button is reached as a person reaches it, from where the focus is."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.window, session.tasks)
        self.session = session

    def reach(self, name: str, key: str = "Tab") -> QWidget:
        """Tab until the focus is on what a screen reader calls so (or on a name that begins so)."""
        met: list[str] = []
        for _step in range(MOST_TABS):
            aim = QApplication.focusWidget()
            if aim is not None and self._is(aim, name):
                return aim
            met.append(f"{name_of(aim)} ({aim.objectName()})" if aim is not None else "nothing")
            press(key, aim or self.window)
        raise AssertionError(f"no {key} leads to « {name} », only: {met}")

    def push(self, name: str, key: str = "Tab") -> Keyboard:
        """Reach a button and press it."""
        press("Space", self.reach(name, key))
        self.settle()
        return self

    def click(self, name: str) -> Keyboard:
        return self.push(name)

    def types(self, text: str, into: str = "") -> Keyboard:
        if into:
            self.reach(into)
        types(text)
        return self

    def fill(self, name: str, text: str, key: str = "Tab") -> Keyboard:
        self.reach(name, key)
        types(text)
        return self

    def pick(self, name: str, letters: str, key: str = "Tab") -> Keyboard:
        """A few letters, then Return on the first answer."""
        field = self.reach(name, key)
        assert isinstance(field, PickField)
        types(letters)
        wait_until(field._answers.isVisible, f"answers to {letters!r}")
        press("Return")
        self.settle()
        return self

    def choose(self, name: str, words: str, key: str = "Tab") -> Keyboard:
        """Arrow down a list until it says so."""
        box = self.reach(name, key)
        assert isinstance(box, QComboBox)
        for _step in range(box.count()):
            if box.currentText() == words:
                break
            press("Down", box)
        assert box.currentText() == words, [box.itemText(at) for at in range(box.count())]
        self.settle()
        return self

    def tab(self, code: str) -> Keyboard:
        """Reach the tab that is open, then by arrows to the one wanted."""
        (tabs,) = [one for one in self.page.findChildren(FileTabs) if one.isVisible()]
        self.reach(f"tab-{tabs.code()}", "Shift+Tab")
        order = list(tabs._words)
        towards = "Right" if order.index(code) > order.index(tabs.code()) else "Left"
        for _step in order:
            if tabs.code() == code:
                break
            press(towards)
        assert tabs.code() == code
        self.settle()
        return self

    @staticmethod
    def wait_long(true: Callable[[], bool], what: str) -> None:
        """For a work with a progress line, on a machine that does other things."""
        deadline = time.monotonic() + 40
        while not true() and time.monotonic() < deadline:
            turn(10)
        assert true(), f"never came: {what}"

    def go_to(self, words: str, title: str = "") -> Keyboard:
        """Ctrl+K, a few letters, down to the line of that title if it is not the first, Return."""
        self.press("Ctrl+K")
        types(words)
        box = self.window.palette_box
        wanted = title or words
        # what is listed before the pause in typing answers nothing that was typed
        wait_until(lambda: box._asked == words and any(wanted in one for one in box.proposals()),
                   f"{wanted!r} in {box.proposals()}")  # fmt: skip
        self.settle()
        at = next(at for at, one in enumerate(box.proposals()) if wanted in one)
        for _step in range(at):
            press("Down")
        press("Return")
        self.settle()
        return self

    def on(self, route: str) -> Keyboard:
        wait_until(lambda: self.window.navigator.route() == route, f"{route}, not {self.window.navigator.route()}")
        self.settle()
        return self

    def dialog(self) -> QDialog:
        """The dialog that is open over the window."""
        found: list[QDialog] = []

        def there() -> bool:
            found[:] = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
            return bool(found)

        wait_until(there, "a dialog")
        return found[-1]

    def dismiss(self, dialog: QDialog) -> Keyboard:
        """Escape; then the window has the keyboard again, as any desktop gives it back."""
        press("Esc", dialog)
        wait_until(lambda: not isValid(dialog) or not dialog.isVisible(), "the dialog closed")
        self.window.activateWindow()
        wait_until(self.window.isActiveWindow, "the window")
        self.settle()
        return self

    def told(self) -> str:
        """Every text of the window, hidden widgets, tips and accessible words included."""
        return "\n".join((everything_told(self.window), *words_on(self.window), self.window.windowTitle()))

    @staticmethod
    def _is(widget: QWidget, name: str) -> bool:
        said = (name_of(widget), widget.accessibleName())
        return widget.objectName() == name or any(one.replace("&", "").startswith(name) for one in said)


def everything_told(root: QWidget) -> str:
    found: list[str] = []
    for child in (root, *root.findChildren(QWidget)):
        found += [child.toolTip(), child.accessibleName(), child.accessibleDescription(), child.windowTitle()]
        if isinstance(child, QLabel | QLineEdit):
            found.append(child.text())
        elif isinstance(child, QPlainTextEdit | QTextEdit):
            found.append(child.toPlainText())
        elif isinstance(child, QComboBox):
            found += [child.itemText(at) for at in range(child.count())]
        elif isinstance(text := getattr(child, "text", None), Callable):  # type: ignore[arg-type]
            found.append(str(text()))
    return "\n".join(found)


@dataclass
class Laptop:
    """The profile of one person, opened and closed as days go by."""

    door: LocalDoorway
    profile: str
    clock: FakeClock
    stage: Stage
    qtbot: QtBot
    known: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def at_work(self) -> Iterator[Keyboard]:
        session = Session(self.door.unlock(self.profile, PASSPHRASE), self.stage, self.door)
        with self.qtbot.waitActive(session.window):
            session.show()
        session.window.resize(*SCREEN)
        keys = Keyboard(session)
        keys.settle()
        try:
            yield keys
            assert (session.window.width(), session.window.height()) == SCREEN
        finally:
            session.finish()
            session.window.deleteLater()
            session.deleteLater()
            turn()

    @contextmanager
    def store(self) -> Iterator[Desk]:
        """Without a screen: to prepare, and to look at what was written."""
        opened = self.door.unlock(self.profile, PASSPHRASE)
        try:
            yield opened.desk
        finally:
            opened.keeper.close()

    def in_the_clear(self) -> bytes:
        """Every page of the store and of its log, decrypted."""
        folder = profiles.find(self.door.root, self.profile).folder
        opened = vault.unlock(folder, PASSPHRASE)
        try:
            return plain_pages(folder / vault.DATABASE, bytes(opened.key("db")))
        finally:
            opened.close()

    def rows_with(self, word: str) -> list[tuple[str, list[bytes]]]:
        """The rows of every table that hold the word, packed or not: table, and what each column holds."""
        opened = vault.unlock(profiles.find(self.door.root, self.profile).folder, PASSPHRASE)
        engine = open_engine(opened.folder / vault.DATABASE, opened.key("db"))
        found = []
        try:
            with engine.connect().execution_options(ro=True) as connection:
                query = "SELECT name FROM sqlite_master WHERE type = 'table'"
                for name in connection.exec_driver_sql(query).scalars().all():
                    for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"').all():
                        cells = [_bytes(value) for value in row]
                        if any(word.encode() in cell for cell in cells):
                            found.append((str(name), cells))
        finally:
            close_engine(engine)
            opened.close()
        return found


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes):
        return str(value).encode()
    try:
        return unpacked(value)
    except (ValueError, zlib.error):
        return value


def founded(door: LocalDoorway, clock: FakeClock, stage: Stage, qtbot: QtBot) -> Laptop:
    """Claire Dubois's profile in her CCAS, its kit copied by hand, nobody followed yet."""
    me, structure = founders(example_people())
    opened = door.create(NewProfile(label="Bureau", colour="teal", passphrase=PASSPHRASE, me=me, structure=structure))
    kit = opened.keeper.make_kit()
    opened.keeper.confirm_kit(kit, *(kit.groups[at] for at in kit.asked))
    found = Laptop(door, opened.keeper.card.id, clock, stage, qtbot)
    opened.keeper.close()
    return found
