"""The fictitious people: always the same for a seed, valid, in an order that can be put, never anyone real."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
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
    assert set(count) >= set(KIND) - {"view", "phrase", "word", "template"}
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
