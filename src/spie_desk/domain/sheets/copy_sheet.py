"""The copy of her data on paper: every line by volet, what is kept back by number and reason, who else must answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spie_desk.domain.errors import N_
from spie_desk.domain.sheets.around import Setting
from spie_desk.domain.sheets.blocks import (
    Block,
    Fact,
    Facts,
    Line,
    Lines,
    Paragraph,
    Section,
    Sheet,
    Text,
    say,
    section,
)


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One line as it is printed; ``volet`` and ``label`` are msgids, ``parts`` (msgid, value)."""

    volet: str
    label: str
    on: date | None
    author: str
    former: bool
    parts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """``withheld`` are reasons, one a line kept back; ``others`` the structures that must answer for themselves."""

    person: bytes
    name: str
    number: str
    received_on: date | None
    lines: Sequence[CopyLine]
    withheld: Sequence[str]
    others: Sequence[str]


def copy_sheet(facts: CopyFacts, setting: Setting) -> Sheet:
    """In the order of the volets; the history after what stands."""
    blocks: list[Block] = [Facts(tuple(_head(facts)))]
    for volet in dict.fromkeys(line.volet for line in facts.lines):
        blocks += _volet(volet, [line for line in facts.lines if line.volet == volet])
    blocks += section(say(N_("Ce qui n’est pas remis")), [
        Lines(tuple(Line(say(N_("n°\u00a0{n}\u00a0: {why}"), n=str(n), why=why))
                    for n, why in enumerate(facts.withheld, 1))),
    ])  # fmt: skip
    blocks += section(say(N_("Qui d’autre doit vous répondre")), [Lines(tuple(Line(one) for one in facts.others))])
    blocks.append(Paragraph(say(N_("Vous pouvez demander de corriger ou d’effacer ce qui est faux, et saisir la CNIL "
                                   "si la réponse ne vous convient pas.")), "small"))  # fmt: skip
    return Sheet(
        name="copie", title=say(N_("Copie de mes données")), under=facts.name, header=setting.header,
        footer=setting.footer, blocks=tuple(blocks), about=(facts.person,),
    )  # fmt: skip


def _head(facts: CopyFacts) -> list[Fact]:
    rows: list[tuple[str, Text]] = [
        (N_("Dossier"), facts.number), (N_("Demande reçue le"), facts.received_on or ""),
        (N_("Lignes remises"), str(len(facts.lines))), (N_("Lignes retenues"), str(len(facts.withheld))),
    ]  # fmt: skip
    return [Fact(say(label), value) for label, value in rows if value]


def _volet(volet: str, lines: Sequence[CopyLine]) -> list[Block]:
    found: list[Block] = []
    for line in lines:
        title = say(N_("{what} (ancienne valeur)"), what=say(line.label)) if line.former else say(line.label)
        found.append(Paragraph(title, "strong"))
        if line.author or line.on:
            found.append(Paragraph(say(N_("{day}, par {name}"), day=line.on or "—", name=line.author or "—"), "small"))
        found.append(Facts(tuple(Fact(say(label), value) for label, value in line.parts)))
    return [Section(say(volet), tuple(found))]
