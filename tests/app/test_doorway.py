"""The door of real profiles: held before it opens, whole or not at all, erased again before a new desk begins."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from spie_desk.app.doorway import LocalDoorway, read_kit
from spie_desk.app.keeper import ProfileKeeper
from spie_desk.app.shipped_lists import example_people
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records.around import Opposition
from spie_desk.domain.records.person import Person
from spie_desk.domain.vaults import (
    KitSomewhereError,
    KitTypoError,
    ProfileInUseError,
    TrainingAloneError,
    WrongPassphraseError,
)
from spie_desk.services import paper, people, records
from spie_desk.services.doorway import NewProfile
from spie_desk.store import single
from spie_desk.store.profiles import find
from spie_desk.store.vault import DATABASE
from spie_desk.texts import sentence
from spie_sync.kit import Kit, slip_group
from tests.stores import PASSPHRASE


def wished(**more: object) -> NewProfile:
    me, structure = founders(example_people())
    wish = NewProfile(label="Accueil CD", colour="teal", passphrase=PASSPHRASE, me=me, structure=structure)
    return replace(wish, **more)  # type: ignore[arg-type]


def made(door: LocalDoorway) -> str:
    opened = door.create(wished())
    opened.keeper.close()
    return opened.keeper.card.id


def test_a_held_profile_is_not_even_tried_and_its_holder_hears_of_it(door: LocalDoorway) -> None:
    profile = made(door)
    with single.hold(find(door.root, profile).folder) as held:
        with pytest.raises(ProfileInUseError):
            door.unlock(profile, "ce n’est pas elle")
        assert held.take_request()


def test_a_wrong_passphrase_lets_go_of_the_profile(door: LocalDoorway) -> None:
    profile = made(door)
    with pytest.raises(WrongPassphraseError):
        door.unlock(profile, "ce n’est pas elle")
    door.unlock(profile, PASSPHRASE).keeper.close()


def test_what_a_dead_process_left_is_tidied_at_the_next_opening(door: LocalDoorway) -> None:
    profile = made(door)
    stray = find(door.root, profile).folder / ".kdead"
    stray.write_bytes(b"x")
    door.unlock(profile, PASSPHRASE).keeper.close()
    assert not stray.exists()


def test_a_deleted_profile_leaves_no_witness(door: LocalDoorway) -> None:
    profile = made(door)
    assert list(door.state.glob("*.json"))
    door.delete_profile(profile)
    assert not list(door.state.glob("*.json"))
    assert not list(door.state.glob("*.reserved"))
    assert door.profiles() == []


def test_training_joins_nobody(door: LocalDoorway) -> None:
    with pytest.raises(TrainingAloneError):
        door.create(wished(training=True, invitation="x", structure=None))


class _Killed(Exception):  # noqa: N818 — the process ends here
    pass


def _killing(point: str, seen: list[str]) -> Callable[[str], None]:
    def at(name: str) -> None:
        seen.append(name)
        if name == point:
            raise _Killed

    return at


def test_a_creation_stopped_at_any_point_leaves_no_half_profile(door: LocalDoorway) -> None:
    points: list[str] = []
    replace(door, at=_killing("", points)).create(wished()).keeper.close()
    door.delete_profile(door.profiles()[0].id)
    before = list(dict.fromkeys(points[: points.index("profile:named")]))  # after it, it is whole
    for point in {*before[::3], "profile:before"}:
        with pytest.raises(_Killed):
            replace(door, at=_killing(point, [])).create(wished())
        assert door.profiles() == [], point
        assert not [path for path in door.root.iterdir() if path.name != "invitations"], point


def test_what_was_erased_is_erased_again_in_a_restored_backup_even_if_killed_then(door: LocalDoorway) -> None:
    profile = made(door)
    opened = door.unlock(profile, PASSPHRASE)
    desk = opened.desk
    secret = "CANARI-" + secrets.token_hex(8)
    shown = records.get(desk, "structure", desk.structure.id)
    assert shown is not None
    records.save(desk, "structure", replace(shown.record, dpo=secret), shown)
    copy = opened.keeper.back_up(lambda _done, _total: None, lambda: False)
    shown = records.get(desk, "structure", desk.structure.id)
    assert shown is not None
    records.erase(desk, shown, frozenset({"controller"}))
    opened.keeper.close()

    class _Dead(BaseException):
        pass

    def die_once(name: str) -> None:
        if name.startswith("erase again"):
            raise _Dead

    with pytest.raises(_Dead):
        replace(door, at=die_once).restore(profile, copy.id, PASSPHRASE, lambda _done, _total: None)
    opened = door.unlock(door.profiles()[0].id, PASSPHRASE)
    found = records.get(opened.desk, "structure", desk.structure.id)
    assert found is not None
    assert found.record.dpo != secret
    opened.keeper.close()


def test_a_file_that_gave_way_to_paper_does_not_come_back_with_an_older_copy(door: LocalDoorway) -> None:
    profile = made(door)
    opened = door.unlock(profile, PASSPHRASE)
    desk, person = opened.desk, Person(id=opened.desk.chance.id(), first_name="Amina")
    people.create(desk, person)
    people.create(desk, Person(id=desk.chance.id(), first_name="Karim"))
    copy = opened.keeper.back_up(lambda _done, _total: None, lambda: False)
    today = desk.clock.now().date()
    records.save(desk, "opposition", Opposition(id=desk.chance.id(), person=person.id, to="fichier", on=today))
    shown = records.get(desk, "person", person.id)
    assert shown is not None
    paper.to_paper(desk, shown, on_paper=True)
    opened.keeper.close()
    opened = door.restore(profile, copy.id, PASSPHRASE, lambda _done, _total: None)
    assert [row.name for row in people.rows(opened.desk, PersonFilter())] == ["Karim"]
    opened.keeper.close()


def test_a_slip_of_the_pen_is_found_in_its_group() -> None:
    kit = Kit.new(secrets.token_bytes)
    for group in range(8):
        groups = list(kit.groups)
        sign = groups[group][2]
        groups[group] = groups[group][:2] + ("7" if sign != "7" else "8") + groups[group][3:]
        assert slip_group(" ".join(groups)) == group + 1
        with pytest.raises(KitTypoError) as wrong:
            read_kit("-".join(groups))
        assert f"Le groupe {group + 1} " in sentence(wrong.value)


def test_two_neighbours_swapped_are_found_too() -> None:
    kit = Kit(bytes(range(20)))
    signs = kit.text.replace("-", "")
    place = next(at for at in range(10, 39) if signs[at] != signs[at + 1])
    swapped = signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :]
    assert slip_group(swapped) == place // 5 + 1


def test_a_code_wrong_in_many_places_is_not_blamed_on_one() -> None:
    with pytest.raises(KitSomewhereError):
        read_kit("-".join(["ABCDE"] * 8))


def test_the_example_is_made_once_and_opened_without_asking(tmp_path: Path) -> None:
    """As « python3 dev.py run » does, in a process of its own, twice."""
    script = (
        "import sys; from pathlib import Path; from spie_desk.app.gate import Gate; "
        "from spie_desk.app.commands.open import _door; from spie_desk.app.commands.example import open_example; "
        "root = Path(sys.argv[1]); gate = Gate(root / 'p', lambda: _door(root / 'p', root / 's')); "
        "found = open_example(gate); print(found.desk.store.records.count('person'), found.keeper.card.id); "
        "found.keeper.close()"
    )
    said = [
        subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True,
                       timeout=120, env=os.environ).stdout.split()
        for _twice in range(2)
    ]  # fmt: skip
    assert said[0] == said[1]
    assert said[0][0] == "40"


def test_a_file_is_checked_after_a_death_and_no_copy_is_dropped_while_it_is_damaged(door: LocalDoorway) -> None:
    keeper = door.unlock(made(door), PASSPHRASE).keeper
    assert isinstance(keeper, ProfileKeeper)
    assert keeper.check_if_due()
    keeper.crashed = True
    assert keeper.check_if_due()
    assert not keeper.crashed
    with (keeper.profile.folder / DATABASE).open("r+b") as file:
        file.seek(3 * 4096 + 100)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))
    keeper.crashed = True
    assert not keeper.check_if_due()
    assert not keeper.sound
    keeper.changed = False
    keeper.close()
