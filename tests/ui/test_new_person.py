"""Someone new by keyboard: one name is enough, doubles are named, nothing typed is lost, undo removes the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from spie_desk.domain.drafts import DraftState
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.around import Phone
from spie_desk.domain.records.person import Person
from spie_desk.services import people
from spie_desk.services.desk import Desk
from spie_desk.ui.page import Page
from spie_desk.ui.pages.people import PeoplePage
from spie_desk.ui.pages.person_new import NewPersonPage
from spie_desk.ui.route import Entry
from tests.ui.drivers import PageDriver, turn, wait_until, words_on

AMINA = Person(id=b"a" * 16, first_name="Amina", last_name="Lefèvre", born_on=date(1988, 3, 14), street="2 rue Cachée",
               town="Flers", undisclosed=True)  # fmt: skip


class Elsewhere(Page):
    """Stands for the file that opens."""

    def arrive(self, **route: object) -> None:
        self.retitle(repr(route.get("person")))


@pytest.fixture
def opened(frame: Callable[..., PageDriver]) -> Callable[..., PageDriver]:
    def open_form(**route: object) -> PageDriver:
        driver = frame(Entry("people", PeoplePage, "Personnes", "users", "main"), Entry("person-new", NewPersonPage),
                       Entry("file", Elsewhere))  # fmt: skip
        driver.window.navigator.go("people")
        driver.settle()
        driver.window.navigator.go("person-new", **route)
        return driver.settle()

    return open_form


def _everyone(desk: Desk) -> list[str]:
    return [row.name for row in people.rows(desk, PersonFilter())]


def test_a_nickname_alone_opens_a_file_and_undo_removes_it(desk: Desk, opened: Callable[..., PageDriver]) -> None:
    page = opened()
    page.is_accessible()
    page.types("Monsieur au chien", into="nickname").press("Ctrl+Return")
    assert _everyone(desk) == ["«\u00a0Monsieur au chien\u00a0»"]
    assert page.window.navigator.route() == "file"
    assert desk.store.drafts.all() == []
    page.tells("Dossier de «\u00a0Monsieur au chien\u00a0» créé.").press("Ctrl+Z")
    assert _everyone(desk) == []


def test_without_any_name_it_says_what_is_missing(desk: Desk, opened: Callable[..., PageDriver]) -> None:
    page = opened()
    page.types("1990", into="birth_year").press("Ctrl+Return")
    page.shows("un nom, un prénom ou un surnom")
    assert _everyone(desk) == []


def test_a_phone_with_whose_and_the_information_given_go_in_with_the_person(
    desk: Desk, opened: Callable[..., PageDriver]
) -> None:
    page = opened()
    page.types("Rosa", into="first_name").types("06 39 98 12 34", into="number").types("sa mère", into="whose")
    page.types("8/12/2026", into="given_on").press("Ctrl+Return")
    rosa = people.rows(desk, PersonFilter())[0].id
    (phone,) = desk.store.records.find("phone", {"person": rosa})
    (informed,) = desk.store.records.find("informed", {"person": rosa})
    assert (phone.record.number, phone.record.whose) == ("06 39 98 12 34", "sa mère")
    assert (informed.record.given_on, informed.record.by) == (date(2026, 12, 8), desk.me.id)
    (deed,) = {phone.first.deed, informed.first.deed}
    assert next(one.id for one in desk.store.records.deeds()) == deed


def test_a_date_that_cannot_be_is_told_beside_its_field(desk: Desk, opened: Callable[..., PageDriver]) -> None:
    page = opened()
    page.types("Rosa", into="first_name").types("32/13/1990", into="born_on").press("Ctrl+Return")
    page.shows("n’est pas une date")
    assert _everyone(desk) == []


def test_someone_already_here_is_named_with_reasons_and_never_her_hidden_town(
    desk: Desk, opened: Callable[..., PageDriver]
) -> None:
    people.create(desk, AMINA, [("phone", Phone(id=b"t" * 16, person=AMINA.id, number="06 39 98 55 55"))])
    page = opened()
    page.types("Amina", into="first_name").types("Lefeuvre", into="last_name")
    page.shows("Amina Lefèvre").shows("nom qui se prononce pareil")
    page.hides("Flers").hides("rue Cachée")
    page.types("14/03/1988", into="born_on").shows("même date de naissance")
    page.click(next(words for words in words_on(page.page) if words.startswith("Ouvrir le dossier de Amina Lefèvre")))
    assert page.page.heading() == repr(AMINA.id)
    (draft,) = desk.store.drafts.all()
    assert draft.form == "person-new"


def test_what_is_typed_is_on_disk_within_a_second_and_comes_back(desk: Desk, opened: Callable[..., PageDriver]) -> None:
    page = opened()
    page.types("Rosa", into="first_name")
    page.types("06 39 98 12 34", into="number")
    page.types("32/13", into="born_on")
    wait_until(lambda: bool(desk.store.drafts.all()), "a draft on disk")
    page.press("Esc")
    (draft,) = desk.store.drafts.all()
    assert draft.state is DraftState.OPEN
    page.window.navigator.go("person-new", draft=draft.id)
    page.settle()
    turn(20)
    assert [page.find(name).text() for name in ("first_name", "number", "born_on")] == [
        "Rosa",
        "06 39 98 12 34",
        "32/13",
    ]
    assert _everyone(desk) == []


def test_a_draft_thrown_away_can_be_brought_back(desk: Desk, opened: Callable[..., PageDriver]) -> None:
    page = opened()
    page.types("Rosa", into="first_name")
    wait_until(lambda: bool(desk.store.drafts.all()), "a draft on disk")
    page.settle()
    page.press("Ctrl+Shift+Del")
    assert desk.store.drafts.all() == []
    assert len(desk.store.drafts.all(discarded=True)) == 1


def test_nothing_typed_leaves_no_draft(desk: Desk, opened: Callable[..., PageDriver]) -> None:
    page = opened()
    page.press("Esc")
    assert page.window.navigator.route() == "people"
    assert desk.store.drafts.all() == []


def test_a_commune_is_found_by_its_postcode_and_its_code_goes_in(desk: Desk, opened: Callable[..., PageDriver]) -> None:
    page = opened()
    page.types("Rosa", into="first_name").types("61100", into="town")
    wait_until(lambda: bool(page.find("town").accessibleDescription()), "an answer")
    page.press("Return").press("Ctrl+Return")
    person = desk.store.records.find("person")[0].record
    assert (person.town, person.postcode) == (page_town(desk), "61100")
    assert person.town_code


def page_town(desk: Desk) -> str:
    return str(desk.files.towns.search("61100")[0].name)
