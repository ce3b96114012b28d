"""« example » : a profile of fictitious people, made once, opened without asking; it cannot join anybody."""

from __future__ import annotations

import argparse
from pathlib import Path

from spie_desk.app.commands.open import show
from spie_desk.app.gate import Gate
from spie_desk.app.paths import data_root, state_root
from spie_desk.services.doorway import NewProfile, Opened

FOLDER = "example"
PASSPHRASE = "entrainement"  # noqa: S105 — it opens fictitious people
"""Known to all: whoever is in there does not exist."""


def run(options: argparse.Namespace) -> int:
    root: Path = options.profile.resolve() if options.profile else data_root() / FOLDER
    state = state_root() / FOLDER
    return show(root, state, ["--profile", str(root), "example"], "", open_example)


def open_example(gate: Gate) -> Opened:
    """The example as it was left, or a fresh one."""
    known = [card for card in gate.profiles() if card.training]
    if known:
        return gate.unlock(known[0].id, PASSPHRASE)
    from spie_desk.ui.entry.training import training_wish  # noqa: PLC0415 — only for fictitious people

    wish = training_wish(NewProfile(label="", colour="", passphrase=PASSPHRASE))
    return gate.create(wish, lambda _done, _total: None)
