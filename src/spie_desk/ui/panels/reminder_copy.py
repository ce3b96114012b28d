"""« Copier le rappel » : the text of an appointment's reminder, copied for a while, and what is not in it said."""

from __future__ import annotations

from functools import partial

from spie_desk.domain.reminder import Reminder
from spie_desk.services import reminders
from spie_desk.texts import _
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


def _copy(page: Page, found: Reminder) -> None:
    copy_for_a_while(text_of(found))
    page.room.notices.bar.hide()
    told = _("Rappel copié, sans nom ni motif. Il quittera le presse-papiers dans une minute et demie.")
    if found.left_out:
        page.room.notices.inform(f"{told} {said(found.left_out)}")
    else:
        page.room.notices.said(told)


def text_of(found: Reminder) -> str:
    """As it will be pasted: no-break spaces would turn a message into its dearer form."""
    words = " ".join(said(line) for line in found.lines)
    return words.replace("\u00a0", " ").replace("\u202f", " ")
