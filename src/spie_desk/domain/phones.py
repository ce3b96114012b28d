"""Whether a phone looks like one that rings: a warning beside the field, never a refusal."""

from __future__ import annotations

import re
from functools import cache

import phonenumbers

_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT")
"""Overseas numbers begin like those of the mainland and are not valid there."""

_NEIGHBOURS = ("BL", "MF")
"""Two islands that share the country code of Guadeloupe."""


_BY_PAIRS = re.compile(r"0[1-9](?:[ .]?\d\d){4}")
_SPACES = str.maketrans("", "", " .")


@cache
def _given() -> re.Pattern[str]:
    """What a number of the mainland or overseas looks like without its zero, of whatever sort."""
    plans = [phonenumbers.PhoneMetadata.metadata_for_region(region, None) for region in (*_REGIONS, *_NEIGHBOURS)]
    sorts = [(one.mobile, one.fixed_line, one.voip, one.toll_free, one.premium_rate, one.shared_cost, one.uan,
              one.pager, one.personal_number, one.voicemail) for one in plans if one]  # fmt: skip
    found = [desc.national_number_pattern for some in sorts for desc in some if desc and desc.national_number_pattern]
    return re.compile("|".join(f"(?:{pattern})" for pattern in dict.fromkeys(found)))


def looks_odd(written: str) -> bool:
    """True for a number that no French region and no country gives."""
    if _BY_PAIRS.fullmatch(written):
        # Nearly all of them: the library reads each at length, six times over for one that it refuses.
        return _given().fullmatch(written.translate(_SPACES)[1:]) is None
    for region in _REGIONS:
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            return True
        if phonenumbers.is_valid_number(number):
            return False
    return True
