"""The CAF/MSA flow: rights of people already followed brought up to date in one act; the rest is only counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from spie_desk.domain.benefit_flow import BadHousehold, FlowFoot, FlowHead, Reasons, right_of
from spie_desk.domain.benefit_plan import (
    NEWER_READ,
    SEVERAL_HERE,
    SEVERAL_THERE,
    TYPED_SINCE,
    FlowPlan,
    FlowReport,
    FlowUpdate,
    Option,
)
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.import_plan import FieldChange, Reason, Write
from spie_desk.domain.one_person import Groups
from spie_desk.domain.records import KIND
from spie_desk.domain.records.around import Right
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Shown
from spie_desk.domain.values import changed_registers
from spie_desk.services import undo
from spie_desk.services.benefit_matching import Followed, Hit
from spie_desk.services.desk import Desk
from spie_desk.services.imports import Cancelled, ImportCancelledError, Progress, never, no_progress
from spie_desk.services.oppositions import COMPUTER, stands
from spie_desk.services.ports import Deed
from spie_sync.change import Value

SCHEME, READ = "rsa", "benefit_flows"
MOST_BAD, MOST_OPTIONS, _PAGE = 200, 5, 500


class NothingInFlowError(DeskError):
    says = N_("Il n’y a rien à mettre à jour\u00a0: ce flux ne change rien pour les personnes accompagnées ici.")
    next_step = N_("S’il y a des doutes, cochez ceux que vous avez vérifiés.")


def plan(desk: Desk, path: Path, progress: Progress = no_progress) -> FlowPlan:
    """The dry run, in bounded memory. ``progress`` hears kilobytes and may raise ``ImportCancelledError`` to stop."""
    seen = _Seen()
    followed = Followed.on(desk, lambda: progress(0, 0))

    def told(done: int, total: int) -> None:
        progress(done // 1024, total // 1024)

    for part in desk.files.read_benefit_flow(path, told):
        if isinstance(part, FlowHead):
            seen.head = part
        elif isinstance(part, FlowFoot):
            seen.announced = part.announced
        elif isinstance(part, BadHousehold):
            seen.refuse(part)
        else:
            seen.households += 1
            seen.people += len(part.people)
            seen.offices.add(part.body + part.office)
            for person, hit in followed.hits(part):
                seen.keep(person, hit)
    return _planned(desk, path.name, seen)


def apply(desk: Desk, made: FlowPlan, answers: Mapping[bytes, int] | None = None, *,
          progress: Progress = no_progress, cancelled: Cancelled = never) -> FlowReport:  # fmt: skip
    """Write the sure updates and the ticked doubts: one deed, one transaction, on the values that were shown."""
    answers = answers or {}
    writes = made.chosen(answers)
    if not writes:
        raise NothingInFlowError
    with desk.store.unit(Deed("imported", label=f"Flux CAF/MSA du {made.on:%d/%m/%Y}")) as unit:
        for done, write in enumerate(writes, start=1):
            if cancelled():
                raise ImportCancelledError
            unit.put(write.kind, write.record, shown=write.shown)
            progress(done, len(writes))
        deed = unit.deed
        newer = _newer(desk, made.on)
        read: dict[str, Value] = {office: {"on": made.on.isoformat(), "deed": deed.hex()}
                                  for office in made.offices if office not in newer}  # fmt: skip
        desk.store.settings.set(READ, _flows_read(desk) | read)
    ticked = len(writes) - len(made.updates)
    return FlowReport(deed, made.on, len(writes), made.unchanged, len(made.doubts) - ticked, made.others,
                      made.bad_count)  # fmt: skip


@dataclass
class _Seen:
    """What is held while the flow goes by: counts, and what concerns people of here."""

    head: FlowHead = field(default_factory=lambda: FlowHead(date.min))
    announced: int | None = None
    households: int = 0
    people: int = 0
    bad: list[BadHousehold] = field(default_factory=list)
    bad_count: int = 0
    offices: set[str] = field(default_factory=set)
    hits: dict[bytes, list[Hit]] = field(default_factory=dict)

    def refuse(self, one: BadHousehold) -> None:
        self.bad_count += 1
        if len(self.bad) < MOST_BAD:
            self.bad.append(one)

    def keep(self, person: bytes, hit: Hit) -> None:
        """A few at most for each: a homonym met twenty times is no better known for it."""
        found = self.hits.setdefault(person, [])
        if len(found) < MOST_OPTIONS:
            found.append(hit)
        elif hit.sure and not found[-1].sure:
            found[-1] = hit


def _planned(desk: Desk, name: str, seen: _Seen) -> FlowPlan:
    together = desk.store.lists.together()
    met = _one_person(seen.hits, together)
    people = _followed_still(desk, met)
    hits = {person: _best(met[person]) for person in people}
    rights = _rights(desk, list(people), together)
    shared = _shared(hits)
    work = _Work(desk, seen.head.on)
    updates: list[FlowUpdate] = []
    doubts: list[FlowUpdate] = []
    unchanged = 0
    for person, found in hits.items():
        options = tuple(option for hit in found if (option := work.option(person, rights.get(person), hit)))
        if not options:
            unchanged += 1
            continue
        reasons = work.reasons(rights.get(person), found, options, shared=person in shared)
        one = people[person]
        row = FlowUpdate(person, one.name, one.number, one.year, options, reasons)
        (doubts if reasons else updates).append(row)
    told = {(hit.household.line, hit.member) for found in hits.values() for hit in found}
    return FlowPlan(
        name=name, on=seen.head.on, monthly=seen.head.monthly, updates=_by_name(updates), doubts=_by_name(doubts),
        unchanged=unchanged, others=seen.people - len(told), households=seen.households + seen.bad_count,
        bad=tuple(seen.bad), bad_count=seen.bad_count, announced=seen.announced, offices=frozenset(seen.offices),
    )  # fmt: skip


def _by_name(rows: Iterable[FlowUpdate]) -> tuple[FlowUpdate, ...]:
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.number)))


def _one_person(hits: Mapping[bytes, Sequence[Hit]], together: Groups) -> dict[bytes, list[Hit]]:
    """Several files of one person are met once, under their main one."""
    found: dict[bytes, dict[tuple[int, Any], Hit]] = {}
    for person, some in hits.items():
        main = together[person].main if person in together else person
        known = found.setdefault(main, {})
        for hit in some:
            key = (hit.household.line, hit.member)
            if key not in known or hit.sure:
                known[key] = hit
    return {person: list(some.values()) for person, some in found.items()}


def _best(found: Sequence[Hit]) -> list[Hit]:
    """Whoever is surely met is not met by chance elsewhere."""
    return [hit for hit in found if hit.sure] or list(found)


def _shared(hits: Mapping[bytes, Sequence[Hit]]) -> set[bytes]:
    """The files here that are met by one and the same person of the flow."""
    by_member: dict[tuple[int, Any], list[bytes]] = {}
    for person, found in hits.items():
        for hit in found:
            by_member.setdefault((hit.household.line, hit.member), []).append(person)
    return {person for files in by_member.values() if len(files) > 1 for person in files}


def _followed_still(desk: Desk, hits: Iterable[bytes]) -> dict[bytes, Person]:
    """Those whose file is open, and who do not oppose a computer file: the others are not followed here."""
    today, wanted = desk.clock.now().date(), list(hits)
    refused = {one.record.person for one in _paged(desk, "opposition", "person", wanted)
               if one.record.to == COMPUTER and stands(one.record, today)}  # fmt: skip
    return {one.record.id: one.record for one in _paged(desk, "person", "id", wanted)
            if one.record.id not in refused and not (one.record.ended_on and one.record.ended_on <= today)}  # fmt: skip


def _rights(desk: Desk, people: Sequence[bytes], together: Groups) -> dict[bytes, Shown[Right]]:
    """The RSA of each, in whichever of her files: of several, the one that has no end, else the last written."""
    mains = {file: main for main in people for file in (together[main].members if main in together else (main,))}
    found: dict[bytes, Shown[Right]] = {}
    for shown in _paged(desk, "right", "person", list(mains)):
        main = mains[shown.record.person]
        held = found.get(main)
        if shown.record.scheme == SCHEME and (held is None or _weight(shown) > _weight(held)):
            found[main] = shown
    return found


def _weight(shown: Shown[Right]) -> tuple[bool, int]:
    return shown.record.ends_on is None, shown.last.hlc


def _paged(desk: Desk, kind: str, name: str, values: Sequence[bytes]) -> Iterator[Shown[Any]]:
    for start in range(0, len(values), _PAGE):
        yield from desk.store.records.find(kind, {name: list(values[start : start + _PAGE])})


class _Work:
    """Compares what the flow says with what stands here."""

    def __init__(self, desk: Desk, on: date) -> None:
        self._desk, self._on = desk, on
        self._reasons = Reasons(desk.lists["rsa_suspension_reason"], desk.lists["rsa_closure_reason"])
        self._zone = desk.clock.now().tzinfo or UTC
        self._newer = _newer(desk, on)

    def option(self, person: bytes, shown: Shown[Right] | None, hit: Hit) -> Option | None:
        """What this household would change; nothing when it says what stands already."""
        held = shown.record if shown else Right(id=self._desk.chance.id(), person=person, scheme=SCHEME)
        wanted = right_of(held, hit.household, hit.member, self._on, self._reasons)
        changes = tuple(_changes(held, wanted))
        if not changes:
            return None
        member = hit.member
        return Option(hit.household.line, member.last_name, member.first_name, member.born_on, changes,
                      Write("right", wanted, shown))  # fmt: skip

    def reasons(self, shown: Shown[Right] | None, hits: Sequence[Hit], options: Sequence[Option], *,
                shared: bool) -> tuple[Reason, ...]:  # fmt: skip
        """Why a person must look at it; none when it is plain."""
        said = {reason: Reason(reason) for hit in hits for reason in hit.reasons}
        if shared:
            said[SEVERAL_HERE] = Reason(SEVERAL_HERE)
        if len(hits) > 1:
            said[SEVERAL_THERE] = Reason(SEVERAL_THERE)
        offices = {hit.household.body + hit.household.office for hit in hits}
        newer = max((day for office, day in self._newer.items() if office in offices), default=None)
        if newer:
            said[NEWER_READ] = Reason(NEWER_READ, {"day": f"{newer:%d/%m/%Y}"})
        typed = [Reason(TYPED_SINCE, {"field": label}) for label in self._typed_since(shown, options)] if shown else []
        return (*said.values(), *typed)

    def _typed_since(self, shown: Shown[Right], options: Sequence[Option]) -> list[str]:
        """The registers that the flow would replace and that a hand wrote after the flow's day."""
        if self._day(shown.last.ms) <= self._on:
            return []
        kind = KIND["right"]
        touched = {name for one in options for name in changed_registers(kind, shown.record, one.write.record)}
        versions = self._desk.store.records.history("right", shown.record.id, shown.circle)
        by_hand = (one for one in versions if one.is_shown and not _blank(one.value)
                   and one.stamp.deed_kind != "imported" and self._day(one.stamp.ms) > self._on)  # fmt: skip
        return sorted({kind.label_of(one.register) for one in by_hand if one.register in touched})

    def _day(self, ms: int) -> date:
        return datetime.fromtimestamp(ms / 1000, self._zone).date()


def _blank(value: Value) -> bool:
    """Nothing was typed there: filling it replaces nothing."""
    return not (any(value.values()) if isinstance(value, dict) else value)


def _changes(held: Right, wanted: Right) -> Iterator[FieldChange]:
    for name in ("status", "starts_on", "ends_on", "remark"):
        old, new = getattr(held, name), getattr(wanted, name)
        if (old or None) != (new or None):
            trait = KIND["right"].by_name[name].trait
            yield FieldChange(trait.label, old, new, choices=trait.choices)


def _flows_read(desk: Desk) -> dict[str, Any]:
    kept: Any = desk.store.settings.get(READ)
    return kept if isinstance(kept, dict) else {}


def _newer(desk: Desk, on: date) -> dict[str, date]:
    """The organisms of which a later flow stands already, those undone since left out."""
    found = {}
    for office, said in _flows_read(desk).items():
        day = date.fromisoformat(said["on"])
        if day > on and not undo.was_undone(desk, bytes.fromhex(said["deed"])):
            found[office] = day
    return found
