"""An abbreviation is a word of its own; its capital is kept; an acronym in capitals is left alone."""

from __future__ import annotations

import pytest

from spie_desk.domain.errors import DeskError
from spie_desk.domain.expansion import expansion
from spie_desk.domain.records.phrase import Phrase

PHRASES = {"rdv": "rendez-vous", "ppe": "prochain point d’étape", "d.a": "demande d’aide"}


@pytest.mark.parametrize(
    ("before", "start", "text"),
    [
        ("rdv", 0, "rendez-vous"),
        ("Un rdv", 3, "rendez-vous"),
        ("Rdv", 0, "Rendez-vous"),
        ("l’rdv", 2, "rendez-vous"),
        ("(rdv", 1, "rendez-vous"),
        ("«\u00a0rdv", 2, "rendez-vous"),
        ("d.a", 0, "demande d’aide"),
    ],
)
def test_what_stands_for_a_phrase(before: str, start: int, text: str) -> None:
    found = expansion(before, PHRASES)
    assert found is not None
    assert (found.start, found.text) == (start, text)


@pytest.mark.parametrize("before", ["", "RDV", "rdvs", "ardv", "rdv ", "rdv.", "r", "1rdv"])
def test_what_does_not(before: str) -> None:
    assert expansion(before, PHRASES) is None


@pytest.mark.parametrize(
    ("key", "text"),
    [("r", "x"), ("r dv", "x"), ("abcdefghijklm", "x"), ("rdv", "  "), ("-dv", "x"), ("rdv", "x" * 2001)],
)
def test_a_phrase_that_could_not_be_typed_is_refused(key: str, text: str) -> None:
    with pytest.raises(DeskError):
        Phrase(id=b"p" * 16, key=key, text=text).check()


def test_a_phrase_may_have_no_abbreviation() -> None:
    Phrase(id=b"p" * 16, key="", text="À bientôt").check()
