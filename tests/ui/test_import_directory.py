"""Lists of structures and professionals by keyboard, through the steps of « Importer »."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from spie_desk.domain.tables import PEOPLE, PROFESSIONALS, STRUCTURES
from spie_desk.services.desk import Desk
from spie_desk.ui.pages.import_people import COLUMNS, DONE, TRIAL, ImportPage
from spie_desk.ui.theme import Theme
from spie_desk.ui.widgets.choices import Choice
from tests.services.test_directory_import import HEADS, LOCALE, PEOPLE_HEADS
from tests.ui.drivers import PageDriver, clipped, press, turn, wait_until

Opens = Callable[..., PageDriver]


def opened(open_page: Opens, path: Path, *lines: str) -> PageDriver:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    page = open_page(ImportPage)
    page.page.take(path)
    wait_until(lambda: page.page.step() == COLUMNS, "the columns")
    return page.settle()


def sort_choice(page: PageDriver) -> Choice:
    (found,) = (one for one in page.window.findChildren(Choice)
                if one.accessibleName() == "Ce fichier est une liste de" and one.isVisible())  # fmt: skip
    return found


def test_structures_are_recognised_tried_imported_and_undone_by_keyboard(
    desk: Desk, open_page: Opens, tmp_path: Path
) -> None:
    page = opened(open_page, tmp_path / "structures.csv", HEADS, LOCALE, LOCALE.replace("Mission locale du Vexin", ""))
    assert sort_choice(page).code() == STRUCTURES
    page.shows("Importer des structures").shows("Responsable\u00a0: courriel").is_accessible()
    page.click("Essayer à blanc")
    wait_until(lambda: page.page.step() == TRIAL, "the dry run")
    page.shows("structures, responsables").shows("Le nom de la structure manque.").is_accessible()
    page.click("Importer 1 ligne")
    wait_until(lambda: page.page.step() == DONE, "the import")
    page.shows("1 ligne ajoutée à l’annuaire").shows("Voir la structure et l’équipe").is_accessible()
    assert desk.store.records.count("structure", {"name": "Mission locale du Vexin"}) == 1
    page.click("Annuler cet import").shows("Import annulé")
    assert desk.store.records.count("structure", {"name": "Mission locale du Vexin"}) == 0


def test_what_the_file_is_a_list_of_is_changed_by_keyboard(desk: Desk, open_page: Opens, tmp_path: Path) -> None:
    lines = ("Nom;Prénom;Téléphone;Courriel", "Roy;Ana;0639980011;ana@example.org")
    page = opened(open_page, tmp_path / "liste.csv", *lines)
    found = sort_choice(page)
    assert found.code() == PEOPLE
    found.setFocus()
    press("End", found)
    page.settle()
    wait_until(lambda: sort_choice(page).code() == PROFESSIONALS, "professionals")
    page.shows("Importer des professionnels")
    assert QApplication.focusWidget() is not None
    page.click("Essayer à blanc")
    wait_until(lambda: page.page.step() == TRIAL, "the dry run")
    page.shows("nouveaux professionnels")
    page.click("Importer 1 ligne")
    wait_until(lambda: page.page.step() == DONE, "the import")
    assert desk.store.records.count("professional", {"last_name": "Roy"}) == 1
    assert desk.store.records.count("person") == 0


@pytest.mark.parametrize("scale", [100, 200])
def test_professionals_fit_at_any_size(open_page: Opens, tmp_path: Path, theming: Theme, scale: int) -> None:
    theming.apply("light", scale)
    page = opened(open_page, tmp_path / "pros.csv", PEOPLE_HEADS,
                  "salome@example.org;Salomé;Légase;639980011;Conseillère en insertion;",
                  "luc@example.org;Luc;Bry;;;Structure perdue")  # fmt: skip
    page.window.resize(1366, 768)
    turn(50)
    assert clipped(page.page) == []
    page.is_accessible().click("Essayer à blanc")
    wait_until(lambda: page.page.step() == TRIAL, "the dry run")
    page.shows("Cette structure n’est pas dans l’annuaire.")
    turn(50)
    assert clipped(page.page) == []
