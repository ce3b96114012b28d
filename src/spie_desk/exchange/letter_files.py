"""A letter out of a template: DOCX through docxtpl, ODT through its own parts; both in the one narrow language."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from lxml import etree

from spie_desk.domain.errors import DeskError
from spie_desk.domain.letters import BrokenTemplateError, MacroTemplateError, Named, NotATemplateError
from spie_desk.domain.records.template import FORMATS, LARGEST
from spie_desk.exchange.letter_parts import Parts, packed, parts_of, tree_of
from spie_desk.exchange.letter_words import LetterWords, filled

_FIELD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ODT_PARTS = ("content.xml", "styles.xml")
_LINES = ("}p", "}h")
_PEOPLE = ("}creator", "}initial-creator", "}printed-by")


def read_letter(path: Path) -> tuple[str, bytes]:
    """A file chosen by the user: its format by its ending, its bytes; never one that holds macros."""
    form = path.suffix.casefold().lstrip(".")
    if form in {"docm", "dotm"}:
        raise MacroTemplateError
    form = {"dotx": "docx", "ott": "odt"}.get(form, form)
    if form not in FORMATS:
        raise NotATemplateError
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise NotATemplateError from error
    parts_of(content, form)
    return form, content


def fields_in(content: bytes, form: str, known: Set[str]) -> Named:
    """The fields a template names; its sentence when it is refused."""
    words = LetterWords(known)
    _fill(content, form, dict.fromkeys(known, "x"), words)
    return Named(frozenset(words.used), frozenset(words.needed))


def fields_of_lines(lines: Sequence[str], known: Set[str]) -> Named:
    words = LetterWords(known)
    filled(words, "\n".join(lines), dict.fromkeys(known, "x"))
    return Named(frozenset(words.used), frozenset(words.needed))


def fill(content: bytes, form: str, values: Mapping[str, str]) -> bytes:
    """The letter's file."""
    clean = {name: _UNPRINTABLE.sub("", value) for name, value in values.items()}
    return _fill(content, form, clean, LetterWords(clean.keys()))


def fill_lines(lines: Sequence[str], values: Mapping[str, str]) -> tuple[str, ...]:
    """A shipped letter's lines, filled."""
    words = LetterWords(values.keys())
    words.autoescape = False
    return tuple(filled(words, line, values) for line in lines)


def _fill(content: bytes, form: str, values: Mapping[str, str], words: LetterWords) -> bytes:
    parts = parts_of(content, form)
    return _fill_docx(content, values, words) if form == "docx" else _fill_odt(parts, values, words)


def _fill_docx(content: bytes, values: Mapping[str, str], words: LetterWords) -> bytes:
    from docxtpl import DocxTemplate  # noqa: PLC0415 — a tenth of a second, for the few who make letters

    try:
        template = DocxTemplate(io.BytesIO(content))
        template.render(dict(values), jinja_env=words, autoescape=True)
        held = io.BytesIO()
        about = template.docx.core_properties
        # whoever drew the template is not who writes to her
        about.author = about.last_modified_by = ""
        template.save(held)
    except DeskError:
        raise
    except SyntaxError as error:
        raise BrokenTemplateError from error
    except Exception as error:
        # what a library says of a damaged file is many things; the user needs one sentence
        raise NotATemplateError from error
    return held.getvalue()


def _fill_odt(parts: Parts, values: Mapping[str, str], words: LetterWords) -> bytes:
    made = dict(parts)
    for name in _ODT_PARTS:
        if name in parts:
            made[name] = _filled_part(parts[name], values, words)
    if "meta.xml" in parts:
        made["meta.xml"] = _unsigned(parts["meta.xml"])
    return packed(made)


def _unsigned(part: bytes) -> bytes:
    """Without who drew the template, changed it or printed it."""
    root = tree_of(part)
    for one in list(root.iter()):
        if isinstance(one.tag, str) and one.tag.endswith(_PEOPLE):
            one.getparent().remove(one)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _filled_part(part: bytes, values: Mapping[str, str], words: LetterWords) -> bytes:
    root = tree_of(part)
    for line in root.iter():
        if isinstance(line.tag, str) and line.tag.endswith(_LINES):
            _join_fields(line)
    source = etree.tostring(root, encoding="unicode")
    done = filled(words, source, values)
    try:
        tree_of(done.encode())
    except NotATemplateError as error:
        raise BrokenTemplateError from error
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + done.encode()


def _join_fields(line: etree._Element) -> None:
    """A field that the word processor cut in pieces (a change of style, a correction) becomes one again."""
    # document order: an element's text, its children, then its tail
    ordered = list(_ordered(line))
    texts = [getattr(one, where) or "" for one, where in ordered]
    whole, starts = "".join(texts), []
    at = 0
    for text in texts:
        starts.append(at)
        at += len(text)
    for found in reversed(list(_FIELD.finditer(whole))):
        touched = [rank for rank, start in enumerate(starts)
                   if start < found.end() and start + len(texts[rank]) > found.start()]  # fmt: skip
        if len(touched) < 2:
            continue
        first = touched[0]
        for rank in touched:
            begin, end = max(found.start() - starts[rank], 0), min(found.end() - starts[rank], len(texts[rank]))
            put = found.group() if rank == first else ""
            texts[rank] = texts[rank][:begin] + put + texts[rank][end:]
    for (one, where), text in zip(ordered, texts, strict=True):
        setattr(one, where, text or None)


def _ordered(line: etree._Element) -> list[tuple[etree._Element, str]]:
    found: list[tuple[etree._Element, str]] = [(line, "text")]
    for child in line:
        if isinstance(child.tag, str) and not child.tag.endswith(_LINES):
            found += _ordered(child)
        found.append((child, "tail"))
    return found
