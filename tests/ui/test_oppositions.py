"""Oppositions on screen: what stops, what is already elsewhere, and the file that gives way to a number on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.around import Opposition
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.services import oppositions, paper, people, records
from spie_desk.services.desk import Desk
from spie_desk.ui.pages.entries import ENTRIES
from tests.ui.drivers import PageDriver, clipped, turn, wait_until, words_on

Frame = Callable[..., PageDriver]


@pytest.fixture
def desk(example_desk: Desk) -> Desk:
    return example_desk


@pytest.fixture
def person(desk: Desk) -> bytes:
    return people.rows(desk, PersonFilter())[0].id


@pytest.fixture
def karim(desk: Desk, person: bytes) -> Professional:
    house = Structure(id=desk.chance.id(), name="Mission locale de Valmont")
    found = Professional(id=desk.chance.id(), first_name="Karim", last_name="Benslimane", structure=house.id,
                         bound_by="casf_l221_6")  # fmt: skip
    records.save(desk, "structure", house)
    records.save(desk, "professional", found)
    oppositions.join(desk, Membership(id=desk.chance.id(), person=person, professional=found.id,
                                      since=desk.clock.now().date()))  # fmt: skip
    return found


def oppose(desk: Desk, person: bytes, to: str, structure: bytes = b"") -> None:
    records.save(desk, "opposition", Opposition(id=desk.chance.id(), person=person, to=to, structure=structure,
                                                on=desk.clock.now().date()))  # fmt: skip


def opened(frame: Frame, person: bytes, words: str) -> PageDriver:
    """The panel of the opposition whose line says these words."""
    driver = frame(*ENTRIES)
    driver.window.navigator.go("file", person=person, tab="autour")
    driver.settle()
    around = driver.page.body.panel("autour")
    wait_until(lambda: bool(around._oppositions.list.rows()), "the oppositions")
    here = next(one for one, said in zip(around._oppositions.list.rows(), around._oppositions.list.spoken(),
                                         strict=True) if words in said)  # fmt: skip
    around._oppositions.list.choose(here.record.id)
    around._oppositions.list.setFocus()
    return driver.press("Return")


def test_the_screen_says_what_the_structure_has_already_and_that_it_gets_nothing_new(
    frame: Frame, desk: Desk, person: bytes, karim: Professional
) -> None:
    oppose(desk, person, oppositions.SHARING, karim.structure)
    driver = opened(frame, person, "Mission locale de Valmont")
    driver.shows("Rien de nouveau ne peut être montré à cette structure")
    driver.shows("Ce que cette structure a déjà").shows("Autour d’elle\u00a0: Karim Benslimane")
    driver.shows("nous ne pouvons pas le reprendre").shows("S’opposer au partage ne change rien à ses droits.")
    turn(50)
    driver.is_accessible()
    assert clipped(driver.window) == []
    assert not any("consentement" in said.casefold() for said in words_on(driver.window))
    driver.press("Esc")
    around = driver.page.body.panel("autour")
    readers = [said for said in words_on(around) if "Benslimane" in said]
    assert readers == [said for said in readers if "Mission locale" in said]  # he accompanies; he reads nothing new


def test_adding_someone_of_that_structure_is_refused_with_a_sentence(
    frame: Frame, desk: Desk, person: bytes, karim: Professional
) -> None:
    oppose(desk, person, oppositions.SHARING, karim.structure)
    other = Professional(id=desk.chance.id(), first_name="Lina", last_name="Roux", structure=karim.structure)
    records.save(desk, "professional", other)
    driver = frame(*ENTRIES)
    driver.window.navigator.go("file", person=person, tab="autour")
    driver.settle().click("Ajouter un interlocuteur")
    driver.page.body.over.form.put("professional", other.id)
    driver.click("Enregistrer").tells("La personne s’oppose au partage avec Mission locale de Valmont")
    assert desk.store.records.find("membership", {"person": person, "professional": other.id}) == []


def test_opposing_any_file_leads_to_paper_and_leaves_a_number(frame: Frame, desk: Desk, person: bytes) -> None:
    name = people.rows(desk, PersonFilter())[0].name
    before = {shown.record.id for shown in desk.store.records.find("paper")}
    oppose(desk, person, oppositions.COMPUTER)
    driver = opened(frame, person, "Au dossier informatique")
    driver.shows("Passer au suivi papier").is_accessible()
    panel = driver.page.body.over
    assert "il manque la case cochée" in panel._go.text()
    panel._ready.setFocus()
    driver.press("Space").click("Effacer le dossier, passer au suivi papier…")
    driver.shows("Il restera un numéro, sans nom. Cela ne s’annule pas.")
    driver.click("Effacer le dossier")
    driver.shows("Écrivez ce numéro sur la chemise.")
    (one,) = (shown for shown in desk.store.records.find("paper") if shown.record.id not in before)
    driver.shows(f"Suivi papier n°\u00a0{one.record.number}")
    assert desk.store.records.get("person", person) is None
    assert not any(name in said for said in words_on(driver.page))
    driver.is_accessible()
    driver.click("Nouveau suivi papier").tells("Suivi papier ouvert")
    assert paper.count(desk, desk.clock.now().date()) == len(before) + 2
    driver.page.list.setFocus()
    driver.click("Mettre fin à ce suivi").tells("Suivi papier terminé.")
