"""One way to the key at a time: how a passphrase or a kit's code wraps the vault's key, and unwraps it."""

from __future__ import annotations

import secrets
from dataclasses import replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from spie_desk.domain.vaults import NotEnoughMemoryError
from spie_desk.store.keyfile import Cost, KeyFile, Slot
from spie_desk.store.memory import wipe
from spie_desk.store.passphrases import normal

_KIT = b"spie-desk/kit/1/"


def passphrase_slot(master: bytearray, vault_id: bytes, epoch: int, passphrase: str, cost: Cost) -> Slot:
    if not cost.within_bounds():
        raise ValueError("outside the bounds that reading accepts")
    slot = Slot(id=secrets.token_hex(8), opens_with="passphrase", salt=secrets.token_bytes(16), cost=cost)
    return _sealed(master, vault_id, epoch, slot, stretched(passphrase, slot.salt, cost))


def kit_slot(master: bytearray, vault_id: bytes, epoch: int, kit: bytes | bytearray) -> Slot:
    slot = Slot(id=secrets.token_hex(8), opens_with="kit", salt=secrets.token_bytes(16))
    return _sealed(master, vault_id, epoch, slot, derived(kit, _KIT + slot.salt))


def open_with_passphrase(document: KeyFile, slot: Slot, passphrase: str) -> bytearray | None:
    """The vault's key if the passphrase opens this slot."""
    if slot.cost is None:
        return None
    return _unsealed(document, slot, stretched(passphrase, slot.salt, slot.cost))


def open_with_kit(document: KeyFile, slot: Slot, kit: bytes | bytearray) -> bytearray | None:
    return _unsealed(document, slot, derived(kit, _KIT + slot.salt))


def stretched(passphrase: str, salt: bytes, cost: Cost) -> bytearray:
    """Argon2id of the passphrase: slow on purpose, in time and in memory. Releases the interpreter's lock."""
    spelled, key = bytearray(normal(passphrase).encode()), bytearray(32)
    try:
        derivation = Argon2id(
            salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory
        )
        derivation.derive_into(spelled, key)  # type: ignore[arg-type]  # any buffer does; bytes could not be wiped
    except MemoryError:
        raise NotEnoughMemoryError from None
    finally:
        wipe(spelled)
    return key


def derived(secret: bytes | bytearray, info: bytes) -> bytearray:
    key = bytearray(32)
    HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive_into(secret, key)
    return key


def _sealed(master: bytearray, vault_id: bytes, epoch: int, slot: Slot, key: bytearray) -> Slot:
    try:
        nonce = secrets.token_bytes(12)
        return replace(slot, nonce=nonce, sealed=AESGCM(key).encrypt(nonce, master, slot.covered(vault_id, epoch)))
    finally:
        wipe(key)


def _unsealed(document: KeyFile, slot: Slot, key: bytearray) -> bytearray | None:
    master = bytearray(32)
    try:
        covered = slot.covered(document.vault_id, document.epoch)
        AESGCM(key).decrypt_into(slot.nonce, slot.sealed, covered, master)
    except InvalidTag:
        return None
    finally:
        wipe(key)
    return master
