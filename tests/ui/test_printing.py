"""On paper: the right words with their accents, nothing that was not ticked, a foot on every page."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from spie_desk.domain.sheets.blocks import (
    Fact,
    Facts,
    Item,
    Key,
    Line,
    Lines,
    Markdown,
    Paragraph,
    Row,
    Section,
    Sheet,
    Table,
    say,
)
from spie_desk.ui.printing.large import LargeSheet
from spie_desk.ui.printing.pages import NotWrittenError, Pages, pdf, pdf_bytes
from spie_desk.ui.printing.preview import PrintPreview
from spie_desk.ui.printing.wording import in_full, said

pytestmark = pytest.mark.usefixtures("qapp")


def a_sheet(rows: int = 2) -> Sheet:
    return Sheet(
        name="fiche-personne", title="Amélie Lefèvre-Œuvrard", under=say("Où j’en suis, qui m’accompagne, la suite"),
        header="CCAS de Saint-Aubin",
        footer=say("Imprimé par {name}, le {day}.", name="Claire Dubois", day=date(2026, 12, 1)),
        blocks=(
            Section("Ce que je demande", (Paragraph("Être écoutée, ça suffit.", "quote", "words"),)),
            Section("Adresse", (Facts((Fact("Adresse", "3 rue Secrète", "address"),)),)),
            Section("Qui", (Table(("Qui", "Téléphone"),
                                  tuple(Row((f"Ligne {at}", "06 39 98 10 01"), strong=at == 0) for at in range(rows)),
                                  (60, 40)),)),
            Section("La suite", (Key("Prochain rendez-vous", ("à 14 h",)),
                                 Lines((Line("Appeler", "jeudi", box=True),)))),
            Markdown("Du **gras**, une liste :\n\n- premier ;\n- second.\n\n![image](file:///etc/hostname)"),
        ),
        items=(Item("words", "Mes mots"),
               Item("address", "Adresse", ticked=False, why_off="Adresse à ne pas divulguer.")),
    )  # fmt: skip


def read(path: Path) -> list[str]:
    """The text of each page, as a reader of PDF finds it."""
    tool = shutil.which("pdftotext")
    assert tool, "poppler-utils is missing"
    found = subprocess.run([tool, "-layout", str(path), "-"], capture_output=True, check=True, text=True)
    return found.stdout.split("\f")[:-1]


def test_the_pdf_says_it_all_with_its_accents(tmp_path: Path) -> None:
    assert pdf(a_sheet(), tmp_path / "a.pdf") == 1
    (page,) = read(tmp_path / "a.pdf")
    for words in ("Amélie Lefèvre-Œuvrard", "Où j’en suis, qui m’accompagne", "Être écoutée, ça suffit.", "gras",
                  "premier", "CCAS de Saint-Aubin", "Prochain rendez-vous", "Appeler"):  # fmt: skip
        assert words in page
    assert "mardi 1er décembre 2026" in page.replace("\u00a0", " ")
    assert "page 1/1" in page


def test_what_is_not_ticked_is_nowhere_in_the_file(tmp_path: Path) -> None:
    sheet = a_sheet()
    pdf(sheet, tmp_path / "first.pdf")
    pdf(sheet, tmp_path / "all.pdf", frozenset({"words", "address"}))
    pdf(sheet, tmp_path / "none.pdf", frozenset())
    assert "Secrète" not in read(tmp_path / "first.pdf")[0]
    assert "Secrète" in read(tmp_path / "all.pdf")[0]
    assert "écoutée" not in read(tmp_path / "none.pdf")[0]
    assert "Ce que je demande" not in read(tmp_path / "none.pdf")[0]


def test_long_tables_run_over_pages_with_head_and_foot_on_each(tmp_path: Path) -> None:
    count = pdf(a_sheet(rows=90), tmp_path / "long.pdf")
    pages = read(tmp_path / "long.pdf")
    assert len(pages) == count >= 3
    for number, page in enumerate(pages, start=1):
        assert f"page {number}/{count}" in page
        assert "Imprimé par Claire Dubois" in page
        assert "CCAS de Saint-Aubin" in page
    assert "Téléphone" in pages[1]
    lines = [line for page in pages for line in re.findall(r"Ligne \d+", page)]
    assert lines == [f"Ligne {at}" for at in range(90)]


def test_no_heading_stands_alone_at_the_foot_of_a_page(tmp_path: Path) -> None:
    for rows in range(20, 44):
        pdf(a_sheet(rows), tmp_path / "h.pdf")
        for page in read(tmp_path / "h.pdf"):
            body = [line.strip() for line in page.splitlines() if line.strip()]
            assert body[-2] not in {"La suite", "Qui", "Adresse"}, rows


def test_the_font_is_in_the_file_and_the_person_is_not_in_its_title(tmp_path: Path) -> None:
    pdf(a_sheet(), tmp_path / "a.pdf")
    fonts = subprocess.run(["pdffonts", str(tmp_path / "a.pdf")], capture_output=True, check=True, text=True).stdout
    assert "Atkinson" in fonts
    # Type 3 would mean drawings instead of letters: they cannot be searched nor read aloud.
    assert "Type 3" not in fonts
    about = subprocess.run(["pdfinfo", str(tmp_path / "a.pdf")], capture_output=True, check=True, text=True).stdout
    assert "A4" in about
    assert "Amélie" not in about


def test_the_same_pdf_can_stay_in_memory(tmp_path: Path) -> None:
    held = pdf_bytes(a_sheet())
    assert held.startswith(b"%PDF-")
    (tmp_path / "m.pdf").write_bytes(held)
    assert "écoutée" in read(tmp_path / "m.pdf")[0]


def test_a_target_that_refuses_is_said_and_not_hidden() -> None:
    closed = QBuffer()
    closed.open(QIODevice.OpenModeFlag.ReadOnly)
    with pytest.raises(NotWrittenError):
        pdf(a_sheet(), closed)


def test_a_folder_that_refuses_leaves_the_preview_open_with_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    preview = PrintPreview(a_sheet(), choose=lambda _parent, _name: tmp_path / "nowhere" / "a.pdf")
    qtbot.addWidget(preview)
    preview.show()
    preview._save()
    assert preview.isVisible()
    said_to_her = [label.text() for label in preview.findChildren(QLabel) if label.isVisible()]
    assert any(text.startswith("Le fichier n’a pas pu être écrit") for text in said_to_her)


def test_training_is_written_across_every_page(tmp_path: Path) -> None:
    plain, stamped = Pages(a_sheet()).picture(0), Pages(a_sheet(), "Entraînement").picture(0)
    assert plain != stamped
    pdf(a_sheet(), tmp_path / "t.pdf", watermark="Entraînement")
    letters = read(tmp_path / "t.pdf")[0]
    assert all(sign in letters for sign in "Entraî")


def test_dates_are_written_in_full() -> None:
    assert in_full(date(2026, 12, 1)) == "mardi 1er\u00a0décembre 2026"
    assert said(say("le {day}", day=date(2027, 2, 28))) == "le dimanche 28\u00a0février 2027"
    assert said("100 % {sûr}") == "100 % {sûr}"


def test_the_tick_list_draws_the_pages_again_and_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    chosen = tmp_path / "out.pdf"
    preview = PrintPreview(a_sheet(), choose=lambda _parent, name: chosen if name == "fiche-personne.pdf" else None)
    qtbot.addWidget(preview)
    preview.show()
    shown = " ".join(label.text() for label in preview.findChildren(QLabel))
    assert "Une fois imprimé, ce document n’est plus protégé" in shown
    assert "Adresse à ne pas divulguer." in shown
    boxes = {box.text(): box for box in preview.findChildren(QCheckBox)}
    assert preview.ticked == {"words"}
    boxes["Adresse"].setFocus()
    qtbot.keyClick(boxes["Adresse"], Qt.Key.Key_Space)
    assert preview.ticked == {"words", "address"}
    with qtbot.waitSignal(preview.came_out) as came:
        preview._save()
    assert came.args == ["pdf", frozenset({"words", "address"})]
    assert "Secrète" in read(chosen)[0]


def test_every_widget_that_takes_focus_has_a_name(qtbot: QtBot) -> None:
    preview = PrintPreview(a_sheet())
    qtbot.addWidget(preview)
    preview.show()
    for widget in preview.findChildren(QCheckBox):
        assert widget.accessibleName()


def test_the_large_sheet_shows_what_is_ticked_and_loads_nothing(qtbot: QtBot) -> None:
    large = LargeSheet(a_sheet())
    qtbot.addWidget(large)
    text = large.toPlainText()
    assert "Être écoutée" in text
    assert "Secrète" not in text
    assert large.loadResource(2, "file:///etc/hostname") is None


def test_a_pdf_is_for_its_owner_alone_and_takes_the_place_of_another_whole(tmp_path: Path) -> None:
    path = tmp_path / "fiche.pdf"
    path.write_bytes(b"before")
    pdf(a_sheet(), path)
    assert path.read_bytes().startswith(b"%PDF")
    assert path.stat().st_mode & 0o077 == 0
    assert [one.name for one in tmp_path.iterdir()] == ["fiche.pdf"]
