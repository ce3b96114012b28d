"""Whether a phone looks like one that rings: a warning beside the field, never a refusal."""

from __future__ import annotations

import phonenumbers

_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT")
"""Overseas numbers begin like those of the mainland and are not valid there."""


def looks_odd(written: str) -> bool:
    """True for a number that no French region and no country gives."""
    for region in _REGIONS:
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            return True
        if phonenumbers.is_valid_number(number):
            return False
    return True
