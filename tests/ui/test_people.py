"""Everyone by keyboard: found by letters, sounds and numbers, told from homonyms, kept in views, never read whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.around import Phone
from spie_desk.domain.records.person import Person
from spie_desk.services import people, views
from spie_desk.services.desk import Desk
from spie_desk.ui.page import Page
from spie_desk.ui.pages.people import PeoplePage
from spie_desk.ui.panels.people_list import WINDOW
from spie_desk.ui.route import Entry
from tests.ui.drivers import PageDriver, press, turn, types, wait_until

TODAY = date(2026, 12, 9)


class Elsewhere(Page):
    """Stands for the file that opens."""

    def arrive(self, **route: object) -> None:
        self.retitle(repr(route.get("person")))


@pytest.fixture
def opened(desk: Desk, frame: Callable[..., PageDriver]) -> Callable[..., PageDriver]:
    def open_people(**route: object) -> PageDriver:
        driver = frame(Entry("people", PeoplePage, "Personnes", "users", "main"), Entry("file", Elsewhere),
                       Entry("person-new", Elsewhere))  # fmt: skip
        driver.window.navigator.go("people", **route)
        return driver.settle()

    return open_people


def _person(desk: Desk, first: str, last: str, **fields: Any) -> bytes:
    person = Person(id=desk.chance.id(), first_name=first, last_name=last, **fields)
    people.create(desk, person)
    return person.id


def _put(desk: Desk, kind: str, *records: object) -> None:
    with desk.store.unit() as unit:
        for record in records:
            unit.put(kind, record)


def _search(page: PageDriver, words: str) -> PageDriver:
    box = page.page._people.search
    box.setFocus()
    press("Ctrl+A")
    types(words)
    turn(200)
    return page.settle()


def _rows(page: PageDriver) -> list[str]:
    return [row.name for row in page.page._people.list.rows()]


def test_nobody_yet_says_what_to_do(opened: Callable[..., PageDriver]) -> None:
    page = opened(view="all")
    page.shows("Aucune personne. Importez votre fichier ou créez un dossier.").is_accessible()


def test_two_homonyms_are_told_apart_by_their_birth_year(desk: Desk, opened: Callable[..., PageDriver]) -> None:
    _person(desk, "Amina", "Belkacem", birth_year=1988)
    _person(desk, "Amina", "Belkacem", born_on=date(1961, 5, 2))
    page = opened()
    page.shows("Amina Belkacem, naissance en 1988").shows("Amina Belkacem, naissance en 1961")


@pytest.mark.parametrize("words", ["lefeuvre", "LEFEVRE", "jean l", "06 39 98 12", "0639981234"])
def test_a_sound_a_beginning_or_a_phone_finds_her_and_return_opens(
    desk: Desk, opened: Callable[..., PageDriver], words: str
) -> None:
    jean = _person(desk, "Jean-Marc", "Lefèvre")
    _person(desk, "Paul", "Ekambi")
    _put(desk, "phone", Phone(id=b"t" * 16, person=jean, number="06 39 98 12 34"))
    page = _search(opened(), words)
    assert _rows(page) == ["Jean-Marc Lefèvre"]
    page.press("Down").press("Return")
    assert page.page.heading() == repr(jean)


def test_a_search_that_finds_nobody_says_so_and_escape_empties_it(
    desk: Desk, opened: Callable[..., PageDriver]
) -> None:
    _person(desk, "Paul", "Ekambi")
    page = _search(opened(), "zzz")
    page.shows("Personne ne correspond.")
    page.press("Esc")
    turn(200)
    page.settle().shows("Paul Ekambi")


def test_what_comes_next_stands_beside_the_name(desk: Desk, opened: Callable[..., PageDriver]) -> None:
    late, today_, quiet = (_person(desk, name, "X") for name in ("Aa", "Bb", "Cc"))
    _put(desk, "action", Action(id=b"l" * 16, person=late, what="Contrat à signer", due_on=TODAY - timedelta(days=5)))
    _put(desk, "appointment", Appointment(id=b"m" * 16, person=today_, on=TODAY, at="15:30"))
    assert quiet
    page = opened()
    page.shows("Aa X, Contrat à signer, retard 5 j").shows("Rendez-vous aujourd’hui 15:30, 15:30")
    page.shows("Cc X, Aucun contact noté")


def test_an_undisclosed_commune_is_nowhere_not_even_in_the_filter(
    desk: Desk, opened: Callable[..., PageDriver]
) -> None:
    _person(desk, "Rosa", "Cachée", town="Flers", town_code="61169", undisclosed=True)
    _person(desk, "Paul", "Ekambi", town="Flers", town_code="61169")
    page = opened()
    assert [row.town for row in page.page._people.list.rows()] == ["", "Flers"]
    assert [row.name for row in people.rows(desk, PersonFilter(commune="61169"))] == ["Paul Ekambi"]
    assert "Flers" not in "".join(one.excerpt for one in people.search(desk, "Rosa"))


def test_views_are_kept_renamed_deleted_and_brought_back(desk: Desk, opened: Callable[..., PageDriver]) -> None:
    _person(desk, "Amina", "Belkacem")
    _person(desk, "Paul", "Ekambi")
    page = _search(opened(view="all"), "bel")
    page.press("Ctrl+Shift+G")
    page.types("Mes Bel").press("Return")
    page.tells("Vue gardée.").shows("Mes Bel\u20021")
    _search(page, "")
    page.click("Mes Bel\u20021")
    assert _rows(page) == ["Amina Belkacem"]
    page.press("F2")
    page.types("Les B").press("Return")
    page.shows("Les B\u20021").hides("Mes Bel")
    page.press("Ctrl+Shift+Del")
    page.tells("Vue supprimée.").hides("Les B")
    page.press("Ctrl+Z")
    page.shows("Les B\u20021")


def test_the_built_in_views_count_what_they_show(desk: Desk, opened: Callable[..., PageDriver]) -> None:
    _person(desk, "Amina", "Belkacem")
    with desk.store.unit() as unit:
        unit.put("person", Person(id=b"s" * 16, first_name="Sans", last_name="Référent"))
    page = opened()
    page.shows("Mes suivis\u20021").shows("Toutes\u20022").shows("Sans référent\u20021")
    for one in views.overview(desk).built_in:
        page.page._views.open(one.code)
        page.settle()
        assert len(_rows(page)) == one.count, one.code
    page.press("Alt+4")
    assert _rows(page) == ["Sans Référent"]


def test_a_new_person_appears_without_asking(desk: Desk, opened: Callable[..., PageDriver]) -> None:
    page = opened()
    _person(desk, "Amina", "Belkacem")
    page.settle().shows("Amina Belkacem")


@contextmanager
def _asked() -> Iterator[dict[str, int]]:
    """Counts the statements asked of the store while it lasts."""
    seen = {"statements": 0}

    def count(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen["statements"] += 1

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", count)


def test_five_thousand_people_are_shown_and_filtered_by_windows(
    desk: Desk, opened: Callable[..., PageDriver], monkeypatch: pytest.MonkeyPatch
) -> None:
    for start in range(0, 5000, 1000):
        with desk.store.unit() as unit:
            for n in range(start, start + 1000):
                unit.put(
                    "person", Person(id=n.to_bytes(16, "big"), first_name=f"Prénom{n % 7}", last_name=f"Nom{n:04d}")
                )
    read: list[int] = []
    inner = desk.store.lists.people

    def watched(wanted: PersonFilter, *, limit: int = 500, offset: int = 0) -> Any:
        found = inner(wanted, limit=limit, offset=offset)
        read.append(len(found))
        return found

    monkeypatch.setattr(desk.store.lists, "people", watched)
    with _asked() as seen:
        page = opened(view="all")
    page.shows("5000 personnes dans cette liste")
    assert sum(read) == WINDOW
    assert seen["statements"] < 60
    read.clear()
    page.page._people.list.setFocus()
    page.press("End")
    wait_until(lambda: len(_rows(page)) == 2 * WINDOW, "the next window")
    assert read == [WINDOW]
    read.clear()
    _search(page, "nom4999")
    assert (_rows(page), sum(read)) == (["Prénom1 Nom4999"], 1)
