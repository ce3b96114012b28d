"""Putting a file down where the user asked: whole or not at all, for its owner alone, never over another unasked."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from spie_desk.domain.errors import DeskError, N_


class NotSavedError(DeskError):
    """The file cannot be written; parameter ``file`` is its name."""

    says = N_("«\u00a0{file}\u00a0» n’a pas pu être écrit.")
    next_step = N_("Choisissez un autre dossier, ou fermez le logiciel qui tient ce fichier ouvert.")


class FileThereError(DeskError):
    """Parameter ``file`` is the name of a file that stands there already."""

    says = N_("«\u00a0{file}\u00a0» existe déjà. Rien n’a été écrit.")
    next_step = N_("Choisissez un autre nom, ou déplacez ce fichier.")


def put_down(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Written beside under another name, flushed, then given its own; ``replace`` when the user agreed to it."""
    if path.exists() and not replace:
        raise FileThereError(file=path.name)
    waiting = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        _write(waiting, data)
        if replace:
            waiting.replace(path)
        else:
            _name(waiting, path)
    except FileExistsError as error:
        _drop(waiting)
        raise FileThereError(file=path.name) from error
    except OSError as error:
        _drop(waiting)
        raise NotSavedError(file=path.name) from error


def _write(waiting: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(waiting, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _name(waiting: Path, path: Path) -> None:
    """Its own name in one step that fails if something came there meanwhile; sticks without links are renamed."""
    try:
        os.link(waiting, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path.name) from None
        waiting.rename(path)
        return
    waiting.unlink()


def _drop(waiting: Path) -> None:
    with suppress(OSError):
        waiting.unlink(missing_ok=True)
