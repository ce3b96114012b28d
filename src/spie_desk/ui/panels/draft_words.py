"""How a draft is said, and which route reopens it where it was."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from spie_desk.domain.drafts import Draft
from spie_desk.domain.records import KIND
from spie_desk.domain.records.piece import ASKING
from spie_desk.services.work import WorkRow
from spie_desk.texts import _, n_
from spie_desk.ui.models.days import short_day


def form_said(draft: Draft) -> str:
    """« Note », « Nouvelle personne », « Rendez-vous »."""
    if draft.form == "person-new":
        return _("Nouvelle personne")
    if draft.kind == ASKING.name:
        return _(ASKING.label)
    return _(KIND[draft.kind].label) if draft.kind in KIND else _("Saisie")


def words_said(count: int) -> str:
    return n_("{n} mot", "{n} mots", count) if count else ""


def since(draft: Draft, zone: tzinfo | None) -> str:
    """« mer. 9 déc. à 14 h 32 »."""
    then = datetime.fromtimestamp(draft.touched_ms / 1000, tz=zone)
    hour = f"{then.hour}\u00a0h\u00a0{then.minute:02d}"
    return _("{day} à {hour}").format(day=short_day(then.date(), _), hour=hour)


_PAGES = {"note": "note", "person-new": "person-new", "agenda": "agenda", "review": "reviews", "clash": "clashes",
          "round": "rounds", "relay": "relays", "concern": "concern", "copy": "copy"}  # fmt: skip
"""The forms that have a page of their own."""


def reopen(row: WorkRow) -> tuple[str, dict[str, Any]]:
    """The route and its arguments; a form that this version does not know opens the person's file."""
    draft = row.draft
    if draft.form in _PAGES:
        return _PAGES[draft.form], {"draft": draft.id}
    if draft.form == "settings":
        return "settings", {"tab": "writing" if draft.kind == "phrase" else "team", "draft": draft.id}
    if row.review:
        return "meeting" if draft.form == "meeting" else "review", {"review": row.review}
    if draft.person:
        return "file", {"person": draft.person, "draft": draft.id}
    return "work", {}
