"""The reminder of one appointment, ready to be copied into a telephone."""

from __future__ import annotations

from spie_desk.domain.reminder import Reminder, reminder
from spie_desk.services import one_file, pieces
from spie_desk.services.desk import Desk
from spie_desk.services.sheets import setting


def of_appointment(desk: Desk, appointment: bytes) -> Reminder | None:
    shown = desk.store.records.get("appointment", appointment)
    person = one_file.shown_as(desk, shown.record.person) if shown else None
    if shown is None or person is None:
        return None
    to_bring = [one.record.name for one in pieces.of_her(desk, person.id)]
    return reminder(shown.record, person, setting(desk), to_bring)
