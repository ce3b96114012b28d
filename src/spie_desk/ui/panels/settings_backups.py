"""The verified copies kept on this computer: made now, taken up again, deleted with its consequence said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.services.doorway import BackupCard
from spie_desk.texts import _, n_
from spie_desk.ui.models.rows import Column, ListSpec
from spie_desk.ui.panels.settings_panel import Confirm, SettingsPanel
from spie_desk.ui.widgets.basics import Card, Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.fields import SecretField
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView

MEGA = 1_000_000


def made_at(one: BackupCard) -> str:
    local = one.made_at.astimezone()
    return f"{local:%d/%m/%Y}, {local:%H}\u00a0h\u00a0{local:%M}"


def files_of(one: BackupCard) -> str:
    return n_("{n} dossier", "{n} dossiers", one.files)


COPIES = ListSpec(
    name="backups", title=N_("Sauvegardes"), leaves=False,
    columns=(
        Column("made_at", N_("Faite le"), width=200, say=made_at),
        Column("files", N_("Dossiers"), width=140, say=files_of),
        Column("size", N_("Taille"), width=110, say=lambda one: _("{n} Mo").format(n=max(1, round(one.size / MEGA)))),
        Column("verified", N_("État"), stretch=True, say=lambda one: _("Vérifiée") if one.verified else ""),
    ),
    spoken=lambda one: _("{when}, {files}, vérifiée").format(when=made_at(one), files=files_of(one)),
    empty=N_("Pas encore de sauvegarde. La première se fera en fermant, ou maintenant par le bouton."),
    key=lambda one: one.id,
)  # fmt: skip


class BackupsPanel(SettingsPanel):
    def build(self) -> None:
        card = self.card(_("Sauvegardes vérifiées"), _("Chiffrées, sur ce poste, faites en fermant quand "
                                                       "quelque chose a "
                         "changé. Toutes celles des deux derniers jours, puis une par jour, par semaine et par "
                         "mois, jamais au-delà de six "
                         "mois."), "database-backup")  # fmt: skip
        self._now = Button(_("Sauvegarder maintenant"), self._make, look_="filled", icon="save")
        self._take = Button(_("Reprendre cette copie"), self._ask_take, icon="archive-restore")
        self._delete = Button(_("Supprimer"), self._ask_delete, icon="trash-2")
        card.add(Flow(self._now, self._take, self._delete))
        self._place = Card(sort="panel", gap=0, padding=0)
        card.add(self._place)
        self._place.hide()
        self._list = ListView(COPIES, fits=True)
        self._list.current_changed.connect(lambda _one: self._allow())
        card.add(self._list)

    def open(self, draft: bytes | None) -> None:
        self._read()

    def _read(self) -> None:
        self.room.tasks.work(self.home.keeper.backups, self._show, owner=self)

    def _show(self, found: Sequence[BackupCard]) -> None:
        self._list.show_rows(list(found))
        self._allow()

    def _allow(self) -> None:
        chosen = self._list.current() is not None
        self._take.lacks("" if chosen else _("le choix d’une copie"))
        self._delete.lacks("" if chosen else _("le choix d’une copie"))

    def _make(self) -> None:
        keeper = self.home.keeper
        self._now.setEnabled(False)
        under_way = self.room.tasks.long(keeper.back_up, _("Sauvegarde"), self._made)
        under_way.ended.connect(lambda: self._now.setEnabled(True))

    def _made(self, made: BackupCard) -> None:
        self._read()
        self.home.told()
        self.room.notices.said(_("Sauvegarde vérifiée, {files}.").format(files=files_of(made)))

    def _ask_delete(self) -> None:
        one: BackupCard | None = self._list.current()
        if one is None:
            return
        text = _("Supprimer la copie du {when}\u00a0? Elle ne pourra plus être reprise. Les autres restent.")
        self._ask(Confirm(text.format(when=made_at(one)), _("Supprimer cette copie"), lambda: self._drop(one)))

    def _drop(self, one: BackupCard) -> None:
        keeper = self.home.keeper
        self._close()
        self.room.tasks.work(lambda: keeper.delete_backup(one.id), lambda _done: self._dropped(), owner=self)

    def _dropped(self) -> None:
        self._read()
        self.home.told()
        self.room.notices.said(_("Copie supprimée."))

    def _ask_take(self) -> None:
        one: BackupCard | None = self._list.current()
        if one is None:
            return
        text = _("Reprendre la copie du {when}\u00a0? Ce qui a été écrit depuis n’y sera pas. Le profil "
                 "d’aujourd’hui est mis de "
                 "côté, rien n’est effacé.")  # fmt: skip
        secret = SecretField(look_="")
        asks = Confirm(text.format(when=made_at(one)), _("Reprendre cette copie"), lambda: self._restore(one, secret),
                       sort="warn")  # fmt: skip
        asks.ask_for(secret, _("Phrase de passe"))
        secret.returnPressed.connect(lambda: self._restore(one, secret))
        self._wrong = Words("", ink="danger")
        self._wrong.hide()
        asks.lines.insertWidget(2, self._wrong)
        self._ask(asks, secret)

    def _restore(self, one: BackupCard, secret: SecretField) -> None:
        phrase, keeper = secret.text(), self.home.keeper

        def judged(right: bool) -> None:  # noqa: FBT001 — the answer to one question
            if right:
                self.home.restore(one, phrase)
                return
            self._wrong.say(_("Phrase de passe incorrecte. Vérifiez Verr. Maj et la langue du clavier."))
            self._wrong.show()
            secret.setFocus()

        self.room.tasks.work(lambda: keeper.fits(phrase), judged, owner=self)

    def _ask(self, question: Confirm, focus: QWidget | None = None) -> None:
        self._close()
        self._place.add(question)
        self._place.show()
        (focus or question.no).setFocus()

    def _close(self) -> None:
        for old in self._place.findChildren(Confirm):
            old.close_it()
        self._place.hide()
