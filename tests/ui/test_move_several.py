"""« Pas le bon dossier » for several things, by keyboard: ticked, moved in one act, put back in one act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.action import Action
from spie_desk.services import notes, people, records
from spie_desk.services.desk import Desk
from spie_desk.ui.pages.entries import ENTRIES
from tests.ui.drivers import PageDriver, clipped, turn, types, wait_until, words_on

CANARY = "Zebrelune"


@pytest.fixture
def desk(example_desk: Desk) -> Desk:
    return example_desk


@pytest.fixture
def files(desk: Desk) -> tuple[bytes, bytes]:
    """The wrong one, with a signed note and an action that are somebody else's; the right one."""
    wrong, right = (row.id for row in people.rows(desk, PersonFilter())[:2])
    notes.sign(desk, replace(notes.blank(desk, wrong), text=f"{CANARY} est venue."))
    records.save(desk, "action", Action(id=desk.chance.id(), person=wrong, what=f"Rappeler {CANARY}"))
    return wrong, right


def texts(desk: Desk, person: bytes) -> set[str]:
    found = [one.record.text for one in desk.store.records.find("note", {"person": person})]
    found += [one.record.what for one in desk.store.records.find("action", {"person": person})]
    return {text for text in found if CANARY in text}


BOTH = {f"{CANARY} est venue.", f"Rappeler {CANARY}"}


def test_two_things_are_moved_in_one_act_and_put_back_in_one(
    frame: Callable[..., PageDriver], desk: Desk, files: tuple[bytes, bytes]
) -> None:
    wrong, right = files
    number = next(row.number for row in people.rows(desk, PersonFilter()) if row.id == right)
    driver = frame(*ENTRIES)
    driver.window.navigator.go("file", person=wrong)
    driver.settle().act("Pas le bon dossier, pour plusieurs éléments…")
    panel = driver.page.body.over
    wait_until(lambda: bool(panel.list.rows()), "what may be moved")
    turn(50)
    driver.is_accessible()
    assert clipped(driver.window) == []
    assert "il manque ce qui est à déplacer" in panel._move.text()
    for one in [row for row in panel.list.rows() if CANARY in row.line.text]:
        panel.list.choose(one.line.key)
        panel.list.table().setFocus()
        driver.press("Space")
    assert "il manque le bon dossier" in panel._move.text()
    panel._right.setFocus()
    types(number)
    wait_until(panel._right._pick._answers.isVisible, "answers")
    driver.press("Return")
    driver.shows(f"n°\u00a0{number}").click("Déplacer 2 éléments").tells("2 éléments déplacés dans le bon dossier.")
    assert (texts(desk, wrong), texts(desk, right)) == (set(), BOTH)
    assert not any(CANARY in said for said in words_on(driver.page))
    driver.window.navigator.go("file", person=wrong, tab="historique")
    driver.settle().shows("Retiré, pas le bon dossier")
    driver.click("Tout remettre ici").tells("Tout est revenu dans le premier dossier.")
    assert (texts(desk, wrong), texts(desk, right)) == (BOTH, set())
