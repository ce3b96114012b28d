"""The communes shipped with the application: by postcode, by name, by its beginning; read when first asked."""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from spie_desk.domain.words import fold
from spie_desk.shipped import open_shipped


class Commune(NamedTuple):
    """One commune of the INSEE code: several postcodes are possible."""

    code: str
    name: str
    postcodes: tuple[str, ...]
    department: str
    population: int


class Communes:
    """All of them; about 35,000, read in one go and kept."""

    @cached_property
    def all(self) -> tuple[Commune, ...]:
        lines = gzip.decompress(open_shipped("geo/communes.tsv.gz")).decode().splitlines()
        heads = lines[0].split("\t")
        at = {name: heads.index(name) for name in ("code", "name", "postcodes", "department", "population")}
        cut = (line.split("\t") for line in lines[1:])
        return tuple(
            Commune(cells[at["code"]], cells[at["name"]],
                    tuple(cells[at["postcodes"]].replace("|", " ").replace(",", " ").split()),
                    cells[at["department"]], int(cells[at["population"]] or 0))
            for cells in cut
        )  # fmt: skip

    @cached_property
    def _by_postcode(self) -> Mapping[str, list[Commune]]:
        found: dict[str, list[Commune]] = {}
        for commune in self.all:
            for postcode in commune.postcodes:
                found.setdefault(postcode, []).append(commune)
        return found

    @cached_property
    def _by_name(self) -> list[tuple[str, int]]:
        return sorted((_plain(commune.name), place) for place, commune in enumerate(self.all))

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {commune.code: commune.name for commune in self.all}

    def name_of(self, code: str) -> str:
        """The name of an INSEE code; the code itself when this year's list does not know it."""
        return self._names.get(code, code)

    def by_postcode(self, postcode: str) -> list[Commune]:
        return self._by_postcode.get(postcode.strip(), [])

    def find(self, postcode: str, town: str) -> Commune | None:
        """The one commune that a postcode and a town's name point at; None when they leave a doubt."""
        among = self.by_postcode(postcode)
        named = [commune for commune in among if _plain(commune.name) == _plain(town)]
        if named or (among and town.strip()):
            return named[0] if len(named) == 1 else None
        if len(among) == 1:
            return among[0]
        same = [self.all[place] for name, place in self._from(_plain(town)) if name == _plain(town)]
        return same[0] if not postcode.strip() and len(same) == 1 else None

    def search(self, prefix: str, limit: int = 20) -> list[Commune]:
        """Communes whose name or postcode begins so, the most peopled first."""
        begun = _plain(prefix)
        if not begun:
            return []
        if begun.isdigit():
            found = [one for code, communes in self._by_postcode.items() if code.startswith(begun) for one in communes]
        else:
            found = [self.all[place] for name, place in self._from(begun) if name.startswith(begun)]
        return sorted(dict.fromkeys(found), key=lambda one: -one.population)[:limit]

    def _from(self, begun: str) -> list[tuple[str, int]]:
        start = bisect_left(self._by_name, (begun, 0))
        end = bisect_left(self._by_name, (begun + "\uffff", 0))
        return self._by_name[start:end]


def _plain(name: str) -> str:
    """« St-Étienne cedex 2 » and « Saint-Étienne » are one town."""
    words = fold(name).split()
    if "cedex" in words:
        words = words[: words.index("cedex")]
    return " ".join({"st": "saint", "ste": "sainte", "s/": "sur"}.get(word, word) for word in words)
