"""A list as an OpenDocument workbook: the few parts that the format asks for, written with the standard library.

The mimetype comes first and is stored as it is, so that a desktop knows the file by its first bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree as Xml

from spie_desk.domain.grids import Cell, Grid
from spie_desk.exchange.cells import harmless
from spie_desk.exchange.sheet_names import ABOUT, sheet_name

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
VERSION = "1.3"
_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The date of every part: when it was made is said on the sheet, not by the archive."""


def ods_bytes(grid: Grid) -> bytes:
    parts = {"content.xml": _content(grid), "META-INF/manifest.xml": _manifest()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", _WHEN), MIMETYPE, zipfile.ZIP_STORED)
        for name, root in parts.items():
            text = Xml.tostring(root, encoding="UTF-8", xml_declaration=True)
            archive.writestr(zipfile.ZipInfo(name, _WHEN), text, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _content(grid: Grid) -> Xml.Element:
    root = Xml.Element(_q("office:document-content"), {_q("office:version"): VERSION})
    _styles(_add(root, "office:automatic-styles"))
    book = _add(_add(root, "office:body"), "office:spreadsheet")
    table = _add(book, "table:table", {"table:name": sheet_name(grid.title)})
    for _column in grid.columns:
        _add(table, "table:table-column", {"table:style-name": "wide"})
    _row(_add(table, "table:table-header-rows"), grid.columns, "head")
    for cells in grid.rows:
        _row(table, cells)
    if grid.about:
        beside = _add(book, "table:table", {"table:name": ABOUT})
        for label, value in grid.about:
            _row(beside, (label, value))
    return root


def _styles(styles: Xml.Element) -> None:
    column = _add(styles, "style:style", {"style:name": "wide", "style:family": "table-column"})
    _add(column, "style:table-column-properties", {"style:column-width": "4cm"})
    head = _add(styles, "style:style", {"style:name": "head", "style:family": "table-cell"})
    _add(head, "style:text-properties", {"fo:font-weight": "bold"})
    french = _add(styles, "number:date-style", {"style:name": "french", "number:language": "fr"})
    for name in ("day", "month"):
        _add(french, f"number:{name}", {"number:style": "long"})
        _add(french, "number:text").text = "/"
    _add(french, "number:year", {"number:style": "long"})
    _add(styles, "style:style", {"style:name": "day", "style:family": "table-cell",
                                 "style:data-style-name": "french"})  # fmt: skip


def _row(parent: Xml.Element, cells: tuple[Cell, ...], style: str = "") -> None:
    row = _add(parent, "table:table-row")
    for cell in cells:
        _cell(row, cell, style)


def _cell(row: Xml.Element, cell: Cell, style: str) -> None:
    if cell is None or cell == "":
        _add(row, "table:table-cell")
    elif isinstance(cell, date):
        made = _add(row, "table:table-cell", {
            "office:value-type": "date", "office:date-value": cell.isoformat(), "table:style-name": "day",
        })  # fmt: skip
        _add(made, "text:p").text = f"{cell:%d/%m/%Y}"
    elif isinstance(cell, int):
        made = _add(row, "table:table-cell", {"office:value-type": "float", "office:value": str(cell)})
        _add(made, "text:p").text = str(cell)
    else:
        kind = {"office:value-type": "string"} | ({"table:style-name": style} if style else {})
        made = _add(row, "table:table-cell", kind)
        for line in harmless(cell).split("\n"):
            _words(_add(made, "text:p"), line)


def _words(paragraph: Xml.Element, line: str) -> None:
    """The format folds white space: more than one space is an element of its own; a tab has no meaning in a cell."""
    last: Xml.Element | None = None
    for piece in re.split(r"( {2,}|^ )", line.replace("\t", " ")):
        if piece and not piece.strip(" "):
            last = _add(paragraph, "text:s", {"text:c": str(len(piece))})
        elif last is None:
            paragraph.text = (paragraph.text or "") + piece
        else:
            last.tail = (last.tail or "") + piece


def _manifest() -> Xml.Element:
    root = Xml.Element(_q("manifest:manifest"), {_q("manifest:version"): VERSION})
    for path, kind in (("/", MIMETYPE), ("content.xml", "text/xml")):
        _add(root, "manifest:file-entry", {"manifest:full-path": path, "manifest:media-type": kind})
    return root


def _add(parent: Xml.Element, name: str, attributes: dict[str, str] | None = None) -> Xml.Element:
    return Xml.SubElement(parent, _q(name), {_q(key): value for key, value in (attributes or {}).items()})


def _q(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


for _prefix, _uri in _NAMES.items():
    Xml.register_namespace(_prefix, _uri)
