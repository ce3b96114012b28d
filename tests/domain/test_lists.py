"""Every choice a form offers has its list, its words and its source."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from spie_desk.domain.lists import Lists, lists_from
from spie_desk.domain.records import KINDS

TOP = Path(__file__).parents[2] / "resources"
READ = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((TOP / "lists").glob("*.json"))}
LISTS = lists_from(READ)
CHOICES = sorted({item.trait.choices for kind in KINDS for item in kind.fields if item.trait.choices})


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_of_every_kind_has_its_list(name: str) -> None:
    assert name in LISTS
    assert LISTS[name].entries


@pytest.mark.parametrize(
    ("kind", "item"),
    [(kind.name, item) for kind in KINDS for item in kind.fields if item.trait.choices and item.default],
    ids=lambda one: one if isinstance(one, str) else one.name,
)
def test_a_default_is_a_value_of_its_list(kind: str, item: object) -> None:
    assert item.default in LISTS[item.trait.choices].by_code  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(READ))
def test_a_list_names_its_source_and_tells_its_values_apart(name: str) -> None:
    found = LISTS[name]
    assert READ[name]["name"] == name
    assert found.title
    assert found.source
    assert found.licence in {"Apache-2.0", "EUPL-1.2", "Apache-2.0 et EUPL-1.2"}
    labels = [entry.label for entry in found.entries]
    codes = [entry.code for entry in found.entries]
    assert len(set(labels)) == len(labels)
    assert len(set(codes)) == len(codes)


WRONG = re.compile(r"'|[·‧]|\(e\)|  |[^ \u00a0<][;:!?]|[^\u00a0][»]|«[^\u00a0]|consentement|\"", re.IGNORECASE)


@pytest.mark.parametrize("name", sorted(READ))
def test_labels_are_written_in_correct_french(name: str) -> None:
    wrong = [entry.label for entry in LISTS[name].entries if WRONG.search(entry.label)]
    assert wrong == []
    plain_space = [entry.label for entry in LISTS[name].entries if re.search(r" [;:!?]", entry.label)]
    assert plain_space == []


def test_situations_objectives_and_actions_hang_under_a_known_theme() -> None:
    for name in ("situation", "target", "action"):
        assert {entry.theme for entry in LISTS[name].entries} <= set(LISTS["theme"].by_code)
    assert {entry.more["polarity"] for entry in LISTS["situation"].entries} == set(LISTS["polarity"].by_code)
    assert LISTS["situation"].of_theme("maitrise_langue")[0].label.startswith("Difficulté")


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert LISTS.label("note_sort", "appel") == "Appel"
    assert LISTS.label("note_sort", "d’un-autre-temps") == "d’un-autre-temps"
    assert Lists({}).label("nothing", "x") == "x"


def test_flags_name_what_is_sensitive() -> None:
    assert "caarud" in LISTS["structure_kind"].flagged("sensitive")
    assert LISTS["right_scheme"].flagged("health") >= {"rqth", "aah"}
    assert LISTS["note_theme"].flagged("sensitive") == {"sante", "justice", "violences", "enfance"}


def test_header_colours_bear_white_text() -> None:
    for entry in LISTS["structure_colour"].entries:
        assert _contrast(entry.more["hex"]) >= 4.5, entry.code


def _contrast(colour: str) -> float:
    """Against white, as WCAG 2 measures it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_the_emergency_numbers_are_all_there_with_their_promise() -> None:
    read = json.loads((TOP / "emergency.json").read_text(encoding="utf-8"))
    numbers = [one["number"] for group in read["groups"] for one in group["numbers"]]
    assert sorted(numbers, key=int) == ["15", "17", "18", "112", "114", "115", "119", "3114", "3919"]
    assert "ne prévient personne à votre place" in read["promise"]


def test_passphrase_words_are_plain_and_many_enough() -> None:
    words = (TOP / "words" / "fr.txt").read_text(encoding="utf-8").split()
    assert len(words) == len(set(words)) == 7776
    assert all(re.fullmatch("[a-z]{4,8}", word) for word in words)
    assert not {"suicide", "mort", "viol", "prison", "dette"} & set(words)


def test_communes_are_one_line_each_and_know_their_postcodes() -> None:
    lines = gzip.decompress((TOP / "geo" / "communes.tsv.gz").read_bytes()).decode().splitlines()
    assert lines[0].split("\t") == ["code", "name", "postcodes", "department", "epci", "population"]
    rows = {line.split("\t")[0]: line.split("\t") for line in lines[1:]}
    assert len(rows) == len(lines) - 1 == 34964
    assert rows["61071"][1:4] == ["Camembert", "61120", "61"]
    assert all(re.fullmatch(r"\d{5}( \d{5})*", row[2]) for row in rows.values())


def test_icons_take_the_colour_of_the_text() -> None:
    tokens = json.loads((TOP / "look" / "tokens.json").read_text(encoding="utf-8"))
    for name in tokens["icons"]["names"]:
        root = ET.fromstring((TOP / "icons" / f"{name}.svg").read_text(encoding="utf-8"))
        assert root.get("stroke") == "currentColor", name


def test_everything_shipped_has_its_licence_named() -> None:
    notice = (TOP / "NOTICE.md").read_text(encoding="utf-8")
    shipped = [one.name + ("/" if one.is_dir() else "") for one in TOP.iterdir() if one.name != "NOTICE.md"]
    assert [one for one in shipped if f"`{one}" not in notice] == []
    assert all(row.count("|") == 5 for row in notice.splitlines() if row.startswith("|"))


@pytest.mark.parametrize("page", sorted((TOP / "help").glob("*.md")), ids=lambda page: page.stem)
def test_help_is_short_and_written_in_correct_french(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert len(re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text).split()) < 320, "what a picture shows is not counted"
    assert "consentement" not in text.lower()
    assert not re.search(r"[·'«](?!\u00a0)|[^\u00a0\s][;!?»](?!\w)|\w [;:!?»]", text.replace("|", " "))


def test_help_has_a_page_for_each_task() -> None:
    assert {page.stem for page in (TOP / "help").glob("*.md")} == {
        "premiers-pas", "importer", "noter-et-signer", "qui-lit-quoi", "revue", "a-departager", "sauvegardes-et-kit",
        "verrouillage", "imprimer", "exporter", "raccourcis", "mauvais-dossier-et-effacement", "dossier", "journee",
        "ecrire", "courriers", "ses-droits", "enfant-en-danger", "fin-de-journee", "maraudes",
        "flux-caf-msa", "importer-annuaire", "pieces-et-echeances",
    }  # fmt: skip
