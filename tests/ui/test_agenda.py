"""The agenda by keyboard: an appointment is written, moved, answered, seen to overlap, and printed without names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from spie_desk.domain.errors import WrongValueError
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.person import Person
from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.domain.sheets.week_sheet import initials
from spie_desk.services import appointments, people, records, sheets
from spie_desk.services.desk import Desk
from spie_desk.ui.page import Page
from spie_desk.ui.pages.agenda import AgendaPage
from spie_desk.ui.printing.preview import PrintPreview
from spie_desk.ui.route import Entry
from tests.clock import FakeClock
from tests.ui.drivers import PageDriver, press, wait_until

WEDNESDAY = date(2026, 12, 9)
AMINA = Person(id=b"a" * 16, first_name="Amina", last_name="Belkacem")
PAUL = Person(id=b"p" * 16, first_name="Paul", last_name="Ekambi")
MEETING = Appointment(id=b"m" * 16, person=AMINA.id, on=WEDNESDAY, at="15:30", place="Mairie", subject="Budget")


class Elsewhere(Page):
    """Stands for the file that opens."""

    def arrive(self, **route: object) -> None:
        self.retitle(repr(route.get("person")))


@pytest.fixture
def followed(desk: Desk) -> Desk:
    people.create(desk, AMINA)
    people.create(desk, PAUL)
    records.save(desk, "appointment", replace(MEETING, with_=desk.me.id))
    return desk


@pytest.fixture
def week(followed: Desk, frame: Callable[..., PageDriver]) -> PageDriver:
    driver = frame(Entry("agenda", AgendaPage, "Agenda", "calendar-days", "main"), Entry("file", Elsewhere))
    driver.window.navigator.go("agenda")
    return driver.settle()


def _found(desk: Desk) -> list[Appointment]:
    return [one.record for one in desk.store.records.find("appointment", order=("on", "at"))]


def test_an_appointment_is_written_from_the_keyboard(followed: Desk, week: PageDriver) -> None:
    week.is_accessible()
    week.press("Right").press("Ctrl+N")
    week.types("ekam", into="person")
    wait_until(lambda: week.find("person").accessibleDescription() == "Paul Ekambi", "the answer")
    press("Return")
    week.types("9h30", into="at").types("CCAS", into="place").press("Ctrl+Return")
    week.tells("Rendez-vous enregistré.").shows("jeudi 10 décembre 2026 à 09:30, 45 min").shows("CCAS · avec vous")
    made = _found(followed)[1]
    assert (made.person, made.on, made.at, made.with_) == (PAUL.id, date(2026, 12, 10), "09:30", followed.me.id)
    assert followed.store.drafts.all() == []
    week.press("Ctrl+Z")
    assert len(_found(followed)) == 1


def test_without_a_person_it_is_refused_beside_the_field(followed: Desk, week: PageDriver) -> None:
    week.press("Ctrl+N").press("Ctrl+Return")
    week.shows("Personne")
    assert week.find("person").accessibleDescription()
    assert len(_found(followed)) == 1


@pytest.mark.parametrize(("key", "status", "said"), [
    ("P", "present", "présence"), ("A", "absent", "absence"), ("E", "excused", "absence excusée"),
    ("T", "postponed", "reporté"), ("X", "cancelled", "annulé"),
])  # fmt: skip
def test_a_presence_is_one_key_and_can_be_undone(
    followed: Desk, week: PageDriver, clock: FakeClock, key: str, status: str, said: str
) -> None:
    clock.move(hours=2)
    week.press(key).tells(f"Amina Belkacem\u00a0: {said}.")
    assert _found(followed)[0].status == status
    week.press("Ctrl+Z")
    assert _found(followed)[0].status == "coming"


def test_what_is_still_ahead_was_neither_kept_nor_missed(followed: Desk, week: PageDriver) -> None:
    week.press("A").tells("ce rendez-vous est encore à venir")
    assert _found(followed)[0].status == "coming"
    records.save(followed, "appointment", replace(MEETING, id=b"f" * 16, on=date(2026, 12, 10), with_=followed.me.id))
    ahead = followed.store.records.get("appointment", b"f" * 16)
    assert ahead is not None
    for status in ("present", "absent"):
        with pytest.raises(WrongValueError):
            appointments.mark(followed, ahead, status)
    appointments.mark(followed, ahead, "excused")
    assert _found(followed)[1].status == "excused"


def test_moved_to_another_week_it_is_shown_there(followed: Desk, week: PageDriver) -> None:
    week.press("T").press("Return")
    week.types("", into="on").press("Ctrl+A").types("16/12").types("", into="at").press("Ctrl+A").types("10h")
    week.press("Ctrl+Return")
    week.tells("Rendez-vous modifié.").shows("mercredi 16 décembre 2026 à 10:00").shows("Du lundi 14 au vendredi 18")
    moved = _found(followed)[0]
    assert (moved.on, moved.at, moved.status) == (date(2026, 12, 16), "10:00", "coming")


def test_two_at_the_same_time_are_told_and_a_cancelled_one_is_not(followed: Desk, week: PageDriver) -> None:
    other = Appointment(id=b"o" * 16, person=PAUL.id, on=WEDNESDAY, at="16:00", with_=followed.me.id)
    records.save(followed, "appointment", other)
    week.settle().shows("En même temps que\u00a0: 16:00 Paul Ekambi")
    assert any("en même temps que Paul Ekambi" in line for line in week.page._week.spoken())
    week.press("Down").press("X").press("Up")
    week.hides("En même temps que")


def test_weeks_turn_and_a_saturday_shows_when_it_holds_something(followed: Desk, week: PageDriver) -> None:
    saturday = replace(MEETING, id=b"s" * 16, on=date(2026, 12, 19), at="10:00")
    records.save(followed, "appointment", saturday)
    week.press("PgDown").shows("Du lundi 14 au samedi 19 décembre 2026")
    week.press("PgUp").press("PgUp").shows("Du lundi 30 novembre au vendredi 4 décembre 2026")
    week.press("Ctrl+T").shows("Du lundi 7 au vendredi 11 décembre 2026").shows("Amina Belkacem")


def test_everyone_s_week_shows_what_others_hold(followed: Desk, week: PageDriver) -> None:
    records.save(followed, "appointment", replace(MEETING, id=b"c" * 16, at="08:00", with_=b"q" * 16))
    week.settle()
    assert len(week.page._week.spoken()) == 1
    week.press("Alt+2")
    assert len(week.page._week.spoken()) == 2
    week.press("Alt+1")
    assert len(week.page._week.spoken()) == 1


def test_what_is_typed_is_kept_and_comes_back(followed: Desk, week: PageDriver) -> None:
    week.press("Ctrl+N")
    week.types("Point logement", into="subject")
    wait_until(lambda: bool(followed.store.drafts.all()), "a draft on disk")
    week.press("Esc")
    week.window.navigator.go("agenda", draft=followed.store.drafts.all()[0].id)
    week.settle()
    assert week.find("subject").text() == "Point logement"


def test_the_file_opens_from_the_week(week: PageDriver) -> None:
    week.press("Ctrl+O")
    assert week.page.heading() == repr(AMINA.id)


@pytest.mark.parametrize(("keys", "title"), [("Ctrl+P", "Rendez-vous de la semaine"), ("Ctrl+Shift+P", "Rendez-vous")])
def test_the_week_and_the_slip_are_previewed(week: PageDriver, keys: str, title: str) -> None:
    week.press(keys)
    preview = next(one for one in week.window.findChildren(PrintPreview) if one.isVisible())
    assert preview._sheet.title.msgid == title
    preview.reject()
    week.settle()


def _words(sheet: Sheet) -> str:
    return repr(sheet.only(sheet.at_first()).blocks)


def test_the_printed_week_names_nobody_unless_it_is_ticked(followed: Desk) -> None:
    sheet = sheets.of_week(followed, WEDNESDAY)
    assert "A.\\xa0B." in _words(sheet)
    assert "Amina" not in _words(sheet)
    assert "Budget" not in _words(sheet)
    assert "Amina Belkacem" in repr(sheet.only(frozenset({"names"})).blocks)


@pytest.mark.parametrize(("name", "said"), [
    ("Jean-Marc Lefèvre", "J.\u00a0L."), ("«\u00a0Monsieur au chien\u00a0»", "M.\u00a0C."), ("Zaza", "Z."), ("", "?"),
])  # fmt: skip
def test_initials(name: str, said: str) -> None:
    assert initials(name) == said
