"""A form shows a record, reads what is typed, says what is wrong beside the field, and never loses a keystroke."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import MissingFieldError
from spie_desk.domain.nir import key_of
from spie_desk.domain.records import KINDS
from spie_desk.domain.records.action import ACTION, Action
from spie_desk.domain.records.note import NOTE, Note
from spie_desk.domain.records.person import PERSON, Person
from spie_desk.services.desk import Desk
from spie_desk.ui.forms.editors import UNSEEN
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.forms.sources import Sources, sources_of
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.theme import Theme
from spie_desk.ui.widgets.pick import PickField
from tests.ui.drivers import clipped, nameless, press, turn, types, wait_until

EVERY_DAY = (Section("À faire", ("what", "owner", "due_on", "status")),)
AMINA = Person(
    id=b"p" * 16, last_name="Belkacem", first_name="Amina", number="K7-0132", town="Lille", town_code="59350"
)


@pytest.fixture
def tasks(desk: Desk) -> Iterator[Tasks]:
    faults: list[BaseException] = []
    found = Tasks(desk, faults.append)
    yield found
    found.close()
    assert faults == []


@pytest.fixture
def sources(desk: Desk, tasks: Tasks) -> Sources:
    return sources_of(tasks, desk)


def new_action() -> Action:
    return Action(id=b"a" * 16, person=b"p" * 16, what="")


def shown(form: QWidget, qtbot: QtBot) -> None:
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()


def answers_shown() -> bool:
    field = QApplication.focusWidget()
    return isinstance(field, PickField) and field._answers.isVisible()


def everything(kind_name: str) -> tuple[Section, ...]:
    kind = next(kind for kind in KINDS if kind.name == kind_name)
    return (Section("Tout", tuple(item.name for item in kind.fields)),)


def blank(kind_name: str) -> object:
    """A record of the kind with nothing in it, as a new form shows it."""
    from spie_desk.domain.values import record_of  # noqa: PLC0415

    kind = next(kind for kind in KINDS if kind.name == kind_name)
    return record_of(kind, b"r" * 16, {})


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_every_kind_has_a_form_that_changes_nothing_by_being_shown(kind: str, sources: Sources, qtbot: QtBot) -> None:
    declared = next(one for one in KINDS if one.name == kind)
    form = Form(declared, everything(kind), blank(kind), sources)
    shown(form, qtbot)
    assert form.changed_registers() == {}
    assert form.record() == blank(kind)
    assert set(form.editors) == {item.name for item in declared.fields if item.trait.widget not in UNSEEN}
    assert nameless(form) == []


def test_what_is_typed_becomes_the_record(sources: Sources, qtbot: QtBot) -> None:
    form = Form(ACTION, EVERY_DAY, new_action(), sources)
    shown(form, qtbot)
    form.focus_field("what")
    types("Appeler la préfecture")
    form.focus_field("due_on")
    types("demain")
    press("Tab")
    assert form.record() == replace(new_action(), what="Appeler la préfecture", due_on=date(2026, 12, 10))
    assert form.editors["due_on"].typed() == "10/12/2026"
    assert set(form.changed_registers()) == {"what", "progress"}


def test_an_unreadable_field_says_so_beside_it_and_takes_the_focus(sources: Sources, qtbot: QtBot) -> None:
    form = Form(ACTION, EVERY_DAY, replace(new_action(), what="Appeler"), sources)
    shown(form, qtbot)
    form.focus_field("due_on")
    types("32/13")
    assert form.check() is None
    words = [label.said() for label in form._errors.values() if label.isVisible()]
    assert len(words) == 1
    assert "32/13" in words[0]
    assert QApplication.focusWidget() is form.editors["due_on"].widget
    form.editors["due_on"].widget.setProperty("text", "24.12")
    assert form.check() == replace(new_action(), what="Appeler", due_on=date(2026, 12, 24))
    assert not any(label.isVisible() for label in form._errors.values())


def test_a_rule_of_the_record_is_said_beside_the_field_it_names(sources: Sources, qtbot: QtBot) -> None:
    form = Form(ACTION, EVERY_DAY, new_action(), sources)
    shown(form, qtbot)
    assert form.check() is None
    assert form._errors["what"].isVisible()
    note = Form(NOTE, (Section("", ("on", "text")),), Note(id=b"n" * 16), sources)
    shown(note, qtbot)
    assert note.tell(MissingFieldError(field="Date"))
    assert note._errors["on"].said() == "Il manque\u00a0: Date."
    assert not note.tell(MissingFieldError(field="Lecteurs"))


def test_typing_without_a_pause_is_saved_within_a_second_all_the_same(sources: Sources, qtbot: QtBot) -> None:
    form = Form(ACTION, EVERY_DAY, new_action(), sources)
    shown(form, qtbot)
    saves: list[float] = []
    last_unsaved = 0.0

    def save() -> None:
        saves.append(time.monotonic() - first_unsaved[0])
        first_unsaved[0] = 0.0

    first_unsaved = [last_unsaved]
    form.to_save.connect(save)
    form.focus_field("what")
    end = time.monotonic() + 2.2
    while time.monotonic() < end:
        first_unsaved[0] = first_unsaved[0] or time.monotonic()
        types("a")
        turn(20)
    wait_until(lambda: not form.waits_to_save())
    assert len(saves) >= 2
    assert max(saves) <= 1.0


def test_a_draft_brings_back_the_words_the_caret_and_what_was_on_screen(
    desk: Desk, sources: Sources, qtbot: QtBot
) -> None:
    with desk.store.unit() as unit:
        unit.put("person", AMINA)
        unit.put("action", replace(new_action(), person=AMINA.id, what="Appeler"))
    before = desk.store.records.get("action", b"a" * 16)
    assert before is not None
    form = Form(ACTION, EVERY_DAY, before, sources)
    shown(form, qtbot)
    form.focus_field("due_on")
    types("32/13")
    form.focus_field("what", 7)
    types(" vite")
    draft = form.draft_of(Draft(id=b"d" * 16, form="action", kind="action", record=b"a" * 16))
    desk.store.drafts.save(draft)
    form.hide()

    # meanwhile someone changes it: the bases of the draft stay what was on screen
    with desk.store.unit() as unit:
        unit.put("action", replace(before.record, what="Autre chose"), shown=before)
    kept = desk.store.drafts.get(b"d" * 16)
    now = desk.store.records.get("action", b"a" * 16)
    assert kept is not None
    assert now is not None
    again = Form(ACTION, EVERY_DAY, now, sources, draft=kept)
    shown(again, qtbot)
    wait_until(lambda: QApplication.focusWidget() is again.editors["what"].widget)
    assert again.editors["what"].typed() == "Appeler vite"
    assert again.editors["due_on"].typed() == "32/13"
    assert again.editors["what"].caret() == 12
    assert again.bases == before.bases
    assert again.bases != now.bases


def test_choosing_a_commune_brings_its_code_and_typing_another_drops_it(
    sources: Sources, tasks: Tasks, qtbot: QtBot
) -> None:
    form = Form(PERSON, (Section("Adresse", ("street", "postcode", "town")),), AMINA, sources)
    shown(form, qtbot)
    form.focus_field("town")
    form.editors["town"].widget.setProperty("text", "")
    types("Quimper")
    assert form.record().town_code == ""
    wait_until(answers_shown, "answers")
    press("Return")
    assert (form.record().town, form.record().town_code, form.record().postcode) == ("Quimper", "29232", "29000")
    types("x")
    assert form.record().town_code == ""
    wait_until(tasks.quiet)


def test_a_professional_is_picked_by_keyboard_and_half_a_name_is_no_value(desk: Desk, sources: Sources, tasks: Tasks,
                                                                         qtbot: QtBot) -> None:  # fmt: skip
    form = Form(ACTION, EVERY_DAY, new_action(), sources)
    shown(form, qtbot)
    form.focus_field("owner")
    types(desk.me.last_name[:4])
    wait_until(answers_shown, "answers")
    press("Return")
    assert form.record().owner == desk.me.id
    field = form.editors["owner"].widget
    types("zz")
    press("Tab")
    assert form.record().owner == desk.me.id
    assert field.property("text") == desk.me.name
    wait_until(tasks.quiet)


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_is_clipped_at_any_text_size(scale: int, sources: Sources, theming: Theme, qtbot: QtBot) -> None:
    theming.apply("light", scale)
    form = Form(PERSON, everything("person"), AMINA, sources)
    qtbot.addWidget(form)
    form.resize(1100, 700)
    form.show()
    form.check()
    turn(10)
    assert clipped(form) == []
    theming.apply("light", 100)


def test_a_text_that_nobody_touched_comes_back_letter_for_letter(sources: Sources, qtbot: QtBot) -> None:
    odd = "Une ligne\navec *étoile* seule, 2 * 3\n\n\n![x](file:///etc/passwd)  <b>brut</b>\n"
    form = Form(NOTE, (Section("", ("text",)),), Note(id=b"n" * 16, text=odd), sources)
    qtbot.addWidget(form)
    assert form.record().text == odd
    assert form.changed_registers() == {}


def test_a_social_security_number_is_refused_beside_its_field(qtbot: QtBot, sources: Sources) -> None:
    thirteen = "2850577505612"
    form = Form(ACTION, EVERY_DAY, replace(new_action(), what=f"CPAM {thirteen}{key_of(thirteen):02d}"), sources)
    shown(form, qtbot)
    assert form.check() is None
    assert "sécurité sociale" in form._errors["what"].said()
    form.put("what", "Appeler la CPAM")
    assert form.check() is not None
