"""« export » : whole files in the clear, JSON and PDF, into an empty folder; or one list as a spreadsheet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from spie_desk.app.commands.opening import opened, say
from spie_desk.app.leaving import write_files
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.listing import PersonFilter
from spie_desk.services import accesses, exports, kind_grids
from spie_desk.services.exports import Leaving
from spie_desk.texts import _, n_


class NotEmptyError(DeskError):
    says = N_("Le dossier «\u00a0{folder}\u00a0» n’est pas vide. Rien n’a été écrit.")
    next_step = N_(
        "Choisissez un dossier vide ou qui n’existe pas encore\u00a0: un export n’en remplace jamais un autre."
    )


def run(options: argparse.Namespace) -> int:
    return _list(options) if options.list else _files(options)


def _list(options: argparse.Namespace) -> int:
    """One list in one file, all its columns; a reason first, hidden addresses only if asked for."""
    reason = accesses.asked(_why(options))
    with opened(options) as found:
        desk = found.desk
        mark = _("Entraînement") if found.keeper.card.training else ""
        people: tuple[bytes, ...] = ()
        hidden = 0
        if options.list == "people":
            caseload = exports.caseload(desk, PersonFilter(), addresses=options.addresses)
            grid, people, hidden = caseload.grid, caseload.people, caseload.hidden
        else:
            grid = kind_grids.of_kind(desk, options.list)
        from spie_desk.ui.models.leaving import in_words  # noqa: PLC0415 — Qt is loaded for a list alone

        written = in_words(desk, grid, reason, mark=mark)
        exports.write(desk, options.out, written, options.format, Leaving(grid.title, reason, people))
    say(n_("{n} ligne écrite en clair.", "{n} lignes écrites en clair.", len(grid.rows)))
    say(_("Ce fichier n’est plus protégé\u00a0: quiconque l’ouvre peut le lire."))
    _say_hidden(hidden)
    return 0


def _files(options: argparse.Namespace) -> int:
    empty(options.out)
    reason = _why(options)
    with opened(options) as found:
        mark = _("Entraînement") if found.keeper.card.training else ""
        written = write_files(found.desk, options.out, options.person, addresses=options.addresses, watermark=mark,
                              reason=reason)  # fmt: skip
    say(n_("{n} dossier écrit en clair.", "{n} dossiers écrits en clair.", len(written)))
    say(_("Ces fichiers ne sont plus protégés\u00a0: quiconque ouvre ce dossier peut les lire."))
    _say_hidden(sum(1 for one in written if one.hidden))
    return 0


def _why(options: argparse.Namespace) -> str:
    """The reason that was given, or what is typed at the terminal; whole files that a script takes out say so."""
    if options.reason.strip() or sys.stdin is None or not sys.stdin.isatty():
        return str(options.reason)
    return accesses.asked(input(_("Motif de l’export, inscrit au journal des accès\u00a0: ")))


def _say_hidden(hidden: int) -> None:
    if hidden:
        say(n_("{n} adresse à ne pas divulguer n’y est pas\u00a0: --addresses l’inclut.",
               "{n} adresses à ne pas divulguer n’y sont pas\u00a0: --addresses les inclut.", hidden))  # fmt: skip


def empty(folder: Path) -> None:
    """Refuse a folder that holds anything, before a passphrase is even asked for."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmptyError(folder=folder.name)
