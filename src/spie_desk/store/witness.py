"""The witness: what this computer remembers of a profile outside of it, so that a copy or an old backup is noticed."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, text

from spie_desk.store.disk import disk_told
from spie_desk.store.durable import At, flush_folder, nowhere, private_folder, read_json, write_json, write_whole
from spie_sync.change import Dot

BLOCK = 64
"""How many numbers are reserved beyond the one needed: one flush to the disk for that many changes."""

Erased: TypeAlias = tuple[bytes, Dot, str]
"""(circle, dot, register) of a value that was erased."""

Counters: TypeAlias = Callable[[int, Iterable[bytes]], Mapping[bytes, int]]
"""This desk's highest n in each circle where it wrote after that place of the journal, and in each circle named."""

_NONCE = "witness.id"
_LINE = re.compile(rb"^([0-9a-f]{32}) (?:([0-9]+) )?([0-9]+)$", re.MULTILINE)


class Verdict(Enum):
    SAME = "same"
    DIFFERENT = "different"


class Witness:
    """One vault's memory on this computer: machine, folder, the session that last wrote, reserved numbers, erased dots.

    The session is a random word that changes at each opening, in the store and here: of two copies of a profile
    only the one that was last opened here still knows it, whatever the disk says of their folders.

    A store that bears the session descends from the one that was judged when that session began: what was reserved
    before it is not judged again. Only the end of the log is read at an opening, the rest when a number is reserved.
    """

    def __init__(self, state: Path, vault_id: bytes, folder: Path, at: At = nowhere) -> None:
        private_folder(state)
        self._path = state / f"{vault_id.hex()}.json"
        self._reserved_log = state / f"{vault_id.hex()}.reserved"
        self._erased_log = state / f"{vault_id.hex()}.erased"
        self._at = at
        self._here = {"machine": _machine(state), "folder": _folder_identity(folder)}
        self._numbers: dict[str, tuple[int, int]] = {}
        self._all_read = False
        self._used: dict[str, int] = {}
        self._erased = {_erased(*parts) for parts in _lines(self._erased_log, 4)}

    def verdict(self, session: bytes | None, counters: Counters, end: int) -> Verdict:
        """SAME if this is the store that last wrote from here. ``end``: how far its journal goes now."""
        known = read_json(self._path) or {}
        judged, since = self._judged(known, end)
        self._numbers = _numbers(self._reserved_log, judged)
        self._all_read = judged == 0
        found = counters(since, [bytes.fromhex(circle) for circle in self._numbers])
        self._used = {circle.hex(): n for circle, n in found.items()}
        same_place = all(known.get(name) == value for name, value in self._here.items())
        same_session = session is not None and session.hex() in known.get("sessions", [])
        return Verdict.SAME if same_place and same_session and not self._rewound() else Verdict.DIFFERENT

    def expect(self, sessions: Iterable[bytes | None], end: int | None = None) -> None:
        """From now on the store may bear any of these sessions. ``end``: the store is judged, so far in its journal."""
        wanted = [session.hex() for session in sessions if session is not None]
        known = read_json(self._path) or {}
        judged = {name: known[name] for name in ("judged", "since") if name in known}
        if end is not None:
            judged = {"judged": _size(self._reserved_log), "since": end}
        write_json(self._path, self._here | {"sessions": wanted} | judged, self._at, "witness")

    def adopt(self, session: bytes, end: int) -> None:
        """A new desk begins here: forget the numbers of the former one, keep what was erased."""
        write_whole(self._reserved_log, b"", self._at, "witness-numbers")
        self._numbers, self._used, self._all_read = {}, {}, True
        self.expect([session], end)

    def reserve(self, numbers: Mapping[bytes, int]) -> None:
        """Before a transaction: make sure, on the disk, that each circle's numbers up to that one are spoken for."""
        spelled = {circle.hex(): n for circle, n in numbers.items()}
        lacking = {circle: n + BLOCK - 1 for circle, n in spelled.items() if self._held(circle) < n}
        if lacking:
            # Killed from here to its commit, the store still stands at the number before: that is no older copy.
            floors = {circle: min(self._used.get(circle, 0), spelled[circle] - 1) for circle in lacking}
            lines = (f"{circle} {floors[circle]} {n}" for circle, n in lacking.items())
            self._append(self._reserved_log, lines, "witness-reserve")
            for circle, n in lacking.items():
                self._numbers[circle] = floors[circle], n
        self._used.update(spelled)

    def reserved(self, circle: bytes) -> int:
        return self._held(circle.hex())

    def erase(self, values: Iterable[Erased]) -> None:
        """Remember these as erased for good: a late stick or an old backup must not revive them."""
        fresh = sorted(set(values) - self._erased)
        if fresh:
            lines = (f"{c.hex()} {dot.desk.hex()} r{reg.encode().hex()} {dot.n}" for c, dot, reg in fresh)
            self._append(self._erased_log, lines, "witness-erase")
            self._erased.update(fresh)

    def erased(self) -> frozenset[Erased]:
        return frozenset(self._erased)

    def forget(self) -> None:
        """The profile was deleted for good."""
        for path in (self._path, self._reserved_log, self._erased_log):
            path.unlink(missing_ok=True)

    @staticmethod
    def forget_vault(state: Path, vault_id: bytes) -> None:
        """The same for a profile whose folder is gone."""
        for ending in ("json", "reserved", "erased"):
            (state / f"{vault_id.hex()}.{ending}").unlink(missing_ok=True)

    def _judged(self, known: Mapping[str, Any], end: int) -> tuple[int, int]:
        """How much of the log, and of the journal, this session's beginning answered for; nothing if either shrank."""
        judged, since = known.get("judged"), known.get("since")
        if not isinstance(judged, int) or not isinstance(since, int):
            return 0, 0
        return (0, 0) if judged > _size(self._reserved_log) or since > end else (judged, since)

    def _rewound(self) -> bool:
        behind = any(self._used.get(circle, 0) < floor for circle, (floor, _n) in self._numbers.items())
        return behind or any(not self._floor(circle) <= n <= self._held(circle) for circle, n in self._used.items())

    def _floor(self, circle: str) -> int:
        self._held(circle)
        return self._numbers.get(circle, (0, 0))[0]

    def _held(self, circle: str) -> int:
        if circle not in self._numbers and not self._all_read:
            self._numbers = _numbers(self._reserved_log) | self._numbers
            self._all_read = True
        return self._numbers.get(circle, (0, 0))[1]

    @disk_told()
    def _append(self, path: Path, lines: Iterable[str], name: str) -> None:
        self._at(f"{name}:before")
        created = not path.exists()
        descriptor = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        try:
            # The newline first: a line that a dead process left unfinished must not swallow this one.
            os.write(descriptor, ("\n" + "\n".join(lines) + "\n").encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if created:
            flush_folder(path.parent)
        self._at(f"{name}:durable")


def start_session(engine: Engine, witness: Witness, counters: Counters) -> Verdict:
    """At each opening, before anything is written. DIFFERENT: the store must ``begin_anew`` before its first write."""
    with engine.connect().execution_options(ro=True) as connection:
        former = connection.execute(text("SELECT value FROM meta WHERE name='session'")).scalar()
        end = _end(connection)
    if witness.verdict(former, counters, end) is Verdict.DIFFERENT:
        return Verdict.DIFFERENT
    session = secrets.token_bytes(16)
    witness.expect([former, session])
    with engine.begin() as connection:
        _put_session(connection, session)
    witness.expect([session], end)
    return Verdict.SAME


def begin_anew(engine: Engine, witness: Witness, become: Callable[[Connection], Any]) -> None:
    """``become`` writes the new desk id and keys; the session follows in the same transaction, then the witness.

    Killed in between, the next opening finds the witness different again and makes one more new desk: harmless.
    """
    session = secrets.token_bytes(16)
    with engine.begin() as connection:
        become(connection)
        _put_session(connection, session)
        end = _end(connection)
    witness.adopt(session, end)


def _end(connection: Connection) -> int:
    """How far the journal goes; a bare file has none yet."""
    if connection.execute(text("SELECT 1 FROM sqlite_master WHERE name='change'")).scalar() is None:
        return 0
    return int(connection.execute(text("SELECT coalesce(max(seq), 0) FROM change")).scalar_one())


def _put_session(connection: Connection, session: bytes) -> None:
    upsert = "INSERT INTO meta VALUES ('session', :s) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    connection.execute(text(upsert), {"s": session})


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _numbers(log: Path, after: int = 0) -> dict[str, tuple[int, int]]:
    """The floor and the last number reserved of each circle named after that byte of the log."""
    try:
        with log.open("rb") as content:
            content.seek(after)
            read = content.read()
    except FileNotFoundError:
        return {}
    earlier, found = {}, {}
    for circle, floor, n in _LINE.findall(read[: read.rfind(b"\n") + 1]):
        if floor:
            found[circle.decode()] = int(floor), int(n)
        else:  # as an earlier version wrote them
            earlier[circle.decode()] = int(n) - BLOCK, int(n)
    return earlier | found


def _lines(path: Path, width: int) -> list[list[str]]:
    """The whole lines of a log; a torn one was never answered for, and does not count."""
    try:
        content = path.read_text(encoding="ascii")
    except FileNotFoundError:
        return []
    whole = content[: content.rfind("\n") + 1]
    return [parts for line in whole.splitlines() if len(parts := line.split(" ")) == width and parts[-1].isdigit()]


def _erased(circle: str, desk: str, register: str, n: str) -> Erased:
    return bytes.fromhex(circle), Dot(bytes.fromhex(desk), int(n)), bytes.fromhex(register[1:]).decode()


def _folder_identity(folder: Path) -> str:
    """The inode and a random word written once in the folder. Not the device: Linux numbers it anew at each start."""
    nonce = folder / _NONCE
    if not nonce.exists():
        write_whole(nonce, secrets.token_hex(16).encode())
    return f"{folder.stat().st_ino}/{nonce.read_text(encoding='ascii')}"


def _machine(state: Path) -> str:
    """This computer, as a digest: its own id where the system has one, and a random word beside the witnesses."""
    own = state / "installation"
    if not own.exists():
        write_whole(own, secrets.token_hex(16).encode())
    return hashlib.blake2b(own.read_bytes() + _system_id(), digest_size=16).hexdigest()


def _system_id() -> bytes:
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 — there only on Windows

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0]).encode()
    for path in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        try:
            return path.read_bytes()
        except OSError:
            continue
    return b""
