"""Lists that leave, by keyboard: what is on screen, a reason first, nothing hidden unless ticked, a line of the log."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from python_calamine import CalamineWorkbook

from spie_desk.domain.accesses import EXPORTED, Access
from spie_desk.domain.errors import N_
from spie_desk.domain.listing import PersonFilter
from spie_desk.services import people
from spie_desk.services.desk import Desk
from spie_desk.store.accesses import KIT_PUBLIC
from spie_desk.store.open import EncryptedStore
from spie_desk.ui.pages.entries import ENTRIES
from spie_desk.ui.widgets.ask_file import Then
from spie_sync.kit import Kit
from tests.ui.drivers import PageDriver, clipped, nameless, press, types, wait_until

KIT = Kit(bytes(range(20)))
STREET = "14 impasse du Zinzolin"


@pytest.fixture
def desk(example_desk: Desk) -> Desk:
    """Fictitious people, one of them with an address not to be given out, and a kit whose code the test knows."""
    example_desk.store.settings.set(KIT_PUBLIC, KIT.public.to_bytes().hex())
    row = people.rows(example_desk, PersonFilter(referent=example_desk.me.id))[0]
    shown = example_desk.store.records.get("person", row.id)
    assert shown is not None
    with example_desk.store.unit() as unit:
        unit.put("person", replace(shown.record, street=STREET, town="Chaumont", undisclosed=True), shown=shown)
    return example_desk


@pytest.fixture
def window(desk: Desk, frame: Callable[..., PageDriver]) -> PageDriver:
    return frame(*ENTRIES)


def register(desk: Desk) -> Sequence[Access]:
    assert isinstance(desk.store, EncryptedStore)
    return [one for one in desk.store.accesses.read(KIT.keys).lines if one.deed == EXPORTED]


def answer(driver: PageDriver, folder: Path) -> list[str]:
    """The file dialog answers at once with the name it proposes, in that folder."""
    proposed: list[str] = []

    def choose(_parent: QWidget, _title: str, _kinds: str, name: str, then: Then) -> None:
        proposed.append(name)
        then(folder / name)

    driver.page.choose_file = choose
    return proposed


def to_export(driver: PageDriver, route: str, **more: object) -> PageDriver:
    driver.window.navigator.go(route, **more)
    driver.settle().press("Ctrl+Shift+E")
    assert driver.window.navigator.route() == "export"
    return driver


def rows_of(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def give_reason(driver: PageDriver) -> PageDriver:
    driver.find("reason").setFocus()
    press("Down")
    return driver


def test_the_list_of_people_leaves_as_it_is_filtered_and_is_logged(
    window: PageDriver, desk: Desk, tmp_path: Path
) -> None:
    window.window.navigator.go("people", view="mine")
    window.settle()
    window.page._people.search.setFocus()
    types("be")
    window.page._people.refresh()
    expected = people.count(desk, PersonFilter(words="be", referent=desk.me.id))
    assert 0 < expected < 24
    window.settle().press("Ctrl+Shift+E").shows("Exporter\u00a0: Personnes accompagnées")
    assert nameless(window.window) == []
    proposed = answer(window, tmp_path)
    give_reason(window).press("Ctrl+Return")
    window.tells("n’est plus protégé")
    assert proposed == ["personnes-accompagnees-2026-12-09.xlsx"]
    head, *lines = rows_of(tmp_path / proposed[0])
    assert head[:3] == ["N° de dossier", "Nom", "Prénom"]
    assert len(lines) == expected
    logged = register(desk)
    told = [(one.what, one.rows, one.reason) for one in logged]
    assert told == [("Personnes accompagnées", expected, "Réunion ou revue")]
    assert window.window.navigator.route() == "people"


def test_nothing_is_written_without_a_reason(window: PageDriver, desk: Desk, tmp_path: Path) -> None:
    to_export(window, "people")
    proposed = answer(window, tmp_path)
    window.press("Ctrl+Return")
    assert proposed == []
    assert register(desk) == []
    window.shows("le motif")


@pytest.mark.parametrize("ticked", [False, True])
def test_a_hidden_address_stays_out_unless_asked_for(
    window: PageDriver, desk: Desk, tmp_path: Path, ticked: bool
) -> None:
    to_export(window, "people", view="mine")
    window.find("column-Adresse").setFocus()
    press("Space")
    if ticked:
        window.find("hidden-addresses").setFocus()
        window.press("Space")
    proposed = answer(window, tmp_path)
    give_reason(window).press("Ctrl+Return")
    assert (STREET in str(rows_of(tmp_path / proposed[0]))) is ticked


@pytest.mark.parametrize(("place", "form"), [(1, "ods"), (2, "csv")])
def test_the_other_formats_are_a_key_away(window: PageDriver, tmp_path: Path, place: int, form: str) -> None:
    to_export(window, "people", view="mine")
    window.find("format").setFocus()
    for _again in range(place):
        press("Down")
    proposed = answer(window, tmp_path)
    give_reason(window).press("Ctrl+Return")
    path = tmp_path / proposed[0]
    assert path.suffix == f".{form}"
    if form == "ods":
        assert rows_of(path)[0][1] == "Nom"
    else:
        assert next(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig")), delimiter=";"))[1] == "Nom"


def test_a_list_of_lines_leaves_with_the_parts_that_say_something(
    window: PageDriver, desk: Desk, tmp_path: Path
) -> None:
    to_export(window, "reviews").shows(N_("Exporter\u00a0:"))
    proposed = answer(window, tmp_path)
    give_reason(window).press("Ctrl+Return")
    head, *lines = rows_of(tmp_path / proposed[0])
    assert head
    assert lines
    assert register(desk)[0].rows == len(lines)


def test_the_week_leaves_with_its_hours(window: PageDriver, desk: Desk, tmp_path: Path) -> None:
    to_export(window, "agenda").shows("Exporter\u00a0: Rendez-vous").shows("Pour un autre agenda (.ics)…")
    proposed = answer(window, tmp_path)
    give_reason(window).press("Ctrl+Return")
    head, *lines = rows_of(tmp_path / proposed[0])
    assert head[:4] == ["Date", "Heure", "Durée (min)", "Personne"]
    assert lines


def test_where_nothing_can_leave_it_is_said(window: PageDriver) -> None:
    window.window.navigator.go("urgence")
    window.settle().press("Ctrl+Shift+E").tells("Aucune liste à exporter")
    assert window.window.navigator.route() == "urgence"


def test_the_page_fits_at_double_size(window: PageDriver, theming: object) -> None:
    theming.apply("light", 200)  # type: ignore[attr-defined]
    window.window.resize(1366, 768)
    to_export(window, "people", view="mine")
    wait_until(lambda: clipped(window.page) == [], "nothing clipped")
    assert nameless(window.window) == []


def test_my_appointments_leave_for_a_calendar_without_a_name(window: PageDriver, desk: Desk, tmp_path: Path) -> None:
    window.window.navigator.go("agenda", day="2026-12-09")
    window.settle().press("Ctrl+Shift+M").shows("ni nom, ni objet")
    assert window.window.navigator.route() == "calendar-out"
    assert nameless(window.window) == []
    proposed = answer(window, tmp_path)
    window.press("Ctrl+Return")
    assert proposed == []
    give_reason(window).press("Ctrl+Return")
    text = (tmp_path / proposed[0]).read_text("utf-8")
    assert text.count("BEGIN:VEVENT") == text.count("SUMMARY:Rendez-vous") > 0
    assert not any(row.name.split()[-1] in text for row in people.rows(desk, PersonFilter()))
    assert [(one.what, one.rows) for one in register(desk)] == [
        ("Rendez-vous pour un autre agenda", text.count("BEGIN:VEVENT"))
    ]


def test_a_period_that_ends_before_it_begins_is_told(window: PageDriver) -> None:
    window.window.navigator.go("calendar-out", day="2026-12-09")
    window.settle()
    window.find("last").setFocus()
    press("Ctrl+A")
    types("01/12/2026")
    window.settle().shows("La période demandée ne convient pas.")
