"""A few lines of a note read as prose; the whole note keeps its lines."""

from __future__ import annotations

from spie_desk.ui.panels.file_words import excerpt, plain_text

NOTE = "## Logement\nIl manque la **signature** du bail.\nElle souhaite\nvisiter le centre.\n- pièce d’identité\n- RIB"


def test_an_excerpt_has_no_end_of_line() -> None:
    assert excerpt(NOTE) == (
        "Logement Il manque la signature du bail. Elle souhaite visiter le centre. pièce d’identité RIB"
    )


def test_the_whole_note_keeps_its_lines() -> None:
    assert plain_text(NOTE).splitlines()[-2:] == ["– pièce d’identité", "– RIB"]


def test_an_excerpt_is_cut_at_a_word() -> None:
    assert excerpt("Elle souhaite\nvisiter le centre.", 20) == "Elle souhaite…"
