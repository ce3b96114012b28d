"""One question to settle: the values side by side, their authors, what stood before, and answers of equal weight."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import isValid

from spie_desk.domain.drafts import Draft
from spie_desk.domain.records import KIND
from spie_desk.domain.shown import Bases, Clash, Touched, Version
from spie_desk.domain.values import register_value
from spie_desk.services import clashes
from spie_desk.services.clashes import Question
from spie_desk.services.desk import Desk
from spie_desk.services.past import DELETED
from spie_desk.texts import _
from spie_desk.ui.forms.editors import UNSEEN
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.page import Page
from spie_desk.ui.panels.clash_words import Voice, differing, hides_address, said_question, titles
from spie_desk.ui.panels.file_words import excerpt
from spie_desk.ui.panels.kept_form import KeptForm
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Avatar, Beside, Box, Card, Icon, Words, column, row
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow

Deed = Callable[[Desk], Touched]


class ClashCard(Box):
    """Everything about one question. ``settled`` when an answer was given."""

    settled = Signal()
    address_turned = Signal()
    """Show, or hide again, an address that is not to be given out."""

    def __init__(self, page: Page, question: Question, voice: Voice) -> None:
        super().__init__(upright=True, gap=12, margins=(19, 16, 19, 11))
        self._page, self.question, self._voice = page, question, voice
        self.kept: KeptForm | None = None
        clash = question.clash
        self.add(self._heading())
        sign = "git-compare-arrows" if clash.sort == "values" else "circle-alert"
        self.add(_told(sign, "warn", said_question(voice, question), card="warn"))
        if not clash.complete:
            late = _("Il manque des données d’un autre poste\u00a0: la question se réglera peut-être d’elle-même.")
            self.add(_told("hourglass", "info", late, card="info"))
        if clash.sort == "equal":
            self._people()
        elif clash.sort == "deleted":
            self._withdrawn(clash)
        else:
            self._values(clash)
        self._foot = column(gap=8)
        self.add(self._foot)
        self.add(_told("eye", "muted", _("Votre choix et l’autre valeur restent dans l’historique du dossier.")))
        self.add(None)
        if question.drafts:
            self._write_it()

    def keep_now(self) -> None:
        if self.kept is not None:
            self.kept.keep_now()

    # ---- what is shown

    def _heading(self) -> QWidget:
        question = self.question
        who = " · ".join(part for part in (question.person_name, question.number) if part)
        label = self._voice.label(question.clash)
        head = Box(Words(label, Type.TITLE), Words(who, Type.CARD, "muted", weight=400), None, gap=12)
        if hides_address(question.clash):
            said = _("Cacher l’adresse") if self._voice.shows_address else _("Afficher l’adresse")
            sign = "eye-off" if self._voice.shows_address else "eye"
            head.add(Button(said, self.address_turned.emit, look_="small", icon=sign))
        if question.clash.person and question.clash.sort != "equal":
            head.add(Button(_("Ouvrir le dossier"), partial(self._open, question.clash.person), look_="link",
                            icon="arrow-right"))  # fmt: skip
        return head

    def _values(self, clash: Clash) -> None:
        for before in clash.before[:1] if clash.sort == "values" else ():
            said = _("Avant\u00a0: {value} (saisi par {who}, {when})").format(
                value=", ".join(self._voice.lines(clash, before)), who=self._voice.who(before.stamp.person),
                when=self._voice.moment(before.stamp.ms))  # fmt: skip
            self.add(_told("history", "muted", said))
        every = [self._voice.lines(clash, one) for one in clash.versions]
        cards = [self._version(clash, at, every) for at in range(len(clash.versions))]
        self.add(Beside(*cards) if len(cards) == 2 else column(*cards, gap=12))
        answers: list[Button] = []
        if self.question.may_keep_both:
            both = self._answer(lambda desk: clashes.keep_both(desk, clash), _("les deux sont gardées"))
            answers.append(Button(_("Garder les deux"), both, icon="plus"))
        if clash.sort == "values" and not self.question.is_signed:
            answers.append(Button(_("Écrire la bonne"), self._write_it, icon="pen-line"))
        if clash.person is not None:
            answers.append(Button(_("Je vérifie avec la personne"), self._verify, icon="user-round-search"))
        self.add(Card(Flow(*answers), padding=12))

    def _version(self, clash: Clash, at: int, every: list[list[str]]) -> Card:
        version, voice = clash.versions[at], self._voice
        title, keep = titles(voice, clash)[at]
        name, place = voice.who(version.stamp.person), voice.known.structure_name(version.stamp.person)
        if clash.sort == "beside":
            title = _("Texte affiché") if at == 0 else _("Texte arrivé ensuite")
        author = _("{name} (vous)").format(name=name) if version.stamp.person == voice.me else name
        under = ", ".join(part for part in (author, place) if part)
        mine = version.stamp.person == voice.me
        head = Box(Avatar(name, back="accentSoft" if mine else "infoSoft", ink="accent" if mine else "info", size=38),
                   column(Words(title, Type.CARD), Words(under, Type.SECOND, "muted"), gap=0), None,
                   Words(voice.moment(version.stamp.ms), Type.SECOND, weight=600), gap=10)  # fmt: skip
        lines = Card(sort="sunken", gap=3, padding=12)
        for line, differs in zip(every[at], differing(every, at), strict=True):
            lines.add(_value_line(line, differs=differs))
        card = Card(head, lines, gap=10)
        for nth, noted in enumerate(self._contexts(clash, at)):
            if nth == 0:
                card.add(Words(_("Dans quel contexte"), Type.LABEL, "muted"))
            card.add(_told("sticky-note", "text", f"«\u00a0{noted}\u00a0»"))
        card.add(None)
        card.add(Flow(*self._answers_of(clash, version, at, keep)))
        return card

    def _contexts(self, clash: Clash, at: int) -> list[str]:
        """What the author of one side noted then, each text once; what stands beside the other already is left out."""
        writers = [one.stamp.person for one in clash.versions]
        if writers[at] in writers[:at]:
            return []
        told = (one for one in self.question.contexts if one.author == writers[at])
        return list(dict.fromkeys(excerpt(one.note.record.text, 120) for one in told))

    def _answers_of(self, clash: Clash, version: Version, at: int, keep: str) -> list[Button]:
        if clash.sort == "values":
            said = ", ".join(self._voice.lines(clash, version))
            return [Button(keep, self._answer(lambda desk: clashes.keep(desk, clash, version), said), icon="check")]
        if at == 0:
            return []
        buttons = [Button(_("Le laisser de côté"), self._answer(
            lambda desk: clashes.keep(desk, clash, clash.versions[0]), _("le premier texte reste, l’autre est dans "
                                                                         "l’historique")), icon="check")]  # fmt: skip
        if clash.kind == "note":
            buttons.append(Button(_("En faire une note à part"), self._answer(
                lambda desk: clashes.as_note(desk, clash, version), _("le second texte est une note à part")),
                icon="file-plus"))  # fmt: skip
        return buttons

    def _withdrawn(self, clash: Clash) -> None:
        by = clash.versions[0].stamp
        self.add(_told("trash-2", "muted", _("Supprimé par {who}, {when}.").format(
            who=self._voice.who(by.person), when=self._voice.moment(by.ms))))  # fmt: skip
        card = Card(Words(clash.title or _("Ce qui a été supprimé"), Type.CARD), gap=6)
        for version in clash.before[:6]:
            ours = self._is_ours(clash, version)
            said = ", ".join(self._voice.lines(clash, version)) if ours else _("(un ajout)")
            by_whom, when = self._voice.who(version.stamp.person), self._voice.moment(version.stamp.ms)
            card.add(_told("pen-line", "text", _("Modifié par {who}, {when}\u00a0: {value}").format(
                who=by_whom, when=when, value=said)))  # fmt: skip
        self.add(card)
        back = self._answer(lambda desk: clashes.bring_back(desk, clash), _("cela reste au dossier"))
        gone = self._answer(lambda desk: clashes.keep_deleted(desk, clash), _("cela est supprimé"))
        self.add(Card(Flow(Button(_("Le remettre"), back, icon="undo-2"),
                           Button(_("Supprimer quand même"), gone, icon="trash-2")), padding=12))  # fmt: skip

    @staticmethod
    def _is_ours(clash: Clash, version: Version) -> bool:
        """What hangs below the record says its own fields, which this kind does not know."""
        return version.register == DELETED or version.register in KIND[clash.kind].register_names

    def _people(self) -> None:
        value = ", ".join(self._voice.lines(self.question.clash, self.question.clash.versions[0]))
        card = Card(Words(value, Type.VALUE))
        for person, name in self.question.names:
            open_ = Button(_("Ouvrir le dossier de {name}").format(name=name or _("(pas sur ce poste)")),
                           partial(self._open, person), icon="arrow-right")  # fmt: skip
            card.add(row(open_, None))
        if len(self.question.names) == 2:
            one, other = (person for person, _name in self.question.names)
            same = Button(_("C’est la même personne…"),
                          lambda: self._page.go("same-person", person=one, other=other), icon="link")  # fmt: skip
            card.add(row(same, None))
        self.add(card)

    # ---- answers

    def _answer(self, deed: Deed, said: str) -> Callable[[], None]:
        def answer() -> None:
            label = self._voice.label(self.question.clash)
            who = self.question.person_name
            told = _("{label} de {who}\u00a0: {said}.") if who else _("{label}\u00a0: {said}.")
            self._page.do(deed, told.format(label=label, who=who, said=said.rstrip(".")), then=self._tell_settled)

        return answer

    def _verify(self) -> None:
        clash = self.question.clash
        what = _("Vérifier\u00a0: {label}").format(label=self._voice.label(clash).lower())
        self._page.do(lambda desk: clashes.verify(desk, clash, what),
                      _("Ajouté à vos choses à faire. La question attend ici."))  # fmt: skip

    def _tell_settled(self) -> None:
        # another change may have made the page show its cards anew before this one's deed came home
        if isValid(self):
            self.settled.emit()

    def _write_it(self) -> None:
        """The form of that register alone; what is written replaces every value that stands on this card."""
        clash, shown = self.question.clash, self.question.shown
        if self.kept is not None or shown is None:
            return
        kind = KIND[clash.kind]
        names = tuple(item.name for item in kind.fields_of(clash.register) if item.trait.widget not in UNSEEN)
        draft = next(iter(self.question.drafts), None)
        form: Form[Any] = Form(kind, [Section("", names)], shown, self._page.room.sources, draft=draft)
        form.bases = Bases(listed={clash.register: frozenset(one.dot for one in clash.versions)})
        desk = self._page.room.tasks.desk
        opened = draft or Draft(id=desk.chance.id() if desk else b"", form=clashes.FORM, kind=clash.kind,
                                record=clash.record, circle=clash.circle, person=clash.person)  # fmt: skip
        self.kept = KeptForm(self._page.room.tasks, form, opened, stored=draft is not None)
        card = Card(Words(_("La bonne réponse"), Type.CARD), form, gap=10)
        card.add(Flow(Button(_("Enregistrer cette réponse"), self._written, icon="check", tip=_("Ctrl Entrée")),
                      Button(_("Ne pas l’écrire"), self._unwritten, look_="link")))  # fmt: skip
        self._foot.add(card)
        if draft is None:
            form.focus_field(names[0])

    def write_now(self) -> None:
        """Ctrl+Return: only what is being written."""
        if self.kept is not None:
            self._written()

    def _written(self) -> None:
        if self.kept is None or (record := self.kept.check()) is None:
            return
        clash = self.question.clash
        value, draft = register_value(KIND[clash.kind], clash.register, record), self.kept.drop()
        self._page.do(lambda desk: clashes.write(desk, clash, value, draft=draft),
                      _("{label}\u00a0: votre réponse remplace les autres.").format(label=self._voice.label(clash)),
                      then=self._tell_settled, failed=self.kept.form.tell)  # fmt: skip

    def _unwritten(self) -> None:
        if self.kept is not None:
            self.kept.throw_away()
            self.kept = None
        while (item := self._foot.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _open(self, person: bytes) -> None:
        self._page.go("file", person=person)


def _told(icon: str, role: str, text: str, *, card: str = "") -> QWidget:
    words = Words(text, Type.TEXT if card else Type.SECOND, "text" if card or role == "text" else "muted")
    line = Box(Icon(icon, role, 20 if card else 18), words, gap=10)
    line.lines.setStretch(1, 1)
    return Card(line, sort=card, padding=12) if card else line


def _value_line(text: str, *, differs: bool) -> QWidget:
    """A line that the other value does not have is marked, and readers hear it."""
    short = look().font(Type.VALUE)
    fits = QFontMetrics(short).horizontalAdvance(text) <= look().px(300)
    words = Words(text, Type.VALUE, "markText" if differs else "text", wrap=not fits)
    words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    words.setContentsMargins(6, 0, 6, 0)
    if differs:
        words.setAccessibleName(_("différent\u00a0: {text}").format(text=text))
    held = Card(words, sort="mark" if differs else "bare", padding=2, gap=0)
    return row(held, None) if fits else held
