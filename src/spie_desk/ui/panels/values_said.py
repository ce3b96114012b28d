"""A register's value as a person reads it: labels of lists, names, French dates; nothing for nothing."""

from __future__ import annotations

from typing import Any

from spie_desk.domain.record import Field
from spie_desk.domain.records import KIND
from spie_desk.domain.values import from_value
from spie_desk.services.past import DELETED
from spie_desk.texts import _
from spie_desk.ui.models.rows import plainly
from spie_desk.ui.panels.file_words import FileShown, excerpt, full_day

_HIDDEN_FIELDS = {"town_code", "digest", "copy_of", "corrects", "passage", "person", "action"}


def said_value(shown: FileShown, kind: str, register: str, value: Any) -> str:
    """« 12 rue des Lilas, 76440 Valmont »; a label leads where the value alone would not say."""
    if register == DELETED:
        return _("Retiré du dossier") if value else _("Remis au dossier")
    declared = KIND[kind]
    fields = declared.fields_of(register)
    if not fields:
        return plainly(value)
    parts = []
    for item in fields:
        if item.name in _HIDDEN_FIELDS:
            continue
        raw = value.get(item.name) if register in declared.registers and isinstance(value, dict) else value
        said = _said(shown, item, from_value(item, raw))
        if said and item.trait.widget in {"tick", "date", "time", "number"} and len(fields) > 1:
            said = _(item.trait.label) if item.trait.widget == "tick" else f"{_(item.trait.label)}\u00a0: {said}"
        if said:
            parts.append(said)
    return ", ".join(parts) or _("(vide)")


def _said(shown: FileShown, item: Field, value: Any) -> str:
    if value in (None, "", b"", (), False):
        return ""
    sort = item.trait.widget
    if sort == "choice":
        return shown.label(item.trait.choices, value)
    if sort in {"professional", "professionals"}:
        return ", ".join(shown.who(one) for one in (value if isinstance(value, tuple) else (value,)))
    if isinstance(value, bytes | tuple):
        return _named(shown, value)
    if sort == "date":
        return full_day(value)
    return excerpt(str(value), 140) if isinstance(value, str) else plainly(value)


def _named(shown: FileShown, value: bytes | tuple[Any, ...]) -> str:
    """Structures, or the linked adult, by name."""
    known = {one.record.other: name for one, name in shown.file.linked}
    known |= {one.id: one.name for one in shown.file.known.structures.values()}
    return ", ".join(known[one] for one in (value if isinstance(value, tuple) else (value,)) if one in known)
