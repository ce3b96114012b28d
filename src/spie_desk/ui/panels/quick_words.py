"""How a quick note is said: its kind, when, where, with whom, and for how long it has waited."""

from __future__ import annotations

from spie_desk.services.unattached import Waiting
from spie_desk.texts import _, n_
from spie_desk.ui.models.days import short_day


def told(waiting: Waiting) -> str:
    """« Maraude · mar. 8 déc. à 21:40 · Gare · Claire Dubois, Karim Benali »."""
    note = waiting.note
    when = short_day(note.on, _) if note.on else ""
    if note.at:
        when = _("{day} à {hour}").format(day=when, hour=note.at)
    team = ", ".join(name for name in waiting.team if name)
    return " · ".join(part for part in (_(waiting.sort), when, note.place, team) if part)


def waited(waiting: Waiting) -> str:
    """« depuis 32 jours », « aujourd’hui »."""
    return n_("depuis {n} jour", "depuis {n} jours", waiting.days) if waiting.days else _("aujourd’hui")
