"""« Copie de ses données » by keyboard: recorded, gone through line by line, handed over; nothing leaves unexamined."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.around import Relative
from spie_desk.domain.records.concern import Concern
from spie_desk.services import concerns, copies, notes, people, records, work
from spie_desk.services.copy_lines import MASKED, WITHHOLD, Choice
from spie_desk.services.desk import Desk
from spie_desk.ui.pages.entries import ENTRIES
from spie_desk.ui.panels.copy_lines import CopyLines
from tests.ui.drivers import PageDriver, clipped, turn, wait_until

Frame = Callable[..., PageDriver]
CANARY = "Zebrelune"


@pytest.fixture
def desk(example_desk: Desk) -> Desk:
    return example_desk


@pytest.fixture
def person(desk: Desk) -> bytes:
    found = people.rows(desk, PersonFilter())[0].id
    records.save(desk, "relative", Relative(id=desk.chance.id(), person=found, link="child", first_name=CANARY))
    notes.sign(desk, replace(notes.blank(desk, found), text=f"{CANARY} dort chez sa tante Fatoumata."))
    opened = concerns.opening(desk, found).start
    assert isinstance(opened, Concern)
    concerns.save(desk, replace(opened, source="observed", children="Ondeline, 2017", facts="Seule.", parents="no",
                                parents_why="danger"))  # fmt: skip
    return found


@pytest.fixture
def driver(frame: Frame) -> PageDriver:
    return frame(*ENTRIES)


def opened_on(driver: PageDriver, person: bytes) -> CopyLines:
    """The lines of the request that waits."""
    driver.window.navigator.go("copy", person=person)
    driver.settle()
    if driver.page._kept is not None:
        driver.page._kept.form.put("channel", "oral")
        driver.click("Enregistrer la demande")
    wait_until(lambda: bool(driver.page._review.list.rows()), "the lines")
    lines: CopyLines = driver.page._review
    return lines


def go_through(driver: PageDriver, lines: CopyLines) -> None:
    """Mask every name, say why what is kept apart is withheld, give the rest."""
    driver.click("Masquer les noms dans toutes les lignes signalées")
    apart = next(one for one in lines.list.rows() if one.apart)
    lines.list.choose(apart.key)
    lines._why.choose("enquete")
    driver.settle()
    for one in copies.to_examine(lines._found, lines.choices()):
        lines.list.choose(one.key)
        lines.list.setFocus()
        driver.press("Space")


def test_the_request_is_recorded_from_the_file_and_says_when_it_is_due(
    driver: PageDriver, desk: Desk, person: bytes
) -> None:
    driver.window.navigator.go("file", person=person)
    driver.settle().act("Copie de ses données…")
    driver.shows("La copie lui est due dans le mois, gratuitement.").is_accessible()
    form = driver.page._kept.form
    form.put("channel", "oral")
    form.save_now()
    driver.settle()
    assert [draft.form for draft in work.drafts(desk)] == [copies.FORM]
    driver.click("Enregistrer la demande").tells("Demande enregistrée")
    assert work.drafts(desk) == []
    wait_until(driver.page._review.list.table().hasFocus, "the keyboard in the lines")
    wait_until(lambda: bool(driver.page._review.list.rows()), "the lines")
    assert "à rendre au plus tard le 9 janv. 2027 (31 jours)" in driver.page._under.said()
    turn(50)
    driver.is_accessible()
    assert clipped(driver.window) == []


def test_nothing_leaves_before_every_line_was_examined_and_a_choice_made_is_kept(
    driver: PageDriver, desk: Desk, person: bytes
) -> None:
    lines = opened_on(driver, person)
    hand = driver.page._hand
    assert not hand._give.isEnabled()
    assert "à examiner" in hand._give.text()
    apart = next(one for one in lines.list.rows() if one.apart)
    lines.list.choose(apart.key)
    driver.shows("vous êtes la seule personne à voir cette ligne")
    go_through(driver, lines)
    assert hand._give.isEnabled()
    note = next(one for one in lines.list.rows() if "dort chez sa tante" in one.text)
    driver.window.navigator.go("people")
    driver.settle()
    again = opened_on(driver, person)
    assert again.choice(note).do == MASKED
    assert driver.page._hand._give.isEnabled()


def test_the_copy_is_written_without_the_names_that_were_masked(
    driver: PageDriver, desk: Desk, person: bytes, tmp_path: Path
) -> None:
    go_through(driver, opened_on(driver, person))
    driver.page.ask_where = lambda: tmp_path
    driver.click("Remettre la copie…").tells("Elle n’est plus protégée")
    driver.shows("Remise le 9 déc. 2026")
    text = next(tmp_path.rglob("dossier.json")).read_text()
    assert "[autre personne] dort chez sa tante [autre personne]." in text
    for gone in (CANARY, "Fatoumata", "Ondeline", "préoccupante"):
        assert gone not in text
    assert json.loads(text)["withheld"] == []
    assert next(tmp_path.rglob("copie.pdf")).read_bytes().startswith(b"%PDF")


def test_a_line_unticked_asks_why_and_stays_to_examine_until_then(
    driver: PageDriver, desk: Desk, person: bytes
) -> None:
    lines = opened_on(driver, person)
    line = next(one for one in lines.list.rows() if one.kind == "person" and not one.former)
    lines.list.choose(line.key)
    lines.list.setFocus()
    driver.press("Space")
    assert lines.choice(line) == Choice(WITHHOLD)
    assert not lines.choice(line).settled
    lines._why.setFocus()
    lines._why.choose("tiers")
    driver.settle()
    assert lines.choice(line) == Choice(WITHHOLD, "tiers")
    kept = copies.review(desk, person)
    assert kept.choices[line.key] == Choice(WITHHOLD, "tiers")
