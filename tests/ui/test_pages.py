"""A page on the real store: it refreshes on what changes, undoes, tells every failure, and saves when it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import EmptyTextError, N_
from spie_desk.domain.records.action import ACTION, Action
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Shown
from spie_desk.services import actions
from spie_desk.services.desk import Desk
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.pages.entries import ENTRIES
from spie_desk.ui.shell.navigation import Entry
from spie_desk.ui.shell.palette import Proposal
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.list_view import ListView
from tests.ui.drivers import PageDriver, press, types, wait_until

PERSON = Person(id=b"p" * 16, last_name="Belkacem", first_name="Amina", number="K7-0132")
CALL = Action(id=b"a" * 16, person=PERSON.id, what="Appeler la préfecture")
TO_DO = ListSpec(
    name="to-do", title=N_("À faire"), shape="task",
    line=lambda shown: Line(shown.record.what, middle="Amina Belkacem", badge="demain", ticked=False),
    spoken=lambda shown: f"{shown.record.what}, Amina Belkacem",
    empty=N_("Rien à faire. Les actions décidées en revue arrivent ici."),
    key=lambda shown: shown.record.id,
)  # fmt: skip


class ToDoPage(Page):
    """What is not done yet, and a form for a new thing to do."""

    title, touches = N_("À faire"), ("action",)
    DRAFT = Draft(id=b"d" * 16, form="action", kind="action")

    def build(self) -> None:
        self.list = self.add(ListView(TO_DO), 1)
        self.form = self.add(Form(ACTION, (Section("", ("what", "due_on")),), replace(CALL, id=b"b" * 16, what=""),
                                  self.room.sources))  # fmt: skip
        self.form.to_save.connect(self._keep)
        self.at_end(Button("Échouer", lambda: self.do(self._fail), look_="filled"))
        self.act("Marquer comme faite", "Ctrl+Return", self._finish)
        self.act("Trébucher", "Ctrl+B", lambda: self.do(lambda desk: 1 // 0))  # type: ignore[func-returns-value, return-value]

    def ask(self, desk: Desk) -> Sequence[Shown[Action]]:
        return desk.store.records.find("action", {"status": "planned"})

    def show_answer(self, answer: Sequence[Shown[Action]]) -> None:
        self.list.show_rows(answer)

    def save(self) -> None:
        self.form.save_now()

    def _finish(self) -> None:
        if (row := self.list.current()) is not None:
            self.do(lambda desk: actions.finish(desk, row), "Action faite.")

    def _keep(self) -> None:
        draft = self.form.draft_of(self.DRAFT)
        self.do(lambda desk: desk.store.drafts.save(draft))

    @staticmethod
    def _fail(desk: Desk) -> None:
        raise EmptyTextError


@pytest.fixture
def filled(desk: Desk) -> Desk:
    with desk.store.unit() as unit:
        unit.put("person", PERSON)
        unit.put("action", CALL)
    return desk


def test_a_finished_action_leaves_the_list_and_undo_brings_it_back(
    filled: Desk, open_page: Callable[..., PageDriver]
) -> None:
    page = open_page(ToDoPage)
    page.shows("Appeler la préfecture, Amina Belkacem")
    page.press("Ctrl+Return")
    page.shows("Rien à faire").tells("Action faite.")
    page.press("Ctrl+Z")
    page.shows("Appeler la préfecture, Amina Belkacem")
    page.is_accessible()


def test_the_undo_bar_undoes_the_deed_it_speaks_of(filled: Desk, open_page: Callable[..., PageDriver]) -> None:
    page = open_page(ToDoPage)
    page.press("Ctrl+Return").shows("Rien à faire")
    page.click("Annuler").shows("Appeler la préfecture")


def test_a_change_made_elsewhere_refreshes_the_page(filled: Desk, open_page: Callable[..., PageDriver]) -> None:
    page = open_page(ToDoPage)
    with filled.store.unit() as unit:
        unit.put("action", replace(CALL, id=b"c" * 16, what="Écrire au bailleur"))
    page.shows("Écrire au bailleur")


def test_a_failure_is_a_sentence_in_the_bar_and_no_box(desk: Desk, open_page: Callable[..., PageDriver]) -> None:
    page = open_page(ToDoPage)
    page.click("Échouer").tells("Écrivez quelque chose avant d’enregistrer.")
    assert QGuiApplication.modalWindow() is None


def test_a_bug_shows_a_report_without_values_that_can_be_copied(
    desk: Desk, open_page: Callable[..., PageDriver]
) -> None:
    page = open_page(ToDoPage)
    page.press("Ctrl+B")
    report = page.window.notices.report
    assert report is not None
    wait_until(report.isVisible, "report")
    lines = report.report().splitlines()
    assert lines[0] == "ZeroDivisionError"
    assert any("test_pages.py" in line for line in lines)
    assert "division" not in report.report()
    report.copy.click()
    assert QGuiApplication.clipboard().text() == report.report()
    report.accept()


def test_a_page_that_closes_saves_what_was_typed(filled: Desk, frame: Callable[..., PageDriver]) -> None:
    page = frame(
        Entry("todo", ToDoPage, N_("À faire"), "list", "main"), Entry("again", ToDoPage, N_("Encore"), "list", "main")
    )
    page.window.navigator.go("todo")
    page.settle()
    page.page.form.focus_field("what")
    types("Demander la domiciliation")
    page.window.navigator.go("again")
    page.settle()
    draft = filled.store.drafts.get(b"d" * 16)
    assert draft is not None
    assert draft.values["what"] == "Demander la domiciliation"


def test_routes_carry_arguments_and_back_returns(desk: Desk, frame: Callable[..., PageDriver]) -> None:
    class OnePerson(Page):
        title = N_("Dossier")

        def arrive(self, **route: Any) -> None:
            self.retitle(route["name"])

    page = frame(Entry("todo", ToDoPage, N_("À faire"), "list", "main"), Entry("file", OnePerson, under="todo"))
    page.window.navigator.go("todo")
    page.window.navigator.go("file", name="Amina")
    assert page.page.heading() == "Amina"
    assert page.find("nav-todo").property("checked") is True
    page.window.navigator.go("file", name="Bakary")
    page.press("Alt+Left")
    assert page.page.heading() == "Amina"
    page.press("Alt+Left").shows("À faire")
    assert not page.window.navigator.can_go_back()


def test_the_palette_lists_the_pages_deeds_and_runs_them(filled: Desk, open_page: Callable[..., PageDriver]) -> None:
    page = open_page(ToDoPage)
    page.press("Ctrl+K")
    palette = page.window.palette_box
    assert "Marquer comme faite" in palette.proposals()
    assert "Verrouiller" in palette.proposals()
    types("FAITE")
    wait_until(lambda: palette.proposals() == ["Marquer comme faite"])
    press("Return")
    page.shows("Rien à faire")
    assert palette.isHidden()


def test_an_arrow_right_after_the_last_letter_chooses_among_what_was_typed(
    filled: Desk, open_page: Callable[..., PageDriver]
) -> None:
    page = open_page(ToDoPage)
    page.press("Ctrl+K")
    palette = page.window.palette_box
    types("FAITE")
    press("Down")
    assert palette.proposals() == ["Marquer comme faite"]
    press("Return")
    page.shows("Rien à faire")
    assert palette.isHidden()


def test_the_palette_finds_a_deed_by_what_one_says_and_never_ends_dead(frame: Callable[..., PageDriver]) -> None:
    page = frame(*ENTRIES)
    page.window.navigator.go("reviews")
    page.settle()
    palette = page.window.palette_box
    page.press("Ctrl+K")
    types("excel")
    wait_until(lambda: palette.proposals()[:1] == ["Importer"] and "Exporter la liste…" in palette.proposals())
    press("Ctrl+A")
    types("mot de passe")
    wait_until(lambda: palette.proposals()[:1] == ["Réglages\u00a0: mon profil"])
    press("Ctrl+A")
    types("couverture trousse")
    wait_until(lambda: palette.proposals() == ["Chercher «\u00a0couverture trousse\u00a0» dans l’aide"])
    press("Return")
    wait_until(lambda: page.window.navigator.route() == "help")


def test_enter_before_anyone_is_found_waits_for_who_is_meant(
    frame: Callable[..., PageDriver],
) -> None:
    page = frame(*ENTRIES)
    opened: list[str] = []
    answers: list[Callable[[], None]] = []
    palette = page.window.palette_box
    palette._search = lambda _words, then: answers.append(
        lambda: then([Proposal("Lucie Relais", "", lambda: opened.append("Lucie"), person=True)])
    )
    page.window.navigator.go("reviews")
    page.settle().press("Ctrl+K")
    types("relais")
    press("Return")
    assert page.window.navigator.route() == "reviews", "the deed of that name is not run in her place"
    answers[-1]()
    assert opened == ["Lucie"]
    assert palette.isHidden()


def test_the_veil_covers_everything_and_opens_with_the_code(filled: Desk, open_page: Callable[..., PageDriver]) -> None:
    page = open_page(ToDoPage)
    page.page.form.focus_field("what")
    types("abc")
    page.act("Masquer l’écran")
    veil = page.window.veil
    assert veil.isVisible()
    assert veil.geometry() == page.window.rect()
    press("Ctrl+Return")
    page.settle()
    assert filled.store.records.count("action", {"status": "planned"}) == 1
    types("0000")
    press("Return")
    page.tells("Code incorrect. Encore")
    types("2411")
    press("Return")
    assert veil.isHidden()
    types("d")
    assert page.page.form.editors["what"].typed() == "abcd"


def test_five_wrong_codes_give_up(desk: Desk, open_page: Callable[..., PageDriver]) -> None:
    page = open_page(ToDoPage)
    gave_up: list[str] = []
    page.window.veil._gave_up = lambda: gave_up.append("locked")
    page.act("Masquer l’écran")
    for _time in range(5):
        assert gave_up == []
        types("0000")
        press("Return")
    assert gave_up == ["locked"]
    assert page.window.veil.isVisible()


def test_the_shortcuts_help_reads_the_action_table(desk: Desk, open_page: Callable[..., PageDriver]) -> None:
    page = open_page(ToDoPage)
    page.press("F1")
    assert any("Marquer comme faite, Ctrl Entrée" in text for text in
               [said for view in page.window.findChildren(ListView) for said in view.spoken()])  # fmt: skip
