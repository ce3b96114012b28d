"""The cards of the first screen, apart from the door behind them: they come up before anything else is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ProfileCard:
    """A profile on this laptop: the label its owner chose (never a name taken from the store), colour, training."""

    id: str
    label: str
    colour: str
    training: bool


@dataclass(frozen=True, slots=True)
class InvitationCard:
    """A sealed invitation waiting on this laptop: what its maker chose to call it, and until when."""

    id: str
    label: str
    made_at: datetime
