"""The words one says aloud for what the palette can do: « lettre », « excel », « doublon » find their deed."""

from __future__ import annotations

from functools import cache

from spie_desk.texts import _

# Never shown, only typed: the French that is said in an office, beside the words written on the deed.
_SAID: dict[str, str] = {
    "Appelé, sans réponse…": "appel tentative téléphone répondeur injoignable message joindre",
    "Courrier ou attestation…": "lettre modèle certificat word docx mail",
    "Demander des pièces…": "papiers documents manquants justificatifs démarche dossier incomplet",
    "Copier le rappel du prochain rendez-vous": "sms texto message convocation rdv",
    "Copier le rappel": "sms texto message convocation rdv",
    "Nouveau rendez-vous": "rdv convocation entretien planning",
    "Agenda": "calendrier rdv semaine planning",
    "Mes rendez-vous pour un autre agenda…": "ical ics icalendar outlook téléphone google calendrier",
    "Nouvelle action": "tâche démarche à faire rappel",
    "Nouvelle note": "écrire entretien compte rendu saisir",
    "Noter vite": "note rapide maraude mémo",
    "Nouvelle personne": "créer dossier inscrire usager bénéficiaire ajouter",
    "Maraudes": "tournée sortie rue équipe",
    "Relais": "absence congés vacances binôme remplacer arrêt maladie",
    "Fin de journée": "signer soir brouillons bilan",
    "Mot suivant à vérifier": "orthographe correcteur faute dictionnaire",
    "Insérer une phrase type": "abréviation modèle raccourci phrases types",
    "C’est la même personne que…": "doublon fusionner réunir homonyme double",
    "Même personne\u00a0: choisir deux dossiers": "doublon fusionner réunir homonyme double",
    "Séparer les deux dossiers…": "doublon défaire défusionner",
    "Pas le bon dossier, pour plusieurs éléments…": "erreur déplacer trompée mauvais dossier note notes",
    "Copie de ses données…": "droits rgpd accès droit d’accès dossier cnil",
    "Information préoccupante…": "signalement enfant danger ip crip",
    "Fin de l’accompagnement…": "clôturer sortie fermer archiver sortir",
    "Suivi papier": "opposition refus numéro sans nom",
    "Modifier l’identité et le contact": "adresse téléphone changer corriger coordonnées",
    "Imprimer sa fiche": "papier pdf",
    "Afficher la fiche en grand": "agrandir photo photographier zoom",
    "Exporter le dossier…": "excel xlsx pdf sortir",
    "Exporter la liste…": "excel xlsx tableur csv file active portefeuille statistiques",
    "Importer": "excel csv caf msa flux rsa structures annuaire ajouter fichier reprise",
    "À imprimer": "panier imprimante impression papier attente",
    "À départager": "conflit doublon deux réponses",
    "À rattacher": "notes sans nom anonyme",
    "Travail en cours": "brouillons saisies non signées",
    "Revues": "commission réunion synthèse coordination équipe pluridisciplinaire",
    "Imprimer le compte rendu": "minutes pdf procès-verbal relevé décisions",
    "Masquer l’écran": "cacher voile verrouiller pause",
    "Verrouiller": "quitter fermer session déconnexion partir",
    "Annuler le dernier acte": "défaire erreur retour",
    "Urgence": "danger 115 119 3919 numéros suicide violences",
    "Dossier\u00a0: situation": "droits ressources freins logement foyer famille enfants téléphone santé demande",
    "Dossier\u00a0: à faire": "tâches actions pièces démarches",
    "Dossier\u00a0: qui accompagne et qui lit quoi": "opposition équipe partage lecteurs notice information binôme "
    "référente référent confidentialité",
    "Dossier\u00a0: historique": "versions modifications effacement traces",
    "Réglages": "options paramètres préférences",
    "Réglages\u00a0: affichage": "sombre thème taille texte gros agrandir couleurs contraste langue",
    "Réglages\u00a0: verrouillage": "code du jour minutes délai veille",
    "Réglages\u00a0: sauvegardes": "restaurer reprendre copie clé usb sauvegarder",
    "Réglages\u00a0: mon profil": "kit de secours phrase de passe mot de passe nom fonction",
    "Réglages\u00a0: structure et équipe": "collègue invitation inviter professionnel annuaire dpo",
    "Réglages\u00a0: écriture": "abréviations phrases types orthographe dictionnaire mots",
    "Réglages\u00a0: modèles de courriers": "lettre attestation docx odt word",
    "Réglages\u00a0: journal des accès": "traces qui a lu consultations cnil dpo",
    "Réglages\u00a0: vérification et versions": "version santé contrôle panne",
}


@cache
def _by_text() -> dict[str, str]:
    return {_(text): said for text, said in _SAID.items()}


def also_said(text: str) -> str:
    """What else one may type to find the deed of this name; nothing when its own words do."""
    return _by_text().get(text, "")
