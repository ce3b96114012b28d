"""My profile: what the first screen shows of it, its passphrase, its kit, an invitation for a colleague, its end."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import DeskError
from spie_desk.domain.vaults import WrongPassphraseError
from spie_desk.services.cards import InvitationCard
from spie_desk.texts import _, sentence
from spie_desk.ui.panels.kit import KitPanel
from spie_desk.ui.panels.passphrase import PassphraseChoice
from spie_desk.ui.panels.settings_panel import Confirm, SettingsPanel, asked
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Beside, Card, Words, named
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import Choice
from spie_desk.ui.widgets.fields import LineField, SecretField
from spie_desk.ui.widgets.flow import Flow


class ProfilePanel(SettingsPanel):
    def build(self) -> None:
        self._card_of_label()
        self._phrase = self.card(_("Phrase de passe"), _(
            "Elle change tout de suite. Une copie emportée ailleurs avant ce jour s’ouvre encore avec l’ancienne."
        ), "key-round")  # fmt: skip
        self._phrase_place = self._opener(self._phrase, _("Changer ma phrase de passe…"), self._open_phrase)
        self._kit = self.card(_("Kit de secours"), "", "life-buoy")
        self._kit_said = Words("")
        self._kit.add(self._kit_said)
        self._kit_place = self._opener(self._kit, _("Faire ou refaire mon kit…"), self._open_kit)
        if not self.home.keeper.card.training:
            self._card_of_invitation()
        end = self.card(_("Supprimer ce profil"), _("Ses dossiers, ses brouillons et ses sauvegardes quittent "
                                                    "cet ordinateur "
                        "pour toujours."), "trash-2")  # fmt: skip
        self._end_place = self._opener(end, _("Supprimer ce profil…"), self._open_end)
        self._say_kit()

    def _opener(self, card: Card, text: str, slot: object) -> Card:
        """A button that opens something under itself."""
        card.add(Flow(Button(text, slot)))  # type: ignore[arg-type]
        place = Card(sort="panel", gap=8, padding=0)
        card.add(place)
        place.hide()
        return place

    @staticmethod
    def _fill(place: Card, *widgets: QWidget) -> None:
        while (item := place.lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for widget in widgets:
            place.add(widget)
        place.setVisible(bool(widgets))

    # ---- label and colour

    def _card_of_label(self) -> None:
        card = self.card(_("Sur l’écran d’ouverture"), _("Ce que voit qui allume l’ordinateur. Pas forcément "
                                                         "votre nom."),
                         "user-round")  # fmt: skip
        said = self.home.keeper.card
        self._label = named(LineField(), "profile-label")
        self._label.setText(said.label)
        self._label.setMaxLength(30)
        self._colour = Choice(list(self.room.sources.choices("structure_colour")), empty=None)
        self._colour.choose(said.colour)
        self._label.editingFinished.connect(self._rename)
        self._colour.chosen.connect(self._rename)
        card.add(Beside(asked(self._label, _("Libellé")), asked(self._colour, _("Couleur")), shares=(65, 35)))

    def _rename(self) -> None:
        label, colour, keeper = self._label.text().strip(), self._colour.code(), self.home.keeper
        if label and (label, colour) != (keeper.card.label, keeper.card.colour):
            self.room.tasks.work(lambda: keeper.rename(label, colour),
                                 lambda _done: self.room.notices.said(_("L’écran d’ouverture est à "
                                                                        "jour.")), owner=self)  # fmt: skip

    # ---- passphrase

    def _open_phrase(self) -> None:
        self._old = SecretField(look_="")
        strict = not self.home.keeper.card.training
        self._choice = PassphraseChoice(self.home.door, self.room.tasks, strict=strict)
        self._phrase_wrong = Words("", Type.SECOND, "danger", weight=500)
        self._phrase_wrong.hide()
        self._phrase_go = Button(_("Changer"), self._change, look_="filled")
        quit_it = Button(_("Ne rien changer"), lambda: self._fill(self._phrase_place))
        old = asked(self._old, _("Phrase de passe actuelle"))
        self._fill(self._phrase_place, old, self._choice, self._phrase_wrong, Flow(self._phrase_go, quit_it))
        self._old.setFocus()

    def _change(self) -> None:
        new, old, keeper = self._choice.phrase(), self._old.text(), self.home.keeper
        if new is None:
            return
        self._phrase_go.setEnabled(False)
        self.room.tasks.work(lambda: keeper.change_passphrase(old, new), lambda _done: self._changed(), owner=self,
                             failed=self._not_changed)  # fmt: skip

    def _changed(self) -> None:
        self._choice.forget()
        self._fill(self._phrase_place)
        self.room.notices.said(_("Phrase de passe changée."))

    def _not_changed(self, error: BaseException) -> None:
        self._phrase_go.setEnabled(True)
        if isinstance(error, DeskError):
            self._phrase_wrong.say(sentence(error))
            self._phrase_wrong.show()
            if isinstance(error, WrongPassphraseError):
                self._old.setFocus()
        else:
            self.room.notices.tell_failure(error)

    # ---- kit

    def _say_kit(self) -> None:
        made = self.home.keeper.kit_made_at()
        if made is None:
            self._kit_said.say(
                _("Pas encore fait. Sans kit ni phrase de passe, ce qui n’est que sur ce poste est perdu.")
            )
            self._kit_said.ink("warn")
        else:
            self._kit_said.say(_("Fait le {day}. Où est-il rangé\u00a0? Le refaire annule l’ancien.").format(
                day=f"{made.astimezone():%d/%m/%Y}"))  # fmt: skip
            self._kit_said.ink("muted")

    def _open_kit(self) -> None:
        kit = KitPanel(self.home.keeper, self.room.tasks, may_wait=False)
        kit.made.connect(self._kit_made)
        self._fill(self._kit_place, kit, Flow(Button(_("Ne rien changer"), lambda: self._fill(self._kit_place))))
        kit.first_focus().setFocus()

    def _kit_made(self) -> None:
        self._fill(self._kit_place)
        self._say_kit()
        self.room.notices.said(_("Kit de secours en vigueur. L’ancien n’ouvre plus rien."))

    # ---- a colleague

    def _card_of_invitation(self) -> None:
        card = self.card(_("Inviter une personne sur ce poste"), _("Elle aura son propre profil, fermé au "
                                                                   "vôtre, dans la même "
                         "structure. Donnez-lui le code de vive voix."), "user-plus")  # fmt: skip
        self._guest = named(LineField(_("Bureau 2, équipe du soir…")), "guest-label")
        card.add(
            asked(self._guest, _("Libellé de l’invitation"), _("Visible à l’ouverture\u00a0: pas un nom de famille."))
        )
        card.add(Flow(Button(_("Préparer l’invitation"), self._invite)))
        self._invite_place = Card(sort="panel", gap=8, padding=0)
        card.add(self._invite_place)
        self._invite_place.hide()

        if invitations := list(self.home.door.invitations()):
            self._card_of_link(invitations)

    def _card_of_link(self, invitations: list[InvitationCard]) -> None:
        under = _(
            "Vous avez chacun fondé la même structure sur ce poste\u00a0: l’invitation relie les deux. "
            "Vos dossiers restent séparés."
        )
        card = self.card(_("Relier à la structure d’un collègue"), under, "link")
        self._which = Choice([(one.id, one.label) for one in invitations], empty=None)
        self._which.choose(invitations[0].id)
        self._link_code = named(LineField(), "link-code")
        card.add(Beside(asked(self._which, _("Invitation")), asked(self._link_code, _("Code de l’invitation"))))
        card.add(Flow(Button(_("Relier"), self._link)))

    def _link(self) -> None:
        which, code, keeper = self._which.code(), self._link_code.text(), self.home.keeper
        self.room.tasks.work(lambda: keeper.link_structure(which, code), self._linked, owner=self)

    def _linked(self, name: str) -> None:
        self._link_code.clear()
        self.room.notices.said(_("Reliée à «\u00a0{name}\u00a0».").format(name=name))

    def _invite(self) -> None:
        label, keeper = self._guest.text().strip() or _("Invitation"), self.home.keeper
        self.room.tasks.work(lambda: keeper.invite(label), self._invited, owner=self)

    def _invited(self, made: tuple[InvitationCard, str]) -> None:
        code = named(Words(made[1].replace("-", " "), Type.SECTION, tabular=True), "invitation-code")
        told = _(
            "Montré cette fois seulement. Votre collègue choisit «\u00a0Ajouter une personne\u00a0», "
            "puis «\u00a0Rejoindre ma structure\u00a0».")
        self._fill(self._invite_place, Card(code, sort="soft", padding=14), Words(told, Type.SECOND, "muted"))
        self.room.notices.said(_("Invitation prête. Elle ne sert qu’une fois."))

    # ---- the end

    def _open_end(self) -> None:
        text = _("Supprimer ce profil pour toujours\u00a0? Ce qui n’est que sur ce poste sera perdu, "
                 "sauvegardes comprises. Cet acte "
                 "ne s’annule pas.")  # fmt: skip
        secret = SecretField(look_="")
        asks = Confirm(text, _("Supprimer pour toujours"), lambda: self._delete(secret))
        asks.ask_for(secret, _("Phrase de passe"))
        self._fill(self._end_place, asks)
        secret.setFocus()

    def _delete(self, secret: SecretField) -> None:
        phrase, keeper = secret.text(), self.home.keeper

        def judged(right: bool) -> None:  # noqa: FBT001 — the answer to one question
            if right:
                self.home.delete()
            else:
                self.room.notices.warn(_("Phrase de passe incorrecte. Rien n’a été supprimé."))

        self.room.tasks.work(lambda: keeper.fits(phrase), judged, owner=self)
