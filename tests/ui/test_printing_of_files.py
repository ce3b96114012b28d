"""From the encrypted store to paper: the sheets of made people, gathered by the deeds and read back from the PDF."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from spie_desk.services import sheets
from spie_desk.services.desk import Desk
from spie_desk.ui.printing.pages import pdf


def paper(sheet: Any, path: Path) -> str:
    pdf(sheet, path)
    found = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True).stdout
    return found.replace("\u00a0", " ")


def test_every_person_has_a_sheet_that_says_who_accompanies_her(example_desk: Desk, tmp_path: Path) -> None:
    people = example_desk.store.records.find("person")
    assert len(people) == 24
    for one in people:
        sheet = sheets.of_person(example_desk, one.record.id)
        assert sheet is not None
        text = paper(sheet, tmp_path / "p.pdf")
        assert one.record.name.replace("\u00a0", " ") in text
        assert "Horizon" not in text
        if one.record.undisclosed:
            assert one.record.street not in text
        if one.record.referent == example_desk.me.id:
            assert "Coordonne mon" in text


def test_the_review_prints_an_agenda_without_names_and_minutes_one_by_one(example_desk: Desk, tmp_path: Path) -> None:
    names = [one.record.last_name for one in example_desk.store.records.find("person") if one.record.last_name]
    held = example_desk.store.records.find("review", {"status": "held"})[0].record
    agenda = sheets.of_agenda(example_desk, held.id)
    assert agenda is not None
    text = paper(agenda, tmp_path / "a.pdf")
    assert "Situation 1" in text
    assert not [name for name in names if name in text]
    minutes = sheets.of_minutes(example_desk, held.id)
    assert [sheet.name for sheet in minutes] == ["compte-rendu-situation-1", "compte-rendu-situation-2"]
    passages = example_desk.store.records.find("passage", {"review": held.id}, order=("place_in_order",))
    for sheet, passage in zip(minutes, passages, strict=True):
        mine = example_desk.store.records.get("person", passage.record.person)
        others = [name for name in names if mine and name != mine.record.last_name]
        text = paper(sheet, tmp_path / "m.pdf")
        assert mine is not None
        assert mine.record.name in text
        assert not [name for name in others if name in text]
        assert "Décisions" in text


def test_a_note_prints_its_readers_and_a_slip_its_hour(example_desk: Desk, tmp_path: Path) -> None:
    note = example_desk.store.records.find("note", {"compartment": "ma-structure"})[0].record
    sheet = sheets.of_note(example_desk, note.id)
    assert sheet is not None
    text = paper(sheet, tmp_path / "n.pdf")
    assert example_desk.me.name in text
    assert "Empreinte" in text
    coming = example_desk.store.records.find("appointment", {"status": "coming"})[0].record
    slip = sheets.of_appointment(example_desk, coming.id)
    assert slip is not None
    assert str(coming.on.year) in paper(slip, tmp_path / "s.pdf")


def test_what_is_not_here_has_no_sheet(example_desk: Desk) -> None:
    nobody = b"\0" * 16
    assert sheets.of_person(example_desk, nobody) is None
    assert sheets.of_agenda(example_desk, nobody) is None
    assert sheets.of_minutes(example_desk, nobody) == []
    assert sheets.of_note(example_desk, nobody) is None
    assert sheets.of_appointment(example_desk, nobody) is None
