"""An open profile's keys and copies: passphrase, kit, backups, invitations, and the full lock."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

from spie_desk import __version__
from spie_desk.app.cards import INVITATIONS, card
from spie_desk.app.newborn import CREATED, BadInvitationError, first_structure
from spie_desk.domain.accesses import READ, Access, AccessRegister, NoKitYetError
from spie_desk.domain.circles import STRUCTURE
from spie_desk.domain.errors import NotHereError
from spie_desk.domain.shown import Touched
from spie_desk.domain.vaults import CancelledError, WrongKitError, WrongPassphraseError
from spie_desk.services import founding
from spie_desk.services.cards import InvitationCard, ProfileCard
from spie_desk.services.doorway import BackupCard, Cancelled, KitSheet, Progress
from spie_desk.services.ports import Clock
from spie_desk.store import backups, ballast, joining, profiles, tables, vault
from spie_desk.store.accesses import KIT_PUBLIC, SAFE_PUBLIC
from spie_desk.store.copying import faults
from spie_desk.store.durable import At, private_folder, write_whole
from spie_desk.store.engine import close_engine
from spie_desk.store.keyfile import Cost
from spie_desk.store.open import EncryptedStore
from spie_desk.store.profiles import Profile
from spie_desk.store.rebuild import RebuildCancelled
from spie_desk.store.single import Hold
from spie_desk.store.vault import Vault
from spie_sync.invitation import Invitation
from spie_sync.kit import Kit, same_group

KIT_MADE, KIT_LATER = "kit_made", "kit_later"
KIT_DAYS = 3
CHECKED, CHECK_DAYS = "checked", 7
"""The kit can be put off for three days after the profile was created."""


def backup_card(found: backups.Backup) -> BackupCard:
    return BackupCard(found.id, found.made_at.astimezone(), found.files, found.size, verified=True)


class Door(Protocol):
    """What the keeper asks of the door it was opened by; see app/doorway.py."""

    @property
    def root(self) -> Path: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def seconds(self) -> Callable[[], float]: ...
    @property
    def cost(self) -> Cost | None: ...
    @property
    def at(self) -> At: ...
    def invitation(self, name: str, code: str) -> Invitation: ...
    def spend(self, invitation: str) -> None: ...
    def kit(self, code: str) -> Kit: ...


@dataclass
class ProfileKeeper:
    """Fits services.doorway.Keeper for one profile while it is open."""

    door: Door
    profile: Profile
    opened: Vault
    engine: Engine
    store: EncryptedStore
    held: Hold
    changed: bool = False
    closed: bool = False
    crashed: bool = False
    """The process that had the profile open before this one died."""
    sound: bool = True
    """What the last check said: no older copy is dropped while the store is not sound."""
    _kits: dict[tuple[str, ...], Kit] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.store.subscribe(self._note_change)
        self.store.drafts.relieve = lambda: ballast.give_up(self.profile.folder)

    @property
    def card(self) -> ProfileCard:
        return card(self.profile)

    def change_passphrase(self, old: str, new: str) -> None:
        policy = vault.Policy(self.door.cost or vault.calibrate(self.door.seconds), strict=not self.profile.training)
        vault.change_passphrase(self.opened, old, new, policy=policy, at=self.door.at)

    def fits(self, passphrase: str) -> bool:
        """Whether the passphrase opens this profile: asked under the veil."""
        try:
            vault.unlock(self.profile.folder, passphrase, self.door.at).close()
        except WrongPassphraseError:
            return False
        return True

    def take_request(self) -> bool:
        """True once after another opening of this profile was refused: the window should come forward."""
        return self.held.take_request()

    def tidy(self) -> None:
        """When nobody types."""
        self.store.tidy()
        ballast.lay(self.profile.folder)

    def room(self) -> int:
        """The free room of the disk, in bytes, once some is kept aside for what will be typed."""
        ballast.lay(self.profile.folder)
        return ballast.free(self.profile.folder)

    def waiting(self) -> int:
        return self.store.drafts.held()

    def settle(self) -> int:
        return self.store.drafts.settle()

    def rebuild(self, progress: Progress, cancelled: Cancelled) -> int:
        try:
            return self.store.rebuild(progress, cancelled)
        except RebuildCancelled:
            raise CancelledError from None

    def rename(self, label: str, colour: str) -> None:
        self.profile = profiles.rename(self.profile, label, colour, self.door.at)

    def make_kit(self) -> KitSheet:
        kit = Kit.new(secrets.token_bytes)
        asked = sorted(secrets.SystemRandom().sample(range(len(kit.groups)), 2))
        self._kits = {kit.groups: kit}
        return KitSheet(kit.groups, (asked[0], asked[1]), self.opened.vault_id.hex()[:8], self.door.clock.now())

    def confirm_kit(self, sheet: KitSheet, first: str, second: str) -> bool:
        kit = self._kits.get(sheet.groups)
        typed = zip((first, second), sheet.asked, strict=True)
        if kit is None or not all(same_group(text, sheet.groups[place]) for text, place in typed):
            return False
        vault.set_kit(self.opened, kit.vault_secret, self.door.at)
        vault.unlock_with_kit(self.opened.folder, kit.vault_secret, self.door.at).close()
        self.store.settings.set(KIT_PUBLIC, kit.public.to_bytes().hex())
        self.store.settings.set(KIT_MADE, _ms(self.door.clock.now()))
        self.store.accesses.kit_made(kit.public)
        self._kits = {}
        return True

    def kit_made_at(self) -> datetime | None:
        return self._moment(KIT_MADE)

    def kit_reminder(self) -> datetime | None:
        return self._moment(KIT_LATER)

    def postpone_kit(self) -> datetime:
        now = self.door.clock.now()
        last = (self._moment(CREATED) or now) + timedelta(days=KIT_DAYS)
        until = min(now + timedelta(days=1), max(last, now))
        self.store.settings.set(KIT_LATER, _ms(until))
        return until

    def read_accesses(self, code: str) -> AccessRegister:
        """Reading is a line of the register too: written before anything is shown."""
        if self.kit_made_at() is None:
            raise NoKitYetError
        kit = self.door.kit(code)
        if kit.public.to_bytes().hex() not in {self.store.settings.get(one) for one in (KIT_PUBLIC, SAFE_PUBLIC)}:
            raise WrongKitError
        who = founding.me_of(self.store)
        self.store.accesses.add(
            Access(at_ms=_ms(self.door.clock.now()), who=who[0].id if who is not None else b"", deed=READ)
        )
        return self.store.accesses.read(kit.keys)

    def backups(self) -> Sequence[BackupCard]:
        return [backup_card(one) for one in backups.list_backups(self.profile.folder)]

    def back_up(
        self, progress: Progress = lambda _done, _total: None, cancelled: Cancelled = lambda: False
    ) -> BackupCard:
        # Settings, drafts and the card's label are in the copy too: the journal alone does not tell a change.
        making = backups.Making(self.door.clock.now(), __version__, tables.FORMAT, files=_files_of(self.store),
                                progress=progress, cancelled=cancelled)  # fmt: skip
        made = backups.back_up(self.opened, making, sound=self.sound, at=self.door.at)
        self.changed = False
        return backup_card(made)

    def delete_backup(self, backup: str) -> None:
        for one in backups.list_backups(self.profile.folder):
            if one.id == backup:
                backups.delete_backup(one, self.door.at)

    def invite(self, label: str) -> tuple[InvitationCard, str]:
        with self.engine.connect().execution_options(ro=True) as connection:
            invitation = joining.invitation_to(connection, STRUCTURE)
        if invitation is None:
            raise NotHereError
        code = Kit.new(secrets.token_bytes)
        folder = self.door.root / INVITATIONS
        private_folder(folder)
        name = secrets.token_hex(8)
        made_at = self.door.clock.now()
        write_whole(folder / f"{name}.sealed", invitation.seal(code.code, secrets.token_bytes))
        told = json.dumps({"label": label, "made_at": made_at.isoformat()}, ensure_ascii=False)
        write_whole(folder / f"{name}.json", told.encode())
        return InvitationCard(name, label, made_at), code.text

    def check_if_due(self) -> bool:
        """Read every page after a death, everything once a week; answers whether the file is sound."""
        now, last = self.door.clock.now(), self._moment(CHECKED)
        weekly = last is None or abs(now - last) >= timedelta(days=CHECK_DAYS)
        if self.crashed or weekly:
            self.sound = not faults(self.profile.folder / vault.DATABASE, self.opened, deep=weekly)
            self.crashed = self.crashed and not self.sound
            if weekly and self.sound:
                self.store.settings.set(CHECKED, _ms(now))
        return self.sound

    def link_structure(self, invitation: str, code: str) -> str:
        found = self.door.invitation(invitation, code)
        other = first_structure(found)
        mine = self.store.settings.get(founding.STRUCTURE)
        if other is None or not isinstance(mine, str):
            raise BadInvitationError
        with self.engine.begin() as connection:
            joining.learn(connection, found, other)
        self.store.receive(found.changes)
        founding.link(self.store, bytes.fromhex(mine), other)
        self.door.spend(invitation)
        shown = self.store.records.get("structure", other)
        return shown.record.name if shown else ""

    def rebuild_check(self, progress: Progress, cancelled: Cancelled) -> Sequence[str]:
        return [str(one) for one in self.store.check(progress, cancelled)]

    def close(self) -> None:
        """Back up if due, fold the log into the file, forget the key, let the profile go. Twice is harmless."""
        if self.closed:
            return
        self.closed = True
        self.held.leaving()
        try:
            if backups.due(self.profile.folder, self.door.clock.now(), changed=self.changed):
                self.back_up()
        finally:
            self.store.accesses.close()
            close_engine(self.engine)
            self.opened.close()
            self.held.release()

    def _note_change(self, _touched: Touched) -> None:
        self.changed = True

    def _moment(self, key: str) -> datetime | None:
        found = self.store.settings.get(key)
        if not isinstance(found, int):
            return None
        return datetime.fromtimestamp(found / 1000, tz=self.door.clock.now().tzinfo)


def _files_of(store: EncryptedStore) -> Callable[[object], int]:
    def files(_counts: object) -> int:
        return store.records.count("person")

    return files


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
