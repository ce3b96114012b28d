"""How the journal keeps a body: back to the byte, whoever wrote it, smaller, and never half of it."""

from __future__ import annotations

import json
import zlib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spie_desk.domain.records import KINDS
from spie_desk.domain.values import registers_of
from spie_desk.store.packing import DICTIONARY, packed, unpacked
from spie_sync.change import canonical
from tests.examples import example

HEX = st.binary(min_size=16, max_size=16).map(bytes.hex) | st.binary(min_size=32, max_size=32).map(bytes.hex)
VALUES = st.recursive(
    HEX | st.text() | st.integers(-9, 9) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(HEX | st.text(max_size=9), inner, max_size=6),
)


@given(VALUES)
def test_a_body_comes_back_to_the_byte(value: object) -> None:
    body = canonical({"values": value})  # type: ignore[dict-item]
    assert unpacked(packed(body)) == body


@pytest.mark.parametrize("many", [1, 94, 95, 96, 200])
def test_more_ids_than_have_a_rank_come_back_each_time_they_are_told(many: int) -> None:
    ids = [Random(one).randbytes(16).hex() for one in range(many)]
    body = json.dumps([*ids, *ids, *reversed(ids)]).encode()
    assert unpacked(packed(body)) == body


def test_a_text_that_looks_like_an_id_stays_a_text() -> None:
    told = "0f" * 16
    for text in (told, f'"{told}"', f'dit "{told}', f'{told}" dit', told.upper(), told + "0", "\x01\x02\x03 "):
        body = canonical({"values": {"text": text}, "salt": told})
        assert unpacked(packed(body)) == body


@pytest.mark.parametrize("told", ["abc", "aab", "aba", "aaa"])
def test_the_ids_of_an_opening_come_back_whichever_are_the_same(told: str) -> None:
    commitment, person, salt = (one * 32 for one in told)
    values = {"person": "a" * 32, "referent": "d" * 32, "digest": "b" * 64, "text": "c" * 32}
    body = canonical({"commitment": commitment, "person": person, "salt": salt, "values": values})
    assert unpacked(packed(body)) == body


def test_a_body_that_an_older_version_kept_is_read() -> None:
    body = canonical({"values": {"text": "Reçue ce matin, rappeler jeudi."}})
    assert unpacked(zlib.compress(body)) == body


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_takes_less_than_plain_zlib(kind: object) -> None:
    record = example(kind.name)  # type: ignore[attr-defined]
    values = registers_of(kind, record)  # type: ignore[arg-type]
    body = canonical({"commitment": "5a" * 16, "person": "c3" * 16, "salt": "96" * 16, "values": values})
    assert len(packed(body)) < len(zlib.compress(body, 9))


def test_a_body_cut_short_is_refused() -> None:
    body = canonical({"person": "c3" * 16, "values": {"text": "Rendez-vous avec la mission locale."}})
    kept = packed(body)
    for end in range(len(kept)):
        with pytest.raises((ValueError, zlib.error)):
            unpacked(kept[:end])


def test_the_dictionary_is_the_one_that_older_bodies_were_packed_with() -> None:
    """Changing a byte of it would lose every body kept so far."""
    assert zlib.crc32(DICTIONARY) == 1640169186
