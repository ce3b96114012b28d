"""The lists of people one comes back to: the built-in ones and one's own, each with its count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spie_desk.domain.errors import N_
from spie_desk.domain.records.view import View
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services.desk import Desk
from spie_desk.services.people import CountedView, count, wanted_by
from spie_desk.services.people import views as own_views
from spie_desk.services.records import save
from spie_desk.services.today import SILENCE_DAYS

_NO_ID = b"\0" * 16

BUILT_IN: dict[str, View] = {
    "mine": View(id=_NO_ID, name=N_("Mes suivis"), scope="mine"),
    "all": View(id=_NO_ID, name=N_("Toutes"), scope="all"),
    "around": View(id=_NO_ID, name=N_("Autour"), scope="around"),
    "alone": View(id=_NO_ID, name=N_("Sans référent"), scope="without_referent"),
    "silent": View(id=_NO_ID, name=N_("À relancer (60 j)"), scope="mine", silent_days=SILENCE_DAYS),
    "clashing": View(id=_NO_ID, name=N_("À départager"), scope="clashing"),
}
"""By the word that a route carries; the names are msgids."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A built-in view with its count."""

    code: str
    view: View
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Every view with its count, those of one's own by name."""

    built_in: Sequence[Counted]
    own: Sequence[CountedView]


def overview(desk: Desk) -> Overview:
    """Counts come from the same filter as the lists, so that they agree."""
    counted = [Counted(code, view, count(desk, wanted_by(desk, view))) for code, view in BUILT_IN.items()]
    return Overview(counted, own_views(desk))


def keep(desk: Desk, view: View, name: str) -> Touched:
    """Save the present filter under a name."""
    return save(desk, "view", replace(view, id=desk.chance.id(), name=name.strip()), label=name)


def rename(desk: Desk, shown: Shown[View], name: str) -> Touched:
    return save(desk, "view", replace(shown.record, name=name.strip()), shown, label=name)


def town_name(desk: Desk, code: str) -> str:
    return desk.files.towns.name_of(code) if code else ""
