"""What helps to write: ready phrases and their abbreviations, spelling, the words of the dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import N_
from spie_desk.domain.records.phrase import MINE, PHRASE, Phrase
from spie_desk.domain.records.word import Word
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import records, wording
from spie_desk.services.desk import Desk
from spie_desk.services.wording import PhraseRow, Wishes
from spie_desk.texts import _
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.panels.kept_form import KeptForm
from spie_desk.ui.panels.phrase_rows import PHRASES, whose
from spie_desk.ui.panels.settings_panel import SettingsPanel
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, SectionTitle, Words, column
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import Tick
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView

TOLD = Touched(kinds=frozenset({"phrase"}))
FORM = "settings"
"""The route that reopens these drafts."""
NEW = (Section("", ("key", "whose", "text")),)
KNOWN = (Section("", ("key", "text")),)

WORDS = ListSpec(
    name="words", title=N_("Mots du dictionnaire"), shape="task",
    line=lambda one: Line(one.record.text, badge=whose(one.record.whose), more=True),
    spoken=lambda one: f"{one.record.text}, {whose(one.record.whose)}",
    empty=N_("Aucun mot ajouté. Dans un texte, F7 va au mot suivant à vérifier et propose de l’ajouter."),
    key=lambda one: one.record.id,
)  # fmt: skip


class WritingPanel(SettingsPanel):
    def build(self) -> None:
        self._kept: KeptForm | None = None
        self._wanted = b""
        self._expand = Tick(_("Remplacer les abréviations quand je tape Espace ou Tab (Ctrl+Z les rend)"))
        self._spell = Tick(_("Souligner les mots que le dictionnaire ne connaît pas"))
        for tick in (self._expand, self._spell):
            tick.toggled.connect(lambda _on: self._wish())
        self._phrases, self._words = ListView(PHRASES, fits=True), ListView(WORDS, fits=True)
        self._phrases.activated.connect(self._edit_row)
        self._phrases.current_changed.connect(self._allow)
        add = Button(_("Nouvelle phrase"), self._new, icon="plus", look_="small")
        self._change = Button(
            _("Modifier"), lambda: self._edit_row(self._phrases.current()), look_="small", icon="pencil"
        )
        self._pass = Button("", self._hand_over, look_="small", icon="arrow-left-right")
        self._drop = Button(_("Supprimer"), self._delete, look_="small", icon="trash-2")
        self._drop_word = Button(_("Retirer du dictionnaire"), self._delete_word, look_="small", icon="trash-2")
        phrases = Card(
            SectionTitle(_("Phrases types"), icon="quote", end=add), self._expand,
            Words(_("F4 les propose dans un texte. Une phrase «\u00a0à ma structure\u00a0» est lue par toute "
                    "l’équipe\u00a0: ni nom ni détail d’une personne."), Type.SECOND, "muted"),
            self._phrases, Flow(self._change, self._pass, self._drop), gap=10,
        )  # fmt: skip
        spelling = Card(SectionTitle(_("Orthographe"), icon="book-open"), self._spell, self._words,
                        Flow(self._drop_word), gap=10)  # fmt: skip
        self._lists = column(spelling, phrases, gap=12)
        self._place = Card(gap=12)
        self._place.hide()
        self.lines.addWidget(self._lists)
        self.lines.addWidget(self._place)

    def open(self, draft: bytes | None) -> None:
        self.refresh()
        if draft is not None:
            self.room.tasks.ask(self, lambda desk: wording.reopened(desk, draft), self._reopen, about="draft")

    def refresh(self) -> None:
        self.room.tasks.ask(
            self,
            lambda desk: (wording.phrases(desk), wording.words(desk), wording.wishes(desk)),
            self._show,
            about="all",
        )

    def draft(self) -> bytes | None:
        return self._kept.stored_draft() if self._kept is not None else None

    def save(self) -> None:
        if self._kept is not None:
            self._kept.keep_now()

    # ---- lists

    def _show(self, found: tuple[Sequence[PhraseRow], Sequence[Shown[Word]], Wishes]) -> None:
        rows, words, wishes = found
        for tick, on in ((self._expand, wishes.expand), (self._spell, wishes.spell)):
            tick.blockSignals(True)
            tick.setChecked(on)
            tick.blockSignals(False)
        self._phrases.show_rows(list(rows))
        if self._wanted and any(row.shown is not None and row.shown.record.id == self._wanted for row in rows):
            self._phrases.choose(self._wanted)
            self._wanted = b""
        self._words.show_rows(list(words))
        self._drop_word.setVisible(bool(words))
        self._allow(self._phrases.current())

    def _allow(self, one: PhraseRow | None) -> None:
        own = one is not None and one.shown is not None
        self._change.setVisible(one is not None)
        self._change.say(_("Modifier") if own else _("En faire ma phrase"))
        self._pass.setVisible(own)
        self._drop.setVisible(own)
        if one is not None and own:
            self._pass.say(_("Donner à ma structure") if one.whose == MINE else _("Garder pour moi"))

    def _wish(self) -> None:
        wanted = Wishes(self._expand.isChecked(), self._spell.isChecked())
        self.room.tasks.do(partial(wording.wish, wanted=wanted), then=lambda _done: self._told())

    def _told(self) -> None:
        """A setting leaves no change in the journal: the editors are told as of a phrase."""
        self.room.tasks.touched.emit(TOLD)

    def _hand_over(self) -> None:
        if (one := self._phrases.current()) is not None and one.shown is not None:
            shown = one.shown
            said = _("La phrase est à votre structure.") if one.whose == MINE else _("La phrase n’est plus qu’à vous.")
            self._do(lambda desk: wording.hand_over(desk, shown), said)

    def _delete(self) -> None:
        if (one := self._phrases.current()) is not None and one.shown is not None:
            shown = one.shown
            self._do(lambda desk: records.withdraw(desk, shown), _("Phrase supprimée."))

    def _delete_word(self) -> None:
        if (one := self._words.current()) is not None:
            self._do(lambda desk: records.withdraw(desk, one), _("Mot retiré du dictionnaire."))

    def _do(self, deed: Any, said: str) -> None:
        def done(touched: Any) -> None:
            self.room.notices.said(said, touched.deed if touched.undoable else b"")
            self.refresh()

        self.room.tasks.do(deed, then=done, owner=self)

    # ---- the form

    def _new(self) -> None:
        self.room.tasks.ask(self, lambda desk: _begun(desk, wording.fresh_phrase(desk)), self._edit, about="new")

    def _edit_current(self) -> None:
        self._edit_row(self._phrases.current())

    def _edit_row(self, one: PhraseRow | None) -> None:
        if one is None:
            return
        shown, key, text = one.shown, one.key, one.text
        self.room.tasks.ask(
            self, lambda desk: _begun(desk, shown or wording.fresh_phrase(desk, key, text)), self._edit, about="new"
        )

    def _reopen(self, found: tuple[Draft, Any] | None) -> None:
        if found is not None:
            self._edit(found, stored=True)

    def _edit(self, found: tuple[Draft, Any], *, stored: bool = False) -> None:
        draft, start = found
        sections = KNOWN if isinstance(start, Shown) else NEW
        form: Form[Phrase] = Form(PHRASE, sections, start, self.room.sources, draft=draft if stored else None)
        self._kept = KeptForm(self.room.tasks, form, draft, stored=stored)
        self._clear()
        self._place.add(SectionTitle(_("Phrase type")))
        self._place.add(form)
        self._place.add(Flow(Button(_("Enregistrer"), self._write, look_="filled", icon="check"),
                             Button(_("Fermer, garder le brouillon"), self._close),
                             Button(_("Jeter la saisie"), self._throw, look_="link")))  # fmt: skip
        self._lists.hide()
        self._place.show()
        if not draft.focus:
            form.focus_field("key")

    def _write(self) -> None:
        kept = self._kept
        record = kept.check() if kept is not None else None
        if kept is None or record is None:
            return
        record = replace(record, text=record.text.strip("\n"))
        shown, draft, self._wanted = kept.shown(), kept.drop(), record.id
        self._closed()
        self._do(lambda desk: records.save(desk, "phrase", record, shown, draft=draft), _("Phrase enregistrée."))

    def _close(self) -> None:
        self.save()
        self._closed()

    def _throw(self) -> None:
        if self._kept is not None:
            self._kept.throw_away()
        self._closed()

    def _closed(self) -> None:
        self._kept = None
        self._clear()
        self._place.hide()
        self._lists.show()
        self._phrases.setFocus()
        self.refresh()

    def _clear(self) -> None:
        while (item := self._place.lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()


def _begun(desk: Desk, start: Phrase | Shown[Phrase]) -> tuple[Draft, Any]:
    return wording.blank_draft(desk, FORM, start), start
