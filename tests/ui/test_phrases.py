"""Ready phrases by keyboard: typed, undone, chosen from the list, written and given to the structure in settings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from spie_desk.domain.circles import Sort
from spie_desk.domain.records.phrase import SHARED, Phrase
from spie_desk.services import records, wording
from spie_desk.services.desk import Desk
from spie_desk.ui.page import Page
from spie_desk.ui.route import Entry
from spie_desk.ui.widgets.markdown_editor import MarkdownEditor
from spie_desk.ui.writing.aids import hang_writing_aids
from spie_desk.ui.writing.picker import PhrasePicker
from tests.ui.drivers import PageDriver, press, turn, types
from tests.ui.fronts import FrontDriver, front, real_profile  # noqa: F401 — a fixture


class Writing(Page):
    """A note's editor, and a plain one under it."""

    title = "Écrire"

    def build(self) -> None:
        self.note, self.plain = self.add(MarkdownEditor()), self.add(QPlainTextEdit())
        for one in (self.note.text, self.plain):
            one.setAccessibleName("Texte")
        self.plain.setTabChangesFocus(True)

    def first_focus(self) -> MarkdownEditor:
        return self.note


@pytest.fixture
def writing(desk: Desk, frame: Callable[..., PageDriver]) -> PageDriver:
    records.save(desk, "phrase", Phrase(id=b"1" * 16, key="ccas", text="centre communal d’action sociale"))
    records.save(desk, "phrase", Phrase(id=b"2" * 16, key="rdv", text="rendez-vous au CCAS", whose=SHARED))
    driver = frame(Entry("page", Writing, "Écrire", "sun", "main"))
    hang_writing_aids(driver.window, driver.tasks)
    driver.window.navigator.go("page")
    return driver.settle()


def text(page: PageDriver) -> str:
    return str(page.page.note.text.toPlainText())


def test_a_phrase_is_typed_and_one_undo_brings_the_abbreviation_back(writing: PageDriver) -> None:
    types("Le ccas ")
    assert text(writing) == "Le centre communal d’action sociale "
    press("Ctrl+Z")
    assert text(writing) == "Le ccas"
    types(" est")
    assert text(writing) == "Le ccas est"
    types(", ccas ")
    assert text(writing) == "Le ccas est, centre communal d’action sociale "


def test_tab_expands_where_it_stands_and_otherwise_leaves(writing: PageDriver) -> None:
    types("Ccas")
    press("Tab")
    assert text(writing) == "Centre communal d’action sociale"
    assert QApplication.focusWidget() is writing.page.note.text
    press("Tab")
    assert QApplication.focusWidget() is not writing.page.note.text


def test_the_structures_phrase_replaces_the_one_that_came_with_the_application_in_every_editor(
    writing: PageDriver,
) -> None:
    writing.page.plain.setFocus()
    writing.settle()
    types("rdv ")
    assert writing.page.plain.toPlainText() == "rendez-vous au CCAS "


def test_mine_comes_before_my_structures(desk: Desk, writing: PageDriver) -> None:
    records.save(desk, "phrase", Phrase(id=b"3" * 16, key="rdv", text="mon rendez-vous"))
    writing.settle()
    types("rdv ")
    assert text(writing) == "mon rendez-vous "


def test_one_is_chosen_from_the_list_and_put_where_one_wrote(writing: PageDriver) -> None:
    types("Vu au")
    writing.press("F4")
    [picker] = writing.window.findChildren(PhrasePicker)
    assert len(picker.shown()) > 10
    types("communal", picker._box)
    turn(20)
    assert picker.shown() == ["centre communal d’action sociale"]
    press("Return", picker._box)
    turn()
    assert text(writing) == "Vu au centre communal d’action sociale"
    press("Ctrl+Z", writing.page.note.text)
    assert text(writing) == "Vu au"


def test_abbreviations_are_left_alone_when_one_wishes(desk: Desk, writing: PageDriver) -> None:
    wording.wish(desk, wording.Wishes(expand=False))
    writing.window.findChild(type(hang_writing_aids(writing.window, writing.tasks))).refresh()
    writing.settle()
    types("ccas ")
    assert text(writing) == "ccas "


def test_a_phrase_is_written_in_settings_then_given_to_the_structure(front: FrontDriver) -> None:  # noqa: F811 — a fixture
    real_profile(front.door)
    front.come().unlock().inside()
    session = front.front.session
    assert session is not None
    session.window.navigator.go("settings", tab="writing")
    front.settle().click("Nouvelle phrase").settle()
    front.put("key", "mdl").put("text", "mission locale")
    front.click("Enregistrer").settle()
    [mine] = session.desk.store.records.find("phrase")
    assert (mine.record.key, mine.record.text) == ("mdl", "mission locale")
    assert session.desk.store.circles.get(mine.circle).sort == Sort.PERSONAL  # type: ignore[union-attr]
    front.settle().click("Donner à ma structure").settle()
    [shared] = session.desk.store.records.find("phrase")
    assert session.desk.store.circles.get(shared.circle).sort == Sort.STRUCTURE  # type: ignore[union-attr]
    assert shared.record.text == "mission locale"
