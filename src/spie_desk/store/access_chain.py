"""How one line of the register of accesses is sealed: a key used once and forgotten, bound to the line before it.

A sitting begins with 32 random bytes sealed to who may read (1,138 bytes, once). Each line has its own key drawn from
the sitting's, which moves on and cannot be drawn back: the session that wrote a line can neither read it again nor
write another in its place. A line is also bound to the sum of all before it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from spie_desk.store.memory import wipe

ROOT, SUM = 32, 32
START = bytes(SUM)
"""What the first line of all follows."""


class AlteredLineError(Exception):
    """The line does not open in its place: altered, moved, or what came before it was taken away."""


@dataclass(slots=True)
class Ratchet:
    """The keys of one sitting, each given once; ``chain`` is what the next ones are drawn from."""

    chain: bytearray = field(repr=False)

    def key(self) -> bytearray:
        key, following = _drawn(self.chain, b"line"), _drawn(self.chain, b"next")
        wipe(self.chain)
        self.chain = following
        return key

    def seal(self, plain: bytes, place: bytes) -> bytes:
        key = self.key()
        try:
            # the key serves once: a fixed nonce is never used twice under it
            return AESGCM(key).encrypt(bytes(12), plain, place)
        finally:
            wipe(key)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        key = self.key()
        try:
            return AESGCM(key).decrypt(bytes(12), sealed, place)
        except InvalidTag:
            raise AlteredLineError from None
        finally:
            wipe(key)

    def forget(self) -> None:
        wipe(self.chain)


def place_of(n: int, sitting: int, before: bytes) -> bytes:
    """What a line is bound to: its number, its sitting, and the sum of every line before."""
    return b"spie access line, version 1" + n.to_bytes(8, "big") + sitting.to_bytes(8, "big") + before


def sum_of(place: bytes, sealed: bytes) -> bytes:
    return hashlib.blake2b(place + sealed, digest_size=SUM, person=b"spie access").digest()


def root_context(sitting: int, before: bytes) -> bytes:
    return b"spie access sitting, version 1" + sitting.to_bytes(8, "big") + before


def _drawn(chain: bytes | bytearray, purpose: bytes) -> bytearray:
    key = bytearray(ROOT)
    HKDF(algorithm=SHA256(), length=ROOT, salt=None, info=b"spie access " + purpose).derive_into(chain, key)
    return key
