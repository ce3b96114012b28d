"""Any history of links, separations, edits, deletions and undone acts, on two desks: nothing is lost, all agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from spie_desk.app.files import LocalFiles
from spie_desk.app.shipped_lists import example_people, value_lists
from spie_desk.domain.circles import socle
from spie_desk.domain.errors import DeskError
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.one_person import Half, groups
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records.person import Person
from spie_desk.services import casefile, merging, notes, people, records, undo
from spie_desk.services.desk import Desk
from spie_desk.services.founding import found, me_of
from spie_desk.services.one_file import members
from spie_desk.store import joining
from spie_desk.store.engine import close_engine, create_database, open_engine
from spie_desk.store.open import EncryptedStore, open_store
from spie_sync.change import Change
from tests.clock import FakeChance, FakeClock

KEY = bytes(range(32))


@pytest.fixture
def desks(tmp_path: Any) -> Iterator[list[Desk]]:
    """Two desks of one professional's team; the second one knows nothing yet."""
    made: list[Desk] = []
    engines = []
    me, structure = founders(example_people())
    for seed in (1, 2):
        path = tmp_path / f"{seed}.db"
        create_database(path, bytearray(KEY), b"v" * 16)
        engines.append(open_engine(path, bytearray(KEY)))
        clock, chance = FakeClock(), FakeChance(seed)
        store = open_store(engines[-1], clock, chance)
        found(store, me, structure)
        who = me_of(store)
        assert who is not None
        made.append(Desk(store, clock, chance, who[0], who[1], value_lists(), LocalFiles()))
    yield made
    for engine in engines:
        close_engine(engine)


class History:
    """What was written, and how it travels."""

    def __init__(self, desks: list[Desk], random: Random) -> None:
        self.desks, self.random = desks, random
        self.written: list[Change] = []
        self.texts: Counter[str] = Counter()
        self.files = [self._file(n) for n in range(4)]
        self._introduce()
        self.travel()

    def _introduce(self) -> None:
        """The second desk knows the files' circles by name, as whoever is given one does."""
        here, there = (desk.store for desk in self.desks)
        assert isinstance(here, EncryptedStore)
        assert isinstance(there, EncryptedStore)
        for file in self.files:
            with here._transactions.reading() as connection:
                invitation = joining.invitation_to(connection, socle(file))
            assert invitation is not None
            with there._transactions.writing("learn") as connection:
                joining.learn(connection, invitation, file)

    def _file(self, n: int) -> bytes:
        one = Person(id=bytes([n + 1]) * 16, last_name=f"Nom{n}", first_name="Ana")
        self.act(self.desks[0], lambda desk: people.create(desk, one))
        return one.id

    def act(self, desk: Desk, deed: Callable[[Desk], Any]) -> None:
        heard: list[bytes] = []
        desk.store.subscribe(lambda touched: heard.append(touched.deed))
        try:
            deed(desk)
        except DeskError:
            return
        for one in dict.fromkeys(deed for deed in heard if deed):
            self.written += [change for change in desk.store.records.deed(one) if change not in self.written]

    def travel(self) -> None:
        for desk in self.desks:
            desk.store.receive(self.random.sample(self.written, k=len(self.written)))

    def step(self, n: int) -> None:
        desk = self.random.choice(self.desks)
        one, other = self.random.sample(self.files, 2)
        deeds: list[tuple[int, Callable[[Desk], Any]]] = [
            (30, lambda desk: merging.link(desk, one, other)),
            (15, lambda desk: merging.separate(desk, one)),
            (10, lambda desk: merging.choose(desk, one, "name", other)),
            (5, lambda desk: merging.make_main(desk, one, other)),
            (20, lambda desk: self._note(desk, one, f"note {n}")),
            (10, lambda desk: _rename(desk, one, f"surnom {n}")),
            (10, lambda desk: _hide(desk, one)),
            (10, _undo_a_link),
        ]
        (deed,) = self.random.choices([deed for _, deed in deeds], [weight for weight, _ in deeds])
        self.act(desk, deed)
        desk.clock.move(minutes=1)  # type: ignore[attr-defined]
        if self.random.random() < 0.35:
            self.travel()

    def _note(self, desk: Desk, person: bytes, text: str) -> None:
        self.texts[text] += 1
        notes.sign(desk, replace(notes.blank(desk, members(desk, person)[0]), text=text))


def _rename(desk: Desk, person: bytes, nickname: str) -> None:
    shown = desk.store.records.get("person", person)
    assert shown is not None
    records.save(desk, "person", replace(shown.record, nickname=nickname), shown)


def _hide(desk: Desk, person: bytes) -> None:
    """The address is not to be given out any more, or it is again: what finds both files changes."""
    shown = desk.store.records.get("person", person)
    assert shown is not None
    town = replace(shown.record, town=f"Ville{person[0]}", undisclosed=not shown.record.undisclosed)
    records.save(desk, "person", town, shown)


def _undo_a_link(desk: Desk) -> None:
    last = undo.last(desk)
    if last is not None and {change.kind for change in desk.store.records.deed(last.id)} == {"same_as"}:
        undo.undo_deed(desk, last)


def state(desk: Desk) -> list[tuple[bytes, ...]]:
    return sorted({one.members for one in desk.store.lists.together().values()})


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost_and_both_desks_agree(desks: list[Desk], seed: int) -> None:
    history = History(desks, Random(seed))
    for n in range(26):
        history.step(n)
    history.travel()
    for desk in desks:
        standing = {one.record.id for one in desk.store.records.find("person")}
        found = Counter(one.record.text for one in desk.store.records.find("note"))
        assert found == history.texts
        seen: Counter[str] = Counter()
        rows = people.rows(desk, PersonFilter())
        assert people.count(desk, PersonFilter()) == len(rows)
        shown = [file for row in rows for file in members(desk, row.id)]
        assert sorted(shown) == sorted(standing), "each file is in one line, and one only"
        for row in rows:
            file = casefile.open_file(desk, row.id)
            assert file is not None
            assert row.name == file.face.name
            seen.update(one.shown.record.text for one in file.timeline if one.kind == "note")
        assert seen == history.texts, "each note is read in one file, and one only"
        assert isinstance(desk.store, EncryptedStore)
        assert desk.store.check() == []
    assert state(desks[0]) == state(desks[1])
    # taken apart, every file is alone again with what was written there
    (desk, _other) = desks
    while desk.store.lists.together():
        merging.separate(desk, next(iter(desk.store.lists.together())))
    assert len(people.rows(desk, PersonFilter())) == len(standing)
    assert Counter(one.record.text for one in desk.store.records.find("note")) == history.texts


def test_the_same_link_made_by_two_desks_is_one(desks: list[Desk]) -> None:
    history = History(desks, Random(1))
    one, other = history.files[:2]
    for desk in desks:
        history.act(desk, lambda desk: merging.link(desk, one, other))
    history.travel()
    for desk in desks:
        assert len(desk.store.records.find("same_as")) == 2, "one half in each file"
        assert desk.store.records.clashes() == []
        assert members(desk, other) == (one, other)


def test_two_desks_that_choose_another_main_have_a_question_and_one_answer_meanwhile(desks: list[Desk]) -> None:
    history = History(desks, Random(2))
    one, other = history.files[:2]
    history.act(desks[0], lambda desk: merging.link(desk, one, other))
    history.act(desks[1], lambda desk: merging.link(desk, other, one))
    history.travel()
    assert state(desks[0]) == state(desks[1])
    assert {clash.register for clash in desks[0].store.records.clashes()} == {"link"}


@pytest.mark.parametrize("seed", range(20))
def test_groups_are_the_same_in_any_order(seed: int) -> None:
    random = Random(seed)
    files = [bytes([n]) * 16 for n in range(8)]
    halves = []
    for _ in range(9):
        one, other = random.sample(files, 2)
        main = random.choice((one, other))
        halves += [Half(one, other, main), Half(other, one, main)]
    halves = halves[: -random.randrange(3)] or halves
    wanted = {file: one.members for file, one in groups(halves).items()}
    for _ in range(5):
        random.shuffle(halves)
        assert {file: one.members for file, one in groups(halves).items()} == wanted
    assert all(file in members_ for file, members_ in wanted.items())


def test_one_half_alone_joins_nothing() -> None:
    one, other = b"a" * 16, b"b" * 16
    assert groups([Half(one, other, one)]) == {}
    assert groups([Half(one, one, one)]) == {}
