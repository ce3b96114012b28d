"""Which pieces of a text are words to check, and when one is right: elided words, compounds, what is no word at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_PIECE = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NO_WORD = re.compile(r"\S*(?:@|://|www\.|\d)\S*")
_ELIDED = frozenset({"c", "d", "j", "l", "m", "n", "qu", "s", "t", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu",
                     "presqu", "entr"})  # fmt: skip
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a line and where it starts."""

    at: int
    word: str

    @property
    def end(self) -> int:
        return self.at + len(self.word)


def pieces(line: str) -> tuple[Piece, ...]:
    """The words of a line; addresses, numbers and what is glued to them are none."""
    left_out = [found.span() for found in _NO_WORD.finditer(line)]
    return tuple(
        Piece(found.start(), found.group())
        for found in _PIECE.finditer(line)
        if len(found.group()) > 1 and len(found.group()) <= LONGEST
        and not any(start <= found.start() < end for start, end in left_out)
    )  # fmt: skip


def right(word: str, knows: Callable[[str], bool]) -> bool:
    """A word the dictionary knows; or « l’ » and one; or a compound whose parts it knows."""
    plain = word.replace("’", "'")
    if knows(plain) or knows(word):
        return True
    head, apart, tail = plain.partition("'")
    if apart and head.casefold() in _ELIDED:
        return right(tail, knows)
    parts = [part for part in re.split(r"['-]", plain) if part]
    return len(parts) > 1 and all(part.casefold() in _ELIDED or knows(part) for part in parts)


def core(word: str) -> str:
    """What is added to a dictionary: « PPAE » of « l’PPAE »."""
    head, apart, tail = word.replace("’", "'").partition("'")
    return tail if apart and head.casefold() in _ELIDED else word
