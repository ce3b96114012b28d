"""Screens on a real encrypted store, with the real threads, in the real frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spie_desk.domain.shown import Touched
from spie_desk.services import undo as undoing
from spie_desk.services.desk import Desk
from spie_desk.ui.forms.sources import sources_of
from spie_desk.ui.page import Page
from spie_desk.ui.route import Entry
from spie_desk.ui.shell.main_window import MainWindow, Wishes
from spie_desk.ui.shell.sidebar import Identity
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.theme import Theme
from tests.stores import _populated, desk, door, example_desk  # noqa: F401 — fixtures
from tests.ui.drivers import PageDriver, turn


@pytest.fixture(scope="session")
def theming(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture(autouse=True)
def _plain_light(theming: Theme, qapp: QApplication) -> Iterator[None]:
    """Every test starts in the light theme at 100 %."""
    if (theming.wanted, theming.scale) != ("light", 100) or not qapp.styleSheet():
        theming.apply("light", 100)
    yield
    turn()


@pytest.fixture
def frame(desk: Desk, qtbot: QtBot) -> Iterator[Callable[..., PageDriver]]:  # noqa: F811 — a fixture
    """Opens the frame with these entries, on the desk; undo is the real one."""
    opened: list[tuple[MainWindow, Tasks]] = []

    def open_frame(*entries: Entry) -> PageDriver:
        def undo(deed: bytes | None) -> None:
            def undo_it(desk: Desk) -> Touched:
                view = next((one for one in desk.store.records.deeds() if one.id == deed), None)
                return (undoing.undo_deed(desk, view) if view is not None else undoing.undo_last(desk)).touched

            tasks.do(undo_it)

        window = MainWindow(Identity(desk.structure.name, desk.me.name, desk.me.function),
                            Wishes(undo, lambda: None, lambda code: code == "2411"))  # fmt: skip
        tasks = Tasks(desk, window.notices.tell_failure)
        window.furnish(tasks, entries, lambda: desk.clock.now().date(), sources_of(tasks, desk))
        opened.append((window, tasks))
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return PageDriver(window, tasks)

    yield open_frame
    for window, tasks in opened:
        window.close()
        tasks.close()
        window.deleteLater()
        tasks.deleteLater()
    turn()


@pytest.fixture
def open_page(frame: Callable[..., PageDriver]) -> Callable[..., PageDriver]:
    """Opens one page, alone in the frame, with its route's arguments."""

    def open_one(page: Callable[..., Page], **route: Any) -> PageDriver:
        driver = frame(Entry("page", page, "Page", "sun", "main"))
        driver.window.navigator.go("page", **route)
        return driver.settle()

    return open_one
