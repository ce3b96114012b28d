"""The command « spie-desk »: opens the window, or does the same work without a display."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

LISTS = ("people", "structure", "professional", "action", "appointment", "review")
COMMANDS = ("open", "example", "import", "export", "status", "rebuild", "backup", "restore", "doctor", "tour")


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 when all of it worked, 1 with a sentence on stderr when it did not, 2 for a wrong call."""
    from spie_desk.store.memory import harden_process  # noqa: PLC0415

    harden_process()
    given = list(sys.argv[1:] if argv is None else argv)
    options: Any = _plainly(given) or parser().parse_args(given)
    # A command is imported when called: the window must not wait for what only the command line needs.
    module = importlib.import_module(f"spie_desk.app.commands.{options.command.replace('import', 'import_')}")
    from spie_desk.domain.errors import DeskError  # noqa: PLC0415

    try:
        return int(module.run(options))
    except DeskError as error:
        from spie_desk.texts import sentence  # noqa: PLC0415

        sys.stderr.write(sentence(error) + "\n")
        return 1


def _plainly(given: Sequence[str]) -> SimpleNamespace | None:
    """The window, alone or with a profile, as icons and restarts call it: nothing that only the command line needs is
    loaded for it."""
    if not given:
        return SimpleNamespace(profile=None, passphrase_file=None, command="open")
    if len(given) == 2 and given[0] == "--profile" and not given[1].startswith("-"):
        return SimpleNamespace(profile=Path(given[1]), passphrase_file=None, command="open")
    return None


def parser() -> argparse.ArgumentParser:
    import argparse  # noqa: PLC0415

    from spie_desk.texts import _  # noqa: PLC0415

    # no abbreviation: « --passphrase » with the phrase itself is refused, not taken for the file's name
    top = argparse.ArgumentParser(
        prog="spie-desk", description=_("Dossiers, notes et revues, hors ligne et chiffrés."), allow_abbrev=False
    )
    top.add_argument("--profile", type=Path, metavar="DIR", help=_("dossier du profil"))
    top.add_argument(
        "--passphrase-file", type=Path, metavar="F", help=_("fichier dont la première ligne est la phrase de passe")
    )
    commands = top.add_subparsers(dest="command", metavar=_("commande"))
    # after: a parser of commands made later would put « no command » back over it
    top.set_defaults(command="open")
    commands.add_parser("open", help=_("ouvrir l’application (par défaut)"))
    commands.add_parser("example", help=_("ouvrir un profil d’exemple, de personnes fictives"))
    _files(commands)
    _care(commands)
    return top


def _files(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from spie_desk.texts import _  # noqa: PLC0415

    one = commands.add_parser("import", help=_("importer des personnes d’un fichier CSV ou XLSX"))
    one.add_argument("file", type=Path)
    one.add_argument("--dry-run", action="store_true", help=_("essai à blanc : rien n’est écrit"))
    one.add_argument("--json", action="store_true", help=_("réponse en JSON"))
    one = commands.add_parser("export", help=_("exporter des dossiers en clair"))
    which = one.add_mutually_exclusive_group(required=True)
    which.add_argument("--person", metavar="ID", help=_("numéro de dossier"))
    which.add_argument("--all", action="store_true", help=_("tous les dossiers"))
    which.add_argument("--list", choices=LISTS, help=_("une liste, dans un seul fichier"))
    one.add_argument("--out", type=Path, required=True, metavar="DIR")
    one.add_argument("--format", choices=("xlsx", "ods", "csv"), default="xlsx", help=_("format d’une liste"))
    why = _("inscrit au journal des accès, demandé s’il manque")
    one.add_argument("--reason", default="", metavar="MOTIF", help=why)
    one.add_argument("--addresses", action="store_true", help=_("inclure les adresses à ne pas divulguer"))
    one = commands.add_parser("tour", help=_("faire tout le parcours sans écran, sur un profil neuf"))
    one.add_argument("--import", dest="file", type=Path, required=True, metavar="FILE")
    one.add_argument("--out", type=Path, required=True, metavar="DIR")
    one.add_argument("--people", type=int, default=0, metavar="N", help=_("ajouter N personnes fictives"))


def _care(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from spie_desk.texts import _  # noqa: PLC0415

    one = commands.add_parser("status", help=_("compter ce que le profil contient"))
    one.add_argument("--json", action="store_true", help=_("réponse en JSON"))
    one = commands.add_parser("rebuild", help=_("refaire les tables à partir du journal"))
    one.add_argument("--check", action="store_true", help=_("comparer sans rien remplacer"))
    commands.add_parser("backup", help=_("faire une sauvegarde vérifiée"))
    one = commands.add_parser("restore", help=_("reprendre une sauvegarde dans un nouveau dossier"))
    one.add_argument("backup", type=Path)
    one.add_argument("--to", type=Path, required=True, metavar="DIR")
    commands.add_parser("doctor", help=_("vérifier le poste et le profil"))


if __name__ == "__main__":
    sys.exit(main())
