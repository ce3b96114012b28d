"""« doctor » : what this computer and this profile are fit for, one line each, without any name."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator

from spie_desk import __version__
from spie_desk.app.commands.opening import opened, say
from spie_desk.app.keeper import ProfileKeeper
from spie_desk.app.paths import data_root
from spie_desk.store.ballast import LOW
from spie_desk.store.copying import faults
from spie_desk.store.vault import DATABASE
from spie_desk.texts import _


def run(options: argparse.Namespace) -> int:
    bad = 0
    for fine, text in (*_computer(), *_profile(options)):
        say(f"{'✔' if fine else '✘'} {text}")
        bad += not fine
    return 1 if bad else 0


def _computer() -> Iterator[tuple[bool, str]]:
    import sqlcipher3  # noqa: PLC0415
    from cryptography import __version__ as cryptography_version  # noqa: PLC0415

    python = ".".join(map(str, sys.version_info[:3]))
    yield True, f"SPIE Desk {__version__}, Python {python}, SQLite {sqlcipher3.dbapi2.sqlite_version}"
    yield True, f"cryptography {cryptography_version}"
    root = next(one for one in (data_root(), *data_root().parents) if one.exists())
    free = shutil.disk_usage(root).free
    yield free >= LOW, _("Place libre : {n} Mo").format(n=free // 1024 // 1024)


def _profile(options: argparse.Namespace) -> Iterator[tuple[bool, str]]:
    with opened(options) as found:
        assert isinstance(found.keeper, ProfileKeeper)  # noqa: S101 — the only keeper there is on this floor
        wrong = faults(found.keeper.profile.folder / DATABASE, found.keeper.opened, deep=True)
        yield not wrong, _("Fichier des dossiers : {state}").format(state=", ".join(wrong) or _("sain"))
        differences = found.keeper.rebuild_check(lambda _done, _total: None, lambda: False)
        yield not differences, _("Tables et index : {n} différences avec le journal").format(n=len(differences))
        copies = found.keeper.backups()
        yield bool(copies), _("Sauvegardes vérifiées : {n}").format(n=len(copies))
        yield (
            found.keeper.kit_made_at() is not None,
            _("Kit de secours : {state}").format(state=_("fait") if found.keeper.kit_made_at() else _("à faire")),
        )
