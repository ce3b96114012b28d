"""One opposition: what it stops, what the structure has already, and the way to « suivi papier »."""

from __future__ import annotations

from spie_desk.domain.circles import Sort
from spie_desk.domain.records import note as notes
from spie_desk.domain.records.around import Opposition
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import oppositions, paper, sheets
from spie_desk.services.desk import Desk
from spie_desk.services.oppositions import COMPUTER, REVIEW, SHARING, Had
from spie_desk.texts import _, n_
from spie_desk.ui.panels.file_aside import FileAside
from spie_desk.ui.panels.file_words import FileShown, full_day
from spie_desk.ui.panels.hands import Edit, Hands, Question
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, SectionTitle, Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import Tick
from spie_desk.ui.widgets.flow import Flow


class OppositionPanel(FileAside):
    """Escape goes back to the tab."""

    def __init__(self, hands: Hands, shown: FileShown, one: Shown[Opposition]) -> None:
        super().__init__()
        self._hands, self._shown, self._one = hands, shown, one
        record = one.record
        self._back = Button(_("Retour au dossier"), self.closed.emit, look_="link", icon="chevron-left")
        title = _("Opposition\u00a0: {to}").format(to=_small(shown.label("opposition_kind", record.to)))
        head = Card(Words(title, Type.SECTION), Words(self._said(), Type.SECOND, "muted"), gap=8)
        head.add(Words(_("S’opposer au partage ne change rien à ses droits."), Type.SECOND))
        self._stops = Words(self._what_stops())
        head.add(self._stops)
        head.add(Flow(Button(_("Modifier ou lever…"), self._edit, icon="pencil")))
        self._had = Card(gap=6)
        self._had.hide()
        cards = [Flow(self._back), head, self._had]
        if record.to == COMPUTER and oppositions.stands(record, shown.file.today):
            cards.append(self._to_paper())
        self.hold(*cards)
        if record.to == SHARING:
            hands.query(lambda desk: oppositions.already_has(desk, record), self._say_had, "had")

    def start(self) -> None:
        self._back.setFocus()

    # ---- inside

    def _said(self) -> str:
        record = self._one.record
        house = self._shown.file.known.structures.get(record.structure)
        return " · ".join(part for part in (
            house.name if house is not None else "",
            _("dite le {day}").format(day=full_day(record.on)) if record.on else "",
            _("levée le {day}").format(day=full_day(record.lifted_on)) if record.lifted_on else "",
        ) if part)  # fmt: skip

    def _what_stops(self) -> str:
        if not oppositions.stands(self._one.record, self._shown.file.today):
            return _("Elle n’est plus en vigueur.")
        return {
            SHARING: _("Rien de nouveau ne peut être montré à cette structure\u00a0: ni dossier, ni note, ni revue."),
            REVIEW: _("Elle ne peut pas être mise à l’ordre du jour d’une revue."),
            COMPUTER: _("Elle ne veut pas de dossier informatique\u00a0: son suivi continue sur papier."),
        }.get(self._one.record.to, _("Elle ne veut pas que son dossier serve aux statistiques et aux études."))

    def _say_had(self, had: Had) -> None:
        """What it has cannot be taken back: said, never hidden."""
        self._had.add(SectionTitle(_("Ce que cette structure a déjà"), icon="building-2"))
        for line in _lines(had):
            self._had.add(Words(line))
        self._had.add(Words(_("Ce qui lui est déjà parvenu peut rester sur son poste, une sauvegarde ou du papier"
                              "\u00a0: nous ne pouvons pas le reprendre."), Type.SECOND, "warn"))  # fmt: skip
        self._had.show()

    def _to_paper(self) -> Card:
        person = self._shown.person.id
        card = Card(SectionTitle(_("Passer au suivi papier"), icon="folder"), gap=10)
        card.add(Words(_("Le dossier est effacé de ce poste, et un numéro sans nom le remplace\u00a0: c’est lui qui "
                         "est compté. Ce qu’il faut garder doit d’abord être sur papier.")))  # fmt: skip
        card.add(Flow(
            Button(_("Imprimer sa fiche"), lambda: self._hands.print_sheet(lambda desk: sheets.of_person(desk, person)),
                   icon="printer"),
            Button(_("Copie de ses données…"), lambda: self._hands.go("copy", person=person), icon="scroll-text"),
        ))  # fmt: skip
        self._ready = Tick(_("Ce qu’il faut garder est sur papier, rangé sous clé"))
        self._ready.toggled.connect(lambda _on: self._allow())
        self._go = Button(_("Effacer le dossier, passer au suivi papier…"), self._ask, look_="danger", icon="eraser")
        card.add(self._ready)
        card.add(Flow(self._go))
        self._allow()
        return card

    def _allow(self) -> None:
        self._go.lacks("" if self._ready.isChecked() else _("la case cochée"))

    def _ask(self) -> None:
        person, hands = self._shown.file.person, self._hands
        name = self._shown.person.name
        said = _("Tout ce dossier sera effacé de ce poste\u00a0: notes, historique, recherche, brouillons, revues. "
                 "Une sauvegarde reprise l’effacera de nouveau. Il restera un numéro, sans nom. "
                 "Cela ne s’annule pas.")  # fmt: skip
        numbers: list[str] = []

        def erase(desk: Desk) -> Touched:
            numbers.append(paper.to_paper(desk, person, on_paper=True))
            return desk.store.touched()

        def told() -> None:
            hands.go("paper", number=numbers[0])

        hands.ask_first(Question(
            _("Effacer le dossier de {name}\u00a0?").format(name=name), said, _("Effacer le dossier"),
            lambda: hands.do(erase, _("Dossier effacé."), then=told), no=_("Ne rien effacer"),
        ))  # fmt: skip

    def _edit(self) -> None:
        self._hands.edit(Edit("opposition", self._one))


def _lines(had: Had) -> list[str]:
    if had.nothing:
        return [_("Rien, à la connaissance de ce poste\u00a0: personne de cette structure ne l’accompagne.")]
    said = []
    if had.names:
        names = ", ".join(had.names)
        since = _(", depuis le {day}").format(day=full_day(had.member_since)) if had.member_since else ""
        said.append(_("Autour d’elle\u00a0: {names}{since}.").format(names=names, since=since))
        volets = ", ".join(_volet(one) for one in had.volets)
        said.append(_("Ce qui lui était ouvert\u00a0: {volets}.").format(volets=volets))
    if had.notes:
        said.append(n_("{n} note de l’équipe.", "{n} notes de l’équipe.", had.notes))
    if had.reviews:
        days = ", ".join(full_day(day) for day in had.reviews)
        said.append(_("Présente en revue\u00a0: {days}.").format(days=days))
    return said


def _volet(sort: Sort) -> str:
    return {
        Sort.SOCLE: _("identité, contact, référent, rendez-vous, actions"), Sort.RIGHTS: _("droits et ressources"),
        Sort.SITUATION: _("sa demande, freins et ressources, notes de l’équipe"),
    }.get(sort, notes.OWN)  # fmt: skip


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
