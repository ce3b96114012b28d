"""An information préoccupante by keyboard: from « Urgence » or from the file, kept while typed, absent elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.concern import Concern
from spie_desk.services import concerns, people, work
from spie_desk.services.desk import Desk
from spie_desk.ui.pages.entries import ENTRIES
from spie_desk.ui.printing.preview import PrintPreview
from tests.ui.drivers import PageDriver, clipped, turn, types, wait_until, words_on

Frame = Callable[..., PageDriver]
FACTS, WHY = "Zebrelune est seule le soir.", "Le danger vient de la maison."


@pytest.fixture
def desk(example_desk: Desk) -> Desk:
    return example_desk


@pytest.fixture
def person(desk: Desk) -> bytes:
    return people.rows(desk, PersonFilter())[0].id


@pytest.fixture
def driver(desk: Desk, frame: Frame) -> PageDriver:
    return frame(*ENTRIES)


def fill(driver: PageDriver, **typed: str) -> None:
    for name, text in typed.items():
        form = driver.page._kept.form
        form.editors[name].widget.setFocus()
        if form.kind.by_name[name].trait.widget == "choice":
            form.put(name, text)
        else:
            types(text)


def test_from_urgence_it_opens_in_one_key_and_says_that_nothing_is_sent(
    driver: PageDriver, desk: Desk, person: bytes
) -> None:
    driver.window.navigator.go("urgence")
    driver.settle().shows("119")
    driver.press("Ctrl+Shift+I")
    driver.shows("Ce logiciel ne prévient personne à votre place.").shows("Danger immédiat\u00a0: 15, 17, 18, 112, 114")
    driver.shows("Enfant en danger\u00a0: 119").shows("Écrire ici n’envoie rien")
    row = people.rows(desk, PersonFilter())[0]
    types(row.number)
    picker = driver.page._which.field
    wait_until(picker._answers.isVisible, "answers")
    driver.press("Return")
    wait_until(lambda: driver.page._kept is not None, "the form")
    driver.shows(f"À partir du dossier «\u00a0{row.name}\u00a0»").shows("(qui l’écrit)")
    driver.is_accessible()
    turn(50)
    assert clipped(driver.window) == []
    fill(driver, source="observed", children="Ondeline, 2017", facts=FACTS, parents="no")
    driver.press("Ctrl+Return").shows("Il manque\u00a0: S’ils ne le sont pas, pourquoi")
    assert concerns.listed(desk) == []
    fill(driver, parents_why=WHY)
    driver.press("Ctrl+Return").tells("Rien n’a été envoyé")
    (one,) = concerns.listed(desk, person)
    shown = desk.store.records.get("concern", one.id)
    assert shown is not None
    assert (shown.record.facts, shown.record.parents_why, shown.record.status) == (FACTS, WHY, "written")
    assert work.drafts(desk) == []


def test_what_is_typed_is_kept_and_taken_up_again_from_a_line_that_names_nobody(
    driver: PageDriver, desk: Desk, person: bytes
) -> None:
    name = people.rows(desk, PersonFilter())[0].name
    driver.window.navigator.go("file", person=person)
    driver.settle().act("Information préoccupante…")
    wait_until(lambda: driver.page._kept is not None, "the form")
    fill(driver, facts=FACTS)
    driver.press("Esc")
    assert [draft.form for draft in work.drafts(desk)] == ["concern"]
    driver.window.navigator.go("file", person=person)
    driver.settle()
    assert not any("réoccupante" in said or "Zebrelune" in said for said in words_on(driver.page.body))
    driver.window.navigator.go("work")
    driver.settle()
    lines = [said for said in driver.page._open.spoken() if "réoccupante" in said]
    assert len(lines) == 1
    assert name not in lines[0]
    assert "Zebrelune" not in lines[0]
    driver.page._open.choose(work.drafts(desk)[0].id)
    driver.page._take_up()
    wait_until(lambda: getattr(driver.page, "_kept", None) is not None, "the form again")
    assert driver.page._kept.form.record().facts == FACTS


def test_one_that_stands_is_opened_by_an_act_and_carried_on(driver: PageDriver, desk: Desk, person: bytes) -> None:
    opened = concerns.opening(desk, person).start
    assert isinstance(opened, Concern)
    record = replace(opened, source="observed", children="Ondeline, 2017", facts=FACTS, parents="no", parents_why=WHY)
    concerns.save(desk, record)
    driver.window.navigator.go("concern", person=person)
    driver.settle()
    assert not any("Zebrelune" in said or "Ondeline" in said for said in words_on(driver.page))
    driver.page._earlier.list.setFocus()
    driver.press("Return")
    wait_until(lambda: driver.page._kept is not None and driver.page._concern == record.id, "the one that stands")
    assert driver.page.to_export() is None
    fill(driver, sent_to="crip", status="sent")
    driver.press("Ctrl+Return").shows("Il manque\u00a0: Transmise le")
    fill(driver, sent_on="12/03/2026")
    driver.press("Ctrl+Return").tells("enregistrée sur ce poste")
    assert concerns.listed(desk)[0].status == "sent"
    driver.window.navigator.go("concern", concern=record.id)
    wait_until(lambda: driver.page._concern == record.id and driver.page._kept is not None, "again")
    driver.click("Imprimer pour transmettre…")
    wait_until(lambda: bool(driver.window.findChildren(PrintPreview)), "the preview")
    (preview,) = driver.window.findChildren(PrintPreview)
    assert preview._elsewhere is None  # it waits in no basket and goes on no large screen
    assert FACTS in repr(preview._sheet)
    preview.reject()
    driver.settle()
    driver.click("Retirer")
    driver.tells("Information préoccupante retirée.")
    assert concerns.listed(desk) == []
