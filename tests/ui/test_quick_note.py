"""« Noter vite », « À rattacher » and « Travail en cours » by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from spie_desk.domain.listing import PersonFilter
from spie_desk.services import people, quick, work
from spie_desk.services.desk import Desk
from spie_desk.ui.pages.note import NotePage
from spie_desk.ui.pages.unattached import UnattachedPage
from spie_desk.ui.pages.work import WorkPage
from spie_desk.ui.panels.confirm import Confirm
from spie_desk.ui.panels.quick_note import QuickNote
from spie_desk.ui.route import Entry
from spie_desk.ui.shell.quick import hang_quick_note
from tests.clock import FakeClock
from tests.ui.drivers import PageDriver, clipped, nameless, press, types, wait_until

PAGES = (
    Entry("work", WorkPage, "Travail en cours", "pencil-line", "exchanges"),
    Entry("unattached", UnattachedPage, "À rattacher", "user-round-search", "exchanges"),
    Entry("note", NotePage, under="work"),
)


@pytest.fixture
def desk(example_desk: Desk) -> Desk:
    return example_desk


@pytest.fixture
def window(frame: Callable[..., PageDriver]) -> PageDriver:
    """The frame with the three pages and « Noter vite » hung on it."""
    driver = frame(*PAGES)
    sources = driver.window.navigator._room.sources
    driver.quick = hang_quick_note(driver.window, driver.tasks, sources)  # type: ignore[attr-defined]
    return driver


def _quick(driver: Any) -> QuickNote:
    found: QuickNote = driver.quick
    return found


def _names(desk: Desk, team: tuple[bytes, ...]) -> set[str]:
    found = [desk.store.records.get("professional", one) for one in team]
    return {one.record.first_name for one in found if one is not None}


def test_a_sentence_is_kept_with_place_hour_and_two_authors_in_two_keys(window: PageDriver, desk: Desk) -> None:
    window.window.navigator.go("work")
    window.settle()
    other = next(one.record.id for one in desk.store.records.find("professional") if one.record.id != desk.me.id)
    quick.remember_round(desk, quick.Round("Gare, quai 2", (desk.me.id, other)))
    keys = 0
    window.press("Ctrl+Shift+N")
    keys += 1
    types("Vu un monsieur et son chien, il veut bien du duvet.")
    press("Return")
    keys += 1
    window.settle()
    assert keys <= 6
    waiting = work.unattached(desk)
    note = quick.note_of(waiting[0])
    assert note.text == "Vu un monsieur et son chien, il veut bien du duvet."
    assert (note.place, note.at, note.sort) == ("Gare, quai 2", "14:32", "maraude")
    assert set(note.authors) == {desk.me.id, other}
    assert _quick(window).isHidden()


def test_the_first_time_six_keys_name_the_place_and_a_colleague(window: PageDriver, desk: Desk) -> None:
    window.window.navigator.go("work")
    window.settle()
    keys = ["Ctrl+Shift+N"]
    window.press("Ctrl+Shift+N")
    types("Deux personnes sous le pont.")
    for key in ("Tab", "Tab", "Tab"):
        press(key)
        keys.append(key)
        if key == "Tab" and QApplication.focusWidget() is _quick(window).place:
            types("Pont Neuf")
    types("Kar")
    wait_until(_quick(window).team.field._answers.isVisible, "answers")
    press("Return")
    press("Return")
    keys += ["Return", "Return"]
    window.settle()
    assert len(keys) <= 6
    note = quick.note_of(work.unattached(desk)[0])
    assert note.place == "Pont Neuf"
    assert "Karim" in _names(desk, note.authors)
    assert len(note.authors) == 2


def test_shift_enter_goes_to_the_next_line_and_escape_keeps(window: PageDriver, desk: Desk) -> None:
    window.window.navigator.go("work")
    window.press("Ctrl+Shift+N")
    types("Une ligne")
    press("Shift+Return")
    types("et une autre")
    press("Escape")
    window.settle()
    assert quick.note_of(work.unattached(desk)[0]).text == "Une ligne\net une autre"
    window.press("Ctrl+Shift+N")
    press("Escape")
    window.settle()
    assert len(work.unattached(desk)) == 1


def test_every_letter_is_on_disk_while_typing_goes_on(window: PageDriver, desk: Desk) -> None:
    window.window.navigator.go("work")
    window.press("Ctrl+Shift+N")
    seen: list[int] = []
    for _turn in range(25):
        QTest.keyClicks(_quick(window).text, "mot ")
        QTest.qWait(50)
        seen.append(len(quick.note_of(work.unattached(desk)[0]).text) if work.unattached(desk) else 0)
    assert 0 < seen[15] < seen[-1], "kept once only, or never, while typing"
    assert len(work.unattached(desk)) == 1


def test_nothing_opens_over_the_veil(window: PageDriver) -> None:
    window.window.navigator.go("work")
    window.settle()
    window.window.veil.fall()
    press("Ctrl+Shift+N", window.window)
    assert _quick(window).isHidden()


def test_a_wrong_hour_is_said_beside_the_words_which_stay(window: PageDriver, desk: Desk) -> None:
    window.window.navigator.go("work")
    window.press("Ctrl+Shift+N")
    types("À garder.")
    _quick(window).at.setText("33h")
    press("Return")
    assert not _quick(window).isHidden()
    assert "n’est pas une heure" in _quick(window)._error.said()
    assert nameless(_quick(window)) == []


def test_a_waiting_note_goes_to_someone_and_is_signed_there(window: PageDriver, desk: Desk) -> None:
    quick.note_quickly(desk, "Elle cherche un toit.", quick.Round("Gare"))
    person = people.rows(desk, PersonFilter())[0]
    window.window.navigator.go("unattached")
    window.settle().is_accessible()
    window.shows("Elle cherche un toit.")
    window.find("attach-person").setFocus()
    types(person.name.split()[-1])
    wait_until(window.page._note.person._answers.isVisible, "answers")
    press("Return")
    wait_until(lambda: isinstance(window.page, NotePage) and window.page._opening is not None, "the editor")
    window.settle()
    window.press("Ctrl+Return").tells("Note signée.")
    chosen = desk.store.records.find("note", {"person": person.id}, order=("-on",))
    assert any(one.record.text == "Elle cherche un toit." and one.record.place == "Gare" for one in chosen)
    assert not work.unattached(desk)
    assert not work.drafts(desk)


def test_a_nickname_is_enough_to_open_a_file(window: PageDriver, desk: Desk) -> None:
    quick.note_quickly(desk, "Un duvet donné.")
    window.window.navigator.go("unattached")
    window.settle()
    window.types("Monsieur à la flûte", into="attach-nickname")
    press("Return")
    wait_until(lambda: isinstance(window.page, NotePage) and window.page._opening is not None, "the editor")
    window.shows("«\u00a0Monsieur à la flûte\u00a0», année de naissance inconnue")
    window.settle().press("Ctrl+Return").tells("Note signée.")
    row = next(one for one in people.rows(desk, PersonFilter()) if "à la flûte" in one.name)
    assert [one.record.text for one in desk.store.records.find("note", {"person": row.id})] == ["Un duvet donné."]


def test_what_waits_for_thirty_days_is_proposed_and_made_anonymous(
    window: PageDriver, desk: Desk, clock: FakeClock
) -> None:
    quick.note_quickly(desk, "Monsieur Indigo, rue Canari.", quick.Round("Gare"))
    clock.move(days=31)
    quick.note_quickly(desk, "Celle d’aujourd’hui.")
    window.window.navigator.go("unattached")
    window.settle().shows("1 note attend depuis 30 jours ou plus")
    assert [one.note.text for one in window.page._list.rows()] == [
        "Monsieur Indigo, rue Canari.",
        "Celle d’aujourd’hui.",
    ]
    window.types("", into="neutral-text")
    press("Return")
    window.settle()
    kept = [
        one.record for one in desk.store.records.find("note") if one.record.text == "Rencontre sans suite nominative."
    ]
    assert [(one.person, one.place, one.sort) for one in kept] == [(b"", "Gare", "maraude")]
    assert not people.search(desk, "Indigo")
    assert [one.note.text for one in window.page._list.rows()] == ["Celle d’aujourd’hui."]


def test_erasing_is_confirmed_with_its_consequence_and_focus_does_not_start_on_it(
    window: PageDriver, desk: Desk
) -> None:
    quick.note_quickly(desk, "Canari amarante.")
    window.window.navigator.go("unattached")
    window.settle().click("Effacer")
    asked = window.window.findChild(Confirm)
    assert asked is not None
    assert asked.stay.hasFocus() or asked.focusWidget() is asked.stay
    asked.yes.setFocus()
    press("Space", asked.yes)
    window.settle()
    assert not work.unattached(desk)
    assert not work.discarded(desk)


def test_work_in_progress_reopens_throws_away_and_brings_back(window: PageDriver, desk: Desk) -> None:
    person = people.rows(desk, PersonFilter())[0]
    window.window.navigator.go("work")
    window.window.navigator.go("note", person=person.id)
    wait_until(lambda: window.page._opening is not None, "the form")
    window.settle()
    types("Trois mots ici")
    window.page._sheet.text.put_caret(5)
    window.press("Escape")
    wait_until(lambda: isinstance(window.page, WorkPage), "the list")
    window.settle().is_accessible()
    window.shows(f"Note · {person.name}").shows("3 mots")
    window.press("Return")
    wait_until(lambda: isinstance(window.page, NotePage) and window.page._opening is not None, "the form again")
    window.settle()
    assert window.page._sheet.text.caret() == 5
    window.press("Escape")
    wait_until(lambda: isinstance(window.page, WorkPage), "the list again")
    window.settle().press("Delete")
    window.shows("Jeté depuis moins de 30 jours")
    assert not work.drafts(desk)
    window.click("Récupérer")
    wait_until(lambda: bool(work.drafts(desk)), "brought back")
    assert work.rows(desk, work.drafts(desk))[0].words == 3


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("route", ["work", "unattached"])
def test_no_word_is_cut(window: PageDriver, theming: Any, desk: Desk, scale: int, route: str) -> None:
    theming.apply("light", scale)
    quick.note_quickly(desk, "Vu un monsieur et son chien, il veut bien du duvet.", quick.Round("Gare"))
    window.window.navigator.go(route)
    window.window.resize(1366, 768)
    window.settle()
    assert clipped(window.page) == []
