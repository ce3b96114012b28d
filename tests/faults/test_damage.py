"""All that can be wrong with a profile's files: told apart, set aside as it is, a copy taken up, the rest saved."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from spie_desk.app.keeper import ProfileKeeper
from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import DeskError
from spie_desk.domain.records.person import Person
from spie_desk.domain.vaults import (
    AlteredKeyError,
    DamagedKeyError,
    DamagedPartError,
    DamagedStoreError,
    WrongPassphraseError,
)  # fmt: skip
from spie_desk.services import casefile, notes, people, records, work
from spie_desk.services.doorway import Opened
from spie_desk.store import backups, keyfile, salvage
from spie_desk.store.engine import connect
from spie_desk.store.open import EncryptedStore
from spie_desk.store.vault import DATABASE
from spie_desk.texts import sentence
from tests.examples import an_id
from tests.faults.places import ABEL, ABELLE, CANARY, NOTE, Place, founded, plain, seen, the, the_note
from tests.stores import PASSPHRASE

PAGE = 4096
COPIES = (keyfile.MAIN, keyfile.SPARE)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return founded(tmp_path_factory.mktemp("damaged"))


def flip(path: Path, offset: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        byte = file.read(1)
        file.seek(offset)
        file.write(bytes([byte[0] ^ 1]))


def keeper_of(opened: Opened) -> ProfileKeeper:
    assert isinstance(opened.keeper, ProfileKeeper)
    return opened.keeper


def quietly_closed(opened: Opened) -> None:
    keeper_of(opened).changed = False
    opened.keeper.close()


def page_one(place: Place) -> None:
    flip(place.folder / DATABASE, 300)


def the_salt(place: Place) -> None:
    flip(place.folder / DATABASE, 3)


def cut_short(place: Place) -> None:
    path = place.folder / DATABASE
    os.truncate(path, path.stat().st_size // 2 + 700)


def emptied(place: Place) -> None:
    (place.folder / DATABASE).write_bytes(b"")


def removed(place: Place) -> None:
    (place.folder / DATABASE).unlink()


def noise(place: Place) -> None:
    (place.folder / DATABASE).write_bytes(bytes(range(256)) * 64)


def another_vaults(place: Place) -> None:
    """The store of somebody else's profile, put in the place of this one: another key."""
    other = founded(place.base / "other")
    shutil.copy(other.folder / DATABASE, place.folder / DATABASE)
    shutil.rmtree(place.base / "other")


def foreign_log(place: Place) -> None:
    (place.folder / f"{DATABASE}-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(4096 * 3))


def every_body_page(place: Place) -> None:
    path = place.folder / DATABASE
    for offset in range(PAGE * 2 + 100, path.stat().st_size, PAGE):
        flip(path, offset)


def one_key_copy(place: Place) -> None:
    flip(place.folder / keyfile.MAIN, 200)


def spare_key_gone(place: Place) -> None:
    (place.folder / keyfile.SPARE).unlink()


def both_keys(place: Place) -> None:
    for name in COPIES:
        (place.folder / name).write_bytes(b"\0" * 500)


def every_key(place: Place) -> None:
    for path in place.folder.rglob("vault.key*"):
        path.write_bytes(b"\0" * 500)


def edited_key(place: Place) -> None:
    """Its checksum made right again after somebody changed what it says."""
    import hashlib  # noqa: PLC0415

    for name in COPIES:
        magic, _sum, body, rest = (place.folder / name).read_bytes().split(b"\n")
        body = body.replace(b'"label":""', b'"label":"x"', 1)
        content = b"\n".join((magic, hashlib.sha256(body).hexdigest().encode(), body, rest))
        (place.folder / name).write_bytes(content)


@dataclass(frozen=True)
class Damage:
    """``opens``: it is mended or put aside by itself. ``readable``: how much of what was written can be salvaged."""

    spoil: Callable[[Place], None]
    error: type[DeskError] | None
    says: str = ""
    finding: str = ""
    phrase: str = PASSPHRASE


OF_STORE = "Votre phrase de passe est juste, mais le fichier est abîmé"
TABLE = {
    "page one": Damage(page_one, DamagedStoreError, OF_STORE, "unreadable"),
    "its salt": Damage(the_salt, DamagedStoreError, OF_STORE, "unreadable"),
    "cut short": Damage(cut_short, DamagedStoreError, OF_STORE),
    "zero bytes": Damage(emptied, DamagedStoreError, OF_STORE, "empty"),
    "gone": Damage(removed, DamagedStoreError, OF_STORE, "missing"),
    "noise": Damage(noise, DamagedStoreError, OF_STORE, "unreadable"),
    "another vault's": Damage(another_vaults, DamagedStoreError, OF_STORE, "unreadable"),
    "every body page": Damage(every_body_page, DamagedStoreError, OF_STORE),
    "foreign log": Damage(foreign_log, None),
    "one key copy": Damage(one_key_copy, None),
    "spare key gone": Damage(spare_key_gone, None),
    "both key copies": Damage(both_keys, None),
    "every key copy": Damage(every_key, DamagedKeyError, "Le fichier de clé de ce profil est abîmé"),
    "an edited key": Damage(edited_key, AlteredKeyError, "Le fichier de clé de ce profil a été modifié"),
    "wrong passphrase": Damage(lambda _place: None, WrongPassphraseError, "Phrase de passe incorrecte", phrase="autre"),
}


@pytest.mark.parametrize("name", TABLE)
def test_each_damage_is_told_apart_and_a_copy_is_taken_up(place: Place, name: str) -> None:
    place.reset()
    damage, profile = TABLE[name], place.profile
    damage.spoil(place)
    spoiled = _bytes_of(profile.folder)
    if damage.error is None:
        opened = place.door().unlock(profile.id, damage.phrase)
        _is_whole(opened)
        quietly_closed(opened)
        assert len({path.read_bytes() for path in profile.folder.rglob("vault.key*")}) == 1, "copies are mended"
        return
    with pytest.raises(damage.error) as told:
        place.door().unlock(profile.id, damage.phrase)
    assert sentence(told.value).startswith(damage.says)
    if damage.error is not DamagedStoreError:
        assert _bytes_of(profile.folder) == spoiled, "nothing was touched"
        return
    report = told.value.parameters["report"]
    if damage.finding:
        assert report.finding.value == damage.finding
    aside = report.moved_to / DATABASE if report.moved_to else None
    assert (aside.read_bytes() if aside else None) == spoiled
    assert "12/2026" in sentence(told.value)
    assert "4 dossiers" in sentence(told.value)
    copy = told.value.parameters["backup"]
    opened = place.door(seed=3).restore(profile.id, copy, PASSPHRASE, lambda _d, _t: None)
    assert NOTE in {one.record.id for one in opened.desk.store.records.find("note")}
    store = opened.desk.store
    assert isinstance(store, EncryptedStore)
    assert store.check() == []
    quietly_closed(opened)
    assert (aside.read_bytes() if aside else None) == spoiled, "still as it was found"


def _bytes_of(folder: Path) -> bytes | None:
    path = folder / DATABASE
    return path.read_bytes() if path.exists() else None


def _is_whole(opened: Opened) -> None:
    assert {one.record.id for one in opened.desk.store.records.find("person")} >= {ABEL, ABELLE, an_id("later")}


def test_no_two_troubles_share_a_sentence() -> None:
    said = {sentence(one(files="", made_at="", backup="")) for one in (
        WrongPassphraseError, DamagedKeyError, AlteredKeyError, DamagedStoreError, DamagedPartError)}  # fmt: skip
    assert len(said) == 5


def grown(place: Place, many: int = 120) -> None:
    """Since the copy: many people, a note, a draft. Big enough for a few damaged pages to leave most of it."""
    opened = place.open(seed=11)
    desk = opened.desk
    with desk.store.unit() as unit:
        for n in range(many):
            unit.put("person", Person(id=an_id(f"since {n}"), last_name=f"Depuis {n:03d}"))
    notes.sign(desk, replace(notes.blank(desk, ABEL), id=an_id("since"), text="Écrit depuis la copie."))
    work.keep(desk, Draft(id=an_id("typed since"), form="note", kind="note", person=ABEL, values={"text": "Tapé."}))
    quietly_closed(opened)


@dataclass(frozen=True)
class Hurt:
    """Roots of tables that are damaged, and pages from the file's end; how many writings must be saved at least."""

    roots: tuple[str, ...]
    last: int
    least: float


HURTS = {
    "tables that name": Hurt(("setting", "desk", "circle", "record", "deed"), 0, 1.0),
    "the last pages": Hurt(("setting",), 6, 0.1),
    "all that is written": Hurt(("setting", "change"), 0, 0.0),
}


@pytest.mark.parametrize("name", HURTS)
def test_what_can_be_read_is_counted_and_brought_back_into_the_copy(place: Place, name: str) -> None:
    place.reset()
    grown(place)
    hurt, profile = HURTS[name], place.profile
    path = profile.folder / DATABASE
    newest = backups.list_backups(profile.folder)[0].path / DATABASE
    whole = salvage.count(path, place.unlocked(), newest)
    assert whole is not None
    assert whole.read == whole.known > whole.newer > 120
    for table in hurt.roots:
        flip(path, (_root_of(place, table) - 1) * PAGE + 100)
    for back in range(hurt.last):
        flip(path, path.stat().st_size - back * PAGE - 500)
    with pytest.raises(DamagedStoreError) as told:
        place.door().unlock(profile.id, PASSPHRASE)
    moved = salvage.damaged_file(profile.folder)
    assert moved is not None
    assert moved.parent.parent.name == "aside"
    spoiled, copy = moved.read_bytes(), told.value.parameters["backup"]
    saved = place.door().may_lack(profile.id, copy, PASSPHRASE).saved
    assert saved is not None
    assert saved.read >= hurt.least * whole.known
    assert saved.read <= saved.known <= whole.known
    assert saved.drafts >= 1
    opened = place.door(seed=4).restore(profile.id, copy, PASSPHRASE, lambda _d, _t: None, rest=True)
    _holds_what_was_saved(opened, all_of_it=hurt.least == 1.0)
    quietly_closed(opened)
    assert moved.read_bytes() == spoiled, "only read"


def _holds_what_was_saved(opened: Opened, *, all_of_it: bool) -> None:
    desk, store = opened.desk, opened.desk.store
    assert isinstance(store, EncryptedStore)
    assert store.check() == []
    assert an_id("typed since") in {one.id for one in work.drafts(desk)}
    entry = casefile.open_file(desk, ABEL)
    assert entry is not None
    notes_there = {one.shown.record.id for one in entry.timeline}
    assert NOTE in notes_there
    if all_of_it:
        assert an_id("since") in notes_there
        assert the(desk, "note", an_id("since")).record.text == "Écrit depuis la copie."
        assert len(desk.store.records.find("person")) == 5 + 120


def _root_of(place: Place, table: str) -> int:
    opened = place.unlocked()
    raw = connect(place.folder / DATABASE, opened.key("db"))
    try:
        return _root(raw, table)
    finally:
        raw.close()


def _root(raw: object, table: str) -> int:
    row = raw.execute("SELECT rootpage FROM sqlite_master WHERE name=?", (table,)).fetchone()  # type: ignore[attr-defined]
    return int(row[0])


def test_a_damaged_page_met_while_working_is_a_sentence_not_a_fault(place: Place) -> None:
    place.reset()
    opened = place.open()
    quietly_closed(opened)
    flip(place.folder / DATABASE, (_root_of(place, "draft") - 1) * PAGE + 100)
    opened = place.open()
    with pytest.raises(DamagedPartError) as told:
        work.drafts(opened.desk)
    assert "abîmé par endroits" in sentence(told.value)
    assert "Sauvegardes" in sentence(told.value)
    assert people.search(opened.desk, "Abel"), "the rest is still read"
    keeper_of(opened).crashed = True
    assert not opened.keeper.check_if_due()
    quietly_closed(opened)


def test_an_old_backup_has_its_erasures_applied_again(place: Place, tmp_path: Path) -> None:
    place.reset()
    opened = place.open()
    records.erase(opened.desk, the_note(opened.desk))
    quietly_closed(opened)
    copy = backups.list_backups(place.folder)[0]
    opened = place.door(seed=6).restore_copy(place.profile, copy, place.unlocked, lambda _d, _t: None)
    assert CANARY.encode() not in plain(keeper_of(opened), tmp_path / "plain")
    assert the_note(opened.desk).erased == {"content"}
    store = opened.desk.store
    assert isinstance(store, EncryptedStore)
    assert store.check() == []
    assert seen(keeper_of(opened))
    quietly_closed(opened)
