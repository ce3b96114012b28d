"""The head of a file: who she is, how she may be reached, what waits to be settled, and three facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from spie_desk.domain.deadlines import JUST_ENDED, SOON
from spie_desk.services.deadlines import latest
from spie_desk.texts import _, n_
from spie_desk.ui.panels.file_words import (
    FileShown,
    age_or_year,
    ends_said,
    full_day,
    near_day,
    phone_said,
    referent_word,
)
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Box, Card, Icon, Words, named, space, upright_rule
from spie_desk.ui.widgets.buttons import Button, IconButton
from spie_desk.ui.widgets.chips import Chip
from spie_desk.ui.widgets.flow import Flow

CLOSE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Rule:
    """A chip of the header; ``before_calling`` for what one must know before calling, writing or visiting."""

    words: str
    role: str
    icon: str
    before_calling: bool = False


def rules_of(shown: FileShown) -> list[Rule]:
    """Words, role and icon of everything to know before calling, writing or meeting."""
    person, today = shown.person, shown.file.today
    found: list[Rule] = []
    if person.ended_on is not None and person.ended_on <= today:
        reason = shown.label("end_reason", person.end_reason) if person.end_reason else ""
        ended = _("Accompagnement terminé le {day}").format(day=full_day(person.ended_on))
        found.append(Rule(" · ".join(part for part in (ended, reason) if part), "neutral", "door-closed"))
    if (relay := shown.file.relay) is not None and relay.ends_on is not None:
        until = _("En relais jusqu’au {day}\u00a0: {who}")
        answers = _("vous répondez") if relay.cover == shown.me else _("{name} répond").format(
            name=shown.who(relay.cover))  # fmt: skip
        found.append(Rule(until.format(day=full_day(relay.ends_on), who=answers), "info", "handshake",
                          before_calling=True))  # fmt: skip
    if (merged := shown.file.merged) is not None:
        numbers = ", ".join(one.record.number for one in merged.files if one.record.number)
        found.append(Rule(_("Dossiers réunis\u00a0: {numbers}").format(numbers=numbers), "info", "link"))
    if person.no_message:
        found.append(Rule(_("Ne pas laisser de message"), "warn", "phone-off", before_calling=True))
    if person.call_from:
        hour = person.call_from
        found.append(Rule(_("Ne pas appeler avant {hour}").format(hour=hour), "warn", "clock", before_calling=True))
    if person.undisclosed:
        found.append(Rule(_("Adresse à ne pas divulguer"), "danger", "eye-off", before_calling=True))
    found += _language(shown) + _guardian(shown) + _domiciled(shown, today) + _ending(shown, today)
    found += [
        Rule(_("Opposition\u00a0: {what}").format(what=shown.label("opposition_kind", one.record.to)), "danger", "ban")
        for one in shown.file.oppositions if one.record.lifted_on is None or one.record.lifted_on > today
    ]  # fmt: skip
    return found


def _language(shown: FileShown) -> list[Rule]:
    person = shown.person
    found = []
    if person.interpreter:
        words = _("Interprète\u00a0: {language}").format(language=person.language) if person.language \
            else _("Interprète nécessaire")  # fmt: skip
        found.append(Rule(words, "info", "languages", before_calling=True))
    elif person.language:
        found.append(Rule(_("Parle {language}").format(language=person.language), "neutral", "languages"))
    if person.reads and person.reads != "yes":
        found.append(Rule(shown.label("reading", person.reads), "info", "book-open"))
    return found


def _guardian(shown: FileShown) -> list[Rule]:
    person = shown.person
    if not (person.guardian_kind or person.guardian_name):
        return []
    kind = shown.label("guardianship", person.guardian_kind) if person.guardian_kind else _("Mandataire")
    who = " ".join(part for part in (person.guardian_name, phone_said(person.guardian_phone)) if part)
    return [Rule(f"{kind}\u00a0: {who}" if who else kind, "info", "scale")]


def _domiciled(shown: FileShown, today: date) -> list[Rule]:
    person = shown.person
    if not person.domiciled_at and person.domiciled_until is None:
        return []
    until = person.domiciled_until
    if until is None:
        return [Rule(_("Domiciliation\u00a0: {where}").format(where=person.domiciled_at), "neutral", "mail")]
    words = _("Domiciliation jusqu’au {day}") if until >= today else _("Domiciliation finie depuis le {day}")
    role = "danger" if until < today else "warn" if until <= today + SOON else "neutral"
    return [Rule(words.format(day=full_day(until)), role, "mail")]


def _ending(shown: FileShown, today: date) -> list[Rule]:
    """Rights that end soon; those that speak of her health stay in the tab, out of a neighbour's sight."""
    hidden = shown.lists["right_scheme"].flagged("health")
    rights = [one.record for one in latest(shown.file.rights) if one.record.scheme not in hidden]
    last = {one.scheme: one for one in reversed(rights)}
    return [
        Rule(f"{shown.label('right_scheme', one.scheme).split(' (')[0]}\u00a0: {ends_said(one.ends_on, today)}",
             "danger" if one.ends_on <= today + CLOSE else "warn", "badge-check")
        for one in last.values()
        if one.ends_on is not None and today - JUST_ENDED <= one.ends_on <= today + SOON and not one.settled
    ]  # fmt: skip


def fill(flow: Flow, rules: list[Rule]) -> None:
    """These chips and no other."""
    flow.clear()
    for one in rules:
        flow.add(Chip(one.words, one.role, one.icon))
    flow.setVisible(bool(rules))


class Quiet(QWidget):
    """What leaves the header when the text is large."""

    def __init__(self) -> None:
        super().__init__()
        self._under = Words("", Type.SECOND, "muted")
        self._chips = Flow(gap=6)
        self._note = Words("", Type.SECOND, "warn", weight=500)
        self._lines = QVBoxLayout(self)
        for widget in (self._under, self._chips, self._note):
            self._lines.addWidget(widget)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 6)

    def show_rules(self, under: str, rules: list[Rule], note: str) -> None:
        self._under.say(under)
        fill(self._chips, rules)
        self._note.say(note)
        self._note.setVisible(bool(note))


class FileHeader(QWidget):
    """Always in view: the name, the rules and the page's buttons."""

    settle_wished = Signal()

    def __init__(self, new_note: Button, printing: IconButton, more: list[QAction], *beside: QWidget) -> None:
        super().__init__()
        self.name = named(Words("", Type.TITLE, wrap=False), "person-name")
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.age = Words("", Type.VALUE, "muted", wrap=False)
        # the age tells homonyms apart: a long name is cut before it
        self.age.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._clash = Button("", self.settle_wished.emit, look_="small", icon="git-compare-arrows")
        self._under = Words("", Type.SECOND, "muted")
        self._chips = named(Flow(gap=6), "contact-rules")
        self._note = Words("", Type.SECOND, "warn", weight=500)
        self._shown: FileShown | None = None
        self.quiet = Quiet()
        self._more = IconButton("ellipsis-vertical", _("Autres actions sur ce dossier"), self._open_more, look_="icon")
        self._menu = QMenu(self._more)
        for action in more:
            self._menu.addAction(action)
        self._top = QHBoxLayout()
        names = Box(self.name, self.age, self._clash, None, gap=10)
        self._top.addWidget(names, 1)
        self._buttons = Box(*beside, printing, self._more, new_note, gap=8)
        self._top.addWidget(self._buttons)
        self._lines = QVBoxLayout(self)
        self._lines.addLayout(self._top)
        for widget in (self._under, self._chips, self._note):
            self._lines.addWidget(widget)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 6, (24, 4 if now.narrow else 16, 24, 0))
        self.name.setMinimumWidth(now.px(160))
        if self._shown is not None:
            self.show_file(self._shown)

    def show_file(self, shown: FileShown) -> None:
        self._shown = shown
        person, today = shown.person, shown.file.today
        self.name.say(person.name)
        self.age.say(age_or_year(person, today))
        clashes, narrow = len(shown.file.clashes), look().narrow
        told = n_("{n} réponse à départager", "{n} réponses à départager", clashes)
        # large text leaves no room beside the name for more than a sign and a number
        self._clash.say(str(clashes) if narrow else told)
        named(self._clash, "settle", told)
        self._clash.setToolTip(told)
        self._clash.setVisible(bool(clashes))
        self.age.setVisible(not (narrow and clashes))
        phones = [one.record for one in shown.file.phones if one.record.wrong_since is None and one.record.number]
        parts = [
            _("n°\u00a0{number}").format(number=person.number) if person.number else "",
            _("dit «\u00a0{name}\u00a0»").format(name=person.nickname) if person.nickname and person.last_name else "",
            age_or_year(person, today) if narrow and clashes else "",
            "" if person.undisclosed else person.town,
            *(phone_said(one.number) + (f" ({one.whose})" if one.whose else "") for one in phones[:2]), person.email,
        ]  # fmt: skip
        under, rules = " · ".join(part for part in parts if part), rules_of(shown)
        # in large text only what one must know before calling stays in view; the rest scrolls
        kept = [one for one in rules if not narrow or one.before_calling]
        self.quiet.show_rules(under, [one for one in rules if one not in kept], person.contact_note)
        self.quiet.setVisible(narrow)
        self._under.say(under)
        self._under.setVisible(bool(under) and not narrow)
        fill(self._chips, kept)
        self._note.say(person.contact_note)
        self._note.setVisible(bool(person.contact_note) and not narrow)

    def empty(self) -> None:
        self._shown = None
        for words in (self.name, self.age, self._under, self._note):
            words.say("")
            words.setToolTip("")
        fill(self._chips, [])
        self.quiet.show_rules("", [], "")
        self._clash.hide()

    def _open_more(self) -> None:
        self._menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))


class FileFacts(Card):
    """Who coordinates, how many accompany, what comes next."""

    def __init__(self) -> None:
        super().__init__(gap=12, padding=12, upright=False)
        self._facts = [_Fact(icon) for icon in ("user-round-check", "users-round", "calendar-clock")]
        self._rules = [upright_rule(), upright_rule()]
        for at, fact in enumerate(self._facts):
            self.lines.addWidget(fact, 1)
            if at < 2:
                self.lines.addWidget(self._rules[at])
        self.wear(look())

    def wear(self, now: Look) -> None:
        super().wear(now)
        if hasattr(self, "_rules"):
            self.lines.setDirection(
                QBoxLayout.Direction.TopToBottom if now.narrow else QBoxLayout.Direction.LeftToRight
            )
            for line in self._rules:
                line.setVisible(not now.narrow)

    def show_file(self, shown: FileShown) -> None:
        file, person = shown.file, shown.person
        referent = file.known.professionals.get(person.referent)
        since = _("Depuis le {day}").format(day=full_day(person.referent_since)) if person.referent_since else ""
        self._facts[0].say(referent_word(shown), referent.name if referent else _("Personne pour l’instant"), since)
        count = f"{n_('{n} interlocuteur', '{n} interlocuteurs', file.interlocutors)} · " \
                f"{n_('{n} structure', '{n} structures', file.structures)}"  # fmt: skip
        self._facts[1].say(_("Autour de la personne"), count, self._since_entry(shown))
        self._facts[2].say(_("Prochain rendez-vous"), *self._next(shown))

    def empty(self) -> None:
        for fact in self._facts:
            fact.say("", "", "")

    @staticmethod
    def _since_entry(shown: FileShown) -> str:
        entered = shown.person.entered_on
        if entered is None:
            return ""
        then = {one.record.professional for one in shown.file.memberships if one.record.active_on(entered)}
        more = shown.file.interlocutors - len(then)
        if then and more > 0:
            return n_("{n} de plus qu’à l’entrée", "{n} de plus qu’à l’entrée", more)
        if then and more < 0:
            return n_("{n} de moins qu’à l’entrée", "{n} de moins qu’à l’entrée", -more)
        return _("Suivi depuis le {day}").format(day=full_day(entered))

    @staticmethod
    def _next(shown: FileShown) -> tuple[str, str]:
        coming = shown.file.next_appointment
        if coming is None:
            return _("Aucun de prévu"), ""
        record = coming.record
        day = near_day(record.on, shown.file.today)
        when = _("{day} à {hour}").format(day=day, hour=record.at) if record.at else day
        with_ = _("avec {who}").format(who=shown.who(record.with_)) if record.with_ else ""
        more = ", ".join(part for part in (with_, record.place) if part)
        return when, more[:1].upper() + more[1:]


class _Fact(QWidget):
    """An icon, what it is, its value, and what explains it."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._label = Words("", Type.SECOND, "muted")
        self._value = Words("", Type.VALUE, weight=600)
        self._more = Words("", Type.SECOND, "muted")
        lines = Box(self._label, self._value, self._more, None, upright=True, gap=2)
        across = QHBoxLayout(self)
        space(across, look(), 10)
        holder = QVBoxLayout()
        holder.addWidget(Icon(icon, "accent", 20))
        holder.addStretch(1)
        across.addLayout(holder)
        across.addWidget(lines, 1)

    def say(self, label: str, value: str, more: str) -> None:
        self._label.say(label)
        self._value.say(value)
        self._more.say(more)
        self._more.setVisible(bool(more))
