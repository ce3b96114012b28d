"""What a list of people holds and keeps back, what a calendar elsewhere may know, and the line that each leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from spie_desk.domain.accesses import EXPORTED, NoReasonError
from spie_desk.domain.grids import Grid
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.around import Phone
from spie_desk.exchange.put_down import FileThereError
from spie_desk.services import accesses, exports, kind_grids, people
from spie_desk.services.desk import Desk
from spie_desk.services.exports import Leaving, Period
from spie_desk.store.accesses import KIT_PUBLIC
from spie_desk.store.open import EncryptedStore
from spie_sync.kit import Kit

KIT = Kit(bytes(range(20)))


@pytest.fixture
def known(example_desk: Desk) -> Desk:
    example_desk.store.settings.set(KIT_PUBLIC, KIT.public.to_bytes().hex())
    return example_desk


def lines(desk: Desk) -> list[tuple[str, int, str]]:
    assert isinstance(desk.store, EncryptedStore)
    return [(one.what, one.rows, one.reason) for one in desk.store.accesses.read(KIT.keys).lines
            if one.deed == EXPORTED]  # fmt: skip


def hide(desk: Desk, person: bytes) -> None:
    shown = desk.store.records.get("person", person)
    assert shown is not None
    with desk.store.unit() as unit:
        unit.put("person", replace(shown.record, street="14 impasse du Zinzolin", postcode="61000", town="Canari",
                                   undisclosed=True), shown=shown)  # fmt: skip


def test_the_caseload_follows_its_filter_and_keeps_hidden_addresses_back(known: Desk) -> None:
    everyone = people.rows(known, PersonFilter())
    hide(known, everyone[0].id)
    found = exports.caseload(known, PersonFilter())
    assert [row[0] for row in found.grid.rows] == [row.number for row in everyone]
    assert found.people == tuple(row.id for row in everyone)
    shut = known.store.records.count("person", {"undisclosed": True})
    assert found.hidden == shut
    assert not any(word in str(found.grid.rows) for word in ("Zinzolin", "Canari"))
    assert "Zinzolin" in str(exports.caseload(known, PersonFilter(), addresses=True).grid.rows)
    mine = PersonFilter(referent=known.me.id)
    assert len(exports.caseload(known, mine).grid.rows) == people.count(known, mine) < len(everyone)


def test_a_number_known_to_be_wrong_is_not_given(known: Desk) -> None:
    person = people.rows(known, PersonFilter())[0].id
    with known.store.unit() as unit:
        for one in known.store.records.find("phone", {"person": person}):
            unit.withdraw(one)
        unit.put(
            "phone", Phone(id=known.chance.id(), person=person, number="06 39 98 00 01", wrong_since=date(2026, 1, 2))
        )
        unit.put("phone", Phone(id=known.chance.id(), person=person, number="06 39 98 00 02", whose="sa sœur"))
    row = exports.caseload(known, PersonFilter()).grid.rows[0]
    assert row[exports.COLUMNS.index("Téléphone")] == "06 39 98 00 02 (sa sœur)"


def test_no_reason_no_file_no_line(known: Desk, tmp_path: Path) -> None:
    grid = Grid("Liste", ("a",), (("b",),))
    with pytest.raises(NoReasonError):
        exports.write(known, tmp_path / "l.csv", grid, "csv", Leaving("Liste", "  "))
    assert not (tmp_path / "l.csv").exists()
    assert lines(known) == []


def test_the_line_is_there_even_when_the_file_could_not_be_written(known: Desk, tmp_path: Path) -> None:
    grid = Grid("Liste", ("a",), (("b",), ("c",)))
    (tmp_path / "l.csv").write_text("autre")
    with pytest.raises(FileThereError):
        exports.write(known, tmp_path / "l.csv", grid, "csv", Leaving("Liste", "réunion"))
    assert (tmp_path / "l.csv").read_text() == "autre"
    assert lines(known) == [("Liste", 2, "réunion")]


def test_a_calendar_elsewhere_knows_when_and_nothing_else_unless_ticked(known: Desk, tmp_path: Path) -> None:
    person = people.rows(known, PersonFilter())[0]
    day = known.clock.now().date() + timedelta(days=300)
    with known.store.unit() as unit:
        for at, status in (("09:00", "coming"), ("10:00", "cancelled")):
            held = Appointment(id=known.chance.id(), person=person.id, on=day, at=at, with_=known.me.id, status=status)
            unit.put("appointment", replace(held, place="CSAPA du Canari", subject="Cure"))
    alone = exports.meetings(known, Period(day, day))
    assert [(one.on, one.at, one.minutes, one.summary, one.place) for one in alone] == [
        (day, "09:00", 45, "Rendez-vous", "")
    ]
    more = exports.meetings(known, Period(day, day, initials=True, places=True))[0]
    assert (more.place, "." in more.summary, person.name in more.summary) == ("CSAPA du Canari", True, False)
    assert more.uid == alone[0].uid
    exports.write_calendar(known, tmp_path / "rdv.ics", alone, Leaving("Rendez-vous", "agenda personnel"))
    text = (tmp_path / "rdv.ics").read_text("utf-8")
    assert not any(word in text for word in ("CSAPA", "Cure", person.name.split()[-1]))
    assert lines(known) == [("Rendez-vous", 1, "agenda personnel")]


def test_a_period_the_wrong_way_round_or_endless_is_a_sentence(known: Desk) -> None:
    today = known.clock.now().date()
    for last in (today - timedelta(days=1), today + timedelta(days=800)):
        with pytest.raises(exports.PeriodError):
            exports.meetings(known, Period(today, last))


def test_a_year_of_appointments_leaves_whole(known: Desk) -> None:
    today = known.clock.now().date()
    person = people.rows(known, PersonFilter())[0].id
    days = [today + timedelta(days=20 + n) for n in range(300)]
    with known.store.unit() as unit:
        for day in days:
            unit.put("appointment", Appointment(id=known.chance.id(), person=person, on=day, with_=known.me.id))
    found = exports.meetings(known, Period(days[0], days[-1]))
    assert [one.on for one in found if not one.at] == days


@pytest.mark.parametrize("kind", kind_grids.KINDS)
def test_a_whole_kind_leaves_in_words(known: Desk, kind: str) -> None:
    grid = kind_grids.of_kind(known, kind)
    assert len(grid.rows) == known.store.records.count(kind)
    assert all(len(row) == len(grid.columns) for row in grid.rows)
    assert not any(isinstance(cell, bytes) for row in grid.rows for cell in row)


def test_names_replace_ids_in_a_reading_of_the_register(known: Desk) -> None:
    rows = people.rows(known, PersonFilter())
    accesses.printed(known, "fiche", [rows[0].id, b"\x01" * 16])
    assert isinstance(known.store, EncryptedStore)
    read = accesses.named(known, known.store.accesses.read(KIT.keys).lines)
    assert [(one.who, one.names, one.deed) for one in read] == [(known.me.name, (rows[0].name, ""), "printed")]
