"""Something to do for one person: what, who, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from spie_desk.domain.circles import socle
from spie_desk.domain.errors import EmptyTextError, N_
from spie_desk.domain.record import Kind, Trait

OPEN_STATUSES = ("planned", "standby", "in_progress")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A step agreed with the person. ``owner`` is a professional's id, ``owner_name`` free
    text when the person herself or someone unlisted does it."""

    id: bytes
    person: Annotated[bytes, Trait(N_("Personne"), "hidden")]
    what: Annotated[str, Trait(N_("À faire"), searched=True)]
    owner: Annotated[bytes, Trait(N_("Qui"), "professional")] = b""
    owner_name: Annotated[str, Trait(N_("Qui (si hors liste)"))] = ""
    due_on: Annotated[date | None, Trait(N_("Pour le"), "date")] = None
    status: Annotated[str, Trait(N_("État"), "choice", "action_status")] = "planned"
    done_on: Annotated[date | None, Trait(N_("Fait le"), "date")] = None
    theme: Annotated[str, Trait(N_("Thème"), "choice", "theme")] = ""
    passage: Annotated[bytes, Trait("", "hidden")] = b""

    def check(self) -> None:
        if not self.what.strip():
            raise EmptyTextError


ACTION = Kind(
    "action", Action, N_("Action"), N_("Actions"),
    circle=lambda record: socle(record.person), parent="person", parent_kind="person",
    registers={"progress": ("status", "due_on", "done_on"), "owner": ("owner", "owner_name")},
    register_labels={"progress": N_("Avancement"), "owner": N_("Qui")},
    several=True, indexed=("person", "due_on", "status", "owner"),
    title=lambda record: record.what,
)  # fmt: skip
