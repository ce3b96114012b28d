"""The emergency numbers as shipped: data that a structure may correct, for the page and for the first screen."""

from __future__ import annotations

import json
from typing import Any

from spie_desk.shipped import open_shipped


def emergency() -> dict[str, Any]:
    """Groups of numbers, what each is for, and when they were last checked."""
    found: dict[str, Any] = json.loads(open_shipped("emergency.json"))
    return found
