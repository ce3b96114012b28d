"""What the journal keeps of a change whose values were erased: who, when, bases, digests; never the content."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from spie_sync.change import DELETED, EVERY_REGISTER, Change, Dot, value_digest, value_salt

Target = tuple[Dot, str]


def targets(changes: Iterable[Change], registers: Collection[str] | None = None) -> frozenset[Target]:
    """What an erasing change has to name so that nothing of these registers (None: of anything) stays in these
    changes, the replaced and the written-back values among them."""
    if registers is None:
        return frozenset((change.dot, EVERY_REGISTER) for change in changes if change.registers - {DELETED})
    return frozenset((change.dot, name) for change in changes for name in change.registers & set(registers))


def emptied(change: Change, registers: Collection[str]) -> Change:
    """The change without the values of ``registers``; EVERY_REGISTER stands for all it wrote.

    Dot, person, stamps, bases, ``seen``, ``erases``, origin and commitment stay; the salt goes. ``residue``
    keeps, per register, the digest of what is gone and the own salt of what remains, so that the commitment
    still verifies. The deletion mark is never emptied: it says nothing of anyone, and a record erased after
    it was withdrawn must not come back.
    """
    named = change.registers if EVERY_REGISTER in registers else change.registers & set(registers)
    going = {name for name in named if name != DELETED and name in change.values}
    if not going:
        return change
    return replace(
        change,
        values={name: value for name, value in change.values.items() if name not in going},
        base={name: change.base.get(name, frozenset()) for name in change.registers},
        salt=b"",
        residue={
            name: value_digest(change, name) if name in going or name not in change.values else value_salt(change, name)
            for name in change.registers
        },
    )


def as_kept(change: Change, erased: Collection[Target]) -> Change:
    """The change as a journal that knows these erasures may keep it: on its first arrival, on a late one, and
    when the erasing change arrives after it. ``erased`` may be the answer of ``merge.erasures``, or the pairs
    that the witness outside the profile remembers."""
    registers = {name for name in (*change.registers, EVERY_REGISTER) if (change.dot, name) in erased}
    return emptied(change, registers) if registers else change
