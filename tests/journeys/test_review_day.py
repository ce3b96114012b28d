"""A review without its guest desk: five situations, nine people, no name on the wall or in the diary."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.shipped_lists import example_people
from spie_desk.app.start import Stage
from spie_desk.domain.circles import Sort
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records.review import Review
from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.services import extracts, records, reviews, sheets
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import NewProfile
from spie_desk.services.reviews import Meeting
from spie_desk.store.engine import create_database
from tests import stores
from tests.clock import FakeChance, FakeClock
from tests.journeys.laptop import Keyboard, Laptop, everything_told
from tests.stores import PASSPHRASE
from tests.ui.drivers import name_of, press, words_on

DAY = date(2026, 12, 17)
ELECTED = "Mme l’Adjointe"


@pytest.fixture
def driver(door: LocalDoorway, clock: FakeClock, shown: Stage, qtbot: QtBot) -> Iterator[Keyboard]:
    """The whole application on a profile of fictitious people, at the first page."""
    me, structure = founders(example_people())
    wish = NewProfile(label="Bureau", colour="teal", passphrase=PASSPHRASE, me=me, structure=structure, people=24)
    opened = door.create(wish)
    kit = opened.keeper.make_kit()
    opened.keeper.confirm_kit(kit, *(kit.groups[at] for at in kit.asked))
    found = opened.keeper.card.id
    opened.keeper.close()
    with Laptop(door, found, clock, shown, qtbot).at_work() as keys:
        yield keys


@pytest.fixture
def desk(driver: Keyboard) -> Desk:
    return driver.session.desk


def held(desk: Desk, review: bytes) -> Meeting:
    found = reviews.meeting(desk, review)
    assert found is not None
    return found


def prepare(desk: Desk) -> tuple[bytes, list[Any]]:
    """Five situations, and one thing of each file ticked by its presenter."""
    review = Review(id=desk.chance.id(), on=DAY, at="14:00", place="Préau de l’école",
                    structures=tuple(one.record.id for one in desk.store.records.find("structure")))  # fmt: skip
    records.save(desk, "review", review)
    people = desk.store.lists.people(PersonFilter())[:5]
    for row in people:
        reviews.add_passage(desk, review.id, row.id, question=f"Quel logement pour {row.name.split()[-1]} ?")
    for situation in held(desk, review.id).situations:
        item = next(one for one in extracts.items(desk, situation.passage.record.person) if one.sort is Sort.SOCLE)
        extracts.tick(desk, situation.passage.record.id, item)
    return review.id, list(people)


def canaries(desk: Desk, people: list[Any]) -> list[str]:
    """Words that must not be on the wall: names, numbers, towns, structures, colleagues."""
    found = {word for row in people for word in (*row.name.split(), row.number, row.town) if len(word) > 2}
    for kind, name in (("structure", "name"), ("professional", "last_name")):
        found |= {getattr(one.record, name) for one in desk.store.records.find(kind)}
    return sorted(found)


def seat_nine(driver: Keyboard, desk: Desk) -> None:
    """Claire, seven partners, and an elected member whom no directory knows."""
    driver.press("Alt+5")
    partners = [one.record for one in desk.store.records.find("professional") if one.record.id != desk.me.id][:7]
    for partner in partners:
        driver.pick("Ajouter une personne présente", partner.name)
    driver.types(ELECTED, into="Ajouter une personne présente")
    driver.press("Return").settle()


def speak(driver: Keyboard, text: str) -> None:
    field = driver.page._open.table.rows[0].speech
    driver.types(text, into=name_of(field))
    assert QApplication.focusWidget() in {field, field.focusProxy()}


def hold(driver: Keyboard, review: bytes) -> None:
    """From the first page: the list of reviews, this one, and its meeting."""
    driver.press("Ctrl+4").on("reviews")
    at = next(at for at, line in enumerate(driver.page.list.rows()) if line.review.id == review)
    press("Home")
    for _step in range(at):
        press("Down")
    driver.press("Return").on("review").press("Ctrl+Shift+Return").on("meeting").settle()


def initials(name: str) -> set[str]:
    first, *_more, last = (part[0] for part in name.split())
    return {f"{first}{last}", f"{first}.{last}.", f"{first}. {last}.", f"{last}{first}", f"{last}. {first}."}


def test_a_review_of_five_situations_and_nine_people(driver: Keyboard, desk: Desk) -> None:
    before = {one.id for one in desk.store.records.deeds(500)}
    review, people = prepare(desk)
    secrets_ = canaries(desk, people)
    hold(driver, review)
    seat_nine(driver, desk)
    for rank, row in enumerate(people):
        driver.shows(row.name)
        driver.press("F5").settle().settle()
        wall = everything_told(driver.page) + "\n".join(words_on(driver.window)) + driver.window.windowTitle()
        assert f"Situation {rank + 1}" in wall
        assert [word for word in secrets_ if word in wall] == []
        assert not initials(row.name) & {part.strip() for line in wall.splitlines() for part in (line, *line.split())}
        driver.press("F5").settle().settle()
        speak(driver, f"Avis numéro {rank + 1}.")
        driver.types(f"Décision {rank + 1}", into="what")
        driver.types("Famille", into="owner_name").types(f"{20 + rank}/12/2026", into="due_on")
        driver.press("Ctrl+Return").settle().settle()
        if rank in {1, 3}:
            driver.press("Alt+5").click(ELECTED).settle()
        driver.press("Ctrl+Right").settle().settle()
    assert driver.window.navigator.route() == "review"
    meeting = held(desk, review)
    assert meeting.review.record.status == "held"
    absent = [rank for rank, one in enumerate(meeting.situations) for line in one.attendances
              if line.record.name == ELECTED and not line.record.present]  # fmt: skip
    assert absent == [1, 3]
    assert all(len(one.attendances) == 9 for one in meeting.situations)
    decisions_are_actions(desk, meeting)
    minutes_name_one_person_each(desk, review, people)
    the_diary_names_nobody(desk, review, before, secrets_, people)
    a_passage_holds_only_what_was_ticked(desk, meeting)


def decisions_are_actions(desk: Desk, meeting: Meeting) -> None:
    for rank, one in enumerate(meeting.situations):
        (decision,) = one.decisions
        action = desk.store.records.get("action", decision.record.action)
        assert action is not None
        assert (action.record.person, action.record.what, action.record.owner_name, action.record.due_on) == (
            one.passage.record.person, f"Décision {rank + 1}", "Famille", date(2026, 12, 20 + rank))  # fmt: skip


def minutes_name_one_person_each(desk: Desk, review: bytes, people: list[Any]) -> None:
    found: list[Sheet] = sheets.of_minutes(desk, review)
    assert len(found) == 5
    for rank, sheet in enumerate(found):
        told = repr(sheet)
        assert people[rank].name in told
        assert f"Avis numéro {rank + 1}." in told
        others = [row for at, row in enumerate(people) if at != rank]
        assert [row.name for row in others if row.name in told or row.number in told] == []
        assert not [at for at in range(5) if at != rank and f"Avis numéro {at + 1}." in told]


def the_diary_names_nobody(
    desk: Desk, review: bytes, before: set[bytes], secret: list[str], people: list[Any]
) -> None:
    """All that the day wrote into the structure's circle, as the journal has it: a date, a place, and 5."""
    shown = desk.store.records.get("review", review)
    assert shown is not None
    deeds = [one.id for one in desk.store.records.deeds(500) if one.id not in before]
    changes = [one for deed in deeds for one in desk.store.records.deed(deed) if one.circle == shown.circle]
    assert {(one.kind, one.record) for one in changes} == {("review", review)}
    told = repr([one.values for one in changes])
    assert "2026-12-17" in told
    assert "Préau de l’école" in told
    assert shown.record.situations == 5
    passages = [one.passage.record.id.hex() for one in held(desk, review).situations]
    ids = [row.id.hex() for row in people]
    assert [word for word in (*secret, *ids, *passages) if word in told] == []


def a_passage_holds_only_what_was_ticked(desk: Desk, meeting: Meeting) -> None:
    for one in meeting.situations:
        circle = one.passage.circle
        deeds = [view.id for view in desk.store.records.deeds(500)]
        kinds = {change.kind for deed in deeds for change in desk.store.records.deed(deed) if change.circle == circle}
        assert kinds == {"passage", "extract", "contribution", "decision", "attendance"}
        assert len(one.extracts) == 1


# Cut short


CHILD = """
import sys
sys.path.insert(0, {tree!r})
from datetime import date
from pathlib import Path
from PySide6.QtWidgets import QApplication
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.review import Review
from spie_desk.services import records, reviews
from spie_desk.ui.forms.sources import sources_of
from spie_desk.ui.route import Entry
from spie_desk.ui.pages.meeting import MeetingPage
from spie_desk.ui.shell.main_window import MainWindow, Wishes
from spie_desk.ui.shell.sidebar import Identity
from spie_desk.ui.tasks import Tasks
from tests import stores
from tests.clock import FakeChance, FakeClock
from tests.ui.drivers import PageDriver, turn, types

app = QApplication([])
desk, _close = stores._open(Path({store!r}), bytes.fromhex({key!r}), FakeClock(), FakeChance(3))
records.save(desk, "person", Person(id=b"p" * 16, last_name="Essai"))
records.save(desk, "review", Review(id=b"r" * 16, on=date(2026, 12, 17)))
reviews.add_passage(desk, b"r" * 16, b"p" * 16)
window = MainWindow(Identity("CCAS", "Claire", "Référente"), Wishes(lambda _d: None, lambda: None, lambda _c: False))
tasks = Tasks(desk, window.notices.tell_failure)
window.furnish(tasks, (Entry("meeting", MeetingPage),), lambda: date(2026, 12, 9), sources_of(tasks, desk))
window.show()
window.navigator.go("meeting", review=b"r" * 16)
driver = PageDriver(window, tasks)
driver.settle().settle()
row = driver.page._open.table.rows[0].speech
types("Une chambre se libère le 10", row)
types("Accord de tous", driver.page._open.minutes.form.editors["minutes"].widget.text)
turn(1000)
print("typed", flush=True)
while True:
    turn(50)
"""


def test_live_minutes_survive_a_kill_within_a_second(tmp_path: Path) -> None:
    key = secrets.token_bytes(32)
    create_database(tmp_path / "vault.db", bytearray(key), b"v" * 16)
    tree = Path(__file__).resolve().parents[2]
    script = textwrap.dedent(CHILD.format(tree=str(tree), store=str(tmp_path / "vault.db"), key=key.hex()))
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, cwd=tree)  # fmt: skip
    assert child.stdout is not None
    try:
        assert child.stdout.readline().strip() == "typed"
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    desk, close = stores._open(tmp_path / "vault.db", key, FakeClock(), FakeChance(4))
    kept = {one.kind: one.values for one in desk.store.drafts.all()}
    close()
    assert kept["contribution"]["content"]["text"] == "Une chambre se libère le 10"  # type: ignore[index,call-overload]
    assert kept["passage"]["minutes"] == "Accord de tous"
