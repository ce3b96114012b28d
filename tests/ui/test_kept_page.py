"""The page of a file is kept when one leaves it, and shown again: nothing of whom was looked at stays in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from spie_desk.domain.records.action import Action
from spie_desk.domain.records.around import Phone
from spie_desk.domain.records.person import Person
from spie_desk.services import notes, people, records
from spie_desk.services.desk import Desk
from spie_desk.ui.page import Page
from spie_desk.ui.pages.file import FilePage
from spie_desk.ui.route import Entry
from spie_desk.ui.widgets.chips import Chip
from tests.ui.drivers import PageDriver, turn, words_on

Frame = Callable[..., PageDriver]
CANARY = "Zinzolin"


class Elsewhere(Page):
    """Somewhere to go to."""

    title = "Ailleurs"


def _file(desk: Desk, name: str, **more: Any) -> bytes:
    person = Person(id=desk.chance.id(), first_name=name, last_name=name, birth_year=1988, **more)
    people.create(desk, person)
    for at in range(9):
        notes.sign(desk, replace(notes.blank(desk, person.id), text=f"{name}, note {at}"))
    records.save(desk, "phone", Phone(id=desk.chance.id(), person=person.id, number="+33639980011", whose=name))
    records.save(desk, "action", Action(id=desk.chance.id(), person=person.id, what=f"Appeler {name}"))
    return person.id


def _open(frame: Frame, person: bytes) -> PageDriver:
    driver = frame(Entry("people", Elsewhere, "Personnes", "users", "main"), Entry("file", FilePage, under="people"),
                   Entry("note", Elsewhere), Entry("clashes", Elsewhere))  # fmt: skip
    return _go(driver, person)


def _go(driver: PageDriver, person: bytes = b"") -> PageDriver:
    driver.window.navigator.go(*(("file",) if person else ("people",)), **({"person": person} if person else {}))
    return driver.settle()


def _held(page: QWidget) -> Iterator[str]:
    """Every word that is in a page, shown or not."""
    for one in (page, *page.findChildren(QWidget)):
        yield from (one.accessibleName(), one.accessibleDescription(), one.toolTip(), one.windowTitle())
        if isinstance(one, QLabel | QLineEdit | Chip):
            yield one.text()
        if isinstance(one, QPlainTextEdit):
            yield one.toPlainText()
        if (said := getattr(one, "said", None)) is not None:
            yield said()
    for model in page.findChildren(QAbstractItemModel):
        yield from (str(model.index(at, 0).data()) for at in range(model.rowCount()))
    yield from (repr(value) for value in vars(page).values() if isinstance(value, bytes | str))


def test_nothing_of_the_one_looked_at_stays_in_the_page_that_is_kept(desk: Desk, frame: Frame) -> None:
    seen = _file(desk, CANARY, nickname=CANARY, contact_note=CANARY, call_from="17:00", town=CANARY, language=CANARY)
    driver = _open(frame, seen)
    driver.shows(CANARY)
    page = driver.page
    for tab in ("situation", "a-faire", "autour", "historique"):
        page.body.choose(tab)
        driver.settle()
    page.people.search.setText(CANARY)
    driver.act("Appelé, sans réponse…")
    driver.settle()
    page._tries.close_it()
    driver.act("Modifier l’identité et le contact")
    driver.settle()
    _go(driver)
    turn()
    assert [one for one in _held(page) if CANARY in one or repr(seen) in one] == []
    assert page.body._shown is None
    assert page.body.timeline._shown is None


def test_it_comes_back_as_if_it_were_new(desk: Desk, frame: Frame) -> None:
    seen, other = _file(desk, CANARY), _file(desk, "Garance")
    driver = _open(frame, seen)
    page = driver.page
    page.body.choose("autour")
    page.body.timeline._pills[2].click()
    page.people.search.setText(CANARY)
    driver.settle()
    _go(driver)
    _go(driver, other)
    assert driver.page is page
    assert page.body.tabs.code() == "chronologie"
    assert page.body.tabs.current().hasFocus()
    driver.shows("Garance, note 8")
    assert len(page.body.timeline.cards()) == 9
    assert not [one for one in words_on(page.body) if CANARY in one]
    people_listed = {row.id for row in page.people.list.rows()}
    assert {seen, other} <= people_listed  # what was searched before narrows nothing now
    assert page.people.current().id == other


def test_what_changes_meanwhile_is_asked_when_one_comes_back_and_not_before(desk: Desk, frame: Frame) -> None:
    seen = _file(desk, CANARY)
    driver = _open(frame, seen)
    page = driver.page
    _go(driver)
    driver.page.do(lambda desk: records.save(desk, "action", Action(id=desk.chance.id(), person=seen, what="Rappeler")))
    driver.settle()
    assert page.people.list.rows() == []
    _go(driver, seen)
    driver.shows("Rappeler")
    driver.page.do(lambda desk: records.save(desk, "action", Action(id=desk.chance.id(), person=seen, what="Garance")))
    driver.settle()
    driver.shows("Garance")  # it hears of changes again, once


def test_a_deed_that_ends_after_one_left_shows_nothing_on_the_page_kept(desk: Desk, frame: Frame) -> None:
    seen, told = _file(desk, CANARY), list[str]()
    driver = _open(frame, seen)
    driver.page.do(lambda _desk: None, then=lambda: told.append("then"))
    _go(driver)
    _go(driver, seen)
    assert told == []


def test_a_lock_keeps_no_page(desk: Desk, frame: Frame) -> None:
    driver = _open(frame, _file(desk, CANARY))
    _go(driver)
    driver.window.navigator.leave()
    turn()
    assert driver.window.findChildren(FilePage) == []


def test_a_shorter_file_shows_no_card_of_the_longer_one(desk: Desk, frame: Frame) -> None:
    longer = _file(desk, CANARY)
    shorter = Person(id=desk.chance.id(), first_name="Garance", last_name="Seule", birth_year=1990)
    people.create(desk, shorter)
    notes.sign(desk, replace(notes.blank(desk, shorter.id), text="La seule note"))
    driver = _open(frame, longer)
    driver.page.people.opened.emit(shorter.id)
    driver.settle()
    driver.shows("La seule note")
    assert len(driver.page.body.timeline.cards()) == 1
    turn()
    assert [one for one in _held(driver.page.body) if CANARY in one] == []
    driver.page.people.opened.emit(longer)
    driver.settle()
    assert len(driver.page.body.timeline.cards()) == 9
