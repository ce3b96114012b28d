"""A note's life: signed, signed again, corrected, widened, moved, copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.records import KIND
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.note import CIRCLE, OWN, RESERVED, Note, digest_of
from spie_desk.domain.shown import Shown, Touched
from spie_desk.domain.values import record_of
from spie_desk.services import extracts
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed, Unit

NARROW_THEMES = frozenset({"sante", "violences", "justice", "enfance"})
"""Themes whose notes open at the narrowest, réservé; the list may flag more of them as « sensitive »."""


class AlreadyGoneError(DeskError):
    says = N_(
        "Cette note ne se modifie plus : elle est signée depuis un autre jour, ou elle a été imprimée ou exportée."
    )
    next_step = N_("Ajoutez un rectificatif : il s’affichera avec elle.")


class NotAuthorError(DeskError):
    says = N_("Seule la personne qui a signé cette note peut la corriger.")
    next_step = N_("Ajoutez un rectificatif : il s’affichera avec elle.")


class NotWiderError(DeskError):
    says = N_("Une note ne se referme pas : ce qui a été lu l’a été.")
    next_step = N_("Vous pouvez l’effacer si elle ne devait pas exister.")


WIDTH = {"moi": 0, RESERVED: 1, OWN: 2, CIRCLE: 3}


def blank(desk: Desk, person: bytes = b"", sort: str = "entretien", theme: str = "") -> Note:
    """A new note of now, mine, open at its default width."""
    now = desk.clock.now()
    narrow = bool(person) and is_narrow(desk, theme)
    return Note(
        id=desk.chance.id(), person=person, sort=sort, on=now.date(), at=now.strftime("%H:%M"), authors=(desk.me.id,),
        theme=theme, compartment=RESERVED if narrow else OWN, readers=(desk.me.id,) if narrow else (),
    )  # fmt: skip


def is_narrow(desk: Desk, theme: str) -> bool:
    """Health, violence, justice, children: what a note of this theme tells must not be read by habit."""
    return theme in NARROW_THEMES | desk.lists["note_theme"].flagged("sensitive")


def sign(desk: Desk, note: Note, *, draft: bytes | None = None, actions: Sequence[Action] = ()) -> Touched:
    """Sign: the note is written into the circle of its visibility, with the digest of what was signed; what there
    is to do goes with it, into the file's socle."""
    signed = _signed(note)
    for action in actions:
        action.check()
    with desk.store.unit(Deed("signed", undoable=False)) as unit:
        unit.put("note", signed)
        for action in actions:
            unit.put("action", action)
        if draft is not None:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


def sign_again(desk: Desk, shown: Shown[Note], note: Note, *, draft: bytes | None = None,
               actions: Sequence[Action] = ()) -> Touched:  # fmt: skip
    """Until the evening, while it has not left: its author signs again, on the signed head; same width and file."""
    why = why_not_again(desk, shown)
    if why is not None:
        raise why
    before = shown.record
    kept = replace(note, id=before.id, person=before.person, compartment=before.compartment, readers=before.readers)
    signed = _signed(kept)
    with desk.store.unit(Deed("signed", undoable=False)) as unit:
        unit.put("note", signed, shown=shown)
        for action in actions:
            unit.put("action", action)
        if draft is not None:
            unit.drop_draft(draft, for_good=True)
    return desk.store.touched()


def why_not_again(desk: Desk, shown: Shown[Note]) -> DeskError | None:
    """What forbids signing again, or None: another author, another day, or already printed, exported or packed."""
    if shown.first.person != desk.me.id:  # the last one may be a stranger, who wrote beside it
        return NotAuthorError()
    signed_on = datetime.fromtimestamp(shown.first.ms / 1000, tz=desk.clock.now().tzinfo).date()
    if signed_on != desk.clock.now().date() or has_left(desk, shown.record.id):
        return AlreadyGoneError()
    return None


def has_left(desk: Desk, note: bytes) -> bool:
    return desk.store.settings.get(f"left:{note.hex()}") is not None


def mark_left(desk: Desk, note: bytes) -> None:
    """It was printed, exported or packed: from now on it is corrected, not signed again."""
    desk.store.settings.set(f"left:{note.hex()}", _ms(desk.clock.now()))


def correction(desk: Desk, shown: Shown[Note]) -> Note:
    """A rectificatif still to be written: a new note, in the same circle, that names the one it corrects."""
    now = desk.clock.now()
    return replace(
        shown.record, id=desk.chance.id(), text="", corrects=shown.record.id, authors=(desk.me.id,),
        on=now.date(), at=now.strftime("%H:%M"), minutes=None, copy_of=b"", digest="",
    )  # fmt: skip


def correct(desk: Desk, shown: Shown[Note], text: str) -> Touched:
    """Sign a rectificatif with these words."""
    return sign(desk, replace(correction(desk, shown), text=text))


def widen(desk: Desk, shown: Shown[Note], compartment: str) -> Touched:
    """The same note, same author, same text, as a new record in a wider circle; narrowing does not exist."""
    if WIDTH[compartment] <= WIDTH[shown.record.compartment]:
        raise NotWiderError
    return sign(desk, replace(shown.record, id=desk.chance.id(), compartment=compartment, readers=(),
                              copy_of=shown.record.id, digest=""))  # fmt: skip


def move(desk: Desk, shown: Shown[Note], person: bytes) -> Touched:
    """« Pas le bon dossier » : whole in the right file, with its wider copies, its rectificatifs and what stood beside
    it; erased in the wrong one and in what was shown of it in reviews, where who and when stay."""
    with desk.store.unit(Deed("moved", undoable=False)) as unit:
        carry(desk, unit, family(desk, shown), person)
    return desk.store.touched()


def carry(desk: Desk, unit: Unit, notes: Sequence[Shown[Note]], person: bytes) -> list[bytes]:
    """Write these notes, whole and under new ids, into that person's file and erase them where they stood."""
    ids = {one.record.id: desk.chance.id() for one in notes}
    for one in notes:
        for rank, text in enumerate(_texts(desk, one)):
            unit.put("note", _signed(replace(
                text, id=desk.chance.id() if rank else ids[text.id], person=person, passage=b"", digest="",
                copy_of=ids.get(text.copy_of, b""), corrects=ids.get(text.corrects, b""),
            )))  # fmt: skip
        unit.erase("note", one.record.id, one.circle)
        extracts.follow(desk, unit, "note", one.record.id)
    return list(ids.values())


def family(desk: Desk, shown: Shown[Note]) -> list[Shown[Note]]:
    """The note, and all that copies or corrects it in the same file, step by step."""
    person = shown.record.person
    waiting = desk.store.records.find("note", {"person": person}) if person else []
    kin, named = [shown], {shown.record.id, *_names(shown.record)}
    while near := [one for one in waiting if one.record.id in named or named & _names(one.record)]:
        waiting = [one for one in waiting if one not in near]
        kin += [one for one in near if one.record.id != shown.record.id]
        named |= {name for one in near for name in (one.record.id, *_names(one.record))}
    return kin


def _names(note: Note) -> set[bytes]:
    return {note.copy_of, note.corrects} - {b""}


def _texts(desk: Desk, shown: Shown[Note]) -> list[Note]:
    """The note as it is shown, then every other text that stands beside it: none is lost on the way."""
    kind = KIND["note"]
    heads = [
        version.value for version in desk.store.records.history("note", shown.record.id, shown.circle)
        if version.register == "content" and version.is_head and version.value is not None
    ]  # fmt: skip
    others: list[Note] = [record_of(kind, shown.record.id, {"content": value}) for value in heads]
    return [shown.record, *(one for one in dict.fromkeys(others) if one != shown.record and one.text.strip())]


def copy_for(desk: Desk, shown: Shown[Note], person: bytes) -> Touched:
    """A note for both adults of a household: written once, copied by choice; nothing flows by itself."""
    return sign(desk, replace(shown.record, id=desk.chance.id(), person=person, copy_of=shown.record.id, digest=""))


def _signed(note: Note) -> Note:
    note.check()
    return replace(note, digest=digest_of(note))


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
