"""One household of the CAF/MSA flow out of its XML: what is read of it, and nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from spie_desk.domain.benefit_flow import (
    MISSING,
    STATES,
    TOO_LONG,
    UNKNOWN,
    WRONG_SHAPE,
    BadHousehold,
    FlowHead,
    FlowPerson,
    Household,
)

_STATE = "PrestationRSA/SituationDossierRSA"
_STATE_CODE = f"{_STATE}/EtatDossierRSA/ETATDOSRSA"
_FIELD = re.compile(r"Element '([A-Za-z0-9_.-]{1,60})'")


def head_of(element: Any) -> FlowHead:
    return FlowHead(on=_date(element, "DTREF") or date.min, monthly=_text(element, "TYPEFLUX") != "J")


def household_of(element: Any) -> Household | BadHousehold:
    """The facts that a right is made of; a state that no list knows refuses the household."""
    state = _text(element, _STATE_CODE)
    if state not in STATES:
        found = element.find(_STATE_CODE)
        return BadHousehold(element.sourceline if found is None else found.sourceline, "ETATDOSRSA", UNKNOWN)
    suspended = _latest(element, ("SuspensionDroit", "SuspensionVersement"), ("DDSUSDRORSA", "DDSUSVERSRSA"))
    payment = element.find(f"{_STATE}/SuspensionVersement")
    closed = element.find(f"{_STATE}/FinDroit")
    closed = closed if closed is not None else element.find(f"{_STATE}/FinDroitMoisAnterieur")
    whose = "IdentificationRSA/Organisme"
    return Household(
        line=element.sourceline, body="MSA" if _text(element, f"{whose}/FONORG") == "MSA" else "CAF",
        office=_text(element, f"{whose}/NUMORG"), number=_text(element, f"{whose}/MATRICULE"), state=state,
        people=tuple(_person(one) for one in element.findall("Personne")),
        asked_on=_date(element, "IdentificationRSA/DemandeRSA/DTDEMRSA"),
        refused_on=_date(element, f"{_STATE}/Refus/DTREFURSA"), suspended_on=suspended,
        suspended_for="" if payment is None else _text(payment, "MOTISUSVERSRSA"),
        closed_on=None if closed is None else _date(closed, "DTCLORSA"),
        closed_for="" if closed is None else _text(closed, "MOTICLORSA"),
    )  # fmt: skip


def _person(element: Any) -> FlowPerson:
    role = next((_text(one, "ROLEPERS") for one in element.findall("Prestations") if _text(one, "NATPREST") == "RSA"),
                "")  # fmt: skip
    bound = _text(element, "MontantCalculDroitRSAPersonne/TOPPERSDRODEVORSA")
    # a date that is not known for sure is no proof of who someone is
    certain = _text(element, "Identification/TYPEDTNAI") in {"", "N"}
    return FlowPerson(
        last_name=_text(element, "Identification/NOM"), birth_name=_text(element, "Identification/NOMNAI"),
        first_name=_text(element, "Identification/PRENOM"), role=role,
        born_on=_date(element, "Identification/DTNAI") if certain else None,
        bound=None if not bound else bound in {"1", "true"},
    )  # fmt: skip


def _text(element: Any, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _date(element: Any, path: str) -> date | None:
    """A date, with or without a time zone; nothing for a year that no calendar here has."""
    try:
        return date.fromisoformat(_text(element, path)[:10])
    except ValueError:
        return None


def _latest(element: Any, blocks: tuple[str, ...], fields: tuple[str, ...]) -> date | None:
    found = [on for block, field in zip(blocks, fields, strict=True) for one in element.findall(f"{_STATE}/{block}")
             if (on := _date(one, field))]  # fmt: skip
    return max(found, default=None)


def why_refused(log: Any, line: int) -> BadHousehold:
    """The first thing that the schema refuses: where and which field. Its own words are left: they quote the value."""
    first = log[0]
    named = _FIELD.match(first.message)
    kind = first.type_name
    why = WRONG_SHAPE
    if "MAXLENGTH" in kind or "TOTALDIGITS" in kind:
        why = TOO_LONG
    elif "ELEMENT_CONTENT" in kind or "CVC_COMPLEX" in kind or "ATTRIBUTE" in kind:
        why = MISSING
    return BadHousehold(int(first.line or line), named[1] if named else "InfosFoyerRSA", why)
