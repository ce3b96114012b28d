"""Opening, changing, and the three different things that can be wrong."""

from __future__ import annotations

import shutil
import traceback
import unicodedata
from pathlib import Path

import pytest

from spie_desk.domain.vaults import (
    DamagedKeyError,
    DamagedStoreNoCopyError,
    WeakPassphraseError,
    WrongPassphraseError,
)
from spie_desk.store import keyfile
from spie_desk.store.aside import open_store
from spie_desk.store.backups import back_up
from spie_desk.store.keyfile import Cost
from spie_desk.store.memory import wipe
from spie_desk.store.vault import (
    DATABASE,
    FLOOR,
    USUAL,
    Policy,
    calibrate,
    change_passphrase,
    create_vault,
    has_kit,
    set_kit,
    set_passphrase,
    unlock,
    unlock_with_kit,
)
from spie_desk.texts import sentence
from tests.store.safes import CHEAP, KIT, MAKING, MARKER, OTHER, PHRASE, fill, names


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vault")
    fill(folder).close()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "vault"))


def test_a_phrase_typed_on_another_keyboard_opens(folder: Path) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert names(unlock(folder, unicodedata.normalize(form, PHRASE))) == [MARKER]


def test_changing_the_phrase_encrypts_nothing_anew(folder: Path) -> None:
    store = (folder / DATABASE).read_bytes()
    vault = unlock(folder, PHRASE)
    change_passphrase(vault, PHRASE, OTHER, policy=CHEAP)
    assert (folder / DATABASE).read_bytes() == store
    assert names(unlock(folder, OTHER)) == [MARKER]
    with pytest.raises(WrongPassphraseError):
        unlock(folder, PHRASE)
    assert names(unlock_with_kit(folder, KIT)) == [MARKER]


def test_a_change_needs_the_former_phrase_and_a_strong_new_one(folder: Path) -> None:
    vault = unlock(folder, PHRASE)
    before = (folder / keyfile.MAIN).read_bytes()
    with pytest.raises(WrongPassphraseError):
        change_passphrase(vault, OTHER, OTHER, policy=CHEAP)
    with pytest.raises(WeakPassphraseError):
        change_passphrase(vault, PHRASE, "court", policy=CHEAP)
    assert (folder / keyfile.MAIN).read_bytes() == before


def test_the_kept_backups_open_with_the_new_phrase(folder: Path) -> None:
    vault = unlock(folder, PHRASE)
    backup = back_up(vault, MAKING)
    change_passphrase(vault, PHRASE, OTHER, policy=CHEAP)
    assert (backup.path / keyfile.MAIN).read_bytes() == (folder / keyfile.MAIN).read_bytes()


def test_the_newest_backups_key_file_opens_when_both_copies_are_damaged(folder: Path) -> None:
    back_up(unlock(folder, PHRASE), MAKING)
    whole = (folder / keyfile.MAIN).read_bytes()
    for name in (keyfile.MAIN, keyfile.SPARE):
        (folder / name).write_bytes(b"\0" * 800)
    assert names(unlock(folder, PHRASE)) == [MARKER]
    assert (folder / keyfile.MAIN).read_bytes() == whole


def test_a_new_kit_revokes_the_old_one_and_the_phrase_stays(folder: Path) -> None:
    vault = unlock(folder, PHRASE)
    set_kit(vault, b"n" * 32)
    assert has_kit(vault)
    assert names(unlock_with_kit(folder, b"n" * 32)) == [MARKER]
    assert len(keyfile.read(folder / keyfile.MAIN).slots) == 2
    unlock(folder, PHRASE)


def test_whatever_is_changed_something_opens(folder: Path) -> None:
    vault = unlock(folder, PHRASE)
    for step, act in enumerate((
        lambda: set_kit(vault, b"1" * 32),
        lambda: set_passphrase(vault, OTHER, policy=CHEAP),
        lambda: set_kit(vault, b"2" * 32),
    )):
        act()
        document = keyfile.read(folder / keyfile.MAIN)
        assert {slot.opens_with for slot in document.slots} == {"passphrase", "kit"}, step
    assert unlock(folder, OTHER).master == unlock_with_kit(folder, b"2" * 32).master


def test_three_troubles_three_messages(folder: Path, tmp_path: Path) -> None:
    said = []
    with pytest.raises(WrongPassphraseError) as wrong:
        unlock(folder, OTHER)
    said.append(sentence(wrong.value))
    vault = unlock(folder, PHRASE)
    content = bytearray((folder / DATABASE).read_bytes())
    content[100:200] = bytes(100)
    (folder / DATABASE).write_bytes(content)
    with pytest.raises(DamagedStoreNoCopyError) as damaged:
        open_store(vault)
    said.append(sentence(damaged.value))
    for name in (keyfile.MAIN, keyfile.SPARE):
        (folder / name).write_bytes(b"")
    with pytest.raises(DamagedKeyError) as key:
        unlock(folder, PHRASE)
    said.append(sentence(key.value))
    assert said[0].startswith("Phrase de passe incorrecte. Vos dossiers sont intacts. Vérifiez Verr. Maj")
    assert said[1].startswith("Votre phrase de passe est juste, mais le fichier est abîmé. Il est mis de côté")
    assert "fichier de clé" in said[2]
    assert all("«\u00a0" in text or "«" not in text for text in said)


def test_no_secret_in_an_exception_or_a_repr(folder: Path) -> None:
    vault = unlock(folder, PHRASE)
    key, typed = vault.key("db"), "une phrase jamais vue ici avant aujourd’hui"
    shown = repr(vault)
    try:
        unlock(folder, typed)
    except WrongPassphraseError as error:
        shown += "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
    (folder / DATABASE).write_bytes(b"x" * 4096)
    try:
        open_store(vault)
    except DamagedStoreNoCopyError as error:
        shown += "".join(traceback.format_exception(error)) + repr(vars(error))
    for secret in (key.hex(), vault.master.hex(), repr(bytes(key)), repr(bytes(vault.master)), typed, PHRASE):
        assert secret not in shown


def test_a_closed_vault_holds_zeros(folder: Path) -> None:
    vault = unlock(folder, PHRASE)
    master = vault.master
    vault.close()
    assert not any(master)
    secret = bytearray(b"secret")
    wipe(secret)
    assert secret == bytearray(6)


def test_keys_of_different_purposes_differ(folder: Path) -> None:
    vault = unlock(folder, PHRASE)
    keys = {bytes(vault.key(purpose)) for purpose in ("db", "files", "export", "kcv", "keyfile-mac")}
    assert len(keys) == 5
    assert bytes(vault.master) not in keys


def test_fictitious_people_may_have_a_weak_phrase(tmp_path: Path) -> None:
    with pytest.raises(WeakPassphraseError):
        create_vault(tmp_path, "essai", policy=CHEAP)
    assert not list(tmp_path.iterdir())
    create_vault(tmp_path, "essai", policy=Policy(FLOOR, strict=False))
    assert unlock(tmp_path, "essai").vault_id


def test_the_cost_follows_the_machine_and_never_goes_under_the_floor() -> None:
    def machine(seconds: float) -> Cost:
        ticks = iter((0.0, seconds))
        return calibrate(lambda: next(ticks))

    assert machine(5.0) == FLOOR
    assert machine(0.2) == USUAL
    assert machine(0.01) == Cost(512 * 1024, 3, 4)
    assert all(cost.within_bounds() for cost in (machine(0.01), machine(5.0), machine(0.15)))


@pytest.mark.parametrize("left", [keyfile.MAIN, keyfile.SPARE, DATABASE])
def test_creating_where_any_part_of_a_vault_stands_is_refused(folder: Path, left: str) -> None:
    for path in folder.iterdir():
        if path.name != left:
            path.unlink()
    before = (folder / left).read_bytes()
    with pytest.raises(FileExistsError):
        create_vault(folder, PHRASE, policy=CHEAP)
    assert [path.name for path in folder.iterdir()] == [left]
    assert (folder / left).read_bytes() == before
