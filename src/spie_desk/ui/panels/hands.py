"""What a panel of the file may ask of its page: do a deed, edit a record, ask first, go elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import DeskError
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Edit:
    """A wish to edit: ``form`` names one of ``file_forms.FORMS``; ``shown`` None makes a new record from ``fresh``."""

    form: str
    shown: Shown[Any] | None = None
    fresh: Any = None
    draft: Draft | None = None
    focus: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that cannot be undone: what it does is said before, and nothing is chosen beforehand."""

    title: str
    text: str
    yes: str
    deed: Callable[[], object]
    no: str = ""
    danger: bool = True


class Hands(Protocol):
    """The file's page, as its panels see it."""

    room: Any

    def do(self, deed: Callable[[Desk], Touched | None], said: str = "", *, then: Callable[[], object] | None = None,
           failed: Callable[[DeskError], bool] | None = None) -> None: ...  # fmt: skip
    def query(self, question: Callable[[Desk], Any], then: Callable[[Any], None], about: str) -> None: ...
    def go(self, route: str, **arguments: Any) -> None: ...
    def edit(self, wish: Edit) -> None: ...
    def ask_first(self, question: Question) -> None: ...
    def show_panel(self, panel: Any) -> None: ...
    def close_panel(self) -> None: ...
    def fresh_id(self) -> bytes: ...
    def separate(self) -> None: ...
    def print_sheet(self, sheet_of: Callable[[Desk], Any]) -> None: ...
