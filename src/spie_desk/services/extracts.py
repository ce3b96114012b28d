"""What a presenter may tick of a file for a review, and its copy into the passage's own circle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from spie_desk.domain.circles import Sort
from spie_desk.domain.records.review import Extract
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import oppositions
from spie_desk.services.desk import Desk
from spie_desk.services.directory import Directory, directory
from spie_desk.services.ports import Deed, Unit


@dataclass(frozen=True, slots=True)
class Item:
    """Something of the file that the presenter may tick: its key (``Extract.source``), its volet, its words."""

    key: str
    sort: Sort
    kind: str
    shown: Shown[Any]
    title: str
    text: str = ""


_ITEMS = (("request", Sort.SITUATION), ("finding", Sort.SITUATION), ("right", Sort.RIGHTS), ("action", Sort.SOCLE),
          ("appointment", Sort.SOCLE), ("membership", Sort.SOCLE), ("relative", Sort.SOCLE))  # fmt: skip


def items(desk: Desk, person: bytes) -> list[Item]:
    """What may be ticked for a passage. Nothing is ticked by default; réservé and « ma structure » are not offered.

    Health (RQTH) and sensitive structures are left out of what is offered: they are said aloud if needed, not shown.
    """
    known = directory(desk)
    found = [
        _item(desk, known, kind, sort, one)
        for kind, sort in _ITEMS
        for one in desk.store.records.find(kind, {"person": person})
        if not _sensitive(known, kind, one.record)
    ]
    notes = desk.store.records.find("note", {"person": person, "compartment": "situation"}, order=("-on",))
    return found + [_item(desk, known, "note", Sort.SITUATION, one) for one in notes]


def tick(desk: Desk, passage: bytes, item: Item) -> Touched:
    """Show this item in the passage: its words are copied into the passage's circle."""
    record = Extract(id=desk.chance.id(), passage=passage, source=item.key, sort=str(item.sort), title=item.title,
                     text=item.text)  # fmt: skip
    record.check()
    _refuse_opposed(desk, passage)
    with desk.store.unit(Deed("typed", label=item.title)) as unit:
        unit.put("extract", record)
    return desk.store.touched()


def _refuse_opposed(desk: Desk, passage: bytes) -> None:
    """Nothing more is shown while someone of a structure she opposes is a guest of this passage."""
    found = desk.store.records.get("passage", passage)
    if found is not None:
        for guest in found.record.guests:
            oppositions.refuse_professional(desk, found.record.person, guest)


def untick(desk: Desk, extract: Shown[Extract]) -> Touched:
    """Show it no longer: the copy is erased from the passage's circle; the file keeps the original."""
    with desk.store.unit(Deed("erased", undoable=False)) as unit:
        unit.withdraw(extract)
        unit.erase("extract", extract.record.id, extract.circle)
    return desk.store.touched()


def follow(desk: Desk, unit: Unit, kind: str, record: bytes) -> None:
    """What this record's words became in reviews is erased with them."""
    for extract in desk.store.records.find("extract", {"source": f"{kind}:{record.hex()}"}):
        unit.withdraw(extract)
        unit.erase("extract", extract.record.id, extract.circle)


def widest(extracts: Sequence[Shown[Extract]]) -> Sort:
    """The widest volet among what was ticked: its readers, plus guests bound to secrecy, read the passage."""
    ticked = {one.record.sort for one in extracts}
    return next((sort for sort in (Sort.SOCLE, Sort.RIGHTS, Sort.SITUATION) if sort in ticked), Sort.SOCLE)


def _sensitive(known: Directory, kind: str, record: Any) -> bool:
    if kind == "right":
        return bool(record.scheme == "rqth")
    structure = known.structure_of(record.professional) if kind == "membership" else None
    return bool(structure and structure.sensitive)


def _item(desk: Desk, known: Directory, kind: str, sort: Sort, shown: Shown[Any]) -> Item:
    record = shown.record
    title, text = _words(desk, known, kind, record)
    return Item(f"{kind}:{record.id.hex()}", sort, kind, shown, title or "—", text)


def _words(desk: Desk, known: Directory, kind: str, record: Any) -> tuple[str, str]:
    label = desk.lists.label
    words: dict[str, Callable[[], tuple[str, str]]] = {
        "request": lambda: (record.words or record.project, ""),
        "finding": lambda: (record.what, ""),
        "right": lambda: (label("right_scheme", record.scheme), label("right_status", record.status)),
        "action": lambda: (record.what, label("action_status", record.status)),
        "appointment": lambda: (f"{_day(record.on)} {record.at}".strip(), record.subject),
        "membership": lambda: (known.name(record.professional), known.structure_name(record.professional)),
        "relative": lambda: (record.first_name or label("household_link", record.link), ""),
        "note": lambda: (f"{label('note_sort', record.sort)}, {_day(record.on)}", record.text),
    }
    return words[kind]()


def _day(on: date | None) -> str:
    """A date that another writer left out is no reason to show nothing."""
    return f"{on:%d/%m/%Y}" if on else "—"
