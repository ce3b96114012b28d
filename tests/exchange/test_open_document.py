"""OpenDocument sheets: read like the others, and refused before they make room for a million repeated rows."""

import zipfile

import pytest

from spie_desk.exchange.table_files import TooBigError, read_table

HEAD = ('<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.3">'
        '<office:body><office:spreadsheet><table:table table:name="Gens">')  # fmt: skip
MANIFEST = ('<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>')  # fmt: skip
TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


def cell(text, again=1):
    return (f'<table:table-cell office:value-type="string" table:number-columns-repeated="{again}">'
            f"<text:p>{text}</text:p></table:table-cell>")  # fmt: skip


def row(*cells, again=1):
    return f'<table:table-row table:number-rows-repeated="{again}">{"".join(cells)}</table:table-row>'


@pytest.fixture
def sheet(tmp_path):
    def write(*rows):
        path = tmp_path / "liste.ods"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
            parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
            parts.writestr("META-INF/manifest.xml", MANIFEST)
            parts.writestr("content.xml", HEAD + "".join(rows) + TAIL)
        return path
    return write


def test_a_sheet_is_read_and_its_empty_tail_is_no_row(sheet):
    tail = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    path = sheet(row(cell("Nom"), cell("Prénom")), row(cell("Diop"), cell("Awa")), tail)
    table = read_table(path)
    assert (table.columns, [one.cells for one in table.rows]) == (("Nom", "Prénom"), [("Diop", "Awa")])


@pytest.mark.parametrize("rows", [
    (row(cell("Nom"), cell("Prénom")), row(cell("Diop"), cell("Awa"), again=1_048_570_000)),
    (row(cell("Nom"), cell("Prénom")), row(cell("Diop", again=900_000_000))),
    (row(cell("Nom"), cell("x", again=16_000)), row(cell("Diop"), again=100_000)),
])  # fmt: skip
def test_repeated_cells_are_counted_before_room_is_made(sheet, rows):
    with pytest.raises(TooBigError):
        read_table(sheet(*rows))
