"""The door before it is built: cards at once, and what needs cryptography loaded in a thread while a person types."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spie_desk.app.cards import invitation_cards, profile_cards

if TYPE_CHECKING:
    from spie_desk.app.doorway import LocalDoorway
    from spie_desk.services.cards import InvitationCard, ProfileCard
    from spie_desk.services.doorway import BackupCard, Cancelled, MayLack, NewProfile, Opened, Progress


class Gate:
    """Fits services.doorway.Doorway; ``build`` makes the real door, on whichever thread needs it first."""

    def __init__(self, root: Path, build: Callable[[], LocalDoorway]) -> None:
        self._root, self._build = root, build
        self._made: LocalDoorway | None = None
        self._one = threading.Lock()

    def door(self) -> LocalDoorway:
        with self._one:
            if self._made is None:
                self._made = self._build()
            return self._made

    def profiles(self) -> Sequence[ProfileCard]:
        return profile_cards(self._root)

    def invitations(self) -> Sequence[InvitationCard]:
        return invitation_cards(self._root)

    def propose_passphrase(self) -> str:
        return self.door().propose_passphrase()

    def strength(self, passphrase: str) -> int:
        return self.door().strength(passphrase)

    def create(self, wish: NewProfile, progress: Progress) -> Opened:
        return self.door().create(wish, progress)

    def unlock(self, profile: str, passphrase: str, progress: Progress = lambda _done, _total: None,
               cancelled: Cancelled = lambda: False) -> Opened:  # fmt: skip
        return self.door().unlock(profile, passphrase, progress, cancelled)

    def try_kit(self, profile: str, code: str) -> None:
        self.door().try_kit(profile, code)

    def unlock_with_kit(self, profile: str, code: str, new_passphrase: str) -> Opened:
        return self.door().unlock_with_kit(profile, code, new_passphrase)

    def backups(self, profile: str) -> Sequence[BackupCard]:
        return self.door().backups(profile)

    def may_lack(self, profile: str, backup: str, passphrase: str) -> MayLack:
        return self.door().may_lack(profile, backup, passphrase)

    def restore(self, profile: str, backup: str | Path, passphrase: str, progress: Progress, *,
                rest: bool = False) -> Opened:  # fmt: skip
        return self.door().restore(profile, backup, passphrase, progress, rest=rest)

    def delete_profile(self, profile: str) -> None:
        self.door().delete_profile(profile)
