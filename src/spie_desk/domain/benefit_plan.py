"""What a CAF/MSA flow would change for the people followed here, and what is only counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from spie_desk.domain.benefit_flow import BadHousehold
from spie_desk.domain.errors import N_
from spie_desk.domain.import_plan import FieldChange, Reason, Write

SEVERAL_HERE = N_("plusieurs dossiers d’ici lui correspondent")
SEVERAL_THERE = N_("plusieurs foyers du flux lui correspondent")
OTHER_NUMBER = N_("même identité, autre numéro d’allocataire")
SAME_NUMBER = N_("même numéro d’allocataire, identité différente")
TYPED_SINCE = N_("saisi à la main après la date du flux\u00a0: {field}")
NEWER_READ = N_("un flux plus récent a déjà été repris (au {day})")


@dataclass(frozen=True, slots=True)
class Option:
    """One household that may be hers: who the flow says she is, and what it would change."""

    line: int
    last_name: str
    first_name: str
    born_on: date | None
    changes: tuple[FieldChange, ...]
    write: Write


@dataclass(frozen=True, slots=True)
class FlowUpdate:
    """Someone followed here: surely one person of the flow, or in doubt (``reasons``), to be chosen by a person."""

    person: bytes
    name: str
    number: str
    birth_year: int | None
    options: tuple[Option, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def who_is_sure(self) -> bool:
        """The doubt is about what to keep, not about who it is."""
        return {one.says for one in self.reasons} <= {TYPED_SINCE, NEWER_READ}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowPlan:
    """The dry run. ``others`` counts the people of the flow who are not followed here: nothing else of them is kept.

    ``bad`` are the first households that the format refuses, ``bad_count`` all of them; ``offices`` the organisms whose
    facts these are.
    """

    name: str
    on: date
    monthly: bool
    updates: tuple[FlowUpdate, ...]
    doubts: tuple[FlowUpdate, ...]
    unchanged: int
    others: int
    households: int
    bad: tuple[BadHousehold, ...] = ()
    bad_count: int = 0
    announced: int | None = None
    offices: frozenset[str] = frozenset()

    def chosen(self, answers: Mapping[bytes, int]) -> list[Write]:
        """What will be written: every sure update, and of a doubt what was ticked."""
        found = [one.options[0].write for one in self.updates]
        for doubt in self.doubts:
            place = answers.get(doubt.person, -1)
            if 0 <= place < len(doubt.options):
                found.append(doubt.options[place].write)
        return found


@dataclass(frozen=True, slots=True)
class FlowReport:
    """What was done: counts, and the deed to undo."""

    deed: bytes
    on: date
    updated: int
    unchanged: int
    waiting: int
    others: int
    bad: int
