"""Desk keys, ids, the kit's code and the seals: what fits opens, all else fails in one way."""

from __future__ import annotations

import secrets
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spie_sync.identity import DeskKeys, DeskPublic, IdentityError, circle_id
from spie_sync.kit import ALPHABET, Kit, KitCodeError, Slip, same_group
from spie_sync.sealed import SealError, open_as_desk, open_with_code, seal_to_code, seal_to_desk

KEYS = DeskKeys.new(Random(1).randbytes)
OTHER = DeskKeys.new(Random(2).randbytes)
CODE = bytes(range(20))


# -- keys and ids


def test_keys_read_back_and_their_id_follows_the_public_half() -> None:
    assert DeskKeys.from_bytes(KEYS.to_bytes()) == KEYS
    assert DeskPublic.from_bytes(KEYS.public.to_bytes()) == KEYS.public
    assert len(KEYS.public.id) == 16
    assert KEYS.public.id != OTHER.public.id


def test_the_spelling_of_keys_and_ids_stays_the_same_for_ever() -> None:
    """Ids are in every journal: another way of drawing them would be another desk."""
    keys = DeskKeys(bytes(32), bytes(range(32)), bytes(range(64)))
    assert keys.public.id.hex() == "b99d914c8e94039adad00df82484d04b"
    assert circle_id(bytes(range(32)), "structure", bytes(16)).hex() == "8f26edc38e48e5097b0d2c2941101b80"
    assert Kit(CODE).public.id.hex() == "5c819c3a8b9c77c270cde3664f34fc46"
    assert Kit(CODE).text == "000G4-0R40M-30E20-9185G-R38E1-W8124-GKG12-874KC"
    assert Kit(CODE).vault_secret.hex() == "9f94babe485e23ea2adfb53d1e39b40210798c6c09a632255a85e433233e1543"


@pytest.mark.parametrize(
    "data", [b"", b"\x01", b"\x02\x01" + bytes(128), b"\x01\x02" + bytes(128), b"\x01\x01" + bytes(127)]
)
def test_other_versions_algorithms_and_sizes_are_refused(data: bytes) -> None:
    with pytest.raises(IdentityError):
        DeskKeys.from_bytes(data)
    with pytest.raises(IdentityError):
        DeskPublic.from_bytes(data)


def test_a_public_key_that_cannot_be_used_is_refused_on_reading() -> None:
    data = bytearray(KEYS.public.to_bytes())
    data[66:] = b"\xff" * 1184
    with pytest.raises(IdentityError):
        DeskPublic.from_bytes(bytes(data))


def test_private_keys_are_not_in_their_repr() -> None:
    assert "b'" not in repr(KEYS)
    assert "b'" not in repr(Kit(CODE))


def test_a_signature_holds_for_its_desk_context_and_message_only() -> None:
    signature = KEYS.sign(b"pack", b"words")
    KEYS.public.verify(signature, b"pack", b"words")
    for public, context, message, signed in (
        (OTHER.public, b"pack", b"words", signature),
        (KEYS.public, b"entry", b"words", signature),
        (KEYS.public, b"pac", b"kwords", signature),
        (KEYS.public, b"pack", b"word", signature),
        (KEYS.public, b"pack", b"words", signature[:-1]),
        (KEYS.public, b"pack", b"words", bytes(64)),
    ):
        with pytest.raises(IdentityError):
            public.verify(signed, context, message)


def test_circles_differ_by_founder_sort_and_nonce() -> None:
    made = {
        circle_id(founder, sort, nonce)
        for founder in (bytes(32), bytes(31) + b"\1")
        for sort in ("socle", "droits")
        for nonce in (bytes(16), b"\1" * 16)
    }  # fmt: skip
    assert len(made) == 8
    for wrong in ((bytes(31), "socle", bytes(16)), (bytes(32), "", bytes(16)), (bytes(32), "socle", bytes(15))):
        with pytest.raises(IdentityError):
            circle_id(*wrong)


# -- the kit


@given(st.binary(min_size=20, max_size=20))
def test_a_code_reads_back_as_printed_and_as_hands_write_it(code: bytes) -> None:
    kit = Kit(code)
    assert [len(group) for group in kit.groups] == [5] * 8
    assert Kit.parse(kit.text) == kit
    hand = kit.text.lower().replace("0", "o").replace("1", "l").replace("-", " \u2013\u00a0")
    assert Kit.parse(hand) == kit
    assert Kit.parse(kit.text.replace("1", "I").replace("0", "O").replace("-", "")) == kit


@given(st.integers(0, 39), st.sampled_from(ALPHABET))
def test_every_wrong_sign_is_found(place: int, sign: str) -> None:
    signs = list("".join(Kit(CODE).groups))
    if signs[place] == sign:
        return
    signs[place] = sign
    with pytest.raises(KitCodeError) as found:
        Kit.parse("".join(signs))
    assert found.value.slip is Slip.CHECKSUM


@given(st.integers(0, 38))
def test_two_signs_swapped_are_found(place: int) -> None:
    signs = list("".join(Kit(CODE).groups))
    if signs[place] != signs[place + 1]:
        signs[place : place + 2] = reversed(signs[place : place + 2])
        with pytest.raises(KitCodeError):
            Kit.parse("".join(signs))


def test_a_slip_says_where_and_never_what() -> None:
    printed = Kit(CODE).text
    with pytest.raises(KitCodeError) as found:
        Kit.parse(printed[:-1])
    assert (found.value.slip, found.value.signs) == (Slip.LENGTH, 39)
    with pytest.raises(KitCodeError) as found:
        Kit.parse(printed[:12] + "U" + printed[13:])
    assert (found.value.slip, found.value.group) == (Slip.SIGN, 3)
    assert str(found.value) == "sign"
    with pytest.raises(KitCodeError):
        Kit(bytes(19))


def test_a_group_typed_back_is_compared_like_a_code() -> None:
    assert same_group(" o1l2-3 ", "01123")
    assert not same_group("01124", "01123")


def test_the_same_code_draws_the_same_keys_and_each_purpose_its_own() -> None:
    kit, again = Kit(CODE), Kit.parse(Kit(CODE).text)
    assert kit.public == again.public
    assert kit.vault_secret == again.vault_secret
    drawn = [kit.keys.signing, kit.keys.agreement, kit.keys.seed[:32], kit.keys.seed[32:], kit.vault_secret]
    assert len(set(drawn)) == 5
    assert Kit.new(secrets.token_bytes).public != kit.public


def test_a_grant_reaches_the_kit_in_its_drawer() -> None:
    sealed = seal_to_desk(Kit(CODE).public, b"a circle's key", b"grant")
    assert open_as_desk(Kit.parse(Kit(CODE).text).keys, sealed, b"grant") == b"a circle's key"


# -- seals


@given(st.binary(max_size=200), st.binary(max_size=20))
@settings(max_examples=30)
def test_what_is_sealed_opens_for_its_desk_and_context(plain: bytes, context: bytes) -> None:
    sealed = seal_to_desk(KEYS.public, plain, context)
    assert len(sealed) == len(plain) + 1138
    assert open_as_desk(KEYS, sealed, context) == plain
    for keys, told in ((OTHER, context), (KEYS, context + b"x")):
        with pytest.raises(SealError):
            open_as_desk(keys, sealed, told)


@given(st.binary(max_size=200), st.binary(max_size=20))
def test_what_is_sealed_opens_for_its_code_and_context(plain: bytes, context: bytes) -> None:
    sealed = seal_to_code(CODE, plain, context, secrets.token_bytes)
    assert len(sealed) == len(plain) + 34
    assert open_with_code(CODE, sealed, context) == plain
    for code, told in ((bytes(20), context), (CODE, context + b"x")):
        with pytest.raises(SealError):
            open_with_code(code, sealed, told)


def test_every_altered_or_missing_byte_is_noticed() -> None:
    to_code = seal_to_code(CODE, b"words", b"context", Random(3).randbytes)
    to_desk = seal_to_desk(KEYS.public, b"words", b"context")
    for place in range(len(to_code)):
        for wrong in (to_code[:place], to_code[:place] + bytes([to_code[place] ^ 1]) + to_code[place + 1 :]):
            with pytest.raises(SealError):
                open_with_code(CODE, wrong, b"context")
    for place in range(0, len(to_desk), 7):
        for wrong in (to_desk[:place], to_desk[:place] + bytes([to_desk[place] ^ 128]) + to_desk[place + 1 :]):
            with pytest.raises(SealError):
                open_as_desk(KEYS, wrong, b"context")


def test_two_seals_of_the_same_words_differ() -> None:
    assert seal_to_desk(KEYS.public, b"words", b"") != seal_to_desk(KEYS.public, b"words", b"")
    assert len({seal_to_code(CODE, b"words", b"", secrets.token_bytes) for _ in range(5)}) == 5
    with pytest.raises(SealError):
        seal_to_code(b"short", b"words", b"", secrets.token_bytes)
