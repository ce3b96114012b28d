"""What the vault's tests share: a phrase, the cheapest lawful cost, a profile with one line, a child that is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, text

from spie_desk.store import profiles
from spie_desk.store.aside import open_store
from spie_desk.store.backups import Making
from spie_desk.store.durable import At
from spie_desk.store.engine import close_engine
from spie_desk.store.profiles import Profile
from spie_desk.store.vault import FLOOR, Policy, Vault, create_vault

PHRASE = "café tilleul brouette éclair menuisier sabot lanterne"
OTHER = "Zeste-2026-Grue!"
KIT = bytes(range(32))
CHEAP = Policy(FLOOR)
MARKER = "Zorglub-Martinet-Canari"
NOW = datetime(2026, 3, 12, 18, 4, tzinfo=UTC)
MAKING = Making(NOW, "0.1.0", 0, files=lambda counts: counts["person"])


def tables(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE person (name TEXT)"))
        connection.execute(text("INSERT INTO person VALUES (:name)"), {"name": MARKER})


def fill(folder: Path, at: At = lambda _point: None) -> Vault:
    return create_vault(folder, PHRASE, kit=KIT, policy=CHEAP, build=tables, at=at)


def new_profile(root: Path, at: At = lambda _point: None) -> tuple[Profile, Vault]:
    return profiles.create(root, Profile("", root, "Bureau", "#35618e"), lambda folder: fill(folder, at), at)


def names(vault: Vault) -> list[str]:
    """Who the store holds, read through the engine as the application would."""
    engine = open_store(vault)
    try:
        with engine.connect().execution_options(ro=True) as connection:
            return list(connection.execute(text("SELECT name FROM person ORDER BY rowid")).scalars())
    finally:
        close_engine(engine)


def add(vault: Vault, name: str) -> None:
    engine = open_store(vault)
    try:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO person VALUES (:name)"), {"name": name})
    finally:
        close_engine(engine)


def points_of(deed: Callable[[At], object]) -> list[str]:
    """The points that the deed passes, found by doing it once."""
    passed: list[str] = []
    deed(passed.append)
    return list(dict.fromkeys(passed))


def killed_at(point: str, deed: Callable[[At], object]) -> bool:
    """Do the deed in a child that kills itself (-9) at the point; False if it never came there."""

    def at(passed: str) -> None:
        if passed == point:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        status = 1
        try:
            deed(at)
            status = 0
        finally:
            os._exit(status)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
