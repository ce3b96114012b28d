"""The questions of the first run, one a screen: what for, who I am, my structure or a colleague's invitation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.errors import DeskError, MissingFieldError, N_
from spie_desk.domain.lists import Lists
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.services.doorway import NewProfile
from spie_desk.texts import _
from spie_desk.ui.entry.panel import Porch
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Beside, Words, column, space
from spie_desk.ui.widgets.choices import CardChoice, Choice, RadioCards
from spie_desk.ui.widgets.fields import LineField, NumberField

COLOURS = "structure_colour"


class LongLabelError(DeskError):
    says = N_("Ce libellé est trop long.")
    next_step = N_("Trente signes suffisent.")


class Question(QWidget):
    """One screen of the first run: ``answer`` adds to the wish, or raises the sentence that says what is missing."""

    def __init__(self, title: str, under: str = "", short: str = "") -> None:
        super().__init__()
        self.title, self.under, self.short = title, under, short or title
        self.lines = QVBoxLayout(self)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self.lines, now, 8, (5, 5, 5, 5))

    def first_focus(self) -> QWidget | None:
        return None

    def answer(self, wish: NewProfile) -> NewProfile | None:
        return wish

    def ask(self, widget: QWidget, label: str, under: str = "") -> QWidget:
        """A field with its label, and a line that helps; answers them together, to be put in place."""
        words = Words(label, Type.SECOND, weight=600)
        words.setBuddy(widget)
        (widget.focusProxy() or widget).setAccessibleName(label)
        asked = column(words, widget, gap=4)
        if under:
            asked.add(Words(under, Type.LABEL, "muted", weight=400))
            widget.setAccessibleDescription(under)
        asked.add(None)
        return asked


class WhatFor(Question):
    """Real files, a colleague's structure on this same laptop, or fictitious people."""

    def __init__(self, porch: Porch) -> None:
        super().__init__(
            _("Que voulez-vous faire\u00a0?"), _("Rien n’est envoyé\u00a0: tout reste sur cet ordinateur, chiffré.")
        )
        cards = [CardChoice("real", _("Travailler avec de vrais dossiers"),
                            _("Je crée mon profil et ma structure."), "briefcase")]  # fmt: skip
        if porch.door.invitations():
            cards.append(CardChoice("join", _("Rejoindre ma structure sur cet ordinateur"),
                                    _("J’ai le code qu’un ou une collègue m’a donné."), "users-round"))  # fmt: skip
        cards.append(CardChoice("training", _("Entraînement"), _("Personnes fictives, rien n’est envoyé. Ce profil ne "
                                "rejoint aucune structure."), "graduation-cap"))  # fmt: skip
        self._cards = RadioCards(cards, upright=True)
        self._cards.choose("real")
        self.lines.addWidget(self._cards)

    def chosen(self) -> str:
        return self._cards.code()

    def choose(self, code: str) -> None:
        self._cards.choose(code)

    def first_focus(self) -> QWidget | None:
        return self._cards.radio()

    def answer(self, wish: NewProfile) -> NewProfile | None:
        if self.chosen() != "training":
            return replace(wish, training=False, people=0)
        from spie_desk.ui.entry.training import training_wish  # noqa: PLC0415 — only for fictitious people

        return training_wish(wish)


class AboutMe(Question):
    """Who I am, and what the first screen shows of me to whoever turns the computer on."""

    def __init__(self, porch: Porch) -> None:
        super().__init__(
            _("Qui êtes-vous\u00a0?"), _("Vos collègues verront votre nom\u00a0; l’écran d’ouverture, non."), _("Vous")
        )
        lists = _lists(porch)
        self._new_id = porch.new_id
        self._first, self._last, self._function = LineField(), LineField(), LineField(_("référente de parcours"))
        self._bound = Choice(_options(lists, "secrecy_text"), empty=_("Aucun texte ne me tient au secret"))
        self._label = LineField(_("Accueil, C. D., bureau 2…"))
        self._colour = Choice(_options(lists, COLOURS), empty=None)
        names = Beside(self.ask(self._first, _("Prénom")), self.ask(self._last, _("Nom")))
        self.lines.addWidget(names)
        self.lines.addWidget(
            self.ask(self._function, _("Ma fonction"), _("Comme vous l’écrivez\u00a0: référente, référent…"))
        )
        self.lines.addWidget(self.ask(self._bound, _("Secret professionnel"),
                                      _("Sans texte, vous ne recevez que le socle des dossiers.")))  # fmt: skip
        shown = self.ask(self._label, _("Libellé sur l’écran d’ouverture"),
                         _("Visible de qui allume l’ordinateur. Pas forcément votre nom."))  # fmt: skip
        self.lines.addWidget(Beside(shown, self.ask(self._colour, _("Couleur")), shares=(65, 35)))

    def first_focus(self) -> QWidget | None:
        return self._first

    def answer(self, wish: NewProfile) -> NewProfile | None:
        known = wish.me.id if wish.me is not None else self._new_id()
        me = Professional(
            id=known, first_name=self._first.text().strip(), last_name=self._last.text().strip(),
            function=self._function.text().strip(), bound_by=self._bound.code(),
        )  # fmt: skip
        me.check()
        label = self._label.text().strip()
        if not label:
            self._label.setFocus()
            raise MissingFieldError(field=N_("Libellé sur l’écran d’ouverture"))
        if len(label) > 30:
            raise LongLabelError
        return replace(wish, me=me, label=label, colour=self._colour.code())


class AboutStructure(Question):
    """The controller of the files: what the law wants known before the first one."""

    def __init__(self, porch: Porch) -> None:
        super().__init__(_("Votre structure"), _("Elle répond des dossiers. Son nom et sa couleur restent à l’écran."),
                         _("Structure"))  # fmt: skip
        lists = _lists(porch)
        self._new_id = porch.new_id
        self._name, self._dpo, self._notice = LineField(), LineField(), LineField(_("2026-1"))
        self._sort = Choice(_options(lists, "structure_kind"))
        self._colour = Choice(_options(lists, COLOURS), empty=None)
        self._active, self._archive = NumberField(), NumberField()
        self._active.show_number(24)
        self._archive.show_number(24)
        self.lines.addWidget(self.ask(self._name, _("Nom de la structure")))
        self.lines.addWidget(Beside(self.ask(self._sort, _("Type de structure")), self.ask(self._colour, _("Couleur"))))
        dpo = self.ask(self._dpo, _("Délégué à la protection des données"), _("Son nom, son service ou son adresse."))
        notice = self.ask(
            self._notice, _("Version de la notice d’information"), _("Celle que vous remettez aux personnes.")
        )
        self.lines.addWidget(Beside(dpo, notice))
        self.lines.addWidget(Beside(
            self.ask(self._active, _("Durée en base active, en mois"), _("Après le dernier contact.")),
            self.ask(self._archive, _("Durée en archive, en mois")),
        ))  # fmt: skip

    def first_focus(self) -> QWidget | None:
        return self._name

    def answer(self, wish: NewProfile) -> NewProfile | None:
        known = wish.structure.id if wish.structure is not None else self._new_id()
        structure = Structure(
            id=known, name=self._name.text().strip(), sort=self._sort.code(), colour=self._colour.code(),
            dpo=self._dpo.text().strip(), notice_version=self._notice.text().strip(),
            active_months=self._active.number() or 24, archive_months=self._archive.number() or 24,
        )  # fmt: skip
        structure.check()
        return replace(wish, structure=structure, invitation="", code="")


class Invited(Question):
    """A colleague's sealed invitation on this laptop, and its code."""

    def __init__(self, porch: Porch) -> None:
        super().__init__(_("Rejoindre une structure"), _("Votre collègue a préparé une invitation, avec son code."),
                         _("Invitation"))  # fmt: skip
        options = [(one.id, _("{label}, préparée le {day}").format(label=one.label, day=f"{one.made_at:%d/%m/%Y}"))
                   for one in porch.door.invitations()]  # fmt: skip
        self._which = Choice(options, empty=None)
        self._code = LineField(_("huit groupes de cinq signes"))
        self.lines.addWidget(self.ask(self._which, _("Invitation")))
        self.lines.addWidget(self.ask(self._code, _("Code"), _("Majuscules ou minuscules, avec ou sans tirets.")))

    def first_focus(self) -> QWidget | None:
        return self._code

    def answer(self, wish: NewProfile) -> NewProfile | None:
        if not self._code.text().strip():
            self._code.setFocus()
            raise MissingFieldError(field=N_("Code"))
        return replace(wish, structure=None, invitation=self._which.code(), code=self._code.text())


def _lists(porch: Porch) -> Lists:
    return porch.lists() if porch.lists is not None else Lists({})


def _options(lists: Lists, name: str) -> Sequence[tuple[str, str]]:
    return [(entry.code, _(entry.label)) for entry in lists[name].entries]
