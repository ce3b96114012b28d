"""Write a file's document into a folder that the user chose: readable JSON, what goes with it, a manifest of sums."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spie_desk.domain.errors import DeskError, N_
from spie_desk.exchange.put_down import NotSavedError, put_down

MANIFEST = "manifest.json"


class ExportFolderError(DeskError):
    """The folder cannot be written; parameter ``folder`` is its name."""

    says = N_("Rien n’a pu être écrit dans «\u00a0{folder}\u00a0».")
    next_step = N_("Vérifiez que la clé ou le dossier n’est ni plein, ni protégé, puis recommencez.")


class AlreadyThereError(DeskError):
    says = N_("«\u00a0{folder}\u00a0» contient déjà un export.")
    next_step = N_("Choisissez un dossier vide\u00a0: un export n’en remplace jamais un autre.")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the folder of this export and its files with their sums."""

    folder: Path
    sums: Mapping[str, str]


def write(folder: Path, document: Mapping[str, Any], extras: Mapping[str, bytes] | None = None) -> Written:
    """One person's export: « dossier.json », what goes with it (a PDF…), and the manifest, last.

    The folder's name is the file number, never a name. Nothing half written stays under its own name.
    """
    here = folder / _safe(str(document["number"]) or str(document["person"])[:8])
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return _write(here, {"dossier.json": text, **(extras or {})}, str(document["made_at"]))


def write_all(
    folder: Path, documents: Iterable[Mapping[str, Any]], progress: Callable[[int], None] = lambda done: None
) -> list[Written]:
    """Everyone's, one folder each, and a manifest over the manifests: a missing or changed file is seen."""
    found, made_at = [], ""
    for done, document in enumerate(documents, start=1):
        found.append(write(folder, document))
        made_at = str(document["made_at"])
        progress(done)
    seal(folder, found, made_at)
    return found


def seal(folder: Path, written: Iterable[Written], made_at: str) -> None:
    """The manifest over everyone's manifests, last: without it, the export is not complete."""
    sums = {f"{one.folder.name}/{MANIFEST}": _sum((one.folder / MANIFEST).read_bytes()) for one in written}
    _write(folder, {}, made_at, sums)


def verify(folder: Path) -> list[str]:
    """The files that are missing or no longer what was written; empty when the export is whole."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    wrong = []
    for name, expected in manifest["sha256"].items():
        path = folder / name
        if not path.is_file() or _sum(path.read_bytes()) != expected:
            wrong.append(name)
        elif path.name == MANIFEST:
            wrong += [f"{path.parent.name}/{inner}" for inner in verify(path.parent)]
    return wrong


def _write(here: Path, files: Mapping[str, bytes], made_at: str, sums: Mapping[str, str] | None = None) -> Written:
    try:
        here.mkdir(parents=True, exist_ok=True, mode=0o700)
        if (here / MANIFEST).exists():
            raise AlreadyThereError(folder=here.name)
        kept = {**{_safe(name): _sum(data) for name, data in files.items()}, **(sums or {})}
        for name, data in files.items():
            put_down(here / _safe(name), data, replace=True)
        manifest = {"format": "spie-desk-manifest", "version": 1, "made_at": made_at, "sha256": kept}
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
        put_down(here / MANIFEST, text, replace=True)
    except (OSError, NotSavedError) as error:
        raise ExportFolderError(folder=here.name) from error
    return Written(here, kept)


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _safe(name: str) -> str:
    """A name that every system accepts and that climbs out of no folder."""
    return re.sub(r"[^\w.-]+", "_", name).strip(".") or "_"
