"""« À imprimer » by keyboard: two slips of a permanence wait without a printer, come out together, one goes back."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QPdfWriter
from PySide6.QtWidgets import QPushButton, QWidget

from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.person import Person
from spie_desk.services import appointments, basket, people, records, sheets
from spie_desk.services.desk import Desk
from spie_desk.ui.pages.agenda import AgendaPage
from spie_desk.ui.pages.to_print import ToPrintPage
from spie_desk.ui.panels.large_view import LargeView
from spie_desk.ui.printing.large import LargeSheet
from spie_desk.ui.printing.pages import Pages, all_onto, on_a4
from spie_desk.ui.printing.preview import PrintPreview
from spie_desk.ui.route import Entry
from tests.ui.drivers import PageDriver, press, turn, wait_until

WEDNESDAY = date(2026, 12, 9)
AMINA = Person(id=b"a" * 16, first_name="Amina", last_name="Belkacem")
PAUL = Person(id=b"p" * 16, first_name="Paul", last_name="Ekambi")
FIRST = Appointment(id=b"m" * 16, person=AMINA.id, on=WEDNESDAY, at="15:30", place="Mairie", subject="Dettes")
SECOND = Appointment(id=b"n" * 16, person=PAUL.id, on=WEDNESDAY, at="16:30", place="Mairie", subject="Santé")


@pytest.fixture
def met(desk: Desk) -> Desk:
    for person in (AMINA, PAUL):
        people.create(desk, person)
    for one in (FIRST, SECOND):
        records.save(desk, "appointment", replace(one, with_=desk.me.id))
    return desk


@pytest.fixture
def window(met: Desk, frame: Callable[..., PageDriver]) -> PageDriver:
    return frame(Entry("agenda", AgendaPage, "Agenda", "calendar-days", "main"),
                 Entry("to-print", ToPrintPage, "À imprimer", "printer", "exchanges"))  # fmt: skip


@pytest.fixture
def waiting(met: Desk, window: PageDriver) -> PageDriver:
    for one in (FIRST, SECOND):
        sheet = sheets.of_appointment(met, one.id)
        assert sheet is not None
        basket.put(met, sheet)
    window.window.navigator.go("to-print")
    return window.settle()


def push(inside: QWidget, text: str) -> None:
    """A button of a dialog, by keyboard."""
    button = next(one for one in inside.findChildren(QPushButton) if one.accessibleName() == text or one.text() == text)
    button.setFocus()
    press("Space", button)


def read(sheet: Any, path: Path) -> str:
    writer = QPdfWriter(str(path))
    writer.setResolution(300)
    on_a4(writer)
    assert all_onto(writer, [Pages(one) for one in sheet])
    del writer
    found = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True).stdout
    return found.replace("\u00a0", " ")


def test_a_slip_waits_instead_of_being_printed_and_holds_only_what_was_ticked(met: Desk, window: PageDriver) -> None:
    window.window.navigator.go("agenda", day=WEDNESDAY.isoformat())
    window.settle().press("Ctrl+Shift+P")
    preview = window.window.findChildren(PrintPreview)[0]
    preview._ticks["name"].setChecked(False)
    push(preview, "Mettre dans «\u00a0À imprimer\u00a0»")
    window.settle().tells("Mis dans «\u00a0À imprimer\u00a0»")
    [line] = basket.waiting(met)
    assert line.sheet is not None
    assert "Belkacem" not in repr(line.sheet)


def test_two_slips_come_out_as_one_job_with_todays_foot(met: Desk, waiting: PageDriver, tmp_path: Path) -> None:
    waiting.is_accessible().shows("Amina Belkacem").shows("Paul Ekambi").shows("2 documents attendent")
    met.clock.move(days=1)  # type: ignore[attr-defined]
    lines = list(basket.waiting(met))
    text = read([one.sheet for one in lines], tmp_path / "both.pdf")
    assert text.index("Amina Belkacem") < text.index("Paul Ekambi")
    assert text.count("jeudi 10 décembre 2026") == 2
    assert "Dettes" not in text
    assert "Santé" not in text
    waiting.page._onto(_paper(tmp_path / "job.pdf"), lines)
    waiting.settle().tells("2 documents envoyés à l’imprimante")
    assert met.store.papers.count() == 0
    waiting.shows("Imprimé")


def _paper(path: Path) -> QPdfWriter:
    writer = QPdfWriter(str(path))
    on_a4(writer)
    return writer


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_what_the_printer_refuses_still_waits(met: Desk, waiting: PageDriver, tmp_path: Path) -> None:
    waiting.page._onto(_paper(tmp_path / "nowhere" / "job.pdf"), list(basket.waiting(met)))
    waiting.settle().tells("Rien n’est retiré de la liste")
    assert met.store.papers.count() == 2


def test_one_is_taken_out_and_put_back(met: Desk, waiting: PageDriver) -> None:
    waiting.press("Del").hides("Amina Belkacem, ")
    assert met.store.papers.count() == 1
    waiting.press("Ctrl+Shift+Z").shows("Amina Belkacem")
    assert met.store.papers.count() == 2


def test_an_appointment_moved_since_is_told(met: Desk, waiting: PageDriver) -> None:
    met.clock.move(minutes=5)  # type: ignore[attr-defined]
    shown = met.store.records.get("appointment", FIRST.id)
    assert shown is not None
    appointments.move(met, shown, WEDNESDAY, "17:00")
    waiting.settle().shows("A changé depuis")


def test_a_slip_is_shown_large_to_be_photographed(waiting: PageDriver) -> None:
    waiting.press("Return")
    large = waiting.window.findChildren(LargeView)[0]
    assert "mercredi 9" in large.findChildren(LargeSheet)[0].toPlainText().lower().replace("\u00a0", " ")
    press("Esc", large)
    turn()
    wait_until(lambda: not waiting.window.findChildren(LargeView), "closed")
