"""What can go wrong with a vault, told apart for the user: the phrase, the key file, the store, the place."""

from __future__ import annotations

from spie_desk.domain.errors import DeskError, N_


class WrongPassphraseError(DeskError):
    says = N_("Phrase de passe incorrecte. Vos dossiers sont intacts.")
    next_step = N_("Vérifiez Verr. Maj et la langue du clavier.")


class WrongKitError(DeskError):
    says = N_("Ce code n’est pas celui de ce coffre. Vos dossiers sont intacts.")
    next_step = N_("Vérifiez que le kit de secours est bien le vôtre, et le plus récent.")


class KitTypoError(DeskError):
    """Parameter ``group``: which of the eight groups does not read as one of a kit."""

    says = N_("Le groupe {group} n’est pas recopié comme sur le kit. Rien n’a été modifié.")
    next_step = N_("Relisez ce groupe, signe par signe.")


class KitSomewhereError(DeskError):
    says = N_("Ce code n’est pas recopié comme sur le kit : au moins deux signes sont différents.")
    next_step = N_("Relisez chaque groupe, signe par signe. Vos dossiers sont intacts.")


class TrainingAloneError(DeskError):
    says = N_("Un profil d’entraînement ne rejoint aucune structure.")


class WeakPassphraseError(DeskError):
    says = N_("Cette phrase de passe est trop courte pour protéger des dossiers.")
    next_step = N_("Choisissez sept mots, ou douze caractères mêlant minuscules, majuscules, chiffres et signes.")


class DamagedKeyError(DeskError):
    """No readable copy of the key file stands anywhere."""

    says = N_(
        "Le fichier de clé de ce profil est abîmé, et aucune copie n’est lisible. "
        "Vos dossiers n’ont pas été touchés."
    )
    next_step = N_(
        "N’effacez rien. Branchez le disque ou la clé USB où se trouve une sauvegarde : elle "
        "contient une copie de la clé."
    )


class AlteredKeyError(DeskError):
    """The key file reads well but somebody changed it: its seal does not hold."""

    says = N_("Le fichier de clé de ce profil a été modifié par autre chose que ce logiciel. Rien n’a été effacé.")
    next_step = N_(
        "Utilisez le kit de secours ou reprenez une sauvegarde, et prévenez la personne qui suit "
        "vos ordinateurs."
    )


class OpeningStoppedError(DeskError):
    says = N_("L’ouverture est arrêtée. Rien n’a changé.")
    next_step = N_("Ouvrez le profil quand vous aurez quelques minutes.")


class DamagedStoreError(DeskError):
    """Parameters ``made_at`` and ``files`` tell the newest verified copy, ``backup`` its id, ``report`` the rest."""

    says = N_(
        "Votre phrase de passe est juste, mais le fichier est abîmé. Il est mis de côté, rien n’a été effacé. "
        "Dernière copie vérifiée : {made_at}, {files}."
    )
    next_step = N_("Reprenez cette copie, ou regardez d’abord ce qui pourrait manquer.")


class DamagedStoreNoCopyError(DeskError):
    says = N_(
        "Votre phrase de passe est juste, mais le fichier est abîmé. Il est mis de côté, rien n’a été effacé. "
        "Aucune copie vérifiée n’a été trouvée sur ce poste."
    )
    next_step = N_(
        "Branchez le disque ou la clé USB où se trouve une sauvegarde, puis choisissez « Reprendre "
        "une copie »."
    )


class NewerStoreError(DeskError):
    says = N_("Ce profil a été ouvert avec une version plus récente du logiciel. Vos dossiers sont intacts.")
    next_step = N_("Mettez le logiciel à jour sur ce poste, puis rouvrez le profil.")


class StoreOutOfReachError(DeskError):
    """The disk or the system refused: nothing says that the file itself is damaged."""

    says = N_("Le fichier des dossiers n’a pas pu être lu pour le moment. Rien n’a été modifié.")
    next_step = N_("Vérifiez que le disque est bien branché, redémarrez l’ordinateur, puis réessayez.")


class NotEnoughMemoryError(DeskError):
    says = N_("Il ne reste pas assez de mémoire pour ouvrir le profil. Vos dossiers sont intacts.")
    next_step = N_("Fermez d’autres logiciels, puis réessayez.")


class DiskFullError(DeskError):
    says = N_("Disque plein : rien n’est perdu à l’écran.")
    next_step = N_("Libérez de la place sur ce poste, puis réessayez.")


class ReadOnlyDiskError(DeskError):
    says = N_("Ce disque n’accepte que la lecture : rien ne peut y être enregistré. Rien n’est perdu à l’écran.")
    next_step = N_(
        "Branchez-le autrement, ou demandez le droit d’y écrire : ce que vous tapez sera enregistré dès que possible."
    )


class DiskRefusedError(DeskError):
    """The system answered an error to a write: a worn disk, one pulled out, a quota."""

    says = N_("Le disque n’a pas accepté l’enregistrement. Rien n’est perdu à l’écran.")
    next_step = N_("Vérifiez la place libre et que le disque est bien branché, puis réessayez.")


class DamagedPartError(DeskError):
    """A page of an open store does not bear its seal: what lies there cannot be read, the rest can."""

    says = N_(
        "Le fichier des dossiers est abîmé par endroits : cette partie ne peut pas être lue. "
        "Rien n’a été effacé."
    )
    next_step = N_("Ouvrez « Réglages », « Sauvegardes », et reprenez la dernière copie.")


class ProfileInUseError(DeskError):
    says = N_("Ce profil est déjà ouvert sur ce poste.")
    next_step = N_("Retournez à la fenêtre déjà ouverte.")


class UnsafePlaceError(DeskError):
    """Parameter ``place`` is a msgid: a network drive, a synchronised folder…"""

    says = N_(
        "Un profil ne peut pas être rangé ici : {place}. "
        "Les dossiers pourraient y être abîmés ou recopiés ailleurs."
    )
    next_step = N_("Choisissez un dossier du disque de cet ordinateur.")


class NoSuchProfileError(DeskError):
    says = N_("Ce profil n’est plus sur ce poste.")


class BadBackupError(DeskError):
    says = N_("Cette copie est abîmée : elle n’a pas été reprise, et rien n’a été modifié.")
    next_step = N_("Choisissez une autre copie.")


class BackupFailedError(DeskError):
    says = N_(
        "La sauvegarde n’a pas pu être vérifiée : elle n’a pas été gardée. "
        "Les sauvegardes précédentes restent en place."
    )
    next_step = N_("Lancez « Vérifier le profil », puis réessayez.")


class CancelledError(DeskError):
    says = N_("Arrêté à votre demande. Rien n’a été modifié.")
