"""The texts of a sheet in the language spoken: msgids translated, dates written in full."""

from __future__ import annotations

from datetime import date
from typing import Any

from spie_desk.domain.errors import N_
from spie_desk.domain.sheets.blocks import Said, Text
from spie_desk.texts import _

_DAYS = (N_("lundi"), N_("mardi"), N_("mercredi"), N_("jeudi"), N_("vendredi"), N_("samedi"), N_("dimanche"))
_MONTHS = (N_("janvier"), N_("février"), N_("mars"), N_("avril"), N_("mai"), N_("juin"), N_("juillet"), N_("août"),
           N_("septembre"), N_("octobre"), N_("novembre"), N_("décembre"))  # fmt: skip


def said(text: Text) -> str:
    """The words to print: the user's own as they are, ours translated and filled in."""
    if isinstance(text, Said):
        words = {name: _in_words(value) for name, value in text.parameters.items()}
        return _(text.msgid).format_map(words)
    return in_full(text) if isinstance(text, date) else text


def in_full(day: date) -> str:
    """« mardi 1er décembre 2026 », kept together where a line would split the day from its month."""
    number = _("1er") if day.day == 1 else str(day.day)
    words = _("{weekday} {day}\u00a0{month} {year}")
    return words.format(weekday=_(_DAYS[day.weekday()]), day=number, month=_(_MONTHS[day.month - 1]), year=day.year)


def _in_words(value: Any) -> str:
    return said(value) if isinstance(value, str | Said | date) else str(value)
