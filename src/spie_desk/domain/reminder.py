"""The reminder of an appointment, as a text to send: when, where, whom to call; never why, nor what could say why."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from spie_desk.domain.errors import N_
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.person import Person
from spie_desk.domain.sheets.around import Setting, phone, when
from spie_desk.domain.sheets.blocks import Text, say


@dataclass(frozen=True, slots=True)
class Reminder:
    """``lines`` make the text; ``left_out`` says what was kept out of it; ``rule`` is her wish about messages;
    ``to_bring`` names the papers she still has to bring: in the text only by choice, for they say something of her."""

    lines: tuple[Text, ...]
    left_out: Text = ""
    rule: Text = ""
    to_bring: tuple[str, ...] = ()


def reminder(appointment: Appointment, person: Person, setting: Setting, to_bring: Sequence[str] = ()) -> Reminder:
    """Her name is not in it either: a message is read on a locked screen, by whoever holds the telephone."""
    mine = not setting.structure.sensitive
    hidden = _names_something(appointment.place, setting)
    lines: list[Text] = [say(N_("Bonjour, je vous rappelle votre rendez-vous\u00a0: {when}."),
                             when=when(appointment.on, appointment.at))]  # fmt: skip
    if appointment.place and not hidden:
        lines.append(say(N_("Lieu\u00a0: {place}."), place=appointment.place.strip().rstrip(".")))
    if number := setting.me.phone or setting.structure.phone:
        lines.append(say(N_("En cas d’empêchement\u00a0: {phone}."), phone=phone(number)))
    if mine and not setting.is_sensitive(appointment.with_):
        lines.append(setting.structure.name)
    return Reminder(tuple(lines), _left_out(hidden=hidden, mine=mine), _rule(person), tuple(to_bring))


def bring_line(to_bring: Sequence[str]) -> Text:
    return say(N_("Pensez à apporter\u00a0: {names}."), names=", ".join(to_bring))


def _left_out(*, hidden: bool, mine: bool) -> Text:
    if hidden:
        return say(N_("Le lieu nomme une structure sensible\u00a0: il n’est pas dans le texte."))
    return "" if mine else say(N_("Votre structure est sensible\u00a0: son nom n’est pas dans le texte."))


def _rule(person: Person) -> Text:
    """A text is a message left."""
    return say(N_("Consigne de contact\u00a0: ne pas laisser de message.")) if person.no_message else ""


def _names_something(place: str, setting: Setting) -> bool:
    """The place repeats the name of a sensitive structure, or stands at its address."""
    here = _plain(place)
    if not here:
        return False
    sensitive = [one for one in (setting.structure, *setting.structures.values()) if one.sensitive]
    told = [text for one in sensitive for text in (_plain(one.name), _plain(one.street)) if text]
    return any(text in here or here in text for text in told)


def _plain(text: str) -> str:
    """Without accents, case, nor punctuation: how a place is typed must not decide."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        "".join(sign if sign.isalnum() else " " for sign in apart if not unicodedata.combining(sign)).split()
    )
