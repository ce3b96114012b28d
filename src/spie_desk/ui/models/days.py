"""Dates and hours as people type them, and as the screens say them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from spie_desk.domain.errors import DeskError, N_

DAYS = (N_("lundi"), N_("mardi"), N_("mercredi"), N_("jeudi"), N_("vendredi"), N_("samedi"), N_("dimanche"))
MONTHS = (N_("janvier"), N_("février"), N_("mars"), N_("avril"), N_("mai"), N_("juin"), N_("juillet"), N_("août"),
          N_("septembre"), N_("octobre"), N_("novembre"), N_("décembre"))  # fmt: skip
SHORT_DAYS = (N_("lun."), N_("mar."), N_("mer."), N_("jeu."), N_("ven."), N_("sam."), N_("dim."))
SHORT_MONTHS = (N_("janv."), N_("févr."), N_("mars"), N_("avr."), N_("mai"), N_("juin"), N_("juil."), N_("août"),
                N_("sept."), N_("oct."), N_("nov."), N_("déc."))  # fmt: skip
SPAN = N_("Du {first} au {last}")
_NEAR = {"avant-hier": -2, "hier": -1, "aujourd'hui": 0, "auj": 0, "demain": 1, "apres-demain": 2}
_BY_MONTH = {**{str(n): n for n in range(1, 13)}, **{f"{n:02d}": n for n in range(1, 13)}}


class UnreadableDayError(DeskError):
    says = N_("« {text} » n’est pas une date.")
    next_step = N_("Écrivez par exemple 24/11/2026, 24.11, demain ou lundi.")


class NoSuchDayError(DeskError):
    says = N_("Le {text} n’existe pas au calendrier.")
    next_step = N_("Vérifiez le jour et le mois.")


class UnreadableHourError(DeskError):
    says = N_("« {text} » n’est pas une heure.")
    next_step = N_("Écrivez par exemple 14:30, 14h30 ou 9h.")


def read_day(text: str, today: date) -> date | None:
    """The date that was typed, None for nothing; a weekday is the next one, a missing year the nearest such date."""
    plain = _plain(text)
    if not plain:
        return None
    if plain in _NEAR:
        return today + timedelta(days=_NEAR[plain])
    weekdays = [_plain(day) for day in DAYS]
    if plain.removesuffix(" prochain") in weekdays:
        ahead = (weekdays.index(plain.removesuffix(" prochain")) - today.weekday()) % 7
        return today + timedelta(days=ahead or 7)
    return _read_figures(text.strip(), plain, today)


def _read_figures(text: str, plain: str, today: date) -> date:
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{2})(\d{2})(\d{4})", plain):
        return _day(text, int(found[3]), int(found[2]), int(found[1]))
    weekday = "|".join(re.escape(_plain(day).rstrip(".")) for day in (*DAYS, *SHORT_DAYS))
    plain = re.sub(rf"^(?:{weekday})\.?\s+", "", plain)
    found = re.fullmatch(r"(\d{1,2})(?:er)?[\s/.\-]+([a-z]+\.?|\d{1,2})(?:[\s/.\-]+(\d{4}|\d{2}))?\.?", plain)
    month = _month(found[2]) if found else None
    if found is None or month is None:
        raise UnreadableDayError(text=text)
    if found[3] is None:
        return _nearest(text, month, int(found[1]), today)
    year = int(found[3])
    if year < 100:
        year += 2000 if year <= today.year % 100 + 20 else 1900
    return _day(text, year, month, int(found[1]))


def _nearest(text: str, month: int, day: int, today: date) -> date:
    years = [year for year in (today.year, today.year + 1, today.year - 1) if _exists(year, month, day)]
    if not years:
        raise NoSuchDayError(text=text)
    return min((date(year, month, day) for year in years), key=lambda found: abs(found - today))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _day(text: str, year: int, month: int, day: int) -> date:
    if not _exists(year, month, day):
        raise NoSuchDayError(text=text)
    return date(year, month, day)


def _month(word: str) -> int | None:
    if word in _BY_MONTH:
        return _BY_MONTH[word]
    stem = word.rstrip(".")
    # three letters at least: « jui » would be June or July, hence four for those two
    fits = [n for n, month in enumerate(MONTHS, 1) if len(stem) >= 3 and _plain(month).startswith(stem)]
    return fits[0] if len(fits) == 1 else None


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return " ".join("".join(sign for sign in bare if not unicodedata.combining(sign)).split())


def read_hour(text: str) -> str:
    """The hour that was typed as HH:MM, empty for nothing: 14:30, 14h30, 14 h 30, 9h, 930."""
    plain = _plain(text).replace(" ", "")
    if not plain:
        return ""
    found = re.fullmatch(r"(\d{1,2})(?:[:h.](\d{2})?)?", plain) or re.fullmatch(r"(\d{1,2})(\d{2})", plain)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise UnreadableHourError(text=text.strip())
    return f"{hour:02d}:{minute:02d}"


def short_day(day: date, translate: object = None) -> str:
    """« mar. 24 nov. », msgids joined by the caller's gettext."""
    say = translate if callable(translate) else str
    number = say("1er") if day.day == 1 else str(day.day)
    return f"{say(SHORT_DAYS[day.weekday()])} {number} {say(SHORT_MONTHS[day.month - 1])}"


def long_day(day: date, translate: object = None) -> str:
    """« mardi 24 novembre 2026 »."""
    say = translate if callable(translate) else str
    number = say("1er") if day.day == 1 else str(day.day)
    return f"{say(DAYS[day.weekday()])} {number} {say(MONTHS[day.month - 1])} {day.year}"


def full_span(first: date, last: date, translate: object = None) -> str:
    """« Du lundi 7 au vendredi 11 décembre 2026 », each month and year said once."""
    say = translate if callable(translate) else str
    start = long_day(first, say).split(" ")
    kept = start[:2] if first.month == last.month else start[:3] if first.year == last.year else start
    return str(say(SPAN)).format(first=" ".join(kept), last=long_day(last, say))
