"""How a file is said: names, days, who reads, where it has arrived; words only, no widget."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from spie_desk.domain.circles import Sort
from spie_desk.domain.drafts import Draft
from spie_desk.domain.lists import Lists
from spie_desk.domain.records import note as notes
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Shown, Stamp
from spie_desk.services.casefile import CaseFile
from spie_desk.services.readers import Readers
from spie_desk.texts import _
from spie_desk.ui.models.days import short_day

# The titles that name a référent, as people begin them; compared, never shown.
_OWN_WORDS = ("référent", "coordina")  # not words
ICON_OF_READERS = {
    notes.ME: "user-round", notes.OWN: "building-2", notes.CIRCLE: "users-round", notes.RESERVED: "lock",
    str(Sort.SOCLE): "users", str(Sort.RIGHTS): "users",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileShown:
    """What the page was answered: the file, what is being typed about it, and what it takes to say it."""

    file: CaseFile
    drafts: Sequence[Draft]
    lists: Lists
    me: bytes
    zone: tzinfo | None

    @property
    def person(self) -> Person:
        return self.file.face

    def label(self, name: str, code: str) -> str:
        """The words of a value list for a code."""
        return _(self.lists.label(name, code))

    def who(self, professional: bytes) -> str:
        """« vous », or the name; someone unknown here is said so."""
        if professional == self.me:
            return _("vous")
        return self.file.known.name(professional) or _("quelqu’un d’un autre poste")

    def readers(self, compartment: str) -> Readers | None:
        """Who reads that volet of this file today."""
        return next((one for one in self.file.volets if one.compartment == compartment), None)

    def moment(self, ms: int) -> str:
        """« le 9 déc. 2026 à 14 h 32 », in the desk's own time."""
        then = datetime.fromtimestamp(ms / 1000, tz=self.zone)
        return _("le {day} à {hour}").format(day=full_day(then.date()), hour=said_hour(then))

    def by(self, stamp: Stamp) -> str:
        return _("par {who}, {when}").format(who=self.who(stamp.person), when=self.moment(stamp.ms))


def said_hour(then: datetime) -> str:
    """« 14 h 32 », kept on one line."""
    return f"{then.hour}\u00a0h\u00a0{then.minute:02d}"


def full_day(day: date) -> str:
    """« 24 nov. 2026 »."""
    return f"{short_day(day, _).split(' ', 1)[1]} {day.year}"


def near_day(day: date, today: date) -> str:
    """« mar. 24 nov. », with the year when it is another one."""
    return short_day(day, _) if day.year == today.year else f"{short_day(day, _)} {day.year}"


def ends_said(ends: date, today: date) -> str:
    """« se termine dans 12 j »."""
    left = (ends - today).days
    if left < 0:
        return _("terminé le {day}").format(day=full_day(ends))
    return _("se termine aujourd’hui") if left == 0 else _("se termine demain") if left == 1 else \
        _("se termine dans {n} j").format(n=left)  # fmt: skip


def age_or_year(person: Person, today: date) -> str:
    """« 38 ans », or the year of birth when that is all one knows."""
    if person.born_on is not None:
        born = person.born_on
        years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        return _("{n} ans").format(n=years)
    return _("naissance en {year}").format(year=person.birth_year) if person.birth_year else ""


def who_reads(shown: FileShown, compartment: str, chosen: Sequence[bytes] = ()) -> str:
    """The chip of a card: a word and a number, « Ma structure · 4 »."""
    words = {
        notes.ME: _("Moi"), notes.OWN: _("Ma structure"), notes.CIRCLE: _("Équipe"), notes.RESERVED: _("Réservé"),
        str(Sort.SOCLE): _("Toute l’équipe"),
        str(Sort.RIGHTS): _("Toute l’équipe"),
    }.get(compartment, compartment)  # fmt: skip
    if compartment == notes.ME:
        return words
    found = shown.readers(compartment)
    count = len(set(chosen)) if chosen else len(found.people) if found is not None else 0
    return f"{words} · {count}" if count else words


def plain_text(markdown: str, limit: int = 260) -> str:
    """A note's beginning without its Markdown signs, cut at a word."""
    flat = re.sub(r"(\*\*|__|`|^#+\s|^>\s?|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w))", "", markdown, flags=re.M)
    flat = re.sub(r"^\s*[-*+]\s+", "– ", flat, flags=re.M)
    flat = "\n".join(line.strip() for line in flat.splitlines() if line.strip())
    if len(flat) <= limit:
        return flat
    return flat[:limit].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def excerpt(markdown: str, limit: int = 260) -> str:
    """The same beginning as one run of prose: an end of line in the text says nothing in a few lines of a card."""
    return plain_text(" ".join(re.sub(r"^\s*(#+|>|[-*+])\s+", "", markdown, flags=re.M).split()), limit)


def of_note(shown: FileShown, one: Shown[Any]) -> str:
    """A note's title: its sort and theme, or what it rectifies."""
    record = one.record
    sort = shown.label("note_sort", record.sort)
    if record.corrects:
        return _("Rectificatif · {sort}").format(sort=sort)
    theme = shown.label("note_theme", record.theme) if record.theme else ""
    return " · ".join(part for part in (sort, theme) if part)


def referent_word(shown: FileShown) -> str:
    """The word that the référent chose for that function, « Référente de parcours », or the plain one."""
    found = shown.file.known.professionals.get(shown.person.referent)
    chosen = found.function if found is not None else ""
    return chosen if chosen.casefold().startswith(_OWN_WORDS) else _("Référent de parcours")


def address_of(person: Person) -> str:
    """The address on one line; whoever calls this has asked whether it may be shown."""
    town = f"{person.postcode} {person.town}".strip()
    return ", ".join(part for part in (person.street, person.street_more, town) if part)


def phone_said(number: str) -> str:
    """A number kept on one line."""
    return number.replace(" ", "\u00a0")
