"""A file that does not open: it is set aside, a verified copy can be taken up, and what may lack is said first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from spie_desk.domain.errors import DeskError
from spie_desk.domain.vaults import DamagedStoreError, DamagedStoreNoCopyError
from spie_desk.services.cards import ProfileCard
from spie_desk.services.doorway import BackupCard, MayLack, Saved
from spie_desk.texts import _, n_, sentence
from spie_desk.ui.entry.panel import EntryPanel, Porch
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Icon, Words, named, row
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
        self._looked = self._rest = False
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
        if self._looked:
            return
        self._looked = True
        door, profile, backup, phrase = self.porch.door, self._card.id, self._backup, self._passphrase
        self.porch.tasks.work(lambda: door.may_lack(profile, backup, phrase), self._told, owner=self, failed=self._not)

    def _told(self, lack: MayLack) -> None:
        since = moment(lack.copy.made_at)
        if lack.last_written is not None and lack.last_written > lack.copy.made_at:
            said = _("Ce qui a été écrit entre le {since} et le {until} pourrait manquer.")
            text = said.format(since=since, until=moment(lack.last_written))
        elif lack.saved is not None and lack.saved.newer:
            text = _("La date du fichier ne dit pas jusqu’à quand il a été écrit.")  # a clock was wrong
        else:
            text = _("Rien n’a été écrit depuis cette copie, d’après la date du fichier.")
        self._lack.add(Words(text, weight=500))
        self._lack.add(named(Words(self._saved(lack.saved), weight=500), "saved"))
        others = n_("{n} copie vérifiée est gardée sur ce poste.", "{n} copies vérifiées sont gardées sur ce poste.",
                    len(lack.copies))  # fmt: skip
        kept = _(
            "Le fichier abîmé reste à part, entier\u00a0: une personne du métier pourra tenter d’en reprendre le reste."
        )
        self._lack.add(Words(others, Type.SECOND, "muted"))
        self._lack.add(Words(kept, Type.SECOND, "muted"))
        self._lack.show()

    def _saved(self, saved: Saved | None) -> str:
        """How much of the damaged file can be read; the copy is then taken up with it."""
        if saved is None or not saved.read:
            return _("Rien n’a pu être relu dans le fichier abîmé.")
        said = _("{read} écrits sur {known} ont pu être relus dans le fichier abîmé.")
        text = said.format(read=saved.read, known=saved.known)
        if not saved.newer and not saved.drafts:
            return text + " " + _("La copie les a tous.")
        self._rest = True
        self._first.say(_("Reprendre cette copie et ce qui a été relu"))
        newer = n_("{n} écrit que la copie n’a pas", "{n} écrits que la copie n’a pas", saved.newer)
        kept = n_("{n} brouillon", "{n} brouillons", saved.drafts)
        told = " · ".join(one for one, n in ((newer, saved.newer), (kept, saved.drafts)) if n)
        return text + " " + _("Seront repris avec elle\u00a0: {what}.").format(what=told)

    def _not(self, error: BaseException) -> None:
        self._looked = False
        self.porch.notices.tell_failure(error)

    def _take(self) -> None:
        self.porch.show(TakingUp(self.porch, self._card, self._backup, self._passphrase, rest=self._rest))

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Dossier de la copie"))
        if folder:
            self.porch.show(TakingUp(self.porch, self._card, Path(folder), self._passphrase))


class TakingUp(EntryPanel):
    """A copy taken up in a new folder, its progress, then the profile opens."""

    def __init__(self, porch: Porch, card: ProfileCard, backup: str | Path | BackupCard, passphrase: str, *,
                 rest: bool = False) -> None:  # fmt: skip
        super().__init__(porch, _("Reprise de la copie"), _("Ce qui était là est mis de côté, rien n’est effacé."))
        self._wrong = self.add(Words("", Type.TEXT, "danger"))
        self._wrong.hide()
        self._back = self.add(row(Button(_("Revenir"), porch.home), None))
        self._back.hide()
        door, profile = porch.door, card.id
        chosen = backup.id if isinstance(backup, BackupCard) else backup
        under_way = porch.tasks.long(
            lambda progress, _cancelled: door.restore(profile, chosen, passphrase, progress, rest=rest),
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
