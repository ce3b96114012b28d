"""Beside the note being written: who she is, what she asks, what happened last, what is to be done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from spie_desk.services.accesses import Outside
from spie_desk.services.casefile import Entry
from spie_desk.texts import _
from spie_desk.ui.panels.attempts_said import grouped
from spie_desk.ui.panels.file_timeline import card_of
from spie_desk.ui.panels.file_words import FileShown, age_or_year, full_day, near_day, plain_text, referent_word
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Icon, Words, column, row, rule, space

EVENTS, TO_DO = 4, 5
_OPEN = frozenset({"planned", "standby", "in_progress"})


class NoteContext(QFrame):
    """A column to read; nothing in it takes the keyboard, so that Tab stays in the note."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "panel")
        self._body = QWidget()
        self._body.setProperty("page", "true")
        self._lines = QVBoxLayout(self._body)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 10, (20, 18, 16, 16))
        if not now.narrow:
            self.setFixedWidth(now.px(286))
        else:
            self.setMinimumWidth(0)
            self.setMaximumWidth(16_777_215)

    def show_file(self, shown: FileShown | Outside | None, corrected: str = "") -> None:
        """The person of the note, and no more than who accompanies when she is outside one's caseload; ``corrected``
        is the text that a rectificatif mends."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if shown is None:
            self._lines.addWidget(Words(_("Note de structure"), Type.SECTION))
            self._lines.addWidget(Words(_("Elle ne concerne aucun dossier. Pour la ranger dans un dossier, "
                                          "gardez le brouillon et rattachez-la."), Type.SECOND, "muted"))  # fmt: skip
        elif isinstance(shown, Outside):
            names = ", ".join(shown.followed_by) or _("d’autres personnes")
            self._lines.addWidget(Words(shown.name, Type.SECTION))
            self._lines.addWidget(Words(_("Ce dossier est suivi par {names}, pas par vous.").format(names=names),
                                        Type.SECOND, "muted"))  # fmt: skip
        else:
            self._show_person(shown)
        if corrected:
            title = Words(_("Ce que dit la note à rectifier"), Type.LABEL, "muted")
            card = Card(title, Words(plain_text(corrected, 900)), sort="sunken", gap=6, padding=12)
            self._lines.insertWidget(2, card)
        self._lines.addStretch(1)

    def _show_person(self, shown: FileShown) -> None:
        person = shown.person
        referent = ""
        if person.referent:
            word, who = referent_word(shown), shown.who(person.referent)
            referent = _("{title}\u00a0: {who}").format(title=word[0].lower() + word[1:], who=who)
        facts = (
            age_or_year(person, shown.file.today),
            _("n°\u00a0{number}").format(number=person.number),
            person.town,
            referent,
        )
        self._lines.addWidget(Words(person.name, Type.SECTION))
        self._lines.addWidget(Words(" · ".join(one for one in facts if one), Type.SECOND, "muted"))
        self._show_request(shown)
        self._title(_("Derniers événements"))
        past = grouped((one for one in shown.file.timeline if one.on <= shown.file.today), frozenset())
        for at, one in enumerate(past[:EVENTS]):
            if at:
                self._lines.addWidget(rule())
            self._lines.addWidget(self._event(shown, *one))
        if not past:
            self._lines.addWidget(Words(_("Rien n’est encore noté dans ce dossier."), Type.SECOND, "muted"))
        self._title(_("À faire"))
        todo = [one.record for one in shown.file.actions if one.record.status in _OPEN][:TO_DO]
        for action in todo:
            owner = shown.who(action.owner) if action.owner else action.owner_name
            when = near_day(action.due_on, shown.file.today) if action.due_on else ""
            late = action.due_on is not None and action.due_on < shown.file.today
            self._lines.addWidget(column(
                Words(action.what), Words(" · ".join(part for part in (owner, when) if part), Type.LABEL,
                                          "warn" if late else "muted", weight=500), gap=1))  # fmt: skip
        if not todo:
            self._lines.addWidget(Words(_("Rien à faire pour le moment."), Type.SECOND, "muted"))

    def _show_request(self, shown: FileShown) -> None:
        request = shown.file.request.record if shown.file.request is not None else None
        if request is None or not request.words.strip():
            return
        label = Words(_("Sa demande"), Type.LABEL, "accent")
        head = row(Icon("quote", "accent", 16), label)
        head.lines.setStretchFactor(label, 1)
        card = Card(head, Words(request.words), sort="soft", gap=6, padding=12)
        if request.said_on is not None:
            card.add(Words(_("Dite le {day}").format(day=full_day(request.said_on)), Type.LABEL, "muted", weight=400))
        self._lines.addWidget(card)

    def _event(self, shown: FileShown, one: Entry, *more: Entry) -> QWidget:
        said = card_of(shown, one, *more)
        title = Words(said.title, Type.TEXT, weight=600)
        head = row(Icon(said.icon, "accent", 16), title, Words(near_day(one.on, shown.file.today), Type.LABEL, "muted",
                                                               weight=400))  # fmt: skip
        head.lines.setStretchFactor(title, 1)
        text = plain_text(said.text, 90)
        return column(head, Words(text, Type.SECOND, "muted"), gap=2) if text else head

    def _title(self, text: str) -> None:
        self._lines.addSpacing(look().px(4))
        self._lines.addWidget(Words(text, Type.CARD))
