"""The structure's own templates of letters: added, taken out to be changed, and the fields they may name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from spie_desk.domain.errors import DeskError
from spie_desk.domain.letters import FIELDS
from spie_desk.services import letters, records
from spie_desk.services.letters import Choice
from spie_desk.texts import _, sentence
from spie_desk.ui.panels.file_letter import KINDS, TEMPLATES
from spie_desk.ui.panels.settings_panel import SettingsPanel, asked
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.ask_file import ask_to_open, ask_to_save
from spie_desk.ui.widgets.basics import Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.fields import LineField
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView


class LettersPanel(SettingsPanel):
    def build(self) -> None:
        how = _("Prenez un modèle, changez-le dans LibreOffice ou Word en gardant les champs entre accolades, puis "
                "ajoutez-le\u00a0: toute votre structure l’aura. Un modèle de même nom remplace l’ancien.")  # fmt: skip
        card = self.card(_("Modèles de courriers"), how, "scroll-text")
        self._list = ListView(TEMPLATES, fits=True)
        self._list.current_changed.connect(self._allow)
        self._take = Button(_("Prendre ce modèle pour le modifier…"), self._ask_to_take, icon="file-down")
        self._drop = Button(_("Supprimer"), self._delete, icon="trash-2")
        card.add(self._list)
        card.add(Flow(self._take, self._drop))
        add = self.card(_("Ajouter un modèle"), _("DOCX ou ODT, de 2 Mo au plus, sans macro, sans objet, sans image "
                                                  "liée."), "plus")  # fmt: skip
        self._name = LineField()
        self._name.textChanged.connect(lambda _text: self._allow(self._list.current()))
        add.add(asked(self._name, _("Nom du modèle")))
        self._add = Button(_("Choisir le fichier…"), self._ask_to_add, look_="filled", icon="file-up")
        self._wrong = Words("", Type.SECOND, "danger", weight=500)
        self._wrong.hide()
        add.add(self._wrong)
        add.add(Flow(self._add))
        how = _("Écrivez {{ nom }} là où le nom doit venir. Pour ce qui n’est pas toujours connu\u00a0: "
                "{% if adresse %}…{% endif %}. Rien d’autre n’est lu.")  # fmt: skip
        about = self.card(_("Les champs"), how, "info")
        for name, label in FIELDS.items():
            about.add(Words(f"{{{{ {name} }}}}\u00a0: {_(label)}", Type.SECOND))

    def open(self, draft: bytes | None) -> None:
        self.refresh()

    def refresh(self) -> None:
        self.room.tasks.ask(self, letters.choices, self._show, about="templates")

    def _show(self, found: Sequence[Choice]) -> None:
        self._list.show_rows(list(found))
        self._allow(self._list.current())

    def _allow(self, one: Choice | None) -> None:
        self._take.setVisible(one is not None)
        self._drop.setVisible(one is not None and one.shown is not None)
        self._add.lacks("" if self._name.text().strip() else _("le nom du modèle"))

    def _ask_to_take(self) -> None:
        one: Choice | None = self._list.current()
        if one is not None:
            forms = (one.format,) if one.shown is not None else tuple(KINDS)
            kinds = ";;".join(_(KINDS[form]) for form in forms)
            then = partial(self._hand_out, one, forms)
            ask_to_save(self, _("Enregistrer le modèle"), kinds, f"modele.{forms[0]}", then)

    def _hand_out(self, one: Choice, forms: Sequence[str], path: Path) -> None:
        if path.suffix.casefold().lstrip(".") not in forms:
            path = path.with_name(f"{path.name}.{forms[0]}")
        said = _("Modèle enregistré dans «\u00a0{file}\u00a0». Il ne nomme personne.").format(file=path.name)
        told = partial(self.room.notices.said, said)
        self.room.tasks.do(lambda desk: letters.hand_out(desk, one, path), then=lambda _done: told(), owner=self)

    def _ask_to_add(self) -> None:
        if self._name.text().strip():
            kinds = _("Modèles (*.docx *.odt *.dotx *.ott)")
            ask_to_open(self, _("Ajouter un modèle"), kinds, self.bring_in)

    def bring_in(self, path: Path) -> None:
        """The file chosen; what is wrong with it is said beside the button."""
        name = self._name.text().strip()
        self._wrong.hide()
        self.room.tasks.do(lambda desk: letters.bring_in(desk, path, name), then=self._brought, failed=self._refused,
                           owner=self)  # fmt: skip

    def _brought(self, touched: Any) -> None:
        self._name.clear()
        self._told(_("Modèle ajouté\u00a0: il est dans «\u00a0Courrier\u00a0», sur chaque dossier."), touched)

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, DeskError):
            self.room.tasks.tell_failure(error)
            return
        self._wrong.say(sentence(error))
        self._wrong.show()

    def _delete(self) -> None:
        one: Choice | None = self._list.current()
        if one is not None and one.shown is not None:
            shown = one.shown
            self.room.tasks.do(lambda desk: records.withdraw(desk, shown), owner=self,
                               then=lambda touched: self._told(_("Modèle supprimé."), touched))  # fmt: skip

    def _told(self, said: str, touched: Any) -> None:
        self.room.notices.said(said, touched.deed if touched is not None and touched.undoable else b"")
        self.refresh()
