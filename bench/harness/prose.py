"""Invented notes in French: seeded sentences from a few thousand word forms, the frequent ones frequent as in life."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random

SENTENCES = 30_000
"""How many distinct sentences the notes are put together from: enough that two notes never resemble each other."""

_VERBS = """
accepter accompagner adresser aider ajouter alerter améliorer amener annoncer annuler appeler apporter approuver
arrêter arriver assister assurer attester attirer autoriser avancer baisser bloquer calculer calmer casser changer
chercher classer commander commencer communiquer compléter compter conclure conseiller conserver consulter contacter
continuer contrôler convoquer coordonner corriger créer débloquer décaler déclarer décliner décider demander déménager
démarrer dépasser déposer déranger dessiner détailler deviner discuter disposer documenter donner doubler douter durer
échanger éclairer économiser écouter élaborer embaucher emporter emprunter encourager engager enregistrer enseigner
entamer envisager épargner espérer estimer évaluer éviter évoluer évoquer examiner exiger expliquer exposer exprimer
fatiguer fermer financer fixer formuler fréquenter gagner garder gérer habiter hésiter héberger identifier imaginer
indiquer informer inquiéter insister installer intégrer interroger inviter justifier laisser lancer limiter loger
louer manquer marcher mentionner mesurer mobiliser modifier montrer motiver négocier nommer noter occuper orienter
oublier organiser parler partager participer passer payer pleurer plaider poser postuler pousser préciser préparer
présenter proposer prolonger protéger raconter rappeler rapporter rassembler rassurer réaliser réclamer rédiger
refuser regarder régler regretter rejeter rembourser remercier rencontrer renforcer renouveler renseigner réorganiser
repasser repérer répéter reporter reposer représenter résilier respecter rester retourner retrouver réviser saluer
sauter scolariser signaler signer simuler soigner solliciter souhaiter souligner stabiliser supporter surveiller
suspendre téléphoner tenter terminer tester toucher traiter transformer transmettre traverser travailler trouver
utiliser valider vérifier verser visiter voyager voter
"""
_FEMININE = """
adresse aide allocation amende amie angoisse annonce annulation assistante association attente attestation audience
augmentation autorisation avance bourse brocante caisse carte cause caution cave chambre charge chaudière chute
clinique colère collègue commande commission confiance confirmation consultation consommation convocation copie
cotisation coupure couverture crèche crise cuisine date décision déclaration demande démarche dépense dette difficulté
direction dispute distance douleur école écoute embauche enquête entreprise entrée épicerie équipe erreur étape étude
évaluation expulsion facture famille fatigue femme fiche fièvre fille formation fuite garantie garde gare gestion
grossesse habitude halte heure hospitalisation humidité idée identité imprimante incapacité indemnité infirmière
information inscription inquiétude installation intervention invitation journée laverie lettre ligne liste livraison
location machine mairie maison maladie matinée médiation mémoire mensualité mère mesure mission mobilité naissance
nourriture nuit obligation offre opération ordonnance orientation participation patience pause pension permanence
permission personne pharmacie photo pièce place plainte police porte poste préfecture prestation preuve prime
procédure proposition protection question quittance raison récolte régularisation relance remise rencontre rente
réparation réponse requête réserve résidence responsabilité ressource retraite réunion rue salle santé séance
séparation serrure signature situation sœur solution somme sortie stabilité structure subvention suite surface table
tension trêve tutelle urgence vaisselle valise veille vente version ville visite vitre voisine voiture volonté
"""
_MASCULINE = """
abonnement abri accès accident accompagnement accord accueil achat acompte agenda agrément alcool aménagement ami
anniversaire appartement appel apprentissage arrêté arriéré atelier auxiliaire avenir avis avocat bail bailleur
bâtiment besoin bilan bon bruit budget bureau bus cabinet cadre calcul calendrier camion camping caractère carnet
certificat chagrin chantier chauffage chef chèque chèque-énergie chien choix chômage colis collège commerce compte
compteur concours conflit congé conjoint conseil contrat contrôle coup courrier cours coût créancier crédit
déménagement dentiste départ dépannage dépôt désaccord devis dialogue directeur dispositif divorce document dossier
droit échéancier effort emploi employeur emprunt enfant engagement ennui entretien envoi escalier espoir essai état
examen extrait fauteuil financement fils fonds formulaire fournisseur foyer frais frère froid garage gardien gérant
groupe guichet handicap hébergement hiver hôpital hôtel huissier impayé impôt incident intérim interprète isolement
jardin jour journal juge jugement justificatif lieu lit livret logement loyer maçon magasin maintien malaise marché
mari matin médecin ménage message métier meuble mois montant moral motif moyen mur niveau nom notaire numéro objectif
ordinateur organisme orthophoniste papier parcours parent parking partage partenaire passage passeport patron père
permis petit-fils plafond plan planning plombier point potager prêt principe problème projet propriétaire quartier
quotidien radiateur rappel rapport récépissé reçu recours refus règlement relais relevé remboursement rendez-vous
renouvellement repas report réseau respect restaurant retard retour revenu salaire secours secrétariat séjour service
signalement site sommeil souci soutien stage statut studio suivi surendettement syndic tarif taux téléphone temps
terrain ticket toit traitement trajet transport travail travailleur tribunal trimestre trouble versement vêtement vélo
virement voisin voyage
"""
_ADJECTIVES = """
absent actif administratif adulte âgé amical ancien annuel apaisé autonome bancaire bas bénévole bloqué brutal calme
certain choisi clair collectif complet complexe compliqué concret confiant constant content contraint coupé courant
court déçu défini délicat démuni dépendant dernier déterminé difficile digne direct discret disponible distant
douloureux durable durci échu efficace égaré éligible endetté ennuyeux énervé entier éprouvé épuisé étonné étroit
exact excessif exigeant exact familial fatigué favorable ferme fiable financier fragile fréquent froid grave habituel
handicapé hésitant honnête humide immédiat impayé important imprévu incertain incomplet inconnu indispensable
individuel inquiet insalubre insistant instable insuffisant intéressé inutile isolé joignable judiciaire juste lent
libre limité local long lourd majeur manquant matinal médical mensuel méfiant mineur minimal modeste moral motivé
municipal nécessaire nerveux net nocturne nombreux normal nouveau numérique obligatoire occupé ordinaire orienté
ouvert partiel patient pénible permanent personnel petit physique ponctuel positif possible précaire précédent précis
prêt principal privé prochain professionnel proche progressif prolongé prudent public rapide rare rassuré récent réel
refusé régulier renouvelé résolu responsable réservé saisonnier sanitaire satisfait saturé scolaire secondaire serein
sérieux serré seul signé simple social soigné solide soulagé souriant stable strict suffisant suivant surpris
surveillé suspendu temporaire tendu tenu timide total tranquille triste urgent utile vacant valable vérifié vétuste
vide vif violent volontaire
"""
_ADVERBS = """
ensuite aujourd’hui demain hier bientôt souvent parfois toujours jamais encore déjà rapidement lentement calmement
clairement difficilement facilement fermement finalement franchement longuement nettement notamment parfaitement
partiellement personnellement poliment prochainement progressivement régulièrement sereinement sérieusement seulement
simplement spontanément temporairement totalement tranquillement vivement volontiers mieux davantage ailleurs ensemble
désormais enfin
"""
_WHO = """
elle il madame monsieur la conseillère le bailleur sa sœur son frère sa mère son père le voisin la voisine l’employeur
la gardienne le médecin l’assistante la directrice le tuteur sa fille son fils une amie un collègue l’interprète la
bénévole l’infirmière le juge l’avocate la caisse la mairie la préfecture l’association
"""
_STARTS = """
Bar Ber Bel Bou Bri Cal Car Cha Cor Dan Del Dur Fer Fla For Gal Gar Ger Gri Gui Hal Jac Jol Lam Lan Lau Lem Mal Mar
Mer Mon Mor Nav Nor Pas Pel Per Pic Pla Pra Ram Ren Ric Rol Rou Sab Sal Ser Tal Tel Tou Val Ver Vil Zam Ouv
"""
_ENDS = """
ac ain and ard art ault aud bert bois din dier eau el ent er et eux ier iez in is ley lot lon mand mas mont nard nier
nin not on ont ot oux pin quet rand rel ret rier rin rot sac san sel son tel tier tin ton tot val vier ville vin zac
za oud ane ari
"""

SURNAMES = tuple(dict.fromkeys(start + end for end in _ENDS.split() for start in _STARTS.split()))
"""Invented family names, some three thousand of them; the first ones are the frequent ones."""

_FIRST = """
Mariam Nadia Amina Sofia Lucie Olena Charlotte Jeanne Fatoumata Isabelle Ana Céline Yasmine Monique Laura Rosa
Sandrine Aïcha Élodie Claire Hélène Brigitte Nathalie Fanny Inès Louise Camille Zoé Léa Manon Chloé Sarah Emma Julie
Aurélie Valérie Martine Denise Paulette Odette Simone Khadija Samira Leïla Halima Awa Aminata Oumou Mariama Svetlana
Irina Jean Paul Bakary Yanis Théo Ahmed Loïc Moussa Kevin Mehdi Didier Émile Tomasz Abdoulaye Quentin Rachid Mickaël
Joël Amadou Ibrahim Omar Karim Samir Nabil Farid Youssef Hugo Lucas Nathan Louis Gabriel Arthur Raphaël Jules Adam Noé
Pierre Michel André Philippe René Alain Jacques Bernard Marcel Daniel Roger Robert Claude Christian Georges Francis
Gilbert Thierry Pascal Éric Laurent Frédéric Stéphane David Julien Nicolas Sébastien Olivier Vincent Benoît Grégory
Damien Cédric
"""
FIRST_NAMES = tuple(_FIRST.split())

TOWNS = (
    ("Vimoutiers", "61120", "61508"), ("Camembert", "61120", "61071"), ("Gacé", "61230", "61181"),
    ("Argentan", "61200", "61006"), ("Trun", "61160", "61494"), ("L’Aigle", "61300", "61214"),
    ("Sées", "61500", "61464"), ("Alençon", "61000", "61001"), ("Flers", "61100", "61169"),
    ("Lisieux", "14100", "14366"), ("Falaise", "14700", "14258"), ("Orbec", "14290", "14478"),
)  # fmt: skip


class Zipf:
    """Draws from a list as speech does: the second word half as often as the first, and so on."""

    def __init__(self, words: Sequence[str], flatness: float = 4.0) -> None:
        self.words = words
        self._up_to = list(accumulate(1 / (place + flatness) for place in range(len(words))))

    def draw(self, chance: Random) -> str:
        return self.words[bisect(self._up_to, chance.random() * self._up_to[-1])]


class Prose:
    """Sentences made once from the seed; ``note`` puts some of them together, with a name, a date and an amount."""

    def __init__(self, seed: int = 1, sentences: int = SENTENCES) -> None:
        chance = Random(f"prose {seed}")
        self._verbs = Zipf(_shuffled(chance, _VERBS))
        self._she, self._he = Zipf(_shuffled(chance, _FEMININE)), Zipf(_shuffled(chance, _MASCULINE))
        self._adjectives, self._adverbs = Zipf(_shuffled(chance, _ADJECTIVES)), Zipf(_ADVERBS.split())
        self._who = Zipf(_phrases(_WHO))
        self._surnames = Zipf(SURNAMES, 40)
        self._sentences = [self._sentence(chance) for _ in range(sentences)]

    def note(self, chance: Random, length: int = 0) -> str:
        """About ``length`` letters (400 on average when none is asked), ending with a whole sentence."""
        wanted = length or min(max(int(chance.gauss(368, 130)), 80), 1200)
        found, so_far = [], 0
        while so_far < wanted:
            one = self._sentences[int(chance.random() * len(self._sentences))] if chance.random() < 0.85 \
                else self._precise(chance)  # fmt: skip
            found.append(one)
            so_far += len(one) + 1
        return " ".join(found)

    def line(self, chance: Random) -> str:
        """A few words: what there is to do, what someone asks for."""
        verb = self._verbs.draw(chance)
        return f"{verb.capitalize()} {self._thing(chance)}"

    def _precise(self, chance: Random) -> str:
        who, draw = f"{chance.choice(FIRST_NAMES)} {self._surnames.draw(chance)}", int(chance.random() * 4)
        if draw == 0:
            hour = f"{chance.randrange(8, 19)} h {chance.randrange(6)}0"
            return f"Rendez-vous avec {who} le {chance.randrange(1, 29)} à {hour}."
        if draw == 1:
            return f"Reste à payer {chance.randrange(12, 1900)} € sur la facture n° {chance.randrange(10000, 99999)}."
        if draw == 2:
            return f"Appel de {who}, {self._thing(chance)} à {chance.choice(TOWNS)[0]}."
        return f"{who} {self._past(chance)} {self._thing(chance)}."

    def _sentence(self, chance: Random) -> str:
        who, thing, other = self._who.draw(chance), self._thing(chance), self._thing(chance)
        shapes = (
            lambda: f"{who} {self._past(chance)} {thing}, {self._adverbs.draw(chance)}",
            lambda: f"{who} souhaite {self._verbs.draw(chance)} {thing} avant {other}",
            lambda: f"{self._adverbs.draw(chance)}, {who} {self._present(chance)} {thing}",
            lambda: f"{who} dit que {thing} est trop {self._adjectives.draw(chance)} pour {other}",
            lambda: f"il faut {self._verbs.draw(chance)} {thing} et {self._verbs.draw(chance)} {other}",
            lambda: f"rien de {self._adjectives.draw(chance)} pour {thing}, {who} {self._past(chance)} {other}",
            lambda: f"{thing} de {self._surnames.draw(chance)} {self._present(chance)} {other}",
        )
        text = chance.choice(shapes)()
        return text[0].upper() + text[1:] + "."

    def _thing(self, chance: Random) -> str:
        if chance.random() < 0.5:
            noun, adjective = self._she.draw(chance), _feminine(self._adjectives.draw(chance))
            article, many = ("une", "des") if chance.random() < 0.5 else ("la", "les")
        else:
            noun, adjective = self._he.draw(chance), self._adjectives.draw(chance)
            article, many = ("un", "des") if chance.random() < 0.5 else ("le", "les")
        draw = chance.random()
        if draw < 0.2:
            return f"{many} {_plural(noun)} {_plural(adjective)}"
        if article in {"le", "la"} and noun[0] in "aeiouyhéèêœâ":
            return f"l’{noun}" if draw < 0.6 else f"l’{noun} {adjective}"
        return f"{article} {noun}" if draw < 0.6 else f"{article} {noun} {adjective}"

    def _past(self, chance: Random) -> str:
        stem = _stem(self._verbs.draw(chance))
        return f"a {stem}é" if chance.random() < 0.6 else f"{_soft(stem)}ait"

    def _present(self, chance: Random) -> str:
        stem = _stem(self._verbs.draw(chance))
        return f"{stem}e" if chance.random() < 0.7 else f"{stem}era"


def _phrases(text: str) -> list[str]:
    """Words, each article or possessive with the noun that follows."""
    found: list[str] = []
    for word in text.split():
        if found and found[-1] in {"la", "le", "sa", "son", "une", "un"}:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _shuffled(chance: Random, text: str) -> list[str]:
    """In an order of their own, so that frequent words do not all begin with a."""
    words = list(dict.fromkeys(text.split()))
    chance.shuffle(words)
    return words


def _stem(verb: str) -> str:
    return verb[:-2]


def _soft(stem: str) -> str:
    return f"{stem}e" if stem.endswith("g") else stem


def _feminine(word: str) -> str:
    if word.endswith("e"):
        return word
    endings = {"eux": "euse", "if": "ive", "er": "ère", "el": "elle", "en": "enne", "et": "ète", "as": "asse"}
    for ending, becomes in endings.items():
        if word.endswith(ending):
            return word.removesuffix(ending) + becomes
    return f"{word}e"


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return f"{word[:-2]}aux"
    return f"{word}x" if word.endswith(("eau", "eu")) else f"{word}s"
