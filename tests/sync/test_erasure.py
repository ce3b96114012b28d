"""What the journal keeps of an erased value: everything but the value, whatever arrives when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from spie_sync import merge
from spie_sync.change import EVERY_REGISTER, Change, Origin, body_of, commitment
from spie_sync.erasure import as_kept, emptied, targets
from tests.sync.made import change, dot, dots, id16

FIRST = change("a1", {"text": "secret words", "place": "town"}, salt=b"s" * 16, origin=Origin(id16("p"), 7))
FIRST = replace(FIRST, commitment=commitment(FIRST))


def test_who_when_and_what_it_replaced_stay_the_value_and_the_salt_go() -> None:
    later = replace(FIRST, base={"text": dots("b1"), "place": frozenset()})
    later = replace(later, commitment=commitment(later))
    gone = emptied(later, {EVERY_REGISTER})
    assert not gone.values
    assert gone.salt == b""
    assert gone.base == later.base
    assert b"secret" not in body_of(gone)
    same = ("dot", "circle", "hlc", "person", "deed", "kind", "record", "origin", "commitment", "registers")
    assert all(getattr(gone, name) == getattr(later, name) for name in same)


def test_an_erased_value_keeps_its_place_among_the_heads() -> None:
    second = change("b1", {"text": "second"}, {"text": ["a1"]})
    gone = emptied(second, {"text"})
    assert merge.heads([FIRST, gone])["text"] == dots("b1")
    bare = replace(FIRST, base={})
    assert merge.heads([emptied(bare, {"text"})]) == {"text": dots("a1"), "place": dots("a1")}


@pytest.mark.parametrize("order", [("text", "place"), ("place", "text")])
def test_erasing_one_by_one_or_all_at_once_leaves_the_same(order: tuple[str, str]) -> None:
    step = FIRST
    for name in order:
        step = emptied(step, {name})
        assert commitment(step) == FIRST.commitment
    assert step == emptied(FIRST, {EVERY_REGISTER}) == emptied(step, {EVERY_REGISTER, "text"})


def test_what_remains_beside_an_erased_value_still_verifies_and_cannot_be_altered() -> None:
    gone = emptied(FIRST, {"text"})
    assert gone.values == {"place": "town"}
    assert commitment(gone) == FIRST.commitment
    assert commitment(replace(gone, values={"place": "city"})) != FIRST.commitment
    assert commitment(replace(gone, person=id16("q"))) != FIRST.commitment
    assert commitment(replace(gone, base={**gone.base, "text": dots("b9")})) != FIRST.commitment


def test_nothing_kept_lets_a_guess_be_tested() -> None:
    gone = emptied(FIRST, {"text"})
    guessed = replace(gone, values={**gone.values, "text": "secret words"})
    assert commitment(guessed) != FIRST.commitment


def test_a_commitment_binds_every_part() -> None:
    other: list[dict[str, object]] = [
        {"n": 2}, {"hlc": 1}, {"deed": id16("d")}, {"deed_kind": "imported"}, {"kind": "person"}, {"record": id16("r")},
        {"seen": {id16("a"): 1}}, {"origin": None}, {"erases": frozenset({(dot("a1"), "text")})}, {"salt": b"t" * 16},
        {"circle": id16("c")}, {"values": {"text": "secret words"}}, {"desk": id16("z")},
    ]  # fmt: skip
    made = {commitment(replace(FIRST, **parts)) for parts in other}  # type: ignore[arg-type]
    assert len(made | {FIRST.commitment}) == len(other) + 1


def test_a_late_arrival_is_kept_empty_and_others_whole() -> None:
    eraser = change("b1", {}, erases=targets([FIRST]))
    erased = merge.erasures([eraser])
    assert as_kept(FIRST, erased) == emptied(FIRST, {EVERY_REGISTER})
    untouched = change("a2", {"text": "x"})
    assert as_kept(untouched, erased) is untouched
    assert as_kept(eraser, erased) is eraser
    # The witness outside the profile remembers bare pairs.
    assert as_kept(FIRST, {(FIRST.dot, "text")}) == emptied(FIRST, {"text"})


def test_an_erasure_that_is_erased_still_erases() -> None:
    eraser = change("b1", {}, erases=targets([FIRST]))
    again = change("c1", {}, erases=frozenset({(eraser.dot, EVERY_REGISTER)}))
    erased = merge.erasures([eraser, again])
    assert as_kept(eraser, erased).erases == eraser.erases


def test_the_targets_are_every_writing_of_the_register() -> None:
    rewritten = change("b2", {"text": "secret words"}, {"text": ["a1"]})
    mark = change("b3", {"_del": True})
    everything: list[Change] = [FIRST, rewritten, mark]
    assert targets(everything, {"text"}) == {(dot("a1"), "text"), (dot("b2"), "text")}
    assert targets(everything) == {(dot("a1"), EVERY_REGISTER), (dot("b2"), EVERY_REGISTER)}


def test_a_deletion_mark_is_never_emptied() -> None:
    mark = change("b3", {"_del": True, "text": "x"})
    assert emptied(mark, {EVERY_REGISTER}).values == {"_del": True}
    assert emptied(mark, {"_del"}) is mark
