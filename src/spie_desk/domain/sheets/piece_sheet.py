"""« Les papiers à apporter » : what the person takes home, in plain words and large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spie_desk.domain.errors import N_
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.piece import Piece
from spie_desk.domain.sheets.around import Setting, phone, when
from spie_desk.domain.sheets.blocks import Block, Item, Key, Line, Lines, Paragraph, Section, Sheet, say

_HELP = N_("Il vous manque un papier\u00a0? Venez quand même. Nous chercherons ensemble comment l’obtenir.")
_COPIES = N_("Apportez les papiers ou des photocopies. Une photo sur le téléphone peut suffire pour commencer.")


def piece_sheet(pieces: Sequence[Piece], steps: Mapping[bytes, str], appointment: Appointment | None,
                person: Person, setting: Setting) -> Sheet:  # fmt: skip
    """A box per paper. What they are for is left off at first: someone may read it over her shoulder."""
    items = [Item("name", say(N_("Nom de la personne"))),
             *((Item("step", say(N_("À quoi ils servent")), ticked=False),) if any(steps.values()) else ()),
             *(Item(_item(one), one.name) for one in pieces)]  # fmt: skip
    blocks: list[Block] = [Paragraph(person.name, "strong", "name")]
    for action in dict.fromkeys(one.action for one in pieces):
        lines = Lines(tuple(Line(one.name, one.remark, strong=True, box=True, item=_item(one))
                            for one in pieces if one.action == action))  # fmt: skip
        words = steps.get(action, "")
        if words:
            blocks.append(Paragraph(say(N_("Pour\u00a0: {what}"), what=words), item="step"))
        blocks.append(lines)
    if appointment is not None:
        items.append(Item("next", say(N_("Prochain rendez-vous"))))
        key = Key(when(appointment.on, appointment.at), (appointment.place,) if appointment.place else (), "next")
        blocks.append(Section(say(N_("Nous nous voyons")), (key,)))
    blocks += [Paragraph(say(_COPIES)), Paragraph(say(_HELP), "strong")]
    if number := setting.structure.phone or setting.me.phone:
        blocks.append(Paragraph(say(N_("Une question\u00a0? Appelez le {phone}."), phone=phone(number))))
    return Sheet(
        name="papiers-a-apporter", title=say(N_("Les papiers à apporter")), under="", header=setting.header,
        footer=setting.footer, blocks=tuple(blocks), items=tuple(items), large=True,
    )  # fmt: skip


def _item(one: Piece) -> str:
    return f"piece-{one.id.hex()}"
