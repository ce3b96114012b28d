"""The French dictionary: opened when it is first asked, on the working thread, which alone touches it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from spie_desk.domain.spelling import right
from spie_desk.shipped import shipped

PROPOSALS = 6


class Dictionary:
    """Every method belongs to ``tasks.work``: loading takes a tenth of a second, proposing as much."""

    def __init__(self) -> None:
        self._engine: Any = None
        self._accepted: frozenset[str] = frozenset()
        self._taught: frozenset[str] = frozenset()

    def judge(self, words: Iterable[str], accepted: frozenset[str], taught: frozenset[str]) -> Mapping[str, bool]:
        """Which are right. ``accepted`` are right too; ``taught`` are proposed besides."""
        self._open(accepted, taught)
        return {word: right(word, self._knows) for word in words}

    def propose(self, word: str) -> tuple[str, ...]:
        """The likeliest first, with the apostrophe that was typed."""
        self._open(self._accepted, self._taught)
        found = self._engine.suggest(word.replace("’", "'"))
        return tuple(one.replace("'", "’") for one in found[:PROPOSALS])

    def _knows(self, word: str) -> bool:
        return word in self._accepted or bool(self._engine.spell(word))

    def _open(self, accepted: frozenset[str], taught: frozenset[str]) -> None:
        if self._taught - taught:
            # taking a word back from the engine would forbid one that the dictionary itself holds: begin again
            self._engine, self._taught = None, frozenset()
        if self._engine is None:
            from hunspell import Hunspell  # noqa: PLC0415 — not before someone writes

            folder = Path(str(shipped("dictionaries/fr.dic"))).parent
            self._engine = Hunspell("fr", hunspell_data_dir=str(folder))
        for word in taught - self._taught:
            self._engine.add(word)
        self._accepted, self._taught = accepted, taught
