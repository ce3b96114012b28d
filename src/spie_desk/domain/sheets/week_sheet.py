"""A week of appointments on paper: day by day, with names only if one ticks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spie_desk.domain.errors import N_
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.sheets.around import Setting, hour
from spie_desk.domain.sheets.blocks import Block, Item, Line, Lines, Paragraph, Section, Sheet, Text, say

_OFF = frozenset({"cancelled", "postponed"})
DAYS = 5
WHY_OFF = N_("Une feuille qui traîne dit qui vient.")


@dataclass(frozen=True, slots=True)
class Met:
    """One appointment and the name of whom one meets."""

    appointment: Appointment
    name: str


def week_sheet(monday: date, met: Sequence[Met], setting: Setting) -> Sheet:
    """Initials at first: a week left on a desk must not say who comes. Cancelled and postponed ones are left out."""
    items = (
        Item("initials", say(N_("Les initiales"))),
        Item("names", say(N_("Les noms entiers")), ticked=False, why_off=say(WHY_OFF)),
    )
    held = [one for one in met if one.appointment.status not in _OFF]
    last = max((one.appointment.on for one in held if one.appointment.on), default=monday)
    days = max(DAYS, (last - monday).days + 1)
    blocks = tuple(_day(monday + timedelta(days=n), held) for n in range(days))
    return Sheet(
        name="semaine", title=say(N_("Rendez-vous de la semaine")),
        under=say(N_("Du {first} au {last}"), first=monday, last=monday + timedelta(days=days - 1)),
        header=setting.header, footer=setting.footer, blocks=blocks, items=items,
    )  # fmt: skip


def _day(day: date, met: Sequence[Met]) -> Block:
    lines: list[Line] = []
    for one in sorted((one for one in met if one.appointment.on == day), key=lambda one: one.appointment.at):
        lines += _lines(one)
    inner: tuple[Block, ...] = (Lines(tuple(lines)),) if lines else (Paragraph(say(N_("Rien de prévu")), "small"),)
    return Section(day, inner)


def _lines(one: Met) -> tuple[Line, Line]:
    """The same line in both ways of naming; the tick-list keeps one of them."""
    record = one.appointment
    at = f"{hour(record.at)}\u2002" if record.at else ""
    more = _more(record)
    return Line(f"{at}{initials(one.name)}", more, item="initials"), Line(f"{at}{one.name}", more, item="names")


def _more(record: Appointment) -> Text:
    if record.minutes and record.place:
        return say(N_("{n} min, {place}"), n=record.minutes, place=record.place)
    return say(N_("{n} min"), n=record.minutes) if record.minutes else record.place


def initials(name: str) -> str:
    """« Jean-Marc Lefèvre » → « J. L. »; a nickname gives its first letter."""
    words = [word for word in name.replace("«", " ").replace("»", " ").split() if word[0].isalpha()]
    kept = [words[0], words[-1]] if len(words) > 1 else words
    return "\u00a0".join(f"{word[0].upper()}." for word in kept) or "?"
