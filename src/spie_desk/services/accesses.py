"""Who saw, revealed, printed or exported what: one line each in the register of accesses, outside the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from spie_desk.domain.accesses import EXPORTED, PRINTED, REVEALED, SEVERAL, VIEWED, Access, NoReasonError
from spie_desk.services import one_file, relays
from spie_desk.services.desk import Desk
from spie_desk.services.directory import directory


def viewed(desk: Desk, person: bytes, reason: str = "") -> None:
    """A file was opened, and those that are one with it; once per sitting. ``reason`` for the one it was asked of, when
    it is outside one's caseload."""
    for file in (person,) if reason else one_file.members(desk, person):
        if not desk.store.accesses.seen(file):
            _add(desk, VIEWED, (file,), reason=reason)


def revealed(desk: Desk, person: bytes, field: str) -> None:
    """Something kept hidden (« à ne pas divulguer ») was shown; ``field`` is its French name."""
    _add(desk, REVEALED, (person,), what=field)


def printed(desk: Desk, what: str, people: Sequence[bytes], reason: str = "") -> None:
    """Paper or PDF came out; ``what`` is the sort of sheet, never a name."""
    _add(desk, PRINTED, people, what=what, reason=reason, rows=len(people))


def exported(desk: Desk, what: str, rows: int, reason: str, people: Sequence[bytes] = ()) -> None:
    """A file was written in the clear; a reason is always asked (NoReasonError)."""
    _add(desk, EXPORTED, people, what=what, reason=asked(reason), rows=rows)


def asked(reason: str) -> str:
    """The reason as kept, or NoReasonError: ask before writing a file, not after."""
    if not reason.strip():
        raise NoReasonError
    return " ".join(reason.split())[:400]


@dataclass(frozen=True, slots=True)
class Outside:
    """A file that others follow, as far as it is told before one says why: whose, and who accompanies."""

    person: bytes
    name: str
    number: str
    followed_by: tuple[str, ...]


def outside(desk: Desk, person: bytes) -> Outside | None:
    """The question to ask before that file opens: others accompany, not I, and I have not said why in this sitting.

    A file that nobody follows is nobody's caseload: it opens, and is logged like any other. Of files that are one
    person's each is asked about: a link opens none.
    """
    asked = (_outside(desk, file) for file in one_file.members(desk, person))
    return next((one for one in asked if one is not None), None)


def _outside(desk: Desk, person: bytes) -> Outside | None:
    if desk.store.accesses.seen(person):
        return None
    shown = desk.store.records.get("person", person)
    if shown is None:
        return None
    today = desk.clock.now().date()
    members = desk.store.records.find("membership", {"person": person})
    around = [one.record.professional for one in members if one.record.active_on(today)]
    everyone = tuple(dict.fromkeys([shown.record.referent, *around] if shown.record.referent else around))
    if not everyone or desk.me.id in everyone:
        return None
    # whoever answers in a relay, and the usual binôme, are expected there: no reason is asked
    usual = relays.stand_in_of(shown.record, members, directory(desk), today)
    if desk.me.id in {usual, relays.answering(desk, shown.record)}:
        return None
    found = {one.record.id: one.record.name for one in desk.store.records.find("professional", {"id": everyone})}
    names = tuple(found[one] for one in everyone if one in found)
    return Outside(person, shown.record.name, shown.record.number, names)


def _add(desk: Desk, deed: str, people: Sequence[bytes], *, what: str = "", reason: str = "", rows: int = 0) -> None:
    named = tuple(people) if len(people) <= SEVERAL else ()
    desk.store.accesses.add(
        Access(at_ms=int(desk.clock.now().timestamp() * 1000), who=desk.me.id, deed=deed, people=named, what=what,
               reason=reason, rows=rows)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One line of the register as it is read: a name for each of ``people``, empty when the file is no longer here."""

    n: int
    at: datetime
    who: str
    deed: str
    people: tuple[bytes, ...]
    names: tuple[str, ...]
    what: str
    reason: str
    rows: int


def named(desk: Desk, lines: Sequence[Access]) -> list[AccessRow]:
    """The lines, newest first, with the names that this desk knows today."""
    people = _names(desk, "person", {one for line in lines for one in line.people})
    team = _names(desk, "professional", {line.who for line in lines})
    zone = desk.clock.now().tzinfo
    return [
        AccessRow(
            line.n, datetime.fromtimestamp(line.at_ms / 1000, zone), team.get(line.who, ""), line.deed, line.people,
            tuple(people.get(one, "") for one in line.people), line.what, line.reason, line.rows,
        )
        for line in reversed(lines)
    ]  # fmt: skip


def _names(desk: Desk, kind: str, ids: set[bytes]) -> dict[bytes, str]:
    wanted = sorted(ids - {b""})
    return {one.record.id: one.record.name
            for start in range(0, len(wanted), 500)
            for one in desk.store.records.find(kind, {"id": wanted[start : start + 500]}, limit=500)}  # fmt: skip
