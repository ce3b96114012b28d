"""« Copier le rappel » : the text of an appointment's reminder, copied for a while, and what is not in it said."""

from __future__ import annotations

from functools import partial

from spie_desk.domain.reminder import Reminder, bring_line
from spie_desk.services import reminders
from spie_desk.texts import _, n_
from spie_desk.ui.clipboard import copy_for_a_while
from spie_desk.ui.page import Page
from spie_desk.ui.printing.wording import said


def copy_reminder(page: Page, appointment: bytes) -> None:
    """At once; when she asked that no message be left, that is said first and nothing is copied yet."""
    page.query(lambda desk: reminders.of_appointment(desk, appointment), partial(_told, page), "reminder")


def _told(page: Page, found: Reminder | None) -> None:
    if found is None:
        return
    if not found.rule:
        _copy(page, found)
        return
    page.room.notices.warn(
        _("{rule} Rien n’a été copié.").format(rule=said(found.rule)),
        _("Copier quand même"),
        partial(_copy, page, found),
    )


def _copy(page: Page, found: Reminder, *, papers: bool = False) -> None:
    copy_for_a_while(text_of(found, papers=papers))
    page.room.notices.bar.hide()
    told = _("Rappel copié, sans nom ni motif. Il quittera le presse-papiers dans une minute et demie.")
    if papers:
        told = _("Rappel copié avec les pièces à apporter. Il quittera le presse-papiers dans une minute et demie.")
    if found.left_out:
        told = f"{told} {said(found.left_out)}"
    if found.to_bring and not papers:
        more = n_("Y ajouter la pièce à apporter", "Y ajouter les {n} pièces à apporter", len(found.to_bring))
        page.room.notices.inform(told, more, partial(_copy, page, found, papers=True))
    elif found.left_out:
        page.room.notices.inform(told)
    else:
        page.room.notices.said(told)


def text_of(found: Reminder, *, papers: bool = False) -> str:
    """As it will be pasted: no-break spaces would turn a message into its dearer form."""
    lines = list(found.lines)
    if papers and found.to_bring:
        # before whom to call and who writes
        lines.insert(1, bring_line(found.to_bring))
    words = " ".join(said(line) for line in lines)
    return words.replace("\u00a0", " ").replace("\u202f", " ")
