"""Work in progress: drafts that wait, notes to attach, what was thrown away in the last thirty days."""

from __future__ import annotations

from spie_desk.domain.drafts import Draft, DraftState
from spie_desk.services.desk import Desk


def drafts(desk: Desk) -> list[Draft]:
    """« Travail en cours » : open drafts, the latest touched first."""
    return [one for one in desk.store.drafts.all() if one.state is DraftState.OPEN]


def unattached(desk: Desk) -> list[Draft]:
    """« À rattacher » : quick notes without a person, the oldest first."""
    kept = [one for one in desk.store.drafts.all() if one.state is DraftState.KEPT]
    return sorted(kept, key=lambda one: one.opened_ms)


def discarded(desk: Desk) -> list[Draft]:
    """Thrown away by their author: can be brought back for 30 days."""
    return desk.store.drafts.all(discarded=True)


def keep(desk: Desk, draft: Draft) -> None:
    """Put the draft on disk, encrypted, in one small transaction."""
    desk.store.drafts.save(draft)


def discard(desk: Desk, draft: bytes) -> None:
    desk.store.drafts.discard(draft)


def bring_back(desk: Desk, draft: bytes) -> None:
    desk.store.drafts.restore(draft)
