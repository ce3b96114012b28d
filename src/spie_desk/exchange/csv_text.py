"""Text tables: which encoding, which delimiter, which line each record begins at."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

DELIMITERS = (";", ",", "\t", "|")


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the encoding it was written in: a mark first, then UTF-8, then what French Windows writes."""
    marks = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
    for mark, name in marks:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), name
    # UTF-16 without its mark: every other byte of Latin text is zero.
    head = data[:2000]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(head) >= 8 and zeros.count(0) > 0.7 * len(zeros):
            return data.decode(name, errors="replace"), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # Five bytes of cp1252 stand for nothing: replaced, never refused.
        return data.decode("cp1252", errors="replace"), "cp1252"


def delimiter_of(text: str) -> str:
    """The sign that cuts most lines into the same number of cells; quoted ones do not count."""
    sample = text[:200_000]
    if sample[:4].casefold() == "sep=" and len(sample) > 4:
        return sample[4]
    return max(DELIMITERS, key=lambda sign: _agreement(sample, sign))


def _agreement(sample: str, sign: str) -> tuple[float, int]:
    widths = [len(cells) for _, cells in zip(range(60), _parsed(sample, sign), strict=False) if cells]
    many = [width for width in widths if width > 1]
    if not many:
        return 0.0, 0
    usual = max(set(many), key=many.count)
    return many.count(usual) / len(widths), usual


def records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(line where the record begins, its cells); empty lines are left out, quoted line ends are kept."""
    offset = 1
    if text[:4].casefold() == "sep=":
        first, _, text = text.partition("\n")
        offset = 2 if first else 1
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        begins = reader.line_num + offset
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # Longer than the csv module's own limit: handed over as one long cell, refused with its line.
            yield begins, [" " * (csv.field_size_limit() + 1)]
            return
        if any(cell.strip() for cell in cells):
            yield begins, [cell.replace("\ufeff", "") for cell in cells]


def _parsed(sample: str, sign: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(sample.replace("\r\n", "\n").replace("\r", "\n")), delimiter=sign)
    try:
        yield from reader
    except csv.Error:
        return
