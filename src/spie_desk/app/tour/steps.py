"""The tour's steps in order: a new screen adds its own here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spie_desk.app.tour import care, day, entry, reviews, tools
from spie_desk.app.tour.guide import Guide
from spie_desk.domain.errors import N_


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name in the summary, its words in an error (a msgid), and what it does."""

    name: str
    says: str
    do: Callable[[Guide], None]


STEPS = (
    Step("first-run", N_("première ouverture"), entry.first_run),
    Step("unlock", N_("déverrouillage"), entry.unlock),
    Step("import", N_("import"), day.import_people),
    Step("file", N_("dossier"), day.open_a_file),
    Step("note", N_("note"), day.write_a_note),
    Step("round", N_("maraude"), tools.round_),
    Step("quick-note", N_("noter vite"), day.note_quickly),
    Step("review-prepare", N_("revue, préparation"), reviews.prepare),
    Step("review-hold", N_("revue, séance"), reviews.hold),
    Step("review-close", N_("revue, fin"), reviews.close),
    Step("clash", N_("à départager"), care.settle_a_clash),
    Step("relay", N_("relais"), tools.relay),
    Step("evening", N_("fin de journée"), tools.evening),
    Step("letter", N_("courrier"), tools.letter),
    Step("to-print", N_("à imprimer"), tools.to_print),
    Step("child", N_("information préoccupante"), tools.child),
    Step("copy", N_("copie de ses données"), tools.copy_of_data),
    Step("list", N_("liste à exporter"), tools.list_to_export),
    Step("her-file", N_("qui lit quoi, mauvais dossier"), tools.her_file),
    Step("settings", N_("réglages et raccourcis"), tools.settings),
    Step("pages", N_("toutes les pages"), day.look_around),
    Step("looks", N_("sombre et 200 %"), care.other_looks),
    Step("print", N_("impression"), care.print_papers),
    Step("export", N_("export"), care.export_a_file),
    Step("backup", N_("sauvegarde et reprise"), care.back_up_and_take_up),
    Step("check", N_("vérification du journal"), care.check_the_journal),
    Step("veil", N_("écran masqué"), tools.veil),
    Step("lock", N_("verrouillage"), entry.lock),
)
