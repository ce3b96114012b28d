"""« Suivi papier »: a file erased once it is on paper, a number in its place, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.records.around import Opposition
from spie_desk.domain.records.paper import PaperFollowUp
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import export, one_file, oppositions
from spie_desk.services.desk import Desk
from spie_desk.services.people import MARK
from spie_desk.services.ports import Deed, Unit

COUNTER = "paper_counter"


class NotOnPaperYetError(DeskError):
    says = N_("Le dossier n’est pas encore sur papier\u00a0: rien n’a été effacé.")
    next_step = N_("Imprimez ou exportez ce qu’il faut garder, rangez-le, puis cochez la case.")


class NotOpposedError(DeskError):
    says = N_("Aucune opposition au dossier informatique n’est notée pour cette personne.")
    next_step = N_("Notez-la d’abord dans ses oppositions, avec le jour où elle l’a dite.")


@dataclass(frozen=True, slots=True)
class PaperPage:
    """What its page shows: those going on first, then the ended; how many go on today."""

    found: Sequence[Shown[PaperFollowUp]]
    going_on: int
    today: date


def page(desk: Desk) -> PaperPage:
    today = desk.clock.now().date()
    found = desk.store.records.find("paper", order=("number",))
    return PaperPage(sorted(found, key=lambda one: not one.record.on(today)), count(desk, today), today)


def count(desk: Desk, day: date) -> int:
    """How many are followed on paper that day: counted with the others, known by nobody."""
    return sum(one.record.on(day) for one in desk.store.records.find("paper"))


def opposes_computer(desk: Desk, person: bytes) -> Shown[Opposition] | None:
    return next((one for one in oppositions.in_force(desk, person) if one.record.to == oppositions.COMPUTER), None)


def begin(desk: Desk) -> Touched:
    """Someone new who refuses any file: a number to write on the paper folder."""
    record = _fresh(desk)
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("paper", record)
    return desk.store.touched()


def end(desk: Desk, shown: Shown[PaperFollowUp]) -> Touched:
    ended = replace(shown.record, until=desk.clock.now().date())
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("paper", ended, shown=shown)
    return desk.store.touched()


def to_paper(desk: Desk, person: Shown[Person], *, on_paper: bool) -> str:
    """Erase the whole file, everywhere here, and count a number instead; answers that number. Never undone.

    What is kept apart from the file (an information préoccupante) is no part of it and stays with its readers.
    """
    if opposes_computer(desk, person.record.id) is None:
        raise NotOpposedError
    if not on_paper:
        raise NotOnPaperYetError
    record = _fresh(desk)
    standing = export.everything(desk, person)
    gone = export.withdrawn(desk, person.record.id)
    together = one_file.members(desk, person.record.id)
    drafts = [one.id for state in (False, True) for one in desk.store.drafts.all(discarded=state)
              if one.person in together]  # fmt: skip
    with desk.store.unit(Deed("erased", undoable=False)) as unit:
        for head in one_file.files(desk, together):
            unit.withdraw(head)
        for one in (*standing, *gone):
            unit.erase(one.kind, one.record.id, one.circle)
            _follow(desk, unit, one)
        for draft in drafts:
            unit.drop_draft(draft, for_good=True)
        unit.put("paper", record)
    return record.number


def put_away(desk: Desk) -> None:
    """After an old copy was taken up: the files that gave way to paper since, emptied again, are taken away again."""
    emptied = [one for one in desk.store.records.find("person", {"number": None})
               if {"number", "name", "nickname"} <= one.erased]  # fmt: skip
    if emptied:
        with desk.store.unit(Deed("erased", undoable=False)) as unit:
            for one in emptied:
                unit.withdraw(one)


def _follow(desk: Desk, unit: Unit, one: Shown[object]) -> None:
    """What was ticked of it for reviews goes with it."""
    if one.kind == "passage":
        for extract in desk.store.records.find("extract", {"passage": one.record.id}):  # type: ignore[attr-defined]
            unit.erase("extract", extract.record.id, extract.circle)


def _fresh(desk: Desk) -> PaperFollowUp:
    """The next number of this desk: its mark and a counter of its own, so that no file's number is found in it."""
    counter = desk.store.settings.get(COUNTER)
    n = (counter if isinstance(counter, int) else 0) + 1
    desk.store.settings.set(COUNTER, n)
    number = f"{desk.store.settings.get(MARK) or 'P0'}-PAPIER-{n:03d}"
    return PaperFollowUp(id=desk.chance.id(), number=number, since=desk.clock.now().date())
