"""Where one was at a full lock, kept in the store: routes and their arguments, to open the same pages again."""

from __future__ import annotations

from typing import Any

from spie_desk.services import work
from spie_desk.services.desk import Desk
from spie_desk.ui.tasks import Tasks
from spie_sync.change import Value

KEY = "trail"
Trail = list[tuple[str, dict[str, Any]]]


def keep_trail(tasks: Tasks, trail: Trail) -> None:
    """Written behind whatever the page has just handed over, hence after its draft."""
    said: Value = [[route, {name: _kept(value) for name, value in arguments.items()}] for route, arguments in trail]

    def keep(desk: Desk) -> None:
        desk.store.settings.set(KEY, said if trail else None)

    tasks.do(keep)


def kept_trail(desk: Desk) -> Trail:
    """Read once: a second opening begins afresh. The draft that was on screen goes to the page on top."""
    kept = desk.store.settings.get(KEY)
    if not isinstance(kept, list):
        return []
    desk.store.settings.set(KEY, None)
    trail = [
        (str(one[0]), {str(name): _read(value) for name, value in one[1].items()})
        for one in kept
        if isinstance(one, list) and len(one) == 2 and isinstance(one[1], dict)
    ]
    draft = work.to_reopen(desk)
    if trail and draft is not None and trail[-1][0] == draft.form:
        trail[-1][1]["draft"] = draft.id
    return trail


def _kept(value: Any) -> Value:
    return {"hex": value.hex()} if isinstance(value, bytes) else value


def _read(value: Any) -> Any:
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) and "hex" in value else value
