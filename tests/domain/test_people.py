"""The fictitious people: always the same for a seed, valid, in an order that can be put, never anyone real."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from spie_desk.domain.lists import lists_from
from spie_desk.domain.people_maker import founders, make
from spie_desk.domain.records import KIND
from spie_desk.domain.records.note import digest_of
from spie_desk.domain.values import record_of, registers_of

TOP = Path(__file__).parents[2] / "resources"
MATERIAL = json.loads((TOP / "examples" / "people.json").read_text(encoding="utf-8"))
LISTS = lists_from({path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (TOP / "lists").glob("*.json")})
TODAY = date(2026, 11, 24)
ME, STRUCTURE = founders(MATERIAL)


def made(count: int = 42, seed: int = 7, today: date = TODAY) -> list[tuple[str, Any]]:
    return list(make(MATERIAL, seed, today, count, ME, STRUCTURE))


MADE = made()
NOT_OF_A_LIFE = {
    "view": "how one professional likes to see a list",
    "phrase": "how one writes: the application ships its own",
    "word": "how one writes: the application ships its own",
    "template": "a structure's own letterhead, a file that nobody can make up in words",
    "concern": "a child in danger is no example to show on a screen, and its readers are named one by one",
    "same_as": "two files of one person are a mistake to find, not one to make",
}


def test_the_same_seed_and_day_make_the_same_people() -> None:
    assert made() == MADE
    assert made(seed=8) != MADE


def test_every_record_passes_its_own_rules_and_reads_back_from_its_registers() -> None:
    for kind, record in MADE:
        record.check()
        assert record_of(KIND[kind], record.id, registers_of(KIND[kind], record)) == record


def test_every_choice_is_a_value_of_its_list() -> None:
    for kind, record in MADE:
        for item in KIND[kind].fields:
            value = getattr(record, item.name)
            if item.trait.choices and value:
                assert value in LISTS[item.trait.choices].by_code, (kind, item.name, value)


def test_they_come_in_an_order_that_can_be_put() -> None:
    seen: set[bytes] = {ME.id, STRUCTURE.id}
    for kind, record in MADE:
        above = getattr(record, KIND[kind].parent, b"") if KIND[kind].parent else b""
        assert not above or above in seen
        seen.add(record.id)
    assert len(seen) == len(MADE) + 2


@pytest.mark.parametrize("today", [TODAY, date(2027, 2, 28), date(2028, 2, 29), date(2026, 11, 22), date(2026, 1, 1)])
def test_any_day_will_do(today: date) -> None:
    for _, record in made(15, today=today):
        record.check()


def test_nobody_is_real() -> None:
    for kind, record in MADE:
        for name in ("phone", "number"):
            value = str(getattr(record, name, "") or "")
            if kind in {"phone", "professional"} and value:
                assert re.fullmatch(r"06 39 98 \d\d \d\d", value)
        if getattr(record, "email", ""):
            assert re.fullmatch(r"[a-z.]+@(ccas\.)?example\.org", record.email)


def test_their_life_is_whole_and_looks_lived_in() -> None:
    count = Counter(kind for kind, _ in MADE)
    assert count["person"] == 42
    assert set(count) == set(KIND) - set(NOT_OF_A_LIFE)
    notes = [record for kind, record in MADE if kind == "note"]
    assert {note.sort for note in notes} == set(LISTS["note_sort"].by_code)
    assert len([note for note in notes if not note.person]) == 2
    assert all(note.on <= TODAY and note.digest == digest_of(note) for note in notes)
    due = [record.due_on for kind, record in MADE if kind == "action" and record.status == "planned"]
    assert min(due) < TODAY < max(due)
    coming = [record for kind, record in MADE if kind == "appointment" and record.on == TODAY]
    assert 2 <= len(coming) <= 5
    names = Counter(record.name for kind, record in MADE if kind == "person")
    assert names.most_common(1)[0][1] == 1


def of(kind: str) -> list[Any]:
    return [record for name, record in MADE if name == kind]


def test_papers_are_waited_for_with_reminders_around_today_each_for_a_step_that_is_not_done() -> None:
    steps = {one.id: one for one in of("action")}
    pieces = of("piece")
    assert {one.status for one in pieces} == set(LISTS["piece_status"].by_code)
    remind = [one.remind_on for one in pieces if one.waits]
    assert min(remind) < TODAY < max(remind) <= TODAY + timedelta(days=15)
    assert any(one == TODAY for one in remind)
    for one in pieces:
        assert steps[one.action].person == one.person
        assert steps[one.action].status != "done"
        assert (one.received_on is not None) == (one.status == "received")


def test_attempts_are_of_every_sort_and_leave_no_message_where_none_is_wanted() -> None:
    silent = {one.id for one in of("person") if one.no_message}
    tried = of("attempt")
    assert {one.sort for one in tried} == set(LISTS["attempt_sort"].by_code)
    assert all(one.on < TODAY and one.by for one in tried)
    theirs = [one for one in tried if one.person in silent]
    assert theirs
    assert not {one.sort for one in theirs} & {"message", "sms"}


def test_a_round_holds_the_note_of_that_night_and_one_relay_is_over() -> None:
    first, *others = of("round")
    assert others
    notes = [one for one in of("note") if first.holds(one.on, one.at, one.authors)]
    assert notes
    assert first.ends_at
    assert len(notes) <= first.met
    (relay,) = of("relay")
    assert relay.is_over(TODAY)
    (paper,) = of("paper")
    assert paper.on(TODAY)


def test_the_copy_that_one_person_asked_for_was_given_within_its_month() -> None:
    (asked,), (answer,) = of("copy_request"), of("copy_answer")
    assert (answer.request, answer.person) == (asked.id, asked.person)
    assert asked.received_on < answer.given_on <= asked.due_on


def test_some_rights_end_soon() -> None:
    ends = [one.ends_on for one in of("right") if one.ends_on]
    assert [one for one in ends if TODAY < one <= TODAY + timedelta(days=60)]


def test_no_two_appointments_of_mine_to_come_fall_on_the_same_hour() -> None:
    slots = Counter((one.on, one.at) for kind, one in MADE if kind == "appointment" and one.status == "coming")
    assert slots.most_common(1)[0][1] == 1


def test_texts_take_the_gender_of_the_person_and_leave_no_gap() -> None:
    people = {record.id: record for kind, record in MADE if kind == "person"}
    for kind, record in MADE:
        if kind == "note":
            assert not re.search(r"[{}]|'| [;:!?]", record.text)
            if record.person and people[record.person].civility == "m":
                assert "Elle " not in record.text or people[record.person].nickname


def test_nobody_at_all_makes_a_team_and_no_review() -> None:
    assert {kind for kind, _ in made(0)} == {"structure", "professional"}
