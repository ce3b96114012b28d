"""Two identities: the same, in doubt with every reason, or different."""

from datetime import date

import pytest

from spie_desk.domain import duplicates as d
from spie_desk.domain.duplicates import Identity, Verdict, compare, phones_of

AMINA = Identity(last_name="Belkacem", first_name="Amina", born_on=date(1988, 4, 3),
                 phones=phones_of(["06 39 98 12 34"]))  # fmt: skip


def like(**changes):
    base = {"last_name": "Belkacem", "first_name": "Amina", "born_on": date(1988, 4, 3), "phones": frozenset()}
    return Identity(**{**base, **changes})


def test_same_name_and_date_is_the_same_whatever_case_and_accents():
    assert compare(AMINA, like(last_name="BELKACEM", first_name="amina")).verdict is Verdict.SAME


@pytest.mark.parametrize(("other", "reasons"), [
    (like(born_on=date(1988, 3, 4)), {d.SAME_NAME, d.SWAPPED_BIRTH}),
    (like(born_on=date(1988, 4, 8)), {d.SAME_NAME, d.ONE_DIGIT}),
    (like(born_on=None, birth_year=1988), {d.SAME_NAME, d.SAME_YEAR}),
    (like(born_on=None), {d.SAME_NAME, d.NO_BIRTH}),
    (like(last_name="Bel Kacem", first_name="Aminna"), {d.SAME_SOUND, d.SAME_BIRTH}),
    (like(last_name="Amina", first_name="Belkacem"), {d.SWAPPED_NAMES, d.SAME_BIRTH}),
    (like(last_name="Durand", birth_name="Belkacem"), {d.BIRTH_NAME, d.SAME_BIRTH}),
    (like(last_name="Belkasem", first_name="Amyna"), {d.SAME_SOUND, d.SAME_BIRTH}),
    (like(last_name="Belkacim"), {d.CLOSE_NAME, d.SAME_BIRTH}),
    (like(last_name="Zidi", phones=AMINA.phones), {d.SAME_FIRST, d.SAME_BIRTH, d.SAME_PHONE}),
    (like(born_on=date(1970, 1, 1), phones=AMINA.phones), {d.SAME_NAME, d.SAME_PHONE}),
    (like(first_name="", last_name="", nickname="Amina", born_on=None), {d.NICKNAME, d.NO_BIRTH}),
])  # fmt: skip
def test_doubts_say_every_reason(other, reasons):
    for found in (compare(AMINA, other), compare(other, AMINA)):
        assert found.verdict is Verdict.DOUBT
        assert set(found.reasons) == reasons


@pytest.mark.parametrize("other", [
    like(born_on=date(1951, 12, 30)),                                                  # homonyms
    like(first_name="Nora"), like(first_name="Yanis"),                                 # twins
    like(last_name="Zidi", first_name="Nora", phones=AMINA.phones, born_on=None),      # a shared phone alone
    like(first_name="Samir", born_on=date(1985, 1, 2), phones=AMINA.phones),           # her husband
    like(last_name="", first_name="", nickname="Monsieur au chien", born_on=None),
])  # fmt: skip
def test_people_of_their_own(other):
    assert compare(AMINA, other).verdict is Verdict.DIFFERENT


def test_diminutives_and_the_real_file():
    charlie = Identity(last_name="Fondue", first_name="Charlie", born_on=date(1997, 4, 22))
    charlot = Identity(last_name="fondue", first_name="charlot", born_on=date(1997, 4, 22))
    charlotte = Identity(last_name="Fondue", first_name="Charlotte", born_on=date(1998, 5, 25))
    assert compare(charlie, charlot).verdict is Verdict.DOUBT
    assert compare(charlie, charlotte).verdict is Verdict.DIFFERENT


def test_short_numbers_are_no_ones_phone():
    assert phones_of(["3919", "115", "06 39 98 00 01", "+33 6 39 98 00 01"]) == {"0639980001"}


def test_candidates_share_a_sound():
    assert AMINA.sounds & like(last_name="Bel Kacem", first_name="X").sounds
