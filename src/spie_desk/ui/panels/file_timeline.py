"""« Chronologie »: what happened, newest first, who reads each card and where it has arrived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from spie_desk.domain.circles import Sort
from spie_desk.domain.errors import N_
from spie_desk.services.casefile import Entry
from spie_desk.texts import _
from spie_desk.ui.panels.attempts_said import FOLDED, card_of_attempts, grouped
from spie_desk.ui.panels.file_words import ICON_OF_READERS, FileShown, excerpt, near_day, of_note, who_reads
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.basics import EmptyState, space
from spie_desk.ui.widgets.buttons import Button, FilterPill, only_one
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.timeline import Entry as Card
from spie_desk.ui.widgets.timeline import Timeline, TimelineCard

NOTE_ICONS = {"entretien": "message-square-text", "appel": "phone", "visite": "house", "maraude": "footprints",
              "demarche": "file-check-2", "coordination": "users-round"}  # fmt: skip
PRESENCE = {"coming": ("calendar-clock", "info"), "present": ("calendar-check", "ok"),
            "absent": ("calendar-x", "danger"),
            "excused": ("calendar-minus", "neutral"), "postponed": ("calendar-clock", "warn"),
            "cancelled": ("calendar-off", "neutral")}  # fmt: skip
WINDOW = 25
NOTHING = N_("Rien encore dans ce dossier. Écrivez une première note.")
FILTERS: tuple[tuple[str, Callable[[Entry], bool]], ...] = (
    (N_("Tout"), lambda one: True),
    (N_("Notes"), lambda one: one.kind == "note"),
    (N_("Rendez-vous"), lambda one: one.kind == "appointment"),
    (N_("Tentatives"), lambda one: one.kind == "attempt"),
    (N_("Démarches"), lambda one: one.kind == "action" or (one.kind == "note" and one.shown.record.sort == "demarche")),
)


class FileTimeline(QWidget):
    """The cards, a filter above them, older ones on demand; ``opened`` carries the entry."""

    opened = Signal(object)

    def __init__(self, new_note: Callable[[], object]) -> None:
        super().__init__()
        self._shown: FileShown | None = None
        self._window = WINDOW
        self._unfolded: set[bytes] = set()
        self._pills = [FilterPill(_(name), self._again) for name, _fits in FILTERS]
        only_one(*self._pills)
        self._timeline = Timeline()
        self._timeline.opened.connect(self._open)
        self._older = Button(_("Voir plus ancien"), self._more, look_="link", icon="history")
        self._empty = EmptyState(_(NOTHING), "notebook-pen", Button(_("Nouvelle note"), new_note))
        self._empty.hide()
        self._lines = QVBoxLayout(self)
        self._lines.addWidget(Flow(*self._pills))
        self._lines.addWidget(self._empty)
        self._lines.addWidget(self._timeline)
        self._lines.addWidget(self._older)
        self._lines.addStretch(1)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 10)

    def show_file(self, shown: FileShown) -> None:
        self._shown = shown
        self._again()

    def empty(self) -> None:
        """As when it was built: no card, no filter, nothing unfolded."""
        self._shown, self._window = None, WINDOW
        self._unfolded.clear()
        self._pills[0].setChecked(True)
        self._timeline.show_entries([])
        self._older.hide()
        self._empty.hide()

    def cards(self) -> list[TimelineCard]:
        return self._timeline.cards()

    def focus_first(self) -> None:
        if self.cards():
            self.cards()[0].setFocus()

    def _entries(self) -> list[Entry]:
        fits = next(fits for pill, (_name, fits) in zip(self._pills, FILTERS, strict=True) if pill.isChecked())
        return [one for one in self._shown.file.timeline if fits(one)] if self._shown else []

    def _again(self) -> None:
        if self._shown is None:
            return
        found = grouped(self._entries(), self._unfolded)
        focused = QApplication.focusWidget()
        key = focused.key if isinstance(focused, TimelineCard) and self.isAncestorOf(focused) else None
        self._timeline.show_entries([card_of(self._shown, *one) for one in found[: self._window]])
        self._older.setVisible(len(found) > self._window)
        nothing = not found
        self._empty.setVisible(nothing)
        self._timeline.setVisible(not nothing)
        if nothing:
            self._empty.say(_("Rien de cette sorte dans ce dossier.") if self._shown.file.timeline else _(NOTHING))
        if key is not None:  # else the cards below the screen wait until those above are painted
            self._focus(key)

    def _focus(self, key: object) -> None:
        if (card := next((one for one in self.cards() if one.key == key), None)) is not None:
            card.setFocus()

    def _more(self) -> None:
        self._window += WINDOW
        self._again()

    def _open(self, key: object) -> None:
        if self._shown is None:
            return
        if isinstance(key, tuple) and key[0] == FOLDED:
            self._unfold(key[1])
            return
        for one in self._shown.file.timeline:
            if (one.kind, one.shown.record.id) == key:
                self.opened.emit(one)

    def _unfold(self, attempts: tuple[bytes, ...]) -> None:
        """One card each from now on, the keyboard on the first."""
        self._unfolded.update(attempts)
        self._again()
        self._focus(("attempt", attempts[0]))


def card_of(shown: FileShown, one: Entry, *more: Entry) -> Card:
    """One event as its card says it; ``more`` are attempts that it is said with."""
    return card_of_attempts(shown, (one, *more)) if one.kind == "attempt" else _MAKERS[one.kind](shown, one)


@dataclass(frozen=True, slots=True)
class _Said:
    """What differs from one sort of event to another."""

    icon: str
    title: str
    text: str
    more: tuple[str, ...]
    tone: str = "accent"
    compartment: str = str(Sort.SOCLE)
    chosen: tuple[bytes, ...] = ()


def _card(shown: FileShown, one: Entry, said: _Said) -> Card:
    day = near_day(one.on, shown.file.today)
    when = _("{day} à {hour}").format(day=day, hour=one.at) if one.at else day
    return Card(
        (one.kind, one.shown.record.id), said.icon, said.title, said.text,
        " · ".join(part for part in (when, *said.more) if part), chip=who_reads(shown, said.compartment, said.chosen),
        chip_icon=ICON_OF_READERS.get(said.compartment, "users-round"),
        chip_role="neutral",
        state=_("Sur ce poste seulement"), state_role="neutral", state_icon="laptop", tone=said.tone,
    )  # fmt: skip


def _note(shown: FileShown, one: Entry) -> Card:
    record = one.shown.record
    if "content" in one.shown.erased:
        return _card(shown, one, _Said("eraser", _("Note effacée"), "", (shown.by(one.shown.last),), tone="neutral"))
    names = ", ".join(shown.who(author) for author in record.authors)
    lasted = _("{n} min").format(n=record.minutes) if record.minutes else ""
    mark = _("copie, texte identique") if record.copy_of else _("signée") if record.digest else ""
    beside = _("une autre version à départager") if one.shown.beside else ""
    return _card(shown, one, _Said(
        NOTE_ICONS.get(record.sort, "file-text"), of_note(shown, one.shown), excerpt(record.text),
        (names, record.place, lasted, mark, beside), compartment=record.compartment, chosen=record.readers,
    ))  # fmt: skip


def _appointment(shown: FileShown, one: Entry) -> Card:
    record = one.shown.record
    icon, tone = PRESENCE.get(record.status, ("calendar-days", "accent"))
    with_ = _("avec {who}").format(who=shown.who(record.with_)) if record.with_ else ""
    title = _("Rendez-vous\u00a0: {status}").format(status=_said_presence(shown, record.status))
    return _card(shown, one, _Said(icon, title, record.subject, (with_, record.place), tone=tone))


def _said_presence(shown: FileShown, status: str) -> str:
    label = shown.label("appointment_status", status)
    return label[:1].lower() + label[1:]


def _action(shown: FileShown, one: Entry) -> Card:
    record = one.shown.record
    owner = shown.who(record.owner) if record.owner else record.owner_name
    return _card(shown, one, _Said("circle-check", record.what, "", (_("démarche faite"), owner), tone="ok"))


def _informed(shown: FileShown, one: Entry) -> Card:
    record = one.shown.record
    how = shown.label("information_channel", record.how) if record.how else ""
    with_ = _("avec interprète") if record.interpreter else ""
    by = _("par {who}").format(who=shown.who(record.by)) if record.by else ""
    return _card(shown, one, _Said("info", _("Information donnée sur ses droits"), "", (how, by, with_), tone="info"))


_MAKERS: dict[str, Callable[[FileShown, Entry], Card]] = {
    "note": _note, "appointment": _appointment, "action": _action, "informed": _informed,
}  # fmt: skip
