"""An information préoccupante on paper, to be handed by the way the département provides; it waits in no basket."""

from __future__ import annotations

from spie_desk.domain.errors import N_
from spie_desk.domain.records.concern import Concern, children_of
from spie_desk.domain.records.person import Person
from spie_desk.domain.sheets.around import Setting
from spie_desk.domain.sheets.blocks import Block, Fact, Facts, Item, Line, Lines, Markdown, Sheet, Text, say, section


def concern_sheet(concern: Concern, person: Person | None, author: bytes, setting: Setting) -> Sheet:
    """The facts first; who is around the child only if ticked."""
    label = setting.lists.label
    known: list[tuple[str, Text, str]] = [
        (N_("Personne accompagnée"), person.name if person is not None else "", "person"),
        (N_("Date des faits ou du récit"), concern.noted_on or "", ""),
        (N_("D’où viennent ces faits"), label("concern_source", concern.source), ""),
        (N_("Rapportés par (fonction ou lien)"), concern.told_by, "told_by"),
    ]  # fmt: skip
    parents: list[tuple[str, Text]] = [
        (N_("Les parents sont-ils informés\u00a0?"), label("concern_parents", concern.parents)),
        (N_("Informés le"), concern.parents_on or ""), (N_("Comment, par qui"), concern.parents_how),
        (N_("S’ils ne le sont pas, pourquoi"), concern.parents_why),
    ]  # fmt: skip
    children = tuple(Line(name, say(N_("né ou née en {year}"), year=str(year)) if year else "")
                     for name, year in children_of(concern.children))  # fmt: skip
    blocks: tuple[Block, ...] = (
        Facts(tuple(Fact(say(name), value, item) for name, value, item in known if value)),
        *section(say(N_("Enfants concernés")), [Lines(children)]),
        *section(say(N_("Les faits")), [Markdown(concern.facts)]),
        *section(say(N_("Information des parents")),
                 [Facts(tuple(Fact(say(name), value) for name, value in parents if value))]),
        Facts((Fact(say(N_("Écrite par")), setting.name(author)), Fact(say(N_("Structure")), setting.structure.name))),
    )  # fmt: skip
    return Sheet(
        name="information-preoccupante", title=say(N_("Information préoccupante")), under=concern.noted_on or "",
        header=setting.header, footer=setting.footer, blocks=blocks,
        items=(Item("person", say(N_("Nom de la personne accompagnée"))),
               Item("told_by", say(N_("Par qui ils sont rapportés")))),
    )  # fmt: skip
