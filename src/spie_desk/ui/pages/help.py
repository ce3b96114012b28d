"""Help inside the application: the pages shipped with it, searched and linked, without a network."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.shipped import shipped
from spie_desk.texts import _
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.panels.blank_forms import BlankForms
from spie_desk.ui.panels.help_sheet import HelpSheet
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.basics import Beside, Card, column
from spie_desk.ui.widgets.fields import SearchBox
from spie_desk.ui.widgets.list_view import ListView

ORDER = ("premiers-pas", "journee", "dossier", "noter-et-signer", "pieces-et-echeances", "fin-de-journee", "maraudes",
         "ecrire", "qui-lit-quoi", "revue", "importer", "importer-annuaire", "flux-caf-msa", "a-departager",
         "courriers", "imprimer", "exporter", "mauvais-dossier-et-effacement", "sauvegardes-et-kit", "verrouillage",
         "ses-droits", "enfant-en-danger", "raccourcis")  # fmt: skip


@dataclass(frozen=True, slots=True)
class HelpText:
    """One page of help: its name, its heading, its Markdown."""

    name: str
    title: str
    text: str


@cache
def help_texts() -> tuple[HelpText, ...]:
    """In the order one learns; a page that the order does not name comes last."""
    found = []
    for path in shipped("help").iterdir():
        if path.name.endswith(".md"):
            text = path.read_text(encoding="utf-8")
            heading = text.splitlines()[0].lstrip("# ").strip()
            found.append(HelpText(path.name.removesuffix(".md"), heading, text))
    return tuple(sorted(found, key=lambda one: (ORDER.index(one.name) if one.name in ORDER else 99, one.title)))


PAGES = ListSpec(
    name="help", title=N_("Pages d’aide"), leaves=False, shape="task",
    line=lambda one: Line(one.title), spoken=lambda one: one.title,
    empty=N_(
        "Rien ne correspond. Essayez un autre mot\u00a0: «\u00a0signer\u00a0», «\u00a0kit\u00a0», "
        "«\u00a0imprimer\u00a0»."
    ),
    key=lambda one: one.name,
)  # fmt: skip


class HelpPage(Page):
    """Titles at the left, the text at the right; a word typed narrows the titles."""

    title = N_("Aide")

    def build(self) -> None:
        self._now = ""
        self._box = SearchBox(_("Chercher dans l’aide"))
        self._list = ListView(PAGES)
        self._text = HelpSheet()
        self._text.followed.connect(self._show)
        self._box.searched.connect(self._seek)
        self._list.current_changed.connect(self._read)
        left = column(self._box, Card(self._list, padding=4))
        self.add(Beside(left, Card(self._text, padding=20), shares=(34, 66)), 1)
        self._list.show_rows(help_texts())
        self.at_end(BlankForms(self))
        self.wear(look())

    def arrive(self, **route: Any) -> None:
        words = str(route.get("words") or "")
        if words:
            self._box.setText(words)
            self._seek(words)
        else:
            self._show(str(route.get("page") or help_texts()[0].name))

    def place(self) -> dict[str, Any]:
        return {"page": self._now}

    def first_focus(self) -> QWidget | None:
        return self._box

    def wear(self, now: Look) -> None:
        super().wear(now)
        if hasattr(self, "_text"):
            self._text.wear(now)

    def shown_text(self) -> str:
        return self._text.toPlainText()

    def _show(self, name: str) -> None:
        found = next((one for one in help_texts() if one.name == name), None)
        if found is None or name == self._now:
            return
        self._now = name
        self._text.show_markdown(found.text)
        self._list.choose(name)

    def _read(self, one: HelpText | None) -> None:
        if one is not None:
            self._show(one.name)

    def _seek(self, words: str) -> None:
        wanted = _plain(words).split()
        self._list.show_rows([one for one in help_texts() if all(word in _plain(one.text) for word in wanted)])


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in bare if not unicodedata.combining(sign))
