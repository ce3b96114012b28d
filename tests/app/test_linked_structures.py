"""One structure founded twice on one laptop: linked by an invitation, two circles that never merge."""

from __future__ import annotations

from spie_desk.app.doorway import LocalDoorway
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.services import readers
from spie_desk.services.doorway import NewProfile, Opened


def _profile(door: LocalDoorway, name: str, mark: bytes) -> Opened:
    structure = Structure(id=mark * 16, name="L’Escale")
    me = Professional(id=mark.upper() * 16, first_name=name, structure=structure.id, bound_by="penal")
    return door.create(NewProfile(label=name, colour="teal", passphrase="Cheval-Brouette-29!", me=me,
                                  structure=structure))  # fmt: skip


def test_two_profiles_founded_apart_are_linked_and_stay_two_circles(door: LocalDoorway) -> None:
    first = _profile(door, "Nadia", b"n")
    invitation, code = first.keeper.invite("Bureau 2")
    first.keeper.close()
    second = _profile(door, "Malik", b"m")
    assert second.keeper.link_structure(invitation.id, code) == "L’Escale"
    store = second.desk.store
    mine, theirs = store.records.get("structure", b"m" * 16), store.records.get("structure", b"n" * 16)
    assert mine is not None
    assert theirs is not None
    assert mine.record.same_as == b"n" * 16
    assert mine.circle != theirs.circle
    assert not door.invitations()
    with store.unit() as unit:
        born = unit.put("professional", Professional(id=b"x" * 16, first_name="Ana", structure=b"m" * 16))
    assert born == mine.circle
    assert {one.name for one in readers.readers(second.desk, "ma-structure").people} == {"Malik", "Nadia", "Ana"}
    assert not second.keeper.rebuild_check(lambda _done, _total: None, lambda: False)
    second.keeper.close()
