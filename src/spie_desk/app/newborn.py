"""The first writes of a profile, in a folder that nobody can open yet: who I am, my structure, fictitious people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine

from spie_desk.domain.errors import DeskError, N_
from spie_desk.services import founding
from spie_desk.services.doorway import NewProfile, Progress
from spie_desk.services.ports import Chance, Clock, Deed
from spie_desk.store import aside, joining, tables
from spie_desk.store.durable import At
from spie_desk.store.engine import close_engine
from spie_desk.store.open import EncryptedStore, Watch, open_store
from spie_desk.store.vault import Vault
from spie_desk.store.witness import Witness, begin_anew
from spie_sync.invitation import Invitation

CREATED = "created"


class BadInvitationError(DeskError):
    says = N_("Ce code n’ouvre pas cette invitation. Rien n’a été créé.")
    next_step = N_("Vérifiez chaque groupe, ou demandez une nouvelle invitation à votre collègue.")


@dataclass(frozen=True)
class Newborn:
    """What makes a fresh vault a profile; ``example`` is the material of fictitious people."""

    clock: Clock
    chance: Chance
    example: Callable[[], Any]
    at: At

    def found(self, made: Vault, witness: Witness, wish: NewProfile, invitation: Invitation | None,
              progress: Progress) -> None:  # fmt: skip
        engine = aside.open_store(made, newest=tables.FORMAT, at=self.at)
        try:
            store = open_store(engine, self.clock, self.chance, at=self.at, watch=watch(witness))
            begin_anew(engine, witness, lambda _connection: None)
            store.settings.set(CREATED, int(self.clock.now().timestamp() * 1000))
            if invitation is not None:
                self._take_in(engine, store, wish, invitation)
            elif wish.me is not None and wish.structure is not None:
                founding.found(store, replace(wish.me, structure=wish.structure.id), wish.structure)
            if wish.people:
                self._people(store, wish, progress)
        finally:
            close_engine(engine)

    @staticmethod
    def _take_in(engine: Engine, store: EncryptedStore, wish: NewProfile, invitation: Invitation) -> None:
        with engine.begin() as connection:
            joining.learn(connection, invitation)
        store.receive(invitation.changes)
        structure = first_structure(invitation)
        if structure is None or wish.me is None:
            raise BadInvitationError
        founding.join(store, replace(wish.me, structure=structure))

    def _people(self, store: EncryptedStore, wish: NewProfile, progress: Progress) -> None:
        from spie_desk.domain.people_maker import make  # noqa: PLC0415 — only for fictitious people

        if wish.me is None or wish.structure is None:
            return
        today = self.clock.now().date()
        records = list(make(self.example(), 1, today, wish.people, wish.me, wish.structure))
        put_all(store, records, progress)


def first_structure(invitation: Invitation) -> bytes | None:
    """The structure whose circle it is: the first one that its founder wrote there."""
    written = [change for change in invitation.changes if change.kind == "structure"]
    return min(written, key=lambda change: change.rank).record if written else None


def put_all(store: EncryptedStore, records: Sequence[tuple[str, Any]], progress: Progress) -> None:
    """Write made-up records, whole people to a transaction; a profile half made is thrown away by who makes it."""
    with store.unit(Deed("training", undoable=False)) as unit:
        unit.put_fresh(records, lambda done: progress(done, len(records)))


def watch(witness: Witness) -> Watch:
    return Watch(reserve=witness.reserve, erased=witness.erase)
