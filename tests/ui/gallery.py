"""Pictures of every widget and of the frame, in every theme and size, to look at: python -m tests.ui.gallery OUT."""

# ruff: noqa: E501, PLR0915, PLW0108 — fictitious sentences, and one long walk
from __future__ import annotations

import os
import sys
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QScrollArea

from spie_desk.domain.records.action import ACTION, Action
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.forms.sources import Sources
from spie_desk.ui.models.rows import Column, Line, ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.route import Entry
from spie_desk.ui.shell.main_window import MainWindow, Wishes
from spie_desk.ui.shell.sidebar import Identity
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.theme import Theme, Type
from spie_desk.ui.widgets.basics import Avatar, Beside, Card, SectionTitle, Words, column, named, row, scrolling
from spie_desk.ui.widgets.buttons import Button, FilterPill, IconButton, only_one
from spie_desk.ui.widgets.calendar import CalendarWeek, Slot
from spie_desk.ui.widgets.chips import Chip
from spie_desk.ui.widgets.choices import CardChoice, Choice, Radio, RadioCards, Tick, TickList
from spie_desk.ui.widgets.fields import DateField, LineField, SearchBox, SecretField, TimeField
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_and_file import ListAndFile
from spie_desk.ui.widgets.list_view import ListView
from spie_desk.ui.widgets.markdown_editor import MarkdownEditor
from spie_desk.ui.widgets.pick import Lookup, Option, PickField, PickMany
from spie_desk.ui.widgets.steps import StepsHeader
from spie_desk.ui.widgets.timeline import Entry as Event
from spie_desk.ui.widgets.timeline import Timeline

TODAY = date(2026, 11, 24)
PEOPLE = ("Amina Belkacem", "Bakary Keïta", "Ionuț Popescu", "Jean-Marc Lefèvre", "Mariam Traoré", "Sofia Nguyen")
TASKS = (
    Line(
        "Faire signer le contrat d’engagement",
        middle="Sofia Nguyen",
        badge="Retard de 5 j",
        role="danger",
        ticked=False,
    ),
    Line("Point J+90, six mois en emploi", middle="Ionuț Popescu", badge="Retard de 2 j", role="danger", ticked=False),
    Line("Déposer le recours DALO", middle="Amina Belkacem", badge="avant 17:00", role="warn", ticked=False),
    Line("Scanner l’avis d’imposition", middle="Amina Belkacem", badge="fait", role="muted", ticked=True),
)
TASK_LIST = ListSpec("tasks", spoken=lambda line: f"{line.title}, {line.middle}, {line.badge}", empty="Rien à faire.",
                     line=lambda line: line, shape="task", title="À faire", key=lambda line: line.title)  # fmt: skip
PEOPLE_LIST = ListSpec("people", spoken=lambda name: name, empty="Personne.", shape="person", title="Personnes",
                       line=lambda name: Line(name, "Recours DALO à déposer", badge="17:00", role="warn", avatar=name))  # fmt: skip
REFUSED = ListSpec(
    "refused", spoken=lambda one: " ".join(one), empty="Aucune ligne refusée.", title="Refusées",
    columns=(Column("0", "Ligne", width=66, say=lambda one: one[0]), Column("1", "Colonne", width=150, say=lambda one: one[1]),
             Column("2", "Valeur", width=130, say=lambda one: one[2], ink=lambda one: "danger"),
             Column("3", "Pourquoi", stretch=True, say=lambda one: one[3])),
)  # fmt: skip
LOOKUP = Lookup(lambda _owner, words, then: then([Option(b"1" * 16, name) for name in PEOPLE if words in name.casefold()]),
                lambda _owner, value, then: then("Claire Dubois"))  # fmt: skip
CHOICES = {"action_status": [("planned", "À faire"), ("in_progress", "En cours"), ("done", "Faite")],
           "theme": [("logement", "Logement"), ("mobilite", "Mobilité")]}  # fmt: skip
SOURCES = Sources(lambda name: CHOICES.get(name, []), {"professional": LOOKUP, "person": LOOKUP}, lambda: TODAY)


def week() -> CalendarWeek:
    spec = ListSpec("week", spoken=lambda text: text, empty="Rien de prévu.")
    found = CalendarWeek(spec, TODAY)
    monday = TODAY - timedelta(days=1)
    found.show_week(monday, [
        Slot("a", monday, "09:30", "Paul Ekambi", "check", "ok", past=True),
        Slot("b", monday, "14:00", "Nadia Khelifi", "circle-help", "warn", past=True),
        Slot("c", TODAY, "09:00", "Mariam Traoré", "check", "ok", past=True),
        Slot("d", TODAY, "15:30", "Jean-Marc Lefèvre", "arrow-right", "accent"), Slot("e", TODAY, "17:00", "Sofia Nguyen"),
        Slot("f", TODAY + timedelta(days=2), "10:00", "Amina Belkacem"),
    ])  # fmt: skip
    return found


class TodayLike(Page):
    """A page like « Aujourd’hui », made of the shared pieces."""

    title = "Aujourd’hui"

    def build(self) -> None:
        self.retitle("Aujourd’hui", "Mardi 24 novembre 2026 · 42 personnes accompagnées, 7 choses à faire")
        self.at_end(Button("Imprimer pour la tournée", icon="printer"))
        self.at_end(Button("Nouvelle note", look_="filled", icon="notebook-pen"))
        self.add(week())
        tasks = self.tasks = ListView(TASK_LIST, fits=True)
        tasks.show_rows(TASKS)
        silent = ListView(PEOPLE_LIST, fits=True)
        silent.show_rows(PEOPLE[:3])
        left = Card(SectionTitle("En retard", 3, icon="triangle-alert", ink="danger"), tasks, None, gap=4)
        right = column(Card(SectionTitle("Sans nouvelles depuis 60 jours", 3), silent), None, gap=12)
        self.add(Beside(left, right, shares=(65, 35)), 1)
        self.act("Reporter", "Ctrl+R", lambda: None, icon="alarm-clock")


class PiecesPage(Page):
    """Every control once, one under the other."""

    title = "Boutons, champs, états"

    def build(self) -> None:
        lacking = Button("Signer", look_="filled", icon="signature")
        lacking.lacks("la date")
        self.add(Flow(Button("Signer la note", look_="filled", icon="signature"), Button("Partager", icon="share-2"),
                      Button("Effacer", look_="danger", icon="trash-2"), Button("Reporter", look_="small", icon="alarm-clock"),
                      lacking, Button("Voir le dossier", look_="link", icon="arrow-right"), IconButton("x", "Fermer"),
                      IconButton("printer", "Imprimer", look_="icon")))  # fmt: skip
        pills = (
            FilterPill("Mes suivis", count=42),
            FilterPill("À relancer", count=5),
            FilterPill("Notes", icon="file-text"),
        )
        only_one(*pills)
        self.add(Flow(*pills))
        self.add(Flow(Chip("Retard de 2 j", "danger", "triangle-alert"), Chip("avant 17:00", "warn", "clock"),
                      Chip("À départager", "warn", "git-compare-arrows"), Chip("Reçu", "ok", "check-check"),
                      Chip("En cours", "info", "circle-dot"), Chip("Ma structure", icon="building-2"),
                      Chip("Reçu", "ok", "check-check", flat=True)))  # fmt: skip
        done, radio = Tick("fait"), Radio("Cercle")
        done.setChecked(True)
        radio.setChecked(True)
        self.add(row(Tick("à faire"), done, Radio("Moi"), radio, Avatar("Amina Belkacem"), None, gap=12))
        day, hour = DateField(lambda: TODAY), TimeField()
        day.show_day(TODAY)
        hour.setText("14:00")
        choice = Choice([("a", "CCAS, bureau 2")])
        choice.choose("a")
        for widget, name in ((day, "Date"), (hour, "Heure"), (choice, "Lieu")):
            named(widget, name, name)
        self.add(row(day, hour, choice, SearchBox("Nom, téléphone, n° de dossier")))
        many = PickMany(LOOKUP)
        many.show_values([b"1" * 16])
        secret = SecretField()
        secret.setText("phrase de passe")
        place, owner = named(LineField("Lieu"), "place", "Lieu"), named(PickField(LOOKUP), "owner", "Qui")
        named(many.field, "guests", "Invités")
        named(secret, "secret", "Phrase de passe")
        self.add(row(place, owner, many, secret))
        cards = RadioCards([
            CardChoice("moi", "Moi", "Vous seule, sur vos postes.", "user-round"),
            CardChoice("own", "Ma structure", "Vous, Nadia Ferrand et le coffre du CCAS.", "building-2"),
            CardChoice("circle", "Cercle", "Vous, N. Ferrand, K. Haddad, S. Marchand, H. Roux, et les coffres de vos 4 structures.", "users-round"),
        ])  # fmt: skip
        cards.choose("own")
        self.add(cards)
        editor = self.editor = MarkdownEditor()
        editor.show_markdown(
            "Madame vient avec sa fille cadette, prise en charge jusqu’au **30 novembre**.\n\n- recours DALO ;\n- *crèche*."
        )
        named(editor.text, "text", "Texte")
        editor.setMinimumHeight(170)
        self.add(editor)
        self.add(
            Card(
                Words("Écrivez des faits utiles à l’accompagnement : ni jugement, ni diagnostic médical.", ink="info"),
                sort="info",
            )
        )
        self.add(StepsHeader(["Fichier", "Colonnes", "Essai à blanc", "Import"])).show_step(2)
        self.add(TickList([("a", "Identité"), ("b", "Droits et ressources"), ("c", "Logement")], columns=3))
        refused = ListView(REFUSED, fits=True)
        refused.show_rows(
            [
                ("19", "Date de naissance", "31/02/1990", "Cette date n’existe pas."),
                ("104", "Nom", "(vide)", "Ni nom, ni surnom."),
            ]
        )
        self.add(Card(SectionTitle("Refusées", 2), refused))
        form = self.form = Form(ACTION, [Section("Une chose à faire", ("what", "owner", "due_on", "status", "theme"))],
                                Action(id=b"2" * 16, person=b"3" * 16, what=""), SOURCES)  # fmt: skip
        self.add(form)
        form.editors["due_on"].widget.setProperty("text", "32/13")

    def show_errors(self) -> None:
        self.form.check()


class FileLike(Page):
    """A list beside a timeline, as the file will be."""

    title = "Personnes"
    bare = True

    def build(self) -> None:
        people = ListView(PEOPLE_LIST)
        people.show_rows(PEOPLE)
        beside = Card(
            Words("Personnes", Type.SECTION), SearchBox("Nom, téléphone, n° de dossier"), sort="panel", gap=10
        )
        beside.add(people, 1)
        events = Timeline()
        events.show_entries([
            Event(1, "phone", "Préfecture injoignable", "Troisième appel sans réponse. Recours à déposer avant 17:00.",
                  "mar. 24 nov. à 11:40 · vous · appel", "Cercle", chip_icon="users-round", state="À envoyer"),
            Event(2, "circle-check", "Complémentaire santé accordée", "Droits ouverts jusqu’au 30 novembre 2027.",
                  "mar. 17 nov. · Sophie Marchand, Département", "Démarche aboutie", "ok", state="Reçu", state_role="ok",
                  state_icon="check-check", tone="ok"),
        ])  # fmt: skip
        lines = column(Words("Amina Belkacem", Type.TITLE), events)
        area = scrolling(lines)
        self.split = self.add(ListAndFile(beside, area), 1)


ENTRIES = (
    Entry("today", TodayLike, "Aujourd’hui", "sun", "main", "Ctrl+1"),
    Entry("people", FileLike, "Personnes", "users", "main", "Ctrl+2"),
    Entry("pieces", PiecesPage, "Revues", "presentation", "main", "Ctrl+3"),
    Entry("clashes", PiecesPage, "À départager", "git-compare-arrows", "exchanges"),
    Entry("import", PiecesPage, "Importer", "file-up", "foot"),
    Entry("settings", PiecesPage, "Réglages", "settings", "foot"),
)


def window(tasks_for: list[Tasks] | None = None) -> MainWindow:
    """The frame with pages like the real ones, on no store."""
    found = MainWindow(Identity("CCAS de Saint-Aubin", "Claire Dubois", "Référente de parcours"),
                       Wishes(undo=lambda _deed: None, lock=lambda: None, fits=lambda code: code == "2411"))  # fmt: skip
    tasks = Tasks(None, found.notices.tell_failure)
    if tasks_for is not None:
        tasks_for.append(tasks)
    found.furnish(tasks, ENTRIES, lambda: TODAY, SOURCES)
    found.sidebar.show_count("today", 7)
    found.sidebar.show_count("clashes", 1, alert=True)
    found.strip.tell(
        "Sur ce poste seulement. Aucun serveur n’est réglé : vos écrits restent ici.", "cloud-off", "warn", "Voir"
    )
    found.strip.tell_backup("Sauvegarde vérifiée hier à 18:10")
    return found


def main(out: Path) -> None:
    """One picture per page, theme and size."""
    app = QApplication.instance() or QApplication(sys.argv)
    theme = Theme(app)
    out.mkdir(parents=True, exist_ok=True)
    for name, scale in (("light", 100), ("dark", 100), ("high-contrast", 100), ("light", 200), ("light", 150)):
        theme.apply(name, scale)
        kept: list[Tasks] = []
        shown = window(kept)
        shown.show()
        shown.activateWindow()
        for route in ("today", "people", "pieces"):
            shown.navigator.go(route)
            for _turn in range(5):
                app.processEvents()
            if route == "pieces":
                shown.notices.warn("Cette date n’existe pas. Vérifiez le jour et le mois.")
                page = shown.navigator.page()
                page.show_errors()
                app.processEvents()
                page.findChild(QScrollArea).widget().grab().save(str(out / f"{name}-{scale}-pieces-all.png"))
            else:
                shown.notices.said("Téléphone de Paul Ekambi : vous avez gardé le 06 39 98 41 07.", b"1")
            if route == "today":
                page = shown.navigator.page()
                page.tasks.setFocus()
            app.processEvents()
            shown.grab().save(str(out / f"{name}-{scale}-{route}.png"))
        shown.palette_box.open()
        app.processEvents()
        shown.grab().save(str(out / f"{name}-{scale}-palette.png"))
        shown.palette_box.close_it()
        shown.veil.fall()
        app.processEvents()
        shown.grab().save(str(out / f"{name}-{scale}-veil.png"))
        shown.close()
        kept[0].close()
        shown.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
