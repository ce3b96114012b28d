"""How many questions wait for each person, read off the short list of what is unsettled, never off whole tables."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Connection, literal_column, select

from spie_desk.domain.one_person import Groups
from spie_desk.store.derived import Derived
from spie_desk.store.index import PERSON
from spie_desk.store.prepared import Prepared
from spie_desk.store.tables import record


class Questions:
    """Counted anew at each asking: nearly always there are few, or none."""

    def __init__(self, derived: Derived) -> None:
        unsettled, kinds = derived.unsettled, [kind for kind in derived.kinds.values()
                                               if kind.name == PERSON or "person" in kind.by_name]  # fmt: skip
        self.kinds = Prepared(
            select(record.c.kind).select_from(unsettled).join(record, record.c.id == unsettled.c.record).distinct()
        )
        self.whose = {kind.name: Prepared(_listed(derived, kind.name, "_uuid" if kind.name == PERSON else "person"))
                      for kind in kinds}  # fmt: skip
        self.alike = {
            kind.name: Prepared(_listed(derived, kind.name, kind.parent, *kind.distinct)
                                .where(unsettled.c.sort == literal_column("'equal'")))
            for kind in kinds if kind.distinct and kind.parent and kind.parent_kind == PERSON
        }  # fmt: skip

    def of_everyone(self, connection: Connection, linked: Groups) -> dict[bytes, int]:
        """One number in two files of one person asks nothing."""
        counted: Counter[bytes] = Counter()
        waiting = [kind for (kind,) in self.kinds.all(connection) if kind in self.whose]
        for kind in waiting:
            counted.update([person for (person,) in self.whose[kind].all(connection) if person])
            if linked and kind in self.alike:
                counted.subtract(_held_twice(self.alike[kind].all(connection), linked))
        return {person: count for person, count in counted.items() if count}


def _listed(derived: Derived, kind: str, *names: str) -> Any:
    """These columns of each record that waits: the list first, each record looked up by its place."""
    table, unsettled = derived.tables[kind], derived.unsettled
    return (
        select(*(table.c[name] for name in names)).select_from(unsettled)
        .join(table, table.c._id == unsettled.c.record).where(table.c._visible == literal_column("1"))
    )  # fmt: skip


def _held_twice(rows: list[tuple[Any, ...]], linked: Groups) -> Counter[bytes]:
    """File → how many numbers wait to be settled that only the files of that one person hold."""
    holders: dict[tuple[Any, ...], list[bytes]] = {}
    for person, *value in rows:
        holders.setdefault(tuple(value), []).append(person)
    found: Counter[bytes] = Counter()
    for files in holders.values():
        if files[0] in linked and set(files) <= set(linked[files[0]].members):
            found.update(files)
    return found
