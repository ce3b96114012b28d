"""« Copie de mes données »: the request, its due date, every line held here, what is masked or withheld, the copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import DeskError, N_, NotHereError
from spie_desk.domain.records.action import OPEN_STATUSES, Action
from spie_desk.domain.records.copy_of_data import CopyAnswer, CopyRequest
from spie_desk.domain.records.person import Person
from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.domain.sheets.copy_sheet import CopyFacts, CopyLine, copy_sheet
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import accesses, notes, one_file, readers, work
from spie_desk.services.copy_lines import MASKED, WITHHOLD, Choice, DataLine, lines_of
from spie_desk.services.desk import Desk
from spie_desk.services.directory import directory
from spie_desk.services.ports import Deed
from spie_desk.services.sheets import setting
from spie_sync.change import Value

FORM = "copy"
FORMAT, VERSION = "spie-desk-copie", 1


class StillToExamineError(DeskError):
    """Parameter ``n``."""

    says = N_("Il reste des lignes à examiner\u00a0: elles citent peut-être une autre personne, ou vous les retenez.")
    next_step = N_("Pour chacune, choisissez de la donner, d’en masquer les noms ou de la retenir avec un motif.")


@dataclass(frozen=True, slots=True)
class MustAnswer:
    """Another structure around her: it answers for what it holds. ``names`` are its people here."""

    structure: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it stands; ``answer`` once my structure has given its copy."""

    shown: Shown[CopyRequest]
    answer: Shown[CopyAnswer] | None
    days_left: int


@dataclass(frozen=True, slots=True)
class Review:
    """Everything the page shows."""

    person: Person
    requests: Sequence[Asked]
    others: Sequence[MustAnswer]
    lines: Sequence[DataLine] = ()
    choices: Mapping[str, Choice] = field(default_factory=dict)
    draft: bytes = b""
    begun: Draft | None = None
    """The form of a request left before it was recorded."""

    @property
    def waiting(self) -> Asked | None:
        """The request that my structure has not answered yet."""
        return next((one for one in self.requests if one.answer is None), None)


def receive(desk: Desk, request: CopyRequest, *, draft: bytes | None = None) -> Touched:
    """Record the request; what is to do, with its due date, comes among the things to do of who records it."""
    request.check()
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("copy_request", request)
        unit.put("action", Action(id=desk.chance.id(), person=request.person, what=ANSWER, owner=desk.me.id,
                                  due_on=request.due_on))  # fmt: skip
        if draft is not None:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


ANSWER = N_("Remettre la copie de ses données")
"""What is to do, as it is written into the file."""


def extend(desk: Desk, shown: Shown[CopyRequest], why: str) -> Touched:
    """Two more months, announced today within the first one, with the reason; the thing to do follows."""
    later = replace(shown.record, extended_on=desk.clock.now().date(), extended_why=why)
    later.check()
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("copy_request", later, shown=shown)
        for one in _to_do(desk, later.person):
            unit.put("action", replace(one.record, due_on=later.due_on), shown=one)
    return desk.store.touched()


def review(desk: Desk, person: bytes, draft: bytes | None = None) -> Review:
    """The requests of one person (or of the draft's); while one waits for my structure, every line to go through."""
    left = desk.store.drafts.get(draft) if draft else None
    person = (left.person if left is not None else None) or person
    shown = desk.store.records.get("person", person)
    if shown is None:
        raise NotHereError
    today = desk.clock.now().date()
    answers = {one.record.request: one for one in desk.store.records.find("copy_answer", {"person": person})}
    found = desk.store.records.find("copy_request", {"person": person}, order=("-received_on",))
    requests = [Asked(one, answers.get(one.record.id), _left(one.record, today)) for one in found]
    begun = next((one for one in work.drafts(desk) if one.form == FORM and one.person == person
                  and one.record not in {one.record.id for one in found}), None)  # fmt: skip
    empty = Review(shown.record, requests, must_answer(desk, person), begun=begun)
    if (waiting := empty.waiting) is None:
        return empty
    lines = lines_of(desk, shown)
    decided = _draft(desk, waiting.shown)
    return replace(empty, lines=lines, choices=_choices(lines, decided), draft=decided.id)


def _left(request: CopyRequest, today: date) -> int:
    return (request.due_on - today).days if request.due_on else 0


def must_answer(desk: Desk, person: bytes) -> list[MustAnswer]:
    """The structures of those who accompany her today, mine left out: each answers for itself."""
    known = directory(desk)
    mine = {desk.structure.id, known.structures.get(desk.structure.id, desk.structure).same_as}
    found: dict[bytes, list[str]] = {}
    for one in readers.members_today(desk, person):
        professional = known.professionals.get(one)
        if professional is not None and professional.structure not in mine:
            found.setdefault(professional.structure, []).append(professional.name)
    named = [MustAnswer(known.structures[house].name if house in known.structures else "", tuple(sorted(names)))
             for house, names in found.items()]  # fmt: skip
    return sorted(named, key=lambda one: one.structure)


def decide(desk: Desk, request: Shown[CopyRequest], choices: Mapping[str, Choice]) -> None:
    """Keep what is decided so far, line by line: the review is long, and may be left."""
    draft = _draft(desk, request)
    values: dict[str, Value] = {key: [one.do, one.why] for key, one in choices.items()}
    work.keep(desk, replace(draft, values={**draft.values, "decided": {**_decided(draft), **values}}))


def _draft(desk: Desk, request: Shown[CopyRequest]) -> Draft:
    """The draft of this review: the one left aside, or a new one under the request's own id."""
    kept = desk.store.drafts.get(request.record.id)
    return kept or Draft(id=request.record.id, form=FORM, kind="copy_request", record=request.record.id,
                         person=request.record.person, circle=request.circle)  # fmt: skip


def _decided(draft: Draft) -> dict[str, Value]:
    kept = draft.values.get("decided")
    return dict(kept) if isinstance(kept, dict) else {}


def _choices(lines: Sequence[DataLine], draft: Draft) -> dict[str, Choice]:
    """Every line is given unless it is flagged: then a person says, and until she did it is to examine."""
    kept = {key: Choice(str(one[0]), str(one[1])) for key, one in _decided(draft).items() if isinstance(one, list)}
    return {line.key: kept.get(line.key, line.at_first()) for line in lines}


def to_examine(lines: Sequence[DataLine], choices: Mapping[str, Choice]) -> list[DataLine]:
    return [line for line in lines if not choices.get(line.key, Choice()).settled]


@dataclass(frozen=True, slots=True)
class Given:
    """The copy as it leaves: the lines as the person reads them, the reasons for what is kept back, numbered."""

    person: Person
    lines: Sequence[DataLine]
    withheld: Sequence[str]
    masked: int
    others: Sequence[MustAnswer]
    received_on: date | None


def given(desk: Desk, found: Review) -> Given:
    """What leaves. A line kept apart from the file is neither given nor counted: naming it would be telling it."""
    if to_examine(found.lines, found.choices):
        raise StillToExamineError(n=len(to_examine(found.lines, found.choices)))
    leaving, reasons, hidden = [], [], 0
    for line in found.lines:
        choice = found.choices[line.key]
        if choice.do == WITHHOLD:
            if not line.apart:
                reasons.append(desk.lists.label("withheld_reason", choice.why))
            continue
        if choice.do == MASKED:
            hidden += 1
        leaving.append(line.without_names() if choice.do == MASKED else line)
    waiting = found.waiting
    return Given(found.person, leaving, reasons, hidden, found.others,
                 waiting.shown.record.received_on if waiting else None)  # fmt: skip


def document(desk: Desk, copy: Given) -> dict[str, Any]:
    """The copy as JSON that reads without the software: French words, no identifier."""
    return {
        "format": FORMAT, "version": VERSION, "made_at": desk.clock.now().isoformat(),
        "made_by": {"name": desk.me.name, "function": desk.me.function, "structure": desk.structure.name},
        "person": copy.person.name, "number": copy.person.number,
        "received_on": copy.received_on.isoformat() if copy.received_on else None,
        "lines": [
            {"volet": line.volet, "what": line.label, "on": line.on.isoformat() if line.on else None,
             "by": line.author, "former": line.former,
             "values": [{"label": label, "value": value} for label, value in line.parts]}
            for line in copy.lines
        ],
        "withheld": [{"number": n, "reason": why} for n, why in enumerate(copy.withheld, 1)],
        "must_answer_too": [one.structure for one in copy.others],
    }  # fmt: skip


def sheet(desk: Desk, copy: Given) -> Sheet:
    """The same on paper."""
    lines = [CopyLine(one.volet, one.label, one.on, one.author, one.former, one.parts) for one in copy.lines]
    facts = CopyFacts(copy.person.id, copy.person.name, copy.person.number, copy.received_on, lines, copy.withheld,
                      [one.structure for one in copy.others])  # fmt: skip
    return replace(copy_sheet(facts, setting(desk)), about=one_file.members(desk, copy.person.id))


def give(desk: Desk, found: Review, folder: Path, extras: Mapping[str, bytes], *, how: str = "") -> Touched:
    """Log and write the copy, then record that it was given: numbers and reasons; the thing to do is done."""
    waiting = found.waiting
    if waiting is None:
        raise NotHereError
    copy = given(desk, found)
    why = N_("Demande de la personne ou de son représentant")
    # the line first: should anything stop here, nothing has left without one
    accesses.exported(desk, N_("Copie de ses données"), len(copy.lines), why, (copy.person.id,))
    desk.files.write_export(folder, document(desk, copy), extras)
    today = desk.clock.now().date()
    answer = CopyAnswer(id=desk.chance.id(), person=copy.person.id, request=waiting.shown.record.id, given_on=today,
                        by=desk.me.id, how=how, lines=len(copy.lines), masked=copy.masked,
                        withheld=tuple(copy.withheld))  # fmt: skip
    with desk.store.unit(Deed("typed", undoable=False)) as unit:
        unit.put("copy_answer", answer)
        for one in _to_do(desk, copy.person.id):
            unit.put("action", replace(one.record, status="done", done_on=today), shown=one)
        unit.drop_draft(found.draft, for_good=True)
    touched = desk.store.touched()
    for line in copy.lines:
        if line.kind == "note":
            notes.mark_left(desk, line.record)
    return touched


def _to_do(desk: Desk, person: bytes) -> list[Shown[Action]]:
    return [one for one in desk.store.records.find("action", {"person": person, "what": ANSWER})
            if one.record.status in OPEN_STATUSES]  # fmt: skip
