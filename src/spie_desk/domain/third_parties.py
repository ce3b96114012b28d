"""Names of other people in what was written about someone: found so that a person decides, masked when told to."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from spie_desk.domain.words import fold

MASK = "[autre personne]"
"""What stands where another person's name stood."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TITLES = frozenset({"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "dr", "docteur", "maitre", "me"})
_ENDS = ".!?…:\n•"
_LEAST, _ACRONYM = 2, 6


def names_in(
    text: str, known: Collection[str], spared: Collection[str], is_place: Callable[[str], bool] = lambda word: False
) -> list[str]:
    """The words of the text that may name someone else, as they are written, in order, each once.

    ``known`` are folded words that name her relatives or other people followed: flagged wherever they stand, small
    letters too. ``spared`` are folded words that do not: her own names, her towns, those who accompany her.
    Otherwise a capital inside a sentence or after « Mme » tells, unless one goes « à » a place of that name; better
    one word too many, since a person decides.
    """
    found: dict[str, None] = {}
    titled = False
    for match in _WORD.finditer(text):
        word = match[0]
        folded = fold(word)
        parts = set(folded.split())
        after_title, titled = titled, folded in _TITLES
        if parts & set(known):
            found[word] = None
        elif titled or not word[0].isupper() or parts <= set(spared) or len(word) < _LEAST:
            continue
        elif after_title or (_inside(text, match.start()) and not _acronym(word)
                              and not (_towards(text, match.start()) and is_place(word))):
            found[word] = None
    return list(found)


def masked(text: str, names: Iterable[str]) -> str:
    """The text with these words hidden; neighbours hidden together make one mask."""
    wanted = {fold(name) for name in names}
    if not wanted:
        return text
    hidden = _WORD.sub(lambda match: MASK if fold(match[0]) in wanted else match[0], text)
    again = re.escape(MASK)
    return re.sub(rf"{again}(?:[ \u00a0]+{again})+", MASK, hidden)


def _inside(text: str, at: int) -> bool:
    """Not the first word of a sentence, of a line, of a quotation."""
    before = text[:at].rstrip(" \u00a0\t*_#>\"'(-–—")
    return bool(before) and before[-1] not in _ENDS + "«" and "\n" not in text[len(before) : at]


def _towards(text: str, at: int) -> bool:
    """« à Elbeuf » is a place; « chez Elbeuf » may be someone."""
    before = text[:at].split()
    return bool(before) and before[-1] in {"à", "vers"}


def _acronym(word: str) -> bool:
    return word.isupper() and len(word) <= _ACRONYM
