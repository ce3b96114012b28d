"""The profiles of this laptop: created whole or not at all, opened, recovered from the kit or from a copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from spie_desk.app.cards import INVITATIONS, invitation_cards, profile_cards
from spie_desk.app.files import LocalFiles
from spie_desk.app.keeper import ProfileKeeper, backup_card
from spie_desk.app.newborn import BadInvitationError, Newborn, watch
from spie_desk.app.shipped_lists import passphrase_words, value_lists
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.domain.vaults import (
    DamagedPartError,
    KitSomewhereError,
    KitTypoError,
    OpeningStoppedError,
    ProfileInUseError,
    TrainingAloneError,
    WeakPassphraseError,
)  # fmt: skip
from spie_desk.services import founding, paper
from spie_desk.services.cards import InvitationCard, ProfileCard
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import BackupCard, Cancelled, MayLack, NewProfile, Opened, Progress, Saved
from spie_desk.services.ports import Chance, Clock
from spie_desk.store import aside, backups, desks, keycopies, passphrases, profiles, salvage, single, tables, vault
from spie_desk.store.backups import Backup
from spie_desk.store.durable import At, nowhere
from spie_desk.store.engine import Finding, close_engine
from spie_desk.store.keyfile import Cost
from spie_desk.store.open import EncryptedStore, open_store, random_bytes
from spie_desk.store.profiles import Profile
from spie_desk.store.rebuild import RebuildCancelled
from spie_desk.store.single import Hold
from spie_desk.store.vault import Vault
from spie_desk.store.witness import Verdict, Witness, begin_anew, start_session
from spie_sync.invitation import Invitation, InvitationError
from spie_sync.kit import Kit, KitCodeError, slip_group
from spie_sync.sealed import SealError

PATIENCE = 1.0
"""Seconds that an opening waits for a process that is just letting go of the profile."""


class UnfinishedProfileError(DeskError):
    says = N_("Ce profil n’a pas de structure : sa création ne s’est pas terminée.")
    next_step = N_("Créez un nouveau profil ; celui-ci ne contient aucun dossier.")


@dataclass(frozen=True)
class Patience:
    """What a person sees, and may stop, of the work that an opening begins with."""

    progress: Progress = lambda _done, _total: None
    cancelled: Cancelled = lambda: False


NONE = Patience()


@dataclass(frozen=True)
class LocalDoorway:
    """Profiles under ``root``, witnesses under ``state``. ``cost`` of the key derivation: None calibrates at creation.

    ``example`` is the material of fictitious people, read when asked for; ``at`` hears of each durable step.
    """

    root: Path
    state: Path
    clock: Clock
    chance: Chance
    seconds: Callable[[], float]
    cost: Cost | None = None
    at: At = nowhere
    example: Callable[[], Any] = dict

    def profiles(self) -> Sequence[ProfileCard]:
        return profile_cards(self.root)

    def invitations(self) -> Sequence[InvitationCard]:
        return invitation_cards(self.root)

    def propose_passphrase(self) -> str:
        return passphrases.propose(passphrase_words())

    def strength(self, passphrase: str) -> int:
        found = passphrases.strength(passphrase)
        return max(int(found.bits), 80) if found.enough else min(int(found.bits), 79)

    def create(self, wish: NewProfile, progress: Progress = lambda _done, _total: None) -> Opened:
        if wish.training and wish.invitation:
            raise TrainingAloneError
        invitation = self.invitation(wish.invitation, wish.code) if wish.invitation else None
        policy = self._policy(strict=not wish.training)
        if not wish.passphrase:
            raise WeakPassphraseError
        policy.demand(wish.passphrase)

        def make(folder: Path) -> Vault:
            made = vault.create_vault(folder, wish.passphrase, policy=policy, at=self.at)
            newborn = Newborn(self.clock, self.chance, self.example, self.at)
            newborn.found(made, self._witness(made), wish, invitation, progress)
            return made

        asked = Profile("", self.root, wish.label.strip(), wish.colour, wish.training)
        profile, opened = profiles.create(self.root, asked, make, self.at)
        if invitation is not None:
            self.spend(wish.invitation)
        return self._enter(profile, lambda: opened)

    def unlock(self, profile: str, passphrase: str, progress: Progress = NONE.progress,
               cancelled: Cancelled = NONE.cancelled) -> Opened:  # fmt: skip
        found = profiles.find(self.root, profile)
        patience = Patience(progress, cancelled)
        return self._enter(found, lambda: vault.unlock(found.folder, passphrase, self.at), patience)

    def unlock_with_kit(self, profile: str, code: str, new_passphrase: str) -> Opened:
        found = profiles.find(self.root, profile)
        policy = self._policy(strict=not found.training)
        policy.demand(new_passphrase)
        kit = read_kit(code)

        def open_vault() -> Vault:
            opened = vault.unlock_with_kit(found.folder, kit.vault_secret, self.at)
            try:
                vault.set_passphrase(opened, new_passphrase, policy=policy, at=self.at)
            except BaseException:
                opened.close()
                raise
            return opened

        return self._enter(found, open_vault)

    def try_kit(self, profile: str, code: str) -> None:
        """Raise what is wrong with a kit's code as typed, before a new passphrase is asked for."""
        found = profiles.find(self.root, profile)
        vault.unlock_with_kit(found.folder, read_kit(code).vault_secret, self.at).close()

    def backups(self, profile: str) -> Sequence[BackupCard]:
        return [backup_card(one) for one in backups.list_backups(profiles.find(self.root, profile).folder)]

    def may_lack(self, profile: str, backup: str, passphrase: str) -> MayLack:
        folder = profiles.find(self.root, profile).folder
        copies = self.backups(profile)
        chosen = next(one for one in copies if one.id == backup)
        written = aside.last_written(folder)
        saved = self._saved(folder, backup, passphrase)
        return MayLack(chosen, None if written is None else written.astimezone(), tuple(copies), saved)

    def _saved(self, folder: Path, backup: str, passphrase: str) -> Saved | None:
        wreck = salvage.damaged_file(folder)
        copy = next((one for one in backups.list_backups(folder) if one.id == backup), None)
        if wreck is None or copy is None:
            return None
        opened = vault.unlock(folder, passphrase, self.at)
        try:
            found = salvage.count(wreck, opened, copy.path / vault.DATABASE)
        finally:
            opened.close()
        return None if found is None else Saved(found.read, found.known, found.newer, found.drafts)

    def restore(self, profile: str, backup: str | Path, passphrase: str, progress: Progress, *,
                rest: bool = False) -> Opened:  # fmt: skip
        found = profiles.find(self.root, profile)
        if isinstance(backup, Path):
            chosen = backups.read_backup(backup)
        else:
            chosen = next(one for one in backups.list_backups(found.folder) if one.id == backup)
        wreck = salvage.damaged_file(found.folder) if rest else None
        return self.restore_copy(
            found, chosen, lambda folder: vault.unlock(folder, passphrase, self.at), progress, wreck
        )

    def restore_copy(self, profile: Profile, copy: Backup, unlock: Callable[[Path], Vault],
                     progress: Progress, wreck: Path | None = None) -> Opened:  # fmt: skip
        """``wreck``: a damaged store whose readable rest is brought into the copy before anybody can open it."""
        progress(0, 0)

        def bring_rest(_folder: Path, opened: Vault) -> None:
            if wreck is not None:
                self._bring_rest(opened, wreck, copy.path / vault.DATABASE, progress)

        made, opened = backups.restore(self.root, profile, copy, unlock, prepare=bring_rest, at=self.at)
        return self._enter(made, lambda: opened, Patience(progress))

    def _bring_rest(self, opened: Vault, wreck: Path, copy: Path, progress: Progress) -> None:
        engine = aside.open_store(opened, newest=tables.FORMAT, at=self.at)
        try:
            store, _is_old = self._store(engine, opened, Patience(progress))
            salvage.bring_back(wreck, opened, copy, store, progress)
        finally:
            close_engine(engine)

    def delete_profile(self, profile: str) -> None:
        found = profiles.find(self.root, profile)
        known = [document.vault_id for document in keycopies.readable(found.folder)]
        profiles.delete(found, self.at)
        for vault_id in set(known):
            Witness.forget_vault(self.state, vault_id)

    def _policy(self, *, strict: bool) -> vault.Policy:
        return vault.Policy(self.cost or vault.calibrate(self.seconds), strict)

    def _witness(self, opened: Vault) -> Witness:
        return Witness(self.state, opened.vault_id, opened.folder, self.at)

    def _enter(self, profile: Profile, open_vault: Callable[[], Vault], patience: Patience = NONE) -> Opened:
        """Take the profile first, so that no other process may write while the vault and its store are opened."""
        held = _taken(profile)
        crashed = aside.left_uncleanly(profile.folder)
        try:
            profiles.tidy(profile)
            opened = open_vault()
        except BaseException:
            held.release()
            raise
        try:
            found = self._work_in(profile, opened, held, patience)
        except BaseException:
            opened.close()
            held.release()
            raise
        if crashed and isinstance(found.keeper, ProfileKeeper):
            found.keeper.crashed = True
        return found

    def _work_in(self, profile: Profile, opened: Vault, held: Hold, patience: Patience) -> Opened:
        """Open the store, notice a copy or an old backup, and say who works here."""
        engine = aside.open_store(opened, newest=tables.FORMAT, at=self.at)
        try:
            store, is_old = self._store(engine, opened, patience)
            me, structure = _who(store)
        except DamagedPartError:
            # It opens, and what must be read first does not bear its seal.
            close_engine(engine)
            raise aside.damaged(aside.set_aside(opened, Finding.DAMAGED, self.at)) from None
        except BaseException:
            close_engine(engine)
            raise
        keeper = ProfileKeeper(self, profile, opened, engine, store, held)
        desk = Desk(store, self.clock, self.chance, me, structure, value_lists(), LocalFiles())
        if is_old:
            paper.put_away(desk)
        return Opened(desk, keeper)

    def _store(self, engine: Engine, opened: Vault, patience: Patience) -> tuple[EncryptedStore, bool]:
        """The store in order, and whether it is an older copy than this computer remembers."""
        witness = self._witness(opened)
        store = open_store(engine, self.clock, self.chance, at=self.at, watch=watch(witness))
        is_old = start_session(engine, witness, store.counters) is Verdict.DIFFERENT
        if is_old:
            # First: once the new session stands, a death in between would leave what was erased readable.
            store.reapply_erasures(witness.erased())
            begin_anew(engine, witness, self._become)
        # What a dead process, or another computer, erased without telling this one.
        witness.erase(store.erased_dots())
        if store.needs_rebuild():
            _put_in_order(store, patience)
        return store, is_old

    def _become(self, connection: Connection) -> None:
        def random(size: int) -> bytes:
            return random_bytes(self.chance, size)

        desks.become_new(connection, random, int(self.clock.now().timestamp() * 1000))

    def invitation(self, name: str, code: str) -> Invitation:
        """The sealed invitation of that name, opened with the code that its maker showed."""
        try:
            sealed = (self.root / INVITATIONS / f"{Path(name).name}.sealed").read_bytes()
            return Invitation.open(Kit.parse(code).code, sealed)
        except (KitCodeError, SealError, InvitationError, OSError):
            raise BadInvitationError from None

    def kit(self, code: str) -> Kit:
        return read_kit(code)

    def spend(self, invitation: str) -> None:
        """An invitation serves once."""
        for path in (self.root / INVITATIONS).glob(f"{Path(invitation).name}.*"):
            path.unlink(missing_ok=True)


def read_kit(code: str) -> Kit:
    """The kit of a code as typed, or the group that is not copied right."""
    try:
        return Kit.parse(code)
    except KitCodeError as slip:
        group = slip.group or slip_group(code)
        if group is not None:
            raise KitTypoError(group=group) from None
        raise KitSomewhereError from None


def _put_in_order(store: EncryptedStore, patience: Patience) -> None:
    """Another version derived the tables: make them again, whole or not at all."""
    try:
        store.rebuild(patience.progress, patience.cancelled)
    except RebuildCancelled:
        raise OpeningStoppedError from None


def _taken(profile: Profile) -> Hold:
    """The profile for us alone; whoever has it is asked to show its window."""
    try:
        return single.hold(profile.folder, patience=PATIENCE)
    except ProfileInUseError:
        single.request_raise(profile.folder)
        raise


def _who(store: EncryptedStore) -> tuple[Professional, Structure]:
    found = founding.me_of(store)
    if found is None:
        raise UnfinishedProfileError
    return found
