"""The sealed invitation by which a further profile on the same laptop joins a structure's circle.

It holds what makes the circle's id, which the reader draws again, and the circle's changes so far. It is sealed
to a 160-bit code that one person shows the other; nothing in clear says whose circle it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spie_sync.change import Change
from spie_sync.frames import FrameError, decode, encode
from spie_sync.identity import ID, SIGNING, IdentityError, circle_id
from spie_sync.sealed import open_with_code, seal_to_code

CONTEXT = b"invitation to a circle"
VERSION = b"\x01"


class InvitationError(Exception):
    """What was opened is not an invitation, or not to the circle that it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A circle (id, sort, founder's 32-byte signing key, 16-byte nonce) and its changes so far."""

    circle: bytes
    sort: str
    founder: bytes
    nonce: bytes
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        try:
            expected = circle_id(self.founder, self.sort, self.nonce)
        except IdentityError as error:
            raise InvitationError("not the parts of a circle") from error
        if expected != self.circle:
            raise InvitationError("the circle's id is not drawn from these parts")
        if any(change.circle != self.circle for change in self.changes):
            raise InvitationError("a change of another circle")

    def to_bytes(self) -> bytes:
        """FrameError if a change cannot be encoded."""
        sort = self.sort.encode()
        head = VERSION + self.circle + self.founder + self.nonce + bytes((len(sort),)) + sort
        return head + encode(self.changes)

    @classmethod
    def from_bytes(cls, data: bytes) -> Invitation:
        start = 1 + ID + SIGNING + ID
        if data[:1] != VERSION or len(data) <= start:
            raise InvitationError("not an invitation that this version can read")
        end = start + 1 + data[start]
        try:
            sort, changes = data[start + 1 : end].decode(), decode(data[end:])
        except (FrameError, UnicodeDecodeError) as error:
            raise InvitationError("an invitation that cannot be read") from error
        circle, rest = data[1 : 1 + ID], data[1 + ID : start]
        return cls(circle=circle, sort=sort, founder=rest[:SIGNING], nonce=rest[SIGNING:], changes=tuple(changes))

    def seal(self, code: bytes, random: Callable[[int], bytes]) -> bytes:
        """Sealed to a 20-byte code; ``random`` gives so many unpredictable bytes."""
        return seal_to_code(code, self.to_bytes(), CONTEXT, random)

    @classmethod
    def open(cls, code: bytes, sealed: bytes) -> Invitation:
        """SealError for another code or altered bytes, InvitationError for content that is not an invitation."""
        return cls.from_bytes(open_with_code(code, sealed, CONTEXT))
