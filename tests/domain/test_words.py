"""Folding, the French sounds of names, and phones as one dials them."""

import pytest

from spie_desk.domain.words import fold, phone_digits, sound, sounds, tokens

SAME = [
    "Lefebvre Lefèvre Lefeuvre Lefaivre LEFEVRE", "Hélène Helene Elène", "Dupond Dupont", "Philippe Filip Filippe",
    "Gauthier Gautier Gaultier", "Meyer Maier Mayer Meier Maïer", "Nguyen Nguyên NGUYEN", "Traoré Traore",
    "Koné Kone KONÉ", "Moreau Moro Maureau Morot", "Lopez Lopes", "Gomez Gomes", "Lecomte Lecompte Leconte",
    "Renaud Renault Reynaud Raynaud", "Schmidt Schmitt Schmit", "Roger Rogé", "Ouattara Wattara",
    "Wagner Vagner", "Yacine Yassine Yasine", "Mohamed Mohammed", "Nathalie Natalie", "Leroy Leroi", "Thibault Thibaud",
    "Hugo Ugo", "Aïcha Aisha Aicha", "Georges George", "Đỗ Do", "Łukasz Lukas Lucas", "Catherine Katherine",
    "Christophe Kristof", "Nicolas Nikola", "Thierry Tierry", "Chevalier Chevallier", "Rousseau Rouseau Rousseaux",
    "Isabelle Izabel", "Lambert Lamberd", "Jacques Jacque", "Djamel Jamel", "Fatou Fatout", "Müller Muller",
    "Œdipe Oedipe",
]  # fmt: skip

APART = [
    ("Martin", "Martinez"), ("Martin", "Martine"), ("Dubois", "Dupuis"), ("Durand", "Dupont"), ("Bernard", "Bertrand"),
    ("Moreau", "Morel"), ("Petit", "Perrin"), ("Paul", "Paula"), ("Jean", "Jeanne"), ("Simon", "Simone"),
    ("Louis", "Louise"), ("Julien", "Julienne"), ("Girard", "Gérard"), ("Benali", "Belkacem"), ("Diallo", "Diop"),
    ("Nguyen", "Nicolas"), ("Traoré", "Touré"), ("Koné", "Keita"), ("Meyer", "Maire"), ("Roux", "Robert"),
    ("Lefebvre", "Lefort"), ("Sow", "Ba"), ("Camille", "Camel"), ("Charlot", "Charlotte"), ("Ali", "Alix"),
    ("Ben Ali", "Ben Salah"), ("Le Goff", "Le Roux"), ("Abdel Kader", "Abdel Krim"), ("El Amrani", "El Idrissi"),
]  # fmt: skip


@pytest.mark.parametrize("names", SAME)
def test_spellings_of_one_name_share_a_sound(names):
    first, *others = names.split()
    for other in others:
        assert sounds(first) & sounds(other), (first, sounds(first), other, sounds(other))


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_names_share_none(one, other):
    assert not sounds(one) & sounds(other), (sounds(one), sounds(other))


@pytest.mark.parametrize(("one", "other"), [
    ("Ben Ali", "Benali"), ("BEN-ALI", "Benali"), ("Le Fèvre", "Lefebvre"), ("d’Angelo", "Dangelo"),
    ("Abd El Kader", "Abdelkader"), ("El Amrani", "Elamrani"), ("De La Tour", "Delatour"), ("N'Diaye", "N’Diaye"),
])  # fmt: skip
def test_a_particle_is_written_apart_or_joined(one, other):
    assert sounds(one) & sounds(other)


def test_a_particle_alone_is_a_name_and_never_links_two_people():
    assert all(sounds(name) for name in ("Ba", "Le", "Ben"))
    assert not sounds("Ben") & sounds("Ben Ali")
    assert sounds("") == frozenset() == sounds("  -' ")


def test_every_word_of_a_name_sounds_and_the_whole_has_one_sound():
    assert sounds("Jean-Pierre Fondue") == sounds("Jean") | sounds("Pierre") | sounds("Fondue")
    assert sound("Marie-Hélène") == sound("marie helene") != sound("Hélène Marie")


def test_other_alphabets_keep_their_letters():
    assert sounds("Мария") == {"мария"}
    assert sounds("محمد") == {fold("محمد")}


@pytest.mark.parametrize(("text", "folded"), [
    ("L’Œuvre", "l oeuvre"), ("Straße", "strasse"), ("ÆØŁĐ", "aeold"), ("ﬁn", "fin"), ("Ǿ Ǽ", "o ae"),
    ("Saint‑Étienne–du  Bois", "saint etienne du bois"), ("İstanbul", "istanbul"), ("e\u0301", "e"),
    ("\u00a0 x\t", "x"),
])  # fmt: skip
def test_fold_opens_letters_and_spaces(text, folded):
    assert fold(text) == folded == fold(folded)


def test_tokens_are_words():
    assert tokens("D’Artagnan, (Jean-Luc) 06_12") == ("d", "artagnan", "jean", "luc", "06", "12")


@pytest.mark.parametrize(("text", "digits"), [
    ("06 39 98 00 01", "0639980001"), ("+33 6 39 98 00 01", "0639980001"), ("+33 (0)6.39.98.00.01", "0639980001"),
    ("0033639980001", "0639980001"), ("33639980001", "0639980001"), ("639980001", "0639980001"),
    ("+32 470 12 34 56", "32470123456"), ("rien", ""), ("3919", "3919"), ("06-39-98-00-01 (mère)", "0639980001"),
])  # fmt: skip
def test_a_phone_is_compared_as_one_dials_it(text, digits):
    assert phone_digits(text) == digits
