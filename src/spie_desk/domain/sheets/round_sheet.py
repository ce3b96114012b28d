"""The list of outreach rounds on paper: when, where, who was out, how many were met; nobody who was met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spie_desk.domain.errors import N_
from spie_desk.domain.records.outreach import Outreach
from spie_desk.domain.sheets.around import Setting, hour
from spie_desk.domain.sheets.blocks import Block, Item, Paragraph, Row, Sheet, Table, Text, say


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round and the names of its team."""

    record: Outreach
    team: tuple[str, ...]


def rounds_sheet(lines: Sequence[RoundLine], setting: Setting) -> Sheet:
    """A table and its total; the facts of each round are left out unless ticked."""
    head: tuple[Text, ...] = (say(N_("Date")), say(N_("Heures")), say(N_("Lieu")), say(N_("Équipe")),
                              say(N_("Rencontres")))  # fmt: skip
    rows: list[Row] = []
    for one in lines:
        rows.append(Row(_cells(one)))
        if one.record.text.strip():
            rows.append(Row(("", "", one.record.text.strip(), "", ""), item="facts"))
    met = sum(one.record.met or 0 for one in lines)
    total = say(N_("Maraudes\u00a0: {rounds}. Rencontres comptées\u00a0: {met}."), rounds=len(lines), met=met)
    blocks: tuple[Block, ...] = (Table(head, tuple(rows), (16, 16, 32, 22, 14)), Paragraph(total, "strong"))
    facts = Item("facts", say(N_("Les faits de chaque maraude")), ticked=False)
    return Sheet(name="maraudes", title=say(N_("Maraudes")), under="", header=setting.header, footer=setting.footer,
                 blocks=blocks, items=(facts,))  # fmt: skip


def _cells(one: RoundLine) -> tuple[Text, ...]:
    record = one.record
    hours = " – ".join(hour(at) for at in (record.starts_at, record.ends_at) if at)
    met = "" if record.met is None else str(record.met)
    return (record.on if record.on else "", hours, record.place, ", ".join(one.team), met)
