"""Import people from a file: the dry run on what is here now, then the whole of it in one transaction, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.import_compare import Hand
from spie_desk.domain.import_plan import Act, ImportPlan, Report, Write
from spie_desk.domain.import_rows import Reading, Towns
from spie_desk.domain.tables import PEOPLE, ColumnMap, Table, readable_map
from spie_desk.services import directory_import, undo
from spie_desk.services.desk import Desk
from spie_desk.services.import_here import Here
from spie_desk.services.import_matching import planned_rows
from spie_desk.services.people import COUNTER, MARK
from spie_desk.services.ports import Deed
from spie_sync.change import Value

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

_MAPPING, _REPORT, _ANSWERS = "import_mapping:", "import_report:", "import_answers"
_EACH = 50


class ImportCancelledError(DeskError):
    says = N_("Import arrêté\u00a0: rien n’a été écrit.")


class NothingToImportError(DeskError):
    says = N_("Il n’y a rien à importer\u00a0: aucune ligne ne change quoi que ce soit.")
    next_step = N_("Répondez aux doutes, ou corrigez les lignes refusées dans le fichier.")


def no_progress(done: int, total: int) -> None:
    """Progress that nobody watches."""


def never() -> bool:
    return False


def plan(
    desk: Desk, table: Table, columns: ColumnMap, answers: Mapping[int, str] | None = None, *, towns: Towns,
    progress: Progress = no_progress,
) -> ImportPlan:  # fmt: skip
    """The dry run: what each row would do against what this desk holds now; what it showed is kept for ``apply``.

    ``progress`` may raise ``ImportCancelledError`` to stop it.
    """
    if columns.sort != PEOPLE:
        return directory_import.plan(desk, table, columns)
    reading = Reading(table, columns, desk.clock.now().date(), towns, desk.lists)
    here = Here(desk, _hand(desk))
    rows, nirs, odd = [], 0, 0

    def matched(done: int) -> None:
        """Looking for who is here is nearly all of the work."""
        _go_on(done, len(table.rows), progress, never)

    for row in planned_rows(here, reading, matched):
        rows.append(row)
        if row.bundle:
            nirs += row.bundle.nirs
            odd += len(row.bundle.odd_phones)
    dropped, kept = _columns_said(table, columns)
    made = ImportPlan(table.name, tuple(rows), nirs, odd, dropped, kept)
    return made.answered(answers or {})


def apply(
    desk: Desk, plan: ImportPlan, answers: Mapping[int, str] | None = None, *, progress: Progress = no_progress,
    cancelled: Cancelled = never,
) -> Report:  # fmt: skip
    """Do what the plan says, with these answers: one deed, one transaction, on the values that the dry run showed."""
    decided = plan.answered(answers or {})
    acts = decided.acts
    if not acts:
        raise NothingToImportError
    writes = list(_numbered(acts, _numbers(desk, sum(act.creates for _, act in acts))))
    new = [(write.kind, write.record) for write in writes if write.shown is None]
    changed = [write for write in writes if write.shown is not None]

    def written(done: int) -> None:
        if cancelled():
            raise ImportCancelledError
        progress(done, len(writes))

    with desk.store.unit(Deed("imported", label=plan.name)) as unit:
        unit.put_fresh(new, written)
        for done, write in enumerate(changed, start=len(new) + 1):
            unit.put(write.kind, write.record, shown=write.shown)
            if not done % _EACH:
                written(done)
        written(len(writes))
        return _reported(desk, decided, unit.deed)


def _go_on(done: int, total: int, progress: Progress, cancelled: Cancelled) -> None:
    if done % _EACH and done != total:
        return
    if cancelled():
        raise ImportCancelledError
    progress(done, total)


def _numbered(acts: Iterable[tuple[int, Act]], numbers: Iterator[str]) -> Iterator[Write]:
    for _, act in acts:
        for write in act.writes:
            fresh = write.kind == "person" and write.shown is None
            yield replace(write, record=replace(write.record, number=next(numbers))) if fresh else write


def _numbers(desk: Desk, wanted: int) -> Iterator[str]:
    """File numbers kept aside in one go: a gap is harmless, a number given twice is not."""
    counter = desk.store.settings.get(COUNTER)
    first = (counter if isinstance(counter, int) else 0) + 1
    if wanted:
        desk.store.settings.set(COUNTER, first + wanted - 1)
    mark = desk.store.settings.get(MARK) or "P0"
    return iter([f"{mark}-{n:04d}" for n in range(first, first + wanted)])


def _hand(desk: Desk) -> Hand:
    directory = desk.store.records.find("professional", limit=5000)
    professionals = {one.record.email.casefold(): one.record.id for one in directory if one.record.email}
    return Hand(me=desk.me.id, today=desk.clock.now().date(), new_id=desk.chance.id, professionals=professionals)


def _columns_said(table: Table, columns: ColumnMap) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the columns that are dropped (NIR) and of those that go into a note."""
    dropped = tuple(table.columns[place] for place in columns.columns_for("nir"))
    kept = tuple(table.columns[place] for place in columns.columns_for("note") if table.values(place, 1))
    return dropped, kept


def remembered(desk: Desk, table: Table) -> ColumnMap | None:
    """How the columns of this layout were taken the last time."""
    kept = desk.store.settings.get(_MAPPING + table.fingerprint)
    return readable_map(kept, len(table.columns)) if isinstance(kept, list) else None


def remember(desk: Desk, table: Table, columns: ColumnMap) -> None:
    """Keep how the columns were taken, for the next file with the same headers."""
    targets: Value = list(columns.targets)
    desk.store.settings.set(_MAPPING + table.fingerprint, targets)


def answers_kept(desk: Desk, table: Table, columns: ColumnMap) -> dict[int, str]:
    """The answers already given for this very file with these columns: leaving the screen loses none."""
    kept: Any = desk.store.settings.get(_ANSWERS)
    if not isinstance(kept, dict) or kept.get("of") != _print(table, columns):
        return {}
    return {int(line): code for line, code in kept["answers"].items()}


def keep_answers(desk: Desk, table: Table, columns: ColumnMap, answers: Mapping[int, str]) -> None:
    """Keep the answers of the import under way; those of another file go."""
    said: dict[str, Value] = {str(line): code for line, code in answers.items()}
    desk.store.settings.set(_ANSWERS, {"of": _print(table, columns), "answers": said} if said else None)


def _print(table: Table, columns: ColumnMap) -> str:
    """The same for the same cells taken in the same way; tells nothing of them."""
    found = hashlib.blake2b("\x1f".join(columns.targets).encode(), digest_size=16)
    for row in table.rows:
        found.update("\x1e".join(row.cells).encode())
    return found.hexdigest()


def is_undone(desk: Desk, deed: bytes) -> bool:
    """Whether that import has been undone since."""
    return undo.was_undone(desk, deed)


def _reported(desk: Desk, plan: ImportPlan, deed: bytes) -> Report:
    report = Report(deed, plan.name, plan.to_create, plan.to_update - plan.unchanged, plan.unchanged, plan.in_doubt,
                    plan.refused, plan.nirs, _ms(desk.clock.now()), plan.sort)  # fmt: skip
    counts: dict[str, Value] = {
        name: getattr(report, name)
        for name in ("name", "created", "updated", "unchanged", "in_doubt", "refused", "nirs", "at_ms", "sort")
    }
    desk.store.settings.set(_REPORT + deed.hex(), counts)
    return report


def report_of(desk: Desk, deed: bytes) -> Report | None:
    """What an import did, as it was kept with its deed."""
    kept: Any = desk.store.settings.get(_REPORT + deed.hex())
    return Report(deed, **kept) if isinstance(kept, dict) else None


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
