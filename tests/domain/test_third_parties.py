"""Other people's names: flagged rather once too often, masked whole, and nothing else is touched."""

from __future__ import annotations

import pytest

from spie_desk.domain.third_parties import MASK, masked, names_in

SPARED = {"amina", "benali", "rouen", "caf"}


@pytest.mark.parametrize(("text", "expected"), [
    ("Elle vit chez son frère Karim depuis mars.", ["Karim"]),
    ("Sa voisine Mme Le Goff garde les enfants.", ["Le", "Goff"]),
    ("Monsieur Diop a appelé. Elle va mieux.", ["Diop"]),
    ("yanis dort mal ; Yanis pleure.", ["yanis", "Yanis"]),
    ("Amina va à la CAF de Rouen avec Mme Benali.", []),
    ("Le rendez-vous est pris.\nDemain elle appelle. « Tout va bien » dit-elle.", []),
    ("- Appeler l’école\n- Voir Fatou-Binta", ["Fatou-Binta"]),
    ("Le RSA, l’ASS et la CPAM sont à jour.", []),
])  # fmt: skip
def test_what_may_name_someone_else_is_flagged(text: str, expected: list[str]) -> None:
    assert names_in(text, {"yanis"}, SPARED) == expected


def test_a_town_one_goes_to_is_nobody() -> None:
    def is_place(word: str) -> bool:
        return word == "Elbeuf"

    assert names_in("Elle part à Elbeuf, puis à Karim.", set(), SPARED, is_place) == ["Karim"]
    assert names_in("Elle dort chez Elbeuf.", set(), SPARED, is_place) == ["Elbeuf"]


def test_a_masked_name_is_nowhere_and_the_rest_is_untouched() -> None:
    text = "Chez **Karim Diop**, et encore KARIM ; karimou reste."
    assert masked(text, ["Karim", "Diop"]) == f"Chez **{MASK}**, et encore {MASK} ; karimou reste."
    assert masked(text, []) == text
