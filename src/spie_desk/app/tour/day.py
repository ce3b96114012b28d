"""A day's work: the import, the day, people, one file, a note signed, a quick note, and every other page."""

from __future__ import annotations

from PySide6.QtCore import Qt

from spie_desk.app.tour.guide import Guide
from spie_desk.app.tour.hands import NeverCameError, click, press_key, shortcut, turn, type_text, wait
from spie_desk.domain.errors import N_
from spie_desk.domain.listing import PersonFilter
from spie_desk.services import casefile
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.pages.entries import ENTRIES
from spie_desk.ui.pages.import_people import DONE, TRIAL, ImportPage

NOTE = (
    "Reçue à la permanence. Le dossier de logement est complet : "  # not words: what is typed
    "il manque seulement la signature du bail.\n"
    "Elle souhaite reprendre une formation au printemps et demande à visiter le centre avant de choisir."
)
QUICK = "Croisé devant la gare, va mieux, demande où prendre une douche."  # not words
_SHOWN = ("import", "file", "note")


def import_people(guide: Guide) -> None:
    """Choose, look at the columns, try, answer the first doubt, import; all on the page."""
    guide.open("import")
    page = guide.page
    if not isinstance(page, ImportPage):
        raise NeverCameError(what=N_("la page d’import"))
    page.take(guide.file)
    guide.settle()
    guide.picture("import-colonnes")
    click(page, _("Essayer à blanc"))
    wait(lambda: page.step() == TRIAL, N_("l’essai à blanc"))
    guide.settle()
    guide.picture("import-essai")
    plan = page.plan()
    if plan is None:
        raise NeverCameError(what=N_("l’essai à blanc"))
    if plan.doubts:
        click(page, _("C’est la même personne"))
        guide.settle()
    click(page, "Importer ")
    wait(lambda: page.step() == DONE, N_("la fin de l’import"))
    guide.settle()
    guide.picture("import-fait")
    report = page.report()
    guide.facts["import"] = {name: getattr(report, name) for name in
                             ("created", "updated", "unchanged", "in_doubt", "refused", "nirs")}  # fmt: skip


def look_around(guide: Guide) -> None:
    """Every page of the sidebar."""
    for entry in ENTRIES:
        if entry.group and entry.route not in _SHOWN and guide.open(entry.route):
            guide.picture(entry.route)


def open_a_file(guide: Guide) -> None:
    """The file with the longest story among the first ones."""
    guide.person = guide.ask(_longest)
    if guide.open("file", person=guide.person):
        guide.picture("dossier")


def write_a_note(guide: Guide) -> None:
    """Typed in the real editor, kept as a draft on the way, then signed."""
    known = guide.ask(lambda desk: desk.store.records.count("note"))
    guide.open("note", person=guide.person, sort="entretien")
    field = guide.page.first_focus()
    if field is None:
        raise NeverCameError(what=N_("un champ où écrire"))
    field.setFocus()
    type_text(NOTE, field)
    wait(lambda: bool(guide.session.desk.store.drafts.all()), N_("le brouillon"))
    guide.settle()
    guide.picture("note")
    shortcut(guide.window, "Ctrl+Return")
    guide.settle()
    wait(lambda: guide.ask(lambda desk: desk.store.records.count("note")) == known + 1, N_("la note signée"))
    person = guide.person
    found = guide.ask(lambda desk: desk.store.records.find("note", {"person": person}, order=("-on",)))
    guide.note = max(found, key=lambda one: one.last.hlc).record.id
    guide.picture("note-signee")


def note_quickly(guide: Guide) -> None:
    """Ctrl+Shift+N from anywhere, one sentence, Return."""
    known = len(guide.ask(lambda desk: desk.store.drafts.all()))
    guide.open("today")
    shortcut(guide.window, "Ctrl+Shift+N")
    guide.settle()
    type_text(QUICK)
    turn(60)
    guide.picture("noter-vite")
    press_key(Qt.Key.Key_Return)
    guide.settle()
    wait(lambda: len(guide.ask(lambda desk: desk.store.drafts.all())) == known + 1, N_("la note vite écrite"))


def _longest(desk: Desk) -> bytes:
    rows = desk.store.lists.people(PersonFilter(), limit=12)
    told = {row.id: casefile.open_file(desk, row.id) for row in rows}
    return max(rows, key=lambda row: len(told[row.id].timeline) if told[row.id] else 0).id  # type: ignore[union-attr]
