"""Spelling by keyboard: what is wrong is marked, F7 goes there, a proposal replaces it; a name is asked about."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QMenu, QPushButton

from spie_desk.domain.circles import Sort
from spie_desk.domain.records.person import Person
from spie_desk.services import people, wording
from spie_desk.services.desk import Desk
from spie_desk.ui.page import Page
from spie_desk.ui.panels.confirm import Confirm
from spie_desk.ui.route import Entry
from spie_desk.ui.widgets.markdown_editor import MarkdownEditor
from spie_desk.ui.writing.aids import hang_writing_aids
from spie_desk.ui.writing.speller import Speller
from tests.ui.drivers import PageDriver, press, turn, types, wait_until

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
"""A menu without a window system."""

AMINA = Person(id=b"a" * 16, first_name="Aminata", last_name="Zoubirova")


class Writing(Page):
    title = "Écrire"

    def build(self) -> None:
        self.heard = 0
        self.note = self.add(MarkdownEditor())
        self.note.text.setAccessibleName("Texte")
        self.note.changed.connect(self._hear)

    def _hear(self) -> None:
        self.heard += 1

    def first_focus(self) -> MarkdownEditor:
        return self.note


@pytest.fixture
def writing(desk: Desk, frame: Callable[..., PageDriver]) -> PageDriver:
    people.create(desk, AMINA)
    driver = frame(Entry("page", Writing, "Écrire", "sun", "main"))
    driver.aids = hang_writing_aids(driver.window, driver.tasks)  # type: ignore[attr-defined]
    driver.window.navigator.go("page")
    return driver.settle()


def speller(page: PageDriver) -> Speller:
    found = page.page.note.text.findChild(Speller)
    assert found is not None
    return found


def marked(page: PageDriver) -> list[str]:
    return [mark.cursor.selectedText() for mark in page.page.note.text.extraSelections()]


def written(page: PageDriver, text: str, wrong: list[str]) -> None:
    types(text, page.page.note.text)
    wait_until(lambda: marked(page) == wrong, f"{wrong}, not {marked(page)}")


def menu(page: PageDriver) -> QMenu:
    wait_until(lambda: len(_proposals(page)) > 0, "the menu and its proposals")
    return page.page.note.text.findChildren(QMenu, "spelling")[-1]


def _proposals(page: PageDriver) -> list[str]:
    found = page.page.note.text.findChildren(QMenu, "spelling")
    texts = [action.text() for action in found[-1].actions()] if found else []
    return [] if "Recherche de propositions…" in texts else texts


def take(page: PageDriver, text: str) -> None:
    chosen = next(action for action in menu(page).actions() if action.text() == text)
    chosen.trigger()
    menu(page).close()
    turn()
    page.settle()


def test_only_what_is_wrong_is_marked_and_not_the_word_being_written(writing: PageDriver) -> None:
    text = "L’acompagnement au RSA, qu’Aminata Zoubirova a-t-elle demandé aujourd’hui à la CAF ? mel@example.org fautte"
    written(writing, text, ["L’acompagnement"])
    written(writing, " ", ["L’acompagnement", "fautte"])


def test_marks_change_nothing_of_the_text(writing: PageDriver) -> None:
    note = writing.page.note
    note.show_markdown("Un **mott** et un _autre_.")
    heard, steps = writing.page.heard, note.text.document().availableUndoSteps()
    speller(writing).look_over()
    wait_until(lambda: marked(writing) == ["mott"], "the mark")
    assert writing.page.heard == heard
    assert note.markdown() == "Un **mott** et un _autre_."
    assert not note.text.document().isModified()
    assert note.text.document().availableUndoSteps() == steps


def test_f7_goes_to_the_next_word_and_a_proposal_replaces_it_in_one_undo(writing: PageDriver) -> None:
    written(writing, "Un rendes et un acompagnement. ", ["acompagnement"])
    press("Ctrl+Home", writing.page.note.text)
    press("F7", writing.page.note.text)
    writing.settle()
    assert writing.page.note.text.textCursor().selectedText() == "acompagnement"
    take(writing, "accompagnement")
    assert writing.page.note.text.toPlainText() == "Un rendes et un accompagnement. "
    press("Ctrl+Z", writing.page.note.text)
    assert writing.page.note.text.toPlainText() == "Un rendes et un acompagnement. "


def test_a_word_accepted_for_the_structure_is_right_and_proposed_from_then_on(desk: Desk, writing: PageDriver) -> None:
    written(writing, "Le PRIJIX le dit. ", ["PRIJIX"])
    press("F7", writing.page.note.text)
    writing.settle()
    take(writing, "Ajouter au dictionnaire de la structure")
    wait_until(lambda: marked(writing) == [], "no mark")
    [word] = desk.store.records.find("word")
    assert word.record.text == "PRIJIX"
    circle = desk.store.circles.get(word.circle)
    assert circle is not None
    assert circle.sort == Sort.STRUCTURE
    found: list[str] = []
    writing.aids.words.propose("PRIJIY", found.extend)  # type: ignore[attr-defined]
    writing.settle()
    assert "PRIJIX" in found


def test_a_word_of_mine_is_right_and_never_proposed(desk: Desk, writing: PageDriver) -> None:
    wording.add_word(desk, "Zoubiroff", shared=False)
    writing.settle()
    written(writing, "Zoubiroff est venu. ", [])
    found: list[str] = []
    writing.aids.words.propose("Zoubirof", found.extend)  # type: ignore[attr-defined]
    writing.settle()
    assert "Zoubiroff" not in found


def test_somebodys_name_is_shared_only_once_it_was_asked(desk: Desk, writing: PageDriver) -> None:
    writing.aids.words.accept("Zoubirova", shared=True)  # type: ignore[attr-defined]
    writing.settle()
    assert desk.store.records.find("word") == []
    [question] = writing.window.findChildren(Confirm)
    button = next(one for one in question.findChildren(QPushButton) if one.text().startswith("L’ajouter"))
    button.setFocus()
    press("Space", button)
    writing.settle()
    assert [one.record.text for one in desk.store.records.find("word")] == ["Zoubirova"]


def test_nothing_is_marked_when_one_wishes_so(desk: Desk, writing: PageDriver) -> None:
    written(writing, "Une fautte. ", ["fautte"])
    wording.wish(desk, wording.Wishes(spell=False))
    writing.aids.refresh()  # type: ignore[attr-defined]
    writing.settle()
    assert marked(writing) == []


def test_a_long_note_is_looked_over_within_a_frame(writing: PageDriver) -> None:
    note = writing.page.note
    line = "Elle est venue à l’entretien avec sa fille ; nous avons revu le dossier de logement. "
    note.show_markdown("\n\n".join(line * 4 for _ in range(40)))
    speller(writing).look_over()
    writing.settle()
    spent = []
    for _ in range(5):
        begun = time.process_time()
        speller(writing).look_over()
        spent.append(time.process_time() - begun)
    assert min(spent) < 0.016
