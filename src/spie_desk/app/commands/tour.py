"""« tour » : the whole job without a display, on a fresh profile that is gone at the end; pictures, papers, summary."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spie_desk.app.commands.export import NotEmptyError, empty
from spie_desk.app.commands.opening import doorway, say
from spie_desk.domain.errors import DeskError, N_
from spie_desk.texts import _, n_

if TYPE_CHECKING:
    from spie_desk.app.tour.guide import Guide

SUMMARY = "summary.json"
EXPORT = "export"
LEFT = re.compile(r"summary\.json|\d\d-[a-z0-9-]+\.png|(fiche|note|ordre-du-jour|compte-rendu-\d+)\.pdf")
"""The files that a tour leaves, besides its export."""


class StepFailedError(DeskError):
    """Parameters ``step`` (a msgid) and ``why``: an error, or the name of one."""

    says = N_("Le parcours s’est arrêté à l’étape «\u00a0{step}\u00a0»\u00a0: {why}")


class NoFileError(DeskError):
    """Parameter ``file`` is its name."""

    says = N_("Le fichier «\u00a0{file}\u00a0» n’est pas là.")


def run(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        raise NoFileError(file=options.file.name)
    _clear(options.out)
    options.out.mkdir(parents=True, exist_ok=True)
    # From the start, so that the next tour knows this folder again even if this one is stopped.
    _tell(options.out, {"ok": False})
    # before the application object: no display is asked for, and pictures are the same everywhere
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    begun = time.monotonic()
    with _private_folder() as folder:
        guide = _guide(folder, options)
        try:
            _walk(guide)
        finally:
            _end(guide)
    _tell(options.out, _summary(guide, time.monotonic() - begun))
    pictures = n_("{n} image", "{n} images", len(guide.pictures))
    papers = n_("{n} document", "{n} documents", len(guide.papers))
    say(_("Parcours terminé\u00a0: {pictures} et {papers} dans {folder}.").format(
        pictures=pictures, papers=papers, folder=options.out))  # fmt: skip
    return 0


def _clear(folder: Path) -> None:
    """Make room for a tour: what an earlier one left goes; a folder that holds anything else is refused untouched."""
    if not (folder / SUMMARY).is_file():
        empty(folder)
        return
    found = list(folder.iterdir())
    if not all(_is_a_tours(one) for one in found):
        raise NotEmptyError(folder=folder.name)
    for one in found:
        if one.is_dir():
            shutil.rmtree(one)
        else:
            one.unlink()


def _is_a_tours(path: Path) -> bool:
    if path.is_symlink():
        return False
    return path.name == EXPORT if path.is_dir() else LEFT.fullmatch(path.name) is not None


def _tell(folder: Path, summary: dict[str, Any]) -> None:
    (folder / SUMMARY).write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _walk(guide: Guide) -> None:
    from spie_desk.app.tour.steps import STEPS  # noqa: PLC0415 — Qt, after the platform is chosen

    for step in STEPS:
        try:
            guide.timed(step.name, step.do)
        except DeskError as error:
            raise StepFailedError(step=step.says, why=error) from error
        except Exception as error:
            from spie_desk.app.diary import frames  # noqa: PLC0415 — seldom

            raise StepFailedError(step=step.says, why=frames(type(error), error.__traceback__)) from error


def _guide(folder: Path, options: argparse.Namespace) -> Guide:
    from spie_desk.app.front import Front, furnished  # noqa: PLC0415 — Qt, after the platform is chosen
    from spie_desk.app.start import stage  # noqa: PLC0415
    from spie_desk.app.tour.guide import Guide  # noqa: PLC0415
    from spie_desk.ui.qt_guard import refuse_broken_qt  # noqa: PLC0415

    refuse_broken_qt()
    door = doorway(folder / "profiles", folder / "state")
    shared = stage(folder / "state")
    shared.theme.apply("light", 100)
    front = Front(shared, door, lambda: None, lambda: None, furnished)
    return Guide(shared, door, front, options.file.resolve(), options.out.resolve(), options.people,
                 door.propose_passphrase())  # fmt: skip


def _end(guide: Guide) -> None:
    """Threads ended and the profile closed, whatever happened."""
    if guide.front.entry is not None:
        guide.front.entry.close()
        guide.front.entry = None
    if guide.front.session is not None:
        guide.front.session.finish()
        guide.front.session = None


@contextmanager
def _private_folder() -> Iterator[Path]:
    """A folder that its user alone may read, gone afterwards."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    made = Path(tempfile.mkdtemp(prefix="spie-desk-", dir=runtime if runtime and Path(runtime).is_dir() else None))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _summary(guide: Guide, seconds: float) -> dict[str, Any]:
    from spie_desk.app.versions import versions  # noqa: PLC0415

    return {
        "ok": True, "seconds": round(seconds, 2), "durations": guide.durations, "people_added": guide.people,
        "counts": guide.facts, "pictures": guide.pictures, "papers": guide.papers, "versions": dict(versions()),
    }  # fmt: skip
