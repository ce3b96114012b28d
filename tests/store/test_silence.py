"""Who is silent: nobody wrote of her since that day, and she was already followed then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.person import Person
from spie_desk.services import notes, people
from spie_desk.services.desk import Desk


def test_a_file_opened_this_week_is_not_silent_and_an_old_one_without_a_word_is(desk: Desk) -> None:
    today = desk.clock.now().date()
    since = today - timedelta(days=60)
    new, old, heard = (Person(id=desk.chance.id(), first_name=name) for name in ("Ana", "Bea", "Cléo"))
    people.create(desk, new)
    for one in (old, heard):
        people.create(desk, replace(one, entered_on=today - timedelta(days=200)))
    notes.sign(desk, replace(notes.blank(desk, heard.id), text="Vue ce jour."))
    wanted = PersonFilter(silent_since=since)
    assert [row.id for row in people.rows(desk, wanted)] == [old.id]
    assert people.count(desk, wanted) == 1
