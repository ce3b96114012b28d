"""Ctrl+Z on a large deed: it tells its progress, and stopped it leaves everything as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.shipped_lists import example_people
from spie_desk.app.start import stage
from spie_desk.app.window import Session
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Touched
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import NewProfile
from spie_desk.ui.tasks import LongWork
from tests.ui.drivers import press, turn, wait_until

MANY = 240


@pytest.fixture
def session(door: LocalDoorway, qapp: object) -> Iterator[Session]:
    me, structure = founders(example_people())
    wish = NewProfile(label="Essai", colour="teal", passphrase="un essai", me=me, structure=structure, training=True)
    found = Session(door.create(wish), stage(door.state), door)
    found.show()
    yield found
    found.finish()
    found.window.deleteLater()
    turn()


@pytest.fixture
def works(session: Session) -> list[LongWork]:
    """Each long work that begins, and what it told."""
    found: list[LongWork] = []
    session.tasks.long_started.connect(found.append)
    return found


def many(desk: Desk) -> Touched:
    with desk.store.unit() as unit:
        for at in range(MANY):
            unit.put("person", Person(id=desk.chance.id(), last_name=f"Personne {at}"))
    return desk.store.touched()


def count(session: Session) -> int:
    return len(session.desk.store.records.find("person"))


def begun_with_many(session: Session) -> int:
    before = count(session)
    session.tasks.do(many)
    wait_until(session.tasks.quiet, "everyone written")
    assert count(session) == before + MANY
    return before


def test_a_large_deed_is_undone_with_its_progress(session: Session, works: list[LongWork]) -> None:
    before = begun_with_many(session)
    told: list[tuple[int, int]] = []
    session.tasks.long_started.connect(
        lambda work: work.progressed.connect(lambda done, total: told.append((done, total))))  # fmt: skip
    press("Ctrl+Z", session.window)
    wait_until(lambda: count(session) == before and session.tasks.quiet(), "the undo")
    assert [work.title for work in works] == ["Annulation en cours"]
    assert told == [(100, MANY), (200, MANY), (240, MANY)]


def test_stopped_it_leaves_everything(session: Session, works: list[LongWork]) -> None:
    before = begun_with_many(session)
    # The wish to stop is there before the first record goes: the whole transaction is taken back.
    session.tasks.long_started.connect(LongWork.cancel)
    press("Ctrl+Z", session.window)
    wait_until(session.tasks.quiet, "the end of the undo")
    assert len(works) == 1
    assert count(session) == before + MANY
    assert not session.window.notices.bar.isVisible()
