"""The sentences of the bottom strip: where the work stands, and how old the last verified copy is."""

from __future__ import annotations

from datetime import datetime

from spie_desk.services.doorway import Keeper
from spie_desk.texts import _
from spie_desk.ui.shell.strip import Strip

OLD_DAYS = 7


def tell_standing(strip: Strip, *, training: bool) -> None:
    """A desk alone: nothing goes anywhere, and the screen says so; a training one says that it is one, everywhere."""
    if training:
        strip.tell(_("Entraînement\u00a0: personnes fictives, rien n’est envoyé"), "graduation-cap", "info")
        return
    strip.tell(_("Sur ce poste seulement"), "laptop", "muted")


def tell_backup(strip: Strip, keeper: Keeper, now: datetime) -> None:
    copies = keeper.backups()
    if not copies:
        strip.tell_backup(_("Pas encore de sauvegarde"), "warn")
        return
    latest = copies[0].made_at
    # by the day either way: one dated in the future was made under a wrong clock
    age = abs((now.date() - latest.astimezone(now.tzinfo).date()).days)
    strip.tell_backup(
        _("Sauvegarde vérifiée {when}").format(when=when(latest, now)), "warn" if age > OLD_DAYS else "muted"
    )


def when(moment: datetime, now: datetime) -> str:
    """« aujourd’hui à 18:10 », « hier à 18:10 », « le 12/03/2026 à 18:10 »."""
    local = moment.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    day = {0: _("aujourd’hui"), 1: _("hier")}.get(days) or _("le {day}").format(day=f"{local:%d/%m/%Y}")
    return _("{day} à {hour}").format(day=day, hour=f"{local:%H:%M}")
