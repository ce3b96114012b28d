"""Three hundred files that no import should take, made the same at every run: what they are called, what they hold."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
from collections.abc import Iterator
from random import Random

import xlsxwriter

HEADS = "Nom;Prénom;Date de naissance;Téléphone;Code postal;Ville"
ROW = "Diop;Awa;25/05/1998;06 39 98 10 01;61120;Vimoutiers"
GOOD = f"{HEADS}\n{ROW}\n{ROW.replace('Awa', 'Ali')}\n"
SHEET, BOOK, LINKS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
Made = tuple[str, bytes]


def files() -> Iterator[Made]:
    for family in (other_formats, cut_workbooks, hurt_parts, xml_of_another_kind, bombs, encodings, zeros, shapes,
                   long_cells, rows_of_nothing, wrong_endings):  # fmt: skip
        for number, (ending, content) in enumerate(family()):
            yield f"{family.__name__}-{number:03d}.{ending}", content


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Liste")
        for place, line in enumerate(GOOD.splitlines()):
            sheet.write_row(place, 0, line.split(";"))
    return out.getvalue()


def open_document() -> bytes:
    cells = "".join(
        "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in line.split(";")) + "</table:table-row>" for line in GOOD.splitlines()
    )  # fmt: skip
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Liste">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>").encode()})  # fmt: skip


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, (2026, 12, 9, 14, 32, 0)), content, method)
    return out.getvalue()


def with_part(whole: bytes, part: str, content: bytes | None) -> bytes:
    """The same package with one part replaced, or left out."""
    with zipfile.ZipFile(io.BytesIO(whole)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    if content is None:
        del parts[part]
    else:
        parts[part] = content
    return zipped(parts)


SIGNS = (
    b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"{\\rtf1 ", b"\x1f\x8b\x08\x00",
    b"\x7fELF\x02\x01\x01", b"MZ\x90\x00\x03\x00\x00\x00", b"SQLite format 3\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"7z\xbc\xaf\x27\x1c\x00", b"Rar!\x1a\x07\x01\x00", b"II*\x00\x08\x00\x00\x00", b"RIFF\x24\x00\x00\x00WAVE",
    b"OggS\x00\x02", b"ID3\x04\x00\x00\x00", b"\x00\x00\x00\x18ftypmp42", b"PK\x05\x06" + bytes(18),
)  # fmt: skip


def other_formats() -> Iterator[Made]:
    """The head of a file of another kind, and noise."""
    random = Random(1)
    for sign in SIGNS:
        for ending in ("csv", "xlsx", "ods"):
            yield ending, sign + bytes(8) + random.randbytes(600)


def cut_workbooks() -> Iterator[Made]:
    """A transfer that stopped."""
    for ending, whole in (("xlsx", workbook()), ("ods", open_document())):
        for step in range(1, 31):
            yield ending, whole[: len(whole) * step // 32]


def hurt_parts() -> Iterator[Made]:
    random, whole, document = Random(2), workbook(), open_document()
    hurts = (b"", b"not xml", b"<", b"<?xml version='1.0'?>", random.randbytes(2000), b"\x00" * 500, b"</a></a>", None)
    for part in (SHEET, BOOK):
        for hurt in hurts:
            yield "xlsx", with_part(whole, part, hurt)
    for hurt in hurts:
        yield "ods", with_part(document, "content.xml", hurt)


def xml_of_another_kind() -> Iterator[Made]:
    bodies = ("<a/>", "<html><table><tr><td>Nom</td></tr></table></html>", "<Workbook><Worksheet/></Workbook>",
              "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<!DOCTYPE a SYSTEM 'file:///etc/hostname'><a/>",
              "<!DOCTYPE l [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><l>&b;&b;</l>")  # fmt: skip
    for body in bodies:
        for ending in ("csv", "xml", "xlsx", "ods"):
            yield ending, f"<?xml version='1.0' encoding='UTF-8'?>\n{body}".encode()
    yield "json", b'[{"nom": "Diop"}]'
    yield "json", b'{"nom": "Diop"}'


def bombs() -> Iterator[Made]:
    zeros = bytes(50_000_000)
    yield "xlsx", zipped({BOOK: b"<a/>", **{f"b{n}": zeros for n in range(9)}})
    yield "xlsx", zipped({BOOK: b"<a/>", **{f"p{n}": b"" for n in range(5001)}}, zipfile.ZIP_STORED)
    yield "ods", zipped({"content.xml": b"<a/>", **{f"b{n}": zeros for n in range(9)}})
    yield "csv", gzip.compress(zeros, mtime=0)
    yield "csv", lzma.compress(bytes(1_000_000))
    for place in ("XFD1048576", "A1048577", "ZZZZ1", "A0", "1A", "A99999999999"):
        yield "xlsx", with_part(workbook(), SHEET, (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            f'<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="{place}"><v>1</v></c></row>'
            "</sheetData></worksheet>").encode())  # fmt: skip


def encodings() -> Iterator[Made]:
    """Letters of systems that no spreadsheet writes any more, or half of a letter."""
    for name in ("cp500", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-7"):
        content = GOOD.encode(name)
        if name != "utf-7":
            yield "csv", content + b"\x00\x01\x00\x00\x00\x01\x00"
        if name not in {"utf-7", "utf-16-le"}:  # half a letter before it, and the latter reads as its twin
            yield "csv", b"\x00" + content
    yield "csv", b"\xff\xfe" + GOOD.encode("utf-16-be")
    yield "csv", b"\xfe\xff" + GOOD.encode("utf-16-le")


def zeros() -> Iterator[Made]:
    """A disk that lied: zeros in the midst of the text."""
    random, whole = Random(3), GOOD.encode()
    for _turn in range(40):
        place = random.randrange(len(whole))
        yield "csv", whole[:place] + bytes(random.randrange(1, 9)) + whole[place:]


def shapes() -> Iterator[Made]:
    for blank in (b"", b"\n", b" ", b";;;\n;;;\n", b"\xef\xbb\xbf", b"\xff\xfe", bytes(400), b'"";""\n', b"\t\t\n\r\n"):
        yield "csv", blank
    yield "csv", HEADS.encode()
    yield "csv", f"{HEADS}\n\n;;;;;\n".encode()
    yield "csv", f"{ROW}\n{ROW}\n".encode()
    yield "csv", ("1;2;3\n" * 20).encode()
    yield "csv", ("mot " * 300).encode()
    for width in (301, 400, 5000):
        yield "csv", f"{HEADS}\n{'x;' * width}\n".encode()
        yield "csv", f"{';'.join(f'c{n}' for n in range(width))}\n1;2\n".encode()
    yield "csv", (HEADS + "\n" + "a;b\n" * 100_002).encode()


def long_cells() -> Iterator[Made]:
    for size in (32_768, 40_000, 1_000_000):
        yield "csv", f"{HEADS}\n{'a' * size};Awa\n".encode()
        yield "csv", f"{HEADS}\nDiop;\"{'a' * size}\n".encode()
        yield "csv", f"{HEADS}\nDiop;Awa;{'=1+' * (size // 3)}1\n".encode()
    yield "csv", f'{HEADS}\nDiop;"Awa\n{ROW}\n'.encode() + f"{ROW}\n".encode() * 2000


def rows_of_nothing() -> Iterator[Made]:
    """A table that reads, and not one row of which is somebody."""
    nobody = ";;25/05/1998;06 39 98 10 01;61120;Vimoutiers"
    for many in range(1, 9):
        yield "csv", (f"{HEADS}\n" + f"{nobody}\n" * many).encode()
    born = ("31/02/1990", "30/02/2000", "12/2020/55", "99/99/9999", "1990-13-45", "31/04/1988", "demain", "-5",
            "29/02/2023", "32/01/1970", "01/01/3024", "1/1/1", "25/05", "mai", "1998/25/05", "25/05/98 ?")  # fmt: skip
    for day in born:
        yield "csv", f"{HEADS}\nDiop;Awa;{day};;61120;Vimoutiers\n".encode()
    for postcode in ("ABCDE", "6112", "611200", "61 12O", "-6112"):
        yield "csv", f"{HEADS}\nDiop;Awa;25/05/1998;;{postcode};\n".encode()


def wrong_endings() -> Iterator[Made]:
    for ending in ("xlsx", "ods", "xlsm"):
        marked = b"\xef\xbb\xbf" + GOOD.encode()
        for content in (GOOD.encode(), GOOD.encode("cp1252"), b"Nom,Prenom\nDiop,Awa\n", marked):
            yield ending, content
    for ending in ("docx", "zip", "csv", "xlsx"):
        yield ending, zipped({"word/document.xml": b"<a/>"})
        yield ending, zipped({"liste.csv": GOOD.encode()})
