"""Drafts leave no change in the journal: screens that list them are told here, by the signal they already hear."""

from __future__ import annotations

from spie_desk.domain.shown import Touched
from spie_desk.ui.tasks import Tasks

DRAFT = "draft"
"""The kind that pages listing drafts put in their ``touches``."""


def tell_drafts(tasks: Tasks) -> None:
    """A draft was kept, attached, thrown away or brought back."""
    tasks.touched.emit(Touched(kinds=frozenset({DRAFT})))
