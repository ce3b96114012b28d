"""What stands at the right of the day, as rows: each with what it opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from spie_desk.domain.drafts import Draft
from spie_desk.domain.listing import PersonRow
from spie_desk.services.deadlines import RightEnding
from spie_desk.services.relays import RelayRow
from spie_desk.services.today import ReviewToPrepare, Today
from spie_desk.services.work import WorkRow, prose
from spie_desk.texts import _, n_
from spie_desk.ui.models.days import short_day
from spie_desk.ui.panels.day_rows import DayWords, review_said
from spie_desk.ui.panels.day_side import SideRow
from spie_desk.ui.panels.draft_words import form_said, reopen, words_said
from spie_desk.ui.panels.meetings import ago

Groups = dict[str, tuple[Sequence[SideRow], int]]


def groups_of(day: Today, now: datetime, words: DayWords) -> Groups:
    """By code: the rows, and how many there are in all."""
    return {
        "relays": ([_relay(one) for one in day.relays], len(day.relays)),
        "silent": ([_silent(one, now) for one in day.silent], day.silent_count),
        "drafts": ([_draft(one, now) for one in day.drafts], len(day.drafts)),
        "unattached": ([_quick(one, now) for one in day.unattached], len(day.unattached)),
        "rights": ([_right(one, words) for one in day.rights], len(day.rights)),
        "reviews": ([_review(one) for one in day.reviews], len(day.reviews)),
    }


def _relay(row: RelayRow) -> SideRow:
    record = row.shown.record
    until = _("jusqu’au {day}").format(day=short_day(record.ends_on, _).split(" ", 1)[1]) if record.ends_on else ""
    # whoever reads this is one of the two: the other's name says which
    said = _("Vous relayez {name}").format(name=row.absent) if row.answers else \
        _("{name} vous relaie").format(name=row.cover)  # fmt: skip
    return SideRow(record.id, said, n_("{n} dossier", "{n} dossiers", row.files), until, "info", icon="handshake",
                   route="relays")  # fmt: skip


def _silent(row: PersonRow, now: datetime) -> SideRow:
    since = _("{n} j").format(n=(now.date() - row.last_contact).days) if row.last_contact else _("jamais")
    said = _("Dernier contact {day}").format(day=short_day(row.last_contact, _)) if row.last_contact else ""
    return SideRow(row.id, row.name, said, since, "warn", avatar=row.name, arguments=(("person", row.id),))


def _when(ms: int, now: datetime) -> str:
    then = datetime.fromtimestamp(ms / 1000, tz=now.tzinfo)
    return f"{then:%H:%M}" if then.date() == now.date() else ago(then.date(), now.date())


def _draft(row: WorkRow, now: datetime) -> SideRow:
    kind, who = form_said(row.draft), row.person_name or row.opening
    route, arguments = reopen(row)
    return SideRow(row.draft.id, f"{kind}, {who}" if who else kind, words_said(row.words),
                   _when(row.draft.touched_ms, now), icon="file-text", route=route,
                   arguments=tuple(arguments.items()))  # fmt: skip


def _quick(draft: Draft, now: datetime) -> SideRow:
    words = " ".join(prose(draft).split())[:80]
    return SideRow(draft.id, words or _("Note sans texte"), "", _when(draft.opened_ms, now), icon="message-square-plus",
                   route="unattached")  # fmt: skip


def _right(row: RightEnding, words: DayWords) -> SideRow:
    said, role = words.when(row)
    # the list's words explain the initials between brackets: here there is room for the initials alone
    title = f"{row.person_name}, {words.what(row).split(' (')[0]}"
    return SideRow(row.shown.record.id, title, "", said, role, icon="badge-check",
                   arguments=(("person", row.person), ("tab", "situation")))  # fmt: skip


def _review(row: ReviewToPrepare) -> SideRow:
    when, many = review_said(row)
    return SideRow(row.shown.record.id, f"{when} · {many}", "", "", icon="presentation", route="review",
                   arguments=(("review", row.shown.record.id),))  # fmt: skip
