"""Files as users have them: every make of CSV, workbooks, and a sentence for what is no table."""

import codecs
from datetime import date

import pytest
import xlsxwriter

from spie_desk.exchange.table_files import read_table
from spie_desk.shipped import shipped

HEADS = ["Nom", "Prénom", "Date de naissance", "Ville"]
ROWS = [["Benali", "Amélie", "1988-04-03", "Nîmes"], ["Traoré", "Koné", "1990-01-02", "L’Île"],
        ["N’Diaye", "Œuvre", "", ""]]  # fmt: skip


def csv_of(delimiter, end="\n", heads=HEADS):
    return end.join(delimiter.join(cells) for cells in [heads, *ROWS]) + end


@pytest.fixture
def written(tmp_path):
    def write(data, name="liste.csv"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path
    return write


@pytest.fixture
def workbook(tmp_path):
    def write(sheets, name="liste.xlsx"):
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for place, cells in enumerate(rows):
                    sheet.write_row(place, 0, cells)
        return path
    return write


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize(("encoding", "mark", "name"), [
    ("utf-8", codecs.BOM_UTF8, "utf-8-sig"), ("utf-8", b"", "utf-8"), ("cp1252", b"", "cp1252"),
    ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16"), ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16"),
    ("utf-16-le", b"", "utf-16-le"),
])  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_make_of_csv(written, delimiter, encoding, mark, name, end):
    table = read_table(written(mark + csv_of(delimiter, end).encode(encoding)))
    assert table.columns == tuple(HEADS)
    assert [list(row.cells) for row in table.rows] == ROWS
    assert [row.line for row in table.rows] == [2, 3, 4]
    assert (table.encoding, table.delimiter, table.header_line) == (name, delimiter, 1)


def test_the_delimiter_is_not_the_comma_of_the_phones():
    table = read_table(shipped("examples/import_beneficiaires.csv"))
    assert table.delimiter == ";"
    assert len(table.columns) == 25
    assert len(table.rows) == 4
    assert table.rows[0].cells[6] == "0601234567, 071234567"
    assert table.rows[0].cells[9] == 'Lieu-dit "Le sandwich"'


def test_the_same_file_as_a_workbook_says_the_same():
    text = read_table(shipped("examples/import_beneficiaires.csv"))
    book = read_table(shipped("examples/import_beneficiaires.xlsx"))
    assert book.columns == text.columns
    assert book.fingerprint == text.fingerprint
    assert [row.cells for row in book.rows] == [row.cells for row in text.rows]
    assert book.sheet == "Bénéficiaires"


def test_a_quoted_cell_holds_line_ends_and_lines_are_counted_as_in_the_file(written):
    table = read_table(written('Nom;Prénom\n"Ben\nAli";Amina\n\nDiop;"dit ""Papa"""\n'))
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("Ben\nAli", "Amina")), (5, ("Diop", 'dit "Papa"'))]


def test_title_lines_and_empty_lines_stand_above_the_names(written):
    text = "CCAS de Saint-Aubin;;\nListe au 12/05/2026;;\n;;\nNom;Prénom;CP\nDiop;Awa;31000\n"
    table = read_table(written(text))
    assert (table.header_line, table.columns, table.rows[0].line) == (4, ("Nom", "Prénom", "CP"), 5)


def test_excel_says_its_delimiter_on_the_first_line(written):
    table = read_table(written("sep=|\nNom|Prénom\nDiop|Awa\n"))
    assert (table.delimiter, table.header_line, table.rows[0].line) == ("|", 2, 3)


def test_short_and_long_rows_are_fitted_without_losing_a_cell(written):
    table = read_table(written("Nom;Prénom\nDiop\nBa;Awa;en plus\n"))
    assert table.columns == ("Nom", "Prénom", "")
    assert [row.cells for row in table.rows] == [("Diop", "", ""), ("Ba", "Awa", "en plus")]


def test_names_of_columns_that_nobody_knows_are_found_all_the_same(written):
    table = read_table(written("Zut;Flûte;Crotte\na;b;c\nd;e;f\n"))
    assert table.columns == ("Zut", "Flûte", "Crotte")


def test_one_column_is_a_table_too(written):
    assert read_table(written("Nom\nDiop\nBa\n")).columns == ("Nom",)


def test_a_workbook_keeps_dates_numbers_ticks_and_its_other_sheets(workbook):
    rows = [["Liste"], [], ["Nom", "Prénom", "Né le", "Tél", "RSA", "CP"],
            ["Diop", "Awa", date(1998, 5, 25), 639980001, True, 31000],
            ["Ba", "Ali", date(1990, 1, 2), "", False, 1000]]  # fmt: skip
    table = read_table(workbook({"Lisez-moi": [["Ceci est un modèle"]], "Gens": rows}))
    assert (table.sheet, table.header_line, table.other_sheets) == ("Gens", 3, ("Lisez-moi",))
    assert table.rows[0].cells == ("Diop", "Awa", "1998-05-25", "639980001", "Oui", "31000")
    assert table.rows[1].cells[4:] == ("Non", "1000")
    assert table.rows[1].line == 5
    two = workbook({"A": [["Nom", "Prénom"], ["a", "b"]], "B": [["Nom", "CP"], ["c", "d"]]})
    assert read_table(two, sheet="B").sheet == "B"


def test_the_layout_is_known_again_whatever_the_month_case_or_accents(written):
    one = read_table(written("Nom;Prénom;CP\nDiop;Awa;31000\n", "mai.csv"))
    two = read_table(written("NOM,PRENOM,cp\nBa,Ali,31000\nSow,Ada,31000\n", "juin.csv"))
    assert one.fingerprint == two.fingerprint != read_table(written("Nom;CP\na;b\n")).fingerprint
