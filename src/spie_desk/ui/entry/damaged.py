"""A file that does not open: it is set aside, a verified copy can be taken up, and what may lack is said first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from spie_desk.domain.errors import DeskError
from spie_desk.domain.vaults import DamagedStoreError, DamagedStoreNoCopyError
from spie_desk.services.doorway import BackupCard, MayLack, ProfileCard
from spie_desk.texts import _, n_, sentence
from spie_desk.ui.entry.panel import EntryPanel, Porch
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Icon, Words, row
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.steps import ProgressLine


def moment(when: datetime) -> str:
    """« 12/03/2026, 18 h 04 »."""
    local = when.astimezone()
    return f"{local:%d/%m/%Y}, {local:%H}\u00a0h\u00a0{local:%M}"


class DamagedPanel(EntryPanel):
    """[Reprendre cette copie] [Voir ce qui pourrait manquer]; without a copy here, one from a stick."""

    wide = 560

    def __init__(self, porch: Porch, card: ProfileCard, passphrase: str,
                 error: DamagedStoreError | DamagedStoreNoCopyError) -> None:  # fmt: skip
        super().__init__(porch, _("Le fichier de «\u00a0{label}\u00a0» est abîmé").format(label=card.label))
        self._card, self._passphrase = card, passphrase
        self._backup = str(error.parameters.get("backup", ""))
        told = Card(row(Icon("file-warning", "warn", 24), None), Words(sentence(error)), sort="warn", gap=8, padding=14)
        self.add(told)
        self._lack = self.add(Card(gap=6, padding=14))
        self._lack.hide()
        self._first = Button(_("Reprendre cette copie"), self._take)
        buttons = Flow()
        if self._backup:
            buttons.add(self._first)
            buttons.add(Button(_("Voir ce qui pourrait manquer"), self._look))
        else:
            self._first = Button(_("Reprendre une copie…"), self._choose)
            buttons.add(self._first)
        buttons.add(Button(_("Revenir"), porch.home))
        self.add(buttons)

    def first_focus(self) -> QWidget | None:
        return self._heading  # never on an answer

    def _look(self) -> None:
        door, profile, backup = self.porch.door, self._card.id, self._backup
        self.porch.tasks.work(lambda: door.may_lack(profile, backup), self._told, owner=self)

    def _told(self, lack: MayLack) -> None:
        since = moment(lack.copy.made_at)
        if lack.last_written is not None and lack.last_written > lack.copy.made_at:
            said = _("Ce qui a été écrit entre le {since} et le {until} pourrait manquer.")
            text = said.format(since=since, until=moment(lack.last_written))
        else:
            text = _("Rien n’a été écrit depuis cette copie, d’après la date du fichier.")
        self._lack.add(Words(text, weight=500))
        others = n_("{n} copie vérifiée est gardée sur ce poste.", "{n} copies vérifiées sont gardées sur ce poste.",
                    len(lack.copies))  # fmt: skip
        kept = _(
            "Le fichier abîmé reste à part, entier\u00a0: une personne du métier pourra tenter d’en reprendre le reste."
        )
        self._lack.add(Words(others, Type.SECOND, "muted"))
        self._lack.add(Words(kept, Type.SECOND, "muted"))
        self._lack.show()

    def _take(self) -> None:
        self.porch.show(TakingUp(self.porch, self._card, self._backup, self._passphrase))

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Dossier de la copie"))
        if folder:
            self.porch.show(TakingUp(self.porch, self._card, Path(folder), self._passphrase))


class TakingUp(EntryPanel):
    """A copy taken up in a new folder, its progress, then the profile opens."""

    def __init__(self, porch: Porch, card: ProfileCard, backup: str | Path | BackupCard, passphrase: str) -> None:
        super().__init__(porch, _("Reprise de la copie"), _("Ce qui était là est mis de côté, rien n’est effacé."))
        self._wrong = self.add(Words("", Type.TEXT, "danger"))
        self._wrong.hide()
        self._back = self.add(row(Button(_("Revenir"), porch.home), None))
        self._back.hide()
        door, profile = porch.door, card.id
        chosen = backup.id if isinstance(backup, BackupCard) else backup
        under_way = porch.tasks.long(
            lambda progress, _cancelled: door.restore(profile, chosen, passphrase, progress),
            _("Copie et vérification"), porch.enter, failed=self._no,
        )  # fmt: skip
        line = ProgressLine(under_way)
        line.stop.hide()
        self.add(line)

    def _no(self, error: BaseException) -> None:
        self._back.show()
        if isinstance(error, DeskError):
            self._wrong.say(sentence(error))
            self._wrong.show()
        else:
            self.porch.notices.tell_failure(error)
