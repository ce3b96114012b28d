"""« Qui accompagne et qui lit quoi »: interlocutors, readers of each volet, information given, oppositions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.circles import Sort
from spie_desk.domain.records import note as notes
from spie_desk.domain.records.around import Informed, Opposition
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.shown import Shown
from spie_desk.services.readers import Readers
from spie_desk.texts import _, n_
from spie_desk.ui.models.rows import Line
from spie_desk.ui.panels.file_words import ICON_OF_READERS, FileShown, full_day, referent_word
from spie_desk.ui.panels.hands import Edit, Hands
from spie_desk.ui.panels.merged_words import file_said
from spie_desk.ui.panels.opposition import OppositionPanel
from spie_desk.ui.panels.records_card import CardWords, RecordsCard
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Beside, Card, Icon, SectionTitle, Words, column, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow

MANY = 4
"""Beyond that many interlocutors, a word together is worth it."""


def volet_name(compartment: str) -> tuple[str, str]:
    """What a volet is called, and what it holds."""
    return {
        str(Sort.SOCLE): (_("Socle"), _("identité, contact, référent, rendez-vous, actions")),
        str(Sort.RIGHTS): (_("Droits"), _("droits et ressources")),
        notes.CIRCLE: (_("Situation"), _("sa demande, freins et ressources, notes de l’équipe")),
        notes.RESERVED: (_("Réservé"), _("santé, violences, justice, enfance\u00a0: personnes nommées")),
        notes.OWN: (_("Ma structure"), _("ce que ma structure note pour elle-même")),
    }.get(compartment, (compartment, ""))  # fmt: skip


def crowd(shown: FileShown) -> list[str]:
    """Several people for one role, or many people in all: worth a word together, never forbidden."""
    file = shown.file
    by_role: dict[str, set[str]] = {}
    for one in file.memberships:
        if one.record.function and not one.record.stand_in and one.record.active_on(file.today):
            by_role.setdefault(one.record.function, set()).add(file.known.name(one.record.professional))
    found = [
        _("{names} ont le même rôle\u00a0: {role}.").format(
            names=", ".join(sorted(names)), role=shown.label("membership_function", role)
        )
        for role, names in by_role.items() if len(names) > 1
    ]  # fmt: skip
    if file.interlocutors > MANY:
        found.append(_("Plus de {n} interlocuteurs\u00a0: voyez ensemble qui reste le plus utile.").format(n=MANY))
    return found


def away_said(shown: FileShown) -> str:
    """Who answers in the référent's absence, today and as a rule."""
    relay, here = shown.file.relay, shown.file
    if relay is not None and relay.ends_on is not None:
        said = _("En relais jusqu’au {day}\u00a0: {name} répond à la place de {away}.")
        if relay.cover == shown.me:
            said = _("En relais jusqu’au {day}\u00a0: vous répondez à la place de {away}.")
        elif relay.absent == shown.me:
            said = _("En relais jusqu’au {day}\u00a0: {name} répond à votre place.")
        return said.format(day=full_day(relay.ends_on), name=shown.who(relay.cover), away=shown.who(relay.absent))
    if not here.stand_in:
        return _("Pas de binôme\u00a0: personne n’est prévu pour répondre en cas d’absence.")
    named = any(one.record.stand_in and one.record.professional == here.stand_in for one in here.memberships)
    said = _("En cas d’absence, le binôme de ce dossier\u00a0: {name}.") if named \
        else _("En cas d’absence, le binôme habituel\u00a0: {name}.")  # fmt: skip
    return said.format(name=shown.who(here.stand_in))


class FileAround(QWidget):
    """Who is around her, who reads what, what she was told."""

    def __init__(self, hands: Hands) -> None:
        super().__init__()
        self._hands = hands
        self._shown: FileShown | None = None
        new, day = hands.fresh_id, hands.room.today
        self._members = self._card(
            CardWords("membership", _("Qui accompagne"), _("Personne encore. Ajoutez qui l’accompagne."),
                      _("Ajouter un interlocuteur"), "users-round"),
            lambda: Membership(id=new(), person=self._person(), professional=b"", since=day()))  # fmt: skip
        self._members.add(
            Flow(Button(_("Changer de référent…"), self._change, look_="small", icon="user-round-check"))
        )
        self._away = Words("", Type.SECOND, "muted")
        self._members.add(self._away)
        self._members.add(Flow(Button(_("Changer de binôme…"), self._stand_in, look_="small", icon="users-round"),
                               Button(_("Relais…"), lambda: self._hands.go("relays"), look_="small",
                                      icon="handshake")))  # fmt: skip
        self._crowd = Words("", Type.SECOND, "warn")
        self._members.add(self._crowd)
        self._informed = self._card(
            CardWords("informed", _("Information donnée"), _("Pas encore informée. Notez quand, comment et par qui."),
                      _("Ajouter une information donnée"), "info"),
            lambda: Informed(id=new(), person=self._person(), given_on=day(), how="entretien",
                             by=self._shown.me if self._shown else b""))  # fmt: skip
        self._oppositions = self._card(
            CardWords("opposition", _("Oppositions"), _("Aucune opposition."), _("Ajouter une opposition"), "ban",
                      _("S’opposer au partage ne change rien à ses droits.")),
            lambda: Opposition(id=new(), person=self._person(), to="", on=day()), self._open_opposition)  # fmt: skip
        self._volets = QVBoxLayout()
        readers = Card(SectionTitle(_("Qui lit quoi"), icon="eye"), padding=14)
        readers.lines.addLayout(self._volets)
        left = column(self._members, None, gap=12)
        right = column(readers, self._informed, self._oppositions, None, gap=12)
        self._lines = QVBoxLayout(self)
        self._lines.addWidget(Beside(left, right, shares=(54, 46)))
        self._lines.addStretch(1)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 12)
        self._volets.setSpacing(now.px(10))

    def show_file(self, shown: FileShown) -> None:
        self._shown = shown
        file = shown.file
        # those who accompany today first, the référent at their head
        today = file.today
        self._members.show_records(sorted(file.memberships, key=lambda one: (
            not one.record.active_on(today), one.record.professional != shown.person.referent,
            file.known.name(one.record.professional))))  # fmt: skip
        self._away.say(away_said(shown))
        self._crowd.say("\n".join(crowd(shown)))
        self._crowd.setVisible(bool(self._crowd.said()))
        self._informed.show_records(file.informed)
        self._oppositions.show_records(file.oppositions)
        while (item := self._volets.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in file.volets:
            self._volets.addWidget(self._volet(one))

    def _volet(self, one: Readers) -> QWidget:
        name, holds = volet_name(one.compartment)
        count = n_("{n} personne", "{n} personnes", len(one.people))
        where = n_("{n} structure", "{n} structures", one.structures)
        if self._shown is not None and (merged := self._shown.file.merged) is not None:
            whose = next((file_said(file.record) for file in merged.files if file.record.id == one.file), "")
            name = _("{volet}, {file}").format(volet=name, file=whose)
        title = Words(_("{volet}\u00a0: {count}, {where}").format(volet=name, count=count, where=where), Type.TEXT,
                      weight=600)  # fmt: skip
        names = ", ".join(
            _("vous") if self._shown and reader.id == self._shown.me else reader.name for reader in one.people
        )
        lines = column(title, Words(holds, Type.SECOND, "muted"), Words(names, Type.SECOND), gap=2)
        icon = column(Icon(ICON_OF_READERS.get(one.compartment, "users"), "accent", 18), None)
        found = row(icon, lines, gap=10)
        found.lines.setStretch(1, 1)
        return found

    def _card(self, said: CardWords, fresh: Callable[[], Any],
              open_: Callable[[Shown[Any]], object] | None = None) -> RecordsCard:  # fmt: skip
        kind, edit = said.name, self._hands.edit
        return RecordsCard(said, getattr(self, f"_say_{kind}"), open_ or (lambda shown: edit(Edit(kind, shown))),
                           lambda: edit(Edit(kind, fresh=fresh())))  # fmt: skip

    def _open_opposition(self, one: Shown[Opposition]) -> None:
        if self._shown is not None:
            self._hands.show_panel(OppositionPanel(self._hands, self._shown, one))

    def _person(self) -> bytes:
        return self._shown.person.id if self._shown else b""

    def _change(self) -> None:
        if self._shown is not None:
            self._hands.edit(Edit("referent", self._shown.file.person))

    def _stand_in(self) -> None:
        """This file's own binôme: an interlocutor ticked as such; the usual one holds until then."""
        memberships = self._shown.file.memberships if self._shown else ()
        named = next((one for one in memberships if one.record.stand_in), None)
        fresh = Membership(id=self._hands.fresh_id(), person=self._person(), professional=b"", stand_in=True,
                           since=self._hands.room.today())  # fmt: skip
        self._hands.edit(Edit("membership", named) if named is not None else Edit("membership", fresh=fresh))

    def _say_membership(self, shown: Shown[Membership]) -> Line:
        record, here = shown.record, self._shown
        if here is None:
            return Line("")
        known = here.file.known
        name = known.name(record.professional) or _("quelqu’un d’un autre poste")
        function = here.label("membership_function", record.function) if record.function else ""
        ended = record.until is not None and record.until < here.file.today
        period = ""
        if record.until is not None:
            period = (_("jusqu’au {day}") if not ended else _("a fini le {day}")).format(day=full_day(record.until))
        elif record.since is not None:
            period = _("depuis le {day}").format(day=full_day(record.since))
        title = name
        if record.professional == here.person.referent:
            title = f"{name}, {_lower(referent_word(here))}"
        elif record.stand_in and not ended:
            title = _("{name}, binôme").format(name=name)
        merged = here.file.merged
        file = next((file_said(one.record) for one in merged.files[1:] if one.record.id == record.person), "") \
            if merged is not None else ""  # fmt: skip
        second = " · ".join(part for part in (known.structure_name(record.professional), function, file) if part)
        return Line(title, second, badge=period, role="muted", avatar=name)

    def _say_informed(self, shown: Shown[Informed]) -> Line:
        record, here = shown.record, self._shown
        if here is None:
            return Line("")
        day = full_day(record.given_on) if record.given_on else ""
        parts = [
            here.label("information_channel", record.how) if record.how else "",
            _("par {who}").format(who=here.who(record.by)) if record.by else "",
            _("avec interprète") if record.interpreter else "",
            _("notice {version}").format(version=record.notice) if record.notice else "",
        ]  # fmt: skip
        return Line(_("Le {day}").format(day=day), " · ".join(part for part in parts if part), icon="info",
                    icon_role="accent")  # fmt: skip

    def _say_opposition(self, shown: Shown[Opposition]) -> Line:
        record, here = shown.record, self._shown
        if here is None:
            return Line("")
        lifted = record.lifted_on is not None and record.lifted_on <= here.file.today
        structure = here.file.known.structures.get(record.structure)
        days = [
            _("dite le {day}").format(day=full_day(record.on)) if record.on else "",
            _("levée le {day}").format(day=full_day(record.lifted_on)) if record.lifted_on else "",
        ]  # fmt: skip
        second = " · ".join(part for part in (structure.name if structure else "", *days) if part)
        role = "muted" if lifted else "danger"
        return Line(here.label("opposition_kind", record.to), second, badge=_("Levée") if lifted else _("En vigueur"),
                    role=role, icon="ban", icon_role=role)  # fmt: skip


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
