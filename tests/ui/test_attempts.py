"""« Appelé, sans réponse » in two keys: it shows, it is undone, and it moves no last contact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.person import Person
from spie_desk.services import attempts, notes, people
from spie_desk.services.attempts import NoMessageError
from spie_desk.services.desk import Desk
from spie_desk.ui.pages.file import FilePage
from spie_desk.ui.pages.people import PeoplePage
from spie_desk.ui.pages.today import TodayPage
from spie_desk.ui.route import Entry
from tests.clock import FakeClock
from tests.ui.drivers import PageDriver, wait_until

Frame = Callable[..., PageDriver]


def _person(desk: Desk, **more: object) -> bytes:
    values = {"first_name": "Amina", "last_name": "Belkacem", "birth_year": 1988, **more}
    person = Person(id=desk.chance.id(), referent=desk.me.id, **values)  # type: ignore[arg-type]
    people.create(desk, person)
    return person.id


def _open(frame: Frame, person: bytes) -> PageDriver:
    driver = frame(Entry("file", FilePage, "Dossier", "sun", "main"))
    driver.window.navigator.go("file", person=person)
    return driver.settle()


def _kept(desk: Desk, person: bytes) -> list[str]:
    return [one.record.sort for one in desk.store.records.find("attempt", {"person": person})]


def test_two_keys_note_a_call_without_answer_and_ctrl_z_takes_it_back(desk: Desk, frame: Frame) -> None:
    person = _person(desk)
    driver = _open(frame, person)
    driver.press("Ctrl+T").press("Return")
    driver.tells("Noté\u00a0: appelé, sans réponse. Le dernier contact ne change pas.").shows("Appel sans réponse")
    assert _kept(desk, person) == ["no_answer"]
    driver.press("Ctrl+T").press("S")
    assert sorted(_kept(desk, person)) == ["no_answer", "sms"]
    driver.press("Ctrl+Z")
    wait_until(lambda: _kept(desk, person) == ["no_answer"], "the undo")


def test_an_attempt_is_no_contact(desk: Desk, clock: FakeClock) -> None:
    person = _person(desk)
    notes.sign(desk, replace(notes.blank(desk, person), text="Vue au local."))
    met = desk.clock.now().date()
    clock.move(days=70)
    attempts.note(desk, person, "no_answer")
    row = people.rows(desk, PersonFilter())[0]
    assert row.last_contact == met
    silent = PersonFilter(silent_since=desk.clock.now().date() - timedelta(days=60))
    assert [one.id for one in people.rows(desk, silent)] == [person], "still to be reached"


def test_attempts_that_follow_one_another_are_one_card_that_unfolds(
    desk: Desk, frame: Frame, clock: FakeClock
) -> None:
    person = _person(desk)
    for _ in range(3):
        attempts.note(desk, person, "no_answer")
        clock.move(minutes=5)
    driver = _open(frame, person)
    driver.shows("3 appels sans réponse")
    assert len(driver.page.body.timeline.cards()) == 1
    driver.page.body.timeline.focus_first()
    driver.press("Return")
    assert len(driver.page.body.timeline.cards()) == 3
    driver.press("Return").shows("Une tentative n’est pas un contact")


def test_no_message_is_left_where_none_may_be(desk: Desk, frame: Frame) -> None:
    person = _person(desk, no_message=True, call_from="17:00")
    driver = _open(frame, person)
    driver.press("Ctrl+T")
    driver.shows("Amina Belkacem, 1988").shows("Consigne\u00a0: ne pas laisser de message, ne pas appeler avant 17:00")
    left = driver.find("attempt-message")
    assert isinstance(left, QPushButton)
    assert not left.isEnabled()
    assert "la consigne l’interdit" in left.text()
    driver.press("M").is_accessible().press("Escape")
    assert not left.isVisible()
    with pytest.raises(NoMessageError):
        attempts.note(desk, person, "message")
    assert _kept(desk, person) == []


def test_calling_down_the_list_stays_in_the_list(desk: Desk, frame: Frame) -> None:
    person = _person(desk)
    driver = frame(Entry("people", PeoplePage, "Personnes", "users", "main"))
    driver.window.navigator.go("people")
    driver.settle()
    driver.press("Down")
    driver.press("Ctrl+T").press("A")
    driver.tells("Noté\u00a0: appelé, sans réponse.")
    assert _kept(desk, person) == ["no_answer"]
    assert driver.window.navigator.route() == "people"


def test_a_silence_is_called_from_the_day_itself(desk: Desk, frame: Frame, clock: FakeClock) -> None:
    person = _person(desk)
    clock.move(days=70)
    driver = frame(Entry("today", TodayPage, "Aujourd’hui", "sun", "main"))
    driver.window.navigator.go("today")
    driver.settle().shows("Amina Belkacem").find("side-silent").setFocus()
    driver.press("Ctrl+T").press("V").tells("Noté\u00a0: visite sans rencontre.")
    assert _kept(desk, person) == ["visit"]
    driver.shows("Sans nouvelles depuis 60 jours")
