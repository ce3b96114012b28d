"""What is no table, or a hostile one: one sentence each, with the file and the line; never a traceback."""

import io
import os
import zipfile
from contextlib import suppress

import pytest
import xlsxwriter

from spie_desk.exchange import table_files as t
from spie_desk.exchange.table_files import TableFileError, read_table

GOOD = b"Nom;Prenom\nDiop;Awa\n"


def workbook(rows, **options):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        for place, cells in enumerate(rows):
            sheet.write_row(place, 0, cells)
    return out.getvalue()


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


BOOK = workbook([["Nom", "Prénom"], ["Diop", "Awa"]])


def part(name, data):
    """The good workbook with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, data if entry == name else old.read(entry))
    return out.getvalue()


SHEET, BOOK_XML = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
BOMB = b"<x>" + b"0" * 60_000_000 + b"</x>"

MALFORMED = {
    "empty.csv": (b"", t.EmptyFileError), "blank.csv": (b" \r\n\t\n", t.EmptyFileError),
    "mark.csv": (b"\xef\xbb\xbf", t.EmptyFileError), "mark16.csv": (b"\xff\xfe", t.EmptyFileError),
    "zeros.csv": (b"\x00" * 400, t.EmptyFileError), "semicolons.csv": (b";;;\n;;;\n", t.EmptyFileError),
    "quotes.csv": (b'"";""\n"";""\n', t.EmptyFileError), "empty.xlsx": (b"", t.EmptyFileError),
    "heads.csv": (b"Nom;Prenom\n", t.NoRowError), "heads.xlsx": (workbook([["Nom", "Prénom"]]), t.NoRowError),
    "heads-blank.csv": (b"Nom;Prenom\n;\n;\n", t.NoRowError), "two.csv": (b"Nom;Prenom;CP\n\n\n", t.NoRowError),
    "data.csv": (b"Diop;Awa;1998-05-25\nBa;Ali;1990-01-02\n", t.NoHeaderError),
    "data2.csv": (b"0639980001;a@example.org\n0639980002;b@example.org\n", t.NoHeaderError),
    "numbers.csv": (b"1234;5678\n1;2\n", t.NoHeaderError), "dates.csv": (b"01/02/1990;03/04/1991\n", t.NoHeaderError),
    "data.xlsx": (workbook([["Diop", "0639980001"], ["Ba", "0639980002"]]), t.NoHeaderError),
    "nothing.xlsx": (workbook([]), t.EmptyFileError),
    "nul.csv": (b"Nom;Prenom\nDi\x00op;Awa\n", t.DamagedTextError),
    "nul-end.csv": (GOOD + b"Ba;Ali\x00\x00\n", t.DamagedTextError),
    "machine.csv": (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00 abc;def", t.DamagedTextError),
    "page.csv": (b"<html><table><tr><td>Nom</td></tr></table></html>", t.NotATableError),
    "flow.xml": (b"<?xml version='1.0'?><a/>", t.NotATableError), "list.json": (b'[{"nom": "x"}]', t.NotATableError),
    "object.json": (b'{"nom": "x"}', t.NotATableError), "letter.pdf": (b"%PDF-1.7\n1 0 obj", t.NotATableError),
    "photo.png": (b"\x89PNG\r\n\x1a\n" + b"\x01" * 50, t.NotATableError),
    "photo.jpg": (b"\xff\xd8\xff\xe0", t.NotATableError),
    "gzip.csv": (b"\x1f\x8b\x08\x00abc", t.NotATableError), "letter.rtf": (b"{\\rtf1 Nom}", t.NotATableError),
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 512, t.OldExcelError),
    "old-renamed.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 512, t.OldExcelError),
    "locked.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), t.ProtectedFileError),
    "text.xlsx": (GOOD, t.DamagedFileError), "text.ods": (GOOD, t.DamagedFileError),
    "cut.xlsx": (BOOK[: len(BOOK) // 2], t.DamagedFileError), "pk.xlsx": (b"PK\x03\x04", t.DamagedFileError),
    "pk.csv": (b"PK\x03\x04" + b"\x00" * 30, t.DamagedFileError), "cut10.xlsx": (BOOK[:-10], t.DamagedFileError),
    "letter.docx": (zipped(**{"word/document.xml": b"<a/>"}), t.NotATableError),
    "folder.zip": (zipped(**{"liste.csv": GOOD}), t.NotATableError), "none.zip": (zipped(), t.NotATableError),
    "no-sheet.xlsx": (part(SHEET, b""), t.TableFileError),
    "bad-sheet.xlsx": (part(SHEET, b"<worksheet><"), t.TableFileError),
    "bad-book.xlsx": (part(BOOK_XML, b"not xml"), t.TableFileError),
    "no-book.xlsx": (part(BOOK_XML, b""), t.TableFileError),
    "rels.xlsx": (part("xl/_rels/workbook.xml.rels", b"<a/>"), t.TableFileError),
    "noise.xlsx": (part(SHEET, os.urandom(3000)), t.TableFileError),
    "strings.xlsx": (part("xl/sharedStrings.xml", b"<sst></sst>"), t.TableFileError),
    "cell.xlsx": (part(SHEET, b'<worksheet><sheetData><row r="1"><c r="ZZZZZZ99999999"/></row></sheetData>'),
                  t.TableFileError),
    "ref.xlsx": (part(SHEET, b'<worksheet><sheetData><row r="x"><c r=""><v>1</v></c></row></sheetData></worksheet>'),
                 t.TableFileError),
    "far.xlsx": (part(SHEET, b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">'
                             b'<c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'), t.TableFileError),
    "bomb.xlsx": (zipped(**{"xl/workbook.xml": b"<a/>", **{f"b{n}": BOMB for n in range(7)}}), t.TooBigError),
    "parts.xlsx": (zipped(**{"xl/workbook.xml": b"<a/>", **{f"p{n}": b"" for n in range(5001)}}), t.TooBigError),
    "long-cell.csv": (b"Nom;Prenom\nDiop;" + b"a" * 10_000_000 + b"\n", t.TooLongCellError),
    "cell33k.csv": (b"Nom;Prenom\nDiop;" + b"a" * 33_000 + b"\n", t.TooLongCellError),
    "open-quote.csv": (b'Nom;Prenom\nDiop;"Awa\n' + b"Ba;Ali\n" * 9000, t.TooLongCellError),
    "wide.csv": (b"Nom;Prenom\n" + b"a;" * 400 + b"\n", t.TooManyColumnsError),
    "wide-heads.csv": (b";".join(b"c%d" % n for n in range(400)) + b"\n1;2\n", t.TooManyColumnsError),
    "wide.xlsx": (workbook([["Nom", "Prénom"], ["x"] * 400]), t.TooManyColumnsError),
    "rows.csv": (b"Nom;Prenom\n" + b"a;b\n" * 100_002, t.TooManyRowsError),
}  # fmt: skip


@pytest.mark.parametrize("name", MALFORMED)
def test_a_sentence_for_each(tmp_path, name):
    data, error = MALFORMED[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        read_table(path)
    said = caught.value
    assert said.says.format(**said.parameters).count(name) == 1
    assert said.next_step
    assert path.read_bytes() == data


def test_there_are_enough_of_them():
    assert len(MALFORMED) >= 60


def test_the_line_is_named_where_there_is_one(tmp_path):
    path = tmp_path / "nul.csv"
    path.write_bytes(b"Nom;Prenom\nDiop;Awa\nBa;A\x00li\n")
    with pytest.raises(t.DamagedTextError) as caught:
        read_table(path)
    assert caught.value.parameters == {"file": "nul.csv", "line": 3}
    path.write_bytes(b"Nom;Prenom\nDiop;Awa\nBa;" + b"a" * 40_000)
    with pytest.raises(t.TooLongCellError) as caught:
        read_table(path)
    assert caught.value.parameters["line"] == 3


def test_folders_missing_files_and_too_big_ones(tmp_path, monkeypatch):
    with pytest.raises(t.FolderError):
        read_table(tmp_path)
    with pytest.raises(t.NoSuchFileError):
        read_table(tmp_path / "rien.csv")
    pipe = tmp_path / "tube.csv"
    os.mkfifo(pipe)
    with pytest.raises(t.NoSuchFileError):
        read_table(pipe)
    big = tmp_path / "gros.csv"
    with big.open("wb") as file:
        file.truncate(t.MOST_BYTES + 1)
    with pytest.raises(t.TooBigError):
        read_table(big)


def test_bytes_that_are_no_letter_of_windows_are_shown_not_refused(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_bytes(b"Nom;Pr\xe9nom\nDi\x81op;Awa\n")
    table = read_table(path)
    assert table.columns == ("Nom", "Prénom")
    assert table.rows[0].cells[0].startswith("Di")


@pytest.mark.parametrize("seed", range(40))
def test_a_workbook_with_one_byte_changed_reads_or_says_so(tmp_path, seed):
    data = bytearray(BOOK)
    data[(seed * 7919) % len(data)] ^= 1 + seed
    path = tmp_path / "touche.xlsx"
    path.write_bytes(bytes(data))
    with suppress(TableFileError):
        assert read_table(path).rows
