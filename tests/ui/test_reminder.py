"""« Copier le rappel » by keyboard: no name, no reason, no sensitive structure; not for long in the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication

from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.services import people, records
from spie_desk.services.desk import Desk
from spie_desk.ui import clipboard
from spie_desk.ui.pages.agenda import AgendaPage
from spie_desk.ui.panels.reminder_copy import text_of
from tests.ui.drivers import PageDriver, turn, wait_until

WEDNESDAY = date(2026, 12, 9)
AMINA = Person(id=b"a" * 16, first_name="Amina", last_name="Belkacem")
SHELTER = Structure(id=b"s" * 16, name="Refuge Horizon", street="4 rue des Tilleuls", sensitive=True)
ZOE = Professional(id=b"z" * 16, first_name="Zoé", last_name="Lambert", structure=SHELTER.id)
MEETING = Appointment(id=b"m" * 16, person=AMINA.id, on=WEDNESDAY, at="15:30", place="Mairie", subject="Dettes")


@pytest.fixture
def founded(desk: Desk) -> Desk:
    for kind, one in (("structure", SHELTER), ("professional", ZOE)):
        records.save(desk, kind, one)
    return desk


def opened(desk: Desk, open_page: Callable[..., PageDriver], one: Appointment, who: Person = AMINA) -> PageDriver:
    people.create(desk, who)
    records.save(desk, "appointment", one)
    QGuiApplication.clipboard().clear()
    return open_page(AgendaPage, day=WEDNESDAY.isoformat()).press("Alt+2")


def copied() -> str:
    return QGuiApplication.clipboard().text()


def test_the_reminder_says_when_and_where_and_nothing_else(founded: Desk, open_page: Callable[..., PageDriver]) -> None:
    page = opened(founded, open_page, replace(MEETING, with_=founded.me.id))
    page.press("Ctrl+Shift+C").tells("Rappel copié")
    assert copied().startswith("Bonjour, je vous rappelle votre rendez-vous : mercredi 9 décembre 2026 à 15 h 30.")
    assert "Lieu : Mairie." in copied()
    assert founded.structure.name in copied()
    for word in ("Dettes", "Amina", "Belkacem", "\u00a0"):
        assert word not in copied()


@pytest.mark.parametrize("place", ["Au refuge HORIZON, 1er étage", "4, rue des Tilleuls", "Refuge Horizon"])
def test_a_sensitive_structure_is_named_neither_by_its_name_nor_by_its_address(
    founded: Desk, open_page: Callable[..., PageDriver], place: str
) -> None:
    page = opened(founded, open_page, replace(MEETING, with_=ZOE.id, place=place))
    page.press("Ctrl+Shift+C").tells("Le lieu nomme une structure sensible")
    for word in ("horizon", "tilleuls", "zoé", "lambert", founded.structure.name.casefold()):
        assert word not in copied().casefold()


def test_no_message_is_said_before_anything_is_copied(founded: Desk, open_page: Callable[..., PageDriver]) -> None:
    page = opened(founded, open_page, replace(MEETING, with_=founded.me.id), replace(AMINA, no_message=True))
    page.press("Ctrl+Shift+C").tells("ne pas laisser de message")
    assert copied() == ""
    page.click("Copier quand même")
    assert copied().startswith("Bonjour")


def test_what_was_copied_leaves_the_clipboard_but_not_what_came_after(qapp: object) -> None:
    copies = clipboard._Copies()
    copies._timer.setInterval(20)
    copies.copy("Bonjour, un rappel")
    assert QGuiApplication.clipboard().mimeData().data("x-kde-passwordManagerHint") == b"secret"
    wait_until(lambda: copied() == "", "an empty clipboard")
    copies.copy("Bonjour, un autre")
    QGuiApplication.clipboard().setText("autre chose")
    turn(60)
    assert copied() == "autre chose"


def test_the_end_of_a_profile_empties_it(qapp: object) -> None:
    clipboard.copy_for_a_while("Bonjour, un rappel")
    clipboard.empty_now()
    assert copied() == ""


def test_a_message_holds_no_space_that_costs_more() -> None:
    from spie_desk.domain.reminder import Reminder  # noqa: PLC0415

    assert text_of(Reminder(("à 14\u00a0h\u202f30",))) == "à 14 h 30"


def test_papers_are_in_it_only_when_asked_for() -> None:
    from spie_desk.domain.reminder import Reminder  # noqa: PLC0415

    found = Reminder(("Bonjour.",), to_bring=("Bail", "RIB"))
    assert text_of(found) == "Bonjour."
    assert text_of(found, papers=True) == "Bonjour. Pensez à apporter : Bail, RIB."
