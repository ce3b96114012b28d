"""Opening a profile from the command line: which one, and its passphrase, never as an argument."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.hands import SystemChance, SystemClock
from spie_desk.app.paths import data_root, state_root
from spie_desk.app.shipped_lists import example_people
from spie_desk.domain.errors import DeskError, N_
from spie_desk.services.doorway import Opened
from spie_desk.store.keyfile import Cost

PROFILES = "profiles"


class WhichProfileError(DeskError):
    says = N_("Plusieurs profils sont sur ce poste, ou aucun.")
    next_step = N_("Nommez le dossier du profil avec --profile.")


class NoPassphraseError(DeskError):
    says = N_("Le fichier de la phrase de passe ne peut pas être lu : {file}.")
    next_step = N_("Sa première ligne doit être la phrase de passe.")


def doorway(root: Path | None = None, state: Path | None = None, cost: Cost | None = None) -> LocalDoorway:
    """The profiles of this laptop, or those under another folder."""
    return LocalDoorway(
        root or data_root() / PROFILES, state or state_root(), SystemClock(), SystemChance(), time.monotonic, cost,
        example=example_people,
    )  # fmt: skip


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Opened]:
    """The profile that the options name, open for the length of the command."""
    door = doorway(options.profile.resolve().parent) if options.profile else doorway()
    if options.profile:
        name = options.profile.resolve().name
    else:
        cards = door.profiles()
        if len(cards) != 1:
            raise WhichProfileError
        name = cards[0].id
    found = door.unlock(name, passphrase(options.passphrase_file))
    try:
        yield found
    finally:
        found.keeper.close()


def passphrase(file: Path | None) -> str:
    """The file's first line, or what is typed at the prompt."""
    if file is None:
        from spie_desk.texts import _  # noqa: PLC0415

        return getpass.getpass(_("Phrase de passe : "))
    try:
        return file.read_text(encoding="utf-8").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise NoPassphraseError(file=file.name) from error


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def say_json(value: Any) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True))
