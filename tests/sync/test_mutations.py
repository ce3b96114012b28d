"""Broken on purpose, the merge or the desk around it must fail the model: each test shows that one breakage does."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from random import Random
from types import ModuleType
from typing import Any

import pytest

from spie_sync import erasure, merge
from spie_sync import undo as undoing
from spie_sync.change import Base, Change
from tests.sync.histories import Rules, Screen, World, live, steps

HISTORIES = 150


def broken(module: ModuleType, whole: str, instead: str) -> Any:
    """A copy of the module with one line of its source changed."""
    source = inspect.getsource(module)
    assert source.count(whole) == 1, f"the source no longer holds {whole!r} once"
    copy = ModuleType(module.__name__ + "_broken")
    # Dataclasses look their module up by name: the copy answers by the original's.
    copy.__dict__["__name__"] = module.__name__
    exec(compile(source.replace(whole, instead), copy.__name__, "exec"), copy.__dict__)
    return copy


def faults(rules: Rules, says: str | None = None, most: int = HISTORIES) -> set[str]:
    """What the histories that fail under these rules say, until one says ``says``."""
    found: set[str] = set()
    for seed in range(most):
        random = Random(seed)
        world = World(seed, random.randint(2, 6), random.randint(1, 2), rules)
        try:
            live(world, steps(random, 60))
        except AssertionError as error:
            found.add(str(error).splitlines()[0])
        if says and any(says in one for one in found):
            break
    return found


def base_at_save(screen: Screen, register: str, now: Base) -> Base:
    return now


def single_base(screen: Screen, register: str, now: Base) -> Base:
    return frozenset({screen.shown[register]}) if register in screen.shown else frozenset()


def empty_base(screen: Screen, register: str, now: Base) -> Base:
    return frozenset()


def seen_at_save(screen: Screen, now: Mapping[bytes, int]) -> Mapping[bytes, int]:
    return now


def superseded_dropped(changes: Iterable[Change]) -> dict[str, Base]:
    """Applied as they come: what a base names is forgotten if it has not arrived yet."""
    heads: dict[str, Base] = {}
    for change in changes:
        for name in change.registers:
            heads[name] = merge.after_write(
                heads.get(name, frozenset()), change.base.get(name, frozenset()), change.dot
            )
    return heads


def latest_only(changes: Iterable[Change]) -> dict[str, Base]:
    """Last writer wins."""
    found = list(changes)
    names = {name for change in found for name in change.registers}
    return {name: frozenset({merge.shown(one for one in found if name in one.registers).dot}) for name in names}


def tie_on_arrival(candidates: Iterable[Change]) -> Change:
    return max(enumerate(candidates), key=lambda pair: (pair[1].hlc, pair[0]))[1]


def never_emptied(change: Change, erased: Any) -> Change:
    return change


def place_lost(change: Change, erased: Any) -> Change:
    kept = erasure.as_kept(change, erased)
    return kept if kept is change else replace(kept, base={name: kept.base[name] for name in kept.values})


def salt_kept(change: Change, erased: Any) -> Change:
    kept = erasure.as_kept(change, erased)
    return kept if kept is change else replace(kept, salt=change.salt)


def by_arrival(changes: Iterable[Change], register: str) -> merge.Once:
    found = merge.once(changes, register)
    first = next((one.dot for one in changes if one.dot in found.shown), None)
    return found if first is None else merge.Once(frozenset({first}), found.beside | found.shown - {first})


def last_in_its_place(changes: Iterable[Change], register: str) -> merge.Once:
    found = list(changes)
    return merge.Once(merge.heads(found)[register], frozenset())


def one_value_back(*asked: Any) -> undoing.Undoing:
    plan = undoing.undo(*asked)
    return replace(plan, writes=plan.writes[:1])


def over_newer(deed: Any, present: Any, former: Any, made: Any) -> undoing.Undoing:
    own = frozenset(change.dot for change in deed)
    return undoing.undo(deed, lambda place: present(place) and own, former, made)


def standing_of(module: Any) -> Callable[..., merge.Standing]:
    return lambda changes, below=(): merge.Standing(module.standing(changes, below).value)


@dataclass(frozen=True)
class Breakage:
    rules: Callable[[], Rules]
    says: str


FLIPPED = "return max(candidates, key=lambda change: change.rank)"
SAW = "return change.dot == mark.dot or change.n <= (mark.seen or {}).get(change.desk, 0)"
CHILDREN = "content += [one for one in below if one.registers - {DELETED} or one.values.get(DELETED) is False]"

BREAKAGES = {
    "base at save": Breakage(lambda: Rules(base=base_at_save), "heads"),
    "single base": Breakage(lambda: Rules(base=single_base), "heads"),
    "empty base": Breakage(lambda: Rules(base=empty_base), "heads"),
    "superseded dropped": Breakage(lambda: Rules(heads=superseded_dropped), "heads"),
    "last writer wins": Breakage(lambda: Rules(heads=latest_only), "heads"),
    "clock compare flipped": Breakage(
        lambda: Rules(shown=broken(merge, FLIPPED, FLIPPED.replace("max", "min")).shown), "another head is shown"
    ),
    "tie on a local number": Breakage(lambda: Rules(shown=tie_on_arrival), "another head is shown"),
    "erase ignored": Breakage(lambda: Rules(as_kept=never_emptied), "erased values stay"),
    "late arrival not emptied": Breakage(lambda: Rules(on_arrival=lambda change, erased: change), "erased values stay"),
    "erased register loses its place": Breakage(lambda: Rules(as_kept=place_lost), "heads"),
    "salt kept": Breakage(lambda: Rules(as_kept=salt_kept), "salt"),
    "`seen` ignored": Breakage(lambda: Rules(standing=standing_of(broken(merge, SAW, "return True"))), "standing"),
    "`seen` at save": Breakage(lambda: Rules(seen=seen_at_save), "standing"),
    "children forgotten": Breakage(lambda: Rules(standing=standing_of(broken(merge, CHILDREN, "pass"))), "standing"),
    "equality of spelling": Breakage(
        lambda: Rules(clashing=lambda values: len({repr(v) for v in values}) > 1), "clashes"
    ),
    "once by arrival": Breakage(lambda: Rules(once=by_arrival), "order of arrival"),
    "once like any register": Breakage(lambda: Rules(once=last_in_its_place), "instead"),
    "undo gives one of several back": Breakage(lambda: Rules(undo=one_value_back), "former values"),
    "undo over something newer": Breakage(lambda: Rules(undo=over_newer), "undone o"),
}


@pytest.mark.parametrize("name", BREAKAGES)
def test_broken_on_purpose_the_model_fails(name: str) -> None:
    breakage = BREAKAGES[name]
    found = faults(breakage.rules(), breakage.says)
    assert any(breakage.says in one for one in found), f"{name}: noticed only {found or 'by no history'}"


def test_whole_the_same_histories_pass() -> None:
    assert not faults(Rules())


def test_a_copy_with_nothing_broken_passes() -> None:
    copy = broken(merge, SAW, SAW + "  # the same")
    whole = Rules(
        heads=copy.heads, shown=copy.shown, living=copy.living, clashing=copy.clashing, once=copy.once,
        unbroken=copy.unbroken, standing=standing_of(copy),
    )  # fmt: skip
    assert not faults(whole, most=20)
