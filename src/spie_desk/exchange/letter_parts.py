"""Whether a template is only a letter: small, readable, without macro, object, or anything fetched from elsewhere."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

from spie_desk.domain.letters import (
    MacroTemplateError,
    NotATemplateError,
    OutsideTemplateError,
    TooLargeTemplateError,
)
from spie_desk.domain.records.template import LARGEST

MOST_PARTS, MOST_BYTES = 400, 24_000_000
"""What a letter never reaches unpacked: two megabytes of zip can hold two gigabytes."""
_MACRO = re.compile(r"vbaproject|vbadata|activex|embeddings/|/basic/|^basic/|scripts/|oleobject|\.bin$|^object \d",
                    re.IGNORECASE)  # fmt: skip
_FETCHING = re.compile(rb"\b(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|LINK|IMPORT|DATABASE|AUTOTEXT|MERGEFIELD)\b")
_LINKS = ("http://", "https://", "mailto:", "tel:")
_REL, _XLINK = "{http://schemas.openxmlformats.org/package/2006/relationships}", "{http://www.w3.org/1999/xlink}href"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:"

_RUNNING = ("}event-listener", "}plugin", "}applet", "}object-ole", "}floating-frame", "}dde-source", "}section-source",
            "}dde-connection-decl", "}database-display", "}execute-macro")  # fmt: skip

Parts = dict[str, bytes]


def parts_of(content: bytes, form: str) -> Parts:
    """Every part of the file, judged; the sentence of what is wrong otherwise."""
    if len(content) > LARGEST:
        raise TooLargeTemplateError
    parts = _unpacked(content)
    if any(_MACRO.search(name) for name in parts) or b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise MacroTemplateError
    needed = "word/document.xml" if form == "docx" else "content.xml"
    if needed not in parts or (form == "odt" and not _is_text(parts)):
        raise NotATemplateError
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            _judge(name, tree_of(part), form)
    return parts


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


def _is_text(parts: Parts) -> bool:
    return parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument.text")


def _judge(name: str, root: etree._Element, form: str) -> None:
    if form == "docx":
        _judge_docx(name, root)
    else:
        _judge_odt(root)


def _judge_docx(name: str, root: etree._Element) -> None:
    if name.endswith(".rels"):
        for one in root.iter(f"{_REL}Relationship"):
            sort, target = one.get("Type", ""), one.get("Target", "")
            if sort.endswith(("/oleObject", "/package", "/aFChunk", "/subDocument", "/attachedTemplate", "/frame")):
                raise OutsideTemplateError
            if one.get("TargetMode") == "External" and not (
                sort.endswith("/hyperlink") and target.casefold().startswith(_LINKS)
            ):
                raise OutsideTemplateError
        return
    said = b" ".join(
        (one.text or "").encode() + one.get(one.tag.replace("fldSimple", "instr"), "").encode()
        for one in root.iter()
        if isinstance(one.tag, str) and one.tag.endswith(("}instrText", "}fldSimple"))
    )
    if _FETCHING.search(said.upper()):
        raise OutsideTemplateError


def _judge_odt(root: etree._Element) -> None:
    for one in root.iter():
        if not isinstance(one.tag, str):
            continue
        if one.tag.startswith((f"{_OFFICE}script:", f"{_OFFICE}database")) or one.tag.endswith(_RUNNING):
            raise MacroTemplateError
        target = one.get(_XLINK)
        if target and not _stays(one, target):
            raise OutsideTemplateError


def _stays(one: etree._Element, target: str) -> bool:
    """A picture inside the file, a style of its own, or a link that someone clicks."""
    if one.tag.endswith("}a"):
        return target.startswith("#") or target.casefold().startswith(_LINKS)
    return target.startswith(("#", "Pictures/", "./Pictures/")) or target in {"", "./"}
