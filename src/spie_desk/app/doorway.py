"""The profiles of this laptop: created whole or not at all, opened, recovered from the kit or from a copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from spie_desk.app.files import LocalFiles
from spie_desk.app.keeper import ProfileKeeper, backup_card, card
from spie_desk.app.shipped_lists import passphrase_words, value_lists
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.domain.vaults import WeakPassphraseError, WrongKitError
from spie_desk.services import founding
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import BackupCard, InvitationCard, NewProfile, Opened, ProfileCard, Progress
from spie_desk.services.ports import Chance, Clock, Deed
from spie_desk.store import aside, backups, desks, joining, passphrases, profiles, tables, vault
from spie_desk.store.backups import Backup
from spie_desk.store.durable import At, nowhere, read_json
from spie_desk.store.engine import close_engine
from spie_desk.store.keyfile import Cost
from spie_desk.store.open import EncryptedStore, Watch, open_store, random_bytes
from spie_desk.store.profiles import Profile
from spie_desk.store.single import hold
from spie_desk.store.vault import Vault
from spie_desk.store.witness import Verdict, Witness, begin_anew, start_session
from spie_sync.invitation import Invitation, InvitationError
from spie_sync.kit import Kit, KitCodeError
from spie_sync.sealed import SealError

INVITATIONS = "invitations"


class BadInvitationError(DeskError):
    says = N_("Ce code n’ouvre pas cette invitation. Rien n’a été créé.")
    next_step = N_("Vérifiez chaque groupe, ou demandez une nouvelle invitation à votre collègue.")


class UnfinishedProfileError(DeskError):
    says = N_("Ce profil n’a pas de structure : sa création ne s’est pas terminée.")
    next_step = N_("Créez un nouveau profil ; celui-ci ne contient aucun dossier.")


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
        return [card(one) for one in profiles.list_profiles(profiles.open_root(self.root))]

    def invitations(self) -> Sequence[InvitationCard]:
        found = []
        for path in sorted((self.root / INVITATIONS).glob("*.json")):
            data = read_json(path) or {}
            if data.get("label") and path.with_suffix(".sealed").exists():
                found.append(InvitationCard(path.stem, str(data["label"]), datetime.fromisoformat(data["made_at"])))
        return found

    def propose_passphrase(self) -> str:
        return passphrases.propose(passphrase_words())

    def strength(self, passphrase: str) -> int:
        found = passphrases.strength(passphrase)
        return max(int(found.bits), 80) if found.enough else min(int(found.bits), 79)

    def create(self, wish: NewProfile, progress: Progress = lambda _done, _total: None) -> Opened:
        invitation = self._open_invitation(wish)
        policy = self._policy(strict=not wish.training)
        if not wish.passphrase:
            raise WeakPassphraseError
        policy.demand(wish.passphrase)

        def make(folder: Path) -> Vault:
            made = vault.create_vault(folder, wish.passphrase, policy=policy, at=self.at)
            self._found(made, wish, invitation, progress)
            return made

        asked = Profile("", self.root, wish.label.strip(), wish.colour, wish.training)
        profile, opened = profiles.create(self.root, asked, make, self.at)
        if invitation is not None:
            self._spend(wish.invitation)
        return self._enter(profile, opened)

    def unlock(self, profile: str, passphrase: str) -> Opened:
        found = profiles.find(self.root, profile)
        return self._enter(found, vault.unlock(found.folder, passphrase, self.at))

    def unlock_with_kit(self, profile: str, code: str, new_passphrase: str) -> Opened:
        found = profiles.find(self.root, profile)
        policy = self._policy(strict=not found.training)
        policy.demand(new_passphrase)
        opened = vault.unlock_with_kit(found.folder, _kit(code).vault_secret, self.at)
        vault.set_passphrase(opened, new_passphrase, policy=policy, at=self.at)
        return self._enter(found, opened)

    def backups(self, profile: str) -> Sequence[BackupCard]:
        return [backup_card(one) for one in backups.list_backups(profiles.find(self.root, profile).folder)]

    def restore(self, profile: str, backup: str, passphrase: str, progress: Progress) -> Opened:
        found = profiles.find(self.root, profile)
        chosen = next(one for one in backups.list_backups(found.folder) if one.id == backup)
        return self.restore_copy(found, chosen, lambda folder: vault.unlock(folder, passphrase, self.at), progress)

    def restore_copy(self, profile: Profile, copy: Backup, unlock: Callable[[Path], Vault],
                     progress: Progress) -> Opened:  # fmt: skip
        progress(0, 0)
        made, opened = backups.restore(self.root, profile, copy, unlock, at=self.at)
        return self._enter(made, opened)

    def delete_profile(self, profile: str) -> None:
        profiles.delete(profiles.find(self.root, profile), self.at)

    def _policy(self, *, strict: bool) -> vault.Policy:
        return vault.Policy(self.cost or vault.calibrate(self.seconds), strict)

    def _witness(self, opened: Vault) -> Witness:
        return Witness(self.state, opened.vault_id, opened.folder, self.at)

    def _enter(self, profile: Profile, opened: Vault) -> Opened:
        """Take the profile, open its store, notice a copy or an old backup, and say who works here."""
        try:
            held = hold(profile.folder, patience=1.0)
        except BaseException:
            opened.close()
            raise
        engine = None
        try:
            engine = aside.open_store(opened, newest=tables.FORMAT, at=self.at)
            witness = self._witness(opened)
            store = open_store(engine, self.clock, self.chance, at=self.at, watch=_watch(witness))
            if start_session(engine, witness, store.counters()) is Verdict.DIFFERENT:
                begin_anew(engine, witness, self._become)
                store.reapply_erasures(witness.erased())
            if store.needs_rebuild():
                store.rebuild()
            me, structure = _who(store)
        except BaseException:
            if engine is not None:
                close_engine(engine)
            opened.close()
            held.release()
            raise
        keeper = ProfileKeeper(self, profile, opened, engine, store, held)
        return Opened(Desk(store, self.clock, self.chance, me, structure, value_lists(), LocalFiles()), keeper)

    def _found(self, made: Vault, wish: NewProfile, invitation: Invitation | None, progress: Progress) -> None:
        """The first writes, in a folder that nobody can open yet: who I am, my structure, fictitious people."""
        engine = aside.open_store(made, newest=tables.FORMAT, at=self.at)
        try:
            witness = self._witness(made)
            store = open_store(engine, self.clock, self.chance, at=self.at, watch=_watch(witness))
            begin_anew(engine, witness, lambda _connection: None)
            store.settings.set("created", int(self.clock.now().timestamp() * 1000))
            if invitation is not None:
                self._take_in(engine, store, wish, invitation)
            elif wish.me is not None and wish.structure is not None:
                founding.found(store, wish.me, wish.structure)
            if wish.people:
                self._people(store, wish, progress)
        finally:
            close_engine(engine)

    def _take_in(self, engine: Any, store: EncryptedStore, wish: NewProfile, invitation: Invitation) -> None:
        with engine.begin() as connection:
            joining.learn(connection, invitation)
        store.receive(invitation.changes)
        structures = store.records.find("structure", limit=1000)
        first = min(structures, key=lambda one: one.first.hlc, default=None)
        if first is None or wish.me is None:
            raise BadInvitationError
        founding.join(store, replace(wish.me, structure=first.record.id))

    def _people(self, store: EncryptedStore, wish: NewProfile, progress: Progress) -> None:
        from spie_desk.domain.people_maker import make  # noqa: PLC0415 — only for fictitious people

        if wish.me is None or wish.structure is None:
            return
        today = self.clock.now().date()
        records = list(make(self.example(), 1, today, wish.people, wish.me, wish.structure))
        put_all(store, records, progress)

    def _become(self, connection: Connection) -> None:
        def random(size: int) -> bytes:
            return random_bytes(self.chance, size)

        desks.become_new(connection, random, int(self.clock.now().timestamp() * 1000))

    def _open_invitation(self, wish: NewProfile) -> Invitation | None:
        if not wish.invitation:
            return None
        try:
            sealed = (self.root / INVITATIONS / f"{Path(wish.invitation).name}.sealed").read_bytes()
            return Invitation.open(Kit.parse(wish.code).code, sealed)
        except (KitCodeError, SealError, InvitationError, OSError):
            raise BadInvitationError from None

    def _spend(self, invitation: str) -> None:
        """An invitation serves once."""
        for path in (self.root / INVITATIONS).glob(f"{Path(invitation).name}.*"):
            path.unlink(missing_ok=True)


def put_all(store: EncryptedStore, records: Sequence[tuple[str, Any]], progress: Progress) -> None:
    """Write made-up records, a few hundred to a transaction."""
    for start in range(0, len(records), 300):
        with store.unit(Deed("training", undoable=False)) as unit:
            for kind, record in records[start : start + 300]:
                unit.put(kind, record)
        progress(min(start + 300, len(records)), len(records))


def _who(store: EncryptedStore) -> tuple[Professional, Structure]:
    found = founding.me_of(store)
    if found is None:
        raise UnfinishedProfileError
    return found


def _watch(witness: Witness) -> Watch:
    return Watch(reserve=witness.reserve, erased=witness.erase)


def _kit(code: str) -> Kit:
    try:
        return Kit.parse(code)
    except KitCodeError:
        raise WrongKitError from None
