"""The vault: a random key that never leaves memory unwrapped, and the ways to it (a passphrase, the kit)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from spie_desk.domain.vaults import (
    AlteredKeyError,
    DamagedKeyError,
    WeakPassphraseError,
    WrongKitError,
    WrongPassphraseError,
)  # fmt: skip
from spie_desk.store import keycopies, keyfile, slots
from spie_desk.store.durable import At, nowhere, write_whole
from spie_desk.store.engine import close_engine, create_database, open_engine
from spie_desk.store.keyfile import Cost, KeyFile, Slot
from spie_desk.store.memory import wipe
from spie_desk.store.passphrases import strength

DATABASE = "vault.db"
FLOOR = Cost(64 * 1024, 3, 4)
USUAL = Cost(256 * 1024, 3, 4)
_STEPS = (512, 384, 256, 192, 128, 96)
_KCV = 16


@dataclass(frozen=True, slots=True)
class Policy:
    """What is asked of a passphrase: the cost of one try, and (unless the people are fictitious) its strength."""

    cost: Cost = USUAL
    strict: bool = True

    def demand(self, passphrase: str) -> None:
        if self.strict and not strength(passphrase).enough:
            raise WeakPassphraseError


@dataclass(slots=True)
class Vault:
    """An unlocked vault. Close it at the full lock: its key becomes zeros."""

    folder: Path
    vault_id: bytes
    epoch: int
    master: bytearray = field(repr=False)

    def key(self, purpose: str) -> bytearray:
        """The 32-byte key for one purpose (« db », « files », « export »); the caller wipes it."""
        return slots.derived(self.master, f"spie-desk/vault/1/{purpose}".encode())

    def close(self) -> None:
        wipe(self.master)


def calibrate(clock: Callable[[], float], target: float = 0.8) -> Cost:
    """The costliest setting that this machine does in about ``target`` seconds; never under the floor."""
    start = clock()
    wipe(slots.stretched("calibration", bytes(16), FLOOR))
    once = clock() - start
    for memory in _STEPS:
        if once * memory / 64 <= target:
            return Cost(memory * 1024, FLOOR.passes, FLOOR.lanes)
    return FLOOR


def create_vault(
    folder: Path, passphrase: str, *, kit: bytes | bytearray | None = None, policy: Policy | None = None,
    build: Callable[[Engine], None] | None = None, at: At = nowhere,
) -> Vault:  # fmt: skip
    """A new vault in an empty folder: key file, database, and the tables that ``build`` makes.

    ``kit`` is the 32-byte secret of the kit's code; it can come later (``set_kit``). The folder is expected to
    be one that nobody can open yet (``profiles.create`` gives it its name once all is done). A policy that
    is not ``strict`` is for fictitious people.
    """
    policy = policy or Policy()
    policy.demand(passphrase)
    if any((folder / name).exists() for name in (keyfile.MAIN, keyfile.SPARE, DATABASE)):
        raise FileExistsError("a vault is never created where one stands")
    vault = Vault(folder, secrets.token_bytes(16), 1, bytearray(secrets.token_bytes(32)))
    at("create:key")
    ways = [slots.passphrase_slot(vault.master, vault.vault_id, vault.epoch, passphrase, policy.cost)]
    if kit is not None:
        ways.append(slots.kit_slot(vault.master, vault.vault_id, vault.epoch, kit))
    keyfile.save(folder, _document(vault, tuple(ways)), at)
    at("create:database")
    key = vault.key("db")
    try:
        create_database(folder / DATABASE, key, vault.vault_id)
        if build is not None:
            at("create:tables")
            engine = open_engine(folder / DATABASE, key, vault_id=vault.vault_id)
            try:
                build(engine)
            finally:
                close_engine(engine)
    finally:
        wipe(key)
    at("create:done")
    return vault


def unlock(folder: Path, passphrase: str, at: At = nowhere) -> Vault:
    """Open with the passphrase. A damaged copy of the key file is passed over, and mended once the vault is open."""
    document = keycopies.first_readable(folder)
    for slot in document.of("passphrase"):
        master = slots.open_with_passphrase(document, slot, passphrase)
        if master is None:
            continue
        vault = Vault(folder, document.vault_id, document.epoch, master)
        if not _genuine(vault, document):
            vault.close()
            raise AlteredKeyError
        mend(vault, at)
        return vault
    raise WrongPassphraseError


def unlock_with_kit(folder: Path, kit: bytes | bytearray, at: At = nowhere) -> Vault:
    """Open with the kit's secret, from whichever copy still holds its slot, even when somebody edited the file.

    When no copy bears a true seal, a new key file is written that keeps the kit alone: ``set_passphrase`` comes next.
    """
    documents = keycopies.readable(folder)
    if not documents:
        raise DamagedKeyError
    for document in documents:
        for slot in document.of("kit"):
            master = slots.open_with_kit(document, slot, kit)
            if master is None:
                continue
            vault = Vault(folder, document.vault_id, document.epoch, master)
            if not any(_genuine(vault, other) for other in documents):
                keyfile.save(folder, _document(vault, (slot,)), at)
            mend(vault, at)
            return vault
    raise WrongKitError


def change_passphrase(vault: Vault, old: str, new: str, *, policy: Policy | None = None, at: At = nowhere) -> None:
    """Rewrite one slot; nothing is encrypted anew. Raises WrongPassphraseError if ``old`` does not open."""
    document = _genuine_document(vault)
    masters = [slots.open_with_passphrase(document, slot, old) for slot in document.of("passphrase")]
    if not any(masters):
        raise WrongPassphraseError
    for master in masters:
        wipe(master or bytearray())
    set_passphrase(vault, new, policy=policy, at=at)


def set_passphrase(vault: Vault, new: str, *, policy: Policy | None = None, at: At = nowhere) -> None:
    """A new passphrase for an open vault, in the place of any other: after the kit opened it."""
    policy = policy or Policy()
    policy.demand(new)
    document = _genuine_document(vault)
    _replace(vault, document, slots.passphrase_slot(vault.master, vault.vault_id, vault.epoch, new, policy.cost), at)


def set_kit(vault: Vault, kit: bytes | bytearray, at: At = nowhere) -> None:
    """The kit's slot, in the place of any older kit: a new sheet revokes the old one."""
    slot = slots.kit_slot(vault.master, vault.vault_id, vault.epoch, kit)
    _replace(vault, _genuine_document(vault), slot, at)


def has_kit(vault: Vault) -> bool:
    return bool(_genuine_document(vault).of("kit"))


def mend(vault: Vault, at: At = nowhere) -> None:
    """Make every copy of the key file, those of the kept backups of this epoch included, the current one."""
    document = _genuine_document(vault)
    content = document.to_bytes()
    if any(keycopies.bytes_of(vault.folder / name) != content for name in (keyfile.MAIN, keyfile.SPARE)):
        keyfile.save(vault.folder, document, at)
    for path in keycopies.backup_keys(vault.folder):
        if keycopies.bytes_of(path) != content and keycopies.belongs(path, vault.vault_id, vault.epoch):
            write_whole(path, content, at, "key-backup")


def _genuine_document(vault: Vault) -> KeyFile:
    for document in keycopies.readable(vault.folder):
        if _genuine(vault, document):
            return document
    raise DamagedKeyError


def _genuine(vault: Vault, document: KeyFile) -> bool:
    same = document.vault_id == vault.vault_id and document.epoch == vault.epoch
    key = vault.key("keyfile-mac")
    try:
        return same and hmac.compare_digest(document.check, _check_value(vault)) and hmac.compare_digest(
            document.mac, document.expected_mac(key)
        )  # fmt: skip
    finally:
        wipe(key)


def _document(vault: Vault, ways: tuple[Slot, ...]) -> KeyFile:
    key = vault.key("keyfile-mac")
    try:
        document = KeyFile(vault_id=vault.vault_id, epoch=vault.epoch, check=_check_value(vault), slots=ways)
        return document.signed(key)
    finally:
        wipe(key)


def _replace(vault: Vault, document: KeyFile, slot: Slot, at: At) -> None:
    others = tuple(other for other in document.slots if other.opens_with != slot.opens_with)
    at("change:before")
    keyfile.save(vault.folder, _document(vault, (slot, *others)), at)
    mend(vault, at)
    at("change:done")


def _check_value(vault: Vault) -> bytes:
    key = vault.key("kcv")
    try:
        return hmac.new(key, vault.vault_id + vault.epoch.to_bytes(4, "big"), hashlib.sha256).digest()[:_KCV]
    finally:
        wipe(key)
