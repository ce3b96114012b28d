"""How an import's values, reasons and answers are said on screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from spie_desk.domain.import_plan import FieldChange, RowPlan, Way
from spie_desk.domain.import_sides import Side, SideLine
from spie_desk.texts import _
from spie_desk.ui.forms.sources import Sources


def said(msgid: str, parameters: Mapping[str, str]) -> str:
    """A sentence with its parameters, themselves words or values."""
    return _(msgid).format(**{name: _(value) for name, value in parameters.items()})


def value_words(value: Any, choices: str, sources: Sources) -> str:
    """One value as people read it; nothing for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, tuple | list):
        return " · ".join(value_words(one, choices, sources) for one in value)
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if choices:
        return dict(sources.choices(choices)).get(str(value), str(value))
    return " ".join(str(value).split())


def label_words(label: str, about: str, sources: Sources) -> str:
    """A field's name; of a right, the right's."""
    return value_words(about, "right_scheme", sources) if about else _(label)


def change_words(change: FieldChange, sources: Sources) -> tuple[str, str, str]:
    """Field, before, after."""
    return (label_words(change.label, change.about, sources), value_words(change.old, change.choices, sources),
            value_words(change.new, change.choices, sources))  # fmt: skip


def side_words(line: SideLine, sources: Sources) -> tuple[str, list[str]]:
    """A field's name and its value on each side, « — » where nothing is known."""
    values = [value_words(value, line.choices, sources) or "—" for value in line.values]
    return label_words(line.label, line.about, sources), values


def head_words(side: Side) -> str:
    """Where a side comes from."""
    if side.number:
        return _("Déjà sur ce poste, n°\u00a0{number}").format(number=side.number)
    if side.part:
        return _("Première personne") if side.part == 1 else _("Deuxième personne")
    if side.line:
        return _("Dans le fichier, ligne {line}").format(line=side.line)
    return _("Déjà sur ce poste")


def way_words(row: RowPlan, way: Way) -> str:
    """An answer; where several people are possible, which one it means."""
    towards = [one for one in row.ways if ":" in one.code]
    if ":" not in way.code or len({one.code.partition(":")[2] for one in towards}) < 2:
        return _(way.label)
    target = way.code.partition(":")[2]
    shown = next((one.shown for one in row.candidates if one.shown and one.shown.record.id.hex() == target), None)
    line = target.removeprefix("line ")
    who = shown.record.number if shown else _("ligne {line}").format(line=line)
    return _("{answer} ({who})").format(answer=_(way.label), who=who)


def name_of_row(row: RowPlan) -> str:
    """Who a row is about, as the file writes it."""
    said_of = row.bundle.person if row.bundle else {}
    full = " ".join(str(said_of[name]) for name in ("first_name", "last_name") if said_of.get(name))
    return full or str(said_of.get("nickname", "")) or _("ligne {line}").format(line=row.line)
