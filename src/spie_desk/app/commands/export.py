"""« export » : whole files in the clear, JSON and PDF, into a folder that is empty before and named by the caller."""

from __future__ import annotations

import argparse
from pathlib import Path

from spie_desk.app.commands.opening import opened, say
from spie_desk.app.leaving import write_files
from spie_desk.domain.errors import DeskError, N_
from spie_desk.texts import _, n_


class NotEmptyError(DeskError):
    says = N_("Le dossier «\u00a0{folder}\u00a0» n’est pas vide. Rien n’a été écrit.")
    next_step = N_(
        "Choisissez un dossier vide ou qui n’existe pas encore\u00a0: un export n’en remplace jamais un autre."
    )


def run(options: argparse.Namespace) -> int:
    empty(options.out)
    with opened(options) as found:
        mark = _("Entraînement") if found.keeper.card.training else ""
        written = write_files(found.desk, options.out, options.person, addresses=options.addresses, watermark=mark)
    say(n_("{n} dossier écrit en clair.", "{n} dossiers écrits en clair.", len(written)))
    say(_("Ces fichiers ne sont plus protégés\u00a0: quiconque ouvre ce dossier peut les lire."))
    if hidden := sum(1 for one in written if one.hidden):
        say(n_("{n} adresse à ne pas divulguer n’y est pas\u00a0: --addresses l’inclut.",
               "{n} adresses à ne pas divulguer n’y sont pas\u00a0: --addresses les inclut.", hidden))  # fmt: skip
    return 0


def empty(folder: Path) -> None:
    """Refuse a folder that holds anything, before a passphrase is even asked for."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmptyError(folder=folder.name)
