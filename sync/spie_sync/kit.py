"""The person's kit: one 160-bit code on paper, the desk keys drawn from it, and the secret that reopens the vault.

The code is Crockford base32 (the letters and digits that hands confuse least), 8 groups of 5: 32 signs of code,
8 of checksum, so that a slip of the pen is found before any cryptography. All else is drawn by HKDF-SHA256:
the same code gives the same keys on any machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from spie_sync.identity import AGREEMENT, SEED, SIGNING, DeskKeys, DeskPublic

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE: Final = 20
"""Bytes of the code: 160 bits."""

CHECK: Final = 5
GROUPS, GROUP = 8, 5
SIGNS: Final = GROUPS * GROUP

_ALIKE: Final = str.maketrans("OIL", "011")
_IGNORED: Final = frozenset("-_.\u2010\u2011\u2012\u2013\u2014\u2212\u00b7\u00ad")
"""The dashes and dots that people and keyboards put between groups; every kind of space is ignored too."""

_SALT: Final = b"spie kit, version 1"


class Slip(Enum):
    """What is wrong with a code as typed."""

    LENGTH = "length"
    SIGN = "sign"
    CHECKSUM = "checksum"


class KitCodeError(Exception):
    """The code as typed is not one: ``slip`` says in what way, ``group`` (from 1) where, when that is known,
    ``signs`` how many signs were found. Never holds the code."""

    def __init__(self, slip: Slip, *, group: int | None = None, signs: int = 0) -> None:
        super().__init__(slip.value)
        self.slip = slip
        self.group = group
        self.signs = signs


@dataclass(frozen=True, slots=True)
class Kit:
    """A person's kit; ``code`` is 20 random bytes. It is never stored: ``public`` is."""

    code: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.code) != CODE:
            raise KitCodeError(Slip.LENGTH, signs=0)

    @classmethod
    def new(cls, random: Callable[[int], bytes]) -> Kit:
        """A fresh kit; ``random`` gives so many unpredictable bytes (``secrets.token_bytes``)."""
        return cls(random(CODE))

    @classmethod
    def parse(cls, typed: str) -> Kit:
        """The kit of a code as typed: any case, spaces and dashes, O for 0, I or L for 1. KitCodeError otherwise."""
        number = _number(_signs(typed))
        whole = number.to_bytes(CODE + CHECK, "big")
        code = whole[:CODE]
        if _checksum(code) != whole[CODE:]:
            raise KitCodeError(Slip.CHECKSUM, signs=SIGNS)
        return cls(code)

    @property
    def groups(self) -> tuple[str, ...]:
        """The eight groups of five signs, as printed."""
        number = int.from_bytes(self.code + _checksum(self.code), "big")
        signs = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(SIGNS)))
        return tuple(signs[start : start + GROUP] for start in range(0, SIGNS, GROUP))

    @property
    def text(self) -> str:
        return "-".join(self.groups)

    @property
    def keys(self) -> DeskKeys:
        """The paper desk's private keys."""
        return DeskKeys(
            self._draw(b"ed25519", SIGNING), self._draw(b"x25519", AGREEMENT), self._draw(b"ml-kem-768 seed", SEED)
        )

    @property
    def public(self) -> DeskPublic:
        """The paper desk's public keys: stored when the kit is made, so that grants reach it in its drawer."""
        return self.keys.public

    @property
    def vault_secret(self) -> bytes:
        """32 bytes that open the vault's recovery slot; drawn apart, they say nothing of the keys."""
        return self._draw(b"vault recovery slot", 32)

    def _draw(self, purpose: bytes, size: int) -> bytes:
        return HKDF(algorithm=SHA256(), length=size, salt=_SALT, info=purpose).derive(self.code)


def slip_group(typed: str) -> int | None:
    """The group (from 1) where one wrong sign, or two neighbours swapped, would explain a checksum that fails.

    None when no single slip explains it. The checksum has 40 bits: a wrong guess is one in a thousand million.
    """
    try:
        signs = _signs(typed)
    except KitCodeError as slip:
        return slip.group
    for place, sign in enumerate(signs):
        others = [signs[:place] + other + signs[place + 1 :] for other in ALPHABET if other != sign]
        others.append(signs[:place] + signs[place + 1 : place + 2] + sign + signs[place + 2 :])
        if any(_holds(other) for other in others):
            return place // GROUP + 1
    return None


def _holds(signs: str) -> bool:
    whole = _number(signs).to_bytes(CODE + CHECK, "big")
    return _checksum(whole[:CODE]) == whole[CODE:]


def same_group(typed: str, printed: str) -> bool:
    """True when a group typed back to show that the sheet exists is the printed one, look-alikes accepted."""
    return _plain(typed) == printed


def _plain(typed: str) -> str:
    kept = (sign for sign in typed.upper() if not sign.isspace() and sign not in _IGNORED)
    return "".join(kept).translate(_ALIKE)


def _signs(typed: str) -> str:
    plain = _plain(typed)
    for place, sign in enumerate(plain):
        if sign not in ALPHABET:
            raise KitCodeError(Slip.SIGN, group=min(place // GROUP + 1, GROUPS), signs=len(plain))
    if len(plain) != SIGNS:
        raise KitCodeError(Slip.LENGTH, signs=len(plain))
    return plain


def _number(signs: str) -> int:
    number = 0
    for sign in signs:
        number = number << 5 | ALPHABET.index(sign)
    return number


def _checksum(code: bytes) -> bytes:
    return hashlib.blake2b(code, digest_size=CHECK, person=b"spie kit check").digest()
