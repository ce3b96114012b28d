"""Words as people type them, made comparable: folded letters, words, French sounds of a name, digits of a phone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# NFKD opens accents and ligatures such as ﬁ; these letters have no decomposition, Unicode calls them whole.
_WHOLE = str.maketrans({
    "œ": "oe", "æ": "ae", "ß": "ss", "ł": "l", "đ": "d", "ø": "o", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŧ": "t",
    "'": " ", "’": " ", "‘": " ", "ʼ": " ", "ʹ": " ", "`": " ", "´": " ",
    "-": " ", "‐": " ", "‑": " ", "‒": " ", "–": " ", "—": " ", "−": " ", "_": " ",
})  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_NO_DIGIT = re.compile(r"\D")
_ASCII = re.compile(r"[a-z]+\Z")

_PARTICLES = frozenset((
    "abd", "abdel", "abdoul", "abdul", "abou", "ait", "al", "bel", "ben", "bin", "bou", "d", "da", "das", "de", "del",
    "della", "den", "der", "des", "di", "do", "dos", "du", "el", "l", "la", "las", "le", "les", "los", "mac", "mc",
    "o", "ou", "oul", "ould", "saint", "san", "st", "ter", "van", "ven", "von",
))  # fmt: skip
"""Words that people write apart or joined (Ben Ali, Benali): never a sound by themselves when a word follows."""

# Letters of a key: 1 2 3 the nasals an, in, on; C the ch of chat; Q the ou of loup; W the wa of roi; the rest as read.
# "_" stands for a mute final e while reading: it softens c and g and opens a nasal, then goes.
_OPEN = "(?![aeiouyYWQnm_])"
_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), by) for pattern, by in (
        (r"(?<!^)h(?=[rl])", ""), (r"sch|sh|ch", "C"), (r"ph", "f"), (r"th", "t"), (r"gh", "g"), (r"h", ""),
        (r"(.)\1+", r"\1"), (r"bv(?=r)", "v"), (r"ck|cq|qu|q", "k"), (r"sc(?=[eiy_])", "s"), (r"c(?=[eiy_])", "s"),
        (r"c", "k"), (r"gn", "n"), (r"g[e_](?=[aou])", "j"), (r"gu(?=[eiy_])", "g~"), (r"g(?=[eiy_])", "j"),
        (r"~", ""), (r"\Adj", "j"), (r"x", "ks"), (r"z", "s"), (r"w", "v"), (r"aul(?=[tdxsj]|\Z)", "o"),
        (r"eau|au", "o"), (r"mp(?=[tsn])", "m"), (r"m(?=[bpt])", "n"), (r"[ae][iy](?=[aeou])", "eY"),
        (r"o[iy](?![aeou])", "W"), (r"ou", "Q"), (r"(?<=[iy])e[nm]" + _OPEN, "2"),
        (r"(?:a[iy]|e[iy]|[iyu])[nm]" + _OPEN, "2"), (r"(?:e?a|e)[nm]" + _OPEN, "1"), (r"o[nm]" + _OPEN, "3"),
        (r"oeu|eu|oe|a[iy]|e[iy]|ae", "e"), (r"y", "i"), (r"_", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_MUTE_END = re.compile(r"(?:(?<=u)x|(?<=[aeo][iy])x|(?<=m)p|[tdsz])+\Z")
_MUTE_E = re.compile(r"(?<=[^aeo])e+s?\Z")


def fold(text: str) -> str:
    """The text as a search compares it: lower case, no accent, œ æ ß ł đ ø opened, apostrophe and hyphen as spaces."""
    # Names come again and again; a note does not, but its words do: they are kept one by one, out of their sentence.
    if len(text) <= _NAME_LENGTH:
        return _folded_before(text)
    return " ".join(folded for word in text.split() if (folded := _folded_before(word)))


def _folded(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().translate(_WHOLE).split())
    opened = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(_WHOLE))
    # Translated twice: an accented ø or æ shows its bare letter only once decomposed.
    plain = "".join(letter for letter in opened if not unicodedata.combining(letter)).translate(_WHOLE)
    return " ".join(plain.split())


_NAME_LENGTH = 48
_folded_before = lru_cache(maxsize=32768)(_folded)


def tokens(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order."""
    if len(text) <= _NAME_LENGTH:
        return tuple(_WORD.findall(_folded_before(text)))
    return tuple([token for word in text.split() for token in _tokens_before(word)])


@lru_cache(maxsize=32768)
def _tokens_before(word: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_folded(word)))


@lru_cache(maxsize=32768)
def sounds(name: str) -> frozenset[str]:
    """The French sounds of a name, one or two for each word: two spellings of a name share at least one.

    A particle counts with the word that follows: « Ben Ali » has the sounds of Ali and of Benali.
    """
    words = [word for word in re.split(r"[\s'’‘ʼ`´_\-‐‑‒–—.,;/()]+", name) if fold(word)]
    found: set[str] = set()
    joined = ""
    for place, word in enumerate(words):
        if joined:
            found |= _word_sounds(joined + word)
        is_particle = fold(word) in _PARTICLES and place + 1 < len(words)
        if is_particle:
            joined += word
        else:
            found |= _word_sounds(word)
            joined = ""
    return frozenset(found)


@lru_cache(maxsize=32768)
def sound(name: str) -> str:
    """The sound of a whole name in one string, every word in order, each by its first key."""
    return " ".join(min(_word_sounds(word)) for word in tokens(name))


def phone_digits(text: str) -> str:
    """The digits of a phone as one dials it from France: +33 and 0033 become 0, a foreign number keeps its country."""
    plain = text.replace(" ", "")
    if len(plain) == 10 and plain[0] == "0" != plain[1] and plain.isdecimal() and plain.isascii():
        return plain
    kept = text.replace("(0)", "")
    digits = _NO_DIGIT.sub("", kept)
    abroad = kept.strip().startswith("+") or digits.startswith("00")
    digits = digits.removeprefix("00")
    if digits.startswith("33") and (abroad or len(digits) == 11):
        return "0" + digits[2:].removeprefix("0")
    # Spreadsheets read 0639980001 as a number and lose the zero.
    return "0" + digits if not abroad and len(digits) == 9 and digits[0] != "0" else digits


@lru_cache(maxsize=65536)
def _word_sounds(word: str) -> frozenset[str]:
    letters = fold(word).replace(" ", "")
    if not _ASCII.match(letters):
        return frozenset({letters}) if letters else frozenset()
    spellings = [letters]
    if "w" in letters:
        # Wattara and Ouattara, Wagner and Vagner: the letter has two readings.
        spellings.append(letters.replace("w", "ou"))
    spoken_end = unicodedata.normalize("NFC", word).casefold().endswith(("é", "ée", "è"))
    return frozenset(key for spelling in spellings for key in _keys(spelling, spoken_end=spoken_end))


def _keys(letters: str, *, spoken_end: bool) -> set[str]:
    """The keys of one spelling: with its last e read, mute, or both where writing does not tell."""
    if len(letters) < 3:
        return {_read(letters) or letters}
    if re.search(r"[^aeo]e[rz]\Z", letters):
        return {_read(letters[:-1])}
    if _MUTE_E.search(letters):
        found = {_read(_MUTE_E.sub("_", letters))}
        return found | {_read(letters.removesuffix("s"))} if spoken_end or letters.endswith("s") else found
    return {_read(_MUTE_END.sub("", letters)) or letters}


def _read(letters: str) -> str:
    for pattern, by in _SPELLINGS:
        letters = pattern.sub(by, letters)
    return letters
