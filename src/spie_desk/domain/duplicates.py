"""Whether two identities may be one person: named reasons and a verdict; never a score, never a merge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler

from spie_desk.domain.errors import N_
from spie_desk.domain.words import fold, phone_digits, sound, sounds, tokens


class Verdict(StrEnum):
    SAME = "same"
    DOUBT = "doubt"
    DIFFERENT = "different"


SAME_NAME, SAME_SOUND = N_("même nom"), N_("nom qui se prononce pareil")
CLOSE_NAME, SWAPPED_NAMES = N_("nom très proche"), N_("nom et prénom inversés")
BIRTH_NAME, NICKNAME = N_("nom de naissance"), N_("surnom ou diminutif")
SAME_BIRTH, SWAPPED_BIRTH = N_("même date de naissance"), N_("jour et mois inversés")
ONE_DIGIT, SAME_YEAR = N_("date de naissance à un chiffre près"), N_("même année de naissance")
NO_BIRTH, SAME_PHONE = N_("date de naissance inconnue"), N_("même téléphone")
SAME_FIRST = N_("même prénom")

_DIMINUTIVES: tuple[frozenset[str], ...] = tuple(frozenset(names.split()) for names in (
    "alexandre alex sacha", "alexandra alex sandra", "abdelkader kader", "abdoulaye abdou", "antoine tony toni",
    "benjamin ben", "catherine cathy kathy", "charles charlie charlot", "charlotte charlie", "christophe chris",
    "christine chris kristine", "danielle dany", "daniel dany dani", "dominique dom", "elisabeth lisa babette betty",
    "emmanuel manu", "emmanuelle manu", "fatoumata fatou", "fatima fatma", "frederic fred", "frederique fred",
    "francois francis", "gabriel gaby", "gabrielle gaby", "gerard gege", "guillaume guigui will", "ibrahima ibrahim",
    "isabelle isa", "jacqueline jacky", "jacques jacky", "josephine jo josee", "laurent lolo",
    "madeleine mado", "mamadou amadou", "margaux margot", "marguerite margot", "marie-claude marieclaude",
    "mathieu mat math", "maxime max", "michel michou mick", "michael mickael mike mick", "mohamed mohammed momo med",
    "moustapha mous", "nicolas nico", "olivier olive", "oumar omar", "patricia pat patou", "patrick pat",
    "philippe phil", "raymond ray", "robert bob", "sebastien seb", "sophie so", "stephane steph", "stephanie steph",
    "suzanne suzy suzie", "theodore theo", "therese tess", "thierry titi", "thomas tom", "valerie val",
    "veronique vero", "vincent vince", "yacine yassine", "zinedine zizou",
))  # fmt: skip


_SHORT = {
    name: frozenset(other for names in _DIMINUTIVES if name in names for other in names)
    for name in frozenset().union(*_DIMINUTIVES)
}
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What of a person is compared. ``phones`` are dialled digits (``words.phone_digits``)."""

    last_name: str = ""
    first_name: str = ""
    birth_name: str = ""
    nickname: str = ""
    born_on: date | None = None
    birth_year: int | None = None
    phones: frozenset[str] = frozenset()

    @property
    def year(self) -> int | None:
        return self.born_on.year if self.born_on else self.birth_year

    @property
    def sounds(self) -> frozenset[str]:
        """The sounds by which it may be met: candidates of the duplicate check share one."""
        return sounds(f"{self.last_name} {self.first_name} {self.birth_name} {self.nickname}")


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two identities have in common, in words (msgids), and what it amounts to."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()


_DIFFERENT = Likeness(Verdict.DIFFERENT)


def phones_of(texts: Iterable[str]) -> frozenset[str]:
    """Phones as they are compared; short service numbers say nothing about anyone."""
    return frozenset(digits for digits in map(phone_digits, texts) if len(digits) >= 9)


def compare(one: Identity, other: Identity) -> Likeness:
    """The verdict and every reason, the strongest first."""
    birth, apart = _births(one, other)
    phone = bool(one.phones & other.phones)
    if apart and not phone:
        return _DIFFERENT
    name, first_only = _names(one, other)
    if not name and not phone:
        return _DIFFERENT
    reasons = [*name, *birth, *([SAME_PHONE] if phone else [])]
    if SAME_NAME in name and SAME_BIRTH in birth:
        return Likeness(Verdict.SAME, tuple(reasons))
    if not apart and (_whole(name) or (first_only and SAME_BIRTH in birth)):
        return Likeness(Verdict.DOUBT, tuple(reasons))
    # A couple shares a phone, twins share a birth date: two of the three are needed.
    if phone and (name or SAME_BIRTH in birth or first_only):
        return Likeness(Verdict.DOUBT, tuple(reasons or [SAME_PHONE]))
    return _DIFFERENT


def _whole(reasons: list[str]) -> bool:
    return any(reason in reasons for reason in
               (SAME_NAME, SAME_SOUND, CLOSE_NAME, SWAPPED_NAMES, BIRTH_NAME, NICKNAME))  # fmt: skip


def _names(one: Identity, other: Identity) -> tuple[list[str], bool]:
    """Why the names meet, and whether nothing but the first names does."""
    first, their_first = _read(one.first_name), _read(other.first_name)
    last, their_last = _read(one.last_name), _read(other.last_name)
    same_first = _meet(first, their_first)
    if same_first and _meet(last, their_last):
        exact = _same(one.first_name, other.first_name) and _same(one.last_name, other.last_name)
        return [SAME_NAME if exact else SAME_SOUND], False
    if _meet(last, their_first) and _meet(first, their_last):
        return [SWAPPED_NAMES], False
    if same_first and (one.birth_name or other.birth_name) and (
        _alike(one.birth_name, other.last_name) or _alike(one.last_name, other.birth_name)
        or _alike(one.birth_name, other.birth_name)
    ):  # fmt: skip
        return [BIRTH_NAME], False
    # Without a nickname only diminutives are left, which are so both ways.
    if _nicknamed(one, other) or ((one.nickname or other.nickname) and _nicknamed(other, one)):
        return [NICKNAME], False
    if _close(one, other):
        return [CLOSE_NAME], False
    return ([SAME_FIRST], True) if same_first else ([], False)


def diminutives_of(first_name: str) -> frozenset[str]:
    """What else a first name is called, folded: Fred for Frédéric, and back."""
    return _SHORT.get(_read(first_name).folded, _NONE)


def _same(one: str, other: str) -> bool:
    return tokens(one) == tokens(other)


class _Read(NamedTuple):
    """A name as it is compared with thousands of others, read once."""

    is_blank: bool
    folded: str
    sound: str
    sounds: frozenset[str]
    words: int


@lru_cache(maxsize=32768)
def _read(name: str) -> _Read:
    return _Read(not name.strip(), fold(name), sound(name), sounds(name), len(tokens(name)))


def _alike(one: str, other: str) -> bool:
    """Same letters, or every word with the same sound."""
    return bool(one and other) and _meet(_read(one), _read(other))


def _meet(ours: _Read, theirs: _Read) -> bool:
    if ours.is_blank or theirs.is_blank:
        return False
    if ours.folded == theirs.folded or ours.sound == theirs.sound:
        return True
    return ours.words + theirs.words <= 3 and not ours.sounds.isdisjoint(theirs.sounds)


def _nicknamed(one: Identity, other: Identity) -> bool:
    """One's nickname is what the other is called, or their first names are diminutives of each other."""
    if one.nickname and (_alike(one.nickname, other.nickname) or _alike(one.nickname, other.first_name)):
        return not (one.last_name and other.last_name) or _alike(one.last_name, other.last_name)
    shorts = diminutives_of(one.first_name)
    short = bool(shorts) and _read(other.first_name).folded in shorts
    return short and _alike(one.last_name, other.last_name)


def _close(one: Identity, other: Identity) -> bool:
    """One slip of the finger away: most letters in place, and the beginning."""
    if not (one.last_name and other.last_name and one.first_name and other.first_name):
        return False
    last = _nearness(one.last_name, other.last_name)
    if last < _CLOSE:
        return False
    first = _nearness(one.first_name, other.first_name)
    return first >= _CLOSE and max(first, last) >= _VERY_CLOSE


_CLOSE, _VERY_CLOSE = 0.85, 0.93


def _nearness(one: str, other: str) -> float:
    return JaroWinkler.similarity(_read(one).folded, _read(other).folded)


def _births(one: Identity, other: Identity) -> tuple[list[str], bool]:
    """Why the births meet, and whether they are plainly two."""
    if one.born_on and other.born_on:
        return _dates(one.born_on, other.born_on)
    if one.year and other.year:
        return ([SAME_YEAR], False) if one.year == other.year else ([], True)
    return [NO_BIRTH], False


def _dates(one: date, other: date) -> tuple[list[str], bool]:
    if one == other:
        return [SAME_BIRTH], False
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return [SWAPPED_BIRTH], False
    if (one.year == other.year) + (one.month == other.month) + (one.day == other.day) < 2:
        return [], True
    pairs = zip(one.isoformat(), other.isoformat(), strict=True)
    return ([ONE_DIGIT], False) if [a != b for a, b in pairs].count(True) == 1 else ([], True)
