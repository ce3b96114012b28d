"""The rest of her day: a round, a relay, the evening, a letter, paper that waits, a child in danger, her copy."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QDialog

from spie_desk.app.tour.guide import Guide
from spie_desk.app.tour.hands import NeverCameError, act, click, shortcut, type_text, wait
from spie_desk.domain.errors import N_
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.relay import Relay
from spie_desk.domain.shown import Touched
from spie_desk.services import relays
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed
from spie_desk.texts import _
from spie_desk.ui.pages.copy import CopyPage
from spie_desk.ui.pages.note import NotePage

PLACE = "Gare, côté bus"  # not words: what is typed
BEGUN = (
    "Passage à l’accueil : les papiers de la caf sont complets.",  # not words
    "Appel du bailleur : visite possible jeudi matin, à confirmer avec elle.",  # not words
)


def round_(guide: Guide) -> None:
    """A round begins; what is noted quickly afterwards takes its place and its team."""
    guide.open("rounds")
    shortcut(guide.window, "Ctrl+N")
    type_text(PLACE)
    click(guide.page, _("Commencer"))
    guide.settle()
    wait(lambda: guide.ask(lambda desk: desk.store.records.count("round")) > 0, N_("la maraude"))
    guide.window.notices.snack.hide()
    guide.picture("maraude")


def relay(guide: Guide) -> None:
    """A colleague answers for two days."""
    guide.do(_agree)
    if guide.open("relays"):
        guide.picture("relais")


def evening(guide: Guide) -> None:
    """Two notes left as they were, then « Fin de journée » signs the first."""
    others = guide.ask(lambda desk: [row.id for row in desk.store.lists.people(PersonFilter(referent=desk.me.id))])
    for person, text in zip([one for one in others if one != guide.person], BEGUN, strict=False):
        guide.open("note", person=person)
        _typed(guide, text)
        guide.open("today")
    shortcut(guide.window, "Ctrl+J")
    guide.settle()
    guide.picture("fin-de-journee")
    known = guide.ask(lambda desk: desk.store.records.count("note"))
    shortcut(guide.window, "Ctrl+Return")
    guide.settle()
    wait(lambda: guide.ask(lambda desk: desk.store.records.count("note")) > known, N_("la note signée"))


def letter(guide: Guide) -> None:
    """A template filled from the file."""
    guide.open("file", person=guide.person)
    shortcut(guide.window, "Ctrl+Shift+O")
    guide.settle()
    guide.picture("courrier")
    click(guide.page, _("Fermer (Échap)"))
    guide.settle()


def to_print(guide: Guide) -> None:
    """Her sheet, without a printer: it waits, encrypted."""
    guide.open("file", person=guide.person)
    shortcut(guide.window, "Ctrl+P")
    guide.settle()
    preview = _dialog(guide)
    guide.picture("impression", preview)
    click(preview, _("Mettre dans «\u00a0À imprimer\u00a0»"))
    guide.settle()
    if guide.ask(lambda desk: desk.store.papers.count()) != 1:
        raise NeverCameError(what=N_("le document qui attend"))


def child(guide: Guide) -> None:
    """Opened from the numbers, left empty: nothing is written."""
    if guide.open("concern", person=guide.person):
        guide.picture("information-preoccupante")
    guide.open("today")


def copy_of_data(guide: Guide) -> None:
    """She asks for her data: the request, its due date, the lines to go through."""
    guide.open("copy", person=guide.person)
    page = guide.page
    if not isinstance(page, CopyPage):
        raise NeverCameError(what=N_("la page de la copie"))
    page.choose_channel("oral")
    click(page, _("Enregistrer la demande"))
    guide.settle()
    wait(lambda: bool(page.lines()), N_("les lignes de la copie"))
    guide.window.notices.snack.hide()
    guide.picture("copie-de-ses-donnees")


def list_to_export(guide: Guide) -> None:
    """What would leave, and why; nothing is written."""
    guide.open("people")
    shortcut(guide.window, "Ctrl+Shift+E")
    guide.settle()
    guide.picture("exporter")
    guide.open("people")


def her_file(guide: Guide) -> None:
    """Who reads what; what was written in the wrong file."""
    guide.open("file", person=guide.person, tab="autour")
    guide.picture("qui-lit-quoi")
    shortcut(guide.window, "Ctrl+Shift+D")
    guide.settle()
    guide.picture("pieces")
    guide.open("today")
    guide.open("file", person=guide.person)
    act(guide.window, _("Pas le bon dossier, pour plusieurs éléments…"))
    guide.settle()
    guide.picture("mauvais-dossier")
    guide.open("today")


def settings(guide: Guide) -> None:
    """Copies kept, and the help to writing; then the keys of a page."""
    for tab, name in (("backups", "sauvegardes"), ("writing", "ecrire")):
        guide.open("settings", tab=tab)
        guide.picture(name)
    guide.open("file", person=guide.person)
    shortcut(guide.window, "F1")
    guide.settle()
    keys = _dialog(guide)
    guide.picture("raccourcis", keys)
    keys.reject()
    guide.settle()


def veil(guide: Guide) -> None:
    """Ctrl+L: nothing of a file is seen any more; the full lock comes next."""
    shortcut(guide.window, "Ctrl+L")
    guide.settle()
    guide.picture("masque")


def _typed(guide: Guide, text: str) -> None:
    page = guide.page
    if not isinstance(page, NotePage):
        raise NeverCameError(what=N_("un champ où écrire"))
    field = page.first_focus()
    if field is None:
        raise NeverCameError(what=N_("un champ où écrire"))
    field.setFocus()
    type_text(text, field)
    guide.settle()


def _dialog(guide: Guide) -> QDialog:
    found = [one for one in guide.window.findChildren(QDialog) if one.isVisible()]
    if not found:
        raise NeverCameError(what=N_("une fenêtre"))
    return found[-1]


def _agree(desk: Desk) -> Touched:
    """With someone of my structure; a first colleague when I am alone there."""
    known = [one.record for one in desk.store.records.find("professional", {"structure": desk.structure.id})]
    colleague = next((one for one in known if one.id != desk.me.id), None)
    if colleague is None:
        colleague = Professional(id=desk.chance.id(), first_name="Karim", last_name="Benali",
                                 structure=desk.structure.id)  # fmt: skip
        with desk.store.unit(Deed("typed")) as unit:
            unit.put("professional", colleague)
    today = desk.clock.now().date()
    return relays.save(desk, Relay(id=desk.chance.id(), absent=desk.me.id, cover=colleague.id,
                                   starts_on=today, ends_on=today + timedelta(days=2)))  # fmt: skip
