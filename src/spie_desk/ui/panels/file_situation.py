"""« Situation »: her request in her own words first, then what is noted with her, work, rights, how to reach her."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.records.around import Identifier, Phone, Relative, Right
from spie_desk.domain.records.diagnosis import Finding, Request
from spie_desk.domain.shown import Shown
from spie_desk.services.deadlines import latest
from spie_desk.texts import _
from spie_desk.ui.models.rows import Line
from spie_desk.ui.panels.file_identity import IdentityCard
from spie_desk.ui.panels.file_words import FileShown, ends_said, full_day, phone_said
from spie_desk.ui.panels.hands import Edit, Hands
from spie_desk.ui.panels.merged_card import MergedCard
from spie_desk.ui.panels.records_card import CardWords, RecordsCard
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Beside, Card, Icon, SectionTitle, Words, column, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow

SIGNS = {"frein": ("trending-down", "warn"), "ressource": ("trending-up", "ok"), "neutre": ("minus", "neutral")}


class FileSituation(QWidget):
    """Two columns of cards, one when the text is large."""

    def __init__(self, hands: Hands) -> None:
        super().__init__()
        self._hands = hands
        self._shown: FileShown | None = None
        self._words = Words("", Type.VALUE)
        self._said_on = Words("", Type.SECOND, "muted")
        self._work = Words("", Type.TEXT)
        edit = Button(_("Modifier"), self._edit_request, look_="small", icon="pencil")
        edit.setAccessibleName(_("Modifier sa demande et sa situation"))
        quote = row(Icon("quote", "accent", 20), column(self._words, self._said_on, gap=2), gap=10)
        quote.lines.setStretch(1, 1)
        self._request = Card(SectionTitle(_("Sa demande, dans ses mots"), end=edit), quote, self._work, gap=10)
        self._merged = MergedCard(hands, hands.separate)
        self._identity = IdentityCard(hands)
        self._cards = self._records_cards()
        cards = self._cards
        self._link = Flow(Button(_("Modifier le lien"), self._edit_relative, look_="small", icon="pencil"))
        cards["relative"].add(self._link)
        left = column(cards["finding"], cards["right"], cards["relative"], None, gap=12)
        right = column(self._identity, cards["phone"], cards["identifier"], None, gap=12)
        self._lines = QVBoxLayout(self)
        self._lines.addWidget(self._merged)
        self._lines.addWidget(self._request)
        self._lines.addWidget(Beside(left, right, shares=(1, 1)))
        self._lines.addStretch(1)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 12)

    def show_file(self, shown: FileShown) -> None:
        self._shown = shown
        file = shown.file
        self._merged.show_file(shown)
        self._show_request(shown)
        self._identity.show_file(shown)
        self._cards["phone"].show_records(sorted(file.phones, key=lambda one: one.record.wrong_since is not None))
        self._cards["identifier"].show_records(file.identifiers)
        self._cards["relative"].show_records(file.relatives)
        self._link.setVisible(any(name for _one, name in file.linked))
        self._cards["right"].show_records(latest(file.rights))
        self._cards["finding"].show_records(
            sorted(file.findings, key=lambda one: (one.record.ended_on is not None, one.record.theme))
        )

    def _show_request(self, shown: FileShown) -> None:
        request = shown.file.request.record if shown.file.request else None
        words = request.words.strip() if request else ""
        self._words.say(
            f"«\u00a0{words}\u00a0»" if words else _("Rien n’est encore noté de sa demande. Écrivez-la dans ses mots.")
        )
        self._words.ink("text" if words else "muted")
        said = request.said_on if request else None
        self._said_on.say(_("Dite le {day}").format(day=full_day(said)) if said else "")
        self._said_on.setVisible(said is not None)
        self._work.say("\n".join(_work_lines(shown, request)) if request else "")
        self._work.setVisible(bool(self._work.said()))

    def _records_cards(self) -> dict[str, RecordsCard]:
        new, day = self._hands.fresh_id, self._hands.room.today
        fresh: dict[str, Callable[[], Any]] = {
            "finding": lambda: Finding(id=new(), person=self._person(), theme="", what="", noted_on=day()),
            "right": lambda: Right(id=new(), person=self._person(), scheme=""),
            "phone": lambda: Phone(id=new(), person=self._person(), number=""),
            "relative": lambda: Relative(id=new(), person=self._person()),
            "identifier": lambda: Identifier(id=new(), person=self._person(), scheme="", value=""),
        }
        return {said.name: self._card(said, fresh[said.name]) for said in _cards()}

    def _card(self, said: CardWords, fresh: Callable[[], Any]) -> RecordsCard:
        kind, edit = said.name, self._hands.edit
        open_ = self._open_relative if kind == "relative" else lambda shown: edit(Edit(kind, shown))
        return RecordsCard(said, getattr(self, f"_say_{kind}"), open_,
                           lambda: edit(Edit(kind, fresh=fresh())))  # fmt: skip

    def _open_relative(self, shown: Shown[Relative]) -> None:
        """A linked adult has a file of their own: that is what opens, when it is here; the link is edited beside."""
        linked = {one.record.id: name for one, name in self._shown.file.linked} if self._shown else {}
        if linked.get(shown.record.id):
            self._hands.go("file", person=shown.record.other)
        else:
            self._hands.edit(Edit("relative", shown))

    def _edit_relative(self) -> None:
        if (shown := self._cards["relative"].list.current()) is not None:
            self._hands.edit(Edit("relative", shown))

    def _person(self) -> bytes:
        return self._shown.person.id if self._shown else b""

    def _edit_request(self) -> None:
        if self._shown is not None:
            fresh = Request(id=self._hands.fresh_id(), person=self._person(), said_on=self._hands.room.today())
            self._hands.edit(Edit("request", self._shown.file.request, fresh))

    def _label(self, name: str, code: str) -> str:
        return self._shown.label(name, code) if self._shown and code else ""

    def _say_finding(self, shown: Shown[Finding]) -> Line:
        record = shown.record
        icon, role = SIGNS.get(record.polarity, SIGNS["neutre"])
        ended = _("levée le {day}").format(day=full_day(record.ended_on)) if record.ended_on else ""
        noted = _("notée le {day}").format(day=full_day(record.noted_on)) if record.noted_on else ""
        second = " · ".join(part for part in (self._label("theme", record.theme), ended or noted) if part)
        badge = _("Levée") if record.ended_on else self._label("polarity", record.polarity)
        return Line(record.what, second, badge=badge, role="muted" if record.ended_on else role, icon=icon,
                    icon_role="muted" if record.ended_on else role)  # fmt: skip

    def _say_right(self, shown: Shown[Right]) -> Line:
        record, today = shown.record, self._hands.room.today()
        state = self._label("right_status", record.status)
        period = [
            _("depuis le {day}").format(day=full_day(record.starts_on)) if record.starts_on else "",
            _("jusqu’au {day}").format(day=full_day(record.ends_on)) if record.ends_on else "",
            record.remark,
        ]  # fmt: skip
        ending = record.ends_on is not None and (record.ends_on - today).days <= 60
        badge = _("rappel le {day}").format(day=full_day(record.remind_on)) if record.remind_on else ""
        if record.ends_on is not None and record.ends_on < today:
            badge = _("Fini")
        elif ending and record.ends_on is not None:
            badge = ends_said(record.ends_on, today)
        return Line(self._label("right_scheme", record.scheme), " · ".join(part for part in (state, *period) if part),
                    badge=badge, role="warn" if ending else "muted")  # fmt: skip

    def _say_phone(self, shown: Shown[Phone]) -> Line:
        record = shown.record
        if record.wrong_since is not None:
            wrong = _("Faux depuis le {day}").format(day=full_day(record.wrong_since))
            return Line(phone_said(record.number), record.whose, badge=wrong, role="danger", icon="phone-off",
                        icon_role="danger")  # fmt: skip
        if not record.number:
            return Line(_("(numéro effacé)"), record.whose, icon="phone-off", icon_role="muted")
        return Line(phone_said(record.number), record.whose or _("son numéro"), icon="phone", icon_role="accent")

    def _say_relative(self, shown: Shown[Relative]) -> Line:
        """A linked adult is a name and a link, nothing else of their file."""
        record = shown.record
        link = self._label("household_link", record.link)
        until = _("jusqu’au {day}").format(day=full_day(record.until)) if record.until else ""
        if record.other:
            linked = self._shown.file.linked if self._shown else ()
            name = next((name for one, name in linked if one.record.id == record.id), "")
            second = " · ".join(part for part in (link, _("a son propre dossier"), until) if part)
            return Line(name or _("(pas sur ce poste)"), second, icon="link", icon_role="accent")
        year = _("naissance en {year}").format(year=record.birth_year) if record.birth_year else ""
        return Line(record.first_name, " · ".join(part for part in (link, year, until) if part), icon="user-round")

    def _say_identifier(self, shown: Shown[Identifier]) -> Line:
        return Line(shown.record.value, self._label("identifier_scheme", shown.record.scheme), icon="id-card")


def _work_lines(shown: FileShown, request: Request) -> list[str]:
    """Work, education and search, one per line."""
    radius = _("dans un rayon de {n} km").format(n=request.radius_km) if request.radius_km else ""
    project = " ".join(part for part in (request.project, radius) if part)
    facts = [
        (_("Situation\u00a0: {what}"), shown.label("work_situation", request.work) if request.work else ""),
        (_("Formation\u00a0: {what}"), shown.label("education_level", request.education) if request.education else ""),
        (_("Emploi recherché\u00a0: {what}"), project),
    ]  # fmt: skip
    return [words.format(what=what) for words, what in facts if what]


def _cards() -> tuple[CardWords, ...]:
    return (
        CardWords("finding", _("Freins et ressources"),
                  _("Rien de noté. Notez avec la personne ce qui freine et ce qui aide."),
                  _("Ajouter un frein ou une ressource"), "list-checks"),
        CardWords("right", _("Droits et ressources"), _("Aucun droit noté."), _("Ajouter un droit"), "hand-coins"),
        CardWords("phone", _("Téléphones"), _("Aucun numéro. Ajoutez celui où l’appeler, et dites à qui il est."),
                  _("Ajouter un téléphone"), "phone"),
        CardWords("relative", _("Foyer"), _("Personne de noté."), _("Ajouter un membre du foyer"), "users-round",
                  _("Un lien ne transmet rien\u00a0: chaque adulte a son dossier.")),
        CardWords("identifier", _("Identifiants"), _("Aucun numéro d’un autre organisme."), _("Ajouter un identifiant"),
                  "id-card"),
    )  # fmt: skip
