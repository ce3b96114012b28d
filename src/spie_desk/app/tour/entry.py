"""Coming in and going out: first run, a new profile, unlocking by its passphrase, the full lock at the end."""

from __future__ import annotations

from PySide6.QtCore import Qt

from spie_desk.app.shipped_lists import example_people
from spie_desk.app.tour.guide import Guide
from spie_desk.app.tour.hands import NeverCameError, press_key, turn, type_text, wait
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records import KINDS
from spie_desk.domain.vaults import WrongPassphraseError
from spie_desk.services.doorway import NewProfile


class OpensAnyhowError(DeskError):
    says = N_("Le profil s’est ouvert avec une phrase de passe fausse.")


class KitRefusedError(DeskError):
    says = N_("Le kit de secours recopié n’a pas été reconnu.")


class LostError(DeskError):
    """Parameters ``kept`` and ``found``: how many records before the lock and after."""

    says = N_("Le profil rouvert n’a pas le même contenu\u00a0: {kept} éléments avant, {found} après.")


def first_run(guide: Guide) -> None:
    """Nobody on this computer yet: the first screen, then a profile with its people."""
    guide.front.come()
    turn(120)
    guide.picture("premiere-ouverture")
    if guide.front.entry is not None:
        guide.front.entry.close()
        guide.front.entry = None
    me, structure = founders(example_people())
    wish = NewProfile(label="Claire", colour=structure.colour, passphrase=guide.phrase, me=me, structure=structure,
                      people=guide.people)  # fmt: skip
    keeper = guide.door.create(wish).keeper
    try:
        kit = keeper.make_kit()
        if not keeper.confirm_kit(kit, *(kit.groups[place] for place in kit.asked)):
            raise KitRefusedError
        keeper.back_up(lambda _done, _total: None, lambda: False)
    finally:
        keeper.close()


def unlock(guide: Guide) -> None:
    """The passphrase typed on the real screen."""
    guide.front.come()
    entry = guide.front.entry
    if entry is None:
        raise NeverCameError(what=N_("l’écran de déverrouillage"))
    turn(120)
    guide.picture("deverrouillage")
    panel = entry.panel()
    field = panel.first_focus() if panel is not None else None
    if field is None:
        raise NeverCameError(what=N_("un champ où écrire"))
    type_text(guide.phrase, field)
    press_key(Qt.Key.Key_Return, field)
    wait(lambda: guide.front.session is not None, N_("l’ouverture du profil"))
    guide.settle()


def lock(guide: Guide) -> None:
    """Full lock; a wrong phrase opens nothing, the right one opens the same."""
    profile, session = guide.session.keeper.card.id, guide.session
    kept = guide.ask(lambda desk: sum(desk.store.records.count(kind.name) for kind in KINDS))
    session.lock()
    session.finish()
    guide.front.session = None
    try:
        guide.door.unlock(profile, f"{guide.phrase} autre").keeper.close()
    except WrongPassphraseError:
        pass
    else:
        raise OpensAnyhowError
    opened = guide.door.unlock(profile, guide.phrase)
    found = sum(opened.desk.store.records.count(kind.name) for kind in KINDS)
    opened.keeper.close()
    if found != kept:
        raise LostError(kept=kept, found=found)
