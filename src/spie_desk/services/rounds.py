"""Outreach rounds: started, ended, and the one that is under way, whose place and team quick notes take."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.records.outreach import Outreach
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import records
from spie_desk.services.desk import Desk


class AlreadyOutError(DeskError):
    says = N_("Une maraude est déjà en cours, depuis {since}.")
    next_step = N_("Terminez-la d’abord\u00a0: Ctrl Entrée.")


def open_round(desk: Desk) -> Shown[Outreach] | None:
    """The round under way that I am out with: begun since yesterday, not ended."""
    since = desk.clock.now().date() - timedelta(days=1)
    found = desk.store.records.find("round", {"on": (">=", since)}, order=("-on",), limit=50)
    mine = [one for one in found if not one.record.ends_at and desk.me.id in one.record.team]
    return max(mine, key=lambda one: (one.record.on, one.record.starts_at), default=None)


def blank(desk: Desk, place: str = "", team: tuple[bytes, ...] = ()) -> Outreach:
    """A round that begins now, with me and those who were out last time."""
    now = desk.clock.now()
    out = tuple(dict.fromkeys((desk.me.id, *team)))
    return Outreach(id=desk.chance.id(), on=now.date(), starts_at=now.strftime("%H:%M"), place=place, team=out)


def start(desk: Desk, begun: Outreach, draft: bytes | None = None) -> Touched:
    """Begin: one at a time, so that a note knows which one it belongs to. One written afterwards has its end."""
    under_way = open_round(desk)
    if under_way is not None and not begun.ends_at and under_way.record.id != begun.id:
        raise AlreadyOutError(since=under_way.record.starts_at)
    return records.save(desk, "round", begun, draft=draft, label=begun.place)


def ended_now(desk: Desk, shown: Shown[Outreach], met: int | None) -> Outreach:
    """The round as its end is proposed: now, with that number met; to be read again, then saved."""
    now: datetime = desk.clock.now()
    at = shown.record.ends_at or now.strftime("%H:%M")
    return replace(shown.record, ends_at=at, met=met if shown.record.met is None else shown.record.met)
