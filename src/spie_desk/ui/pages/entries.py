"""Every page there is and the route that opens it; nothing is in the sidebar that is not here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from spie_desk.domain.errors import N_
from spie_desk.ui.page import Page, Room
from spie_desk.ui.pages.settings_tabs import TABS
from spie_desk.ui.route import Entry


def _page(module: str, name: str) -> Callable[[Room], Page]:
    """Imported when it is first opened: the window waits for no page but its first."""

    def make(room: Room) -> Page:
        made: Page = getattr(import_module(f"spie_desk.ui.pages.{module}"), name)(room)
        return made

    return make


ENTRIES: tuple[Entry, ...] = (
    # main
    Entry("today", _page("today", "TodayPage"), N_("Aujourd’hui"), "sun", "main", "Ctrl+1"),
    Entry("people", _page("people", "PeoplePage"), N_("Personnes"), "users", "main", "Ctrl+2"),
    Entry("agenda", _page("agenda", "AgendaPage"), N_("Agenda"), "calendar-days", "main", "Ctrl+3"),
    Entry("reviews", _page("reviews", "ReviewsPage"), N_("Revues"), "presentation", "main", "Ctrl+4"),
    # exchanges
    Entry("work", _page("work", "WorkPage"), N_("Travail en cours"), "pencil-line", "exchanges", "Ctrl+5"),
    Entry(
        "unattached",
        _page("unattached", "UnattachedPage"),
        N_("À rattacher"),
        "user-round-search",
        "exchanges",
        "Ctrl+6",
    ),
    Entry("clashes", _page("clashes", "ClashesPage"), N_("À départager"), "git-compare-arrows", "exchanges", "Ctrl+7"),
    Entry("to-print", _page("to_print", "ToPrintPage"), N_("À imprimer"), "printer", "exchanges", "Ctrl+8"),
    # foot
    Entry("import", _page("import_people", "ImportPage"), N_("Importer"), "file-up", "foot", "Ctrl+I"),
    Entry(
        "settings",
        _page("settings", "SettingsPage"),
        N_("Réglages"),
        "settings",
        "foot",
        "Ctrl+,",
        tabs=tuple(tab[:2] for tab in TABS),
    ),
    Entry("help", _page("help", "HelpPage"), N_("Aide"), "circle-help", "foot", "Shift+F1"),
    Entry("urgence", _page("urgence", "UrgencePage"), N_("Urgence"), "siren", "foot", "F8"),
    # reached from another
    Entry("relays", _page("relays", "RelaysPage"), N_("Relais"), "handshake", under="agenda", shortcut="Ctrl+0"),
    Entry("rounds", _page("rounds", "RoundsPage"), N_("Maraudes"), "footprints", under="unattached", shortcut="Ctrl+9"),
    Entry("day-end", _page("day_end", "DayEndPage"), N_("Fin de journée"), "moon", under="today", shortcut="Ctrl+J"),
    Entry("review", _page("review", "ReviewPage"), under="reviews"),
    Entry("meeting", _page("meeting", "MeetingPage"), under="reviews"),
    Entry("person-new", _page("person_new", "NewPersonPage"), under="people"),
    Entry("file", _page("file", "FilePage"), under="people"),
    Entry("note", _page("note", "NotePage"), under="people"),
    Entry("benefit-flow", _page("benefit_flow", "BenefitFlowPage"), under="import"),
    Entry("calendar-out", _page("calendar_out", "CalendarOutPage"), under="agenda"),
    Entry("export", _page("export", "ExportPage"), under="people"),
    Entry("same-person", _page("same_person", "SamePersonPage"), under="people"),
    Entry("copy", _page("copy", "CopyPage"), under="people"),
    Entry("paper", _page("paper", "PaperFollowUps"), N_("Suivi papier"), "folder", under="people"),
    Entry("concern", _page("concern", "ConcernPage"), under="people"),
)
"""In the order of the sidebar: main, exchanges, foot; then the pages that are only reached from another."""
