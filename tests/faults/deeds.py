"""The deeds that are killed at each of their points: add a line to ``DEEDS`` when the product learns one more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from spie_desk.app.keeper import ProfileKeeper
from spie_desk.domain.drafts import Draft
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.person import Person
from spie_desk.services import clashes, imports, merging, moving, notes, people, quick, records, undo, work
from spie_desk.services.doorway import Opened
from spie_desk.store import backups, slots, vault
from spie_desk.store.durable import At
from spie_desk.store.keyfile import Slot
from tests.examples import an_id
from tests.faults.places import (
    ABEL,
    ABELLE,
    CANARY,
    JOINED,
    JOINED_TOO,
    LOOSE,
    LOOSE_CANARY,
    TODAY,
    WAITING,
    Place,
    of_a_stranger,
    the,
    the_note,
)
from tests.stores import PASSPHRASE

NEW_PHRASE = "sept autres mots pour ouvrir ce profil fictif"
LIST = "liste.csv"
CSV = "Nom;Prénom;Date de naissance\n" + "".join(
    f"Importé{n:02d};Ana;{n + 1:02d}/03/1990\n" for n in range(12)
)


_SLOTS: dict[bytes, Slot] = {}


@dataclass(frozen=True)
class Deed:
    """What is done on an open profile; ``points`` are names that must be among those it passes.

    ``erases``: a word that afterwards stands in no page of the store. ``changes``: the states that a person may find
    are two, before and after; what only makes files beside the store leaves one.
    """

    name: str
    do: Callable[[Opened, Place], object]
    points: tuple[str, ...]
    erases: str = ""
    changes: bool = True


def _keeper(opened: Opened) -> ProfileKeeper:
    assert isinstance(opened.keeper, ProfileKeeper)
    return opened.keeper


def save(opened: Opened, _place: Place) -> None:
    shown = the(opened.desk, "person", ABEL)
    records.save(opened.desk, "person", replace(shown.record, nickname="Zaza", email="autre@example.org"), shown)


def create(opened: Opened, _place: Place) -> None:
    people.create(opened.desk, Person(id=an_id("new"), last_name="Nouvelle"))


def keep_draft(opened: Opened, _place: Place) -> None:
    work.keep(opened.desk, Draft(id=an_id("typed"), form="note", kind="note", person=ABEL, values={"text": "Tapé."}))


def sign(opened: Opened, _place: Place) -> None:
    notes.sign(opened.desk, replace(notes.blank(opened.desk, ABEL), text="Vue ce jour."))


def sign_again(opened: Opened, _place: Place) -> None:
    shown = the_note(opened.desk)
    notes.sign_again(opened.desk, shown, replace(shown.record, text="Elle parle d’autre chose."))


def draft_to_record(opened: Opened, _place: Place) -> None:
    desk = opened.desk
    draft = desk.store.drafts.get(WAITING)
    assert draft is not None
    todo = Action(id=an_id("to do"), person=ABEL, what="Rappeler lundi", owner=desk.me.id, due_on=TODAY)
    notes.sign(desk, quick.note_of(draft), draft=draft.id, actions=(todo,))


def move(opened: Opened, _place: Place) -> None:
    notes.move(opened.desk, the_note(opened.desk), ABELLE)


def move_several(opened: Opened, _place: Place) -> None:
    chosen = [the_note(opened.desk), *opened.desk.store.records.find("action", {"person": ABEL})]
    moving.move_all(opened.desk, ABEL, chosen, ABELLE)


def merge_files(opened: Opened, _place: Place) -> None:
    merging.link(opened.desk, ABEL, ABELLE, "même nom")


def separate_files(opened: Opened, _place: Place) -> None:
    """Two files joined long ago; the note written since goes to the other one, in the same act."""
    desk = opened.desk
    since = [one for one in merging.since(desk, JOINED) if one.line.kind == "note"]
    assert since
    merging.separate(desk, JOINED_TOO, [(one, JOINED_TOO) for one in since])


def erase(opened: Opened, _place: Place) -> None:
    records.erase(opened.desk, the_note(opened.desk))


def erase_quick_note(opened: Opened, _place: Place) -> None:
    quick.erase(opened.desk, LOOSE)


def withdraw(opened: Opened, _place: Place) -> None:
    records.withdraw(opened.desk, the(opened.desk, "person", ABELLE))


def import_people(opened: Opened, place: Place) -> None:
    file = place.base / LIST
    if not file.exists():
        file.write_text(CSV, encoding="utf-8")
    desk = opened.desk
    table = desk.files.read_table(file)
    columns = desk.files.proposed(table, TODAY)
    imports.apply(desk, imports.plan(desk, table, columns, towns=desk.files.towns))


def undo_last(opened: Opened, _place: Place) -> None:
    undo.undo_last(opened.desk)


def settle(opened: Opened, _place: Place) -> None:
    """Two answers for one value, one of them kept."""
    (question,) = clashes.waiting(opened.desk)
    clashes.keep(opened.desk, question.clash, question.clash.versions[0])


def receive(opened: Opened, _place: Place) -> None:
    """A change written elsewhere arrives."""
    opened.desk.store.receive([of_a_stranger(opened.desk, the(opened.desk, "person", ABELLE), "Lili", 2)])


def back_up(opened: Opened, _place: Place) -> None:
    _keeper(opened).back_up()


def change_passphrase(opened: Opened, _place: Place) -> None:
    _keeper(opened).change_passphrase(PASSPHRASE, NEW_PHRASE)


def set_passphrase(opened: Opened, _place: Place) -> None:
    """The same from where the first file is touched: the derivations before it are made once for all the kills."""
    held, at = _keeper(opened).opened, _keeper(opened).door.at
    if held.vault_id not in _SLOTS:
        _SLOTS[held.vault_id] = slots.passphrase_slot(held.master, held.vault_id, held.epoch, NEW_PHRASE, vault.FLOOR)
    vault._replace(held, vault._genuine_document(held), _SLOTS[held.vault_id], at)


def rebuild(opened: Opened, _place: Place) -> None:
    _keeper(opened).rebuild(lambda _done, _total: None, lambda: False)


def tidy(opened: Opened, _place: Place) -> None:
    _keeper(opened).tidy()


def close(opened: Opened, _place: Place) -> None:
    _keeper(opened).changed = True
    opened.keeper.close()


def restore(place: Place, at: At) -> None:
    """Not on an open profile: what stands is set aside, a copy becomes the profile, and opens."""
    copy = backups.list_backups(place.folder)[0]
    opened = place.door(at).restore_copy(
        place.profile, copy, lambda folder: place.unlocked(folder, at), lambda _d, _t: None
    )
    opened.keeper.close()


UNIT = ("unit: begun", "unit: written", "unit: derived", "unit: before commit", "unit: committed")
BACKUP = ("copy:before", "copy:written", "manifest:written", "manifest:durable", "backup:before", "backup:named")
KEYS = ("change:before", "key-main:written", "key-main:replaced", "key-spare:written", "key-spare:durable",
        "key-backup:replaced", "change:done")  # fmt: skip

DEEDS = (
    Deed("save", save, UNIT),
    Deed("create a file", create, UNIT),
    Deed("keep a draft", keep_draft, ("draft: begun", "draft: before commit", "draft: committed")),
    Deed("sign", sign, UNIT),
    Deed("sign again", sign_again, UNIT),
    Deed("draft to record", draft_to_record, UNIT),
    Deed("move", move, (*UNIT, "witness-erase:before", "witness-erase:durable")),
    Deed("merge of files", merge_files, UNIT),
    Deed("separate files", separate_files, (*UNIT, "witness-erase:durable")),
    Deed("move several", move_several, (*UNIT, "witness-erase:durable")),
    Deed("erase", erase, (*UNIT, "witness-erase:before", "witness-erase:durable"), erases=CANARY),
    Deed("erase a quick note", erase_quick_note, (*UNIT, "witness-erase:durable"), erases=LOOSE_CANARY),
    Deed("withdraw", withdraw, UNIT),
    Deed("import", import_people, (*UNIT, "settings: committed")),
    Deed("undo", undo_last, UNIT),
    Deed("settle", settle, UNIT),
    Deed("receive", receive, ("receive: begun", "receive: derived", "receive: before commit", "receive: committed")),
    Deed("backup", back_up, BACKUP, changes=False),
    Deed("change the passphrase", set_passphrase, KEYS, changes=False),
    Deed("rebuild", rebuild, ("rebuild: begun", "rebuild: before commit", "rebuild: committed"), changes=False),
    Deed("tidy", tidy, ("tidy: begun", "tidy: committed"), changes=False),
    Deed("full lock", close, BACKUP, changes=False),
)

