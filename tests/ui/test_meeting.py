"""Holding a review by keyboard: typed live and kept, projected without a name, presence and decisions per situation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Event

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTextEdit, QWidget

from spie_desk.domain.records.review import attendance_id
from spie_desk.services import reviews, work
from spie_desk.services.desk import Desk
from spie_desk.services.reviews import Situation
from spie_desk.ui.pages.meeting import MeetingPage
from spie_desk.ui.pages.review import ReviewPage
from spie_desk.ui.route import Entry
from spie_desk.ui.theme import Theme, Type, look
from spie_desk.ui.widgets.basics import Words
from tests.ui.drivers import PageDriver, clipped, name_of, nameless, turn, types, wait_until, words_on

ENTRIES = (Entry("review", ReviewPage, under="page"), Entry("meeting", MeetingPage, under="page"))


@pytest.fixture
def desk(example_desk: Desk) -> Desk:
    return example_desk


@pytest.fixture
def held(frame: Callable[..., PageDriver], desk: Desk) -> PageDriver:
    driver = frame(*ENTRIES)
    driver.window.navigator.go("meeting", review=planned(desk))
    return driver.settle().settle()


def planned(desk: Desk) -> bytes:
    return next(one.record.id for one in reviews.list_all(desk) if one.record.on > desk.clock.now().date())


def situation(desk: Desk, at: int = 0) -> Situation:
    found = reviews.meeting(desk, planned(desk))
    assert found is not None
    return found.situations[at]


def told(widget: QWidget) -> str:
    """Every text of the tree, shown or not, tips and what readers hear included."""
    found = []
    for child in (widget, *widget.findChildren(QWidget)):
        found += [child.toolTip(), child.accessibleName(), child.accessibleDescription(), child.windowTitle()]
        if isinstance(child, Words):
            found.append(child.said())
        elif isinstance(child, QLabel | QPushButton | QLineEdit):
            found.append(child.text())
        elif isinstance(child, QPlainTextEdit | QTextEdit):
            found.append(child.toPlainText())
        found.append(name_of(child))
    return "\n".join(found)


def first_row(driver: PageDriver) -> QPlainTextEdit:
    found: QPlainTextEdit = driver.page._open.table.rows[0].speech
    found.setFocus()
    return found


def test_nothing_of_the_frame_is_left_and_everything_is_legible(held: PageDriver) -> None:
    assert not held.window.sidebar.isVisible()
    assert not held.window.strip.isVisible()
    small = [one.text() for one in held.page.findChildren(QLabel)
             if one.isVisibleTo(held.page) and one.text() and one.font().pixelSize() < 14]  # fmt: skip
    assert small == []
    assert first_row(held).font().pixelSize() == look().font(Type.SECTION).pixelSize() == 18
    questions = [one for one in held.page.findChildren(Words) if one.font().pixelSize() == 22]
    assert questions
    assert nameless(held.window) == []


def test_the_frame_comes_back_when_one_leaves(held: PageDriver, desk: Desk) -> None:
    held.window.navigator.go("review", review=planned(desk))
    held.settle()
    assert held.window.sidebar.isVisible()
    assert desk.structure.name in held.window.windowTitle()


def test_a_question_asked_before_the_words_reached_the_disk_does_not_hide_them(held: PageDriver) -> None:
    # the writer is slow, and a reader answers meanwhile with what stood before
    free, read = Event(), Event()
    page = held.page
    tasks = page.room.tasks
    first_row(held)
    types("Avis de dernière minute")

    def slow(_desk: Desk) -> None:
        free.wait(5)

    def asked(desk: Desk) -> object:
        answer = MeetingPage.ask(page, desk)
        read.set()
        return answer

    tasks.do(slow)
    page._again()
    tasks.ask(page, asked, page._show, about="page")
    wait_until(read.is_set, "the early answer")
    turn(50)
    free.set()
    wait_until(lambda: page._open is not None, "the view")
    held.settle()
    assert first_row(held).toPlainText() == "Avis de dernière minute"


def test_projected_it_names_nobody_until_one_chooses(held: PageDriver, desk: Desk) -> None:
    canaries = [word for one in reviews.meeting(desk, planned(desk)).situations  # type: ignore[union-attr]
                for word in (*one.person_name.split(), one.initials, one.number, one.passage.record.her_words,
                             one.passage.record.question) if word]  # fmt: skip
    canaries += [one.record.name for one in desk.store.records.find("structure")]
    canaries += [one.record.last_name for one in desk.store.records.find("professional")]
    canaries += ["Vimoutiers", desk.structure.name]
    first_row(held)
    types("Mme Secret est venue")
    assert "Mme Secret" in told(held.page)
    held.press("F5").settle()
    assert "Situation 1" in words_on(held.page)
    seen = told(held.page) + "\n".join(words_on(held.window)) + held.window.windowTitle()
    assert [word for word in (*canaries, "Mme Secret") if word in seen] == []
    held.click("Tour de table").settle()
    held.shows("Structure 1")
    assert "Mme Secret" in told(held.page)
    assert [word for word in canaries if word in told(held.page)] == []
    held.click("Nom").settle()
    held.shows(situation(desk).person_name)
    held.press("Ctrl+Right").settle().settle()
    held.shows("Situation 2")
    assert situation(desk, 1).person_name not in told(held.page)


def test_what_is_typed_live_is_on_disk_within_a_second_also_while_typing(held: PageDriver, desk: Desk) -> None:
    first_row(held)
    types("Une chambre ")

    def kept() -> list[str]:
        return [one.values["content"]["text"] for one in desk.store.drafts.all() if one.kind == "contribution"]  # type: ignore[index,call-overload]

    wait_until(lambda: kept() == ["Une chambre"], "the draft")
    types("se libère")
    held.window.navigator.go("review", review=planned(desk))
    held.settle()
    assert [row.review for row in work.rows(desk, work.drafts(desk))] == [planned(desk)]
    held.window.navigator.go("meeting", review=planned(desk))
    held.settle().settle()
    assert held.page._open.table.rows[0].text() == "Une chambre se libère"
    assert situation(desk).contributions == []


def test_next_hands_in_what_was_said_and_opens_the_next(held: PageDriver, desk: Desk) -> None:
    first_row(held)
    types("Recours déposé.")
    held.press("Ctrl+Right").settle().settle()
    (handed,) = situation(desk).contributions
    assert handed.record.text == "Recours déposé."
    assert handed.record.by == desk.me.id
    assert situation(desk).passage.record.status == "done"
    assert [one.record.present for one in situation(desk).attendances] == [True]
    assert desk.store.drafts.all() == []
    held.shows(situation(desk, 1).person_name)
    held.click("Annuler").settle()
    assert situation(desk).contributions == []
    assert situation(desk).passage.record.status == "planned"


def test_nothing_to_add_is_a_contribution_too(held: PageDriver, desk: Desk) -> None:
    held.click(f"Rien à ajouter, {desk.structure.name}").settle()
    (handed,) = situation(desk).contributions
    assert handed.record.text == ""
    assert held.page._open.table.rows[0].speech.placeholderText() == "Rien à ajouter"


def test_typing_goes_on_through_a_refresh(held: PageDriver, desk: Desk) -> None:
    first_row(held)
    types("Elle cherche")
    found = situation(desk).passage
    reviews.contribute(desk, found.record.id, held.page._open.table.rows[1].voice.structure, "Autre avis")
    held.settle()
    wait_until(lambda: held.page._open.table.rows[1].text() == "Autre avis", "the other structure's words")
    types(" encore")
    assert held.page._open.table.rows[0].text() == "Elle cherche encore"


def test_a_decision_becomes_an_action_with_owner_and_date(held: PageDriver, desk: Desk) -> None:
    held.types("Réserver la chambre", into="what")
    held.find("owner").setFocus()
    types(desk.me.last_name)
    wait_until(held.find("owner")._answers.isVisible, "an answer")  # type: ignore[attr-defined]
    held.press("Return").types("15/12/2026", into="due_on").press("Ctrl+Return").settle().settle()
    held.shows("Réserver la chambre")
    (decision,) = situation(desk).decisions
    action = desk.store.records.get("action", decision.record.action)
    assert action is not None
    assert (action.record.what, action.record.owner, action.record.due_on) == (
        "Réserver la chambre", desk.me.id, date(2026, 12, 15))  # fmt: skip
    assert held.page._open.decisions.kept.form.record().what == ""
    held.click("Retirer la décision 1").settle()
    assert situation(desk).decisions == []
    assert desk.store.records.get("action", action.record.id) not in desk.store.records.find("action")


def test_presence_is_kept_per_situation(held: PageDriver, desk: Desk) -> None:
    held.press("Alt+5")
    held.find("Ajouter une personne présente").setFocus()
    types("Élue au social")
    held.press("Return").settle()
    held.click("Élue au social").settle()
    key = attendance_id(situation(desk).passage.record.id, "Élue au social".encode())
    line = desk.store.records.get("attendance", key)
    assert line is not None
    assert not line.record.present
    held.press("Ctrl+Right").settle().settle()
    assert {one.record.present for one in situation(desk).attendances} == {True, False}
    held.press("Alt+5")
    assert held.find("Élue au social").isChecked()  # type: ignore[attr-defined]


def test_minutes_and_next_step_are_saved_with_the_situation(held: PageDriver, desk: Desk) -> None:
    held.press("Alt+2")
    held.page._open.minutes.form.focus_field("minutes")
    types("Tout le monde est d’accord.")
    held.types("Revoir la garde", into="next_step").types("12/01/2027", into="next_on")
    held.press("Ctrl+Right").settle().settle()
    passage = situation(desk).passage.record
    assert (passage.minutes, passage.next_step, passage.next_on) == (
        "Tout le monde est d’accord.", "Revoir la garde", date(2027, 1, 12))  # fmt: skip
    assert desk.store.drafts.all() == []


def test_an_unreadable_date_keeps_the_situation_open(held: PageDriver, desk: Desk) -> None:
    held.types("31/02/2027", into="next_on").press("Ctrl+Right")
    held.shows("n’existe pas au calendrier")
    assert situation(desk).passage.record.status == "planned"


def test_the_time_passes_and_pauses(held: PageDriver) -> None:
    chrono, passage = held.page.chrono, held.page._current_id()
    wait_until(lambda: chrono.spent(passage) >= 1, "a second")
    held.press("F6")
    here = chrono.spent(passage)
    turn(1200)
    assert chrono.spent(passage) == here


def test_the_last_situation_closes_the_review(held: PageDriver, desk: Desk) -> None:
    for _situation in range(3):
        held.press("Ctrl+Right").settle().settle()
    shown = desk.store.records.get("review", planned(desk))
    assert shown is not None
    assert shown.record.status == "held"
    assert held.window.navigator.route() == "review"
    held.shows("Compte rendu")


def test_large_text_cuts_nothing(held: PageDriver, theming: Theme) -> None:
    theming.apply("light", 200)
    turn(30)
    assert clipped(held.page) == []
