"""Letters for one person: which templates there are, what they lack, the letter as a sheet or as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spie_desk.domain.letters import BLANK, FIELDS, Filled, Meetings, Named, TemplateError, fields_for
from spie_desk.domain.records.template import Template, spelled
from spie_desk.domain.sheets.blocks import Block, Paragraph, Sheet
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import accesses, one_file, records
from spie_desk.services.casefile import open_file
from spie_desk.services.desk import Desk
from spie_desk.services.sheets import setting


@dataclass(frozen=True, slots=True)
class Choice:
    """A template one may choose: ours, or one that came with the application (``code``)."""

    name: str
    format: str = ""
    code: str = ""
    shown: Shown[Template] | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """One letter before it is made: its fields in order, those that are needed and empty, and about whom it is."""

    choice: Choice
    person: bytes
    person_name: str
    fields: Sequence[Filled]
    needed: frozenset[str]
    sensitive: bool = False
    """The letter names a structure whose name says something of the person."""


def choices(desk: Desk) -> Sequence[Choice]:
    """The structure's own first, by name, then those that came with the application."""
    own = [
        Choice(one.record.name, one.record.format, shown=one) for one in desk.store.records.find("template", limit=200)
    ]
    shipped = [Choice(lines[0].removeprefix("# "), code=code) for code, lines in desk.files.shipped_letters().items()]
    return [*sorted(own, key=lambda one: one.name.casefold()), *sorted(shipped, key=lambda one: one.name)]


def prepare(desk: Desk, choice: Choice, person: bytes) -> Prepared | None:
    """What the letter would hold for her, with her next appointment and the last one she came to."""
    file = open_file(desk, person)
    if file is None:
        return None
    named = _named(desk, choice)
    kept = desk.store.records.find(
        "appointment", {"person": list(file.files), "status": "present"}, order=("-on", "-at"), limit=1
    )
    meetings = Meetings(
        file.next_appointment.record if file.next_appointment else None, kept[0].record if kept else None
    )
    number = file.phones[0].record.number if file.phones else ""
    held = fields_for(file.face, meetings, number, setting(desk))
    used = [held[name] for name in FIELDS if name in named.used]
    names_us = desk.structure.sensitive and any(name.startswith("structure") for name in named.used)
    return Prepared(choice, person, file.face.name, used, named.needed, names_us)


def as_sheet(desk: Desk, prepared: Prepared, values: Mapping[str, str]) -> Sheet:
    """A shipped letter as a sheet: printed, put aside, or kept as PDF."""
    lines = desk.files.fill_lines(_lines(desk, prepared.choice), _complete(prepared, values))
    around = setting(desk)
    blocks: list[Block] = [Paragraph(line) for line in lines[1:]]
    return Sheet(name="courrier", title=lines[0].removeprefix("# "), under="", header=around.header,
                 footer=around.footer, blocks=tuple(blocks), about=one_file.members(desk, prepared.person))  # fmt: skip


def as_file(desk: Desk, prepared: Prepared, values: Mapping[str, str], form: str) -> bytes:
    """The letter as a file of a word processor."""
    choice = prepared.choice
    template = choice.shown.record.content() if choice.shown else desk.files.letter_template(_lines(desk, choice), form)
    return desk.files.fill_letter(template, choice.format or form, _complete(prepared, values))


def write(desk: Desk, path: Path, prepared: Prepared, values: Mapping[str, str], reason: str) -> None:
    """Log it, then put it down where the user asked, over a file that was there if Qt had asked."""
    form = path.suffix.casefold().lstrip(".")
    content = as_file(desk, prepared, values, form)
    accesses.exported(desk, prepared.choice.code or "courrier", 1, reason, (prepared.person,))
    desk.files.write_file(path, content, replace=True)


def bring_in(desk: Desk, path: Path, name: str) -> Touched:
    """A template of the structure's own, judged and tried before it is kept."""
    form, content = desk.files.read_letter(path)
    desk.files.fields_in_letter(content, form, FIELDS.keys())
    template = Template(id=desk.chance.id(), name=name.strip(), format=form, body=spelled(content))
    standing = [one for one in desk.store.records.find("template", limit=200)
                if one.record.name.casefold() == template.name.casefold()]  # fmt: skip
    if standing:
        return records.save(desk, "template", replace(template, id=standing[0].record.id), standing[0])
    return records.save(desk, "template", template)


def hand_out(desk: Desk, choice: Choice, path: Path) -> None:
    """The template itself, its fields unfilled, to be changed in a word processor: it names nobody."""
    form = path.suffix.casefold().lstrip(".")
    content = (choice.shown.record.content() if choice.shown is not None
               else desk.files.letter_template(_lines(desk, choice), form))  # fmt: skip
    desk.files.write_file(path, content, replace=True)


def _named(desk: Desk, choice: Choice) -> Named:
    if choice.shown is not None:
        # written by another desk of the structure, perhaps by another program: judged here again
        return desk.files.fields_in_letter(choice.shown.record.content(), choice.format, FIELDS.keys())
    return desk.files.fields_of_lines(_lines(desk, choice), FIELDS.keys())


def _lines(desk: Desk, choice: Choice) -> tuple[str, ...]:
    found = desk.files.shipped_letters().get(choice.code)
    if found is None:
        raise TemplateError
    return found


def _complete(prepared: Prepared, values: Mapping[str, str]) -> dict[str, str]:
    """Every field, blank ones as a line to fill by hand unless the template does without."""
    return {name: values.get(name, "").strip() or (BLANK if name in prepared.needed else "") for name in FIELDS}
