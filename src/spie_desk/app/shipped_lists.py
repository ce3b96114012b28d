"""What the application reads once of what is shipped: value lists, passphrase words, fictitious people."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from spie_desk.domain.lists import Lists, lists_from
from spie_desk.shipped import open_shipped, shipped


@cache
def value_lists() -> Lists:
    """Every list of resources/lists."""
    found = {}
    for path in shipped("lists").iterdir():
        if path.name.endswith(".json"):
            found[path.name.removesuffix(".json")] = json.loads(path.read_bytes())
    return lists_from(found)


def example_people() -> Any:
    return json.loads(open_shipped("examples/people.json"))


@cache
def passphrase_words() -> tuple[str, ...]:
    """The French list that passphrases are drawn from."""
    lines = open_shipped("words/fr.txt").decode().splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
