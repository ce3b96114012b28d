"""Frames and invitations: what was written reads back, and hostile bytes end in one plain error."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spie_sync.change import Change, Origin, Value, body_of, commitment, read_body
from spie_sync.frames import BLOCK, BLOCKS, MAGIC, FrameError, decode, encode
from spie_sync.identity import circle_id
from spie_sync.invitation import Invitation, InvitationError
from spie_sync.sealed import SealError
from tests.sync.histories import lived
from tests.sync.made import change, dot, id16

CODE = bytes(range(20))
FULL = change(
    "a3", {"text": "caf\u00e9\n", "ticks": [True, None, {"x": 3}]}, {"text": ["a1", "b2"]}, seen={id16("a"): 2},
    origin=Origin(id16("p"), 7), erases=frozenset({(dot("b2"), "*")}), salt=b"s" * 16,
)  # fmt: skip
FULL = replace(FULL, commitment=commitment(FULL))


def columns(of: Change) -> dict[str, object]:
    return {name: getattr(of, name) for name in ("desk", "circle", "n", "hlc", "deed", "deed_kind", "kind", "record")}


def test_a_body_reads_back_whole() -> None:
    assert read_body(body_of(FULL), **columns(FULL)) == FULL


def test_journals_read_back_in_their_order_with_erased_values_and_unknown_kinds() -> None:
    residues, kinds = 0, set()
    for seed in range(8):
        world = lived(seed)
        held = world.desks[0].held(world.circles[0])
        first = world.changes(world.circles[0])
        assert [body_of(one) for one in decode(encode(held))] == [body_of(one) for one in held]
        assert [one.dot for one in decode(encode(first))] == [one.dot for one in first]
        residues += sum(bool(one.residue) for one in held)
        kinds |= {one.kind for one in held}
    assert residues
    assert "kind of a later version" in kinds


def test_no_change_is_a_list_too() -> None:
    assert encode([]) == MAGIC
    assert decode(MAGIC) == []


def test_a_long_list_is_several_blocks() -> None:
    random = Random(1)
    many = [change(f"a{n}", {"text": random.randbytes(60_000).hex()}) for n in range(1, 30)]
    assert decode(encode(many)) == many


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes_read_or_raise_one_error(data: bytes) -> None:
    for whole in (data, MAGIC + data, framed(data)):
        try:
            found = decode(whole)
        except FrameError:
            continue
        assert encode(found) == whole or not found


def framed(block: bytes) -> bytes:
    packed = zlib.compress(block)
    return MAGIC + len(packed).to_bytes(4, "big") + packed


def block_of(one: Change) -> bytes:
    return zlib.decompress(encode([one])[len(MAGIC) + 4 :])


@settings(max_examples=400)
@given(st.integers(0, len(block_of(FULL)) - 1), st.integers(1, 255))
def test_a_change_with_one_byte_altered_belies_its_commitment(place: int, flip: int) -> None:
    block = bytearray(block_of(FULL))
    block[place] ^= flip
    with pytest.raises(FrameError):
        decode(framed(bytes(block)))


@given(st.integers(0, len(encode([FULL])) - 1))
def test_a_list_cut_short_is_refused(end: int) -> None:
    if end != len(MAGIC):
        with pytest.raises(FrameError):
            decode(encode([FULL])[:end])


def test_what_inflates_too_far_or_counts_too_many_blocks_is_refused() -> None:
    bomb = zlib.compress(bytes(BLOCK + 1))
    with pytest.raises(FrameError, match="inflates"):
        decode(MAGIC + len(bomb).to_bytes(4, "big") + bomb)
    small = encode([change("a1", {"text": "x"})])[len(MAGIC) :]
    with pytest.raises(FrameError, match="too long"):
        decode(MAGIC + small * (BLOCKS + 1))


def with_body(**parts: object) -> bytes:
    """FULL's bytes with other parts in its body, spelt canonically."""
    body = json.loads(body_of(FULL)) | {"commitment": ""} | parts
    spelt = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    block = block_of(FULL)
    return framed(block[: block.rindex(body_of(FULL)) - 4] + len(spelt).to_bytes(4, "big") + spelt)


def test_the_same_body_without_a_commitment_is_taken() -> None:
    assert decode(with_body()) == [replace(FULL, commitment=b"")]


HOSTILE: dict[str, dict[str, object]] = {
    "a float": {"values": {"text": 1.5}},
    "not a number": {"values": {"text": float("nan")}},
    "values that are no map": {"values": ["text"]},
    "a register without a name": {"values": {"": 1}},
    "a name too long": {"values": {"x" * 65: 1}},
    "a text too long": {"values": {"text": "x" * 200_001}},
    "a text spelt otherwise": {"values": {"text": "cafe\u0301"}},
    "a key unknown to this version": {"later": 1},
    "a dot of number zero": {"base": {"text": [[id16("a").hex(), 0]]}},
    "a dot of number true": {"base": {"text": [[id16("a").hex(), True]]}},
    "a dot of a short desk": {"base": {"text": [["aa", 1]]}},
    "a dot too far": {"base": {"text": [[id16("a").hex(), 1 << 63]]}},
    "a person that is no id": {"person": "aa"},
    "a person that is no text": {"person": 3},
    "a negative run": {"seen": {id16("a").hex(): -1}},
    "a run that is no number": {"seen": {id16("a").hex(): "3"}},
    "an origin cut short": {"origin": [id16("p").hex()]},
    "a salt of another size": {"salt": "00"},
    "salt and residue together": {"residue": {"text": "00" * 16, "ticks": "00" * 16}},
    "a residue of other registers": {"salt": "", "residue": {"other": "00" * 16}},
    "a commitment to something else": {"commitment": "00" * 16},
    "a deep nest": {"values": {"text": json.loads("[" * 500 + "]" * 500)}},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_body_is_refused(name: str) -> None:
    with pytest.raises(FrameError):
        decode(with_body(**HOSTILE[name]))


def test_a_nest_that_no_reader_can_follow_is_refused() -> None:
    block = block_of(FULL)
    spelt = b'{"values":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    with pytest.raises(FrameError):
        decode(framed(block[: block.rindex(body_of(FULL)) - 4] + len(spelt).to_bytes(4, "big") + spelt))


def test_what_would_not_read_back_is_not_written() -> None:
    wrong: list[dict[str, object]] = [
        {"desk": b"short"}, {"n": 0}, {"hlc": -1}, {"hlc": 1 << 63}, {"kind": ""}, {"kind": "k" * 65}, {"record": b""},
    ]  # fmt: skip
    for parts in wrong:
        with pytest.raises(FrameError):
            encode([replace(change("a1", {"text": "x"}), **parts)])  # type: ignore[arg-type]
    values: list[Value] = ["x" * 200_001, 1.5]  # type: ignore[list-item]
    for value in values:
        with pytest.raises(FrameError):
            encode([change("a1", {"text": value})])


# -- invitations


def invitation(*changes: Change, sort: str = "structure") -> Invitation:
    founder, nonce = bytes(range(32)), bytes(16)
    circle = circle_id(founder, sort, nonce)
    return Invitation(
        circle=circle, sort=sort, founder=founder, nonce=nonce,
        changes=tuple(replace(one, circle=circle) for one in changes),
    )  # fmt: skip


def test_an_invitation_opens_with_its_code_and_says_nothing_without() -> None:
    asked = invitation(change("a1", {"text": "canary"}), change("a2", {"text": "y"}, {"text": ["a1"]}))
    sealed = asked.seal(CODE, Random(1).randbytes)
    assert Invitation.open(CODE, sealed) == asked
    assert not any(part in sealed for part in (b"canary", b"structure", asked.circle, asked.founder))
    with pytest.raises(SealError):
        Invitation.open(bytes(20), sealed)


def test_an_invitation_to_another_circle_than_its_parts_draw_is_refused() -> None:
    good = invitation(change("a1", {"text": "x"}))
    for parts in ({"circle": id16("other")}, {"sort": "socle"}, {"nonce": b"\1" * 16}, {"founder": bytes(32)}):
        with pytest.raises(InvitationError):
            replace(good, **parts)
    with pytest.raises(InvitationError):
        replace(good, changes=(change("a1", {"text": "x"}),))


@given(st.integers(0, 90), st.integers(1, 255))
def test_an_altered_invitation_is_refused(place: int, flip: int) -> None:
    data = bytearray(invitation(change("a1", {"text": "x"})).to_bytes())
    data[place] ^= flip
    with pytest.raises(InvitationError):
        Invitation.from_bytes(bytes(data))


def test_an_invitation_cut_short_is_refused() -> None:
    data = invitation().to_bytes()
    for end in range(len(data)):
        with pytest.raises(InvitationError):
            Invitation.from_bytes(data[:end])
