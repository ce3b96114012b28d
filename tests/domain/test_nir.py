"""The NIR guard: real shapes are found and taken out, phones and other numbers pass."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spie_desk.domain.errors import WrongValueError
from spie_desk.domain.nir import TAKEN_OUT, find_nirs, is_nir, key_of, refuse, without_nirs
from spie_desk.domain.records.action import ACTION, Action
from spie_desk.domain.records.around import Identifier


def with_key(thirteen):
    return f"{thirteen}{key_of(thirteen):02d}"


@pytest.mark.parametrize("thirteen", ["2850577505612", "1980561120003", "185052A004012", "199122B033045"])
def test_a_nir_is_found_with_its_key_and_not_with_another(thirteen):
    right = with_key(thirteen)
    assert is_nir(right)
    assert find_nirs(f"n° {right}, oui") == [(3, 18)]
    wrong = f"{thirteen}{(int(right[-2:]) % 97) + 1:02d}"
    assert not is_nir(wrong)
    assert without_nirs(wrong) == wrong


def test_known_keys_of_corsica():
    assert key_of("185052A004012") == 97 - 1850519004012 % 97
    assert key_of("199122B033045") == 97 - 1991218033045 % 97


@pytest.mark.parametrize(
    "written", ["2 85 05 77 505 612", "2.85.05.77.505.612", "2850577505612", "2\u00a085\u00a005 77 505 612"]
)
def test_spaces_do_not_hide_it(written):
    full = f"{written} {key_of('2850577505612'):02d}"
    assert without_nirs(f"Sécu {full}.") == f"Sécu {TAKEN_OUT}."
    assert without_nirs(f"Sécu {written}.") == f"Sécu {TAKEN_OUT}."


@pytest.mark.parametrize("text", [
    "06 39 98 00 01, 06 39 98 00 02", "+33639980001", "0033639980001", "22930008201453", "SIRET 229 300 082 01453",
    "2055990", "300000L", "FR76 3000 6000 0112 3456 7890 189", "12345678901234", "1234567890123456", "61120",
    "le 25/05/1998 et le 22/04/1997", "123456789012345A", "", "4 1 8",
])  # fmt: skip
def test_other_numbers_pass(text):
    assert find_nirs(text) == []
    assert without_nirs(text) == text


@given(st.integers(1, 2), st.integers(0, 99), st.integers(1, 12), st.integers(1, 95), st.integers(1, 990),
       st.integers(1, 999))  # fmt: skip
def test_every_plausible_nir_is_taken_out_and_one_wrong_digit_of_the_key_is_not(sex, year, month, county, town, rank):
    thirteen = f"{sex}{year:02d}{month:02d}{county:02d}{town:03d}{rank:03d}"
    assert without_nirs(f"a {with_key(thirteen)} b") == f"a {TAKEN_OUT} b"
    assert without_nirs(f"a {thirteen} b") == f"a {TAKEN_OUT} b"


def test_no_field_takes_a_nir_beyond_doubt():
    action = Action(id=b"a" * 16, person=b"p" * 16, what=f"Appeler la CPAM, {with_key('2850577505612')}")
    with pytest.raises(WrongValueError):
        refuse(ACTION, action)
    refuse(ACTION, replace(action, what="Appeler la CPAM, dossier 2850577505612"))


@pytest.mark.parametrize("value", ["2850577505612", with_key("2850577505612"), "2 85 05 77 505 612"])
def test_no_identifier_is_a_nir(value):
    with pytest.raises(WrongValueError):
        Identifier(id=b"i" * 16, person=b"p" * 16, scheme="msa", value=value).check()
    Identifier(id=b"i" * 16, person=b"p" * 16, scheme="caf", value="1234567A").check()
