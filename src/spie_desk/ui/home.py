"""What the application lets screens do with the open profile: its keys and copies, the lock, the look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from spie_desk.services.doorway import BackupCard, Doorway, Keeper
from spie_desk.ui.theme import Theme


@dataclass(frozen=True)
class Home:
    """Handed to pages as ``room.home``."""

    keeper: Keeper
    door: Doorway
    theme: Theme
    wear: Callable[[str | None, int | None], None]
    """Switch theme or text size now, and remember it."""
    veil: Callable[[], None]
    lock: Callable[[], None]
    """The full lock."""
    veil_minutes: Callable[[int], None]
    idle_minutes: Callable[[], int]
    restore: Callable[[BackupCard, str], None]
    """Close, and open that copy in a new folder with this passphrase."""
    delete: Callable[[], None]
    """Close, and delete the profile for good."""
    told: Callable[[], None] = lambda: None
    """Say the bottom strip's sentences again: a backup was made or deleted."""
    versions: Mapping[str, str] = field(default_factory=dict)
