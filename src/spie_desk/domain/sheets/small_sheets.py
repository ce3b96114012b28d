"""A signed note on paper, and the slip of an appointment."""

from __future__ import annotations

from collections.abc import Sequence

from spie_desk.domain.errors import N_
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.note import Note
from spie_desk.domain.records.person import Person
from spie_desk.domain.sheets.around import Setting, phone, when
from spie_desk.domain.sheets.blocks import (
    Block,
    Fact,
    Facts,
    Item,
    Key,
    Line,
    Lines,
    Markdown,
    Paragraph,
    Sheet,
    Text,
    say,
    section,
)

SHORT = 16
"""Signs of the digest that are printed: enough to tell two texts apart, short enough to be read aloud."""


def note_sheet(note: Note, person: Person | None, readers: Sequence[str], setting: Setting) -> Sheet:
    """One signed note, with who wrote it, who reads it and the short form of what was signed."""
    items = [Item("person", say(N_("Nom de la personne"))), Item("readers", say(N_("Qui peut lire cette note")))]
    rows = [
        Fact(say(N_("Personne")), person.name if person else "", "person"),
        Fact(say(N_("Dossier")), person.number if person else ""),
        Fact(say(N_("Lieu")), note.place),
        Fact(say(N_("Durée")), say(N_("{n} min"), n=note.minutes) if note.minutes else ""),
        Fact(say(N_("Thème")), setting.lists.label("note_theme", note.theme)),
        Fact(say(N_("Écrite par")), ", ".join(name for one in note.authors if (name := setting.name(one)))),
    ]
    blocks: tuple[Block, ...] = (
        Facts(tuple(row for row in rows if row.value)),
        Markdown(note.text),
        *section(say(N_("Qui peut lire cette note")),
                 [Lines(tuple(Line(name, item="readers") for name in readers))]),
        Paragraph(_signature(note), "small"),
    )  # fmt: skip
    kind = setting.lists.label("note_sort", note.sort)
    return Sheet(
        name="note", title=kind, under=when(note.on, note.at), header=setting.header, footer=setting.footer,
        blocks=blocks, items=tuple(items),
    )  # fmt: skip


def _signature(note: Note) -> Text:
    if not note.digest:
        return say(N_("Brouillon non signé."))
    short = note.digest[:SHORT]
    mark = "\u00a0".join(short[at : at + 4] for at in range(0, SHORT, 4))
    if note.corrects:
        return say(N_("Note signée, qui rectifie une note précédente. Empreinte\u00a0: {mark}"), mark=mark)
    return say(N_("Note signée. Empreinte\u00a0: {mark}"), mark=mark)


def slip_sheet(appointment: Appointment, person: Person, setting: Setting) -> Sheet:
    """What the person takes home: when, where, with whom, whom to call. No subject: someone may read it over her."""
    number = setting.structure.phone or setting.me.phone
    sensitive = setting.structure.sensitive or setting.is_sensitive(appointment.with_)
    items = [Item("name", say(N_("Nom de la personne"))),
             Item("with", say(N_("Avec qui")), ticked=not sensitive)]  # fmt: skip
    with_ = say(N_("avec {name}"), name=setting.public_name(appointment.with_)) if appointment.with_ else ""
    blocks: list[Block] = [Paragraph(person.name, "strong", "name")]
    blocks.append(Key(when(appointment.on, appointment.at), (appointment.place,) if appointment.place else ()))
    if with_:
        blocks.append(Paragraph(with_, item="with"))
    if number:
        blocks.append(Paragraph(say(N_("En cas d’empêchement, appelez le {phone}."), phone=phone(number))))
    return Sheet(
        name="rendez-vous", title=say(N_("Rendez-vous")), under="", header=setting.header, footer=setting.footer,
        blocks=tuple(blocks), items=tuple(items),
    )  # fmt: skip
