"""« restore » : a verified copy taken up in a new folder; nothing that stands is written over."""

from __future__ import annotations

import argparse
from pathlib import Path

from spie_desk.app.commands.opening import doorway, passphrase, say
from spie_desk.domain.errors import DeskError, N_
from spie_desk.store import backups, vault
from spie_desk.store.profiles import Profile
from spie_desk.texts import _, n_


class NotEmptyError(DeskError):
    says = N_("Le dossier choisi n’est pas vide : {folder}. Rien n’a été écrit.")
    next_step = N_("Choisissez un dossier vide ou qui n’existe pas encore.")


class NoSuchCopyError(DeskError):
    """Parameter ``copy`` is the folder's name."""

    says = N_("La sauvegarde «\u00a0{copy}\u00a0» n’est pas là. Rien n’a été écrit.")
    next_step = N_("Donnez le chemin entier de son dossier.")


def run(options: argparse.Namespace) -> int:
    root: Path = options.to
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise NotEmptyError(folder=root.name)
    if not options.backup.is_dir():
        raise NoSuchCopyError(copy=options.backup.name)
    copy = backups.read_backup(options.backup)
    phrase = passphrase(options.passphrase_file)
    door = doorway(root.resolve())
    blank = Profile("", root, _("Copie reprise"), "teal")
    found = door.restore_copy(blank, copy, lambda folder: vault.unlock(folder, phrase), lambda _done, _total: None)
    files = found.desk.store.records.count("person")
    name = found.keeper.card.id
    found.keeper.close()
    told = n_("{n} dossier", "{n} dossiers", files)
    say(_("Copie reprise dans {folder}, {files}.").format(folder=root / name, files=told))
    return 0
