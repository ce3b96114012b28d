"""« Aujourd'hui » by keyboard: what is late, done, put off, answered, and what never runs off the bottom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from spie_desk.domain.drafts import Draft, DraftState
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.around import Right
from spie_desk.domain.records.person import Person
from spie_desk.services import people, today
from spie_desk.services.desk import Desk
from spie_desk.ui.page import Page
from spie_desk.ui.pages.today import TodayPage
from spie_desk.ui.panels.room_for_rows import share
from spie_desk.ui.route import Entry
from tests.clock import FakeClock
from tests.ui.drivers import PageDriver, wait_until

TODAY = date(2026, 12, 9)
AMINA = Person(id=b"a" * 16, first_name="Amina", last_name="Belkacem", birth_year=1988)


def _action(desk: Desk, what: str, due: date | None = TODAY, **fields: object) -> Action:
    return replace(Action(id=desk.chance.id(), person=AMINA.id, what=what, due_on=due, owner=desk.me.id), **fields)


def _put(desk: Desk, kind: str, *records: object) -> None:
    with desk.store.unit() as unit:
        for record in records:
            unit.put(kind, record)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    people.create(desk, AMINA)
    _put(desk, "action", _action(desk, "Faire signer le contrat", TODAY - timedelta(days=5)),
         _action(desk, "Déposer le recours"), _action(desk, "Plus tard", TODAY + timedelta(days=3)),
         _action(desk, "Place à l’atelier", owner=b"", owner_name="France Travail"))  # fmt: skip
    return desk


class Elsewhere(Page):
    """Stands for the pages that this one leads to: says its route's arguments."""

    def arrive(self, **route: object) -> None:
        self.retitle(" ".join(f"{name}={value!r}" for name, value in route.items()))


def open_day(frame: Callable[..., PageDriver]) -> PageDriver:
    others = [Entry(route, Elsewhere) for route in ("file", "people", "agenda", "note", "work", "settings", "import")]
    driver = frame(Entry("today", TodayPage, "Aujourd’hui", "sun", "main"), *others)
    driver.window.navigator.go("today")
    return driver.settle()


def test_the_day_says_its_date_and_counts_what_is_to_do(filled: Desk, frame: Callable[..., PageDriver]) -> None:
    page = open_day(frame)
    page.shows("Mercredi 9 décembre 2026 · 1 personne accompagnée, 2 choses à faire")
    page.shows("Faire signer le contrat, pour Amina Belkacem, Retard de 5 j")
    page.shows("Déposer le recours, pour Amina Belkacem, aujourd’hui")
    page.shows("Place à l’atelier, pour Amina Belkacem")
    page.hides("Plus tard")
    page.is_accessible()


def test_space_does_it_and_undo_brings_it_back(filled: Desk, frame: Callable[..., PageDriver]) -> None:
    page = open_day(frame)
    page.press("Space")
    page.tells("Action faite.").hides("Faire signer le contrat")
    page.press("Ctrl+Z")
    page.shows("Faire signer le contrat, pour Amina Belkacem, Retard de 5 j")


def test_ctrl_return_does_the_current_row_of_the_list_below(filled: Desk, frame: Callable[..., PageDriver]) -> None:
    page = open_day(frame)
    page.press("Down").press("Ctrl+Return")
    page.hides("Déposer le recours").shows("Faire signer le contrat")


def test_r_puts_off_to_the_date_that_is_typed(filled: Desk, frame: Callable[..., PageDriver]) -> None:
    page = open_day(frame)
    page.press("R")
    page.types("18/12").press("Return")
    page.tells("Reporté au vendredi 18 décembre 2026.").hides("Faire signer le contrat")
    action = filled.store.records.find("action", {"due_on": date(2026, 12, 18)})
    assert [one.record.what for one in action] == ["Faire signer le contrat"]


def test_a_date_that_cannot_be_is_refused_beside_the_field(filled: Desk, frame: Callable[..., PageDriver]) -> None:
    page = open_day(frame)
    page.press("Ctrl+R")
    page.types("31/02").press("Return")
    page.shows("n’existe pas au calendrier")
    page.press("Esc")
    page.hides("n’existe pas au calendrier").shows("Faire signer le contrat")
    assert page.page.window().focusWidget().accessibleName() == "En retard"


def test_return_opens_the_file(filled: Desk, frame: Callable[..., PageDriver]) -> None:
    page = open_day(frame)
    page.press("Return")
    assert page.window.navigator.route() == "file"
    assert page.page.heading() == f"person={AMINA.id!r}"


@pytest.mark.parametrize(("key", "status"), [("P", "present"), ("A", "absent"), ("E", "excused"), ("Space", "present")])
def test_a_presence_is_answered_by_one_key(desk: Desk, frame: Callable[..., PageDriver], key: str, status: str) -> None:
    people.create(desk, AMINA)
    meeting = Appointment(id=b"m" * 16, person=AMINA.id, on=TODAY - timedelta(days=1), at="14:00", with_=desk.me.id)
    _put(desk, "appointment", meeting)
    page = open_day(frame)
    page.shows("Présence au rendez-vous de 14:00, pour Amina Belkacem, hier")
    page.press(key).hides("Présence au rendez-vous")
    found = desk.store.records.get("appointment", meeting.id)
    assert found is not None
    assert found.record.status == status


def test_a_meeting_that_is_over_asks_the_same_day(desk: Desk, clock: FakeClock) -> None:
    people.create(desk, AMINA)
    _put(desk, "appointment", Appointment(id=b"m" * 16, person=AMINA.id, on=TODAY, at="14:00", minutes=45))
    assert not today.today(desk).unanswered
    clock.move(minutes=30)
    assert len(today.today(desk).unanswered) == 1


def test_a_profile_without_people_says_where_to_begin(desk: Desk, frame: Callable[..., PageDriver]) -> None:
    desk.store.settings.set("kit_later", int((desk.clock.now() + timedelta(days=1)).timestamp() * 1000))
    page = open_day(frame)
    page.shows("Importez votre fichier, ou créez un premier dossier.").hides("Rien à faire aujourd’hui.")
    page.shows("Votre kit de secours reste à faire.").is_accessible()
    page.press("Return").settle()
    assert page.window.navigator.route() == "import"


def test_an_empty_day_says_so(desk: Desk, frame: Callable[..., PageDriver]) -> None:
    _put(desk, "person", AMINA)
    page = open_day(frame)
    page.shows("Rien à faire aujourd’hui.").shows("Rien d’autre à signaler.").is_accessible()


def test_a_long_list_is_cut_opens_whole_and_comes_back(filled: Desk, frame: Callable[..., PageDriver]) -> None:
    _put(filled, "action", *(_action(filled, f"Démarche {n:02d}", TODAY - timedelta(days=n)) for n in range(1, 41)))
    page = open_day(frame)
    page.shows("… et ").hides("Démarche 01,")
    bottom = page.window.strip.mapTo(page.window, page.window.strip.rect().topLeft()).y()
    sections = page.page._lists.sections.values()
    wait_until(lambda: all(one.mapTo(page.window, one.rect().bottomLeft()).y() <= bottom for one in sections),
               "every section above the strip")  # fmt: skip
    page.click("more-late")
    page.shows("Démarche 01, pour Amina Belkacem, Retard de 1 j")
    page.press("Esc").hides("Démarche 01,")


def test_the_right_side_leads_to_drafts_and_to_the_file_of_a_right(
    filled: Desk, frame: Callable[..., PageDriver]
) -> None:
    values = {"text": "Vue hier."}
    filled.store.drafts.save(Draft(id=b"d" * 16, form="note", kind="note", person=AMINA.id, values=values))
    _put(filled, "right", Right(id=b"r" * 16, person=AMINA.id, scheme="css", ends_on=TODAY + timedelta(days=4)))
    page = open_day(frame)
    page.shows("Note, Amina Belkacem, 2 mots").shows("Amina Belkacem, Complémentaire santé solidaire, le 13 déc.")
    page.types("", into="side-drafts").press("Return")
    assert page.page.heading() == f"draft={b'd' * 16!r}"


def test_the_kit_that_was_put_off_is_asked_again_when_its_time_comes(desk: Desk, clock: FakeClock) -> None:
    people.create(desk, AMINA)
    assert not today.today(desk).kit_due
    desk.store.settings.set("kit_later", int((clock.now() + timedelta(days=1)).timestamp() * 1000))
    assert not today.today(desk).kit_due
    clock.move(days=1)
    assert today.today(desk).kit_due
    desk.store.settings.set("kit_made", 1)
    assert not today.today(desk).kit_due


def test_counters_agree_with_the_page(example_desk: Desk) -> None:
    example_desk.store.drafts.save(Draft(id=b"q" * 16, form="note", kind="note", state=DraftState.KEPT))
    day, counted = today.today(example_desk), today.counters(example_desk)
    assert counted.today == day.to_do > 0
    assert (counted.work, counted.unattached) == (len(day.drafts), len(day.unattached)) == (0, 1)


@pytest.mark.parametrize(("counts", "room", "shown"), [
    ([26, 4, 38], 442, [3, 2, 2]),
    ([1, 0, 1], 442, [1, 0, 1]),
    ([0, 0, 50], 442, [0, 0, 10]),
    ([9, 9, 9], 10, [1, 1, 1]),
])  # fmt: skip
def test_rows_share_the_room_there_is(counts: list[int], room: int, shown: list[int]) -> None:
    assert share(counts, room, 38, 31, 24) == shown
