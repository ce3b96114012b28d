"""What is a word to check: elisions, compounds, capitals; addresses and numbers are none."""

from __future__ import annotations

import pytest

from spie_desk.domain.spelling import core, pieces, right

KNOWN = {"maison", "rendez", "vous", "école", "donne", "il", "grand", "mère"}


def test_pieces_are_the_words_and_where_they_start() -> None:
    line = "L’école, a 2 maisons : mel@example.org https://example.org 12bis rendez-vous"
    assert [one.word for one in pieces(line)] == ["L’école", "maisons", "rendez-vous"]
    assert all(line[one.at : one.end] == one.word for one in pieces(line))


@pytest.mark.parametrize("word", ["maison", "l’école", "d'école", "rendez-vous", "qu’il", "donne-t-il", "grand-mère"])
def test_elided_and_compound_words_are_right(word: str) -> None:
    assert right(word, KNOWN.__contains__)


@pytest.mark.parametrize("word", ["mzison", "l’écolle", "rendez-vosu", "k’école"])
def test_a_wrong_part_makes_a_wrong_word(word: str) -> None:
    assert not right(word, KNOWN.__contains__)


def test_what_is_added_is_the_word_without_its_elision() -> None:
    assert core("l’PPAE") == "PPAE"
    assert core("aujourd’hui") == "aujourd’hui"
