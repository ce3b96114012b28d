"""Ready phrases as a list: what each says, its abbreviation, whose it is."""

from __future__ import annotations

from spie_desk.domain.errors import N_
from spie_desk.services.wording import SHIPPED
from spie_desk.texts import _
from spie_desk.ui.models.rows import Line, ListSpec


def whose(code: str) -> str:
    """« À moi », « À ma structure », « Fournie »."""
    return {"mine": _("À moi"), "structure": _("À ma structure"), SHIPPED: _("Fournie")}.get(code, code)


PHRASES = ListSpec(
    name="phrases", title=N_("Phrases types"), shape="person",
    line=lambda one: Line(" ".join(one.text.split()), second=whose(one.whose), badge=one.key, icon="quote"),
    spoken=lambda one: ", ".join(part for part in (one.text, one.key, whose(one.whose)) if part),
    empty=N_("Aucune phrase ne correspond. Essayez un autre mot."),
    key=lambda one: one.shown.record.id if one.shown is not None else one.key,
)  # fmt: skip
