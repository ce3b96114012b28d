"""« open » : the window; a profile named with its passphrase file opens without asking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from spie_desk.app.front import Front, furnished, start_again
from spie_desk.app.gate import Gate
from spie_desk.app.paths import data_root, state_root
from spie_desk.app.start import stage
from spie_desk.store.memory import harden_process
from spie_desk.ui.qt_guard import refuse_broken_qt

if TYPE_CHECKING:
    # names of types only: the first window comes up before the rest is loaded
    import argparse

    from spie_desk.app.doorway import LocalDoorway
    from spie_desk.services.doorway import Opened

PROFILES = "profiles"
Directly: TypeAlias = "Callable[[Gate], Opened]"


def run(options: argparse.Namespace) -> int:
    profile: Path | None = options.profile.resolve() if options.profile else None
    root = profile.parent if profile else data_root() / PROFILES
    directly: Directly | None = None
    if profile and options.passphrase_file:
        from spie_desk.app.commands.opening import passphrase  # noqa: PLC0415 — the window does not ask this way

        phrase = passphrase(options.passphrase_file)
        directly = lambda gate: gate.unlock(profile.name, phrase)  # noqa: E731
    again = ["--profile", str(profile)] if profile else []
    return show(root, state_root(), again, profile.name if profile else "", directly)


def show(root: Path, state: Path, again: list[str], chosen: str, directly: Directly | None = None) -> int:
    """One process's windows, from the first to the last; heavy things load once the first one is painted."""
    harden_process()
    refuse_broken_qt()
    from spie_desk.app.diary import open_diary  # noqa: PLC0415 — after the guards

    open_diary(state / "logs")
    shared = stage(state)
    gate = Gate(root, lambda: _door(root, state))
    front = Front(shared, gate, lambda: start_again(again), lambda: _load(gate), furnished)
    if directly is not None:
        front.open_at_once(lambda: directly(gate))
    else:
        front.come(chosen)
    try:
        return shared.app.exec()
    finally:
        front.finish()


def _door(root: Path, state: Path) -> LocalDoorway:
    from spie_desk.app.commands.opening import doorway  # noqa: PLC0415 — cryptography and SQL, off the first paint

    return doorway(root, state)


def _load(gate: Gate) -> None:
    """On a worker, while a person types: what unlocking and the first pages import."""
    gate.door()
    import cryptography.hazmat.backends.openssl.backend  # noqa: F401, PLC0415 — the keys load it at their first use

    from spie_desk.domain.records import KINDS  # noqa: PLC0415
    from spie_desk.store.derived import derived_of  # noqa: PLC0415

    derived_of(tuple(KINDS))
    import spie_desk.app.window  # noqa: PLC0415
    import spie_desk.ui.pages.file  # noqa: PLC0415
    import spie_desk.ui.pages.today  # noqa: F401, PLC0415
