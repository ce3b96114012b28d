"""« C’est la même personne », by keyboard: two files compared, linked, one line in the list, then separated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.around import Identifier, Phone
from spie_desk.domain.records.person import Person
from spie_desk.services import merging, notes, people, records
from spie_desk.services.desk import Desk
from spie_desk.services.one_file import members
from spie_desk.ui.pages.entries import ENTRIES
from tests.ui.drivers import PageDriver, clipped, turn, types, wait_until, words_on


@pytest.fixture
def desk(example_desk: Desk) -> Desk:
    return example_desk


@pytest.fixture
def files(desk: Desk) -> tuple[bytes, bytes]:
    """One person twice: another spelling, another address, each with a note and a phone."""
    made = []
    for first, last, town, number in (("Amina", "Zoubenali", "Valmont", "06 39 98 11 11"),
                                      ("Mina", "Zoubenaly", "Rives", "06 39 98 22 22")):  # fmt: skip
        one = Person(id=desk.chance.id(), first_name=first, last_name=last, town=town, born_on=date(1988, 4, 2))
        people.create(desk, one)
        notes.sign(desk, replace(notes.blank(desk, one.id), text=f"{first} est venue."))
        records.save(desk, "phone", Phone(id=desk.chance.id(), person=one.id, number=number))
        made.append(one.id)
    return made[0], made[1]


def listed(desk: Desk) -> set[bytes]:
    return {row.id for row in people.rows(desk, PersonFilter(words="zoubenal"))}


def laid_out(driver: PageDriver) -> None:
    turn(50)
    driver.is_accessible()
    assert clipped(driver.window) == []


def test_from_the_file_compared_linked_chosen_and_separated(
    frame: Callable[..., PageDriver], desk: Desk, files: tuple[bytes, bytes]
) -> None:
    main, other = files
    driver = frame(*ENTRIES)
    driver.window.navigator.go("file", person=main)
    driver.settle().act("C’est la même personne que…").shows("Choisissez l’autre dossier")
    driver.is_accessible()
    types("mina zoubenaly")
    field = driver.page._fields["other"]
    wait_until(field._answers.isVisible, "answers")
    driver.press("Return").shows("même date de naissance").shows("Qui lit ce dossier aujourd’hui")
    laid_out(driver)
    assert "il manque le dossier principal" in driver.page._link.text()
    radio = driver.page._files.first()
    wait_until(radio.hasFocus, "the keyboard on the first file")
    driver.press("Space").press("Ctrl+Return")
    driver.tells("Les deux dossiers sont réunis.").shows("Dossiers réunis").shows("Deux dossiers réunis")
    assert members(desk, other) == (main, other)
    assert listed(desk) == {main}
    driver.shows("réponses différentes").shows("Mina Zoubenaly")
    laid_out(driver)
    driver.click(next(one for one in words_on(driver.page) if one.startswith("Nom\u00a0: afficher")))
    wait_until(lambda: driver.page.body.header.name.said() == "Mina Zoubenaly", "the chosen name")
    driver.page.body.choose("chronologie")
    driver.shows("Amina est venue.").shows("Mina est venue.")
    driver.act("Séparer les deux dossiers…").shows("Rien n’a été écrit depuis.")
    driver.is_accessible()
    driver.click("separate-now").tells("Dossiers séparés.")
    assert listed(desk) == {main, other}


def test_two_lines_chosen_in_the_list(
    frame: Callable[..., PageDriver], desk: Desk, files: tuple[bytes, bytes]
) -> None:
    main, other = files
    driver = frame(*ENTRIES)
    driver.window.navigator.go("people", view="all")
    driver.settle()
    types("zoubenal", driver.page._people.search)
    wait_until(lambda: len(driver.page._people.list.rows()) == 2, "both")
    driver.page._people.choose(main)
    driver.act("Même personne\u00a0: choisir deux dossiers").tells("Premier dossier\u00a0: Amina Zoubenali.")
    driver.page._people.choose(other)
    driver.act("Même personne\u00a0: choisir deux dossiers").shows("Mina Zoubenaly").shows("Amina Zoubenali")
    driver.press("Space").click("Réunir les deux dossiers").tells("Les deux dossiers sont réunis.")
    driver.press("Ctrl+Z")
    wait_until(lambda: listed(desk) == {main, other}, "both files again")


def test_what_was_written_since_goes_to_the_other(
    frame: Callable[..., PageDriver], desk: Desk, files: tuple[bytes, bytes]
) -> None:
    main, other = files
    merging.link(desk, main, other)
    desk.clock.move(hours=1)  # type: ignore[attr-defined]
    driver = frame(*ENTRIES)
    driver.window.navigator.go("note", person=other)
    driver.settle()
    assert driver.page._opening.note.person == main, "what is new goes to the main file"
    notes.sign(desk, replace(notes.blank(desk, main), text="À mettre là-bas."))
    driver.window.navigator.go("file", person=other)
    driver.settle().act("Séparer les deux dossiers…").shows("À mettre là-bas.").shows("reste dans le")
    driver.press("Space").shows("va dans le").shows("1 élément change de dossier")
    driver.click("separate-now").tells("Dossiers séparés.")
    assert {one.record.text for one in desk.store.records.find("note", {"person": other})} == {
        "Mina est venue.", "À mettre là-bas."}  # fmt: skip


def test_one_number_held_by_two_leads_there(
    frame: Callable[..., PageDriver], desk: Desk, files: tuple[bytes, bytes]
) -> None:
    for one in files:
        records.save(desk, "identifier", Identifier(id=desk.chance.id(), person=one, scheme="caf", value="7654321Z"))
    driver = frame(*ENTRIES)
    driver.window.navigator.go("clashes")
    driver.settle()
    question = next(one for one in driver.page.list.rows() if one.clash.sort == "equal")
    driver.page.list.choose(question.key)
    driver.click("C’est la même personne…").shows("Dossier principal")
