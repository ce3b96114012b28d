"""The laws of the merge, on any set of changes, and its hard cases one by one."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spie_sync import merge
from spie_sync.change import Change, Dot, canonical
from spie_sync.erasure import as_kept, emptied, targets
from spie_sync.merge import Standing
from tests.sync.made import change, dots, id16

DESKS = "abc"
NAMES = st.builds(lambda desk, n: f"{desk}{n}", st.sampled_from(DESKS), st.integers(1, 5))


@st.composite
def any_changes(draw: st.DrawFn) -> list[Change]:
    """Any set at all: bases that have not arrived, that name themselves, that go round in a ring."""
    names = draw(st.lists(NAMES, unique=True, max_size=9))
    return [
        change(
            name,
            {"signed": draw(st.sampled_from(["x", "y", "z"]))},
            {"signed": draw(st.lists(NAMES, unique=True, max_size=3))},
            person=draw(st.sampled_from("pq")),
        )
        for name in names
    ]


@given(any_changes(), st.randoms(use_true_random=False))
def test_heads_and_once_depend_on_the_set_alone(changes: list[Change], random: Random) -> None:
    again = changes + changes[: len(changes) // 2]
    random.shuffle(again)
    assert merge.heads(again) == merge.heads(changes)
    assert merge.once(again, "signed") == merge.once(changes, "signed")


@given(any_changes())
def test_something_is_always_shown_and_every_living_head_is_visible(changes: list[Change]) -> None:
    by_dot = {one.dot: one for one in changes}
    found = merge.once(changes, "signed")
    tips = merge.heads(changes).get("signed", frozenset())
    assert bool(tips) == bool(found.shown) == bool(changes)
    visible = {canonical(by_dot[dot].values["signed"]) for dot in found.shown | found.beside}
    assert {canonical(by_dot[dot].values["signed"]) for dot in tips} <= visible


@given(st.lists(st.integers(0, 5), max_size=8), st.randoms(use_true_random=False))
def test_a_local_write_has_the_heads_that_the_whole_set_has(back: list[int], random: Random) -> None:
    written: list[Change] = []
    for place, steps_back in enumerate(back):
        now = merge.heads(written).get("text", frozenset())
        old = merge.heads(written[: max(0, place - steps_back)]).get("text", frozenset())
        desk = random.choice(DESKS)
        n = 1 + sum(one.desk == id16(desk) for one in written)
        one = change(f"{desk}{n}", {"text": place}, hlc=place)
        written.append(replace(one, base={"text": old}))
        assert merge.after_write(now, old, one.dot) == merge.heads(written)["text"]


def test_a_value_replaced_before_it_arrived_stays_replaced() -> None:
    late, early = change("a1", {"text": "old"}), change("b1", {"text": "new"}, {"text": ["a1"]})
    assert merge.heads([early, late]) == merge.heads([late, early]) == {"text": dots("b1")}


def test_a_change_cannot_hide_itself_nor_a_ring_its_register() -> None:
    assert merge.heads([change("a1", {"text": "x"}, {"text": ["a1"]})]) == {"text": dots("a1")}
    ring = [change("a1", {"text": "x"}, {"text": ["b1"]}), change("b1", {"text": "y"}, {"text": ["a1"]})]
    assert merge.heads(ring) == {"text": dots("a1", "b1")}
    assert merge.once(ring, "text").shown == dots("a1", "b1")


def test_the_shown_head_is_the_latest_then_by_desk_then_by_number() -> None:
    first, second = change("a9", {"text": "x"}, hlc=5), change("b1", {"text": "y"}, hlc=5)
    assert merge.shown([first, second]) is second
    assert merge.shown([change("b1", {}, hlc=5), change("b2", {}, hlc=5)]).n == 2
    assert merge.shown([change("a1", {}, hlc=6), second]).desk == id16("a")


def test_equal_values_are_no_clash_however_they_are_spelt() -> None:
    assert not merge.clashing(["caf\u00e9", "cafe\u0301"])
    assert not merge.clashing([{"a": 1, "b": "x\r\ny"}, {"b": "x\ny", "a": 1}])
    assert merge.clashing([True, 1])
    assert not merge.clashing([])


def test_an_erased_head_hides_no_living_one() -> None:
    gone = emptied(change("b1", {"text": "y"}, hlc=9 << 16), {"text"})
    alive = change("a1", {"text": "x"})
    assert merge.heads([gone, alive])["text"] == dots("a1", "b1")
    assert merge.living([gone, alive], "text") == [alive]
    assert merge.living([gone], "text") == [gone]


# -- canonical


def test_canonical_refuses_what_no_value_holds() -> None:
    for wrong in (1.0, {"a": [0.5]}, {1: "x"}, b"x", object()):
        with pytest.raises(TypeError):
            canonical(wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="spell the same"):
        canonical({"caf\u00e9": 1, "cafe\u0301": 2})


def test_canonical_saves_whatever_was_typed() -> None:
    assert canonical("a\ud83d") == canonical("a\ufffd")
    assert canonical("\ud83d\ude00") == canonical("\U0001f600")


# -- once


def sign(name: str, text: str, *base: str, person: str = "") -> Change:
    return change(name, {"signed": text}, {"signed": base}, person=person)


def test_the_author_may_sign_again_and_nobody_else_in_her_place() -> None:
    first, again, stranger = sign("a1", "t1"), sign("a2", "t2", "a1"), sign("b1", "other", "a1")
    assert merge.once([first, again], "signed") == merge.Once(dots("a2"), frozenset())
    assert merge.once([first, stranger], "signed") == merge.Once(dots("a1"), dots("b1"))
    assert merge.once([first, again, stranger], "signed") == merge.Once(dots("a2"), dots("b1"))


def test_she_signs_again_after_a_stranger_wrote_whichever_heads_her_form_showed() -> None:
    first, stranger = sign("a1", "t1"), sign("b1", "other", "a1")
    for base in (("b1",), ("a1", "b1")):
        assert merge.once([first, stranger, sign("a2", "t2", *base)], "signed") == merge.Once(dots("a2"), frozenset())


def test_two_first_signatures_are_both_shown_until_one_text_is_chosen() -> None:
    both = [sign("a1", "x"), sign("b1", "y")]
    assert merge.once(both, "signed").shown == dots("a1", "b1")
    chosen = sign("c1", "y", "a1", "b1")
    assert merge.once([*both, chosen], "signed") == merge.Once(dots("b1"), frozenset())
    resigned = sign("b2", "y, better", "c1")
    assert merge.once([*both, chosen, resigned], "signed") == merge.Once(dots("b2"), frozenset())
    undone = [sign("c2", "x", "c1"), sign("c3", "y", "c1")]
    assert merge.once([*both, chosen, *undone], "signed") == merge.Once(dots("a1", "b1"), frozenset())


def test_a_third_text_does_not_choose() -> None:
    both = [sign("a1", "x"), sign("b1", "y")]
    assert merge.once([*both, sign("c1", "z", "a1", "b1")], "signed") == merge.Once(dots("a1", "b1"), dots("c1"))


def test_going_back_to_a_text_she_replaced_is_no_choice() -> None:
    signed = [sign("a1", "t1"), sign("a2", "t2", "a1"), sign("b1", "t1", "a2")]
    assert merge.once(signed, "signed") == merge.Once(dots("a2"), dots("b1"))


def test_one_person_with_two_desks_replaces_her_own() -> None:
    signed = [sign("a1", "x", person="p"), sign("b1", "y", person="p"), sign("b2", "z", "a1", "b1", person="p")]
    assert merge.once(signed, "signed") == merge.Once(dots("b2"), frozenset())


def test_what_it_replaces_has_not_arrived_then_it_waits_beside() -> None:
    first, again = sign("a1", "t1"), sign("a2", "t2", "a1", "d7")
    assert merge.once([first, again], "signed") == merge.Once(dots("a1"), dots("a2"))
    assert merge.once([again], "signed").shown == dots("a2")


# -- deletion


def delete(name: str, seen: dict[str, int], *base: str, said: bool = True) -> Change:
    return change(name, {"_del": said}, {"_del": base}, seen={id16(desk): n for desk, n in seen.items()})


def test_a_deletion_that_saw_everything_deletes() -> None:
    edit = change("a1", {"text": "x"})
    assert merge.standing([edit, delete("b1", {"a": 1})]) is Standing.DELETED
    assert merge.standing([edit, delete("b1", {"a": 1})], [change("a2", {"text": "below"})]) is Standing.CONTESTED
    assert merge.standing([edit, delete("b1", {})]) is Standing.CONTESTED
    assert merge.standing([edit]) is Standing.STANDS


def test_a_child_withdrawn_apart_contests_nothing_but_one_brought_back_does() -> None:
    gone = [change("a1", {"text": "x"}), delete("b1", {"a": 1, "c": 1})]
    below = [change("c1", {"text": "child"}), delete("c2", {"c": 1})]
    assert merge.standing(gone, below) is Standing.DELETED
    assert merge.standing(gone, [*below, delete("c3", {}, "c2", said=False)]) is Standing.CONTESTED


def test_two_deletions_apart_that_saw_all_between_them_delete() -> None:
    edits = [change("a1", {"text": "x"}), change("b1", {"text": "y"})]
    assert merge.standing([*edits, delete("c1", {"a": 1}), delete("d1", {"b": 1})]) is Standing.DELETED


def test_taking_a_deletion_back_against_deleting_again_is_a_clash() -> None:
    first = delete("a1", {})
    assert merge.standing([first, delete("a2", {}, "a1", said=False)]) is Standing.STANDS
    apart = [first, delete("a2", {}, "a1", said=False), delete("b1", {"a": 1}, "a1")]
    assert merge.standing(apart) is Standing.CONTESTED


def test_erasing_everything_does_not_bring_a_deleted_record_back() -> None:
    edit, gone = change("a1", {"text": "x"}), delete("b1", {"a": 1})
    erased = targets([edit, gone])
    kept = [as_kept(one, erased) for one in (edit, gone)]
    assert not kept[0].values
    assert merge.standing(kept) is Standing.DELETED


def test_what_arrived_behind_the_screen_is_not_seen() -> None:
    received = [Dot(id16("a"), n) for n in (1, 2, 3, 5)] + [Dot(id16("b"), 1)]
    assert merge.unbroken(received) == {id16("a"): 3, id16("b"): 1}
    assert merge.seen_when_shown(received, dots("a2", "a3", "a5")) == {id16("a"): 1, id16("b"): 1}


def test_the_earliest_of_several_erasures_is_named() -> None:
    late = change("a9", {}, hlc=9, erases=frozenset({(Dot(id16("b"), 1), "*")}))
    early = change("c1", {}, hlc=3, erases=frozenset({(Dot(id16("b"), 1), "text")}))
    found = merge.erasures([late, early])
    assert merge.eraser_of(found, Dot(id16("b"), 1), "text") is early
    assert merge.eraser_of(found, Dot(id16("b"), 1), "other") is late
    assert merge.eraser_of(found, Dot(id16("b"), 2), "text") is None
