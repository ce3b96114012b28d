"""A list of changes as bytes, for an invitation, a stick or a wire: strict, limited in size, hostile input expected.

Shape: ``SPJ`` and a version byte, then blocks of 4-byte length and zlib, each inflating to at most 1 MiB of whole
changes. A change is its columns (desk, circle, deed, record: 16 bytes each; n, hlc: 8; kind, deed_kind: length
byte and UTF-8), then a 4-byte length and the body that the journal keeps. There is one way to write a change, so
what does not read back to the same bytes is refused. Any fault is one ``FrameError``, whose text quotes nothing.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator

from spie_sync.change import Change, Dot, body_of, canonical, commitment, read_body

MAGIC = b"SPJ\x01"
BLOCK = 1 << 20
"""Most bytes that one block may inflate to."""

BLOCKS = 256
"""Most blocks of a list, which thus inflates to 256 MiB at most."""

VALUE = 200_000
"""Most bytes of one register's canonical value."""

NAME, ID, INT64 = 64, 16, (1 << 63) - 1
_FIXED = struct.Struct(">16s16s16s16sQQ")


class FrameError(Exception):
    """Bytes that are not a list of changes, or changes that no list may hold."""


def encode(changes: Iterable[Change]) -> bytes:
    """The changes in the order given. FrameError for one that would not read back."""
    blocks: list[bytes] = []
    waiting: list[bytes] = []
    size = 0
    for change in changes:
        written = _checked(change)
        if size + len(written) > BLOCK:
            blocks.append(_packed(waiting))
            waiting, size = [], 0
        waiting.append(written)
        size += len(written)
    if waiting:
        blocks.append(_packed(waiting))
    if len(blocks) > BLOCKS:
        raise FrameError("the list is too long")
    return MAGIC + b"".join(blocks)


def decode(data: bytes) -> list[Change]:
    """The changes that ``encode`` wrote; FrameError for anything else."""
    if data[:3] != MAGIC[:3]:
        raise FrameError("not a list of changes")
    if data[:4] != MAGIC:
        raise FrameError("written by another version")
    try:
        return [change for block in _blocks(data) for change in _changes(block)]
    except FrameError:
        raise
    # ``read_body`` trusts its journal; whatever hostile bytes make it raise means the same here.
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError) as error:
        raise FrameError("a change that cannot be read") from error


def _packed(changes: list[bytes]) -> bytes:
    packed = zlib.compress(b"".join(changes))
    return len(packed).to_bytes(4, "big") + packed


def _blocks(data: bytes) -> Iterator[bytes]:
    place, count = len(MAGIC), 0
    while place < len(data):
        count += 1
        if count > BLOCKS:
            raise FrameError("the list is too long")
        size = int.from_bytes(data[place : place + 4], "big")
        packed = data[place + 4 : place + 4 + size]
        if place + 4 > len(data) or not packed or len(packed) != size:
            raise FrameError("the list is cut short")
        yield _inflated(packed)
        place += 4 + size


def _inflated(packed: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        block = inflater.decompress(packed, BLOCK)
    except zlib.error as error:
        raise FrameError("a block that does not inflate") from error
    if not inflater.eof or inflater.unused_data or not block:
        raise FrameError("a block that inflates too far, or not to its end")
    return block


def _changes(block: bytes) -> Iterator[Change]:
    place = 0
    while place < len(block):
        change, end = _read(block, place)
        if _checked(change) != block[place:end]:
            raise FrameError("a change spelt in another way")
        yield change
        place = end


def _read(block: bytes, place: int) -> tuple[Change, int]:
    if place + _FIXED.size > len(block):
        raise FrameError("a change is cut short")
    desk, circle, deed, record, n, hlc = _FIXED.unpack_from(block, place)
    kind, place = _counted(block, place + _FIXED.size, 1)
    deed_kind, place = _counted(block, place, 1)
    body, place = _counted(block, place, 4)
    change = read_body(
        body, desk=desk, circle=circle, n=n, hlc=hlc, deed=deed, record=record,
        kind=kind.decode(), deed_kind=deed_kind.decode(),
    )  # fmt: skip
    return change, place


def _counted(block: bytes, place: int, width: int) -> tuple[bytes, int]:
    start = place + width
    end = start + int.from_bytes(block[place:start], "big")
    if end > len(block):
        raise FrameError("a change is cut short")
    return block[start:end], end


def _checked(change: Change) -> bytes:
    """The change's one spelling. FrameError if a part of it is out of bounds or belies its commitment."""
    try:
        _check_columns(change)
        _check_registers(change)
        if change.commitment and change.commitment != commitment(change):
            raise FrameError("a change that belies its commitment")
        written = _spelt(change)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise FrameError("a change that cannot be spelt") from error
    if len(written) > BLOCK:
        raise FrameError("a change is too big")
    return written


def _spelt(change: Change) -> bytes:
    body = body_of(change)
    kind, deed_kind = change.kind.encode(), change.deed_kind.encode()
    return b"".join((
        _FIXED.pack(change.desk, change.circle, change.deed, change.record, change.n, change.hlc),
        bytes((len(kind),)), kind, bytes((len(deed_kind),)), deed_kind, len(body).to_bytes(4, "big"), body,
    ))  # fmt: skip


def _check_columns(change: Change) -> None:
    ids = [change.desk, change.circle, change.deed, change.record, change.person, *(change.seen or {})]
    if change.origin is not None:
        ids.append(change.origin.person)
    if any(len(one) != ID for one in ids):
        raise FrameError("an id of the wrong size")
    if any(len(one) not in (0, ID) for one in (change.salt, change.commitment, *change.residue.values())):
        raise FrameError("a salt, a digest or a commitment of the wrong size")
    numbers = [change.n - 1, change.hlc, *(change.seen or {}).values()]
    if change.origin is not None:
        numbers.append(change.origin.hlc)
    if any(type(number) is not int or not 0 <= number <= INT64 for number in numbers):
        raise FrameError("a number out of bounds")
    _check_names((change.kind, change.deed_kind))


def _check_registers(change: Change) -> None:
    _check_names((*change.values, *change.base, *change.residue, *(name for _, name in change.erases)))
    if change.residue and (change.salt or change.residue.keys() != change.registers):
        raise FrameError("an erased change in disorder")
    dots = [dot for base in change.base.values() for dot in base] + [dot for dot, _ in change.erases]
    if not all(_is_dot(dot) for dot in dots):
        raise FrameError("a dot out of bounds")
    if any(len(canonical(value)) > VALUE for value in change.values.values()):
        raise FrameError("a value is too big")


def _is_dot(dot: Dot) -> bool:
    return len(dot.desk) == ID and type(dot.n) is int and 0 < dot.n <= INT64


def _check_names(names: Iterable[str]) -> None:
    if not all(isinstance(name, str) and 0 < len(name.encode()) <= NAME for name in names):
        raise FrameError("a name is empty or too long")
