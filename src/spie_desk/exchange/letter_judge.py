"""What one part of a template may hold: words and pictures of its own; nothing that runs, nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from spie_desk.domain.letters import MacroTemplateError, OutsideTemplateError

_LINKS = ("http://", "https://", "mailto:", "tel:")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[\\\\/]{2}", re.IGNORECASE)
_XLINK = "{http://www.w3.org/1999/xlink}href"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:"
_SVG, _VML = "{http://www.w3.org/2000/svg}", "{urn:schemas-microsoft-com:"

_RUNNING = frozenset({
    "event-listener", "plugin", "applet", "object", "object-ole", "floating-frame", "dde-source", "section-source",
    "dde-connection-decl", "execute-macro", "script",
})  # fmt: skip
_TYPES = re.compile(r"macroenabled|vba|activex|oleobject|webextension", re.IGNORECASE)
_SORTS = ("/oleobject", "/package", "/afchunk", "/subdocument", "/attachedtemplate", "/frame", "/control")
_FIELDS = frozenset({
    "=", "ADVANCE", "AUTHOR", "CREATEDATE", "DATE", "DOCPROPERTY", "EQ", "FILENAME", "FORMCHECKBOX", "FORMDROPDOWN",
    "FORMTEXT", "HYPERLINK", "IF", "INDEX", "LISTNUM", "NOTEREF", "NUMPAGES", "PAGE", "PAGEREF", "PRINTDATE", "REF",
    "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF", "SUBJECT", "SYMBOL", "TC", "TIME", "TITLE", "TOC", "XE",
})  # fmt: skip
"""The fields of Word that only count, date and refer; every other one (INCLUDETEXT, DDEAUTO, QUOTE…) is refused."""
_NAMED = re.compile(r"\s*(=|[A-Za-z]+(?![^\s\\\"]))")
_SAID = re.compile(r'"([^"]*)"?|([^\s"]+)')


def judge(root: etree._Element, form: str) -> None:
    """MacroTemplateError or OutsideTemplateError when the part is more than words and pictures of its own."""
    if any(one.tag is etree.ProcessingInstruction for one in _beside(root)):
        raise OutsideTemplateError
    for one in root.iter():
        if isinstance(one.tag, str):
            _judge_drawing(one)
            if form == "docx":
                _judge_docx(one)
            else:
                _judge_odt(one)
    if form == "docx":
        for code in _codes(root):
            _judge_field(code)


def _beside(root: etree._Element) -> Iterator[etree._Element]:
    """What stands before and after the first element, where a style sheet of elsewhere is named."""
    yield from root.itersiblings(preceding=True)
    yield from root.itersiblings()


def _local(one: etree._Element) -> str:
    return str(one.tag).rpartition("}")[2]


def _judge_drawing(one: etree._Element) -> None:
    """A drawing draws from itself alone."""
    if not str(one.tag).startswith(_SVG):
        return
    if _local(one) in {"script", "foreignObject"}:
        raise MacroTemplateError
    for name, value in one.attrib.items():
        if str(name).rpartition("}")[2] == "href" and not str(value).strip().startswith(("#", "data:image/")):
            raise OutsideTemplateError
    said = " ".join([one.text or "", *map(str, one.attrib.values())])
    if re.search(r"@import|url\(\s*[\"']?(?!\s*#)", said, re.IGNORECASE):
        raise OutsideTemplateError


def _judge_docx(one: etree._Element) -> None:
    tag = _local(one)
    if tag == "Relationship":
        _judge_relationship(one)
    elif tag == "mailMerge":
        raise OutsideTemplateError
    elif tag in {"Override", "Default"} and _TYPES.search(str(one.get("ContentType", ""))):
        raise MacroTemplateError
    elif str(one.tag).startswith(_VML) and _ELSEWHERE.match(str(one.get("src", "")).strip()):
        raise OutsideTemplateError


def _judge_relationship(one: etree._Element) -> None:
    sort, target = str(one.get("Type", "")).casefold(), str(one.get("Target", "")).strip()
    if sort.endswith(_SORTS):
        raise OutsideTemplateError
    outside = str(one.get("TargetMode", "")).strip().casefold() == "external" or _ELSEWHERE.match(target)
    if outside and not (sort.endswith("/hyperlink") and target.casefold().startswith(_LINKS)):
        raise OutsideTemplateError


def _codes(root: etree._Element) -> Iterator[str]:
    """The words of each field, put together again: Word reads « DD » and « EAUTO » in two runs as one.

    A field inside another stands as « ? » in the words of the outer one.
    """
    standing: list[list[str]] = []
    for one in root.iter():
        tag = _local(one) if isinstance(one.tag, str) else ""
        if tag == "fldSimple":
            yield next((str(value) for name, value in one.attrib.items() if str(name).endswith("}instr")), "")
        elif tag in {"instrText", "delInstrText"}:
            if not standing:
                yield one.text or ""
            elif len(standing[-1]) == 1:
                standing[-1][0] += one.text or ""
        elif tag == "fldChar":
            sort = next((str(value) for name, value in one.attrib.items() if str(name).endswith("}fldCharType")), "")
            yield from _turn(standing, sort)
    for left in standing:
        yield left[0]


def _turn(standing: list[list[str]], sort: str) -> Iterator[str]:
    """A field begins, comes to what it showed last, or ends."""
    if sort == "begin":
        standing.append([""])
    elif sort == "separate" and standing:
        standing[-1].append(sort)
    elif sort == "end" and standing:
        yield standing.pop()[0]
        if standing and len(standing[-1]) == 1:
            standing[-1][0] += "?"


def _judge_field(code: str) -> None:
    if not code.strip():
        return
    named = _NAMED.match(code)
    if named is None or named[1].upper() not in _FIELDS:
        raise OutsideTemplateError
    if named[1].upper() == "HYPERLINK":
        for quoted, bare in _SAID.findall(code[named.end() :]):
            target = (quoted or bare).strip()
            if "?" in target[:1] or (_ELSEWHERE.match(target) and not target.casefold().startswith(_LINKS)):
                raise OutsideTemplateError


def _judge_odt(one: etree._Element) -> None:
    tag = _local(one)
    if str(one.tag).startswith(f"{_OFFICE}script:") or tag in _RUNNING or tag.startswith("database"):
        raise MacroTemplateError
    target = one.get(_XLINK)
    if target and not str(one.tag).startswith(_SVG) and not _stays(one, str(target)):
        raise OutsideTemplateError


def _stays(one: etree._Element, target: str) -> bool:
    """A picture inside the file, a style of its own, or a link that someone clicks."""
    if _local(one) == "a":
        return target.startswith("#") or target.casefold().startswith(_LINKS)
    return target.startswith(("#", "Pictures/", "./Pictures/")) or target in {"", "./"}
