"""Hurts the shipped example lists by chance and imports them dry: what is neither read nor refused is a fault, kept.

    python3 dev.py fuzz [--seconds N] [--seed S]
"""

from __future__ import annotations

import argparse
import io
import secrets
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from spie_desk.services.desk import Desk
from spie_desk.shipped import shipped
from spie_desk.store.engine import create_database
from tests.clock import FakeChance, FakeClock
from tests.fuzz.judging import Verdict
from tests.fuzz.judging import judge as judged
from tests.stores import _open

EXAMPLES = ("import_beneficiaires.csv", "import_beneficiaires_partial.csv", "import_beneficiaires.xlsx")
SLOW_SECONDS = 20
"""Longer than this for one small file is a fault too: the person at the screen would think it dead."""
PIECES = (b"\x00", b"\xff", b'"', b";", b"\t", b"\r", b"\n", b"=1+1", b"@SUM(A1)", b"\xef\xbb\xbf", b"\xc3\x28", b"''",
          b"9" * 40, b"1/1/1", b"-", b"{", b"<", b"&#0;", b"\xe2\x80\xae", "é".encode() * 50, b"1 85 05 78 006 084 91",
          b"31/02/1990", b"\xed\xa0\x80", b";" * 350)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What a file did that no file may do; ``number`` is its turn under the seed."""

    number: int
    file: Path
    error: str


@dataclass
class Found:
    tries: int = 0
    read: int = 0
    refused: int = 0
    faults: list[Fault] = field(default_factory=list)


def run(
    *, seed: int, seconds: float, tries: int = 0, into: Path, judge: Callable[[Desk, Path], object] = judged
) -> Found:
    """So many tries, or for so long; each failing file is written to ``into`` under its seed and turn."""
    examples = [(Path(name).suffix, Path(str(shipped(f"examples/{name}"))).read_bytes()) for name in EXAMPLES]
    found, ends = Found(), time.monotonic() + seconds
    with _desk() as (desk, folder):
        while found.tries < tries or (not tries and time.monotonic() < ends):
            ending, content = mutated(Random(f"{seed}/{found.tries}"), examples)
            file = folder / f"essai{ending}"
            file.write_bytes(content)
            _try(found, desk, file, judge, into / f"{seed}-{found.tries}{ending}")
            found.tries += 1
    return found


def _try(found: Found, desk: Desk, file: Path, judge: Callable[[Desk, Path], object], kept: Path) -> None:
    begun, error = time.process_time(), ""
    try:
        verdict = judge(desk, file)
        if isinstance(verdict, Verdict):
            found.refused += bool(verdict.said)
            found.read += not verdict.said
    except BaseException as fault:
        if isinstance(fault, KeyboardInterrupt):
            raise
        error = type(fault).__name__
    if not error and time.process_time() - begun > SLOW_SECONDS:
        error = "slow"
    if error:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(file.read_bytes())
        found.faults.append(Fault(found.tries, kept, error))


def mutated(random: Random, examples: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """One example, hurt in one to six places; of a workbook, most often inside one of its parts."""
    ending, content = random.choice(examples)
    if ending == ".xlsx" and random.random() < 0.8:
        return ending, _in_a_part(random, content)
    content = _hurt(random, content, examples)
    return random.choice((ending, ending, ending, ".csv", ".xlsx", ".ods", ".txt")), content


def _in_a_part(random: Random, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = random.choice(names)
        for name in names:
            part = old.read(name)
            new.writestr(name, _hurt(random, part, [("", part)]) if name == chosen else part)
    return out.getvalue()


def _hurt(random: Random, content: bytes, others: list[tuple[str, bytes]]) -> bytes:
    for _turn in range(random.randint(1, 6)):
        at = random.randrange(len(content) + 1)
        much = min(random.choice((1, 2, 8, 60, 500)), len(content) - at)
        match random.randrange(7):
            case 0:
                content = content[:at] + random.choice(PIECES) + content[at:]
            case 1:
                content = content[:at] + content[at + much :]
            case 2:
                content = content[:at] + content[at : at + much] * random.choice((2, 3, 40)) + content[at + much :]
            case 3:
                content = content[:at] + random.randbytes(much) + content[at + much :]
            case 4:
                content = content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]
            case 5:
                other = random.choice(others)[1]
                content = content[:at] + other[random.randrange(len(other) + 1) :]
            case _:
                lines = content.split(b"\n")
                random.shuffle(lines)
                content = b"\n".join(lines)
    return content


@contextmanager
def _desk() -> Iterator[tuple[Desk, Path]]:
    with tempfile.TemporaryDirectory(prefix="spie-desk-fuzz-") as made:
        folder, key = Path(made), secrets.token_bytes(32)
        create_database(folder / "vault.db", bytearray(key), b"v" * 16)
        desk, close = _open(folder / "vault.db", key, FakeClock(), FakeChance())
        try:
            yield desk, folder
        finally:
            close()


def main() -> int:
    asked = argparse.ArgumentParser(prog="dev.py fuzz", description="hurt example lists by chance, import them dry")
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--seed", type=int, default=secrets.randbelow(1 << 32))
    asked.add_argument("--into", type=Path, default=Path("out/fuzz"), help="where a failing file is kept")
    wanted = asked.parse_args()
    found = run(seed=wanted.seed, seconds=wanted.seconds, into=wanted.into)
    told = f"{found.tries} files, {found.read} read, {found.refused} refused with a sentence"
    told += f", {len(found.faults)} faults"
    sys.stdout.write(f"seed {wanted.seed}: {told}\n")
    for fault in found.faults:
        sys.stderr.write(f"  {fault.error}: {fault.file}\n")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
