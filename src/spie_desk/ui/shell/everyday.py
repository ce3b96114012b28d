"""The words one says aloud for what the palette can do: « lettre », « excel », « doublon » find their deed.

They are never shown, only typed: the French that is said in an office (``resources/words/deeds.json``, by the text of
the deed), beside the words written on it.
"""

from __future__ import annotations

import json
from functools import cache

from spie_desk.shipped import open_shipped
from spie_desk.texts import _


@cache
def _by_text() -> dict[str, str]:
    said: dict[str, str] = json.loads(open_shipped("words/deeds.json"))["said"]
    return {_(text): words for text, words in said.items()}


def also_said(text: str) -> str:
    """What else one may type to find the deed of this name; nothing when its own words do."""
    return _by_text().get(text, "")
