"""The dry run of an import: what each row would do, in doubt with every reason, refused with the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from spie_desk.domain.errors import N_
from spie_desk.domain.import_rows import Bundle, Refusal
from spie_desk.domain.shown import Shown


class Outcome(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    DOUBT = "doubt"
    REFUSED = "refused"


SAME, SAME_KEEP, SAME_TAKE = "same", "same-keep", "same-take"
NEW, SPLIT, SWAP, KEEP, TAKE, LATER = "new", "split", "split-swapped", "keep", "take", "later"
"""The ways out of a doubt; a way towards a person or an earlier line carries it: « same:3f… », « same:line 3 »."""

WORDS: dict[str, str] = {
    SAME: N_("C’est la même personne"),
    SAME_KEEP: N_("La même personne, garder ce qui est saisi"),
    SAME_TAKE: N_("La même personne, prendre le fichier"),
    NEW: N_("Deux personnes"), SPLIT: N_("Créer deux personnes"),
    SWAP: N_("Créer deux personnes, prénoms échangés"),
    KEEP: N_("Garder ce qui est saisi"), TAKE: N_("Prendre le fichier"), LATER: N_("Décider plus tard"),
}  # fmt: skip
ALONE = N_("Une seule personne")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is in doubt: a msgid and its parameters."""

    says: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that an import would change: its words (msgid), before and after as values.

    ``choices`` names the list whose codes the values are; ``about`` is the code of the right that it is a field of.
    """

    label: str
    old: Any
    new: Any
    typed: bool = False
    choices: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Write:
    """One record to write, on what was shown when the dry run was made."""

    kind: str
    record: Any
    shown: Shown[Any] | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What one row, decided, does: the records it writes and the fields it changes on people already here."""

    person: bytes
    writes: tuple[Write, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    creates: int = 0

    @property
    def outcome(self) -> Outcome:
        if self.creates:
            return Outcome.CREATE
        return Outcome.UPDATE if self.writes else Outcome.UNCHANGED


@dataclass(frozen=True, slots=True)
class Way:
    """One answer to a doubt: its code, its words (msgid), and what it would do (None: nothing, the row waits)."""

    code: str
    label: str
    act: Act | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone that a row may be: already on this desk (``shown``), or on an earlier ``line`` of the same file."""

    reasons: tuple[Reason, ...]
    shown: Shown[Any] | None = None
    phones: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlan:
    """What one row would do. A doubt names its ways; ``answer`` is the code of the one that was chosen."""

    line: int
    bundle: Bundle | None = None
    act: Act | None = None
    refusals: tuple[Refusal, ...] = ()
    reasons: tuple[Reason, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    ways: tuple[Way, ...] = ()
    answer: str = ""

    @property
    def chosen(self) -> Act | None:
        """What will be done: of a doubt, only what was answered."""
        if not self.ways:
            return self.act
        return next((way.act for way in self.ways if way.code == self.answer), None)

    @property
    def outcome(self) -> Outcome:
        if self.refusals:
            return Outcome.REFUSED
        return self.chosen.outcome if self.chosen else Outcome.DOUBT


@dataclass(frozen=True)
class ImportPlan:
    """Every row of the file, once. The four counts add up to the file: ``unchanged`` rows are among those to update."""

    name: str
    rows: tuple[RowPlan, ...]
    nirs: int = 0
    odd_phones: int = 0
    nir_columns: tuple[str, ...] = ()
    kept_columns: tuple[str, ...] = ()
    sort: str = "people"
    kept_by_hand: int = 0
    """Values that a hand wrote and that the file says otherwise, in a file that asks no doubt about them."""

    @cached_property
    def _counts(self) -> Mapping[Outcome, int]:
        found = dict.fromkeys(Outcome, 0)
        for row in self.rows:
            found[row.outcome] += 1
        return found

    @property
    def to_create(self) -> int:
        return self._counts[Outcome.CREATE]

    @property
    def to_update(self) -> int:
        """Rows about people already here, those that change nothing included."""
        return self._counts[Outcome.UPDATE] + self._counts[Outcome.UNCHANGED]

    @property
    def unchanged(self) -> int:
        return self._counts[Outcome.UNCHANGED]

    @property
    def in_doubt(self) -> int:
        """Rows that wait for an answer: they are not imported without one."""
        return self._counts[Outcome.DOUBT]

    @property
    def refused(self) -> int:
        return self._counts[Outcome.REFUSED]

    @cached_property
    def changed_fields(self) -> int:
        return sum(len(row.chosen.changes) for row in self.rows if row.chosen and not row.chosen.creates)

    @cached_property
    def doubts(self) -> tuple[RowPlan, ...]:
        """Every row that asked a question, answered or not."""
        return tuple(row for row in self.rows if row.ways)

    @cached_property
    def refusals(self) -> tuple[Refusal, ...]:
        return tuple(refusal for row in self.rows for refusal in row.refusals)

    @property
    def acts(self) -> tuple[tuple[int, Act], ...]:
        """(line, what it does), in the order of the file, for every row that writes something."""
        return tuple((row.line, row.chosen) for row in self.rows if row.chosen and row.chosen.writes)

    def answered(self, answers: Mapping[int, str]) -> ImportPlan:
        """The same plan with these answers, line → way code; a code that the row does not offer changes nothing."""
        return replace(self, rows=tuple(_answered(row, answers.get(row.line)) for row in self.rows))

    @property
    def answers(self) -> dict[int, str]:
        return {row.line: row.answer for row in self.rows if row.answer}


def _answered(row: RowPlan, code: str | None) -> RowPlan:
    if code is None or code not in {way.code for way in row.ways}:
        return row
    return replace(row, answer=code)


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did: kept encrypted with the deed, so that « what came in that day » has an answer."""

    deed: bytes
    name: str
    created: int
    updated: int
    unchanged: int
    in_doubt: int
    refused: int
    nirs: int
    at_ms: int
    sort: str = "people"
