"""The import screen by keyboard, on the real store: a file looked at, tried, answered, written whole, undone whole."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from spie_desk.domain.nir import find_nirs
from spie_desk.services import imports, records
from spie_desk.services.desk import Desk
from spie_desk.shipped import shipped
from spie_desk.ui.pages.help import HelpPage
from spie_desk.ui.pages.import_people import COLUMNS, DONE, FILE, TRIAL, ImportPage
from spie_desk.ui.route import Entry
from spie_desk.ui.tasks import LongWork
from spie_desk.ui.theme import Theme
from spie_desk.ui.widgets.choices import Choice
from tests import made_files
from tests.made_files import Someone
from tests.ui.drivers import PageDriver, clipped, name_of, press, turn, types, wait_until, words_on

# the file dialog's list of completions wants the keyboard, which the offscreen platform has not to give
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)

Opens = Callable[..., PageDriver]
SMALL = ("Nom", "Prénom", "Date de naissance", "Téléphone", "Ville", "NIR", "Loisirs")


def small(path: Path, *rows: tuple[str, ...], heads: tuple[str, ...] = SMALL) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([heads, *(row + ("",) * (len(heads) - len(row)) for row in rows)])
    return path


def known(desk: Desk, path: Path) -> None:
    """Import a file beforehand, without the screen."""
    table = desk.files.read_table(path)
    columns = desk.files.proposed(table, desk.clock.now().date())
    imports.apply(desk, imports.plan(desk, table, columns, towns=desk.files.towns))


def choose(page: PageDriver, path: Path) -> PageDriver:
    """Ctrl+O, the path typed, Return."""
    # a window manager would give the window the keyboard back after the last dialog
    page.window.activateWindow()
    turn()
    page.press("Ctrl+O")
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible()]
    assert found, "no file dialog"
    types(str(path))
    page.press("Return")
    wait_until(lambda: not any(isinstance(one, QFileDialog) for one in QApplication.topLevelWidgets()), "closed")
    page.window.activateWindow()
    return page.settle()


def tried(page: PageDriver, path: Path) -> PageDriver:
    choose(page, path)
    assert page.page.step() == COLUMNS
    page.click("Essayer à blanc")
    wait_until(lambda: page.page.step() == TRIAL, "the dry run")
    return page


def choice(page: PageDriver, name: str) -> Choice:
    """A list to choose from, by the name it was given (Linux's readers say a combo box by its label)."""
    (found,) = (one for one in page.window.findChildren(Choice) if one.accessibleName() == name and one.isVisible())
    found.setFocus()
    return found


def stop_at_once(page: PageDriver) -> None:
    """Whatever long work begins is cancelled before it has begun."""
    page.tasks.long_started.connect(LongWork.cancel)


AMINA = ("BELKACEM", "Amina", "04/03/1988", "06 39 98 12 34", "Vimoutiers", "2 88 03 61 500 123 75", "couture")


def test_a_file_is_looked_at_tried_imported_and_undone_by_keyboard(
    desk: Desk, open_page: Opens, tmp_path: Path
) -> None:
    page = open_page(ImportPage)
    assert page.page.step() == FILE
    choose(page, small(tmp_path / "liste.csv", AMINA, ("EKAMBI", "Paul", "12/06/1990")))
    page.shows("séparateur «\u00a0;\u00a0»").shows("accents lus en UTF-8").shows("2 lignes").is_accessible()
    page.click("Essayer à blanc")
    wait_until(lambda: page.page.step() == TRIAL, "the dry run")
    page.shows("Rien n’est encore écrit.").shows("nouvelles personnes").is_accessible()
    assert desk.store.records.count("person") == 0
    page.click("Importer 2 lignes")
    wait_until(lambda: page.page.step() == DONE, "the import")
    page.shows("2 personnes créées").shows("Import terminé").is_accessible()
    page.tells("2 lignes importées.")
    assert desk.store.records.count("person") == 2
    page.click("Annuler cet import").shows("Import annulé")
    assert desk.store.records.count("person") == 0


def test_the_column_that_takes_the_keyboard_is_in_view(open_page: Opens, tmp_path: Path) -> None:
    page = open_page(ImportPage)
    page.window.resize(1366, 520)
    choose(page, small(tmp_path / "liste.csv", AMINA))
    wait_until(lambda: not (focused := QApplication.focusWidget()) or not focused.visibleRegion().isEmpty(), "in view")
    assert QApplication.focusWidget() is page.page.first_focus()


def test_tab_goes_from_the_columns_to_the_buttons_and_from_a_doubt_to_its_answers(
    desk: Desk, open_page: Opens, tmp_path: Path
) -> None:
    page = open_page(ImportPage)
    choose(page, small(tmp_path / "liste.csv", AMINA, AMINA))
    choice(page, "Loisirs\u00a0: ce que c’est").setFocus()
    assert [_tab(), _tab()] == ["Choisir un autre fichier", "Essayer à blanc"]
    page.press("Ctrl+Return")
    wait_until(lambda: page.page.step() == TRIAL, "the dry run")
    passed = [_tab() for _ in range(6)]
    assert "C’est la même personne" in passed
    assert passed.index("C’est la même personne") < passed.index("Revenir aux colonnes")
    assert desk.store.records.count("person") == 0


def _tab() -> str:
    press("Tab")
    here = QApplication.focusWidget()
    assert here is not None
    return name_of(here)


def test_control_z_undoes_the_import_and_the_page_says_so(desk: Desk, open_page: Opens, tmp_path: Path) -> None:
    page = tried(open_page(ImportPage), small(tmp_path / "liste.csv", AMINA))
    page.click("Importer 1 ligne").shows("1 personne créée")
    page.press("Ctrl+Z").shows("Import annulé")
    assert desk.store.records.count("person") == 0


def test_the_social_security_number_is_masked_said_and_kept_nowhere(
    desk: Desk, open_page: Opens, tmp_path: Path
) -> None:
    page = choose(open_page(ImportPage), small(tmp_path / "liste.csv", AMINA))
    page.shows("Il n’est ni importé, ni gardé nulle part.").shows("jamais importé").shows("1 valeur, masquée")
    assert not any(find_nirs(words) for words in words_on(page.page))
    page.click("Essayer à blanc").shows("1 numéro de sécurité sociale écarté, gardé nulle part.")
    page.shows("Gardé dans une note «\u00a0ma structure\u00a0»\u00a0: «\u00a0Loisirs\u00a0».")
    page.click("Importer 1 ligne").shows("1 personne créée")
    (note,) = desk.store.records.find("note")
    assert "couture" in note.record.text
    assert not find_nirs(note.record.text)


def test_the_choices_of_columns_are_remembered_and_said(desk: Desk, open_page: Opens, tmp_path: Path) -> None:
    path = small(tmp_path / "liste.csv", AMINA)
    page = choose(open_page(ImportPage), path)
    assert "sont repris" not in " ".join(words_on(page.page))
    leisure = choice(page, "Loisirs\u00a0: ce que c’est")
    page.press("Home")
    columns = page.page._columns.columns
    assert columns.targets[6] == "last_name"
    assert columns.targets[0] == "note", "two columns had one meaning"
    leisure.choose("nickname")
    choice(page, "Nom\u00a0: ce que c’est").choose("last_name")
    page.click("Essayer à blanc").click("Revenir aux colonnes").click("Choisir un autre fichier")
    assert page.page.step() == FILE
    choose(page, path).shows("Vos choix pour un fichier de mêmes colonnes sont repris.")
    assert page.page._columns.columns.targets[6] == "nickname"


def test_a_doubt_shows_both_sides_every_reason_and_waits_for_an_answer(
    desk: Desk, open_page: Opens, tmp_path: Path
) -> None:
    known(desk, small(tmp_path / "octobre.csv", AMINA))
    swapped = ("Belkacem", "Amina", "03/04/1988", "06 39 98 12 34", "Vimoutiers")
    page = tried(open_page(ImportPage), small(tmp_path / "novembre.csv", swapped, ("EKAMBI", "Paul", "12/06/1990")))
    page.shows("Dans le fichier, ligne 2").shows("Déjà sur ce poste, n°")
    page.shows("jour et mois inversés").shows("même téléphone").shows("sans réponse, elle attend")
    assert page.find("03/04/1988, différent")
    assert page.find("04/03/1988, différent")
    answers = ["C’est la même personne", "Deux personnes", "Décider plus tard"]
    buttons = [page.find(name) for name in answers]
    assert {button.property("look") for button in buttons} == {"plain"}, "answers weigh the same"
    assert QApplication.focusWidget() not in buttons, "the keyboard never begins on an answer"
    page.shows("Importer 1 ligne").click("C’est la même personne").shows("Importer 2 lignes").shows(
        "toutes ont une réponse"
    ).shows("Ligne 2\u00a0: réponse gardée, vous pouvez en changer.")
    page.click("Décider plus tard").shows("Importer 1 ligne").shows("1 sans réponse")
    page.click("Deux personnes").click("Importer 2 lignes").shows("2 personnes créées")
    assert desk.store.records.count("person") == 3


def test_answers_outlive_the_page_but_not_their_import(desk: Desk, frame: Opens, tmp_path: Path) -> None:
    known(desk, small(tmp_path / "octobre.csv", AMINA))
    path = small(tmp_path / "novembre.csv", ("Belkacem", "Amina", "03/04/1988", "06 39 98 12 34", "Vimoutiers"))
    page = frame(
        Entry("import", ImportPage, "Importer", "file-up", "foot"), Entry("help", HelpPage, "Aide", "sun", "foot")
    )
    page.window.navigator.go("import")
    tried(page.settle(), path).click("Deux personnes")
    page.window.navigator.go("help")
    page.settle().window.navigator.go("import")
    tried(page.settle(), path).shows("toutes ont une réponse").shows("Importer 1 ligne")
    assert page.find("Deux personnes").isChecked()
    page.click("Importer 1 ligne").shows("1 personne créée")
    table = desk.files.read_table(path)
    assert imports.answers_kept(desk, table, desk.files.proposed(table, desk.clock.now().date())) == {}


def test_what_a_hand_typed_is_a_doubt_and_stays_unless_told(desk: Desk, open_page: Opens, tmp_path: Path) -> None:
    known(desk, small(tmp_path / "octobre.csv", AMINA))
    (shown,) = desk.store.records.find("person")
    records.save(desk, "person", replace(shown.record, town="Camembert", town_code="61071"), shown)
    page = tried(open_page(ImportPage), small(tmp_path / "novembre.csv", AMINA))
    page.shows("saisi à la main\u00a0: Commune")
    assert page.find("Vimoutiers, différent")
    assert page.find("Camembert, différent")
    page.click("Garder ce qui est saisi").shows("Importer\u00a0: rien ne change")
    page.click("Prendre le fichier").click("Importer 1 ligne").shows("1 dossier mis à jour")
    assert desk.store.records.find("person")[0].record.town == "Vimoutiers"


def test_two_people_on_one_line_are_offered_as_two(desk: Desk, open_page: Opens, tmp_path: Path) -> None:
    row = ("M. et Mme MOREAU", "Jean et Anne", "", "06 39 98 41 07", "Camembert")
    page = tried(open_page(ImportPage), small(tmp_path / "couples.csv", row))
    page.shows("la ligne parle de deux personnes").shows("Première personne").shows("Deuxième personne").shows("Anne")
    page.click("Créer deux personnes").click("Importer 1 ligne")
    wait_until(lambda: desk.store.records.count("person") == 2, "two files")


def test_the_month_after_adds_up_and_shows_what_changes(
    desk: Desk, open_page: Opens, tmp_path: Path, theming: Theme
) -> None:
    known(desk, made_files.october(tmp_path / "octobre.csv"))
    page = tried(open_page(ImportPage), made_files.november(tmp_path / "novembre.csv"))
    plan = page.page.plan()
    counts = (plan.to_create, plan.to_update, plan.in_doubt, plan.refused)
    assert counts == (made_files.CREATED, made_files.UPDATED, made_files.DOUBTED, made_files.REFUSED)
    assert sum(counts) == len(plan.rows) == 270
    for shown in (
        "212",
        "48",
        "72 champs changés",
        "3 sur 48",
        "1 sur 6 · 6 sans réponse",
        "Importer 260 lignes",
        "Ligne 19, Date de naissance, 31/02/1990\u00a0: Cette date n’existe pas.",
    ):
        page.shows(shown)
    assert page.find("Vimoutiers, devient Camembert")
    wait_until(lambda: not clipped(page.page), "a page that clips nothing")
    page.press("Ctrl+PgDown").shows("2 sur 6").press("Ctrl+PgUp").shows("1 sur 6").is_accessible()
    page.click("Tout voir")
    wait_until(
        lambda: any("72 champs changés" in " ".join(words_on(one)) for one in QApplication.topLevelWidgets()), "all"
    )
    page.press("Esc")
    theming.apply("light", 200)
    page.shows("Ligne 203, RSA, peut-être")
    wait_until(lambda: clipped(page.page) == [], "room for every text at 200 %")
    page.is_accessible()
    theming.apply("light", 100)


def test_refused_lines_leave_in_the_clear_harmless_and_come_back_mended(
    desk: Desk, open_page: Opens, tmp_path: Path
) -> None:
    bad = ("=1+1", "Lina", "31/02/1990", "", "", "2 88 03 61 500 123 75", "@danse")
    page = tried(open_page(ImportPage), small(tmp_path / "liste.csv", AMINA, bad))
    page.shows("Le fichier exporté sera en clair")
    target = tmp_path / "à corriger.csv"
    page.click("Exporter cette ligne")
    page.press("Ctrl+A")
    types(str(target))
    page.press("Return").tells("1 ligne écrite en clair dans «\u00a0à corriger.csv\u00a0».")
    text = target.read_text("utf-8-sig")
    assert not find_nirs(text)
    heads, row = csv.reader(text.splitlines(), delimiter=";")
    assert heads == ["Ligne", *(head for head in SMALL if head != "NIR"), "Refusée parce que", "Comment corriger"]
    assert row[:7] == ["3", "'=1+1", "Lina", "31/02/1990", "", "", "'@danse"]
    assert row[7] == "Cette date n’existe pas."
    target.write_text(text.replace("31/02/1990", "28/02/1990").replace("'=1+1", "VASSEUR"), "utf-8-sig")
    page.click("Importer 1 ligne").click("Importer un autre fichier")
    tried(page, target).click("Importer 1 ligne").shows("1 personne créée")
    assert {one.record.last_name for one in desk.store.records.find("person")} == {"BELKACEM", "VASSEUR"}


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("vide.csv", b"", "«\u00a0vide.csv\u00a0» est vide."),
        ("ancien.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "d’avant 2007"),
        ("fiche.csv", b"%PDF-1.7 ...", "n’est pas un tableau"),
        ("abime.xlsx", b"PK\x03\x04 nothing", "abîmé"),
        ("sans-noms.csv", b"03/04/1988;06 39 98 12 34\n05/06/1990;06 39 98 12 35\n", "les noms des colonnes"),
        ("personne.csv", "Nom;Prénom\n".encode(), "aucune ligne dessous"),
    ],
)  # fmt: skip
def test_each_bad_file_has_its_sentence_in_the_page(
    name: str, data: bytes, says: str, open_page: Opens, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    page = choose(open_page(ImportPage), path).shows(says).is_accessible()
    assert page.page.step() == FILE
    choose(page, small(tmp_path / "bon.csv", AMINA))
    assert page.page.step() == COLUMNS


def test_a_file_gone_meanwhile_has_its_sentence_too(open_page: Opens, tmp_path: Path) -> None:
    page = open_page(ImportPage)
    page.page.take(tmp_path / "parti.csv")
    page.settle().shows("«\u00a0parti.csv\u00a0» n’a pas pu être lu")


def test_a_workbook_says_its_sheet_and_another_one_can_be_chosen(open_page: Opens, tmp_path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415 — this test alone writes a workbook

    book = xlsxwriter.Workbook(str(tmp_path / "deux.xlsx"))
    for name, first in (("Actifs", "Amina"), ("Sortis", "Paul")):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ("Nom", "Prénom"))
        sheet.write_row(1, 0, ("BELKACEM", first))
    book.close()
    page = choose(open_page(ImportPage), tmp_path / "deux.xlsx").shows("feuille «\u00a0Actifs\u00a0»").shows("Amina")
    choice(page, "Feuille du classeur")
    page.press("Down").shows("feuille «\u00a0Sortis\u00a0»").shows("Paul")


def test_a_stopped_dry_run_and_a_stopped_import_write_nothing(desk: Desk, open_page: Opens, tmp_path: Path) -> None:
    path = made_files.write(tmp_path / "beaucoup.csv", made_files.people(120))
    page = tried(open_page(ImportPage), path)
    before = desk.store.counters()  # type: ignore[attr-defined]
    stop_at_once(page)
    page.click("Importer 120 lignes").tells("Import arrêté\u00a0: rien n’a été écrit.")
    assert (page.page.step(), desk.store.records.count("person")) == (TRIAL, 0)
    assert desk.store.counters() == before  # type: ignore[attr-defined]
    page.click("Revenir aux colonnes").click("Essayer à blanc").tells("Import arrêté\u00a0: rien n’a été écrit.")
    assert page.page.step() == COLUMNS


def test_an_import_goes_on_when_one_looks_elsewhere(desk: Desk, frame: Opens, tmp_path: Path) -> None:
    page = frame(
        Entry("import", ImportPage, "Importer", "file-up", "foot"), Entry("help", HelpPage, "Aide", "sun", "foot")
    )
    page.window.navigator.go("import")
    tried(page.settle(), made_files.write(tmp_path / "liste.csv", made_files.people(60)))
    button = page.find("Importer 60 lignes")
    button.click()  # type: ignore[attr-defined]
    page.window.navigator.go("help")
    page.settle().tells("60 lignes importées.")
    assert desk.store.records.count("person") == 60


def test_a_file_is_dropped_on_the_page(open_page: Opens, tmp_path: Path) -> None:
    page = open_page(ImportPage)
    zone = page.page._file
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(small(tmp_path / "liste.csv", AMINA)))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(zone.rect().center(), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(zone, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(
        zone, QDropEvent(QPointF(zone.rect().center()), Qt.DropAction.CopyAction, data, buttons, keys)
    )
    page.settle()
    assert page.page.step() == COLUMNS


def test_choosing_a_file_leaves_no_trace_of_its_name(open_page: Opens, tmp_path: Path) -> None:
    folder = tmp_path / "dossier-canari"
    folder.mkdir()
    choose(open_page(ImportPage), small(folder / "fichier-canari.csv", AMINA))
    kept = [path for top in {os.environ["HOME"], os.environ["XDG_CONFIG_HOME"]} for path in Path(top).rglob("*")
            if path.is_file() and b"canari" in path.read_bytes()]  # fmt: skip
    assert kept == []


def test_the_real_file_of_the_trade_goes_through(desk: Desk, open_page: Opens) -> None:
    page = tried(open_page(ImportPage), Path(str(shipped("examples/import_beneficiaires.csv"))))
    page.shows("déjà dans ce fichier, ligne 3").click("C’est la même personne").click("Importer 3 lignes")
    page.shows("2 personnes créées")
    assert desk.store.records.count("person") == 2


def test_people_made_for_these_files_do_not_look_alike() -> None:
    made = made_files.people(266)
    assert len({(one.last, one.first) for one in made}) == len({one.born for one in made}) == 266
    assert isinstance(made[0], Someone)
