"""One whole file as a document that lives without this software: values, history, clashes, what was erased."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from spie_desk.domain.errors import NotHereError
from spie_desk.domain.record import Kind
from spie_desk.domain.records import KIND, KINDS
from spie_desk.domain.shown import Clash, Shown, Stamp, Version
from spie_desk.domain.values import registers_of
from spie_desk.services import notes, one_file
from spie_desk.services.desk import Desk

FORMAT, VERSION = "spie-desk-dossier", 1
_PAGE = 500
_OF_PASSAGE = ("contribution", "decision", "attendance")

Document = dict[str, Any]


def people_to_export(desk: Desk) -> Iterator[tuple[bytes, str]]:
    """(id, file number) of everyone on this desk, in the order the files were opened; one person’s files are one."""
    together = desk.store.lists.together()
    for shown in _pages(desk, "person", {}, ("number",)):
        if one_file.of(together, shown.record.id)[0] == shown.record.id:
            yield shown.record.id, shown.record.number


def document(desk: Desk, person: bytes) -> Document:
    """Everything this desk holds about one person; nothing is left out because it is settled, old or withdrawn."""
    person = one_file.main_of(desk, person)
    shown = desk.store.records.get("person", person)
    if shown is None:
        raise NotHereError
    entries = [_entry(desk, one) for one in everything(desk, shown)]
    entries += [_entry(desk, one, withdrawn=True) for one in withdrawn(desk, person)]
    return {
        "format": FORMAT, "version": VERSION, "made_at": desk.clock.now().isoformat(),
        "made_by": {"name": desk.me.name, "function": desk.me.function, "structure": desk.structure.name},
        "person": person.hex(), "number": shown.record.number,
        "kinds": {kind.name: _declared(kind) for kind in KINDS if any(one["kind"] == kind.name for one in entries)},
        "records": entries,
        "clashes": [_clash(clash) for file in one_file.members(desk, person)
                    for clash in desk.store.records.clashes(file)],
        "professionals": _named(desk, "professional"), "structures": _named(desk, "structure"),
    }  # fmt: skip


def everything(desk: Desk, person: Shown[Any], *, alone: bool = False) -> list[Shown[Any]]:
    """The person and every record that stands about her, in all the files that are hers unless ``alone``; never what
    is kept apart from her file."""
    together = [person.record.id] if alone else one_file.members(desk, person.record.id)
    heads = [person] if alone else one_file.files(desk, together)
    return [*heads, *_of(desk, together)]


def withdrawn(desk: Desk, person: bytes, *, alone: bool = False) -> list[Shown[Any]]:
    together = [person] if alone else list(one_file.members(desk, person))
    return [one for kind in KINDS if "person" in kind.by_name and not kind.apart
            for one in desk.store.records.withdrawn(kind.name, {"person": together})]  # fmt: skip


def without_address(written: Document) -> Document:
    """The document without the address that is not to be given out, former ones included; everything else stays."""

    def left_out(entry: Document) -> Document:
        if entry["kind"] != "person":
            return entry
        values = {name: None if name == "address" else value for name, value in entry["values"].items()}
        history = [{**one, "value": None} if one["register"] == "address" else one for one in entry["history"]]
        return {**entry, "values": values, "history": history}

    clashes = [one for one in written["clashes"] if (one["kind"], one["register"]) != ("person", "address")]
    return {**written, "records": [left_out(one) for one in written["records"]], "clashes": clashes}


def mark_left(desk: Desk, written: Document) -> None:
    """Once a document is written out, its notes are corrected, no longer signed again."""
    for one in written["records"]:
        if one["kind"] == "note":
            notes.mark_left(desk, bytes.fromhex(one["id"]))


def _of(desk: Desk, files: Sequence[bytes]) -> list[Shown[Any]]:
    """Every record that hangs under these files, their passages and what was said there."""
    kinds = [kind.name for kind in KINDS if kind.name != "person" and "person" in kind.by_name and not kind.apart]
    found = [shown for kind in kinds for shown in _pages(desk, kind, {"person": list(files)})]
    passages = [shown.record.id for shown in found if shown.kind == "passage"]
    for kind in _OF_PASSAGE:
        for passage in passages:
            found += _pages(desk, kind, {"passage": passage})
    return found


def _pages(desk: Desk, kind: str, where: dict[str, Any], order: Sequence[str] = ()) -> Iterator[Shown[Any]]:
    offset = 0
    while page := desk.store.records.find(kind, where, order=order, limit=_PAGE, offset=offset):
        yield from page
        offset += len(page)
        if len(page) < _PAGE:
            return


def _entry(desk: Desk, shown: Shown[Any], *, withdrawn: bool = False) -> Document:
    circle = desk.store.circles.get(shown.circle)
    return {
        "kind": shown.kind, "id": shown.record.id.hex(),
        "circle": {"id": shown.circle.hex(), "sort": circle.sort.value if circle else ""},
        "withdrawn": withdrawn, "values": registers_of(KIND[shown.kind], shown.record),
        "clashing": sorted(shown.clashing | shown.beside), "erased": sorted(shown.erased),
        "first": _stamp(shown.first), "last": _stamp(shown.last),
        "history": [_version(one) for one in desk.store.records.history(shown.kind, shown.record.id, shown.circle)],
    }  # fmt: skip


def _version(one: Version) -> Document:
    """One value of one register; an erased one keeps who and when, both of its writing and of its erasure."""
    found: Document = {"register": one.register, "value": one.value, **_stamp(one.stamp), "standing": one.is_head,
                       "shown": one.is_shown}  # fmt: skip
    if one.erased_by is not None:
        found["value"] = None
        found["erased"] = _stamp(one.erased_by)
    return found


def _clash(clash: Clash) -> Document:
    return {
        "kind": clash.kind, "id": clash.record.hex(), "register": clash.register, "sort": clash.sort,
        "versions": [_version(one) for one in clash.versions], "before": [_version(one) for one in clash.before],
    }  # fmt: skip


def _stamp(stamp: Stamp) -> Document:
    at = datetime.fromtimestamp(stamp.ms / 1000, tz=UTC).isoformat(timespec="milliseconds")
    return {"by": stamp.person.hex(), "at": at, "deed": stamp.deed.hex(), "how": stamp.deed_kind}


def _declared(kind: Kind) -> Document:
    """The French words for a kind, its registers and its fields, so that the document reads without the software."""
    return {
        "label": kind.label, "registers": {name: kind.label_of(name) for name in kind.register_names},
        "fields": {item.name: item.trait.label for item in kind.fields if item.trait.label},
    }


def _named(desk: Desk, kind: str) -> Document:
    """Who the ids of authors and members stand for; names and functions only."""
    found = {}
    for shown in _pages(desk, kind, {}):
        entry = {"name": shown.record.name}
        if kind == "professional":
            entry |= {"function": shown.record.function, "structure": shown.record.structure.hex()}
        found[shown.record.id.hex()] = entry
    return found
