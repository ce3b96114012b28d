"""Read the CAF/MSA flow household by household, in bounded memory; every hostile or damaged file gets its sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from spie_desk.domain.benefit_flow import BadHousehold, FlowFoot, FlowHead, FlowPart
from spie_desk.domain.errors import DeskError, N_
from spie_desk.exchange.benefit_household import head_of, household_of, why_refused
from spie_desk.shipped import open_shipped

MOST_BYTES = 3_000_000_000
"""Room for the largest département ten times over."""
MOST_HOUSEHOLD = 4_000_000
"""Bytes between the ends of two households: a real one has about seven thousand."""
_CHUNK = 1 << 17
_PROLOG = 1 << 16
_ENCODINGS = frozenset({"utf-8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "latin1", "windows-1252", "cp1252"})

Told = Callable[[int, int], None]


class FlowError(DeskError):
    """A file that is no flow we read; parameters ``file`` and often ``line``, never a value of it."""


class NoSuchFlowError(FlowError):
    says = N_("«\u00a0{file}\u00a0» n’a pas pu être lu\u00a0: il n’est plus là, ou cet ordinateur refuse de l’ouvrir.")
    next_step = N_("Vérifiez qu’il existe et qu’aucun autre logiciel ne le tient ouvert.")


class EmptyFlowError(FlowError):
    says = N_("«\u00a0{file}\u00a0» est vide.")
    next_step = N_("Vérifiez que c’est le bon fichier.")


class BigFlowError(FlowError):
    says = N_("«\u00a0{file}\u00a0» est trop gros pour un flux mensuel de la CAF ou de la MSA.")
    next_step = N_("Vérifiez que c’est le bon fichier.")


class BigHouseholdError(FlowError):
    says = N_("«\u00a0{file}\u00a0», ligne {line}\u00a0: un seul foyer y tient plus de place que mille. Rien n’est lu.")
    next_step = N_("Demandez de nouveau ce fichier à qui vous l’a transmis.")


class EntitiesError(FlowError):
    says = N_("«\u00a0{file}\u00a0» contient des définitions (DOCTYPE) qu’un flux de la CAF ou de la MSA n’a jamais.")
    next_step = N_("Il n’est pas lu\u00a0: il peut être piégé. Demandez-le de nouveau à qui vous l’a transmis.")


class EncodingError(FlowError):
    says = N_("«\u00a0{file}\u00a0»\u00a0: ses lettres ne se lisent pas, ou pas comme il l’annonce (encodage).")
    next_step = N_("Demandez de nouveau ce fichier, sans le faire passer par un autre logiciel.")


class NotFlowError(FlowError):
    says = N_("«\u00a0{file}\u00a0» n’est pas le flux mensuel des bénéficiaires du RSA de la CAF ou de la MSA.")
    next_step = N_("Choisissez le fichier XML reçu de la CAF ou de la MSA.")


class OtherVersionError(FlowError):
    says = N_("«\u00a0{file}\u00a0», ligne {line}, champ {field}\u00a0: ce flux suit une autre version du format.")
    next_step = N_("Seule la version VRSB0801 se lit ici. Demandez-la à qui vous a transmis ce fichier.")


class CutFlowError(FlowError):
    says = N_("«\u00a0{file}\u00a0» est incomplet\u00a0: il s’arrête au milieu, ligne {line}. Rien n’est lu.")
    next_step = N_("Copiez-le ou demandez-le de nouveau.")


class BrokenFlowError(FlowError):
    says = N_("«\u00a0{file}\u00a0», ligne {line}\u00a0: ce n’est plus du XML correct. Rien n’est lu.")
    next_step = N_("Demandez-le de nouveau, sans l’ouvrir ni l’enregistrer dans un autre logiciel.")


class DeepFlowError(FlowError):
    says = N_("«\u00a0{file}\u00a0», ligne {line}\u00a0: des éléments emboîtés sans fin. Rien n’est lu.")
    next_step = N_("Il peut être piégé. Demandez-le de nouveau à qui vous l’a transmis.")


def read_flow(path: Path, told: Told) -> Iterator[FlowPart]:
    """The head, each household in its order (those the format refuses named), the foot.

    ``told`` hears the bytes read and the size, and may raise to stop. Nothing of the file is kept.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise BigFlowError(file=path.name)
        with path.open("rb") as file:
            yield from _Reader(path.name, file, size).parts(told)
    except OSError:
        raise NoSuchFlowError(file=path.name) from None


class _Reader:
    """One pass over one file: chunk by chunk, each household let go of once it was read."""

    def __init__(self, name: str, file: BinaryIO, size: int) -> None:
        from lxml import etree  # noqa: PLC0415 — a compiled library that only this door needs

        self._xml, self._name, self._file, self._size = etree, name, file, size
        self._schema = etree.XMLSchema(etree.fromstring(open_shipped("schemas/vrsb0801.xsd")))
        self._line, self._since, self._good = 1, 0, 0
        self._head: FlowHead | None = None
        self._foot = False
        self._first_bad: BadHousehold | None = None

    def parts(self, told: Told) -> Iterator[FlowPart]:
        start = self._file.read(_PROLOG)
        self._check_prolog(start)
        parser = self._xml.XMLPullParser(
            events=("end",), tag=("IdentificationFlux", "InfosFoyerRSA", "TransmissionFlux"), resolve_entities=False,
            no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        done, chunk = 0, start
        try:
            while chunk:
                done += len(chunk)
                yield from self._fed(parser, chunk)
                told(done, self._size)
                chunk = self._file.read(_CHUNK)
            yield from self._ended(parser)
        finally:
            # what the library remembers of its errors quotes values
            self._xml.clear_error_log()

    def _check_prolog(self, start: bytes) -> None:
        """What stands before the first element, looked at before any parser is: no DTD ever reaches one."""
        if not start.strip(b"\xef\xbb\xbf\x00 \t\r\n"):
            raise EmptyFlowError(file=self._name)
        if start[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in start[:64]:
            raise EncodingError(file=self._name)
        text = start.removeprefix(b"\xef\xbb\xbf")
        declared = re.match(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']", text)
        if declared and declared[1].decode().casefold() not in _ENCODINGS:
            raise EncodingError(file=self._name)
        found = re.match(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*+(<!DOCTYPE|<Racine[\s>/])?", text, re.DOTALL)
        if found is None or found[1] is None:
            raise NotFlowError(file=self._name)
        if found[1] == b"<!DOCTYPE":
            raise EntitiesError(file=self._name)

    def _fed(self, parser: Any, chunk: bytes) -> Iterator[FlowPart]:
        try:
            parser.feed(chunk)
            events = list(parser.read_events())
        except self._xml.XMLSyntaxError as error:
            raise self._refused(error) from None
        self._since += len(chunk)
        for _, element in events:
            self._line = element.sourceline or self._line
            yield from self._part(element)
            self._since = 0
        if self._since > MOST_HOUSEHOLD:
            raise BigHouseholdError(file=self._name, line=self._line)

    def _part(self, element: Any) -> Iterator[FlowPart]:
        root = element.getparent()
        if root is None or root.getparent() is not None or not self._in_its_place(element):
            raise OtherVersionError(file=self._name, line=element.sourceline, field=element.tag)
        if element.tag == "IdentificationFlux":
            yield self._as_head(element)
        elif element.tag == "InfosFoyerRSA":
            yield self._as_household(element)
        else:
            self._foot = True
            counted = (element.findtext("NBTOTDOSRSATRANSM") or "").strip()
            yield FlowFoot(int(counted) if counted.isdecimal() and len(counted) < 12 else None)
        element.clear()
        while (before := element.getprevious()) is not None:
            root.remove(before)

    def _in_its_place(self, element: Any) -> bool:
        """Head, households, foot, and nothing between."""
        before = element.getprevious()
        if element.tag == "IdentificationFlux":
            return before is None and self._head is None
        between = before is None or before.tag in {"IdentificationFlux", "InfosFoyerRSA"}
        return between and self._head is not None and not self._foot

    def _as_head(self, element: Any) -> FlowHead:
        if not self._schema.validate(element):
            wrong = why_refused(self._schema.error_log, element.sourceline)
            raise OtherVersionError(file=self._name, line=wrong.line, field=wrong.field)
        self._head = head_of(element)
        return self._head

    def _as_household(self, element: Any) -> FlowPart:
        if self._schema.validate(element):
            found = household_of(element)
        else:
            found = why_refused(self._schema.error_log, element.sourceline)
        if isinstance(found, BadHousehold):
            self._first_bad = self._first_bad or found
        else:
            self._good += 1
        return found

    def _ended(self, parser: Any) -> Iterator[FlowPart]:
        try:
            parser.close()
            events = list(parser.read_events())
        except self._xml.XMLSyntaxError as error:
            if undeclared := [one for one in error.error_log if one.type_name == "ERR_UNDECLARED_ENTITY"]:
                raise BrokenFlowError(file=self._name, line=undeclared[0].line) from None
            raise CutFlowError(file=self._name, line=_line_of(error, self._line)) from None
        for _, element in events:
            yield from self._part(element)
        if self._head is None:
            raise NotFlowError(file=self._name)
        if not self._foot:
            raise OtherVersionError(file=self._name, line=self._line, field="TransmissionFlux")
        if self._first_bad and not self._good:
            # not one household fits: the format differs, not the households
            raise OtherVersionError(file=self._name, line=self._first_bad.line, field=self._first_bad.field)

    def _refused(self, error: Any) -> FlowError:
        line, code = _line_of(error, self._line), error.code
        codes = self._xml.ErrorTypes
        if code in {codes.ERR_INVALID_CHAR, codes.ERR_INVALID_ENCODING, codes.ERR_UNKNOWN_ENCODING,
                    codes.ERR_UNSUPPORTED_ENCODING} or code in _NOT_LETTERS:  # fmt: skip
            return EncodingError(file=self._name)
        if code in _LIMITS:
            return DeepFlowError(file=self._name, line=line)
        return BrokenFlowError(file=self._name, line=line)


_NOT_LETTERS = frozenset({81, 6003})
"""libxml2's codes for bytes that are not of the declared encoding, as its versions number them."""
_LIMITS = frozenset({114, 116})
"""Its codes for too deep and for too large."""


def _line_of(error: Any, known: int) -> int:
    line = getattr(error, "lineno", None)
    return int(line) if line else known
