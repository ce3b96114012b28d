"""Who a desk and a circle are: the desk's keys, the ids drawn from them, and their spelling as bytes.

A desk signs with Ed25519 and receives keys through X25519 joined to ML-KEM-768 (records stay sensitive for
decades). Whatever does not fit, or a machine that cannot do one of the three, ends in ``IdentityError``: nothing
falls back to something weaker.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

VERSION = 1
ALGORITHM = 1
"""1 = Ed25519 + X25519 + ML-KEM-768 (FIPS 203); HPKE with MLKEM768_X25519, HKDF-SHA256, AES-256-GCM."""

HEAD = bytes((VERSION, ALGORITHM))
SIGNING, AGREEMENT, ENCAPSULATION, SEED = 32, 32, 1184, 64
"""Sizes in bytes of an Ed25519 key, an X25519 key, an ML-KEM-768 public key and its private seed."""

ID = 16


class IdentityError(Exception):
    """Keys, an id or a signature that cannot be used; the text says why and holds no secret."""


@dataclass(frozen=True, slots=True)
class DeskPublic:
    """A desk's public keys, raw bytes."""

    signing: bytes
    agreement: bytes
    encapsulation: bytes

    def __post_init__(self) -> None:
        sizes = (len(self.signing), len(self.agreement), len(self.encapsulation))
        if sizes != (SIGNING, AGREEMENT, ENCAPSULATION):
            raise IdentityError("public keys of the wrong size")

    def to_bytes(self) -> bytes:
        return HEAD + self.signing + self.agreement + self.encapsulation

    @classmethod
    def from_bytes(cls, data: bytes) -> DeskPublic:
        signing, agreement, encapsulation = _parts(data, SIGNING, AGREEMENT, ENCAPSULATION)
        public = cls(signing, agreement, encapsulation)
        public.hpke()
        return public

    @property
    def id(self) -> bytes:
        """The desk id: BLAKE2b-128 of the public keys with their version and algorithm."""
        return hashlib.blake2b(self.to_bytes(), digest_size=ID, person=b"spie desk").digest()

    def hpke(self) -> MLKEM768X25519PublicKey:
        """The key that HPKE seals to."""
        try:
            return MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(self.encapsulation),
                X25519PublicKey.from_public_bytes(self.agreement),
            )
        except (ValueError, UnsupportedAlgorithm) as error:
            raise IdentityError("public keys that cannot be used here") from error

    def verify(self, signature: bytes, context: bytes, message: bytes) -> None:
        """Raise IdentityError unless this desk signed ``message`` for ``context``."""
        try:
            Ed25519PublicKey.from_public_bytes(self.signing).verify(signature, _signed(context, message))
        except (InvalidSignature, ValueError, UnsupportedAlgorithm) as error:
            raise IdentityError("not signed by this desk") from error


@dataclass(frozen=True, slots=True)
class DeskKeys:
    """A desk's private keys, raw bytes: they live inside the encrypted store and are never shown."""

    signing: bytes = field(repr=False)
    agreement: bytes = field(repr=False)
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if (len(self.signing), len(self.agreement), len(self.seed)) != (SIGNING, AGREEMENT, SEED):
            raise IdentityError("private keys of the wrong size")

    @classmethod
    def new(cls, random: Callable[[int], bytes]) -> DeskKeys:
        """Fresh keys; ``random`` gives so many unpredictable bytes (``secrets.token_bytes``)."""
        return cls(random(SIGNING), random(AGREEMENT), random(SEED))

    def to_bytes(self) -> bytes:
        return HEAD + self.signing + self.agreement + self.seed

    @classmethod
    def from_bytes(cls, data: bytes) -> DeskKeys:
        signing, agreement, seed = _parts(data, SIGNING, AGREEMENT, SEED)
        return cls(signing, agreement, seed)

    @property
    def public(self) -> DeskPublic:
        try:
            return DeskPublic(
                Ed25519PrivateKey.from_private_bytes(self.signing).public_key().public_bytes_raw(),
                X25519PrivateKey.from_private_bytes(self.agreement).public_key().public_bytes_raw(),
                MLKEM768PrivateKey.from_seed_bytes(self.seed).public_key().public_bytes_raw(),
            )
        except (ValueError, UnsupportedAlgorithm) as error:
            raise IdentityError("this machine cannot make these keys") from error

    def hpke(self) -> MLKEM768X25519PrivateKey:
        """The key that HPKE opens with."""
        try:
            return MLKEM768X25519PrivateKey(
                MLKEM768PrivateKey.from_seed_bytes(self.seed),
                X25519PrivateKey.from_private_bytes(self.agreement),
            )
        except (ValueError, UnsupportedAlgorithm) as error:
            raise IdentityError("this machine cannot use these keys") from error

    def sign(self, context: bytes, message: bytes) -> bytes:
        """64 bytes; ``context`` names what is being signed, so that no signature serves twice."""
        return Ed25519PrivateKey.from_private_bytes(self.signing).sign(_signed(context, message))


def circle_id(founder: bytes, sort: str, nonce: bytes) -> bytes:
    """16 bytes: BLAKE2b-128 of the founding desk's signing key (32 bytes), the sort and 16 random bytes."""
    if len(founder) != SIGNING or len(nonce) != ID or not 0 < len(sort.encode()) <= 255:
        raise IdentityError("a circle is founded by a 32-byte key, a sort and 16 random bytes")
    return hashlib.blake2b(founder + sort.encode() + nonce, digest_size=ID, person=b"spie circle").digest()


def _signed(context: bytes, message: bytes) -> bytes:
    return hashlib.blake2b(len(context).to_bytes(2, "big") + context + message, person=b"spie signature").digest()


def _parts(data: bytes, *sizes: int) -> tuple[bytes, ...]:
    if data[:1] != HEAD[:1]:
        raise IdentityError("keys of another version")
    if data[1:2] != HEAD[1:]:
        raise IdentityError("keys of an algorithm that this version does not know")
    if len(data) != len(HEAD) + sum(sizes):
        raise IdentityError("keys of the wrong size")
    found, place = [], len(HEAD)
    for size in sizes:
        found.append(data[place : place + size])
        place += size
    return tuple(found)
