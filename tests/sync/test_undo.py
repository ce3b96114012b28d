"""Undoing: what is written back, under whose name, and what is left because someone wrote since."""

from __future__ import annotations

from collections.abc import Iterable

from spie_sync import merge
from spie_sync.change import Base, Change, Dot, Origin
from spie_sync.undo import Former, Place, Undoing, first_origin, undo
from tests.sync.made import change, dot, dots, id16

CIRCLE, RECORD = id16("circle"), id16("record")


def undone(deed: Iterable[Change], journal: Iterable[Change], *, made: bool = False) -> Undoing:
    """The undo of a deed in this journal, which holds one record."""
    here = {one.dot: one for one in journal}
    heads = merge.heads(here.values())

    def present(place: Place) -> Base:
        return heads.get(place.register, frozenset())

    def former(circle: bytes, name: Dot, register: str) -> Former | None:
        one = here.get(name)
        if one is None or register not in one.values:
            return None
        return Former(one.values[register], first_origin(one))

    return undo(deed, present, former, lambda circle, record: made)


def place(register: str) -> Place:
    return Place(CIRCLE, RECORD, register)


def origin(name: str, person: str = "") -> Origin:
    return Origin(id16(person or name[0]), dot(name).n << 16)


def test_the_former_value_comes_back_under_its_first_author_on_what_the_deed_wrote() -> None:
    old, new = change("a1", {"text": "old"}), change("b1", {"text": "new"}, {"text": ["a1"]})
    (back,) = undone([new], [old, new]).writes
    assert (back.values, back.base, back.origin) == ({"text": "old"}, {"text": dots("b1")}, origin("a1"))


def test_a_settlement_undone_is_the_clash_again_every_value_a_head_of_its_own() -> None:
    apart = [change("a1", {"text": "x"}), change("b1", {"text": "y"})]
    settled = change("c1", {"text": "x"}, {"text": ["a1", "b1"]})
    plan = undone([settled], [*apart, settled])
    assert sorted((str(one.values["text"]), one.origin) for one in plan.writes) == [
        ("x", origin("a1")),
        ("y", origin("b1")),
    ]
    assert all(one.base == {"text": dots("c1")} for one in plan.writes)
    again = [
        change(f"c{n}", one.values, {"text": ["c1"]}, origin=one.origin) for n, one in enumerate(plan.writes, start=2)
    ]
    everything = [*apart, settled, *again]
    assert merge.heads(everything)["text"] == dots("c2", "c3")
    (redone,) = undone(again, everything).writes
    assert (redone.values, redone.base) == ({"text": "x"}, {"text": dots("c2", "c3")})


def test_equal_former_values_come_back_once_under_the_earliest() -> None:
    apart = [change("a5", {"text": "x"}), change("b1", {"text": "x"})]
    settled = change("c1", {"text": "z"}, {"text": ["a5", "b1"]})
    (back,) = undone([settled], [*apart, settled]).writes
    assert back.origin == origin("b1")


def test_where_something_newer_or_unseen_stands_it_is_left_and_named() -> None:
    old = change("a1", {"text": "old", "place": "town"})
    new = change("b1", {"text": "new", "place": "city"}, {"text": ["a1"], "place": ["a1"]})
    newer = change("c1", {"text": "newer"}, {"text": ["b1"]})
    beside = change("c1", {"text": "beside"}, {"text": ["a1"]})
    for other in (newer, beside):
        plan = undone([new], [old, new, other])
        assert plan.left == {place("text")}
        assert [one.values for one in plan.writes] == [{"place": "town"}]


def test_an_erased_former_value_does_not_come_back() -> None:
    old, new = change("a1", {}, {}), change("b1", {"text": "new"}, {"text": ["a1"]})
    plan = undone([new], [old, new])
    assert plan == Undoing(left=frozenset({place("text")}))


def test_registers_of_one_origin_come_back_in_one_change() -> None:
    old = change("a1", {"text": "old", "place": "town"})
    new = change("b1", {"text": "new", "place": "city"}, {"text": ["a1"], "place": ["a1"]})
    (back,) = undone([new], [old, new]).writes
    assert back.values == {"text": "old", "place": "town"}


def test_a_register_first_written_goes_blank_and_a_record_first_made_is_withdrawn() -> None:
    made = change("a1", {"text": "x"})
    assert undone([made], [made]).blank == {place("text"): dots("a1")}
    assert undone([made], [made], made=True) == Undoing(withdrawn=((CIRCLE, "note", RECORD),))


def test_a_record_first_made_and_worked_on_since_is_left_whole() -> None:
    made = change("a1", {"text": "x", "place": "town"})
    newer = change("b1", {"text": "y"}, {"text": ["a1"]})
    assert undone([made], [made, newer], made=True) == Undoing(left=frozenset({place("text"), place("place")}))


def test_a_deletion_undone_says_that_the_record_stands() -> None:
    gone = change("a2", {"_del": True}, seen={id16("a"): 1})
    (back,) = undone([gone], [change("a1", {"text": "x"}), gone]).writes
    assert (back.values, back.base) == ({"_del": False}, {"_del": dots("a2")})


def test_a_deed_that_wrote_twice_is_undone_to_what_stood_before_both() -> None:
    old, one = change("a1", {"text": "old"}), change("b1", {"text": "one"}, {"text": ["a1"]})
    two = change("b2", {"text": "two"}, {"text": ["b1"]})
    (back,) = undone([one, two], [old, one, two]).writes
    assert (back.values, back.base) == ({"text": "old"}, {"text": dots("b2")})


def test_an_erasure_is_nothing_to_undo() -> None:
    eraser = change("b1", {}, erases=frozenset({(dot("a1"), "*")}))
    assert undone([eraser], [eraser]) == Undoing()


def test_a_restoration_undone_is_a_deletion_that_carries_what_it_has_seen() -> None:
    gone = change("a2", {"_del": True}, seen={id16("a"): 1})
    back = change("a3", {"_del": False}, {"_del": ["a2"]})
    assert undone([back], [change("a1", {"text": "x"}), gone, back]) == Undoing(withdrawn=((CIRCLE, "note", RECORD),))


def test_a_record_first_made_and_touched_elsewhere_since_is_left_whole() -> None:
    made = change("a1", {"text": "x"})
    heads = merge.heads([made])
    plan = undo([made], lambda at: heads[at.register], lambda *asked: None, lambda *of: True, lambda *of: True)
    assert plan == Undoing(left=frozenset({place("text")}))
