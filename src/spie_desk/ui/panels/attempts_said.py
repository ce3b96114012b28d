"""Attempts as a file says them: those that follow one another make one small card, « 3 appels sans réponse »."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from spie_desk.domain.circles import Sort
from spie_desk.domain.records.attempt import MESSAGE, NO_ANSWER, RETURNED, TEXT, VISIT
from spie_desk.services.casefile import Entry
from spie_desk.texts import _, n_
from spie_desk.ui.panels.file_words import ICON_OF_READERS, FileShown, near_day, who_reads
from spie_desk.ui.widgets.timeline import Entry as Card

FOLDED = "attempts"
ICONS = {NO_ANSWER: "phone-missed", MESSAGE: "phone-call", TEXT: "message-circle", VISIT: "house", RETURNED: "mail"}
_DAYS_SAID = 4
"""More days than these are said by their first and last."""


def grouped(entries: Iterable[Entry], unfolded: frozenset[bytes] | set[bytes]) -> list[tuple[Entry, ...]]:
    """Each event alone; attempts with nothing between them together, unless they were unfolded."""
    found: list[tuple[Entry, ...]] = []
    for one in entries:
        last = found[-1][-1] if found else None
        joins = last is not None and last.kind == one.kind == "attempt" and one.shown.record.id not in unfolded
        if joins:
            found[-1] = (*found[-1], one)
        else:
            found.append((one,))
    return found


def counted(sorts: Iterable[str]) -> str:
    """« 2 appels sans réponse, 1 message laissé »."""
    many = Counter(sorts)
    said = {
        NO_ANSWER: n_("{n} appel sans réponse", "{n} appels sans réponse", many[NO_ANSWER]),
        MESSAGE: n_("{n} message laissé", "{n} messages laissés", many[MESSAGE]),
        TEXT: n_("{n} SMS sans réponse", "{n} SMS sans réponse", many[TEXT]),
        VISIT: n_("{n} visite sans rencontre", "{n} visites sans rencontre", many[VISIT]),
        RETURNED: n_("{n} courrier revenu", "{n} courriers revenus", many[RETURNED]),
    }
    return ", ".join(words for sort, words in said.items() if many[sort])


def card_of_attempts(shown: FileShown, group: Sequence[Entry]) -> Card:
    """One attempt by its sort, or several by their counts and days; small, for nothing was said."""
    records = [one.shown.record for one in group]
    alone = len(group) == 1
    title = shown.label("attempt_sort", records[0].sort) if alone else counted(one.sort for one in records)
    names = ", ".join(dict.fromkeys(shown.who(one.by) for one in records if one.by))
    parts = [_when(shown, group), names, records[0].remark if alone else _("Entrée les montre une à une")]
    key = ("attempt", records[0].id) if alone else (FOLDED, tuple(one.id for one in records))
    return Card(
        key, ICONS.get(records[0].sort, "phone-missed"), title, "", " · ".join(part for part in parts if part),
        chip=who_reads(shown, str(Sort.OWN)), chip_icon=ICON_OF_READERS[str(Sort.OWN)], tone="neutral", small=True,
    )  # fmt: skip


def _when(shown: FileShown, group: Sequence[Entry]) -> str:
    today = shown.file.today
    if len(group) == 1:
        day, hour = near_day(group[0].on, today), group[0].at
        return _("{day} à {hour}").format(day=day, hour=hour) if hour else day
    days = list(dict.fromkeys(near_day(one.on, today) for one in reversed(group)))
    if len(days) > _DAYS_SAID:
        return _("du {first} au {last}").format(first=days[0], last=days[-1])
    return ", ".join(days)
