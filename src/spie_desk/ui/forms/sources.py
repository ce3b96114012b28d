"""Where a form finds what can be chosen: value lists, people, professionals, structures, communes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QObject

from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.record import Field
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.widgets.pick import Lookup, Option

Choices = Callable[[str], Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Sources:
    """Handed to every form. ``choices(list name)`` gives codes and words; ``lookups`` are by trait widget: person,
    professional, structure, commune."""

    choices: Choices
    lookups: Mapping[str, Lookup]
    today: Callable[[], date]

    def lookup_for(self, item: Field) -> Lookup:
        """« professionals » looks where « professional » does."""
        return self.lookups[item.trait.widget.removesuffix("s")]


def sources_of(tasks: Tasks, desk: Desk) -> Sources:
    """Everything a form may choose from on this desk."""
    lookups = {"person": people_lookup(tasks), "professional": team_lookup(tasks, "professional"),
               "structure": team_lookup(tasks, "structure"), "commune": towns_lookup(tasks)}  # fmt: skip
    return Sources(
        lambda name: [(entry.code, _(entry.label)) for entry in desk.lists[name].entries],
        lookups,
        lambda: desk.clock.now().date(),
    )


def towns_lookup(tasks: Tasks) -> Lookup:
    """The shipped communes by the beginning of a name or postcode; a choice brings postcode and INSEE code along."""

    def find(desk: Desk, words: str) -> Sequence[Option]:
        return [
            Option(town.name, town.name, ", ".join(town.postcodes[:3]),
                   {"town_code": town.code, **({"postcode": town.postcodes[0]} if len(town.postcodes) == 1 else {})})
            for town in desk.files.towns.search(words)
        ]  # fmt: skip

    asked = store_lookup(tasks, find, lambda _desk, value: str(value))
    return Lookup(asked.find, lambda _owner, value, then: then(str(value)), free=True, empties=("town_code",))


def store_lookup(
    tasks: Tasks, find: Callable[[Desk, str], Sequence[Option]], name: Callable[[Desk, Any], str]
) -> Lookup:
    """A lookup whose two questions run on a reader thread."""

    def found(owner: QObject, words: str, then: Callable[[Sequence[Option]], None]) -> None:
        tasks.ask(owner, lambda desk: find(desk, words), then, about="lookup")

    def called(owner: QObject, value: Any, then: Callable[[str], None]) -> None:
        tasks.ask(owner, lambda desk: name(desk, value), then, about=f"name {value!r}")

    return Lookup(found, called)


def people_lookup(tasks: Tasks) -> Lookup:
    """The people of this desk, by words of their name or number."""

    def find(desk: Desk, words: str) -> Sequence[Option]:
        rows = desk.store.lists.people(PersonFilter(words=words), limit=20)
        return [
            Option(row.id, row.name, " · ".join(str(part) for part in (row.number, row.birth_year, row.town) if part))
            for row in rows
        ]

    return store_lookup(tasks, find, lambda desk, value: _title(desk, "person", value))


def team_lookup(tasks: Tasks, kind: str) -> Lookup:
    """Professionals or structures: few enough to be read whole and narrowed by what is typed."""

    def find(desk: Desk, words: str) -> Sequence[Option]:
        found = [
            Option(shown.record.id, shown.record.name, getattr(shown.record, "function", ""))
            for shown in desk.store.records.find(kind)
        ]
        wanted = words.casefold().split()
        return sorted((one for one in found if all(word in f"{one.label} {one.detail}".casefold() for word in wanted)),
                      key=lambda one: one.label.casefold())[:20]  # fmt: skip

    return store_lookup(tasks, find, lambda desk, value: _title(desk, kind, value))


def plain_lookup(find: Callable[[str], Sequence[Option]], empties: tuple[str, ...] = ()) -> Lookup:
    """A lookup over something already in memory (the shipped communes): answered at once; a value is its own name."""
    return Lookup(
        lambda _owner, words, then: then(find(words)), lambda _owner, value, then: then(str(value)), True, empties
    )


def _title(desk: Desk, kind: str, value: Any) -> str:
    shown = desk.store.records.get(kind, value)
    return "" if shown is None else str(shown.record.name)
