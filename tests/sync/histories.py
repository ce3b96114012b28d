"""Random histories over several desks: what was truly on screen is written down as it happens, apart from the merge.

``steps(random)`` draws a history, ``World(...).play(steps)`` lives it, ``heal()`` delivers everything to everyone,
``expected(circle)`` says what must then be seen. ``changes(circle)`` gives all that was written, in its first form:
a real store may receive it in any order. A ``Vocabulary`` says which kinds and values to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, NamedTuple

from spie_sync import erasure, hlc, merge
from spie_sync.change import DELETED, Base, Change, Dot, Origin, Value, body_of, canonical, commitment
from spie_sync.undo import Former, Place, WriteBack, first_origin, undo

YEARS = 365 * 24 * 3600 * 1000
START = 1_790_000_000_000

OPS = (
    *("write",) * 4, *("open",) * 5, *("save",) * 6, *("deliver",) * 8, *("settle",) * 3, *("undo",) * 2,
    *("ask",) * 2, *("confirm",) * 2, "restore", *("erase",) * 2, *("late",) * 2, "clock", "clock",
)  # fmt: skip


class Step(NamedTuple):
    """One act of a history; the numbers choose who, where and what, whatever there is to choose from."""

    op: str
    a: int
    b: int
    c: int


def steps(random: Random, count: int = 60) -> list[Step]:
    return [Step(random.choice(OPS), *(random.randrange(1 << 16) for _ in range(3))) for _ in range(count)]


SPELLINGS: tuple[tuple[Value, ...], ...] = (
    ("caf\u00e9", "cafe\u0301"),
    ("a\nb", "a\r\nb"),
    ({"x": 1, "y": [True]}, {"y": [True], "x": 1}),
    (True,),
    (1,),
    ("",),
)
"""Values that mean the same in one row, something else in another."""


@dataclass(frozen=True)
class Vocabulary:
    """What is written: kind → register → a value from chance and a number never used before.

    ``child`` hangs under ``parent`` by the register ``link``, which holds the parent's id in hexadecimal.
    """

    kinds: Mapping[str, Mapping[str, Callable[[Random, int], Value]]]
    once: frozenset[tuple[str, str]] = frozenset()
    parent: str = "person"
    child: str = "note"
    link: str = "person"


def any_value(random: Random, number: int) -> Value:
    if random.random() < 0.5:
        return f"texte {number}"
    return random.choice(random.choice(SPELLINGS))


def meaning(value: Value) -> str:
    """The oracle's own sense of « the same value », which owes nothing to ``canonical``."""
    for row, spellings in enumerate(SPELLINGS):
        if any(type(value) is type(one) and value == one for one in spellings):
            return f"row {row}"
    return repr(value)


PLAIN = Vocabulary(
    kinds={
        "person": {"identity": any_value, "address": any_value},
        "note": {"text": any_value, "signed": any_value},
        "kind of a later version": {"register of a later version": any_value},
    },
    once=frozenset({("note", "signed")}),
)


class Screen(NamedTuple):
    """What one form, card or dialog showed when it opened."""

    circle: bytes
    kind: str
    record: bytes
    heads: Mapping[str, Base]
    values: Mapping[str, Sequence[Value]]
    shown: Mapping[str, Dot]
    received: frozenset[Dot]
    seen: Mapping[bytes, int]


def base_on_screen(screen: Screen, register: str, now: Base) -> Base:
    return screen.heads.get(register, frozenset())


def seen_on_screen(screen: Screen, now: Mapping[bytes, int]) -> Mapping[bytes, int]:
    return screen.seen


@dataclass(frozen=True)
class Rules:
    """What a desk follows; a mutation hands in a broken one."""

    heads: Callable[[Iterable[Change]], dict[str, Base]] = merge.heads
    shown: Callable[[Iterable[Change]], Change] = merge.shown
    living: Callable[[Iterable[Change], str], list[Change]] = merge.living
    clashing: Callable[[Iterable[Value]], bool] = merge.clashing
    standing: Callable[[Sequence[Change], Iterable[Change]], merge.Standing] = merge.standing
    once: Callable[[Iterable[Change], str], merge.Once] = merge.once
    unbroken: Callable[[Iterable[Dot]], dict[bytes, int]] = merge.unbroken
    as_kept: Callable[[Change, Any], Change] = erasure.as_kept
    on_arrival: Callable[[Change, Any], Change] | None = None
    tick: Callable[[int, int], int] = hlc.tick
    base: Callable[[Screen, str, Base], Base] = base_on_screen
    seen: Callable[[Screen, Mapping[bytes, int]], Mapping[bytes, int]] = seen_on_screen
    undo: Callable[..., Any] = undo


@dataclass
class ModelDesk:
    """A desk in memory: its journal per circle in order of arrival, and the rules it follows."""

    id: bytes
    person: bytes
    rules: Rules
    offset: int = 0
    last: int = 0
    journal: dict[bytes, dict[Dot, Change]] = field(default_factory=dict)
    forms: list[Screen] = field(default_factory=list)
    dialogs: list[Screen] = field(default_factory=list)
    deeds: list[list[Change]] = field(default_factory=list)

    def held(self, circle: bytes) -> list[Change]:
        return list(self.journal.setdefault(circle, {}).values())

    def of(self, circle: bytes, record: bytes) -> list[Change]:
        return [change for change in self.held(circle) if change.record == record]

    def receive(self, changes: Iterable[Change], now: int) -> None:
        for change in changes:
            journal = self.journal.setdefault(change.circle, {})
            self.last = hlc.hear(self.last, change.hlc, now + self.offset)
            if change.dot not in journal:
                self.keep(change)

    def keep(self, change: Change) -> None:
        journal = self.journal.setdefault(change.circle, {})
        erased = merge.erasures((*journal.values(), change))
        journal[change.dot] = (self.rules.on_arrival or self.rules.as_kept)(change, erased)
        for dot, _ in change.erases:
            if dot in journal:
                journal[dot] = self.rules.as_kept(journal[dot], erased)

    def open(self, circle: bytes, kind: str, record: bytes) -> Screen:
        here = {change.dot: change for change in self.of(circle, record)}
        heads = self.rules.heads(here.values())
        values = {
            name: [here[dot].values[name] for dot in sorted(dots) if name in here[dot].values]
            for name, dots in heads.items()
        }
        shown = {
            name: self.rules.shown(self.rules.living([one for one in here.values() if one.dot in dots], name)).dot
            for name, dots in heads.items() if dots
        }  # fmt: skip
        received = frozenset(self.journal.setdefault(circle, {}))
        return Screen(circle, kind, record, heads, values, shown, received, self.rules.unbroken(received))

    def write(self, now: int, deed: bytes, salt: bytes, **parts: Any) -> Change:
        """Number, stamp, commit to and keep one change."""
        n = 1 + max((dot.n for dot in self.journal.setdefault(parts["circle"], {}) if dot.desk == self.id), default=0)
        self.last = self.rules.tick(self.last, now + self.offset)
        change = Change(
            desk=self.id, n=n, hlc=self.last, person=self.person, deed=deed, deed_kind="typed", salt=salt, **parts
        )
        change = replace(change, commitment=commitment(change))
        self.keep(change)
        return change


@dataclass(frozen=True)
class Written:
    """The truth about one change: which dots its author had on screen, and which she had received."""

    change: Change
    displayed: Mapping[str, Base]
    received: frozenset[Dot]


@dataclass(frozen=True)
class Expected:
    """What everyone must see of a record once everything has arrived, computed from the truth alone."""

    heads: Mapping[str, Base]
    shown: Mapping[str, Dot]
    clashing: frozenset[str]
    standing: merge.Standing
    erased: frozenset[tuple[Dot, str]]


class World:
    """Desks, circles and records, and the truth about all that was written."""

    def __init__(
        self, seed: int, desks: int = 3, circles: int = 1, rules: Rules | None = None, words: Vocabulary = PLAIN
    ) -> None:
        self.random = Random(seed)
        self.words, self.now, self.number = words, START, 0
        people = [self.random.randbytes(16) for _ in range(max(1, desks - 1))]
        self.desks = [
            ModelDesk(self.random.randbytes(16), people[i % len(people)], rules or Rules()) for i in range(desks)
        ]
        self.circles = [self.random.randbytes(16) for _ in range(circles)]
        self.members = {
            circle: self.desks if not i else self.desks[: max(2, desks - 1)] for i, circle in enumerate(self.circles)
        }
        # The same ids in every circle: they are different records.
        kinds = [self.words.parent, self.words.child, *self.words.kinds]
        self.records = [(kind, self.random.randbytes(16)) for kind in kinds]
        self.top, self.below = self.records[0][1], self.records[1][1]
        self.truth: dict[bytes, dict[Dot, Written]] = {circle: {} for circle in self.circles}
        self.erased: dict[bytes, set[tuple[Dot, str]]] = {circle: set() for circle in self.circles}

    # -- living a history

    def play(self, history: Iterable[Step]) -> World:
        for step in history:
            self.now += (0, 0, 1, 60_000)[step.c % 4]
            circle = self.circles[step.b % len(self.circles)]
            desk = self.members[circle][step.a % len(self.members[circle])]
            getattr(self, f"_{step.op}")(desk, circle, step)
        return self

    def changes(self, circle: bytes) -> list[Change]:
        """All that was written in the circle, whole, in the order of writing."""
        return [one.change for one in self.truth[circle].values()]

    def heal(self) -> None:
        """Everything reaches everyone: shuffled, twice, as first written and as each desk keeps it."""
        for circle in self.circles:
            flying = self.changes(circle) + [change for desk in self.members[circle] for change in desk.held(circle)]
            for desk in self.members[circle]:
                self.random.shuffle(flying)
                desk.receive(flying, self.now)
                desk.receive(reversed(flying), self.now)

    def settle_all(self) -> None:
        """One person settles each clash with all of it on screen."""
        for circle in self.circles:
            desk = self.random.choice(self.members[circle])
            for kind, record in self.records:
                screen = desk.open(circle, kind, record)
                chosen = {name: self._pick(desk, screen, name) for name in screen.heads if screen.values[name]}
                if chosen:
                    self._put(desk, screen, chosen)

    def _pick(self, desk: ModelDesk, screen: Screen, register: str) -> Value:
        """For a register written once, one of the texts shown; else any of the values."""
        if (screen.kind, register) in self.words.once:
            here = {change.dot: change for change in desk.of(screen.circle, screen.record)}
            shown = desk.rules.once(here.values(), register).shown
            texts = [here[dot].values[register] for dot in sorted(shown) if register in here[dot].values]
            if texts:
                return self.random.choice(texts)
        return self.random.choice(screen.values[register])

    def _put(
        self, desk: ModelDesk, screen: Screen, values: Mapping[str, Value], *, origin: Origin | None = None,
        deed: bytes | None = None, **parts: Any,
    ) -> Change:  # fmt: skip
        now = desk.rules.heads(desk.of(screen.circle, screen.record))
        if values.get(DELETED) is True:
            received = desk.rules.unbroken(desk.journal[screen.circle])
            parts["seen"] = dict(desk.rules.seen(screen, received))
        base = {name: desk.rules.base(screen, name, now.get(name, frozenset())) for name in values}
        change = desk.write(
            self.now, deed or self.random.randbytes(16), self.random.randbytes(16), circle=screen.circle,
            kind=screen.kind, record=screen.record, values=dict(values), base=base, origin=origin, **parts,
        )  # fmt: skip
        displayed = {name: screen.heads.get(name, frozenset()) for name in values}
        self.truth[screen.circle][change.dot] = Written(change, displayed, screen.received)
        if deed is None:
            desk.deeds.append([change])
        return change

    def _values(self, kind: str, record: bytes, step: Step) -> dict[str, Value]:
        random = Random(step.c)
        names = sorted(self.words.kinds[kind])
        chosen = names if step.c % 3 == 0 else [names[step.c % len(names)]]
        values: dict[str, Value] = {}
        for name in chosen:
            self.number += 1
            values[name] = self.words.kinds[kind][name](random, self.number)
        if kind == self.words.child and record == self.below:
            values[self.words.link] = self.top.hex()
        return values

    def _at(self, step: Step) -> tuple[str, bytes]:
        return self.records[step.b // 7 % len(self.records)]

    def _open(self, desk: ModelDesk, circle: bytes, step: Step) -> None:
        desk.forms.append(desk.open(circle, *self._at(step)))

    def _save(self, desk: ModelDesk, circle: bytes, step: Step) -> None:
        if desk.forms:
            screen = desk.forms.pop(step.b % len(desk.forms))
            self._put(desk, screen, self._values(screen.kind, screen.record, step))

    def _write(self, desk: ModelDesk, circle: bytes, step: Step) -> None:
        screen = desk.open(circle, *self._at(step))
        self._put(desk, screen, self._values(screen.kind, screen.record, step))

    def _settle(self, desk: ModelDesk, circle: bytes, step: Step) -> None:
        screens = [desk.open(circle, *at) for at in self.records]
        torn = [
            (screen, name) for screen in screens for name, values in sorted(screen.values.items())
            if name != DELETED and len({meaning(value) for value in values}) > 1
        ]  # fmt: skip
        if torn:
            screen, name = torn[step.b % len(torn)]
            self._put(desk, screen, {name: self._pick(desk, screen, name)})

    def _deliver(self, desk: ModelDesk, circle: bytes, step: Step) -> None:
        """Some of what a neighbour holds, as she keeps it, in any order, some of it twice."""
        random = Random(step.c)
        held = random.choice(self.members[circle]).held(circle)
        sent = random.sample(held, k=random.choice((len(held), len(held) // 2)))
        desk.receive(sent + sent[:3], self.now)

    def _late(self, desk: ModelDesk, circle: bytes, step: Step) -> None:
        """A forgotten stick: changes as they were first written, erased since or not."""
        found = self.changes(circle)
        desk.receive(Random(step.c).sample(found, k=len(found) // 2), self.now)

    def _ask(self, desk: ModelDesk, circle: bytes, step: Step) -> None:
        desk.dialogs.append(desk.open(circle, *self.records[step.b % 2]))

    def _confirm(self, desk: ModelDesk, circle: bytes, step: Step) -> None:
        if desk.dialogs:
            screen = desk.dialogs.pop(0)
            self._put(desk, screen, {DELETED: True})

    def _restore(self, desk: ModelDesk, circle: bytes, step: Step) -> None:
        screen = desk.open(circle, *self.records[step.b % 2])
        if DELETED in screen.heads:
            self._put(desk, screen, {DELETED: False})

    def _erase(self, desk: ModelDesk, circle: bytes, step: Step) -> None:
        kind, record = self._at(step)
        named = None if step.c % 2 else {sorted(self.words.kinds[kind])[0]}
        here = desk.of(circle, record)
        targets = erasure.targets(here, named)
        if not targets:
            return
        for change in here:
            names = self.truth[circle][change.dot].change.values
            self.erased[circle] |= {(change.dot, name) for name in named or names if name in names and name != DELETED}
        self._put(desk, desk.open(circle, kind, record), {}, erases=targets)

    def _clock(self, desk: ModelDesk, circle: bytes, step: Step) -> None:
        desk.offset = (0, 0, 20 * YEARS, -20 * YEARS, 4 * 60_000)[step.b % 5]

    def _undo(self, desk: ModelDesk, circle: bytes, step: Step) -> None:
        deeds = [deed for deed in desk.deeds if deed[0].circle == circle]
        if not deeds:
            return
        deed = deeds[-1 - step.b % min(3, len(deeds))]
        record, kind = deed[0].record, deed[0].kind
        here = {change.dot: change for change in desk.of(circle, record)}
        screen = desk.open(circle, kind, record)

        def former(_: bytes, dot: Dot, register: str) -> Former | None:
            if dot not in here or register not in here[dot].values:
                return None
            return Former(here[dot].values[register], first_origin(here[dot]))

        own = {change.dot for change in deed}
        plan = desk.rules.undo(
            deed, lambda place: screen.heads.get(place.register, frozenset()), former,
            lambda _, one: {change.dot for change in here.values()} <= own,
        )  # fmt: skip
        act = self.random.randbytes(16)
        done = [self._put_back(desk, screen, write, act) for write in plan.writes]
        done += [self._put(desk, screen, {place.register: None}, deed=act) for place in plan.blank]
        done += [self._put(desk, screen, {DELETED: True}, deed=act) for _ in plan.withdrawn]
        if done:
            desk.deeds.append(done)
        self._check_undo(desk, deed, screen, plan.left, bool(plan.withdrawn))

    def _put_back(self, desk: ModelDesk, screen: Screen, write: WriteBack, act: bytes) -> Change:
        assert all(write.base[name] == screen.heads[name] for name in write.values), "undone on another base"
        return self._put(desk, screen, write.values, origin=write.origin, deed=act)

    def _check_undo(
        self, desk: ModelDesk, deed: Sequence[Change], before: Screen, left: frozenset[Place], withdrawn: bool
    ) -> None:
        """Right after: each register shows what the deed had on screen, or is named as left and untouched."""
        after = desk.open(before.circle, before.kind, before.record)
        truth = self.truth[before.circle]
        own = {change.dot for change in deed}
        for name in {name for change in deed for name in truth[change.dot].change.values}:
            if withdrawn:
                continue
            if Place(before.circle, before.record, name) in left:
                assert after.heads.get(name) == before.heads.get(name), "touched what it said it left"
                continue
            assert before.heads.get(name, own) <= own, "undone over something newer"
            was = {dot for change in deed for dot in truth[change.dot].displayed.get(name, ())} - own
            nothing = meaning(False) if name == DELETED else meaning(None)
            wanted = {meaning(truth[dot].change.values[name]) for dot in was} or {nothing}
            assert {meaning(value) for value in after.values.get(name, ())} == wanted, "the former values are not back"

    # -- what must be seen

    def expected(self, circle: bytes) -> dict[bytes, Expected]:
        return {record: self._expected(circle, record) for _, record in self.records}

    def _expected(self, circle: bytes, record: bytes) -> Expected:
        truth = {dot: one for dot, one in self.truth[circle].items() if one.change.record == record}
        heads: dict[str, Base] = {}
        for name in {name for one in truth.values() for name in one.change.values}:
            seen = {dot for one in truth.values() for dot in one.displayed.get(name, ())}
            heads[name] = frozenset(dot for dot, one in truth.items() if name in one.change.values) - seen
        erased = frozenset((dot, name) for dot, name in self.erased[circle] if dot in truth)
        alive = {name: [dot for dot in dots if (dot, name) not in erased] for name, dots in heads.items()}
        shown = {
            name: max(alive[name] or dots, key=lambda dot: (truth[dot].change.hlc, dot.desk, dot.n))
            for name, dots in heads.items()
        }
        torn = {
            name for name, dots in alive.items() if len({meaning(truth[dot].change.values[name]) for dot in dots}) > 1
        }
        return Expected(heads, shown, frozenset(torn), self._stands(circle, record, heads), erased)

    def _stands(self, circle: bytes, record: bytes, heads: Mapping[str, Base]) -> merge.Standing:
        truth = self.truth[circle]
        marks = [truth[dot] for dot in heads.get(DELETED, ())]
        says = {one.change.values[DELETED] for one in marks}
        if True not in says:
            return merge.Standing.STANDS
        if False in says:
            return merge.Standing.CONTESTED
        for dot, one in truth.items():
            mine = one.change.record == record and set(one.change.values) - {DELETED}
            child = record == self.top and one.change.record == self.below and (
                set(one.change.values) - {DELETED} or one.change.values.get(DELETED) is False
            )  # fmt: skip
            if (mine or child) and not any(_knew(mark, dot) for mark in marks):
                return merge.Standing.CONTESTED
        return merge.Standing.DELETED


def _knew(mark: Written, dot: Dot) -> bool:
    """Whether every change of that desk up to this one had been received when the deletion was asked."""
    own = mark.change.dot == dot
    return own or all(Dot(dot.desk, n) in mark.received for n in range(1, dot.n + 1))


# -- holding the desks to it


def check(world: World) -> None:
    """After healing: what every desk sees is what the truth says, and is the same everywhere. AssertionError."""
    for circle in world.circles:
        expected = world.expected(circle)
        for desk in world.members[circle]:
            assert set(desk.journal.get(circle, {})) == set(world.truth[circle]), "a change is missing"
            for kind, record in world.records:
                _check_record(world, desk, circle, kind, record, expected[record])
        bodies = [{d: body_of(c) for d, c in desk.journal.get(circle, {}).items()} for desk in world.members[circle]]
        assert all(one == bodies[0] for one in bodies), "the journals differ"


def _check_record(world: World, desk: ModelDesk, circle: bytes, kind: str, record: bytes, wanted: Expected) -> None:
    here = {change.dot: change for change in desk.of(circle, record)}
    screen = desk.open(circle, kind, record)
    assert screen.heads == wanted.heads, "heads: an unseen value is missing, or a settled one came back"
    assert screen.shown == wanted.shown, "another head is shown"
    torn = {name for name, values in screen.values.items() if desk.rules.clashing(values)}
    assert torn == wanted.clashing, "clashes"
    below = desk.of(circle, world.below) if record == world.top else []
    assert desk.rules.standing(list(here.values()), below) is wanted.standing, "standing"
    for dot, change in here.items():
        _check_erasure(change, world.truth[circle][dot].change, {n for d, n in wanted.erased if d == dot})
    for name in wanted.heads:
        if (kind, name) in world.words.once:
            _check_once(world, desk, list(here.values()), name, wanted)


def _check_erasure(kept: Change, first: Change, erased: set[str]) -> None:
    assert set(kept.values) == set(first.values) - erased, "erased values stay, or others went"
    assert kept.commitment == commitment(kept) == commitment(first), "the commitment no longer holds"
    assert kept.registers == first.registers, "an erased register lost its place"
    assert (kept.salt == b"") == bool(erased), "the salt"
    assert all(dict(kept.base)[name] == first.base[name] for name in first.base), "a base went"


def _check_once(world: World, desk: ModelDesk, here: list[Change], register: str, wanted: Expected) -> None:
    circle = here[0].circle
    truth = {dot: one for dot, one in world.truth[circle].items() if dot in {c.dot for c in here}}
    found = desk.rules.once(here, register)
    for _ in range(3):
        world.random.shuffle(here)
        assert desk.rules.once(here, register) == found, "the listing depends on the order of arrival"

    def text(dot: Dot) -> str:
        gone = (dot, register) in wanted.erased
        return f"erased {dot}" if gone else meaning(truth[dot].change.values[register])

    visible = {text(dot) for dot in (*found.shown, *found.beside)}
    alive = {dot for dot in wanted.heads[register] if (dot, register) not in wanted.erased}
    assert all(text(dot) in visible for dot in alive), "a text is nowhere"
    assert found.beside <= alive, "a settled text is listed"
    firsts = {dot for dot, one in truth.items() if register in one.displayed and not one.displayed[register]}
    unseen = {dot for dot in firsts if dot in wanted.heads[register]}
    assert unseen <= found.shown, "a first signature is hidden by someone who had not seen it"
    authors = {truth[dot].change.person for dot in firsts}
    assert found.shown, "nothing is shown"
    assert all(truth[dot].change.person in authors for dot in found.shown), "a stranger's text is shown instead"


def check_settled(world: World) -> None:
    """After one person settled all that she saw and everything arrived: no clash anywhere, none comes back."""
    check(world)
    for circle in world.circles:
        for kind, record in world.records:
            desk = world.members[circle][0]
            here = desk.of(circle, record)
            for name, values in desk.open(circle, kind, record).values.items():
                assert len({canonical(value) for value in values}) <= 1, "a settled clash is back"
                if (kind, name) in world.words.once and values:
                    found = desk.rules.once(here, name)
                    texts = {canonical(c.values[name]) for c in here if c.dot in found.shown and name in c.values}
                    assert len(texts) <= 1, "settled, and still two texts shown"
                    # The text of an erased signature cannot be chosen again: what stands beside it stays listed.
                    assert not (texts and found.beside), "settled, and still a text beside"


def live(world: World, history: Iterable[Step]) -> World:
    """Play, heal, check; settle everything, heal, check again."""
    world.play(history)
    world.heal()
    check(world)
    world.settle_all()
    world.heal()
    check_settled(world)
    return world


# -- for a real store


def lived(seed: int, words: Vocabulary = PLAIN, *, desks: int = 4, circles: int = 1, count: int = 80) -> World:
    """A healed world after ``count`` steps: ``changes(circle)`` to replay, ``expected(circle)`` to meet."""
    world = World(seed, desks, circles, words=words).play(steps(Random(seed), count))
    world.heal()
    check(world)
    return world


def arrivals(world: World, circle: bytes, random: Random) -> list[Change]:
    """Every change of the circle as first written, in any order, a third of them twice."""
    found = world.changes(circle)
    found += random.sample(found, k=len(found) // 3)
    random.shuffle(found)
    return found
