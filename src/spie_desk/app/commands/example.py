"""« example » : a profile of fictitious people, made once, opened without asking; it cannot join anybody."""

from __future__ import annotations

import argparse
from pathlib import Path

from spie_desk.app.commands.open import show
from spie_desk.app.gate import Gate
from spie_desk.app.paths import data_root, state_root
from spie_desk.services.doorway import NewProfile, Opened
from spie_desk.texts import _

FOLDER = "example"
PEOPLE = 40
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
    return gate.create(training(), lambda _done, _total: None)


def training(label: str = "", passphrase: str = PASSPHRASE) -> NewProfile:
    """An « Entraînement » on forty fictitious people."""
    from spie_desk.app.shipped_lists import example_people  # noqa: PLC0415
    from spie_desk.domain.people_maker import founders  # noqa: PLC0415 — only for fictitious people

    me, structure = founders(example_people())
    return NewProfile(label=label or _("Entraînement"), colour=structure.colour, passphrase=passphrase, me=me,
                      structure=structure, training=True, people=PEOPLE)  # fmt: skip
