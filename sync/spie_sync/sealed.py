"""Sealing bytes: to a desk's public keys (hybrid HPKE), or to a 160-bit code (HKDF and AES-256-GCM).

The context says what the bytes are and for whom; opened under another context they stay shut. HPKE's sender is
anonymous: what must have an author is signed inside. Every failure is one ``SealError``.
"""

from __future__ import annotations

from collections.abc import Callable

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from spie_sync.identity import DeskKeys, DeskPublic, IdentityError
from spie_sync.kit import CODE

VERSION = 1
TO_DESK, TO_CODE = 1, 2
SALT = 16


class SealError(Exception):
    """The bytes cannot be sealed or opened: other keys, other code, other context, or altered on the way."""


def _suite() -> Suite:
    return Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal_to_desk(desk: DeskPublic, plain: bytes, context: bytes) -> bytes:
    """Version and algorithm bytes, then HPKE's key and ciphertext: 1,138 bytes more than ``plain``."""
    try:
        return bytes((VERSION, TO_DESK)) + _suite().encrypt(plain, desk.hpke(), info=_info(desk, context))
    except (ValueError, UnsupportedAlgorithm, IdentityError) as error:
        raise SealError("cannot be sealed to this desk") from error


def open_as_desk(keys: DeskKeys, sealed: bytes, context: bytes) -> bytes:
    """What ``seal_to_desk`` sealed to these keys under the same context."""
    body = _body(sealed, TO_DESK)
    try:
        return _suite().decrypt(body, keys.hpke(), info=_info(keys.public, context))
    except (InvalidTag, ValueError, UnsupportedAlgorithm, IdentityError) as error:
        raise SealError("not sealed to this desk, or altered") from error


def seal_to_code(code: bytes, plain: bytes, context: bytes, random: Callable[[int], bytes]) -> bytes:
    """Version and algorithm bytes, 16 of salt, then AES-256-GCM's ciphertext: 34 bytes more than ``plain``.

    ``code`` is 20 random bytes (never a passphrase: nothing here slows guessing down).
    """
    salt = random(SALT)
    key, nonce = _drawn(code, salt, context)
    head = bytes((VERSION, TO_CODE))
    return head + salt + AESGCM(key).encrypt(nonce, plain, head + context)


def open_with_code(code: bytes, sealed: bytes, context: bytes) -> bytes:
    """What ``seal_to_code`` sealed to this code under the same context."""
    body = _body(sealed, TO_CODE)
    key, nonce = _drawn(code, body[:SALT], context)
    try:
        return AESGCM(key).decrypt(nonce, body[SALT:], sealed[:2] + context)
    except (InvalidTag, ValueError) as error:
        raise SealError("another code, or altered") from error


def _body(sealed: bytes, algorithm: int) -> bytes:
    if sealed[:2] != bytes((VERSION, algorithm)):
        raise SealError("sealed in a way that this version does not know")
    return sealed[2:]


def _info(desk: DeskPublic, context: bytes) -> bytes:
    return b"spie sealed to desk, version 1" + desk.id + context


def _drawn(code: bytes, salt: bytes, context: bytes) -> tuple[bytes, bytes]:
    """The key and the nonce of one sealing: both fresh with the salt, so no nonce is ever used twice."""
    if len(code) != CODE:
        raise SealError("a code is 20 bytes")
    info = b"spie sealed to code, version 1" + context
    drawn = HKDF(algorithm=SHA256(), length=44, salt=salt, info=info).derive(code)
    return drawn[:32], drawn[32:]
