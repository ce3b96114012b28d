"""Whether a phone looks like one that rings: a warning beside the field, never a refusal."""

from __future__ import annotations

import re
from functools import cache

import phonenumbers

_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT")
"""Overseas numbers begin like those of the mainland and are not valid there."""


_BY_PAIRS = re.compile(r"0\d(?:[ .]?\d\d){4}")
_SPACES = str.maketrans("", "", " .")


@cache
def _french() -> re.Pattern[str]:
    """What the numbers of the mainland look like, without their zero, one pattern for every sort of them."""
    given = phonenumbers.PhoneMetadata.metadata_for_region("FR", None)
    sorts = (given.mobile, given.fixed_line, given.voip, given.toll_free, given.premium_rate, given.shared_cost)
    return re.compile("|".join(one.national_number_pattern for one in sorts if one and one.national_number_pattern))


def looks_odd(written: str) -> bool:
    """True for a number that no French region and no country gives."""
    if _BY_PAIRS.fullmatch(written) and _french().fullmatch(written.translate(_SPACES)[1:]):
        return False  # the quick way for nearly all of them; the library reads each at length
    for region in _REGIONS:
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            return True
        if phonenumbers.is_valid_number(number):
            return False
    return True
