"""A clock that jumps by twenty years, changes its hour, passes midnight: nothing goes early, nothing turns round."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from spie_desk.app.hands import LOCAL, SystemClock
from spie_desk.app.keeper import ProfileKeeper
from spie_desk.domain.drafts import Draft
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.person import Person
from spie_desk.services import agenda, notes, people, records, today, work
from spie_desk.services.desk import Desk
from spie_desk.services.notes import AlreadyGoneError
from spie_desk.store import backups
from spie_desk.store.backups import Backup, wanted
from spie_desk.store.open import EncryptedStore
from tests.clock import FakeClock
from tests.examples import an_id
from tests.faults.places import founded

HOURS = ["01:30", "02:30", "03:30", "10:00"]
YEARS = timedelta(days=20 * 365)


def store_of(desk: Desk) -> EncryptedStore:
    assert isinstance(desk.store, EncryptedStore)
    return desk.store


def thrown_away(desk: Desk, name: str = "thrown") -> bytes:
    draft = Draft(id=an_id(name), form="note", kind="note", values={"text": "Jeté, puis regretté."})
    work.keep(desk, draft)
    work.discard(desk, draft.id)
    store_of(desk).tidy()
    return draft.id


def still_there(desk: Desk, draft: bytes) -> bool:
    store_of(desk).tidy()
    return draft in {one.id for one in work.discarded(desk)}


@pytest.mark.parametrize("jump", [YEARS, -YEARS])
def test_what_was_thrown_away_outlives_a_wrong_clock_and_goes_thirty_days_later(
    desk: Desk, clock: FakeClock, jump: timedelta
) -> None:
    draft = thrown_away(desk)
    clock.move(days=5)
    assert still_there(desk, draft)
    clock.move(jump)
    for _day in range(4):
        assert still_there(desk, draft), "nothing ages by a jump"
        clock.move(days=1)
    clock.move(-jump)
    assert still_there(desk, draft)
    clock.move(days=20, hours=23)
    assert still_there(desk, draft)
    clock.move(days=2)
    assert not still_there(desk, draft)


def test_thrown_away_under_a_dead_battery_it_lives_its_thirty_days(desk: Desk, clock: FakeClock) -> None:
    """The clock is in 2006 each morning, until the network sets it."""
    clock.move(-YEARS)
    draft = thrown_away(desk)
    clock.move(YEARS)
    assert still_there(desk, draft)
    for day in range(29):
        clock.move(-YEARS)
        assert still_there(desk, draft)
        clock.move(YEARS)
        assert still_there(desk, draft), f"day {day}"


def test_two_months_away_are_no_reason_to_lose_it_on_the_first_morning(desk: Desk, clock: FakeClock) -> None:
    draft = thrown_away(desk)
    clock.move(days=60)
    assert still_there(desk, draft)
    clock.move(days=31)
    assert not still_there(desk, draft)


@pytest.mark.parametrize("jump", [YEARS, -YEARS])
def test_stamps_only_go_forward(desk: Desk, clock: FakeClock, jump: timedelta) -> None:
    stamps = []
    for move in (timedelta(0), jump, -jump, timedelta(hours=-1), timedelta(days=-3), jump):
        clock.move(move)
        person = Person(id=desk.chance.id(), last_name="Abel")
        people.create(desk, person)
        shown = desk.store.records.get("person", person.id)
        assert shown is not None
        stamps.append(shown.last.hlc)
    assert stamps == sorted(set(stamps))


def copy_of(day: datetime, turn: int) -> Backup:
    return Backup(f"{day:%Y%m%dT%H%M%S}-{turn:06x}", Path("copy"), day, 1, 1000, 1, 1, "0", "", {}, turn)


def kept_through(days: list[datetime]) -> list[Backup]:
    """One backup a day by a clock that shows these days, thinned out after each, as the full lock does."""
    kept: list[Backup] = []
    for turn, day in enumerate(days, start=1):
        kept = wanted(sorted([*kept, copy_of(day, turn)], key=lambda one: (one.turn, one.made_at), reverse=True), day)
    return kept


@pytest.mark.parametrize("jump", [YEARS, -YEARS])
@pytest.mark.parametrize("many", [1, 2, 5])
def test_a_jump_never_costs_the_latest_copies_and_the_months_come_back(jump: timedelta, many: int) -> None:
    begin = datetime(2026, 1, 5, 18, tzinfo=UTC)
    before = [begin + timedelta(days=n) for n in range(60)]
    wrong = [before[-1] + jump + timedelta(days=n) for n in range(1, many + 1)]
    under_it = kept_through([*before, *wrong])
    assert {one.turn for one in under_it} >= {60 + many, 59 + many, 58 + many}
    if many < 3:
        assert len(under_it) > 10, "nothing is dropped on the word of a clock of two days"
    after = [before[-1] + timedelta(days=many + n) for n in range(1, 31)]
    kept = kept_through([*before, *wrong, *after])
    assert [one.turn for one in kept][:3] == [90 + many, 89 + many, 88 + many]
    assert len(kept) >= 7


def test_the_latest_copy_is_the_latest_made_whatever_its_date(tmp_path: Path) -> None:
    place = founded(tmp_path)
    place.clock.move(YEARS)
    opened = place.open()
    assert isinstance(opened.keeper, ProfileKeeper)
    opened.keeper.back_up()
    opened.keeper.close()
    place.clock.move(-YEARS + timedelta(days=1))
    opened = place.open()
    assert isinstance(opened.keeper, ProfileKeeper)
    latest = opened.keeper.back_up()
    assert [one.made_at.year for one in backups.list_backups(place.folder)] == [2026, 2046, 2026]
    assert opened.keeper.backups()[0].id == latest.id
    assert opened.keeper.check_if_due()
    opened.keeper.changed = False
    opened.keeper.close()


def test_the_weekly_check_comes_back_from_the_future(tmp_path: Path) -> None:
    place = founded(tmp_path)
    place.clock.move(YEARS)
    opened = place.open()
    assert isinstance(opened.keeper, ProfileKeeper)
    assert opened.keeper.check_if_due()
    checked = opened.desk.store.settings.get("checked")
    opened.keeper.close()
    place.clock.move(-YEARS)
    opened = place.open()
    assert isinstance(opened.keeper, ProfileKeeper)
    assert opened.keeper.check_if_due()
    assert opened.desk.store.settings.get("checked") != checked
    opened.keeper.changed = False
    opened.keeper.close()


# Hours


@pytest.fixture
def in_paris() -> Iterator[None]:
    """The law of Paris for this process: summer from the last Sunday of March to the last of October."""
    if sys.platform == "win32":
        pytest.skip("the zone of a process cannot be set here")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_paris")
def test_an_hour_told_of_a_moment_is_that_moments_hour() -> None:
    july, december = datetime(2026, 7, 14, 15, 42, tzinfo=UTC), datetime(2026, 12, 9, 16, 42, tzinfo=UTC)
    assert f"{july.astimezone(LOCAL):%H:%M}" == "17:42"
    assert f"{december.astimezone(LOCAL):%H:%M}" == "17:42"
    assert datetime.fromtimestamp(july.timestamp(), tz=SystemClock().now().tzinfo).hour == 17, "told in winter too"
    assert (july.astimezone(LOCAL).tzname(), december.astimezone(LOCAL).tzname()) == ("CEST", "CET")


@pytest.mark.usefixtures("in_paris")
@pytest.mark.parametrize("night", [datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 10, 24, 22, tzinfo=UTC)])
def test_through_the_night_when_the_hour_changes_no_moment_is_lost_or_told_twice(night: datetime) -> None:
    told = []
    for quarter in range(24):
        moment = night + timedelta(minutes=15 * quarter)
        local = moment.astimezone(LOCAL)
        assert local.timestamp() == moment.timestamp(), "the same moment again, in the hour that comes twice too"
        assert local.astimezone(UTC) == moment
        told.append(local.date())
    assert told == sorted(told)


@pytest.mark.usefixtures("in_paris")
@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_the_day_the_hour_changes_is_one_day_in_the_agenda_and_in_today(
    desk: Desk, clock: FakeClock, day: datetime
) -> None:
    clock.set(datetime(day.year, day.month, day.day - 1, 23, 30, tzinfo=LOCAL))
    people.create(desk, Person(id=an_id("abel"), last_name="Abel"))
    for hour in HOURS:
        records.save(desk, "appointment", Appointment(
            id=an_id(hour), person=an_id("abel"), on=day.date(), at=hour, with_=desk.me.id))  # fmt: skip
    records.save(desk, "action", Action(id=an_id("due"), person=an_id("abel"), what="Appeler", owner=desk.me.id,
                                        due_on=day.date()))  # fmt: skip
    for moment in (0, 90, 150, 210, 23 * 60 + 30):
        clock.set((datetime(day.year, day.month, day.day, tzinfo=LOCAL).astimezone(UTC)
                   + timedelta(minutes=moment)).astimezone(LOCAL))  # fmt: skip
        now = clock.now()
        if now.date() != day.date():
            continue
        shown = today.today(desk)
        assert [one.shown.record.at for one in shown.week if one.on == day.date()] == HOURS, now
        assert not shown.late, "due today is not late"
        assert [one.shown.record.id for one in shown.due] == [an_id("due")]
        week = agenda.of_week(desk, now.date(), mine=True)
        assert [one.shown.record.at for one in week.rows if one.on == day.date()] == HOURS


# Midnight


def test_a_note_begun_before_midnight_keeps_its_day_and_is_signed_after(desk: Desk, clock: FakeClock) -> None:
    clock.set(clock.now().replace(hour=23, minute=58))
    begun = clock.now().date()
    people.create(desk, Person(id=an_id("abel"), last_name="Abel"))
    note = replace(notes.blank(desk, an_id("abel")), text="Encore là à minuit.")
    draft = Draft(id=an_id("late"), form="note", kind="note", record=note.id, values={"text": note.text})
    kept = work.keep(desk, draft)
    clock.move(minutes=4)
    again = work.keep(desk, kept)
    assert again.opened_ms == kept.opened_ms < again.touched_ms
    notes.sign(desk, note, draft=draft.id)
    shown = desk.store.records.get("note", note.id)
    assert shown is not None
    assert shown.record.on == begun
    assert work.drafts(desk) == []
    assert notes.why_not_again(desk, shown) is None, "signed today: until this evening"
    clock.move(days=1)
    assert isinstance(notes.why_not_again(desk, shown), AlreadyGoneError)


def test_a_note_signed_just_before_midnight_is_closed_just_after(desk: Desk, clock: FakeClock) -> None:
    clock.set(clock.now().replace(hour=23, minute=59))
    people.create(desk, Person(id=an_id("abel"), last_name="Abel"))
    note = replace(notes.blank(desk, an_id("abel")), text="Juste avant.")
    notes.sign(desk, note)
    shown = desk.store.records.get("note", note.id)
    assert shown is not None
    assert notes.why_not_again(desk, shown) is None
    clock.move(minutes=2)
    assert isinstance(notes.why_not_again(desk, shown), AlreadyGoneError)
