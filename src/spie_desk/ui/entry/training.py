"""« Entraînement » : a profile on fictitious people, watermarked on every screen."""

from __future__ import annotations

import json
from dataclasses import replace

from spie_desk.domain.people_maker import founders
from spie_desk.services.doorway import NewProfile
from spie_desk.shipped import open_shipped
from spie_desk.texts import _

PEOPLE = 40


def training_wish(wish: NewProfile) -> NewProfile:
    """Who works there, and for whom, are fictitious too."""
    me, structure = founders(json.loads(open_shipped("examples/people.json")))
    return replace(wish, label=_("Entraînement"), colour=structure.colour, me=me, structure=structure, training=True,
                   people=PEOPLE, invitation="", code="")  # fmt: skip
