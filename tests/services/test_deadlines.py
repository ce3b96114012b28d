"""What ends soon is told at its day, renewed for as long, put off, or left without a sequel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from spie_desk.domain.deadlines import next_period, reminder_for, told_on
from spie_desk.domain.records.around import Right
from spie_desk.domain.records.person import Person
from spie_desk.services import deadlines, people, today, undo
from spie_desk.services.deadlines import RightEnding
from spie_desk.services.desk import Desk

DAY = date(2026, 12, 9)
AMINA = Person(id=b"a" * 16, first_name="Amina", last_name="Belkacem", domiciled_at="CCAS",
               domiciled_until=DAY + timedelta(days=20))  # fmt: skip


def _right(desk: Desk, **more: object) -> Right:
    values = {"scheme": "css", "status": "open", **more}
    right = Right(id=desk.chance.id(), person=AMINA.id, **values)  # type: ignore[arg-type]
    with desk.store.unit() as unit:
        unit.put("right", right)
    return right


def _rows(desk: Desk, *, homes: bool = False) -> list[RightEnding]:
    return [one for one in deadlines.coming(desk, DAY) if one.is_domiciliation is homes]


@pytest.fixture
def followed(desk: Desk) -> Desk:
    people.create(desk, AMINA)
    return desk


@pytest.mark.parametrize(("ends", "remind", "told"), [
    (60, None, True), (61, None, False), (-7, None, True), (-8, None, False), (3, 1, False), (90, 0, True),
    (-30, -40, False), (-30, -1, True), (None, 0, True), (None, None, False), (None, 1, False),
])  # fmt: skip
def test_from_when_and_until_when_an_end_is_told(ends: int | None, remind: int | None, told: bool) -> None:
    def on(days: int | None) -> date | None:
        return None if days is None else DAY + timedelta(days=days)

    assert told_on(on(ends), on(remind), DAY) is told


@pytest.mark.parametrize(("starts", "ends", "expected"), [
    (date(2026, 1, 1), date(2026, 12, 31), (date(2027, 1, 1), date(2027, 12, 31))),
    (date(2026, 7, 15), date(2027, 1, 14), (date(2027, 1, 15), date(2027, 7, 14))),
    (date(2024, 3, 1), date(2025, 2, 28), (date(2025, 3, 1), date(2026, 2, 28))),
    (date(2026, 3, 10), date(2026, 3, 20), (date(2026, 3, 21), date(2026, 3, 31))),
    (None, date(2026, 12, 20), (date(2026, 12, 21), date(2027, 12, 20))),
])  # fmt: skip
def test_what_follows_is_as_long_and_leaves_no_gap(
    starts: date | None, ends: date, expected: tuple[date, date]
) -> None:
    assert next_period(starts, ends) == expected


def test_the_reminder_that_is_proposed_is_never_behind() -> None:
    assert reminder_for(DAY + timedelta(days=100), DAY) == DAY + timedelta(days=40)
    assert reminder_for(DAY + timedelta(days=10), DAY) == DAY
    assert reminder_for(DAY - timedelta(days=1), DAY) is None


def test_renewed_it_begins_the_day_after_and_is_told_no_more(followed: Desk) -> None:
    old = _right(followed, scheme="titre_sejour", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    (row,) = _rows(followed)
    assert row.person_name == "Amina Belkacem"
    touched = deadlines.renew(followed, row)
    found = [one.record for one in followed.store.records.find("right", {"person": AMINA.id})]
    new = next(one for one in found if one.id != old.id)
    assert (new.scheme, new.status, new.starts_on, new.ends_on) == \
        ("titre_sejour", "open", date(2027, 1, 1), date(2027, 12, 31))  # fmt: skip
    assert new.remind_on == date(2027, 12, 31) - timedelta(days=60)
    assert next(one for one in found if one.id == old.id) == old
    assert _rows(followed) == []
    undo.undo_one(followed, touched.deed)
    assert [one.shown.record.id for one in _rows(followed)] == [old.id]


def test_put_off_it_comes_back_at_its_day_even_past_the_end(followed: Desk) -> None:
    _right(followed, ends_on=DAY + timedelta(days=5))
    (row,) = _rows(followed)
    later = DAY + timedelta(days=30)
    deadlines.postpone(followed, row, later)
    assert _rows(followed) == []
    assert [one.ends_on for one in deadlines.coming(followed, later) if not one.is_domiciliation] == [row.ends_on]


def test_without_a_sequel_it_is_told_no_more_until_its_end_changes(followed: Desk) -> None:
    _right(followed, ends_on=DAY + timedelta(days=5))
    deadlines.set_aside(followed, _rows(followed)[0])
    assert _rows(followed) == []
    (shown,) = followed.store.records.find("right", {"person": AMINA.id})
    deadlines.save(followed, replace(shown.record, ends_on=DAY + timedelta(days=9)), shown, b"d" * 16)
    assert len(_rows(followed)) == 1


def test_a_domiciliation_is_told_renewed_for_a_year_put_off_or_taken_out(followed: Desk) -> None:
    (row,) = _rows(followed, homes=True)
    deadlines.postpone(followed, row, DAY + timedelta(days=3))
    assert _rows(followed, homes=True) == []
    (row,) = [one for one in deadlines.coming(followed, DAY + timedelta(days=3)) if one.is_domiciliation]
    touched = deadlines.renew(followed, row)
    person = followed.store.records.get("person", AMINA.id)
    assert person is not None
    assert (person.record.domiciled_until, person.record.domiciled_remind) == (date(2027, 12, 29), None)
    undo.undo_one(followed, touched.deed)
    (row,) = [one for one in deadlines.coming(followed, DAY + timedelta(days=3)) if one.is_domiciliation]
    deadlines.set_aside(followed, row)
    person = followed.store.records.get("person", AMINA.id)
    assert person is not None
    assert (person.record.domiciled_at, person.record.domiciled_until) == ("", None)


def test_nothing_is_told_of_a_follow_up_that_has_ended_nor_of_a_right_that_is_refused(followed: Desk) -> None:
    _right(followed, ends_on=DAY, status="refused")
    assert _rows(followed) == []
    _right(followed, ends_on=DAY)
    shown = followed.store.records.get("person", AMINA.id)
    assert shown is not None
    with followed.store.unit() as unit:
        unit.put("person", replace(shown.record, ended_on=DAY), shown=shown)
    assert today.today(followed).rights == []
