"""The monthly flow of the CAF or MSA, as read: households, who is in them, and what it makes of a right to the RSA."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from spie_desk.domain.errors import N_
from spie_desk.domain.lists import ValueList
from spie_desk.domain.records.around import Right
from spie_desk.domain.words import fold

STATES = {
    "0": "rsa_demande_en_attente", "1": "rsa_refuse", "2": "rsa_droit_ouvert_versable",
    "3": "rsa_droit_ouvert_et_suspendu", "4": "rsa_droit_ouvert_versement_suspendu", "5": "rsa_clos",
    "6": "rsa_clos_anterieur",
}  # fmt: skip
"""ETATDOSRSA → the codes of the list « right_status »."""

_REFUSED, _PENDING, _CLOSED = "1", "0", frozenset("56")
_HOLDERS = frozenset({"", "DEM", "CJT"})


@dataclass(frozen=True, slots=True)
class FlowHead:
    """What the flow says of itself: the day its facts stand for (DTREF), and whether it is the monthly one."""

    on: date
    monthly: bool = True


@dataclass(frozen=True, slots=True)
class FlowPerson:
    """Someone of a household. ``bound`` is TOPPERSDRODEVORSA; ``role`` says in what quality the RSA counts her.
    Without her social security number: it is never read."""

    last_name: str
    birth_name: str
    first_name: str
    born_on: date | None
    role: str = ""
    bound: bool | None = None

    @property
    def holds(self) -> bool:
        """The right is hers: a child of the household has none."""
        return self.role in _HOLDERS


@dataclass(frozen=True, slots=True)
class Household:
    """One dossier of the flow: ``body`` CAF or MSA and its office, the number, the state, and the dates around it."""

    line: int
    body: str
    office: str
    number: str
    state: str
    people: tuple[FlowPerson, ...]
    asked_on: date | None = None
    refused_on: date | None = None
    suspended_on: date | None = None
    suspended_for: str = ""
    closed_on: date | None = None
    closed_for: str = ""


@dataclass(frozen=True, slots=True)
class BadHousehold:
    """A household that the format refuses: its line and field, never its value; the others go on."""

    line: int
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class FlowFoot:
    """The last lines: how many households the sender counted, None when it did not say."""

    announced: int | None = None


FlowPart = FlowHead | Household | BadHousehold | FlowFoot

TOO_LONG, WRONG_SHAPE = N_("la valeur est trop longue."), N_("la valeur n’a pas la forme attendue.")
MISSING, UNKNOWN = N_("il manque un champ, ou celui-ci n’est pas à sa place."), N_("ce code n’est pas connu.")
"""Why a household is refused."""


def number_keys(number: str) -> frozenset[str]:
    """How an allocataire's number is compared: without its letter, its spaces, nor the zeros that fill it out.

    The flow writes « 2055990 » on fifteen digits, filled at the right; other senders fill at the left.
    """
    digits = re.sub(r"\D", "", re.sub(r"[A-Za-z]\s*\Z", "", number.strip()))
    bare = digits.lstrip("0")
    if len(bare) < 5:
        return frozenset()
    return frozenset({bare, bare[:7]} if len(bare) == 15 and not bare[7:].strip("0") else {bare})


def name_keys(last_names: Collection[str], first_name: str) -> frozenset[tuple[str, str]]:
    """Usual name and birth name, each with the first name; folded, so that capitals and accents are no difference."""
    first = fold(first_name)
    return frozenset((last, first) for name in last_names if (last := fold(name)) and first)


def right_of(held: Right, household: Household, person: FlowPerson, on: date, reasons: Reasons) -> Right:
    """The right as the flow has it: state, dates and remark; what it does not say stays as it stands."""
    start = held.starts_on or (None if household.state in {_REFUSED, _PENDING} else household.asked_on)
    end, closed = held.ends_on, household.state in _CLOSED
    if closed and household.closed_on and not (start and household.closed_on < start):
        end = household.closed_on
    elif not closed and end is not None and end <= on:
        # opened again: the former end is history
        end = None
    if end and start and end < start:
        start = held.starts_on
    said = _remark(held.remark, _said(household, person, reasons, end), household.body)
    return replace(held, status=STATES[household.state], starts_on=start, ends_on=end, remark=said)


@dataclass(frozen=True, slots=True)
class Reasons:
    """The shipped words for the flow's codes of suspension and of closure."""

    suspension: ValueList
    closure: ValueList
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def words(self, name: str, code: str) -> str:
        """In words; the code itself when no list knows it; nothing of what would tell her health."""
        found = self._known.get((name, code))
        if found is None:
            chosen = self.suspension if name == "suspension" else self.closure
            entry = next((one for one in chosen.entries if one.more.get("flow") == code), None)
            found = f"motif {code}" if entry is None else "" if entry.more.get("health") else _lower(entry.label)
            self._known[name, code] = found
        return found


def _lower(label: str) -> str:
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _said(household: Household, person: FlowPerson, reasons: Reasons, end: date | None) -> list[str]:
    """The parts of the remark, in French: they are written into the record."""
    found = []
    if household.refused_on and household.state == _REFUSED:
        found.append(f"refus du {household.refused_on:%d/%m/%Y}")
    if household.state in {"3", "4"} and (household.suspended_on or household.suspended_for):
        since = f" depuis le {household.suspended_on:%d/%m/%Y}" if household.suspended_on else ""
        found.append(_with(f"suspension{since}", reasons.words("suspension", household.suspended_for)))
    if household.state in _CLOSED:
        on = f" du {household.closed_on:%d/%m/%Y}" if household.closed_on and household.closed_on != end else ""
        why = reasons.words("closure", household.closed_for)
        if on or why:
            found.append(_with(f"fin de droit{on}", why))
    if person.bound is not None:
        found.append(f"personne {'' if person.bound else 'non '}soumise aux droits et devoirs")
    return found


def _with(fact: str, why: str) -> str:
    return f"{fact} ({why})" if why else fact


_OURS = re.compile(r"(?:\A|\s*·\s*)(?:CAF|MSA)\u00a0: [^·]*(?=\Z|\s*·)")


def _remark(held: str, parts: Sequence[str], body: str) -> str:
    """What the flow says takes the place of what it said the last time; what a hand wrote beside it stays."""
    own = _OURS.sub("", held).strip(" ·")
    said = f"{body}\u00a0: " + "\u00a0; ".join(parts) if parts else ""
    return " · ".join(part for part in (own, said) if part)
