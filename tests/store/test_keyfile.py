"""The key file tells damage from edition, and no change to it goes unnoticed."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spie_desk.domain.vaults import AlteredKeyError, DamagedKeyError, WrongKitError, WrongPassphraseError
from spie_desk.store import keyfile
from spie_desk.store.keyfile import EditedKeyFileError, UnreadableKeyFileError
from spie_desk.store.vault import set_passphrase, unlock, unlock_with_kit
from tests.store.safes import CHEAP, KIT, OTHER, PHRASE, fill


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vault")
    fill(folder).close()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "vault"))


def rewritten(content: bytes, **changes: object) -> bytes:
    """The file with other values in it and a checksum that is right: what an attacker would write."""
    document = json.loads(content.split(b"\n")[2])
    for path, value in changes.items():
        target = document
        *way, last = path.split("__")
        for step in way:
            target = target[int(step) if step.isdigit() else step]
        target[last] = value
    body = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
    return b"\n".join((b"SPIEKEY1", hashlib.sha256(body).hexdigest().encode(), body, b""))


def put(folder: Path, content: bytes) -> None:
    (folder / keyfile.MAIN).write_bytes(content)
    (folder / keyfile.SPARE).write_bytes(content)


def test_both_copies_are_the_same_and_read_back(made: Path) -> None:
    content = (made / keyfile.MAIN).read_bytes()
    assert content == (made / keyfile.SPARE).read_bytes()
    assert keyfile.parse(content).to_bytes() == content


@given(st.data())
def test_a_flipped_bit_is_seen_as_damage(made: Path, data: st.DataObject) -> None:
    content = bytearray((made / keyfile.MAIN).read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(UnreadableKeyFileError):
        keyfile.parse(bytes(content))


@given(st.data())
def test_a_cut_file_is_seen_as_damage(made: Path, data: st.DataObject) -> None:
    content = (made / keyfile.MAIN).read_bytes()
    with pytest.raises(UnreadableKeyFileError):
        keyfile.parse(content[: data.draw(st.integers(0, len(content) - 1))])


@pytest.mark.parametrize(("where", "value"), [
    ("slots__0__kdf__m", 1024), ("slots__0__kdf__m", 2**31), ("slots__0__kdf__t", 0), ("slots__0__kdf__p", 99),
    ("slots__0__kdf__salt", "00"), ("slots__0__kdf__alg", "pbkdf2"), ("slots__0__kdf__m", "many"),
    ("slots__0__kdf__t", 3.0), ("slots", []), ("v", 2), ("db", "plain"), ("mac", ""), ("extra", 1), ("slots", None),
    ("slots__0__type", "kit"), ("kcv", 7),
])  # fmt: skip
def test_an_edited_file_with_a_right_checksum_is_refused_before_any_derivation(
    made: Path, where: str, value: object
) -> None:
    content = rewritten((made / keyfile.MAIN).read_bytes(), **{where: value})
    with pytest.raises(EditedKeyFileError):
        keyfile.parse(content)


def test_an_edited_file_stops_the_passphrase_and_yields_to_the_kit(folder: Path) -> None:
    put(folder, rewritten((folder / keyfile.MAIN).read_bytes(), slots__0__label="autre"))
    with pytest.raises(AlteredKeyError):
        unlock(folder, PHRASE)
    vault = unlock_with_kit(folder, KIT)
    set_passphrase(vault, OTHER, policy=CHEAP)
    assert unlock(folder, OTHER).master == vault.master


def test_a_removed_slot_is_noticed(folder: Path) -> None:
    content = (folder / keyfile.MAIN).read_bytes()
    slots = json.loads(content.split(b"\n")[2])["slots"]
    put(folder, rewritten(content, slots=slots[:1]))
    with pytest.raises(AlteredKeyError):
        unlock(folder, PHRASE)


def test_a_cheaper_derivation_within_bounds_opens_nothing(folder: Path) -> None:
    put(folder, rewritten((folder / keyfile.MAIN).read_bytes(), slots__0__kdf__t=1))
    with pytest.raises(WrongPassphraseError):
        unlock(folder, PHRASE)


def test_a_damaged_copy_is_passed_over_and_mended(folder: Path) -> None:
    whole = (folder / keyfile.MAIN).read_bytes()
    (folder / keyfile.MAIN).write_bytes(whole[:100])
    unlock(folder, PHRASE)
    assert (folder / keyfile.MAIN).read_bytes() == whole
    (folder / keyfile.SPARE).unlink()
    unlock_with_kit(folder, KIT)
    assert (folder / keyfile.SPARE).read_bytes() == whole


def test_damage_on_every_copy_is_not_called_a_wrong_passphrase(folder: Path) -> None:
    put(folder, b"")
    with pytest.raises(DamagedKeyError):
        unlock(folder, PHRASE)
    with pytest.raises(DamagedKeyError):
        unlock_with_kit(folder, KIT)


def test_wrong_secrets_are_called_wrong(folder: Path) -> None:
    with pytest.raises(WrongPassphraseError):
        unlock(folder, PHRASE + " ")
    with pytest.raises(WrongKitError):
        unlock_with_kit(folder, bytes(32))


def test_a_file_that_nothing_opens_is_never_written(folder: Path) -> None:
    document = keyfile.read(folder / keyfile.MAIN)
    with pytest.raises(ValueError, match="slot"):
        keyfile.save(folder, keyfile.KeyFile(vault_id=document.vault_id, epoch=1, check=bytes(16), slots=()))
