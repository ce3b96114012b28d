"""After a full lock: the process that held the key is gone, and neither what is left nor what follows holds a copy."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from spie_desk.store import vault
from tests.faults.places import CANARY, Place, founded
from tests.stores import PASSPHRASE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

OPENS = """
    import sys, time
    from pathlib import Path
    from spie_desk.app.doorway import LocalDoorway
    from spie_desk.app.hands import SystemChance, SystemClock
    from spie_desk.services import people
    from spie_desk.store.vault import FLOOR

    root, state, profile, phrase = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.stdin.readline().rstrip()
    door = LocalDoorway(root, state, SystemClock(), SystemChance(), time.monotonic, FLOOR)
    opened = door.unlock(profile, phrase)
    people.search(opened.desk, "Abel")
    print("open", flush=True)
    sys.stdin.readline()
    opened.keeper.close()
    print("closed", flush=True)
    sys.stdin.readline()
"""
LOCKS = """
    import sys, time
    from pathlib import Path
    from PySide6.QtCore import QTimer
    from spie_desk.app.doorway import LocalDoorway
    from spie_desk.app.front import Front, furnished, start_again
    from spie_desk.app.hands import SystemChance, SystemClock
    from spie_desk.app.start import stage
    from spie_desk.store.vault import FLOOR

    root, state, profile, phrase = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.stdin.readline().rstrip()
    door = LocalDoorway(root, state, SystemClock(), SystemChance(), time.monotonic, FLOOR)
    shared = stage(state)
    front = Front(shared, door, lambda: start_again(["--profile", str(root / profile)]), lambda: None, furnished)
    front.open_at_once(lambda: door.unlock(profile, phrase))
    print("open", flush=True)
    sys.stdin.readline()
    QTimer.singleShot(0, front.session.lock)
    shared.app.exec()
    front.finish()
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return founded(tmp_path_factory.mktemp("memory"))


def needles(place: Place) -> dict[str, bytes]:
    """The keys as bytes and as SQLCipher is told them; half of each, for a buffer may be cut."""
    opened = place.unlocked()
    found = {}
    for name, secret in (("master", opened.master), ("store", opened.key("db"))):
        found[name] = bytes(secret[:16])
        found[f"{name}, spelled"] = bytes(secret).hex().encode()[:32]
    opened.close()
    return found


def held(process: int, wanted: dict[str, bytes]) -> dict[str, int]:
    """How many copies of each stand in what that process may write."""
    counts = dict.fromkeys(wanted, 0)
    try:
        maps = Path(f"/proc/{process}/maps").read_text(encoding="ascii", errors="replace").splitlines()
        spans = [line.split()[:2] for line in maps if "[vvar" not in line and "[vsyscall" not in line]
        memory = Path(f"/proc/{process}/mem").open("rb", buffering=0)  # noqa: SIM115 — closed below
    except PermissionError:
        pytest.skip("this system lets nobody read the memory of a process")
    with memory:
        for span, rights in spans:
            if "w" not in rights:
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            memory.seek(start)
            try:
                block = memory.read(end - start)
            except OSError:
                continue
            for name, needle in wanted.items():
                counts[name] += block.count(needle)
    return counts


@pytest.fixture
def start(place: Place, tmp_path: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Children with folders of their own, ended whatever happens."""
    children: list[subprocess.Popen[str]] = []
    place.reset()
    own = {name: str(tmp_path / name) for name in ("HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "TMPDIR")}
    for folder in own.values():
        Path(folder).mkdir()

    def begin(script: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(script), str(place.root), str(place.state), place.profile.id],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=os.environ | own | {"QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        children.append(child)
        tell(child, PASSPHRASE)
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        return child

    yield begin
    for child in children:
        child.kill()
        child.communicate()


def tell(child: subprocess.Popen[str], line: str) -> None:
    assert child.stdin is not None
    child.stdin.write(line + "\n")
    child.stdin.flush()


def test_no_key_is_left_once_the_profile_is_closed(
    place: Place, start: Callable[[str], subprocess.Popen[str]]
) -> None:
    wanted = needles(place)
    child = start(OPENS)
    assert held(child.pid, wanted)["master"] >= 1, "the search can find"
    tell(child, "")
    assert child.stdout is not None
    assert child.stdout.readline() == "closed\n"
    assert held(child.pid, wanted) == dict.fromkeys(wanted, 0)


def test_a_full_lock_replaces_the_process_and_the_new_one_knows_nothing(
    place: Place, tmp_path: Path, start: Callable[[str], subprocess.Popen[str]]
) -> None:
    wanted = needles(place) | {"phrase": PASSPHRASE.encode(), "phrase, wide": PASSPHRASE.encode("utf-16-le"),
                               "words": CANARY.encode()}  # fmt: skip
    child = start(LOCKS)
    assert held(child.pid, wanted)["master"] >= 1
    before = _of_ours(place.profile.id)
    assert before == {child.pid}
    tell(child, "")
    assert child.wait(30) == 0
    after: set[int] = set()
    try:
        deadline = time.monotonic() + 20
        while not after and time.monotonic() < deadline:
            time.sleep(0.05)
            after = _of_ours(place.profile.id) - before
        assert len(after) == 1
        (fresh,) = after
        _wait_for_its_window(fresh)
        assert held(fresh, wanted) == dict.fromkeys(wanted, 0)
        assert PASSPHRASE.encode() not in Path(f"/proc/{fresh}/cmdline").read_bytes()
        limits = Path(f"/proc/{fresh}/limits").read_text(encoding="ascii")
        assert next(line for line in limits.splitlines() if "core" in line).split()[4:6] == ["0", "0"], "no core"
    finally:
        for one in after:
            os.kill(one, 9)
    assert not [path for path in tmp_path.rglob("core*") if path.is_file()]
    assert vault.DATABASE in {path.name for path in place.folder.iterdir()}


@pytest.mark.parametrize("command", ["status", "doctor", "backup"])
def test_a_command_leaves_no_core_either(place: Place, tmp_path: Path, command: str) -> None:
    """It waits for the passphrase, which comes through a pipe: what it is then allowed can be looked at."""
    place.reset()
    pipe = tmp_path / "phrase"
    os.mkfifo(pipe)
    child = subprocess.Popen(
        [sys.executable, "-m", "spie_desk.app.main", "--profile", str(place.folder), "--passphrase-file", str(pipe),
         command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        with pipe.open("wb"):  # opens once the command has come to reading it
            limits = Path(f"/proc/{child.pid}/limits").read_text(encoding="ascii")
            assert next(line for line in limits.splitlines() if "core" in line).split()[4:6] == ["0", "0"]
    finally:
        child.kill()
        child.wait()


def _of_ours(profile: str) -> set[int]:
    """The processes that were told of this profile: of a hardened one, that is all that can be read."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if profile.encode() in (entry / "cmdline").read_bytes():
                    found.add(int(entry.name))
            except OSError:
                continue
    return found


def _wait_for_its_window(process: int) -> None:
    """It has loaded Qt and rests: nothing more is being read in."""
    deadline, last = time.monotonic() + 15, -1
    while time.monotonic() < deadline:
        used = sum(map(int, Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[11:13]))
        if used == last and used > 10:
            return
        last = used
        time.sleep(0.3)
