"""Whether a template is only a letter: small, readable, without macro, object, or anything fetched from elsewhere."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

from spie_desk.domain.letters import (
    BrokenTemplateError,
    MacroTemplateError,
    NotATemplateError,
    OutsideTemplateError,
    TooLargeTemplateError,
)
from spie_desk.domain.records.template import LARGEST
from spie_desk.exchange.letter_judge import judge

MOST_PARTS, MOST_BYTES = 400, 24_000_000
"""What a letter never reaches unpacked: two megabytes of zip can hold two gigabytes."""
MOST_SEARCH = 200_000_000
"""Braces times signs of one part: looking for the end of each field that never ends is that long, minutes beyond."""
_MACRO = re.compile(r"vbaproject|vbadata|activex|webextension|embeddings/|/basic/|^basic/|scripts/|oleobject|\.bin$"
                    r"|^object \d", re.IGNORECASE)  # fmt: skip

Parts = dict[str, bytes]


def parts_of(content: bytes, form: str) -> Parts:
    """Every part of the file, judged; the sentence of what is wrong otherwise."""
    if len(content) > LARGEST:
        raise TooLargeTemplateError
    parts = _unpacked(content)
    if any(_MACRO.search(name) for name in parts):
        raise MacroTemplateError
    needed = "word/document.xml" if form == "docx" else "content.xml"
    if needed not in parts or (form == "odt" and not _is_text(parts)):
        raise NotATemplateError
    for name, part in parts.items():
        if part.startswith(b"\x1f\x8b") and not name.casefold().endswith((".emz", ".wmz")):
            raise OutsideTemplateError  # a drawing that is packed cannot be looked at
        if _is_tree(name, part):
            judge(tree_of(part), form)
            if (part.count(b"{") + part.count(b"&#")) * len(part) > MOST_SEARCH:
                raise BrokenTemplateError
    return parts


def _is_tree(name: str, part: bytes) -> bool:
    """By what it holds as well as by its name: a word processor asks neither for the case nor for the ending."""
    start = part[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return name.casefold().endswith((".xml", ".rels")) or start.startswith(
        (b"<", b"\x00<", b"\xff\xfe<", b"\xfe\xff\x00<")
    )


def tree_of(part: bytes) -> etree._Element:
    """The part's tree: no entity, no other file, no depth without end."""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotATemplateError from error
    if root.getroottree().docinfo.doctype or next(root.iter(etree.Entity), None) is not None:
        raise NotATemplateError
    return root


def packed(parts: Parts) -> bytes:
    """The file again; « mimetype » first and bare, as OpenDocument wants it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda one: (one != "mimetype", one)):
            shape = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts[name], shape)
    return held.getvalue()


def _unpacked(content: bytes) -> Parts:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [one for one in archive.infolist() if not one.is_dir()]
            _judge_names([one.filename for one in inside])
            if len(inside) > MOST_PARTS or sum(one.file_size for one in inside) > MOST_BYTES:
                raise TooLargeTemplateError
            found, left = {}, MOST_BYTES
            for one in inside:
                with archive.open(one) as part:
                    # what the directory says of sizes may lie: read no more than is left
                    found[one.filename] = part.read(left + 1)
                left -= len(found[one.filename])
                if left < 0:
                    raise TooLargeTemplateError
            return found
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        raise NotATemplateError from error


def _judge_names(names: list[str]) -> None:
    """One part a name, whatever its case, and none that climbs out: what is judged is what will be opened."""
    plain = [name.casefold().replace("\\", "/").lstrip("/") for name in names]
    if len(set(plain)) != len(plain) or any(".." in name.split("/") for name in plain):
        raise NotATemplateError


def _is_text(parts: Parts) -> bool:
    return parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument.text")
