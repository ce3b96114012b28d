"""What the first screen must know before any profile opens: theme, text size, the profile last used; nothing else."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from spie_desk.store.durable import private_folder, read_json, write_json

FILE = "appearance.json"


@dataclass(frozen=True, slots=True)
class Appearance:
    theme: str = "system"
    scale: int = 100
    last: str = ""
    """The folder name of the profile that was last opened: a random word, not a name."""


@dataclass(frozen=True, slots=True)
class AppearanceFile:
    """Kept beside the witnesses; damaged or missing, it is as new."""

    folder: Path

    def read(self) -> Appearance:
        found = read_json(self.folder / FILE) or {}
        theme, scale, last = found.get("theme"), found.get("scale"), found.get("last")
        return Appearance(
            theme if isinstance(theme, str) and theme else "system",
            scale if isinstance(scale, int) else 100,
            last if isinstance(last, str) else "",
        )

    def change(self, **parts: Any) -> Appearance:
        now = replace(self.read(), **parts)
        private_folder(self.folder)
        write_json(self.folder / FILE, asdict(now))
        return now
