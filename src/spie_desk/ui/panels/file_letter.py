"""A letter or an attestation for her: choose a template, see what it says and lacks, print it or keep it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from spie_desk.domain.accesses import EXPORT_REASONS
from spie_desk.domain.errors import N_
from spie_desk.domain.letters import FIELDS, Filled
from spie_desk.services import letters
from spie_desk.services.letters import Choice, Prepared
from spie_desk.texts import _
from spie_desk.ui.models.days import MONTHS
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.panels.file_aside import FileAside
from spie_desk.ui.panels.file_words import FileShown
from spie_desk.ui.panels.hands import Hands
from spie_desk.ui.printing.wording import in_full, said
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.ask_file import ask_to_save
from spie_desk.ui.widgets.basics import Beside, Card, SectionTitle, Words, column, named
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.fields import LineField
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView
from spie_desk.ui.widgets.reason import ReasonField

KINDS = {"odt": N_("OpenDocument (*.odt)"), "docx": N_("Word (*.docx)")}


def origin(one: Choice) -> str:
    """« De votre structure, DOCX » or « Fourni »."""
    return _("De votre structure, {form}").format(form=one.format.upper()) if one.shown is not None else _("Fourni")


TEMPLATES = ListSpec(
    name="templates", title=N_("Modèles de courriers"), shape="person",
    line=lambda one: Line(one.name, second=origin(one), icon="scroll-text"),
    spoken=lambda one: f"{one.name}, {origin(one)}",
    empty=N_("Aucun modèle. «\u00a0Réglages\u00a0», «\u00a0Modèles de courriers\u00a0» en ajoute."),
    key=lambda one: one.shown.record.id if one.shown is not None else one.code,
)  # fmt: skip


def in_letter(field: Filled) -> str:
    """A field as it is read in a letter: an appointment's day with its name, any other date without."""
    if isinstance(field.value, date) and field.name not in {"rdv_date", "venue_date"}:
        day = field.value
        number = _("1er") if day.day == 1 else str(day.day)
        return f"{number}\u00a0{_(MONTHS[day.month - 1])} {day.year}"
    return in_full(field.value) if isinstance(field.value, date) else said(field.value)


class LetterPanel(FileAside):
    """Nothing is written before « Imprimer » or « Enregistrer »; what is typed here is for this letter alone."""

    def __init__(self, hands: Hands, shown: FileShown) -> None:
        super().__init__()
        self._hands, self._person = hands, shown.person.id
        self._prepared: Prepared | None = None
        self._lines_of: dict[str, LineField] = {}
        title = Words(_("Courrier pour {name}").format(name=shown.person.name), Type.SECTION)
        self._list = ListView(TEMPLATES, fits=True)
        self._fields = QWidget()
        self._grid = QGridLayout(self._fields)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._told, self._lacks = Words("", Type.SECOND, "muted"), Words("", Type.SECOND, "warn", weight=500)
        self._print = Button(_("Imprimer, ou mettre en attente…"), self._preview, look_="filled", icon="printer")
        self._why = ReasonField(EXPORT_REASONS, _("Motif de l’enregistrement (inscrit au journal des accès)"))
        self._save = Button(_("Enregistrer le fichier…"), self._ask_where, icon="file-down")
        self._why.changed.connect(self._allow)
        warning = Words(_("Un courrier enregistré n’est plus protégé\u00a0: quiconque ouvre ce fichier peut le lire."),
                        Type.SECOND, "warn")  # fmt: skip
        self._leaving = Card(warning, self._why, Flow(self._save), sort="sunken", gap=10, padding=12)
        head = SectionTitle(_("Ce que dira le courrier"), icon="file-text")
        right = Card(head, self._told, self._fields, self._lacks, Flow(self._print), self._leaving, gap=10)
        close = Button(_("Fermer (Échap)"), self.closed.emit)
        left = column(Card(self._list, padding=8), Flow(close), None, gap=10)
        self.hold(title, Beside(left, right, shares=(38, 62)))
        self._list.current_changed.connect(self._choose)
        self._list.activated.connect(self._go_on)
        self._right = right
        right.hide()
        self._hands.query(letters.choices, self._show, "templates")

    def start(self) -> None:
        self._list.setFocus()

    def wear(self, now: Look) -> None:
        super().wear(now)
        self._grid.setHorizontalSpacing(now.px(12))
        self._grid.setVerticalSpacing(now.px(6))

    # ---- inside

    def _show(self, found: Sequence[Choice]) -> None:
        self._list.show_rows(list(found))
        self._choose(self._list.current())

    def _choose(self, one: Choice | None) -> None:
        if one is not None:
            person = self._person
            self._hands.query(lambda desk: letters.prepare(desk, one, person), self._prepare, "letter")

    def _prepare(self, prepared: Prepared | None) -> None:
        self._prepared = prepared
        self._right.setVisible(prepared is not None)
        if prepared is None:
            return
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._lines_of = {}
        for rank, field in enumerate(prepared.fields):
            self._add(rank, field, needed=field.name in prepared.needed)
        own = prepared.choice.shown is not None
        if prepared.sensitive:
            self._hands.room.notices.inform(_("Votre structure est sensible\u00a0: ce courrier la nomme. "
                                              "Pensez à qui peut le voir chez la personne."))  # fmt: skip
        self._told.say(_("Le modèle de votre structure se remplit en fichier, à ouvrir dans votre traitement de texte.")
                       if own else _("Changez ici ce qui doit l’être, pour ce courrier seulement."))  # fmt: skip
        self._print.setVisible(not own)
        self._order()
        self._allow()

    def _order(self) -> None:
        """Tab goes down the page: fields made after the buttons would come after them."""
        ordered = [self._list.table(), *self._lines_of.values(), self._print]
        for one, following in pairwise(ordered):
            QWidget.setTabOrder(one, following)

    def _go_on(self, _one: Choice | None) -> None:
        """Return on a template: to what it lacks, else to what prints it."""
        empty = (text for name, text in self._lines_of.items() if self._needs(name) and not text.text().strip())
        next(empty, self._print if self._print.isVisible() else self._why).setFocus()

    def _needs(self, name: str) -> bool:
        return self._prepared is not None and name in self._prepared.needed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._print.isVisible():
            self._preview()
        else:
            super().keyPressEvent(event)

    def _add(self, rank: int, field: Filled, *, needed: bool) -> None:
        label = _(FIELDS[field.name])
        text = LineField()
        text.setText(in_letter(field))
        named(text, field.name, label)
        if field.why:
            text.setPlaceholderText(_(field.why))
        elif not in_letter(field):
            text.setPlaceholderText(_("à compléter") if needed else _("facultatif"))
        text.textChanged.connect(lambda _text: self._allow())
        words = Words(label, Type.SECOND, "muted", weight=500)
        words.setBuddy(text)
        narrow = look().narrow
        self._grid.addWidget(words, rank * 2 if narrow else rank, 0)
        self._grid.addWidget(text, rank * 2 + 1 if narrow else rank, 0 if narrow else 1)
        self._lines_of[field.name] = text

    def _allow(self) -> None:
        empty = [_(FIELDS[name]) for name, text in self._lines_of.items()
                 if self._needs(name) and not text.text().strip()]  # fmt: skip
        self._lacks.say(_("Il manque\u00a0: {fields}. Une ligne en pointillé les remplacera.").format(
            fields=", ".join(one[:1].casefold() + one[1:] for one in empty)))  # fmt: skip
        self._lacks.setVisible(bool(empty))
        self._save.lacks("" if self._why.reason() else _("le motif"))

    def _values(self) -> dict[str, str]:
        return {name: text.text().strip() for name, text in self._lines_of.items()}

    def _preview(self) -> None:
        if (prepared := self._prepared) is not None:
            values = self._values()
            self._hands.print_sheet(lambda desk: letters.as_sheet(desk, prepared, values))

    def _ask_where(self) -> None:
        prepared = self._prepared
        if prepared is None or not self._why.reason():
            return
        forms = (prepared.choice.format,) if prepared.choice.shown is not None else tuple(KINDS)
        kinds = ";;".join(_(KINDS[form]) for form in forms)
        # the file's name tells the sort of letter, never the person
        ask_to_save(
            self, _("Enregistrer le courrier"), kinds, f"courrier.{forms[0]}", partial(self._write, prepared, forms)
        )

    def _write(self, prepared: Prepared, forms: Sequence[str], path: Path) -> None:
        if path.suffix.casefold().lstrip(".") not in forms:
            path = path.with_name(f"{path.name}.{forms[0]}")
        values, reason = self._values(), self._why.reason()
        said_ = _("Courrier enregistré dans «\u00a0{file}\u00a0». Il n’est plus protégé.").format(file=path.name)
        self._hands.do(lambda desk: letters.write(desk, path, prepared, values, reason), said_)
