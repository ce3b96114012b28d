"""What a cell may hold in a file that leaves: no sign that a spreadsheet would run, nothing endless or unreadable."""

from __future__ import annotations

import re

LONGEST = 32_000
"""Excel refuses cells above 32,767 signs."""

_RUN = re.compile(r"[=+\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff1d\uff0b\uff0d\uff20]")
"""What begins a formula; the full-width and small ones too, which some spreadsheets read as the others."""

_BEFORE = re.compile(r"[\s;,|\"'\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*")
"""What a spreadsheet may skip, or cut at, before a formula: spaces, separators, quotes, signs that show nothing."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def harmless(text: str) -> str:
    """The text as every spreadsheet keeps it: an apostrophe before what would be a formula, whatever hides it."""
    text = text.replace("\r\n", "\n")
    kept = _CONTROL.sub("", text.replace("\r", "\n"))
    begins = _BEFORE.match(kept)
    risky = text[:1] in {"\t", "\r"} or (begins is not None and _RUN.match(kept, begins.end()) is not None)
    if len(kept) > LONGEST:
        kept = kept[: LONGEST - 1] + "…"
    return f"'{kept}" if risky else kept
