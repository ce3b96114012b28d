"""« À départager » by keyboard, on clashes really made: a colleague's desk, and two copies of one store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from spie_desk.domain.records.around import Identifier
from spie_desk.domain.records.note import Note
from spie_desk.domain.shown import Shown
from spie_desk.services import clashes, notes
from spie_desk.services.desk import Desk
from spie_desk.ui.pages.clashes import ClashesPage
from spie_desk.ui.theme import Theme
from tests import stores
from tests.ui.copies import as_someone, copy_of, withdraw, write
from tests.ui.drivers import PageDriver, clipped, nameless, turn, types, wait_until

MINE, THEIRS = "8 rue des Tanneurs", "31 quai de la Lys"


@pytest.fixture
def desk(example_desk: Desk) -> Desk:
    return example_desk


@pytest.fixture
def copy(_populated: tuple[Path, bytes], tmp_path: Path) -> Iterator[Desk]:
    """The same store, restored elsewhere: still mine."""
    path, key = _populated
    with copy_of(path, key, tmp_path / "copy", stores._open, later=timedelta(hours=3)) as found:
        yield found


@pytest.fixture
def karim(copy: Desk) -> Desk:
    return as_someone(copy, "Benali")


@pytest.fixture
def page(open_page: Callable[..., PageDriver]) -> Callable[[], PageDriver]:
    return lambda: open_page(ClashesPage).settle()


def someone(desk: Desk) -> Shown[Any]:
    return desk.store.records.find("person", order=("number",))[0]


def two_addresses(desk: Desk, other: Desk) -> bytes:
    here, there = someone(desk), someone(other)
    write(desk, "person", replace(here.record, street=MINE), here)
    desk.store.receive(write(other, "person", replace(there.record, street=THEIRS), there))
    return bytes(here.record.id)


def street(desk: Desk) -> str:
    return str(someone(desk).record.street)


def test_nothing_to_settle_says_so(page: Callable[[], PageDriver]) -> None:
    page().shows("Rien à départager.").is_accessible()


def test_both_values_with_authors_dates_and_what_stood_before(page: Callable[[], PageDriver], desk: Desk,
                                                              karim: Desk) -> None:  # fmt: skip
    before = street(desk)
    two_addresses(desk, karim)
    driver = page()
    for words in (MINE, THEIRS, f"Avant\u00a0: {before}", "Karim Benali, CCAS de Saint-Aubin", "Claire Dubois (vous)",
                  "mer. 9 déc. 2026 à 17\u00a0h\u00a032", "Garder la mienne", "Garder celle de K. Benali",
                  "Écrire la bonne", "Je vérifie avec la personne"):  # fmt: skip
        driver.shows(words)
    driver.hides("Garder les deux")
    assert nameless(driver.window) == []


def test_an_address_not_to_be_given_out_shows_only_when_asked(page: Callable[[], PageDriver], desk: Desk,
                                                              karim: Desk) -> None:  # fmt: skip
    here, there = someone(desk), someone(karim)
    write(desk, "person", replace(here.record, street=MINE, undisclosed=True), here)
    desk.store.receive(write(karim, "person", replace(there.record, street=THEIRS), there))
    driver = page()
    driver.shows("Adresse à ne pas divulguer").shows("Garder la mienne")
    for words in (MINE, THEIRS, here.record.street):
        driver.hides(words)
    driver.click("Afficher l’adresse").settle()
    driver.shows(MINE).shows(THEIRS).is_accessible()
    driver.click("Cacher l’adresse").settle()
    driver.hides(MINE)
    driver.click("Garder la mienne").settle()
    driver.hides(MINE)
    assert street(desk) == MINE


def test_only_the_lines_that_differ_are_marked(page: Callable[[], PageDriver], desk: Desk, karim: Desk) -> None:
    two_addresses(desk, karim)
    driver = page()
    marked = {one.text() for one in driver.page.findChildren(QLabel) if one.accessibleName().startswith("différent")}
    assert marked == {MINE, THEIRS}


def test_focus_never_starts_on_an_answer_and_none_is_filled(page: Callable[[], PageDriver], desk: Desk,
                                                            karim: Desk) -> None:  # fmt: skip
    two_addresses(desk, karim)
    driver = page()
    assert not isinstance(QApplication.focusWidget(), QPushButton)
    looks = {one.property("look") for one in driver.page._card.findChildren(QPushButton)}
    assert "filled" not in looks
    driver.click("Garder la mienne").settle()
    assert not isinstance(QApplication.focusWidget(), QPushButton)


def test_keeping_one_settles_and_undo_brings_both_back_with_first_author_and_date(
    page: Callable[[], PageDriver], desk: Desk, karim: Desk
) -> None:
    person = two_addresses(desk, karim)
    (before,) = desk.store.records.clashes(person)
    driver = page()
    driver.click("Garder celle de K. Benali").settle()
    assert desk.store.records.clashes(person) == []
    assert street(desk) == THEIRS
    driver.shows("tranché par vous").tells("Annuler")
    driver.press("Ctrl+Z").settle()
    (after,) = desk.store.records.clashes(person)
    assert {(one.value["street"], one.stamp.person, one.stamp.ms) for one in after.versions} == {  # type: ignore[index,call-overload]
        (one.value["street"], one.stamp.person, one.stamp.ms) for one in before.versions}  # type: ignore[index,call-overload]  # fmt: skip
    driver.shows(MINE).shows(THEIRS).hides("tranché par vous")


def test_two_copies_of_my_own_store_are_told_apart_by_their_hour(page: Callable[[], PageDriver], desk: Desk,
                                                                 copy: Desk) -> None:  # fmt: skip
    person = two_addresses(desk, copy)
    driver = page()
    driver.shows("Garder la mienne, mer. 9 déc. 2026 à 17\u00a0h\u00a032")
    driver.click("Garder la mienne, mer. 9 déc. 2026 à 17\u00a0h\u00a032").settle()
    assert street(desk) == THEIRS
    assert desk.store.records.clashes(person) == []


def test_the_right_one_is_written_kept_as_a_draft_and_reopened(page: Callable[[], PageDriver], desk: Desk,
                                                               karim: Desk) -> None:  # fmt: skip
    person = two_addresses(desk, karim)
    driver = page()
    driver.click("Écrire la bonne")
    assert set(driver.page._card.kept.form.editors) >= {"street", "town"}
    assert "last_name" not in driver.page._card.kept.form.editors
    driver.find("street").setFocus()
    QApplication.focusWidget().selectAll()  # type: ignore[union-attr]
    types("2 place Neuve")
    wait_until(lambda: [one.form for one in desk.store.drafts.all()] == ["clash"], "the draft")
    driver.window.navigator.leave()
    driver.window.navigator._trail.clear()
    driver.window.navigator.go("page")
    driver.settle().settle()
    assert driver.find("street").property("text") == "2 place Neuve"
    driver.find("street").setFocus()
    driver.press("Ctrl+Return").settle()
    assert street(desk) == "2 place Neuve"
    assert desk.store.records.clashes(person) == []
    assert desk.store.drafts.all() == []


def test_both_are_kept_where_the_kind_allows_several(page: Callable[[], PageDriver], desk: Desk, karim: Desk) -> None:
    here = desk.store.records.find("phone")[0]
    there = karim.store.records.get("phone", here.record.id)
    assert there is not None
    write(desk, "phone", replace(here.record, number="+33639980777"), here)
    desk.store.receive(write(karim, "phone", replace(there.record, number="+33639980778"), there))
    page().click("Garder les deux").settle()
    numbers = {one.record.number for one in desk.store.records.find("phone", {"person": here.record.person})}
    assert {"+33639980777", "+33639980778"} <= numbers
    assert desk.store.records.clashes() == []


def test_verifying_makes_something_to_do_and_leaves_the_question(page: Callable[[], PageDriver], desk: Desk,
                                                                 karim: Desk) -> None:  # fmt: skip
    person = two_addresses(desk, karim)
    driver = page()
    driver.click("Je vérifie avec la personne").tells("Ajouté à vos choses à faire.")
    made = [one.record for one in desk.store.records.find("action", {"person": person})
            if one.record.what.startswith("Vérifier")]  # fmt: skip
    assert [(one.what, one.owner) for one in made] == [("Vérifier\u00a0: adresse", desk.me.id)]
    assert len(desk.store.records.clashes(person)) == 1
    driver.click("Je vérifie avec la personne").tells("C’est déjà dans les choses à faire")


@pytest.mark.parametrize(("answer", "stands"), [("Le remettre", True), ("Supprimer quand même", False)])
def test_a_contested_deletion_shows_what_it_had_not_seen(page: Callable[[], PageDriver], desk: Desk, karim: Desk,
                                                         answer: str, stands: bool) -> None:  # fmt: skip
    here = desk.store.records.find("action")[0]
    there = karim.store.records.get("action", here.record.id)
    assert there is not None
    write(desk, "action", replace(here.record, what="Relancer la CAF"), here)
    desk.store.receive(withdraw(karim, there))
    driver = page()
    driver.shows("supprimé, modifié depuis").shows("Supprimé par Karim Benali").shows("Relancer la CAF")
    driver.click(answer).settle()
    standing = {one.record.id for one in desk.store.records.find("action")}
    assert (here.record.id in standing) is stands
    assert desk.store.records.clashes() == []


def test_a_text_beside_a_signed_note_becomes_a_note_of_its_own(page: Callable[[], PageDriver], desk: Desk,
                                                               karim: Desk) -> None:  # fmt: skip
    note = _signed_twice(desk, karim)
    driver = page()
    driver.shows("à régler").shows("Texte affiché").shows("Un autre texte")
    driver.click("En faire une note à part").settle()
    texts = {one.record.text for one in desk.store.records.find("note", {"person": note.person})}
    assert {"Le texte signé", "Un autre texte"} <= texts
    assert [one for one in desk.store.records.clashes() if one.sort == "beside"] == []


def _signed_twice(desk: Desk, karim: Desk) -> Note:
    """A note signed here, and another text that a colleague's desk wrote over it."""
    person = someone(desk).record.id
    notes.sign(desk, replace(notes.blank(desk, person), text="Le texte signé"))
    (deed,) = desk.store.records.deeds(1)
    changes = desk.store.records.deed(deed.id)
    karim.store.receive(changes)
    there = karim.store.records.get("note", changes[0].record)
    assert there is not None
    desk.store.receive(write(karim, "note", replace(there.record, text="Un autre texte"), there))
    return there.record


def test_equal_identifiers_open_both_files(page: Callable[[], PageDriver], desk: Desk) -> None:
    first, second = (one.record for one in desk.store.records.find("person", order=("number",))[:2])
    for at, person in enumerate((first, second)):
        write(desk, "identifier", Identifier(id=bytes([at + 1]) * 16, person=person.id, scheme="caf", value="7654321"))
    driver = page()
    driver.shows(f"Ouvrir le dossier de {first.name}").shows(f"Ouvrir le dossier de {second.name}")


def test_a_clash_that_arrives_while_one_looks_appears(page: Callable[[], PageDriver], desk: Desk, karim: Desk) -> None:
    driver = page()
    two_addresses(desk, karim)
    driver.shows(THEIRS)


def test_large_text_is_one_column_with_a_way_back(page: Callable[[], PageDriver], desk: Desk, karim: Desk,
                                                  theming: Theme) -> None:  # fmt: skip
    two_addresses(desk, karim)
    theming.apply("light", 200)
    driver = page()
    driver.page.list.setFocus()
    driver.press("Return")
    turn(20)
    driver.shows("Retour à la liste").shows("Garder la mienne")
    assert clipped(driver.page) == []


def test_recent_settlements_are_those_of_this_desk(desk: Desk, karim: Desk) -> None:
    person = two_addresses(desk, karim)
    (clash,) = desk.store.records.clashes(person)
    clashes.keep(desk, clash, clash.versions[0])
    (one,) = clashes.recent(desk)
    assert (one.kind, one.register, one.person) == ("person", "address", person)
