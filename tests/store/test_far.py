"""What a table leaves in the journal is shown all the same: on every way to a record, as its newest sayer has it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from spie_desk.domain.record import Kind
from spie_desk.domain.records import KINDS
from spie_desk.domain.records.note import NOTE
from spie_desk.services.ports import Deed
from spie_desk.store.engine import connect
from spie_desk.store.index import is_text
from tests.examples import an_id, example
from tests.store.conftest import KEY, Opened

WORD = "Zygomorphe"
TEXT = f"Elle a reçu le courrier de la CAF. {WORD} ce matin."


@pytest.fixture
def written(one: Opened) -> bytes:
    with one.store.unit() as unit:
        unit.put("person", example("person"))
        return unit.put("note", replace(example("note"), text=TEXT))


@pytest.mark.parametrize("kind", [one for one in KINDS if one.far], ids=lambda one: one.name)
def test_what_is_far_is_one_register_that_nothing_asks_after(kind: Kind) -> None:
    far = set(kind.far)
    assert len({kind.by_name[name].register for name in far}) == 1
    assert not far & {kind.parent, *kind.indexed, *kind.sorted_by, *kind.sounded, *kind.distinct, *kind.hushed.values()}


def test_no_table_holds_a_second_copy_of_it(one: Opened, written: bytes) -> None:
    raw = connect(one.path, bytearray(KEY))
    try:
        (row,) = raw.execute("SELECT * FROM rec_note").fetchall()
    finally:
        raw.close()
    assert not any(WORD in str(cell) for cell in row)


def test_every_way_to_the_note_shows_it_whole(one: Opened, written: bytes) -> None:
    whole = replace(example("note"), text=TEXT)
    shown = one.store.records.get("note", whole.id)
    assert shown is not None
    assert shown.record == whole
    assert [found.record for found in one.store.records.find("note", {"person": whole.person})] == [whole]
    assert is_text(NOTE)
    (found,) = one.store.lists.search_texts(WORD)
    assert WORD in found.excerpt
    with one.store.unit() as unit:
        unit.withdraw(shown)
    assert [found.record for found in one.store.records.withdrawn("note")] == [whole]


def test_a_later_write_of_the_same_register_is_what_shows(one: Opened, written: bytes) -> None:
    """As after another desk wrote the same note: the change that is shown, not the first one, says the text."""
    shown = one.store.records.get("note", an_id("note"))
    assert shown is not None
    with one.store.unit() as unit:
        unit.put("note", replace(shown.record, text="Autre chose."), shown=shown)
    again = one.store.records.get("note", an_id("note"))
    (stored,) = one.store.records.find("note")
    assert again is not None
    assert stored.record == again.record
    versions = one.store.records.history("note", an_id("note"))
    (shown_now,) = [one for one in versions if one.register == "content" and one.is_shown]
    assert again.record.text == shown_now.value["text"]
    assert one.store.check() == []


def test_once_erased_it_shows_empty(one: Opened, written: bytes) -> None:
    with one.store.unit(Deed("erased", undoable=False)) as unit:
        unit.erase("note", an_id("note"), written)
    shown = one.store.records.get("note", an_id("note"))
    assert shown is not None
    assert shown.record.text == ""
    assert "content" in shown.erased
    assert one.store.check() == []
