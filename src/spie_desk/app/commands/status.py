"""« status » : what the profile contains, by counts; no name."""

from __future__ import annotations

import argparse
from typing import Any

from spie_desk import __version__
from spie_desk.app.commands.opening import opened, say, say_json
from spie_desk.domain.records import KINDS
from spie_desk.services.doorway import Opened
from spie_desk.texts import _


def run(options: argparse.Namespace) -> int:
    with opened(options) as found:
        told = counts(found)
    if options.json:
        say_json(told)
        return 0
    for kind in KINDS:
        say(f"{_(kind.plural)} : {told['records'][kind.name]}")
    say(_("À départager : {n}").format(n=told["clashes"]))
    say(_("Brouillons : {n}").format(n=told["drafts"]))
    return 0


def counts(found: Opened) -> dict[str, Any]:
    store = found.desk.store
    backups = found.keeper.backups()
    return {
        "version": __version__,
        "records": {kind.name: store.records.count(kind.name) for kind in KINDS},
        "clashes": len(store.records.clashes()),
        "drafts": len(store.drafts.all()),
        "backups": len(backups),
        "last_backup": backups[0].made_at.isoformat() if backups else None,
        "kit": found.keeper.kit_made_at() is not None,
        "training": found.keeper.card.training,
    }
