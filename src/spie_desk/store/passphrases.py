"""What makes a passphrase good enough (the CNIL's 80 bits), and one proposed by drawing words."""

from __future__ import annotations

import itertools
import math
import re
import secrets
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

_BITS = 80
_WORDS = 7
_BITS_PER_WORD = math.log2(7776)
_CLASS_SIZES = {"lower": 26, "upper": 26, "digit": 10, "sign": 37}


@dataclass(frozen=True, slots=True)
class Strength:
    """``enough`` is the rule; ``bits`` an estimate to draw a gauge with."""

    bits: float
    enough: bool
    words: int
    length: int
    classes: int


def strength(passphrase: str, known: Collection[str] = ()) -> Strength:
    """Seven different words, or 12 characters of the four classes, or 14 of three; nothing that ``known`` lists.

    Repeated and consecutive characters (aaaa, 1234) count once: they are guessed first.
    """
    text = normal(passphrase)
    words = len({word for word in re.split(r"[\W_\d]+", text.casefold()) if len(word) > 1})
    counted = _counted(text)
    classes = {_class_of(character) for character in counted}
    length = len(counted)
    bits = max(words * _BITS_PER_WORD, length * math.log2(sum(_CLASS_SIZES[name] for name in classes) or 1))
    enough = words >= _WORDS or (length >= 12 and len(classes) == 4) or (length >= 14 and len(classes) == 3)
    if text.casefold() in known:
        bits, enough = 0.0, False
    return Strength(bits if enough else min(bits, _BITS - 1.0), enough, words, length, len(classes))


def propose(words: Sequence[str], below: Callable[[int], int] = secrets.randbelow) -> str:
    """Seven words drawn from the list, or as many as 80 bits ask of a shorter one; ``below(n)`` draws 0…n-1."""
    count = max(_WORDS, math.ceil(_BITS / math.log2(len(words))))
    return " ".join(words[below(len(words))] for _ in range(count))


def normal(passphrase: str) -> str:
    """One spelling whatever the keyboard: é typed as one character or as two opens the same vault."""
    return unicodedata.normalize("NFKC", passphrase)


def _class_of(character: str) -> str:
    if character.isdigit():
        return "digit"
    if character.isalpha():
        return "upper" if character.isupper() else "lower"
    return "sign"


def _counted(text: str) -> str:
    text = "".join(text.split())  # a space costs a guesser nothing and is no class of its own
    period = (text + text).find(text, 1)
    text = text[:period] if 0 < period < len(text) else text
    kept = text[:1]
    for previous, character in itertools.pairwise(text):
        if abs(ord(character) - ord(previous)) > 1:
            kept += character
    return kept
