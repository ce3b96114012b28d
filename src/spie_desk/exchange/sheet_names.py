"""What the sheets of a workbook are called: signs that no spreadsheet refuses, 31 at most."""

from __future__ import annotations

import re

from spie_desk.domain.errors import N_

ABOUT = N_("À propos")


def sheet_name(title: str) -> str:
    """Never « À propos », which the second sheet has."""
    kept = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip(" '")[:31].strip(" '")
    return kept if kept and kept.casefold() != ABOUT.casefold() else "Liste"
