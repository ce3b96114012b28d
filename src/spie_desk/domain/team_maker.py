"""What a fictitious team shares: notes of nobody yet, outreach rounds, a relay that is over, a follow-up on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from spie_desk.domain.life_maker import Around, workday
from spie_desk.domain.records.note import OWN, Note, digest_of
from spie_desk.domain.records.outreach import Outreach
from spie_desk.domain.records.paper import PaperFollowUp
from spie_desk.domain.records.relay import Relay

Made = tuple[str, Any]


def shared(material: Mapping[str, Any], chance: Random, today: date, team: Around) -> Iterator[Made]:
    """Notes first; the rest is drawn apart, so that the people who follow stay the same without it."""
    yield from _stray(material, chance, today, team)
    apart = Random(team.colleagues[0].id)
    out = (team.me.id, team.colleagues[-1].id)
    for one in material["rounds"]:
        yield "round", Outreach(
            id=apart.randbytes(16), on=today - timedelta(days=one["ago"]), starts_at=one["starts_at"], team=out,
            ends_at=one["ends_at"], place=one["place"], met=one["met"], text=one["text"],
        )  # fmt: skip
    relay, paper = material["relay"], material["paper"]
    starts = workday(today - timedelta(days=relay["ago"]))
    yield "relay", Relay(id=apart.randbytes(16), absent=team.me.id, cover=team.colleagues[0].id, starts_on=starts,
                         ends_on=starts + timedelta(days=relay["days"]))  # fmt: skip
    yield "paper", PaperFollowUp(id=apart.randbytes(16), number=paper["number"],
                                 since=workday(today - timedelta(days=paper["ago"]), -1))  # fmt: skip


def _stray(material: Mapping[str, Any], chance: Random, today: date, team: Around) -> Iterator[Made]:
    """Outreach notes that belong to nobody yet: « À rattacher »."""
    for one in material["stray_notes"]:
        note = Note(
            id=chance.randbytes(16), sort="maraude", on=today - timedelta(days=one["ago"]), at=one["at"],
            place=one["place"], authors=(team.me.id, team.colleagues[-1].id), compartment=OWN, text=one["text"],
        )  # fmt: skip
        yield "note", replace(note, digest=digest_of(note))
