"""What keeps the work safe: a clash settled, papers, an export, a backup taken up again, the journal checked."""

from __future__ import annotations

from dataclasses import replace

from spie_desk.app.leaving import write_files
from spie_desk.app.tour.guide import Guide
from spie_desk.app.tour.hands import NeverCameError
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.records import KINDS
from spie_desk.domain.shown import Touched
from spie_desk.exchange import export_file
from spie_desk.services import clashes, records, sheets
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import Opened
from spie_desk.store import backups, vault
from spie_desk.store.profiles import Profile
from spie_desk.texts import _
from spie_sync.change import Change

EXPORT = "export"


class NotTheSameError(DeskError):
    """Parameter ``n``: how many differences."""

    says = N_("Le journal et les tables diffèrent\u00a0: {n}.")


class CopyDiffersError(DeskError):
    """Parameters ``kept`` and ``found``."""

    says = N_("La sauvegarde reprise n’a pas le même contenu\u00a0: {kept} éléments, {found} repris.")


class ExportDiffersError(DeskError):
    """Parameter ``n``: how many files are missing or changed."""

    says = N_("L’export n’est pas entier\u00a0: {n} fichiers manquent ou ont changé.")


def settle_a_clash(guide: Guide) -> None:
    """A copy taken up elsewhere and this desk write apart; the answers meet here, and a person chooses."""
    person = guide.person
    changes = _written_apart(guide, person)
    guide.do(lambda desk: _write_here(desk, person))
    guide.do(lambda desk: desk.store.receive(changes))
    made = guide.ask(lambda desk: clashes.waiting(desk, person))
    clash = next((one.clash for one in made if one.clash.register == "email"), None)
    if clash is None:
        raise NeverCameError(what=N_("une question à départager"))
    if guide.open("clashes"):
        guide.picture("departager")
    guide.do(lambda desk: clashes.keep(desk, clash, clash.versions[0]))
    if any(one.clash.register == "email" for one in guide.ask(lambda desk: clashes.waiting(desk, person))):
        raise NeverCameError(what=N_("la question départagée"))
    guide.facts["clashes"] = {"settled": 1, "left": guide.ask(lambda desk: len(clashes.waiting(desk)))}


def print_papers(guide: Guide) -> None:
    """Her sheet, the note just signed, the agenda and the minutes, as they come out of the printer."""
    person, note, review = guide.person, guide.note, guide.review
    guide.paper(guide.ask(lambda desk: sheets.of_person(desk, person)), "fiche.pdf")
    guide.paper(guide.ask(lambda desk: sheets.of_note(desk, note)), "note.pdf")
    guide.paper(guide.ask(lambda desk: sheets.of_agenda(desk, review)), "ordre-du-jour.pdf")
    for rank, sheet in enumerate(guide.ask(lambda desk: sheets.of_minutes(desk, review)), start=1):
        guide.paper(sheet, f"compte-rendu-{rank}.pdf")


def export_a_file(guide: Guide) -> None:
    """One whole file in the clear, and its sums."""
    person = guide.person
    shown = guide.ask(lambda desk: desk.store.records.get("person", person))
    if shown is None:
        raise NeverCameError(what=N_("le dossier"))
    number = shown.record.number

    def leave(desk: Desk) -> None:
        write_files(desk, guide.out / EXPORT, number, reason=_("Parcours d’essai"))

    guide.do(leave)
    wrong = export_file.verify(guide.out / EXPORT / number)
    if wrong:
        raise ExportDiffersError(n=len(wrong))


def back_up_and_take_up(guide: Guide) -> None:
    """A verified copy, taken up in another folder, holds the same."""
    made = guide.session.keeper.back_up(lambda _done, _total: None, lambda: False)
    kept = guide.ask(_count)
    copy = _taken_up(guide, "reprise", made.id)
    found = _count(copy.desk)
    copy.keeper.close()
    guide.facts["backup"] = {"files": made.files, "bytes": made.size}
    if found != kept:
        raise CopyDiffersError(kept=kept, found=found)


def check_the_journal(guide: Guide) -> None:
    """Tables and index are what the journal says."""
    found = guide.session.keeper.rebuild_check(lambda _done, _total: None, lambda: False)
    if found:
        raise NotTheSameError(n=len(found))
    guide.facts["records"] = guide.ask(lambda desk: {kind.name: desk.store.records.count(kind.name) for kind in KINDS})


def other_looks(guide: Guide) -> None:
    """The same file in the dark, and at 200 %."""
    theme = guide.stage.theme
    theme.apply("dark", 100)
    guide.open("file", person=guide.person)
    guide.picture("dossier-sombre")
    theme.apply("light", 200)
    guide.open("help")
    guide.open("file", person=guide.person)
    guide.picture("dossier-200")
    theme.apply("light", 100)
    guide.settle()


def _count(desk: Desk) -> int:
    return sum(desk.store.records.count(kind.name) for kind in KINDS)


def _taken_up(guide: Guide, folder: str, copy_id: str) -> Opened:
    """A copy opened as another profile, in a folder of its own."""
    profile = getattr(guide.session.keeper, "profile", None)
    if not isinstance(profile, Profile):
        raise NeverCameError(what=N_("le profil"))
    copy = next(one for one in backups.list_backups(profile.folder) if one.id == copy_id)
    root = guide.door.root.parent / folder
    door = replace(guide.door, root=root)
    blank = Profile("", root, "Copie", profile.colour)
    return door.restore_copy(blank, copy, lambda at: vault.unlock(at, guide.phrase), lambda _done, _total: None)


def _written_apart(guide: Guide, person: bytes) -> list[Change]:
    """What the copy's desk writes, without this one knowing."""
    made = guide.session.keeper.back_up(lambda _done, _total: None, lambda: False)
    copy = _taken_up(guide, "copie", made.id)
    try:
        touched = _rename(copy.desk, person, email="nouvelle.adresse@example.org")
        return copy.desk.store.records.deed(touched.deed)
    finally:
        copy.keeper.close()


def _write_here(desk: Desk, person: bytes) -> Touched:
    return _rename(desk, person, email="autre.adresse@example.org")


def _rename(desk: Desk, person: bytes, email: str) -> Touched:
    shown = desk.store.records.get("person", person)
    if shown is None:
        raise NeverCameError(what=N_("le dossier"))
    return records.save(desk, "person", replace(shown.record, email=email), shown)
