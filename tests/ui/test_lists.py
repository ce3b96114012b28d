"""The one list: rows as data, spoken as sentences, long ones by windows, the current row kept."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from spie_desk.ui.models.rows import Column, Line, ListSpec, RowTable
from spie_desk.ui.theme import Theme
from spie_desk.ui.widgets.basics import initials
from spie_desk.ui.widgets.list_view import ListView
from tests.ui.drivers import nameless, press, turn


@dataclass(frozen=True)
class Row:
    id: int
    name: str


TABLE = ListSpec("people", title="Personnes", spoken=lambda row: f"{row.name}, ligne {row.id}", empty="Personne ici.",
                 columns=(Column("id", "N°", width=60, right=True), Column("name", "Nom", stretch=True)))  # fmt: skip
LINES = ListSpec("people", title="Personnes", spoken=lambda row: row.name, empty="Personne ici.", shape="person",
                 line=lambda row: Line(row.name, "ici", badge="17:00", avatar=row.name))  # fmt: skip


def rows(count: int, start: int = 0) -> list[Row]:
    return [Row(at, f"Personne {at}") for at in range(start, start + count)]


def shown(view: ListView, qtbot: QtBot) -> ListView:
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    return view


def test_the_model_keeps_qts_promises(qtmodeltester: ModelTester) -> None:
    model = RowTable(TABLE)
    model.show_rows(rows(3), total=5, more=lambda offset: model.add_rows(offset, rows(2, offset)))
    assert isinstance(model, QAbstractTableModel)
    qtmodeltester.check(model, force_py=True)


@pytest.mark.parametrize("spec", [TABLE, LINES])
def test_a_reader_hears_a_sentence_per_row(spec: ListSpec, qtbot: QtBot) -> None:
    view = shown(ListView(spec), qtbot)
    view.show_rows(rows(2))
    index = view.table().model().index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == spec.spoken(rows(2)[1])
    assert nameless(view) == []


def test_arrows_return_and_space_do_what_they_say(qtbot: QtBot) -> None:
    view = shown(ListView(LINES), qtbot)
    view.show_rows(rows(5))
    heard: list[tuple[str, int]] = []
    view.activated.connect(lambda row: heard.append(("open", row.id)))
    view.ticked.connect(lambda row: heard.append(("tick", row.id)))
    view.setFocus()
    press("Down")
    press("Return")
    press("Space")
    press("End")
    press("Return")
    assert heard == [("open", 1), ("tick", 1), ("open", 4)]


def test_the_current_row_stays_current_when_the_list_is_asked_again(qtbot: QtBot) -> None:
    view = shown(ListView(LINES), qtbot)
    view.show_rows(rows(5))
    assert view.choose(3)
    view.show_rows([Row(9, "Nouvelle"), *rows(5)])
    assert view.current() == Row(3, "Personne 3")
    view.show_rows(rows(2))
    assert view.current() == Row(0, "Personne 0")
    assert not view.choose(77)


def test_an_empty_list_says_what_to_do_and_keeps_the_keyboard(qtbot: QtBot) -> None:
    view = shown(ListView(LINES), qtbot)
    view.show_rows(rows(1))
    view.setFocus()
    view.show_rows([])
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Personne ici."
    view.show_rows(rows(1))
    assert QApplication.focusWidget() is view.table()


def test_a_long_list_is_read_by_windows_as_it_is_walked_through(qtbot: QtBot) -> None:
    view = ListView(TABLE)
    asked: list[int] = []

    def more(offset: int) -> None:
        asked.append(offset)
        view.add_rows(offset, rows(500, offset))

    view.resize(400, 300)
    view.show_rows(rows(500), total=50_000, more=more)
    shown(view, qtbot)
    assert len(view.rows()) <= 1000
    view.setFocus()
    for _time in range(3):
        press("End")
        turn(10)
    assert asked == sorted(set(asked))
    assert 1000 <= len(view.rows()) <= 3000
    view.show_rows(rows(2))
    view.add_rows(500, rows(500, 500))
    assert len(view.rows()) == 2


@pytest.mark.parametrize("scale", [100, 200])
def test_a_list_that_fits_is_as_tall_as_its_rows(scale: int, theming: Theme, qtbot: QtBot) -> None:
    theming.apply("light", scale)
    view = ListView(LINES, fits=True)
    qtbot.addWidget(view)
    view.show_rows(rows(4))
    view.show()
    turn()
    assert view.height() == 4 * 56 * scale // 100
    assert not view.table().verticalScrollBar().isVisible()
    theming.apply("light", 100)


@pytest.mark.parametrize(("name", "two"), [("Amina Belkacem", "AB"), ("Jean-Marc Lefèvre", "JL"), ("« Rosa P. »", "RP"),
                                           ("Élodie", "É"), ("", "?")])  # fmt: skip
def test_initials(name: str, two: str) -> None:
    assert initials(name) == two
