"""Every page of the real window, on a profile of fictitious people: nothing nameless, nothing clipped, at any size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.shipped_lists import example_people
from spie_desk.app.start import Stage, stage
from spie_desk.app.window import Session
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.people_maker import founders
from spie_desk.services import people, reviews
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import NewProfile
from spie_desk.ui.pages.entries import ENTRIES
from spie_desk.ui.printing.preview import PrintPreview
from tests.ui.drivers import clipped, nameless, press, turn, wait_until

SCREEN = (1366, 768)
ROUTES = [entry.route for entry in ENTRIES]


@pytest.fixture
def session(door: LocalDoorway, qapp: object) -> Iterator[Session]:
    me, structure = founders(example_people())
    wish = NewProfile(label="Essai", colour="teal", passphrase="un essai", me=me, structure=structure, training=True,
                      people=24)  # fmt: skip
    opened = door.create(wish)
    found: Stage = stage(door.state)
    session = Session(opened, found, door)
    session.show()
    yield session
    found.theme.apply("light", 100)
    session.finish()
    session.window.deleteLater()
    turn()


def arguments(desk: Desk) -> dict[str, dict[str, Any]]:
    """What the routes that need something are opened with."""
    person = people.rows(desk, PersonFilter(referent=desk.me.id))[0].id
    review = reviews.list_all(desk)[0].record.id
    return {"file": {"person": person}, "note": {"person": person}, "review": {"review": review},
            "meeting": {"review": review}, "copy": {"person": person}, "concern": {"person": person}}  # fmt: skip


@pytest.mark.parametrize(("theme", "scale"), [("light", 100), ("dark", 125), ("light", 200), ("high-contrast", 100)])
def test_every_page_names_what_it_focuses_and_clips_nothing(session: Session, theme: str, scale: int) -> None:
    window, given = session.window, arguments(session.desk)
    window.resize(*SCREEN)
    session._stage.theme.apply(theme, scale)
    wrong: dict[str, list[str]] = {}
    for route in ROUTES:
        window.navigator.go(route, **given.get(route, {}))
        wait_until(session.tasks.quiet, f"{route} settled")
        faults = _faults_once_laid_out(session)
        least = window.stack.currentWidget().minimumSizeHint()
        if (window.width(), window.height()) != SCREEN:
            faults.append(f"the window grew to {window.width()} x {window.height()}")
            window.resize(*SCREEN)
        if least.width() > window.stack.width() or least.height() > window.stack.height():
            faults.append(f"asks for {least.width()} x {least.height()}")
        if faults:
            wrong[route] = faults
    assert not wrong


def _faults_once_laid_out(session: Session) -> list[str]:
    """What is wrong when the layout has settled: a fault that goes by itself within a second is none."""
    faults: list[str] = []
    for _ in range(20):
        turn(20)
        wait_until(session.tasks.quiet, "quiet threads")
        faults = nameless(session.window) + clipped(session.window)
        if not faults:
            break
        turn(30)
    return faults


def test_every_paper_of_a_training_profile_bears_it_across_the_page(session: Session) -> None:
    given = arguments(session.desk)
    for route in ("file", "agenda", "review"):
        session.window.activateWindow()
        wait_until(session.window.isActiveWindow, "an active window")
        session.window.navigator.go(route, **given.get(route, {}))
        wait_until(session.tasks.quiet, f"{route} settled")
        press("Ctrl+P", session.window)
        wait_until(lambda: _preview(session) is not None, f"the preview of {route}")
        found = _preview(session)
        assert found is not None
        assert found._watermark == "Entraînement", route
        found.reject()
        turn()


def _preview(session: Session) -> PrintPreview | None:
    return next((one for one in session.window.findChildren(PrintPreview) if one.isVisible()), None)
