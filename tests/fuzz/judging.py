"""What becomes of a file given to the import: read, refused with a sentence, or a fault of ours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from spie_desk.domain.errors import DeskError
from spie_desk.services import imports
from spie_desk.services.desk import Desk
from spie_desk.services.imports import NothingToImportError
from spie_desk.texts import sentence


@dataclass(frozen=True)
class Verdict:
    """``said``: the sentence of the refusal, empty for a file of which some row can be imported."""

    said: str
    error: str = ""
    rows: int = 0


def judge(desk: Desk, file: Path) -> Verdict:
    """As far as the import goes before anybody agrees to it. Anything but a DeskError passes through: it is a fault."""
    try:
        table = desk.files.read_table(file)
        columns = desk.files.proposed(table, desk.clock.now().date())
        plan = imports.plan(desk, table, columns, towns=desk.files.towns)
        if not plan.answered({}).acts:
            said = [sentence(NothingToImportError()), *(refusal.why for row in plan.rows for refusal in row.refusals)]
            return Verdict(" ".join(said), NothingToImportError.__name__, len(table.rows))
    except DeskError as error:
        return Verdict(sentence(error), type(error).__name__)
    return Verdict("", rows=len(table.rows))
