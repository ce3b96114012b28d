"""Erased for good: no word left in journal, tables, index, drafts or file; who and when stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from spie_desk.domain.drafts import Draft
from spie_desk.services.ports import Deed
from spie_desk.store.engine import connect
from spie_desk.store.open import EncryptedStore, Watch, open_store
from spie_sync.change import Dot
from tests.clock import FakeChance, FakeClock
from tests.examples import AMINA, an_id, example
from tests.store.conftest import KEY, Opened

CANARY = "zygomorphe"
OTHER = "xylophone"


def secret_note() -> object:
    return replace(example("note"), text=f"Elle parle de {CANARY} et de {CANARY}s.")


def pages_of(path: Path) -> bytes:
    """Every page as it stands once decrypted, free ones too: what a thief with the key could read."""
    plain = path.with_name("plain.db")
    plain.unlink(missing_ok=True)
    raw = connect(path, bytearray(KEY))
    raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    raw.execute("SELECT sqlcipher_export('plain')").fetchall()
    raw.execute("DETACH DATABASE plain")
    raw.close()
    return plain.read_bytes()


def test_no_word_is_left_anywhere(one: Opened) -> None:
    store = one.store
    with store.unit(Deed("typed", label=f"Note : {CANARY}")) as unit:
        unit.put("person", example("person"))
        circle = unit.put("note", secret_note())
    store.drafts.save(Draft(id=an_id("draft"), form="note", kind="note", record=an_id("note"),
                            values={"content": {"text": CANARY}}))  # fmt: skip
    with store.unit() as unit:
        unit.put("note", replace(example("note", "kept"), text=OTHER))
    assert [found.record for found in store.lists.search("zygomor")] == [an_id("note")]
    assert CANARY.encode() in pages_of(one.path)
    with store.unit(Deed("erased", undoable=False)) as unit:
        unit.erase("note", an_id("note"), circle)
    assert store.lists.search("zygomor") == []
    assert [found.record for found in store.lists.search(OTHER)] == [an_id("kept")]
    assert store.drafts.all() == []
    (version,) = [v for v in store.records.history("note", an_id("note")) if v.register == "content"]
    assert version.value is None
    assert version.erased_by is not None
    shown = store.records.get("note", an_id("note"))
    assert shown is not None
    assert shown.erased == {"content"}
    assert shown.record.text == ""
    assert store.check() == []
    store.tidy()
    words = pages_of(one.path).lower()
    assert CANARY.encode() not in words
    assert OTHER.encode() in words


def test_the_plain_file_of_the_same_pages_holds_no_word(tmp_path: Path) -> None:
    """On a database without key, byte for byte: free pages and the write-ahead log are looked at too."""
    path = tmp_path / "bare.db"

    def creator() -> dbapi2.Connection:
        connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
        for setting in ("journal_mode=WAL", "secure_delete=FAST", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {setting}").close()
        return connection

    engine = create_engine("sqlite://", module=dbapi2, creator=creator, poolclass=QueuePool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    store = open_store(engine, FakeClock(), FakeChance(1))
    long = " ".join([CANARY] * 3000)
    with store.unit() as unit:
        unit.put("person", replace(example("person"), contact_note=long[:9000]))
        circle = unit.put("note", replace(example("note"), text=long))
    store.drafts.save(Draft(id=an_id("draft"), form="note", kind="note", record=an_id("note"),
                            values={"content": {"text": long}}))  # fmt: skip
    everything = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert CANARY.encode() in everything
    shown = store.records.get("person", AMINA)
    assert shown is not None
    with store.unit() as unit:
        unit.erase("note", an_id("note"), circle)
        unit.erase("person", AMINA, shown.circle, frozenset({"contact_rules"}))
    everything = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    engine.dispose()
    for length in (len(CANARY), 6):
        assert CANARY[:length].encode() not in everything


def test_one_register_goes_and_the_others_stay(store: EncryptedStore) -> None:
    with store.unit() as unit:
        circle = unit.put("person", replace(example("person"), street="2 rue Neuve", contact_note="rien le soir"))
    shown = store.records.get("person", AMINA)
    assert shown is not None
    with store.unit() as unit:
        unit.put("person", replace(shown.record, contact_note="rien le matin"), shown=shown)
    with store.unit() as unit:
        unit.erase("person", AMINA, circle, frozenset({"contact_rules"}))
    after = store.records.get("person", AMINA)
    assert after is not None
    assert (after.record.street, after.record.contact_note) == ("2 rue Neuve", "")
    assert after.erased == {"contact_rules"}
    gone = [one for one in store.records.history("person", AMINA) if one.register == "contact_rules"]
    assert [one.value for one in gone] == [None, None]
    assert store.check() == []


def test_an_erased_value_never_comes_back(stores: Callable[..., Opened]) -> None:
    here, there, late = (stores(name).store for name in ("here", "there", "late"))
    with here.unit() as unit:
        circle = unit.put("note", secret_note())
        written = unit.deed
    original = here.records.deed(written)
    there.receive(original)
    with here.unit() as unit:
        unit.erase("note", an_id("note"), circle)
        erasing = unit.deed
    erasure = here.records.deed(erasing)
    late.receive(erasure)
    for store in (there, late):
        store.receive(erasure)
        store.receive(original)
        store.receive([*original, *erasure])
        shown = store.records.get("note", an_id("note"))
        assert shown is not None
        assert shown.erased == {"content"}
        assert store.lists.search(CANARY) == []
        assert [change.values for change in store.records.deed(written)] == [{}]
        assert store.check() == []
        store.rebuild()
        assert store.records.get("note", an_id("note")) == shown


def test_the_witness_hears_of_it_and_an_old_backup_is_emptied_again(stores: Callable[..., Opened]) -> None:
    told: list[tuple[bytes, Dot, str]] = []
    one = stores("one", watch=Watch(erased=told.extend))
    with one.store.unit() as unit:
        circle = unit.put("note", secret_note())
        written = unit.deed
    old = stores("backup").store
    old.receive(one.store.records.deed(written))
    with one.store.unit() as unit:
        unit.erase("note", an_id("note"), circle)
    assert set(told) == one.store.erased_dots()
    touched = old.reapply_erasures(told)
    assert touched.records == {an_id("note")}
    assert old.lists.search(CANARY) == []
    shown = old.records.get("note", an_id("note"))
    assert shown is not None
    assert shown.erased == {"content"}
    assert old.check() == []


def test_a_clash_keeps_what_was_not_erased(stores: Callable[..., Opened]) -> None:
    here, there = stores("here").store, stores("there").store
    with here.unit() as unit:
        circle = unit.put("person", example("person"))
        created = unit.deed
    there.receive(here.records.deed(created))
    for store, street in ((here, "2 rue Neuve"), (there, "9 rue Haute")):
        shown = store.records.get("person", AMINA)
        assert shown is not None
        with store.unit() as unit:
            unit.put("person", replace(shown.record, street=street), shown=shown)
            edited = unit.deed
    with here.unit() as unit:
        unit.erase("person", AMINA, circle, frozenset({"address"}))
    here.receive(there.records.deed(edited))
    shown = here.records.get("person", AMINA)
    assert shown is not None
    assert shown.record.street == "9 rue Haute"
    assert here.records.clashes() == []
    assert here.check() == []

