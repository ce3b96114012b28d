"""Dates of French files: every usual writing, and a sentence for the others."""

from datetime import date

import pytest

from spie_desk.domain.dates_fr import NoSuchDateError, NotADateError, ReadDate, SwappedDateError, read_date

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize("text", [
    "1998-05-25", "25/05/1998", "25-05-1998", "25.05.1998", "25/5/1998", "25/05/98", " 25 / 05 / 1998 ", "25 mai 1998",
    "lundi 25 mai 1998", "1998-05-25 00:00:00.0", "1998-05-25T00:00:00", "25/05/1998 00:00", "35940", "35940.0",
    "19980525", "25 MAI 1998", "1998/05/25",
])  # fmt: skip
def test_one_day_in_many_writings(text):
    assert read_date(text, TODAY) == ReadDate(date(1998, 5, 25), 1998)


@pytest.mark.parametrize("text", ["", " ", "?", "inconnue", "NC", "Non renseignée", "00/00/0000", "NULL", "x"])
def test_unknown_is_allowed(text):
    assert read_date(text, TODAY) == ReadDate()


@pytest.mark.parametrize("text", ["1988", "00/00/1988", "00/03/1988", "1988-00-00"])
def test_a_year_alone(text):
    assert read_date(text, TODAY) == ReadDate(year=1988)


@pytest.mark.parametrize(("text", "year"), [("01/02/26", 2026), ("01/02/27", 1927), ("01/02/05", 2005)])
def test_two_digits_are_never_in_the_future(text, year):
    assert read_date(text, TODAY).year == year


@pytest.mark.parametrize(("text", "error"), [
    ("31/02/1990", NoSuchDateError), ("1990-02-31", NoSuchDateError), ("45/45/1990", NoSuchDateError),
    ("05/25/1998", SwappedDateError), ("1998-25-05", SwappedDateError), ("mardi", NotADateError),
    ("25 truc 1998", NotADateError), ("123456789", NotADateError), ("0601234567", NotADateError), ("12", NotADateError),
    ("99999", NotADateError), ("3012", NotADateError),
])  # fmt: skip
def test_what_is_no_date_says_why_and_how_to_mend(text, error):
    with pytest.raises(error) as caught:
        read_date(text, TODAY)
    assert caught.value.says
    assert caught.value.next_step


def test_the_first_of_march_1900_of_spreadsheets():
    assert read_date("44562", TODAY).on == date(2022, 1, 1)
