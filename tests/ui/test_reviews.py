"""Planning and preparing a review by keyboard: no name in its circle, nothing ticked at first, guests bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.review import Review
from spie_desk.services import extracts, records, reviews
from spie_desk.services.desk import Desk
from spie_desk.ui.pages.meeting import MeetingPage
from spie_desk.ui.pages.review import ReviewPage
from spie_desk.ui.pages.reviews import ReviewsPage
from spie_desk.ui.printing.preview import PrintPreview
from spie_desk.ui.route import Entry
from spie_desk.ui.theme import Theme
from tests.ui.drivers import PageDriver, clipped, nameless, turn, types, wait_until

ENTRIES = (Entry("reviews", ReviewsPage, "Revues", "presentation", "main"),
           Entry("review", ReviewPage, under="reviews"), Entry("meeting", MeetingPage, under="reviews"))  # fmt: skip


@pytest.fixture
def desk(example_desk: Desk) -> Desk:
    return example_desk


@pytest.fixture
def at(frame: Callable[..., PageDriver]) -> Callable[..., PageDriver]:
    def go(route: str, **arguments: Any) -> PageDriver:
        driver = frame(*ENTRIES)
        driver.window.navigator.go(route, **arguments)
        return driver.settle().settle()

    return go


def planned(desk: Desk) -> bytes:
    return next(one.record.id for one in reviews.list_all(desk) if one.record.status == "planned")


def names(desk: Desk) -> list[str]:
    found = reviews.meeting(desk, planned(desk))
    assert found is not None
    return [one.person_name for one in found.situations]


def test_every_review_is_listed_with_its_number_of_situations(at: Callable[..., PageDriver], desk: Desk) -> None:
    driver = at("reviews")
    spoken = driver.page.list.spoken()
    assert len(spoken) == len(reviews.list_all(desk)) == 2
    assert any("3 situations" in words and "Prévue" in words for words in spoken)
    assert any("2 situations" in words and "Tenue" in words for words in spoken)
    assert nameless(driver.window) == []


def test_an_empty_list_says_what_to_do(frame: Callable[..., PageDriver], desk: Desk) -> None:
    for one in reviews.list_all(desk):
        records.withdraw(desk, one)
    driver = frame(*ENTRIES)
    driver.window.navigator.go("reviews")
    driver.settle().shows("Aucune revue.")


def test_a_review_is_planned_by_keyboard(at: Callable[..., PageDriver], desk: Desk) -> None:
    driver = at("reviews")
    driver.press("Ctrl+N").types("15/01/2027").press("Tab").types("14h30")
    driver.types("Salle des fêtes", into="place")
    driver.press("Ctrl+Return").settle()
    (made,) = [one for one in reviews.list_all(desk) if one.record.on == date(2027, 1, 15)]
    assert (made.record.at, made.record.place, made.record.situations) == ("14:30", "Salle des fêtes", 0)
    assert driver.window.navigator.route() == "review"
    assert [one for one in desk.store.drafts.all() if one.form == "review"] == []
    driver.shows("Aucune situation.")


def test_a_missing_date_is_said_beside_the_field_and_the_draft_waits(at: Callable[..., PageDriver], desk: Desk) -> None:
    driver = at("reviews")
    driver.press("Ctrl+N").types("Mairie", into="place").press("Ctrl+Return")
    driver.shows("Il manque\u00a0: Date.")
    driver.press("Escape").settle()
    (draft,) = [one for one in desk.store.drafts.all() if one.form == "review"]
    assert draft.values["where"] == {"place": "Mairie"}
    driver.shows("Reprendre la nouvelle revue")
    driver.press("Ctrl+N")
    assert driver.find("place").property("text") == "Mairie"


def test_a_day_of_the_month_opens_its_review(at: Callable[..., PageDriver], desk: Desk) -> None:
    driver = at("reviews")
    on = next(one.record.on for one in reviews.list_all(desk) if one.record.status == "planned")
    driver.page.month.show_day(on - timedelta(days=1))
    driver.page.month.days.setFocus()
    driver.press("Right")
    assert "1 revue" in driver.page.month.days.accessibleName()
    driver.press("Return")
    assert driver.window.navigator.route() == "review"


def test_the_order_changes_with_alt_and_arrows_and_comes_back(at: Callable[..., PageDriver], desk: Desk) -> None:
    driver = at("review", review=planned(desk))
    before = names(desk)
    driver.press("Alt+Down").settle()
    assert names(desk) == [before[1], before[0], before[2]]
    assert driver.page.list.current().situation.person_name == before[0]
    driver.tells("Ordre changé.").press("Ctrl+Z").settle()
    assert names(desk) == before


def test_a_person_is_added_once_and_the_review_counts_without_a_name(at: Callable[..., PageDriver], desk: Desk) -> None:
    driver = at("review", review=planned(desk))
    already = {one.record.person for one in desk.store.records.find("passage", {"review": planned(desk)})}
    new = next(row for row in desk.store.lists.people(PersonFilter()) if row.id not in already)
    driver.page.search.setFocus()
    types(new.name)
    wait_until(driver.page.search._answers.isVisible, "an answer")
    driver.press("Return").settle()
    assert names(desk)[-1] == new.name
    shown = desk.store.records.get("review", planned(desk))
    assert shown is not None
    assert shown.record.situations == 4
    with pytest.raises(reviews.AlreadyOnAgendaError):
        reviews.add_passage(desk, planned(desk), new.id)


def test_what_is_typed_is_kept_as_a_draft_then_saved(at: Callable[..., PageDriver], desk: Desk) -> None:
    driver = at("review", review=planned(desk))
    driver.page.list.choose(driver.page.list.rows()[2].id)
    driver.settle()
    driver.types("Quel logement d’ici mars ?", into="question")
    wait_until(lambda: any(one.form == "passage" for one in desk.store.drafts.all()), "a draft within a second")
    driver.press("Ctrl+Return").settle()
    assert reviews.meeting(desk, planned(desk)).situations[2].passage.record.question == "Quel logement d’ici mars ?"  # type: ignore[union-attr]
    assert [one for one in desk.store.drafts.all() if one.form == "passage"] == []


def test_changing_passage_writes_what_was_typed_first(at: Callable[..., PageDriver], desk: Desk) -> None:
    driver = at("review", review=planned(desk))
    driver.page.list.choose(driver.page.list.rows()[2].id)
    driver.settle().types("Une question", into="question")
    driver.page.list.setFocus()
    driver.press("Up").settle()
    assert reviews.meeting(desk, planned(desk)).situations[2].passage.record.question == "Une question"  # type: ignore[union-attr]
    assert driver.page._panel.situation.person_name == names(desk)[1]


def test_nothing_is_ticked_at_first_and_a_tick_copies_into_the_passage(
    at: Callable[..., PageDriver], desk: Desk
) -> None:
    driver = at("review", review=planned(desk))
    driver.page.list.choose(driver.page.list.rows()[2].id)
    driver.settle()
    passage = driver.page._panel.situation.passage.record
    ticks = driver.page._panel.extracts._ticks
    assert ticks
    assert not any(tick.isChecked() for tick in ticks.values())
    offered = {item.sort for item in extracts.items(desk, passage.person)}
    assert str(offered).find("reserve") < 0
    key = next(iter(ticks))
    ticks[key].setFocus()
    driver.press("Space").settle()
    (copy,) = desk.store.records.find("extract", {"passage": passage.id})
    assert copy.record.source == key
    assert desk.store.circles.get(copy.circle).about == passage.id  # type: ignore[union-attr]
    assert QApplication.focusWidget() is ticks[key]
    driver.press("Space").settle()
    assert desk.store.records.find("extract", {"passage": passage.id}) == []


def test_the_readers_are_said_by_name_and_number(at: Callable[..., PageDriver], desk: Desk) -> None:
    driver = at("review", review=planned(desk))
    driver.shows("liront ce passage")
    driver.shows(desk.me.name)


def test_a_guest_whom_nothing_binds_is_refused_with_the_reason(at: Callable[..., PageDriver], desk: Desk) -> None:
    stranger = Professional(id=desk.chance.id(), first_name="Ulysse", last_name="Quidam")
    records.save(desk, "professional", stranger)
    driver = at("review", review=planned(desk))
    driver.page._panel.kept.form.put("guests", (stranger.id,))
    driver.press("Ctrl+Return")
    driver.shows("Ulysse Quidam n’est tenu au secret par aucun texte connu ici")
    assert reviews.meeting(desk, planned(desk)).situations[0].passage.record.guests == ()  # type: ignore[union-attr]
    shown = desk.store.records.get("professional", stranger.id)
    records.save(desk, "professional", replace(stranger, bound_by="cp226"), shown)
    driver.press("Ctrl+Return").settle()
    assert reviews.meeting(desk, planned(desk)).situations[0].passage.record.guests == (stranger.id,)  # type: ignore[union-attr]


def test_taking_someone_off_is_undone(at: Callable[..., PageDriver], desk: Desk) -> None:
    driver = at("review", review=planned(desk))
    before = names(desk)
    driver.click("Retirer").tells("Retirée de l’ordre du jour.")
    assert names(desk) == before[1:]
    assert desk.store.records.get("review", planned(desk)).record.situations == 2  # type: ignore[union-attr]
    driver.press("Ctrl+Z").settle()
    assert names(desk) == before


def test_the_agenda_is_previewed_without_a_name(at: Callable[..., PageDriver], desk: Desk) -> None:
    driver = at("review", review=planned(desk))
    driver.press("Ctrl+P").settle()
    (preview,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, PrintPreview)]
    told = repr(preview._sheet)
    assert "Situation" in told
    assert all(name.split()[-1] not in told for name in names(desk))
    preview.reject()
    preview.deleteLater()


def test_large_text_has_one_column_and_cuts_nothing(at: Callable[..., PageDriver], desk: Desk, theming: Theme) -> None:
    for route, arguments in (("reviews", {}), ("review", {"review": planned(desk)})):
        driver = at(route, **arguments)
        theming.apply("light", 200)
        turn(20)
        assert clipped(driver.page) == []
        theming.apply("light", 100)


def test_a_review_planned_elsewhere_appears(at: Callable[..., PageDriver], desk: Desk) -> None:
    driver = at("reviews")
    records.save(desk, "review", Review(id=desk.chance.id(), on=date(2027, 2, 2), place="Préau"))
    driver.shows("Préau")


def test_a_review_that_was_held_is_not_held_again(at: Callable[..., PageDriver], desk: Desk) -> None:
    held = next(one.record.id for one in reviews.list_all(desk) if one.record.status == "held")
    driver = at("review", review=held)
    assert driver.page.hold.isHidden()
    driver.press("Ctrl+Shift+Return").tells("Cette revue n’est plus à tenir")
    assert driver.window.navigator.route() == "review"
