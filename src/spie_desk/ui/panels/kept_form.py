"""A form whose typing is kept as a draft within a second, until it is settled into its record or thrown away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from spie_desk.domain.drafts import Draft
from spie_desk.domain.shown import Shown
from spie_desk.services import work
from spie_desk.services.desk import Desk
from spie_desk.ui.forms.form import Form
from spie_desk.ui.tasks import Tasks


class KeptForm(QObject):
    """Binds a form to its draft. ``record`` reads it, ``drop`` names the draft to remove with the record's write."""

    def __init__(self, tasks: Tasks, form: Form[Any], draft: Draft, *, stored: bool) -> None:
        super().__init__(form)
        self._tasks, self.form, self._draft, self._stored = tasks, form, draft, stored
        form.to_save.connect(self._keep)

    def check(self) -> Any:
        """The record as typed, or None with the errors beside their fields."""
        return self.form.check()

    def shown(self) -> Shown[Any] | None:
        """The record as it stood when the form first opened: a draft taken up again keeps its own bases."""
        return None if self.form.shown is None else replace(self.form.shown, bases=self.form.bases)

    def is_touched(self) -> bool:
        return self._stored or self.form.dirty()

    def stored_draft(self) -> bytes | None:
        """The draft that stands on disk, for a lock to reopen."""
        return self._draft.id if self._stored else None

    def drop(self) -> bytes | None:
        """The draft to remove with the write that settles it; nothing more is kept from here on."""
        self._draft = self.form.draft_of(self._draft)
        return self._draft.id if self._stored else None

    def keep_now(self) -> None:
        """Hand over what the timer still holds."""
        self.form.save_now()

    def throw_away(self) -> None:
        """The draft goes to the thirty days of what was discarded."""
        if (draft := self.drop()) is not None:
            self._tasks.do(lambda desk: work.discard(desk, draft))

    def _keep(self) -> None:
        if not self.is_touched():
            return
        typed = self._draft = self.form.draft_of(self._draft)
        self._stored = True

        def keep(desk: Desk) -> None:
            work.keep(desk, typed)

        self._tasks.do(keep)
