"""The door of a profile as screens see it: choose, create, open, recover; then keep its keys and copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from spie_desk.services.cards import InvitationCard, ProfileCard

if TYPE_CHECKING:
    # names of types only: the first window comes up before the rest is loaded
    from spie_desk.domain.accesses import AccessRegister
    from spie_desk.domain.records.professional import Professional
    from spie_desk.domain.records.structure import Structure
    from spie_desk.services.desk import Desk


Progress = Callable[[int, int], None]
"""Called with (done, total); total 0 when unknown."""

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProfile:
    """What the first run asks. ``structure`` None means joining by ``invitation`` with its ``code``.

    ``training`` makes an « Entraînement » profile on fictitious people: its passphrase may be weak, it cannot join.
    """

    label: str
    colour: str
    passphrase: str
    me: Professional | None = None
    structure: Structure | None = None
    invitation: str = ""
    code: str = ""
    training: bool = False
    people: int = 0


@dataclass(frozen=True, slots=True)
class BackupCard:
    """A verified copy: when it was made, how many files it holds, where it lies (an opaque id for ``restore``)."""

    id: str
    made_at: datetime
    files: int
    size: int
    verified: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """What can still be read of a damaged file: so many writings of those known to have stood there, of which the
    copy lacks so many, and so many drafts."""

    read: int
    known: int
    newer: int
    drafts: int


@dataclass(frozen=True, slots=True)
class MayLack:
    """What taking up a copy may lose: what was written after it, until the damaged file was last written; ``saved``
    is what can be read of that file, None if nothing of it opens."""

    copy: BackupCard
    last_written: datetime | None
    copies: tuple[BackupCard, ...]
    saved: Saved | None = None


@dataclass(frozen=True, slots=True)
class KitSheet:
    """The kit to print or copy by hand: eight groups of five signs; ``asked`` are the two groups to type again."""

    groups: tuple[str, ...]
    asked: tuple[int, int]
    vault: str
    made_at: datetime


class Keeper(Protocol):
    """What an open profile may do about its own keys, copies and lock."""

    @property
    def card(self) -> ProfileCard: ...
    def fits(self, passphrase: str) -> bool:
        """Whether it opens this profile: asked under the veil. Slow on purpose."""

    def take_request(self) -> bool:
        """True once after another opening was refused: the window should come forward."""

    def tidy(self) -> None:
        """Small upkeep, when nobody types."""

    def change_passphrase(self, old: str, new: str) -> None: ...
    def rename(self, label: str, colour: str) -> None: ...

    def make_kit(self) -> KitSheet:
        """A new kit, not in force until two groups are typed back; the former one stays valid until then."""

    def confirm_kit(self, sheet: KitSheet, first: str, second: str) -> bool:
        """True when both groups were right and the kit opened the vault once: it is in force."""

    def kit_made_at(self) -> datetime | None: ...
    def kit_reminder(self) -> datetime | None:
        """Until when making the kit was put off, or None."""

    def postpone_kit(self) -> datetime:
        """Put off by one day; never beyond three days after creation: then the kit is asked at each opening."""

    def read_accesses(self, code: str) -> AccessRegister:
        """The register of accesses, opened with the kit's code; that it was read is a line of it."""

    def backups(self) -> Sequence[BackupCard]: ...
    def back_up(self, progress: Progress, cancelled: Cancelled) -> BackupCard: ...
    def delete_backup(self, backup: str) -> None: ...
    def invite(self, label: str) -> tuple[InvitationCard, str]:
        """A sealed invitation for a further profile on this laptop, and the code to type there."""

    def check_if_due(self) -> bool:
        """Check the file after an unclean end and once a week; False when it is damaged. Slow: never on the screen."""

    def link_structure(self, invitation: str, code: str) -> str:
        """Link my structure to the same one that a colleague of this laptop founded apart; answers its name.

        The two circles stay two; each one's directory is seen by whoever was given the code.
        """

    def room(self) -> int:
        """The free room of the disk, in bytes, once some is kept aside for what will be typed."""

    def waiting(self) -> int:
        """How many drafts the disk has refused so far: they stand in memory alone."""

    def settle(self) -> int:
        """Try again to put them on the disk; how many were taken. Raises what the disk says."""

    def rebuild(self, progress: Progress, cancelled: Cancelled) -> int:
        """Make all that the screens show afresh from what everyone wrote, whole or not at all; how many records."""

    def rebuild_check(self, progress: Progress, cancelled: Cancelled) -> Sequence[str]:
        """What differs between the journal and what is derived from it; empty when equal."""

    def close(self) -> None:
        """Full lock: back up if due, checkpoint, forget the key. Nothing of the profile is usable afterwards."""


@dataclass(frozen=True, slots=True)
class Opened:
    desk: Desk
    keeper: Keeper


class Doorway(Protocol):
    """The profiles of this laptop, all closed."""

    def profiles(self) -> Sequence[ProfileCard]: ...
    def invitations(self) -> Sequence[InvitationCard]: ...
    def propose_passphrase(self) -> str:
        """Seven words of the French list, separated by spaces (90 bits)."""

    def strength(self, passphrase: str) -> int:
        """Estimated bits by CNIL's rule; 80 are asked."""

    def create(self, wish: NewProfile, progress: Progress) -> Opened: ...
    def unlock(self, profile: str, passphrase: str, progress: Progress = ..., cancelled: Cancelled = ...) -> Opened:
        """Raises the vault's own errors: wrong passphrase, damaged key file, damaged store (with its newest copy).

        ``progress`` is told of what a newer version has to make again first; ``cancelled`` stops it, nothing half done:
        OpeningStoppedError.
        """

    def unlock_with_kit(self, profile: str, code: str, new_passphrase: str) -> Opened: ...
    def try_kit(self, profile: str, code: str) -> None:
        """Raise what is wrong with a kit's code as typed: which group, or another profile's kit."""

    def backups(self, profile: str) -> Sequence[BackupCard]: ...
    def may_lack(self, profile: str, backup: str, passphrase: str) -> MayLack:
        """What was written after that copy, and what of it can still be read in the damaged file. Slow."""

    def restore(
        self, profile: str, backup: str | Path, passphrase: str, progress: Progress, *, rest: bool = False
    ) -> Opened:
        """Take a verified copy (its id, or the folder where it lies) into a new folder; what stood there is set
        aside, never erased. ``rest``: with what can still be read of it, all of it or nothing."""

    def delete_profile(self, profile: str) -> None:
        """Confirmed by the caller; not undoable."""
