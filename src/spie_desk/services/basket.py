"""« À imprimer » : sheets that wait for a printer, encrypted on this desk; put, shown again, printed, taken out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.papers import Paper
from spie_desk.domain.sheets.blocks import NOBODY, Sheet
from spie_desk.services import accesses, notes
from spie_desk.services.desk import Desk
from spie_desk.services.sheets import setting

LARGE = N_("Afficher en grand")
"""What the register of accesses calls a sheet shown over the whole screen."""
_SOURCES = ("person", "appointment", "note", "review", "piece")


@dataclass(frozen=True, slots=True)
class WaitingPaper:
    """One line of the basket. ``sheet`` is None when another version wrote it; ``who`` names the person it is for;
    ``changed``: what it was made from was written again since."""

    id: bytes
    sheet: Sheet | None
    who: str
    made_ms: int
    printed_ms: int | None = None
    changed: bool = False
    problem: DeskError | None = None


def put(desk: Desk, sheet: Sheet, ticked: Collection[str] | None = None) -> bytes:
    """Let it wait, with what is ticked (None: as the tick-list stands at first) and nothing else of it."""
    left = sheet.settled(sheet.at_first() if ticked is None else frozenset(ticked))
    paper = Paper(desk.chance.id(), left, _ms(desk))
    desk.store.papers.save(paper)
    return paper.id


def waiting(desk: Desk) -> Sequence[WaitingPaper]:
    """What waits, then what came out today; the foot says who prints now, and when."""
    foot = setting(desk).footer
    found = []
    for one in desk.store.papers.all():
        try:
            paper = desk.store.papers.get(one)
        except DeskError as error:
            found.append(WaitingPaper(one, None, "", 0, problem=error))
            continue
        if paper is not None:
            sheet = replace(paper.sheet, footer=foot)
            found.append(WaitingPaper(one, sheet, _who(desk, paper), paper.made_ms, paper.printed_ms,
                                      _changed(desk, paper)))  # fmt: skip
    return found


def take_out(desk: Desk, paper: bytes) -> None:
    desk.store.papers.remove(paper)


def put_back(desk: Desk, line: WaitingPaper) -> None:
    """One that was taken out by mistake."""
    if line.sheet is not None:
        desk.store.papers.save(Paper(line.id, line.sheet, line.made_ms, line.printed_ms))


def came_out(desk: Desk, lines: Sequence[WaitingPaper]) -> None:
    """On paper: they stay a day, told apart, for a sheet that the printer crumpled."""
    log(desk, [one.sheet for one in lines if one.sheet is not None])
    desk.store.papers.printed([one.id for one in lines], _ms(desk))


def enlarged(desk: Desk, sheet: Sheet) -> None:
    """It stood over the whole screen, to be photographed: it left protection as paper does."""
    if sheet.about != (NOBODY,):
        accesses.printed(desk, LARGE, _people(desk, sheet))


def log(desk: Desk, sheets: Sequence[Sheet]) -> None:
    """The register of accesses hears what left protection, and about whom; a note that left is no longer signed
    again, but corrected."""
    get = desk.store.records.get
    for sheet in (one for one in sheets if one.about != (NOBODY,)):
        accesses.printed(desk, sheet.name, _people(desk, sheet))
        for note in (one for one in sheet.about if get("note", one) is not None):
            notes.mark_left(desk, note)


def _people(desk: Desk, sheet: Sheet) -> list[bytes]:
    return [one for one in sheet.about if desk.store.records.get("person", one) is not None]


def _who(desk: Desk, paper: Paper) -> str:
    people = [found for one in paper.sheet.about if (found := desk.store.records.get("person", one)) is not None]
    return people[0].record.name if len(people) == 1 else ""


def _changed(desk: Desk, paper: Paper) -> bool:
    sources = [desk.store.records.get(kind, one) for one in paper.sheet.about for kind in _SOURCES]
    return any(one is not None and one.last.ms > paper.made_ms for one in sources)


def _ms(desk: Desk) -> int:
    return int(desk.clock.now().timestamp() * 1000)
