"""Which folders a profile was restored from: their kept backups still count."""

from __future__ import annotations

from pathlib import Path

from spie_desk.store.durable import read_json

CARD = "profile.json"
KEY, SPARE_KEY = "vault.key", "vault.key.bak"


def lineage(folder: Path) -> list[Path]:
    """The profile's folder, then the one it replaces, then the one that one replaced…"""
    found: list[Path] = []
    while folder.is_dir() and folder not in found:
        found.append(folder)
        former = str((read_json(folder / CARD) or {}).get("replaces", ""))
        if not former or Path(former).name != former:
            break
        folder = folder.parent / former
    return found
