"""« rebuild » : tables and index made afresh from the journal; with --check, compared and left alone."""

from __future__ import annotations

import argparse

from spie_desk.app.commands.opening import opened, say
from spie_desk.app.keeper import ProfileKeeper
from spie_desk.texts import _


def run(options: argparse.Namespace) -> int:
    with opened(options) as found:
        if options.check:
            differences = found.keeper.rebuild_check(lambda _done, _total: None, lambda: False)
            for one in differences:
                say(one)
            say(_("Tout est égal au journal.") if not differences else _("{n} différences.").format(n=len(differences)))
            return 1 if differences else 0
        assert isinstance(found.keeper, ProfileKeeper)  # noqa: S101 — the only keeper there is on this floor
        n = found.keeper.store.rebuild()
    say(_("{n} modifications relues.").format(n=n))
    return 0
