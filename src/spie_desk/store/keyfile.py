"""The key file: the store's key wrapped in slots, in two identical copies that tell if they are damaged."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from spie_desk.store.durable import At, nowhere, write_whole
from spie_desk.store.lineage import KEY, SPARE_KEY

MAIN, SPARE = KEY, SPARE_KEY
_MAGIC = b"SPIEKEY1"
_DATABASE = "sqlcipher4/raw256"
_MEMORY, _PASSES, _LANES = (64 * 1024, 1024 * 1024), (1, 10), (1, 8)
_MAX_BYTES = 64 * 1024


class UnreadableKeyFileError(Exception):
    """Missing, truncated or with a wrong checksum: damage, not intent."""


class EditedKeyFileError(Exception):
    """The checksum is right but the content is not what this application writes: somebody edited it."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try at the passphrase costs: memory in KiB, passes, lanes."""

    memory: int
    passes: int
    lanes: int

    def within_bounds(self) -> bool:
        """Below, a copied file could be searched cheaply; above, opening it could exhaust the machine."""
        return all(
            type(value) is int and low <= value <= high
            for value, (low, high) in ((self.memory, _MEMORY), (self.passes, _PASSES), (self.lanes, _LANES))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way to the key: a passphrase (``cost`` set) or a kit's code."""

    id: str
    opens_with: str
    salt: bytes
    cost: Cost | None = None
    label: str = ""
    nonce: bytes = b""
    sealed: bytes = b""

    def written(self) -> dict[str, Any]:
        kdf: dict[str, Any] = {"alg": "hkdf-sha256", "salt": self.salt.hex()}
        if self.cost is not None:
            kdf = {
                "alg": "argon2id", "salt": self.salt.hex(),
                "m": self.cost.memory, "t": self.cost.passes, "p": self.cost.lanes, "norm": "NFKC",
            }  # fmt: skip
        return {
            "id": self.id, "type": self.opens_with, "label": self.label, "kdf": kdf,
            "nonce": self.nonce.hex(), "ct": self.sealed.hex(),
        }  # fmt: skip

    def covered(self, vault_id: bytes, epoch: int) -> bytes:
        """What the seal also covers: everything but itself and the label, so that no parameter can be weakened."""
        fixed = {name: value for name, value in self.written().items() if name not in ("nonce", "ct", "label")}
        return _canonical({"vault_id": vault_id.hex(), "epoch": epoch, "slot": fixed})


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """The whole document; ``check`` proves a key, ``mac`` proves the document to who has the key."""

    vault_id: bytes
    epoch: int
    check: bytes
    slots: tuple[Slot, ...]
    mac: bytes = b""

    def of(self, opens_with: str) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.opens_with == opens_with)

    def expected_mac(self, key: bytearray) -> bytes:
        return hmac.new(key, _canonical(self._written() | {"mac": ""}), hashlib.sha256).digest()

    def signed(self, key: bytearray) -> KeyFile:
        return replace(self, mac=self.expected_mac(key))

    def _written(self) -> dict[str, Any]:
        return {
            "v": 1, "vault_id": self.vault_id.hex(), "epoch": self.epoch, "db": _DATABASE, "kcv": self.check.hex(),
            "mac": self.mac.hex(), "slots": [slot.written() for slot in self.slots],
        }  # fmt: skip

    def to_bytes(self) -> bytes:
        body = _canonical(self._written())
        return b"\n".join((_MAGIC, hashlib.sha256(body).hexdigest().encode(), body, b""))


def parse(content: bytes) -> KeyFile:
    """The document in these bytes; damage and edition are told apart by the checksum."""
    try:
        magic, checksum, body, rest = content.split(b"\n")
    except ValueError:
        raise UnreadableKeyFileError from None
    if magic != _MAGIC or rest or hashlib.sha256(body).hexdigest().encode() != checksum:
        raise UnreadableKeyFileError
    try:
        document = _document(json.loads(body))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise EditedKeyFileError from None
    if document.to_bytes() != content or not document.slots:
        raise EditedKeyFileError
    return document


def read(path: Path) -> KeyFile:
    try:
        with path.open("rb") as file:
            return parse(file.read(_MAX_BYTES))
    except OSError:
        raise UnreadableKeyFileError from None


def save(folder: Path, document: KeyFile, at: At = nowhere) -> None:
    """Write both copies, the second once the first is durable: one of them is whole at any moment."""
    if not document.slots or not document.mac:
        raise ValueError("a key file needs a slot that opens and a seal")
    content = document.to_bytes()
    write_whole(folder / MAIN, content, at, "key-main")
    write_whole(folder / SPARE, content, at, "key-spare")


def _document(data: Mapping[str, Any]) -> KeyFile:
    if data["v"] != 1 or data["db"] != _DATABASE:
        raise ValueError
    return KeyFile(
        vault_id=_exactly(data["vault_id"], 16), epoch=int(data["epoch"]), check=_exactly(data["kcv"], 16),
        mac=_exactly(data["mac"], 32), slots=tuple(_slot(slot) for slot in data["slots"]),
    )  # fmt: skip


def _slot(data: Mapping[str, Any]) -> Slot:
    kdf = data["kdf"]
    cost = _READ_KDF[kdf["alg"]](kdf)
    if (data["type"], cost is not None) not in (("passphrase", True), ("kit", False)):
        raise ValueError
    if cost is not None and not cost.within_bounds():
        raise ValueError
    return Slot(
        id=str(data["id"]), opens_with=data["type"], label=str(data["label"]), cost=cost,
        salt=_exactly(kdf["salt"], 16), nonce=_exactly(data["nonce"], 12), sealed=_exactly(data["ct"], 48),
    )  # fmt: skip


_READ_KDF: Mapping[str, Callable[[Mapping[str, Any]], Cost | None]] = {
    "argon2id": lambda kdf: Cost(kdf["m"], kdf["t"], kdf["p"]),
    "hkdf-sha256": lambda _kdf: None,
}


def _exactly(spelled: str, length: int) -> bytes:
    value = bytes.fromhex(spelled)
    if len(value) != length:
        raise ValueError
    return value


def _canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
