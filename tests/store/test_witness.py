"""The witness notices every way in which a store may not be the one that last wrote from here."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine

from spie_desk.store.engine import close_engine, create_database, open_engine
from spie_desk.store.witness import BLOCK, Verdict, Witness, begin_anew, start_session
from spie_sync.change import Dot

VAULT, CIRCLE, OTHER = b"v" * 16, b"c" * 16, b"d" * 16


@dataclass
class Place:
    """One computer with one profile on it."""

    state: Path
    folder: Path
    key: bytearray = field(default_factory=lambda: bytearray(b"k" * 32))

    def witness(self) -> Witness:
        return Witness(self.state, VAULT, self.folder)

    def opened(self) -> Engine:
        return open_engine(self.folder / "vault.db", self.key, vault_id=VAULT)

    def verdict(self, n: int = 0) -> Verdict:
        engine = self.opened()
        try:
            return start_session(engine, self.witness(), lambda _since, _circles: {CIRCLE: n} if n else {})
        finally:
            close_engine(engine)

    def become(self) -> None:
        engine = self.opened()
        try:
            begin_anew(engine, self.witness(), lambda _connection: None)
        finally:
            close_engine(engine)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "profile").mkdir()
    place = Place(tmp_path / "state", tmp_path / "profile")
    create_database(place.folder / "vault.db", place.key, VAULT)
    place.become()
    return place


def test_the_same_store_is_the_same_again_and_again(place: Place) -> None:
    assert [place.verdict() for _ in range(4)] == [Verdict.SAME] * 4


def test_an_unknown_store_is_different_until_it_becomes_a_new_desk(place: Place) -> None:
    place.state = place.state.with_name("other-computer")
    assert place.verdict() is Verdict.DIFFERENT
    assert place.verdict() is Verdict.DIFFERENT
    place.become()
    assert place.verdict() is Verdict.SAME


def test_a_copied_folder_is_different_and_the_original_is_not(place: Place, tmp_path: Path) -> None:
    copy = Place(place.state, Path(shutil.copytree(place.folder, tmp_path / "copy")))
    assert copy.verdict() is Verdict.DIFFERENT
    assert place.verdict() is Verdict.SAME


def test_a_file_put_back_in_place_from_yesterday_is_different(place: Place) -> None:
    yesterday = (place.folder / "vault.db").read_bytes()
    assert place.verdict() is Verdict.SAME
    (place.folder / "vault.db").write_bytes(yesterday)
    assert place.verdict() is Verdict.DIFFERENT


def test_a_state_folder_from_another_computer_is_different(place: Place) -> None:
    (place.state / "installation").write_text(secrets.token_hex(16))
    assert place.verdict() is Verdict.DIFFERENT


def test_numbers_that_went_back_are_different(place: Place) -> None:
    witness = place.witness()
    for n in range(1, BLOCK + 1):
        witness.reserve({CIRCLE: n})
    witness.reserve({CIRCLE: BLOCK + 1, OTHER: 1})
    assert witness.reserved(CIRCLE) == 2 * BLOCK
    assert place.verdict(BLOCK) is Verdict.SAME, "killed between the reservation and the commit"
    assert place.verdict(2 * BLOCK) is Verdict.SAME
    assert place.verdict(BLOCK - 1) is Verdict.DIFFERENT
    assert place.verdict(2 * BLOCK + 1) is Verdict.DIFFERENT, "a number nobody reserved"


def test_a_death_between_a_long_deeds_reservation_and_its_commit_makes_no_new_desk(place: Place) -> None:
    place.witness().reserve({CIRCLE: 10 * BLOCK})
    assert place.verdict() is Verdict.SAME
    witness = place.witness()
    witness.verdict(None, lambda _since, _circles: {CIRCLE: 10 * BLOCK}, 0)
    witness.reserve({CIRCLE: 30 * BLOCK})
    assert place.verdict(10 * BLOCK) is Verdict.SAME
    assert place.verdict(30 * BLOCK) is Verdict.SAME
    assert place.verdict(10 * BLOCK - 1) is Verdict.DIFFERENT


def test_reservations_of_an_earlier_version_are_read(place: Place) -> None:
    log = place.state / f"{VAULT.hex()}.reserved"
    log.write_text(f"\n{CIRCLE.hex()} {2 * BLOCK}\n", encoding="ascii")
    assert place.witness().reserved(CIRCLE) == 2 * BLOCK
    assert place.verdict(BLOCK) is Verdict.SAME
    assert place.verdict(BLOCK - 1) is Verdict.DIFFERENT


def test_a_reservation_is_written_once_for_a_block(place: Place) -> None:
    points: list[str] = []
    witness = Witness(place.state, VAULT, place.folder, points.append)
    for n in range(1, 3 * BLOCK + 1):
        witness.reserve({CIRCLE: n})
    assert points.count("witness-reserve:durable") == 3
    assert place.witness().reserved(CIRCLE) == 3 * BLOCK


def test_a_torn_line_is_forgotten_and_swallows_nothing(place: Place) -> None:
    place.witness().reserve({CIRCLE: 1})
    log = place.state / f"{VAULT.hex()}.reserved"
    log.write_bytes(log.read_bytes() + f"{OTHER.hex()} 12".encode())
    assert place.witness().reserved(OTHER) == 0
    place.witness().reserve({CIRCLE: 100})
    assert place.witness().reserved(CIRCLE) == 100 + BLOCK - 1


def test_what_was_erased_is_remembered_through_a_new_desk(place: Place) -> None:
    dots = {(CIRCLE, Dot(b"a" * 16, 3), "*"), (OTHER, Dot(b"b" * 16, 1), "adresse é"), (OTHER, Dot(b"b" * 16, 1), "")}
    place.witness().erase(dots)
    place.witness().erase(dots)
    place.become()
    assert place.witness().erased() == dots
    assert place.witness().reserved(CIRCLE) == 0
    place.witness().forget()
    assert place.witness().erased() == frozenset()


def test_what_an_earlier_session_reserved_is_not_asked_of_the_store_again(place: Place) -> None:
    place.witness().reserve({OTHER: 1})
    assert place.verdict() is Verdict.SAME
    place.witness().reserve({CIRCLE: 1})
    asked: list[tuple[int, list[bytes]]] = []

    def counters(since: int, circles: Iterable[bytes]) -> dict[bytes, int]:
        asked.append((since, list(circles)))
        return {}

    engine = place.opened()
    try:
        assert start_session(engine, place.witness(), counters) is Verdict.SAME
    finally:
        close_engine(engine)
    assert asked == [(0, [CIRCLE])]


def test_a_number_reserved_in_an_earlier_session_still_holds_in_this_one(place: Place) -> None:
    place.witness().reserve({OTHER: 1})
    assert place.verdict() is Verdict.SAME
    points: list[str] = []
    witness = Witness(place.state, VAULT, place.folder, points.append)
    witness.verdict(None, lambda _since, _circles: {}, 0)
    witness.reserve({OTHER: BLOCK})
    assert not points
    witness.reserve({OTHER: BLOCK + 1})
    assert witness.reserved(OTHER) == 2 * BLOCK


def test_a_log_that_lost_its_end_is_judged_whole(place: Place) -> None:
    place.witness().reserve({CIRCLE: 1})
    place.witness().reserve({OTHER: 3 * BLOCK})
    assert place.verdict(1) is Verdict.SAME
    log = place.state / f"{VAULT.hex()}.reserved"
    log.write_bytes(b"\n".join(log.read_bytes().split(b"\n")[-3:])[:20])
    assert place.verdict(1) is Verdict.DIFFERENT
