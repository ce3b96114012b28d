"""Attacks on real profiles: erased words stay gone, dots are given once, typed text is kept, no value stops a page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.shipped_lists import example_people
from spie_desk.domain.circles import Sort
from spie_desk.domain.drafts import Draft
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records import KINDS
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.around import Right
from spie_desk.domain.records.note import CIRCLE, Note
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.review import Review
from spie_desk.domain.shown import Shown
from spie_desk.services import (
    appointments,
    basket,
    casefile,
    clashes,
    extracts,
    note_form,
    notes,
    past,
    people,
    quick,
    readers,
    records,
    reviews,
    sheets,
    today,
    undo,
    views,
    work,
)
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import NewProfile, Opened
from spie_desk.store import tables
from spie_desk.store.engine import connect
from spie_desk.store.open import EncryptedStore
from spie_sync import frames
from spie_sync.change import Change, Value
from tests.clock import FakeClock
from tests.examples import an_id
from tests.stores import PASSPHRASE

CANARY = "zygomorphe"


@pytest.fixture
def opened(door: LocalDoorway) -> Iterator[list[Opened]]:
    """A profile of one's own; the last one opened is closed at the end."""
    me, structure = founders(example_people())
    first = door.create(
        NewProfile(label="Bureau", colour="teal", passphrase=PASSPHRASE, me=me, structure=structure)
    )
    every = [first]
    yield every
    for one in every:
        one.keeper.close()


def a_person(desk: Desk, **parts: Any) -> Shown[Person]:
    record = Person(id=desk.chance.id(), **parts)
    people.create(desk, record)
    found = desk.store.records.get("person", record.id)
    assert found is not None
    return found


def a_note(desk: Desk, person: bytes, text: str) -> Shown[Note]:
    note = replace(notes.blank(desk, person), text=text)
    notes.sign(desk, note)
    found = desk.store.records.get("note", note.id)
    assert found is not None
    return found


def again(door: LocalDoorway, every: list[Opened]) -> Desk:
    """Close and open."""
    every[-1].keeper.close()
    every.append(door.unlock(every[-1].keeper.card.id, PASSPHRASE))
    return every[-1].desk


def restored(door: LocalDoorway, every: list[Opened], backup: str) -> Desk:
    every[-1].keeper.close()
    every.append(door.restore(every[-1].keeper.card.id, backup, PASSPHRASE, lambda _done, _total: None))
    return every[-1].desk


def plain(opened: Opened, folder: Path) -> bytes:
    """Every page of the store, decrypted: what a thief with the key could read."""
    keeper: Any = opened.keeper
    path = folder / "plain.db"
    path.unlink(missing_ok=True)
    keeper.store._transactions.empty_log()
    raw = connect(keeper.opened.folder / "vault.db", keeper.opened.key("db"))
    raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(path),))
    raw.execute("SELECT sqlcipher_export('plain')").fetchall()
    raw.execute("DETACH DATABASE plain")
    raw.close()
    return path.read_bytes().lower()


def test_a_name_erased_is_in_no_label_of_a_deed_nor_report(opened: list[Opened], tmp_path: Path) -> None:
    desk = opened[-1].desk
    person = a_person(desk, last_name=CANARY, first_name="Ana")
    people.change_referent(desk, person, an_id("other"))
    desk.store.settings.set("import_report:00", {"name": f"{CANARY}.csv", "created": 1})
    shown = records.get(desk, "person", person.record.id)
    assert shown is not None
    records.save(desk, "person", replace(shown.record, last_name="Autre"), shown, label=CANARY)
    undo.undo_last(desk)
    assert CANARY.encode() in plain(opened[-1], tmp_path)
    shown = records.get(desk, "person", person.record.id)
    assert shown is not None
    records.erase(desk, shown, frozenset({"name"}))
    assert CANARY.encode() not in plain(opened[-1], tmp_path)
    assert desk.store.settings.get("import_report:00") == {"name": "", "created": 1}


def test_a_quick_note_erased_comes_back_from_no_backup(
    door: LocalDoorway, opened: list[Opened], tmp_path: Path
) -> None:
    desk = opened[-1].desk
    round_ = quick.Round(place=f"chez {CANARY}")
    draft = quick.note_quickly(desk, f"{CANARY} était là", round_)
    quick.remember_round(desk, round_)
    backup = opened[-1].keeper.back_up(lambda _done, _total: None, lambda: False)
    quick.erase(desk, draft)
    assert CANARY.encode() not in plain(opened[-1], tmp_path)
    desk = restored(door, opened, backup.id)
    assert desk.store.drafts.all() == []


def test_the_draft_of_an_erased_note_comes_back_from_no_backup(
    door: LocalDoorway, opened: list[Opened], tmp_path: Path
) -> None:
    desk = opened[-1].desk
    wrong, right = a_person(desk, last_name="Abel"), a_person(desk, last_name="Abelle")
    note = replace(notes.blank(desk, wrong.record.id), text=f"Elle parle de {CANARY}.")
    draft = Draft(id=an_id("draft"), form="note", kind="note", record=note.id, person=wrong.record.id,
                  values=quick.values_of(note))  # fmt: skip
    work.keep(desk, draft)
    backup = opened[-1].keeper.back_up(lambda _done, _total: None, lambda: False)
    notes.sign(desk, note, draft=draft.id)
    shown = desk.store.records.get("note", note.id)
    assert shown is not None
    notes.move(desk, shown, right.record.id)
    desk = restored(door, opened, backup.id)
    assert desk.store.drafts.all() == []
    assert CANARY.encode() not in plain(opened[-1], tmp_path)


def test_the_paper_of_an_erased_note_comes_back_from_no_backup(
    door: LocalDoorway, opened: list[Opened], tmp_path: Path
) -> None:
    desk = opened[-1].desk
    note = a_note(desk, a_person(desk, last_name="Abel").record.id, f"Elle parle de {CANARY}.")
    sheet = sheets.of_note(desk, note.record.id)
    assert sheet is not None
    basket.put(desk, sheet)
    assert CANARY.encode() in plain(opened[-1], tmp_path)
    backup = opened[-1].keeper.back_up(lambda _done, _total: None, lambda: False)
    records.erase(desk, note)
    assert basket.waiting(desk) == []
    desk = restored(door, opened, backup.id)
    assert basket.waiting(desk) == []
    assert CANARY.encode() not in plain(opened[-1], tmp_path)


@pytest.mark.parametrize("how", ["another computer", "killed before it was told"])
def test_what_the_witness_never_heard_of_stays_erased_in_old_backups(
    door: LocalDoorway, opened: list[Opened], tmp_path: Path, how: str
) -> None:
    desk = opened[-1].desk
    note = a_note(desk, a_person(desk, last_name="Abel").record.id, f"Elle parle de {CANARY}.")
    backup = opened[-1].keeper.back_up(lambda _done, _total: None, lambda: False)
    store: Any = desk.store
    if how == "killed before it was told":
        store._watch = replace(store._watch, erased=lambda targets: None)
    records.erase(desk, note)
    opened[-1].keeper.close()
    if how == "another computer":
        shutil.rmtree(door.state)
    again(door, opened)
    desk = restored(door, opened, backup.id)
    assert CANARY.encode() not in plain(opened[-1], tmp_path)
    found = desk.store.records.get("note", note.record.id)
    assert found is not None
    assert found.erased == {"content"}


def test_erasing_a_value_keeps_what_else_was_being_typed(opened: list[Opened]) -> None:
    desk = opened[-1].desk
    person = a_person(desk, last_name="Abel", email="faux@example.org")
    work.keep(desk, Draft(
        id=an_id("draft"), form="file", kind="person", record=person.record.id, person=person.record.id,
        circle=person.circle, bases=person.bases,
        values={"contact_rules": {"contact_note": "pas le soir"}, "email": "faux@example.org"},
    ))  # fmt: skip
    records.erase(desk, person, frozenset({"email"}))
    (draft,) = desk.store.drafts.all()
    assert draft.values == {"contact_rules": {"contact_note": "pas le soir"}}


def test_what_is_typed_after_an_erasure_outlives_a_move_to_another_computer(
    door: LocalDoorway, opened: list[Opened]
) -> None:
    desk = opened[-1].desk
    person = a_person(desk, last_name="Abel", email="faux@example.org")
    records.erase(desk, person, frozenset({"email"}))
    work.keep(desk, Draft(id=an_id("draft"), form="file", kind="person", record=person.record.id,
                          person=person.record.id, values={"email": "juste@example.org"}))  # fmt: skip
    shutil.copytree(door.root, door.root.with_name("elsewhere"))
    other = replace(door, root=door.root.with_name("elsewhere"))
    desk = again(other, opened)
    (draft,) = desk.store.drafts.all()
    assert draft.values == {"email": "juste@example.org"}


def test_a_note_in_the_wrong_file_leaves_with_all_that_repeats_it(opened: list[Opened], tmp_path: Path) -> None:
    desk = opened[-1].desk
    wrong, right = a_person(desk, last_name="Abel"), a_person(desk, last_name="Abelle")
    note = a_note(desk, wrong.record.id, f"Elle parle de {CANARY}.")
    a_note(desk, wrong.record.id, "Une autre, bien à sa place.")
    notes.widen(desk, note, CIRCLE)
    notes.correct(desk, note, f"Rectificatif : pas de {CANARY}.")
    review = Review(id=an_id("review"), on=date(2026, 12, 20))
    records.save(desk, "review", review)
    reviews.add_passage(desk, review.id, wrong.record.id)
    (passage,) = desk.store.records.find("passage")
    (item,) = [one for one in extracts.items(desk, wrong.record.id) if one.kind == "note"]
    extracts.tick(desk, passage.record.id, item)
    notes.move(desk, note, right.record.id)
    left = desk.store.records.find("note", {"person": wrong.record.id})
    assert [one.record.text for one in left] == ["Une autre, bien à sa place."]
    moved = {one.record.text: one.record for one in desk.store.records.find("note", {"person": right.record.id})}
    assert len(moved) == 2
    assert desk.store.records.count("note", {"person": right.record.id}) == 3
    (first,) = desk.store.records.find("note", {"person": right.record.id, "compartment": "ma-structure",
                                                "corrects": None})  # fmt: skip
    assert moved[f"Rectificatif : pas de {CANARY}."].corrects == first.record.id
    assert desk.store.records.find("extract") == []
    store: Any = desk.store
    assert store.check() == []
    for one in desk.store.records.find("note", {"person": right.record.id}):
        records.erase(desk, one)
    assert CANARY.encode() not in plain(opened[-1], tmp_path)


def test_what_was_shown_of_a_record_in_a_review_is_erased_with_it(opened: list[Opened], tmp_path: Path) -> None:
    desk = opened[-1].desk
    person = a_person(desk, last_name="Abel").record.id
    action = an_action(desk, person, desk.me.id, date(2026, 12, 20))
    records.save(desk, "action", replace(action, what=f"Appeler {CANARY}"))
    review = Review(id=an_id("review"), on=date(2026, 12, 20))
    records.save(desk, "review", review)
    reviews.add_passage(desk, review.id, person)
    (passage,) = desk.store.records.find("passage")
    (item,) = [one for one in extracts.items(desk, person) if one.kind == "action"]
    extracts.tick(desk, passage.record.id, item)
    (value,) = [one for one in past.of_file(desk, person) if one.kind == "action" and one.register == "what"]
    past.erase_value(desk, value)
    assert desk.store.records.find("extract") == []
    assert CANARY.encode() not in plain(opened[-1], tmp_path)


def stranger(change: Change, **parts: Any) -> Change:
    return replace(change, desk=an_id("stranger"), n=1, person=an_id("somebody"), deed=an_id("their deed"),
                   hlc=change.hlc + (1 << 20), commitment=b"", salt=b"", **parts)  # fmt: skip


def test_a_stranger_beside_a_note_takes_nothing_from_its_author_and_is_not_lost_on_the_way(
    opened: list[Opened],
) -> None:
    desk = opened[-1].desk
    wrong, right = a_person(desk, last_name="Abel"), a_person(desk, last_name="Abelle")
    note = a_note(desk, wrong.record.id, "Le texte signé.")
    (signed,) = [one for one in desk.store.records.deed(note.first.deed) if one.kind == "note"]
    content: Any = signed.values["content"]
    desk.store.receive([stranger(signed, values={"content": {**content, "text": "Un autre texte."}},
                                 base={"content": frozenset({signed.dot})})])  # fmt: skip
    shown = desk.store.records.get("note", note.record.id)
    assert shown is not None
    assert shown.record.text == "Le texte signé."
    assert shown.beside == {"content"}
    assert notes.why_not_again(desk, shown) is None
    notes.move(desk, shown, right.record.id)
    moved = desk.store.records.find("note", {"person": right.record.id})
    assert {one.record.text for one in moved} == {"Le texte signé.", "Un autre texte."}


def test_another_copy_of_this_desk_makes_it_a_new_one_and_stops_no_save(
    door: LocalDoorway, opened: list[Opened]
) -> None:
    desk = opened[-1].desk
    store: Any = desk.store
    person = a_person(desk, last_name="Abel")
    (created,) = [one for one in desk.store.records.deed(person.first.deed) if one.kind == "person"]
    former = store.desk_id
    store.receive([replace(created, n=(1 << 63) - 1, deed=an_id("copy"), commitment=b"")])
    assert store.desk_id != former
    shown = records.get(desk, "person", person.record.id)
    assert shown is not None
    records.save(desk, "person", replace(shown.record, nickname="Zaza"), shown)
    desk = again(door, opened)
    shown = records.get(desk, "person", person.record.id)
    assert shown is not None
    assert shown.record.nickname == "Zaza"
    a_person(desk, last_name="Bel")


def test_a_register_spelt_in_two_ways_is_one(opened: list[Opened]) -> None:
    desk = opened[-1].desk
    person = a_person(desk, last_name="Abel")
    (created,) = [one for one in desk.store.records.deed(person.first.deed) if one.kind == "person"]
    store: Any = desk.store
    name = "re\u0301ponse"
    for record in (person.record.id, an_id("never seen")):
        desk.store.receive([stranger(created, record=record, values={name: 1}, base={name: frozenset({created.dot})})])
        assert store.check() == []


def test_the_circles_of_a_new_profile(opened: list[Opened]) -> None:
    keeper: Any = opened[-1].keeper
    desk = opened[-1].desk

    def sorts() -> list[str]:
        with keeper.engine.connect().execution_options(ro=True) as connection:
            return sorted(connection.scalars(select(tables.circle.c.sort)))

    assert sorts() == [Sort.PERSONAL, Sort.STRUCTURE]
    person = a_person(desk, last_name="Abel")
    assert sorts() == [Sort.PERSONAL, Sort.SOCLE, Sort.STRUCTURE]
    a_note(desk, person.record.id, "Mots.")
    assert sorts() == [Sort.OWN, Sort.PERSONAL, Sort.SOCLE, Sort.STRUCTURE]


@pytest.mark.parametrize("years", [20, -20])
def test_a_clock_wrong_by_twenty_years_loses_nothing(
    door: LocalDoorway, opened: list[Opened], clock: FakeClock, years: int
) -> None:
    right = clock.now()
    desk = opened[-1].desk
    person = a_person(desk, last_name="Abel")
    backup = opened[-1].keeper.back_up(lambda _done, _total: None, lambda: False)
    clock.move(timedelta(days=365 * years))
    desk = again(door, opened)
    note = a_note(desk, person.record.id, "Écrit sous une horloge fausse.")
    assert casefile.open_file(desk, person.record.id) is not None
    today.today(desk)
    opened[-1].keeper.back_up(lambda _done, _total: None, lambda: False)
    clock.set(right + timedelta(days=1))
    desk = again(door, opened)
    shown = records.get(desk, "person", person.record.id)
    assert shown is not None
    records.save(desk, "person", replace(shown.record, nickname="Zaza"), shown)
    shown = records.get(desk, "person", person.record.id)
    assert shown is not None
    assert shown.record.nickname == "Zaza", "who saw a value replaces it, whatever the clocks say"
    file = casefile.open_file(desk, person.record.id)
    assert file is not None
    assert note.record.id in {entry.shown.record.id for entry in file.timeline}
    assert desk.store.records.clashes() == []
    assert backup.id in {one.id for one in opened[-1].keeper.backups()}


HOSTILE: tuple[Value, ...] = (
    None, True, False, 0, -1, 1800, 1 << 62, 1 << 70, -(1 << 80), 10**400, "", "x", "\x00a", "9999-12-31", "0001-01-01",
    "2026-02-30", "2026-W01-1", "20260101", [], [[]], ["zz"], ["00"], [1], {}, {"a": {"b": []}}, "00" * 16, "00" * 17,
    "é" * 5000, "24:99", "*" * 100, "[x](javascript:1)", "\u202e", "'\";--",
)  # fmt: skip


def hostile(desk: Desk, random: Random) -> Iterator[Change]:
    """Values of any shape on registers of everything that is here, by someone whose clock is anything."""
    number = 0
    for kind in KINDS:
        for shown in desk.store.records.find(kind.name, limit=8):
            kept = {kind.parent, "person"} & kind.by_name.keys()
            if shown.record.id in {desk.me.id, desk.structure.id}:
                continue
            for name in kind.register_names:
                if name in kept or random.random() < 0.5:
                    continue
                value: Any = random.choice(HOSTILE)
                if name in kind.registers:
                    value = {item.name: random.choice(HOSTILE) for item in kind.fields_of(name)}
                    value |= {one: getattr(shown.record, one).hex() for one in kept if one in value}
                number += 1
                yield Change(
                    desk=an_id("stranger"), circle=shown.circle, n=number, person=an_id("somebody"),
                    hlc=random.choice((0, (1 << 63) - 1, shown.last.hlc + number)), deed=an_id(f"deed {number}"),
                    deed_kind=random.choice(("typed", "undone", "?")), kind=kind.name, record=shown.record.id,
                    values={name: value}, base={name: shown.bases.of(name)} if random.random() < 0.7 else {},
                )  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_hostile_values_stop_no_page(example_desk: Desk, seed: int) -> None:
    desk, random = example_desk, Random(seed)
    changes = list(hostile(desk, random))
    random.shuffle(changes)
    desk.store.receive(frames.decode(frames.encode(changes)))
    store = desk.store
    assert isinstance(store, EncryptedStore)
    assert store.check() == []
    rows = people.rows(desk, PersonFilter())
    assert rows
    pages: list[Callable[[], object]] = [
        lambda: today.today(desk), lambda: today.counters(desk), lambda: clashes.waiting(desk),
        lambda: views.overview(desk), lambda: people.search(desk, "a"),
        lambda: appointments.week(desk, desk.clock.now().date()), lambda: reviews.rows(desk),
        lambda: [reviews.meeting(desk, one.record.id) for one in reviews.list_all(desk)],
    ]  # fmt: skip
    for page in pages:
        page()
    for row in rows[:5]:
        for read in (casefile.open_file, past.of_file, readers.volets, extracts.items, note_form.opening):
            read(desk, row.id)


def test_nothing_of_a_long_life_is_cut(opened: list[Opened]) -> None:
    desk = opened[-1].desk
    person = a_person(desk, last_name="Abel")
    other = a_person(desk, last_name="Bel")
    day = desk.clock.now().date()
    with desk.store.unit() as unit:
        for n in range(520):
            unit.put("note", replace(notes.blank(desk, person.record.id), text=f"Mots {n}.", digest="-"))
        for n in range(210):
            unit.put("right", a_right(desk, other.record.id, day - timedelta(days=400 + n)))
        unit.put("right", a_right(desk, person.record.id, day + timedelta(days=3)))
        for _n in range(520):
            unit.put("action", an_action(desk, other.record.id, an_id("colleague"), day - timedelta(days=90)))
        unit.put("action", an_action(desk, person.record.id, desk.me.id, day - timedelta(days=1)))
    file = casefile.open_file(desk, person.record.id)
    assert file is not None
    assert len([one for one in file.timeline if one.kind == "note"]) == 520
    shown = today.today(desk)
    assert [one.shown.record.person for one in shown.rights] == [person.record.id]
    assert [one.shown.record.person for one in shown.late] == [person.record.id]


def a_right(desk: Desk, person: bytes, ends_on: date) -> Any:
    return Right(id=desk.chance.id(), person=person, scheme="rsa", ends_on=ends_on)


def an_action(desk: Desk, person: bytes, owner: bytes, due_on: date) -> Any:
    return Action(id=desk.chance.id(), person=person, what="Appeler", owner=owner, due_on=due_on)
