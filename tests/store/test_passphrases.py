"""The rule of 80 bits, and the phrase that is proposed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spie_desk.store.passphrases import propose, strength

WORDS = [f"mot{''.join(chr(97 + int(d)) for d in str(n))}" for n in range(7776)]


@pytest.mark.parametrize("enough", [
    "café tilleul brouette éclair menuisier sabot lanterne", "café-tilleul-brouette-éclair-menuisier-sabot-lanterne",
    "Zeste-2026-Gr!", "ChevalPile38Agrafe", "àÉ7;bQ2!mP9?",
])  # fmt: skip
def test_enough(enough: str) -> None:
    assert strength(enough).enough
    assert strength(enough).bits >= 79


@pytest.mark.parametrize("weak", [
    "", "motdepasse", "azertyuiopqsdfghjklm", "café tilleul brouette éclair menuisier sabot", "aaaaaaaaaaaaA1!",
    "Abcdefghijklm1!", "A1!A1!A1!A1!A1!A1!", "chat chat chat chat chat chat chat", "Zeste-2026!", "1234567890!Ab",
])  # fmt: skip
def test_weak(weak: str) -> None:
    assert not strength(weak).enough
    assert strength(weak).bits < 80


def test_a_listed_phrase_is_weak() -> None:
    assert not strength("Zeste-2026-Gr!", known={"zeste-2026-gr!"}).enough


@given(st.text(max_size=60))
def test_any_text_is_judged(text: str) -> None:
    assert strength(text).bits >= 0


def test_seven_words_are_proposed_and_are_enough() -> None:
    drawn = iter(range(100, 4000, 300))
    phrase = propose(WORDS, lambda _n: next(drawn))
    assert len(phrase.split()) == 7
    assert strength(phrase).enough
    assert propose(WORDS) != propose(WORDS)


def test_a_shorter_list_gives_more_words() -> None:
    assert len(propose(WORDS[:1000]).split()) == 9
