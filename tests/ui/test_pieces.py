"""Missing papers and rights that end, by keyboard: asked for, received in one key, reminded of, renewed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtGui import QGuiApplication

from spie_desk.domain.records.action import Action
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.around import Phone, Relative, Right
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.piece import Asking
from spie_desk.services import people, pieces, records
from spie_desk.services.desk import Desk
from spie_desk.ui.pages.file import FilePage
from spie_desk.ui.pages.today import TodayPage
from spie_desk.ui.printing.preview import PrintPreview
from spie_desk.ui.route import Entry
from tests.ui.drivers import PageDriver, press, types, wait_until

DAY = date(2026, 12, 9)
AMINA, PAUL = b"a" * 16, b"p" * 16
Frame = Callable[..., PageDriver]


@pytest.fixture
def followed(desk: Desk) -> Desk:
    for one, first in ((AMINA, "Amina"), (PAUL, "Paul")):
        people.create(desk, Person(id=one, first_name=first, last_name="Belkacem", referent=desk.me.id))
    records.save(desk, "action", Action(id=b"s" * 16, person=AMINA, what="Demande de FSL", owner=desk.me.id))
    return desk


def _open(frame: Frame, route: str = "file") -> PageDriver:
    driver = frame(
        Entry("file", FilePage, "Dossier", "folder"), Entry("today", TodayPage, "Aujourd’hui", "sun", "main")
    )
    driver.window.navigator.go(route, **({"person": AMINA, "tab": "a-faire"} if route == "file" else {}))
    return driver.settle()


def _names(desk: Desk, person: bytes = AMINA) -> list[str]:
    return [one.record.name for one in pieces.of_her(desk, person)]


def _asked(desk: Desk, *names: str, remind: date = DAY) -> None:
    pieces.ask(desk, Asking(id=b"s" * 16, person=AMINA, names=names, asked_on=DAY, remind_on=remind))


def test_several_papers_in_a_few_keys_for_the_step_that_is_current(followed: Desk, frame: Frame) -> None:
    driver = _open(frame)
    driver.shows("Aucune pièce notée.").is_accessible()
    driver.page.body.panel("a-faire").list.setFocus()
    driver.press("Ctrl+Shift+D").shows("Pièces à demander pour «\u00a0Demande de FSL\u00a0»").is_accessible()
    for keys in ("Space", "Tab", "Tab", "Space"):
        press(keys)
    driver.find("others").setFocus()
    types("Devis du garagiste")
    driver.press("Ctrl+Return").tells("Pièces notées.")
    assert sorted(_names(followed)) == ["Devis du garagiste", "Livret de famille", "Pièce d’identité"]
    assert {one.record.action for one in followed.store.records.find("piece")} == {b"s" * 16}
    assert followed.store.drafts.all() == []
    driver.shows("3 pièces à fournir").shows("rappel le mer. 23 déc.").is_accessible()
    driver.press("Ctrl+Z")
    wait_until(lambda: _names(followed) == [], "the undo")


def test_what_is_ticked_waits_as_a_draft_and_comes_back_on_its_step(followed: Desk, frame: Frame) -> None:
    driver = _open(frame)
    driver.page.body.panel("a-faire").list.setFocus()
    driver.press("Ctrl+Shift+D")
    press("Space")
    driver.press("Escape")
    (draft,) = followed.store.drafts.all()
    driver.window.navigator.go("file", person=AMINA, tab="a-faire", draft=draft.id)
    driver.settle().shows("Pièces à demander pour «\u00a0Demande de FSL\u00a0»")
    driver.press("Ctrl+Return").tells("Pièces notées.")
    (piece,) = followed.store.records.find("piece")
    assert (piece.record.action, piece.record.asked_on) == (b"s" * 16, DAY)


def test_without_any_paper_the_sentence_stands_in_the_form(followed: Desk, frame: Frame) -> None:
    driver = _open(frame)
    driver.press("Ctrl+Shift+D").press("Ctrl+Return").shows("Il manque")
    assert _names(followed) == []


def test_space_receives_a_paper_and_takes_it_back(followed: Desk, frame: Frame) -> None:
    _asked(followed, "RIB", "Bail")
    driver = _open(frame)
    driver.page.body.panel("a-faire").pieces.list.setFocus()
    driver.press("Space").tells("Reçue\u00a0: Bail").shows("reçue le mer. 9 déc.")
    assert _names(followed) == ["RIB"]
    driver.press("Ctrl+Z")
    wait_until(lambda: _names(followed) == ["Bail", "RIB"], "the undo")


def test_the_list_to_give_is_previewed_without_what_it_is_for(followed: Desk, frame: Frame) -> None:
    _asked(followed, "RIB", "Bail")
    driver = _open(frame)
    driver.page.body.panel("a-faire").pieces._slip.click()
    wait_until(lambda: driver.settle().window.findChild(PrintPreview) is not None, "the preview")
    preview = driver.window.findChild(PrintPreview)
    assert preview is not None
    assert "Demande de FSL" not in repr(preview._sheet.only(preview._sheet.at_first()).blocks)
    preview.close()


def test_the_reminder_is_in_the_day_and_one_key_receives_it(followed: Desk, frame: Frame) -> None:
    _asked(followed, "RIB")
    driver = _open(frame, "today")
    driver.shows("Pièce\u00a0: RIB, pour Amina Belkacem, à rappeler").is_accessible()
    driver.press("Space").tells("Reçue\u00a0: RIB").hides("Pièce\u00a0: RIB")


def test_the_reminder_is_put_off_and_several_papers_open_the_file(followed: Desk, frame: Frame) -> None:
    _asked(followed, "RIB", "Bail", "Jugement")
    driver = _open(frame, "today")
    driver.shows("Pièces\u00a0: Bail, Jugement et 1 autre")
    driver.press("R").press("Return").tells("Reporté au jeudi 10 décembre").hides("Pièces\u00a0: Bail")
    assert {one.record.remind_on for one in followed.store.records.find("piece")} == {DAY + timedelta(days=1)}
    driver.press("Ctrl+Z")
    driver.shows("Pièces\u00a0: Bail").press("Space")
    assert driver.window.navigator.route() == "file"
    driver.shows("Pièces à fournir")


def test_a_copied_reminder_names_papers_only_by_choice(followed: Desk, frame: Frame) -> None:
    _asked(followed, "RIB", "Bail")
    records.save(followed, "appointment", Appointment(id=b"m" * 16, person=AMINA, on=DAY, at="15:30"))
    driver = _open(frame)
    driver.press("Ctrl+Shift+C").tells("Rappel copié, sans nom ni motif.")
    assert "RIB" not in QGuiApplication.clipboard().text()
    driver.window.notices.bar.button.click()
    wait_until(lambda: "Pensez à apporter : Bail, RIB." in QGuiApplication.clipboard().text(), "the papers")
    driver.tells("Rappel copié avec les pièces à apporter.")


@pytest.mark.parametrize(("keys", "said"), [
    ("N", "CSS"), ("S", "sans suite à donner"), ("R", "Reporté au jeudi 10 décembre"),
])  # fmt: skip
def test_a_right_that_ends_is_answered_in_one_key(followed: Desk, frame: Frame, keys: str, said: str) -> None:
    right = Right(id=b"r" * 16, person=AMINA, scheme="css", status="open", starts_on=date(2026, 1, 1),
                  ends_on=date(2026, 12, 31))  # fmt: skip
    records.save(followed, "right", right)
    driver = _open(frame, "today")
    driver.page._open_whole("rights")
    driver.shows("Complémentaire santé solidaire, pour Amina Belkacem, le 31 déc.").is_accessible()
    driver.press(keys)
    if keys == "R":
        driver.press("Return")
    driver.tells(said if keys != "N" else "renouvelé pour Amina Belkacem").hides("le 31 déc.")
    found = sorted((one.record for one in followed.store.records.find("right")), key=lambda one: one.ends_on or DAY)
    assert [one.ends_on for one in found][1:] == ([date(2027, 12, 31)] if keys == "N" else [])
    assert (found[0].settled, found[0].remind_on) == (keys == "S", DAY + timedelta(days=1) if keys == "R" else None)
    driver.press("Ctrl+Z")
    driver.shows("le 31 déc.")


def test_beside_the_day_the_same_keys_answer(followed: Desk, frame: Frame) -> None:
    records.save(followed, "right", Right(id=b"r" * 16, person=AMINA, scheme="css", ends_on=DAY + timedelta(days=5)))
    driver = _open(frame, "today")
    driver.types("", into="side-rights").press("R").press("Return").tells("Reporté au jeudi 10 décembre")
    (found,) = followed.store.records.find("right")
    assert found.record.remind_on == DAY + timedelta(days=1)
    driver.press("Ctrl+Z")
    driver.shows("Renouveler, reporter…").types("", into="side-rights").press("S").tells("sans suite à donner")


def test_the_header_says_in_how_many_days_and_an_end_that_is_typed_proposes_its_reminder(
    followed: Desk, frame: Frame
) -> None:
    records.save(followed, "right", Right(id=b"r" * 16, person=AMINA, scheme="titre_sejour",
                                          ends_on=DAY + timedelta(days=12)))  # fmt: skip
    records.save(followed, "right", Right(id=b"q" * 16, person=AMINA, scheme="rqth", ends_on=DAY + timedelta(days=9)))
    driver = _open(frame)
    driver.shows("Titre de séjour\u00a0: se termine dans 12 j").hides("RQTH")
    driver.press("Alt+2").shows("se termine dans 9 j")
    driver.click("add-right")
    driver.types("01/06/2027", into="ends_on")
    assert driver.page.body.over.form.editors["remind_on"].read() == date(2027, 4, 2)
    driver.types("", into="ends_on").press("Ctrl+A").types("01/07/2027", into="ends_on")
    assert driver.page.body.over.form.editors["remind_on"].read() == date(2027, 5, 2)
    driver.types("", into="remind_on").press("Ctrl+A").types("03/05/2027", into="remind_on")
    driver.types("", into="ends_on").press("Ctrl+A").types("01/08/2027", into="ends_on")
    assert driver.page.body.over.form.editors["remind_on"].read() == date(2027, 5, 3)


def test_a_linked_adult_opens_their_own_file(followed: Desk, frame: Frame) -> None:
    records.save(followed, "relative", Relative(id=b"l" * 16, person=AMINA, link="conjoint", other=PAUL))
    driver = _open(frame)
    driver.press("Alt+2")
    driver.page.body.panel("situation")._cards["relative"].list.setFocus()
    driver.press("Return")
    wait_until(lambda: driver.page.body.header.name.said() == "Paul Belkacem", "the file")


def test_a_number_that_is_erased_leaves_the_header_at_once(followed: Desk, frame: Frame) -> None:
    records.save(followed, "phone", Phone(id=b"n" * 16, person=AMINA, number="06 39 98 01 02", whose="sa sœur"))
    driver = _open(frame)
    driver.shows("06\u00a039\u00a098\u00a001\u00a002 (sa sœur)").press("Alt+5")
    history = driver.page.body.panel("historique")
    at = next(n for n, one in enumerate(history.list.rows()) if (one.kind, one.register) == ("phone", "phone"))
    table = history.list.table()
    table.setCurrentIndex(table.model().index(at, 0))
    history._erase.click()
    driver.settle().press("Tab").press("Space").tells("Valeur effacée.")
    wait_until(lambda: "06" not in driver.page.body.header._under.said(), "the header")
