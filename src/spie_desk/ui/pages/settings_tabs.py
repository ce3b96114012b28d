"""The tabs of the settings: route, words, panel; plain data, so that the palette knows them before they are opened."""

from __future__ import annotations

from spie_desk.domain.errors import N_

TABS: tuple[tuple[str, str, str], ...] = (
    ("look", N_("Affichage"), "LookPanel"),
    ("lock", N_("Verrouillage"), "LockPanel"),
    ("backups", N_("Sauvegardes"), "BackupsPanel"),
    ("profile", N_("Mon profil"), "ProfilePanel"),
    ("team", N_("Structure et équipe"), "TeamPanel"),
    ("writing", N_("Écriture"), "WritingPanel"),
    ("letters", N_("Modèles de courriers"), "LettersPanel"),
    ("accesses", N_("Journal des accès"), "AccessesPanel"),
    ("about", N_("Vérification et versions"), "AboutPanel"),
)
