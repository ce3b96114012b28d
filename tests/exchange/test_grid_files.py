"""Lists that leave: read back by another library and by their raw text; whole, private, never over another file."""

from __future__ import annotations

import csv
import io
import os
import stat
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from spie_desk.domain.grids import FORMATS, Grid
from spie_desk.exchange.cells import LONGEST, harmless
from spie_desk.exchange.csv_file import csv_bytes
from spie_desk.exchange.grid_files import write_grid
from spie_desk.exchange.ods_file import MIMETYPE, ods_bytes
from spie_desk.exchange.put_down import FileThereError, NotSavedError, put_down
from spie_desk.exchange.xlsx_file import xlsx_bytes

FORMULAS = ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", ";=1", '";=1', "\uff1d1+1", "'=1", "\u200b=1",
            "\x00=1", "\x1f@x", "=HYPERLINK(\"http://x\")", "\n=1", "\x00 =1", "\u200e=1", "\u2060=1", "\u00ad=1",
            "\ufe62=1", "\ufe66=1", "\u22121+1"]  # fmt: skip
GRID = Grid("Personnes : suivies/2026", ("Nom", "Né(e) le", "Retards", "=Colonne"),
            (("Belkacem, Amina", date(1988, 3, 2), 4, "ligne 1\nligne  2 ;\t«\u00a0fin\u00a0» <b>&"),
             ("Œuvrard", None, 0, "=1+1")),
            (("Motif", "réunion"), ("Liste", "=2")))  # fmt: skip


def read(data: bytes, sheet: int = 0) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(sheet).to_python()


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_as_a_formula_however_it_is_hidden(text: str) -> None:
    assert harmless(text).startswith("'")
    grid = Grid("x", (text,), ((text,),))
    for cells in (*read(xlsx_bytes(grid)), *read(ods_bytes(grid))):
        assert str(cells[0]).startswith("'"), cells
    for line in csv.reader(io.StringIO(csv_bytes(grid).decode("utf-8-sig")), delimiter=";"):
        assert line[0].startswith("'")


@given(st.text())
def test_whatever_is_written_no_raw_text_begins_a_formula(text: str) -> None:
    kept = harmless(text)
    assert not kept.lstrip(' \t\r\n;,|"\u00a0').startswith(("=", "+", "-", "@"))
    raw = csv_bytes(Grid("x", ("a",), ((text,),))).decode("utf-8-sig").splitlines()
    assert not any(line.lstrip('"; ').startswith(("=", "@")) for line in raw[1:2])


def test_plain_words_and_numbers_are_left_as_they_are() -> None:
    for text in ("Belkacem", "06 39 98 12 34", "l’été", "a=b", "3 rue - bis", "", "« Monsieur au chien »"):
        assert harmless(text) == text


def test_a_workbook_holds_no_formula_and_no_link_in_its_raw_text() -> None:
    for data in (xlsx_bytes(Grid("x", ("c",), tuple((one,) for one in FORMULAS))), ods_bytes(GRID)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text = "".join(archive.read(name).decode() for name in archive.namelist())
        assert "<f>" not in text
        assert "table:formula" not in text
        assert "hyperlink " not in text


@pytest.mark.parametrize("make", [xlsx_bytes, ods_bytes])
def test_dates_and_numbers_come_back_as_such_and_the_second_sheet_says_where_from(make: object) -> None:
    data = make(GRID)  # type: ignore[operator]
    head, first, second = read(data)[:3]
    assert head == ["Nom", "Né(e) le", "Retards", "'=Colonne"]
    assert first[:3] == ["Belkacem, Amina", date(1988, 3, 2), 4.0]
    assert second[0] == "Œuvrard"
    assert second[3] == "'=1+1"
    assert read(data, 1) == [["Motif", "réunion"], ["Liste", "'=2"]]
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names == ["Personnes   suivies 2026", "À propos"]


def test_an_ods_keeps_lines_spaces_and_signs() -> None:
    assert read(ods_bytes(GRID))[1][3] == "ligne 1\nligne  2 ; «\u00a0fin\u00a0» <b>&"


def test_an_ods_says_what_it_is_by_its_first_bytes() -> None:
    data = ods_bytes(GRID)
    assert data[30:38] == b"mimetype"
    assert data[38 : 38 + len(MIMETYPE)] == MIMETYPE.encode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        manifest = Xml.fromstring(archive.read("META-INF/manifest.xml"))
        listed = {value for entry in manifest for key, value in entry.attrib.items() if key.endswith("full-path")}
    assert listed == {"/", "content.xml"}


def test_csv_opens_in_a_french_spreadsheet() -> None:
    data = csv_bytes(GRID)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 3
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][:3] == ["Belkacem, Amina", "02/03/1988", "4"]


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    text = "é" * (LONGEST + 5000)
    for data in (xlsx_bytes(Grid("x", ("c",), ((text,),))), ods_bytes(Grid("x", ("c",), ((text,),)))):
        found = str(read(data)[1][0])
        assert len(found) == LONGEST
        assert found.endswith("…")


def test_nothing_is_written_anywhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook made through temporary files would leave everyone's names in the clear there."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    for form in FORMATS:
        write_grid(tmp_path / f"liste.{form}", GRID, form)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["liste.csv", "liste.ods", "liste.xlsx"]


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_file_is_its_owners_alone_and_never_goes_over_another(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"liste.{form}"
    write_grid(path, GRID, form)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(FileThereError):
        write_grid(path, Grid("autre", ("a",), ()), form)
    assert path.read_bytes() == before
    write_grid(path, Grid("autre", ("a",), ()), form, replace=True)
    assert path.read_bytes() != before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_file_that_came_there_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, real = tmp_path / "liste.csv", os.fsync

    def other_comes(handle: int) -> None:
        real(handle)
        path.write_text("autre")

    monkeypatch.setattr(os, "fsync", other_comes)
    with pytest.raises(FileThereError):
        put_down(path, b"mien")
    assert path.read_text() == "autre"
    assert [one.name for one in tmp_path.iterdir()] == ["liste.csv"]


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotSavedError):
        put_down(tmp_path / "pas-la" / "liste.csv", b"x")
