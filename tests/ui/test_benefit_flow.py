"""The CAF/MSA flow by keyboard, on the real store: chosen from « Importer », looked at, ticked, written, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from spie_desk.domain.errors import N_
from spie_desk.domain.records.around import Right
from spie_desk.domain.records.person import Person
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed
from spie_desk.ui.pages.benefit_flow import DONE, FILE, PLAN, BenefitFlowPage
from spie_desk.ui.pages.import_people import ImportPage
from spie_desk.ui.route import Entry
from spie_desk.ui.tasks import LongWork
from spie_desk.ui.theme import Theme
from spie_desk.ui.widgets.choices import Tick
from tests.made_flows import AMINA, CHILD, PAUL, SPOUSE, STRANGER, Foyer, Who, flow
from tests.ui.drivers import PageDriver, clipped, press, turn, types, wait_until, words_on

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)

Frame = Callable[..., PageDriver]


def followed(desk: Desk, *people: tuple[str, str, date | None], status: str = "") -> list[bytes]:
    ids = []
    with desk.store.unit(Deed()) as unit:
        for number, (last, first, born) in enumerate(people, start=1):
            one = Person(id=desk.chance.id(), last_name=last, first_name=first, born_on=born, number=f"K7-{number:04d}")
            unit.put("person", one)
            ids.append(one.id)
            if status:
                unit.put("right", Right(id=desk.chance.id(), person=one.id, scheme="rsa", status=status))
    return ids


BELKACEM, EKAMBI = ("Belkacem", "Amina", date(1988, 3, 4)), ("Ekambi", "Paul", date(1990, 6, 12))


def file(path: Path, *foyers: Foyer, on: str = "2026-11-30") -> Path:
    path.write_bytes(flow(*foyers, on=on))
    return path


def opened(frame: Frame, path: Path) -> PageDriver:
    """From « Importer », Ctrl+O, the path typed, Return."""
    page = frame(Entry("import", ImportPage, N_("Importer"), "file-up", "foot"),
                 Entry("benefit-flow", BenefitFlowPage, under="import"),
                 Entry("people", BenefitFlowPage))  # fmt: skip
    page.window.navigator.go("import")
    page.settle()
    page.window.activateWindow()
    turn()
    page.press("Ctrl+O")
    types(str(path))
    page.press("Return")
    wait_until(lambda: not any(isinstance(one, QFileDialog) for one in QApplication.topLevelWidgets()), "closed")
    page.window.activateWindow()
    wait_until(lambda: isinstance(page.page, BenefitFlowPage), "the flow's page")
    return page.settle()


def test_an_xml_file_of_the_import_page_is_shown_written_and_undone_by_keyboard(
    desk: Desk, frame: Frame, tmp_path: Path
) -> None:
    (who,) = followed(desk, BELKACEM)
    page = opened(frame, file(tmp_path / "RSABEM.xml", Foyer([AMINA, SPOUSE, CHILD]).suspended("2026-10-01"),
                              Foyer([STRANGER])))  # fmt: skip
    wait_until(lambda: page.page.step() == PLAN, "the plan")
    page.shows("situation au 30/11/2026").shows("2 foyers").shows("Amina Belkacem").shows("non lues").is_accessible()
    page.shows("déclaration trimestrielle de ressources non fournie").shows("Rien n’est encore écrit.")
    assert not [text for text in words_on(page.window) if "ZQXV" in text.upper() or "YANISQZW" in text.upper()]
    assert desk.store.records.count("right") == 0
    page.click("Mettre à jour 1 personne")
    wait_until(lambda: page.page.step() == DONE, "the update")
    page.shows("1 personne accompagnée mise à jour · 3 autres non lues").is_accessible()
    page.tells("1 personne accompagnée mise à jour")
    (right,) = desk.store.records.find("right", {"person": who})
    assert right.record.status == "rsa_droit_ouvert_versement_suspendu"
    page.click("Annuler cette mise à jour").shows("Mise à jour annulée")
    assert desk.store.records.count("right") == 0


def test_a_doubt_is_ticked_by_keyboard_and_only_one_of_two(desk: Desk, frame: Frame, tmp_path: Path) -> None:
    (who,) = followed(desk, EKAMBI)
    page = opened(frame, file(tmp_path / "flux.xml", Foyer([PAUL]), Foyer([PAUL]).closed("2026-09-30")))
    wait_until(lambda: page.page.step() == PLAN, "the plan")
    page.shows("plusieurs foyers du flux lui correspondent").shows("Rien à mettre à jour").is_accessible()
    assert not page.find("Rien à mettre à jour").isEnabled()
    one, two = (tick for tick in page.page.findChildren(Tick) if tick.isVisible())
    assert QApplication.focusWidget() is one
    press("Space", one)
    two.setFocus()
    press("Space", two)
    assert (one.isChecked(), two.isChecked()) == (False, True)
    page.click("Mettre à jour 1 personne")
    wait_until(lambda: page.page.step() == DONE, "the update")
    (right,) = desk.store.records.find("right", {"person": who})
    assert (right.record.status, right.record.ends_on) == ("rsa_clos", date(2026, 9, 30))


def test_a_hostile_file_is_refused_in_its_words_and_another_may_be_chosen(
    desk: Desk, frame: Frame, tmp_path: Path
) -> None:
    path = file(tmp_path / "flux.xml", Foyer([AMINA]))
    path.write_bytes(path.read_bytes().replace(b"<Racine", b'<!DOCTYPE r [<!ENTITY a "b">]><Racine', 1))
    page = opened(frame, path)
    page.shows("DOCTYPE").is_accessible()
    assert page.page.step() == FILE
    assert QApplication.focusWidget() is page.find("Choisir un fichier…")
    page.press("Ctrl+O")
    types(str(file(tmp_path / "bon.xml", Foyer([STRANGER]))))
    page.press("Return")
    wait_until(lambda: page.page.step() == PLAN, "the plan")
    page.shows("Ce flux ne change rien pour les personnes accompagnées ici.").hides("DOCTYPE")


def test_undone_by_the_shortcut_the_page_says_so(desk: Desk, frame: Frame, tmp_path: Path) -> None:
    followed(desk, BELKACEM)
    page = opened(frame, file(tmp_path / "flux.xml", Foyer([AMINA])))
    wait_until(lambda: page.page.step() == PLAN, "the plan")
    page.click("Mettre à jour 1 personne")
    wait_until(lambda: page.page.step() == DONE, "the update")
    page.press("Ctrl+Z").shows("Mise à jour annulée")


def test_stopped_while_it_reads_nothing_changes(desk: Desk, frame: Frame, tmp_path: Path) -> None:
    followed(desk, BELKACEM)
    path = file(tmp_path / "flux.xml", *(Foyer([AMINA]) for _ in range(50)))
    page = frame(Entry("page", BenefitFlowPage, "Page", "sun", "main"))
    page.tasks.long_started.connect(LongWork.cancel)
    page.window.navigator.go("page", path=path)
    page.settle()
    assert page.page.step() == FILE
    page.tells("Import arrêté\u00a0: rien n’a été écrit.")


@pytest.mark.parametrize("scale", [100, 200])
def test_everything_there_is_to_say_fits(
    desk: Desk, frame: Frame, tmp_path: Path, theming: Theme, scale: int
) -> None:
    followed(desk, BELKACEM, EKAMBI, ("Ndiaye", "Awa", None), status="rsa_clos")
    path = file(tmp_path / "flux.xml", Foyer([AMINA, SPOUSE]).suspended("2026-10-01"), Foyer([PAUL]),
                Foyer([Who("NDIAYE", "AWA", "1990-01-01")]), Foyer([Who("T" * 40, "X", "1971-01-02")]),
                Foyer([STRANGER], state="9"))  # fmt: skip
    theming.apply("light", scale)
    page = frame(Entry("page", BenefitFlowPage, "Page", "sun", "main"))
    page.window.resize(1366, 768)
    page.window.navigator.go("page", path=path)
    page.settle()
    wait_until(lambda: page.page.step() == PLAN, "the plan")
    page.shows("En doute").shows("saisi à la main après la date du flux").shows("date de naissance inconnue")
    page.shows("Ligne").is_accessible()
    turn(50)
    assert clipped(page.page) == []
    assert page.window.width() == 1366
