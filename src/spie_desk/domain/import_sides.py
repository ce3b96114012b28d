"""The sides of a doubt, one beside the other: what the row says, who it may be, and which values differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from spie_desk.domain.errors import N_
from spie_desk.domain.import_compare import alike
from spie_desk.domain.import_plan import TAKE, Candidate, FieldChange, ImportPlan, RowPlan
from spie_desk.domain.import_rows import Bundle
from spie_desk.domain.import_split import two_bundles
from spie_desk.domain.records import KIND
from spie_desk.domain.words import phone_digits

ALWAYS = ("last_name", "first_name", "born_on", "phones", "town")
_FIELDS = ("last_name", "first_name", "birth_name", "nickname", "born_on", "birth_year", "phones", "street", "town")
_PHONES = N_("Téléphone")
_TITLE = "civility"


@dataclass(frozen=True, slots=True)
class Side:
    """Where a side comes from: a ``line`` of the file, the file ``number`` of someone here, or one of a couple."""

    line: int = 0
    number: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class SideLine:
    """One field over all the sides; ``differs`` when two known values are not the same."""

    label: str
    values: tuple[Any, ...]
    differs: bool
    choices: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    heads: tuple[Side, ...]
    lines: tuple[SideLine, ...]


def sides(plan: ImportPlan, row: RowPlan) -> Sides:
    """The row first, then each one it may be; for « M. et Mme », the two people that would be created."""
    assert row.bundle is not None  # noqa: S101 — a doubt was read
    heads, facts = [Side(line=row.line)], [_said(row.bundle)]
    if row.bundle.couple:
        for place, part in enumerate(two_bundles(row.bundle), start=1):
            heads.append(Side(part=place))
            facts.append(_said(part))
    lines = {one.line: one.bundle for one in plan.rows if one.line in {said.line for said in row.candidates}}
    for candidate in row.candidates:
        earlier = lines.get(candidate.line)
        if candidate.shown is None and earlier is None:
            continue
        number = candidate.shown.record.number if candidate.shown else ""
        heads.append(Side(line=candidate.line, number=number))
        facts.append(_here(candidate) if candidate.shown else _said(earlier))
    return Sides(tuple(heads), (*_lines(facts, couple=row.bundle.couple), *_others(row, len(heads))))


def _said(bundle: Bundle | None) -> dict[str, Any]:
    if bundle is None:
        return {}
    title = {} if bundle.couple else {_TITLE: bundle.person.get(_TITLE)}
    return {**{name: bundle.person.get(name) for name in _FIELDS}, **title, "phones": bundle.phones}


def _here(candidate: Candidate) -> dict[str, Any]:
    record = candidate.shown.record if candidate.shown else None
    return {**{name: getattr(record, name, None) for name in _FIELDS}, "phones": candidate.phones}


def _lines(facts: Sequence[dict[str, Any]], *, couple: bool) -> Iterable[SideLine]:
    if couple:
        # Who of the two has which first name is what the person at the screen is asked to check.
        title = KIND["person"].by_name[_TITLE].trait
        yield SideLine(title.label, tuple(one.get(_TITLE) for one in facts), differs=False, choices=title.choices)
    for name in _FIELDS:
        values = tuple(one.get(name) for one in facts)
        differs = not couple and _differ(name, [value for value in values if value])
        if any(values) and (name in ALWAYS or differs or couple):
            label = _PHONES if name == "phones" else KIND["person"].by_name[name].trait.label
            yield SideLine(label, values, differs)


def _differ(name: str, known: Sequence[Any]) -> bool:
    if name == "phones":
        digits = [{phone_digits(number) for number in numbers} for numbers in known]
        return any(one.isdisjoint(digits[0]) for one in digits[1:])
    return any(not alike(known[0], other) for other in known[1:])


def _others(row: RowPlan, width: int) -> Iterable[SideLine]:
    """What « prendre le fichier » would change besides: a right, a request, a number."""
    if width != 2:
        return
    shown = {KIND["person"].by_name[name].trait.label for name in _FIELDS if name != "phones"} | {_PHONES}
    for change in _changes(row):
        if change.label not in shown and change.old:
            yield SideLine(change.label, (change.new, change.old), differs=True, choices=change.choices,
                           about=change.about)  # fmt: skip


def _changes(row: RowPlan) -> Iterable[FieldChange]:
    way = next((one for one in row.ways if TAKE in one.code), None) or next(iter(row.ways), None)
    return way.act.changes if way is not None and way.act is not None else ()
