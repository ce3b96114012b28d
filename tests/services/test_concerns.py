"""An information préoccupante is nowhere but on its own page: canary words and ids, looked for everywhere else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from spie_desk.domain.circles import Sort
from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import DeskError, NotHereError
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.concern import Concern, children_of
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.domain.shown import Shown
from spie_desk.services import (
    casefile,
    clashes,
    concerns,
    copy_lines,
    duplicates,
    export,
    extracts,
    merging,
    newcomers,
    past,
    people,
    readers,
    records,
    reviews,
    sheets,
    today,
    undo,
    work,
)  # fmt: skip
from spie_desk.services.desk import Desk
from tests.stores import example_desk  # noqa: F401 — a fixture

CANARY, CHILD = "Zébrélune", "Ondéline"
TOLD = f"{CANARY} : seule le soir."


@pytest.fixture
def desk(example_desk: Desk) -> Desk:  # noqa: F811 — a fixture
    return example_desk


@pytest.fixture
def person(desk: Desk) -> bytes:
    return people.rows(desk, PersonFilter())[0].id


def written(desk: Desk, person: bytes, **more: Any) -> Concern:
    opened = concerns.opening(desk, person).start
    assert isinstance(opened, Concern)
    return replace(opened, **{"source": "observed", "children": f"{CHILD}, 2017", "facts": TOLD, "parents": "no",
                              "parents_why": f"{CANARY} dit que le danger vient de là", **more})  # fmt: skip


def stands(desk: Desk, person: bytes, **more: Any) -> Shown[Concern]:
    record = written(desk, person, **more)
    concerns.save(desk, record)
    found: Shown[Concern] | None = desk.store.records.get("concern", record.id)
    assert found is not None
    return found


def holds(value: object) -> bool:
    said = repr(value)
    return CANARY in said or CHILD in said or "oncern" in said


def test_its_readers_are_its_author_and_the_chiefs_of_service_in_a_circle_of_its_own(
    desk: Desk, person: bytes
) -> None:
    chief = Professional(id=desk.chance.id(), first_name="Odile", last_name="Marchand", structure=desk.structure.id,
                         manager=True, bound_by="casf_l221_6")  # fmt: skip
    gone = replace(chief, id=desk.chance.id(), left_on="2026-01-01")
    elsewhere = replace(chief, id=desk.chance.id(), structure=desk.chance.id())
    for one in (chief, gone, elsewhere):
        records.save(desk, "professional", one)
    known = {one.record.id for one in desk.store.records.find("professional", {"manager": True})
             if one.record.structure == desk.structure.id and not one.record.left_on}  # fmt: skip
    shown = stands(desk, person)
    circle = desk.store.circles.get(shown.circle)
    assert circle is not None
    assert (circle.sort, circle.about) == (Sort.WARNING, person)
    assert circle.readers == {desk.me.id} | known
    assert chief.id in circle.readers
    assert not {gone.id, elsewhere.id} & circle.readers
    others = {one.record.id: one.circle for kind in ("note", "finding", "right", "action")
              for one in desk.store.records.find(kind, {"person": person})}  # fmt: skip
    assert shown.circle not in others.values()


def test_it_is_absent_from_everything_that_shows_the_file(desk: Desk, person: bytes) -> None:
    stands(desk, person, sent_to="crip", sent_on=date(2026, 3, 12), status="sent")
    review = reviews.list_all(desk)[0].record.id
    agenda = sheets.of_agenda(desk, review)
    found = {
        "file": casefile.open_file(desk, person),
        "volets": readers.volets(desk, person),
        "history": past.of_file(desk, person),
        "sheet": sheets.of_person(desk, person),
        "agenda": agenda,
        "minutes": sheets.of_minutes(desk, review),
        "meeting": reviews.meeting(desk, review),
        "offered to a review": extracts.items(desk, person),
        "today": today.today(desk),
        "people": people.rows(desk, PersonFilter()),
        "search": [people.search(desk, word) for word in (CANARY, CHILD, "zebre", "préoccupante")],
        "questions": clashes.questions(desk) if hasattr(clashes, "questions") else desk.store.records.clashes(),
        "drafts": work.rows(desk, work.drafts(desk)),
        "export": json.dumps(export.document(desk, person), ensure_ascii=False),
    }
    assert isinstance(found["sheet"], Sheet)
    assert [name for name, value in found.items() if holds(value)] == []


def test_a_child_named_there_is_no_hint_of_a_duplicate(desk: Desk, person: bytes) -> None:
    stands(desk, person)
    known = desk.store.records.get("person", person)
    assert known is not None
    child = replace(known.record, first_name=CHILD, last_name="", nickname="", birth_name="", born_on=None,
                    birth_year=2017)  # fmt: skip
    hints = duplicates.like(desk, newcomers.identity_of(child, ""))
    assert not holds(hints)
    assert person not in {one.shown.record.id for one in hints}  # neither is the parent proposed for her sake


def test_two_answers_written_apart_are_settled_on_its_page_and_make_no_card(desk: Desk, person: bytes) -> None:
    shown = stands(desk, person)
    counted = len(desk.store.records.clashes())
    concerns.save(desk, replace(shown.record, sent_to="crip", sent_on=date(2026, 3, 12), status="sent"), shown)
    concerns.save(desk, replace(shown.record, sent_to="parquet", sent_on=date(2026, 3, 13), status="sent"), shown)
    assert len(desk.store.records.clashes()) == counted
    assert desk.store.records.clashes(person) == [one for one in desk.store.records.clashes(person) if not holds(one)]
    assert not any(row.clashes and holds(row) for row in people.rows(desk, PersonFilter()))
    opened = concerns.opening(desk, concern=shown.record.id)
    assert isinstance(opened.start, Shown)
    assert [register for register, _value in opened.beside] == ["sent"]
    concerns.save(desk, opened.start.record, opened.start)
    again = concerns.opening(desk, concern=shown.record.id)
    assert isinstance(again.start, Shown)
    assert (again.beside, again.start.clashing) == ([], frozenset())


def test_who_is_not_among_its_readers_does_not_open_it(desk: Desk, person: bytes) -> None:
    shown = stands(desk, person)
    other = replace(desk, me=replace(desk.me, id=desk.chance.id()))
    assert concerns.listed(other) == []
    assert concerns.of_person(other, person) == []
    with pytest.raises(NotHereError):
        concerns.opening(other, concern=shown.record.id)
    assert [one.id for one in concerns.listed(desk, person)] == [shown.record.id]
    assert not holds(replace(concerns.listed(desk)[0], person_name=""))


@pytest.mark.parametrize(("changed", "lacking"), [
    ({"facts": " "}, "vu, entendu"), ({"children": ""}, "Enfants concernés"), ({"source": ""}, "D’où viennent"),
    ({"parents": ""}, "Les parents"), ({"parents_why": ""}, "pourquoi"), ({"source": "reported"}, "Rapportés par"),
    ({"parents": "yes"}, "Comment, par qui"),
    ({"status": "sent"}, "Transmise à"), ({"sent_to": "crip"}, "Transmise le"),
])  # fmt: skip
def test_it_says_what_is_missing(desk: Desk, person: bytes, changed: dict[str, str], lacking: str) -> None:
    with pytest.raises(DeskError) as refused:
        concerns.save(desk, written(desk, person, **changed))
    assert lacking in refused.value.parameters["field"]


@pytest.mark.parametrize("text", ["Léa Martin, 2017", "Léa, 12/03/2017", "Léa, rue des Lilas", "2017"])
def test_of_a_child_it_keeps_a_first_name_and_a_year_of_birth(text: str) -> None:
    with pytest.raises(DeskError):
        children_of(text)
    assert children_of("Léa, 2017\n\nMarie-Lou\nN’Golo, 2011") == [("Léa", 2017), ("Marie-Lou", None), ("N’Golo", 2011)]


def test_its_draft_is_listed_without_whose_file_nor_a_word_and_goes_with_the_record(desk: Desk, person: bytes) -> None:
    opened = concerns.opening(desk, person)
    assert isinstance(opened.start, Concern)
    typed = Draft(id=opened.draft.id, form=concerns.FORM, kind="concern", record=opened.start.id, person=person,
                  values={"written": {"facts": TOLD, "text": TOLD}})  # fmt: skip
    work.keep(desk, typed)
    (row,) = [one for one in work.rows(desk, work.drafts(desk)) if one.draft.id == typed.id]
    assert (row.person_name, row.words, row.opening) == ("", 0, "")
    again = concerns.opening(desk, draft=typed.id)
    assert again.stored
    assert isinstance(again.start, Concern)
    assert (again.start.id, again.start.about) == (opened.start.id, person)
    concerns.save(desk, replace(written(desk, person), id=again.start.id), draft=typed.id)
    assert all(one.id != typed.id for one in work.drafts(desk))


def test_saving_is_undone_like_any_other_deed_and_its_name_says_nothing(desk: Desk, person: bytes) -> None:
    shown = stands(desk, person)
    deed = undo.last(desk)
    assert deed is not None
    assert not holds(deed.label)
    undo.undo_last(desk)
    assert desk.store.records.get("concern", shown.record.id) is None


def test_one_about_a_file_joined_to_another_is_listed_from_either_and_withheld_once(desk: Desk, person: bytes) -> None:
    other = people.rows(desk, PersonFilter())[1].id
    record = stands(desk, other).record
    merging.link(desk, person, other)
    assert [one.id for one in concerns.listed(desk, person)] == [record.id]
    assert [one.id for one in concerns.listed(desk, other)] == [record.id]
    shown = desk.store.records.get("person", person)
    assert shown is not None
    assert [one.record for one in copy_lines.lines_of(desk, shown) if one.kind == "concern"] == [record.id]
