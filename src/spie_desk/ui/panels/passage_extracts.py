"""What a passage shows of the file: nothing ticked at first, each item with its volet, and who will read it all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spie_desk.domain.circles import Sort
from spie_desk.domain.errors import N_
from spie_desk.domain.records.review import Extract
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import extracts
from spie_desk.services.desk import Desk
from spie_desk.services.extracts import Item
from spie_desk.services.readers import Readers
from spie_desk.texts import _, n_
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Icon, SectionTitle, Words, column, row
from spie_desk.ui.widgets.choices import Tick

VOLETS = {str(Sort.SOCLE): N_("Contact et rendez-vous"), str(Sort.RIGHTS): N_("Droits et ressources"),
          str(Sort.SITUATION): N_("Situation et notes")}  # fmt: skip
SORTS = {"request": N_("Demande"), "finding": N_("Constat"), "right": N_("Droit"), "action": N_("Action"),
         "appointment": N_("Rendez-vous"), "membership": N_("Qui l’accompagne"), "relative": N_("Foyer"),
         "note": N_("Note")}  # fmt: skip
_CUT = 110


@dataclass(frozen=True, slots=True)
class _Line:
    """One tick: its key, its volet, what it says, and the copy in the passage when it is ticked."""

    key: str
    sort: str
    words: str
    item: Item | None
    extract: Shown[Extract] | None


Do = Callable[[Callable[[Desk], Touched | None], str], None]


class PassageExtracts(Card):
    """Ticks in place: a refresh changes what changed and leaves the keyboard where it was."""

    def __init__(self, do: Do) -> None:
        super().__init__(gap=8)
        self._do = do
        self._title = SectionTitle(_("Ce qui sera montré"), 0, icon="eye")
        self._readers, self._names = Words("", weight=600), Words("", Type.SECOND, "muted")
        self._ticks: dict[str, Tick] = {}
        self._lines: dict[str, _Line] = {}
        self._passage = b""
        self._list = column(gap=4)
        self.add(self._title)
        self.add(Words(_("Rien n’est coché d’avance. Les notes réservées, celles de votre structure et la santé "
                         "ne sont pas proposées."), Type.SECOND, "muted"))  # fmt: skip
        self.add(Card(row(Icon("users-round", "info", 20), column(self._readers, self._names, gap=2), gap=10),
                      sort="info", padding=12))  # fmt: skip
        self.add(self._list)

    def show_extracts(self, passage: bytes, items: Sequence[Item], ticked: Sequence[Shown[Extract]],
                      readers: Readers) -> None:  # fmt: skip
        """The items of the file and those already shown; one that has left the file stays ticked and says so."""
        lines = _lines(items, ticked)
        self._passage, self._lines = passage, {line.key: line for line in lines}
        self._title.show_count(len(ticked))
        self._say_readers(readers)
        if list(self._ticks) != list(self._lines):
            self._build(lines)
        for key, line in self._lines.items():
            tick = self._ticks[key]
            tick.blockSignals(True)
            tick.setChecked(line.extract is not None)
            tick.blockSignals(False)

    def _build(self, lines: Sequence[_Line]) -> None:
        while (old := self._list.lines.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        self._ticks = {}
        before = ""
        for line in lines:
            if line.sort != before:
                self._list.add(Words(_(VOLETS.get(line.sort, "")), Type.LABEL, "muted"))
                before = line.sort
            tick = self._ticks[line.key] = Tick(line.words.replace("&", "&&"))
            tick.setAccessibleName(line.words)
            tick.setToolTip(_whole(line))
            tick.toggled.connect(lambda on, key=line.key: self._turn(key, on=on))
            self._list.add(tick)
        if not lines:
            self._list.add(Words(_("Ce dossier n’a encore rien à montrer."), Type.SECOND, "muted"))

    def _turn(self, key: str, *, on: bool) -> None:
        line, passage = self._lines[key], self._passage
        if on and line.item is not None and line.extract is None:
            item = line.item
            self._do(lambda desk: extracts.tick(desk, passage, item), _("Montré dans ce passage."))
        elif not on and line.extract is not None:
            extract = line.extract
            self._do(lambda desk: extracts.untick(desk, extract), _("Retiré du passage\u00a0: sa copie est effacée."))

    def _say_readers(self, readers: Readers) -> None:
        people = n_("{n} personne lira ce passage", "{n} personnes liront ce passage", len(readers.people))
        places = n_("dans {n} structure", "dans {n} structures", readers.structures) if readers.structures else ""
        self._readers.say(", ".join(part for part in (people, places) if part))
        self._names.say(" · ".join(f"{one.name} ({one.structure})" if one.structure else one.name
                                   for one in readers.people))  # fmt: skip


def _lines(items: Sequence[Item], ticked: Sequence[Shown[Extract]]) -> list[_Line]:
    shown = {one.record.source: one for one in ticked}
    lines = [_Line(one.key, str(one.sort), _words(one), one, shown.get(one.key)) for one in items]
    here = {one.key for one in items}
    gone = _("{title} (n’est plus au dossier)")
    lines += [_Line(key, one.record.sort, gone.format(title=one.record.title), None, one)
              for key, one in shown.items() if key not in here]  # fmt: skip
    order = list(VOLETS)
    return sorted(lines, key=lambda line: order.index(line.sort) if line.sort in order else len(order))


def _words(item: Item) -> str:
    what = " – ".join(part for part in (item.title, item.text.replace("\n", " ")) if part)
    short = what if len(what) <= _CUT else what[:_CUT].rsplit(" ", 1)[0] + "…"
    return f"{_(SORTS.get(item.kind, ''))}\u00a0: {short}"


def _whole(line: _Line) -> str:
    return line.words if line.item is None else f"{line.item.title}\n{line.item.text}".strip()
