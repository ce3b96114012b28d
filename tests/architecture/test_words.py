"""Every word on screen is French in the source, well set, in the catalogue, and translated."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

import pytest

from spie_desk.domain.errors import DeskError, MissingFieldError, WrongValueError
from spie_desk.texts import _, n_, sentence, set_language

TREE = Path(__file__).resolve().parents[2]
SOURCE = TREE / "src" / "spie_desk"

_spec = importlib.util.spec_from_file_location("catalogue", TREE / "tools" / "catalogue.py")
assert _spec is not None
assert _spec.loader is not None
catalogue = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(catalogue)


@pytest.fixture(autouse=True)
def _french_again() -> Iterator[None]:
    yield
    set_language("fr")


# The catalogue


def test_no_text_of_the_source_is_missing_from_the_catalogue() -> None:
    assert catalogue.missing() == [], "run: python3 dev.py words"


def test_the_catalogue_says_nothing_the_source_no_longer_says() -> None:
    assert catalogue.obsolete() == [], "run: python3 dev.py words"


def test_every_text_is_translated() -> None:
    left = catalogue.untranslated()
    assert not left, f"{len(left)} texts without English; python3 dev.py words --check lists them"


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert not catalogue.stale(), "run: python3 dev.py words"


def test_everyday_words_lead_to_a_text_that_the_screens_say() -> None:
    said = json.loads((TREE / "resources" / "words" / "deeds.json").read_text(encoding="utf-8"))["said"]
    texts = {text for message in catalogue.extract() for text in catalogue.texts_of(message)}
    lost = [text for text in said if text not in texts and not _made_of(text, texts)]
    assert not lost


def _made_of(text: str, texts: Collection[str]) -> bool:
    """« Réglages : affichage » is made on screen of « Réglages » and « Affichage »."""
    page, _colon, tab = text.partition("\u00a0: ")
    return page in texts and tab[:1].upper() + tab[1:] in texts


def test_translations_name_no_parameter_of_their_own() -> None:
    assert list(catalogue.strangers()) == []


def test_french_is_well_set() -> None:
    assert list(catalogue.misprints()) == []


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("L’adresse\u00a0: «\u00a0à ne pas divulguer\u00a0»", True),
        ("Il manque\u00a0: {field}.", True),
        ("Vraiment\u202f?!", True),
        ("à 18:04, voir <a href=\"x\">l’aide</a>&nbsp;…", True),
        ("L'adresse", False),
        ("Il manque : {field}.", False),
        ("Il manque: ceci", False),
        ("En 2026: ceci", False),
        ("« {text} »", False),
        ("«{text}»", False),
        ("Vraiment?", False),
        ("référent·e", False),
        ("Synchronisé", False),
        ("Le consentement de la personne", False),
        ("Chargement...", False),
    ],
)
def test_the_rules_of_typography_catch_what_they_must(text: str, good: bool) -> None:
    bare = catalogue.PLACEHOLDER.sub("x", catalogue.MARKUP.sub("", text))
    assert good is not any(rule.search(bare) for rule, _why in catalogue.FRENCH_RULES)


# Speaking


def test_french_speaks_as_written_and_counts_zero_in_the_singular() -> None:
    assert _("Échéance") == "Échéance"
    assert [n_("{n} note", "{n} notes", n) for n in (0, 1, 2)] == ["0 note", "1 note", "2 notes"]


def test_an_empty_text_stays_empty_in_every_language() -> None:
    set_language("en")
    assert _("") == ""


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="tlh"):
        set_language("tlh")


class _LateError(DeskError):
    says = "Le {when}, {names}\u00a0: {absent}"
    next_step = "Recommencez."


def test_an_error_becomes_a_sentence_with_its_parameters_in_words() -> None:
    assert sentence(MissingFieldError(field="Nom")) == "Il manque\u00a0: Nom."
    assert sentence(WrongValueError(field="Nom", why=MissingFieldError(field="Prénom"))) == (
        "Nom\u00a0: Il manque\u00a0: Prénom."
    )
    said = sentence(_LateError(when=date(2026, 12, 9), names=["A", "B"]))
    assert said == "Le 09/12/2026, A, B\u00a0: … Recommencez."


# Literals of the screens

SINKS = {
    "QAction", "QCheckBox", "QGroupBox", "QLabel", "QPushButton", "QRadioButton", "QToolButton", "addAction",
    "addItem", "addItems", "addMenu", "addRow", "addTab", "drawText", "information", "insertItem", "question",
    "setAccessibleDescription", "setAccessibleName", "setHeaderLabels", "setHorizontalHeaderLabels",
    "setInformativeText", "setItemText", "setPlaceholderText", "setStatusTip", "setSubTitle", "setTabText", "setText",
    "setTitle", "setToolTip", "setWhatsThis", "setWindowTitle", "showMessage", "warning",
}  # fmt: skip
MARKED = {"_", "N_", "n_"}
# What a program says to programmers: logs, bugs.
UNSEEN = {"debug", "info", "warning", "error", "exception", "critical", "getLogger", "compile", "setStyleSheet"}
WORD = re.compile(r"[^\W\d_]{2}")
PROSE = re.compile(r"[àâçéèêëîïôöùûüœÀÂÇÉÈÊËÎÏÔÖÙÛÜŒ’«»]|^[A-Z][a-z]+ [a-z]{2,}")
EXCUSE = "# not words"


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


class _Literals(ast.NodeVisitor):
    """Finds the literals that someone would read and that no catalogue knows."""

    def __init__(self) -> None:
        self.found: list[tuple[int, int, str]] = []

    def visit_Call(self, call: ast.Call) -> None:
        name = _name(call)
        if name in MARKED or (name in UNSEEN and name not in SINKS):
            return
        if name in SINKS:
            spoken_to = getattr(call.func.value, "id", "") if isinstance(call.func, ast.Attribute) else ""
            on_logger = spoken_to in {"log", "_log", "LOGGER"}
            if on_logger:
                return
            for given in (*call.args, *(keyword.value for keyword in call.keywords)):
                if isinstance(given, ast.Constant) and isinstance(given.value, str) and WORD.search(given.value):
                    self._keep(given, given.value)
        self.generic_visit(call)

    def visit_Raise(self, node: ast.Raise) -> None:
        """An exception that is not a DeskError is a bug's: its words are for programmers."""

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # docstrings
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and WORD.search(node.value) and PROSE.search(node.value):
            self._keep(node, node.value)

    def _keep(self, node: ast.Constant, said: str) -> None:
        self.found.append((node.lineno, node.end_lineno or node.lineno, said))


def literals(text: str) -> list[str]:
    lines = text.splitlines()
    visitor = _Literals()
    visitor.visit(ast.parse(text))
    return [
        f"{first}: {word!r}" for first, last, word in dict.fromkeys(visitor.found)
        if EXCUSE not in lines[first - 1] and EXCUSE not in lines[last - 1]
    ]  # fmt: skip


@pytest.mark.parametrize("room", ["ui", "app", "services", "store", "exchange"])
def test_no_word_escapes_the_catalogue(room: str) -> None:
    loose = [
        f"{path.relative_to(TREE).as_posix()}:{found}"
        for path in sorted((SOURCE / room).rglob("*.py"))
        for found in literals(path.read_text(encoding="utf-8"))
    ]
    assert not loose, "\n".join(loose)


@pytest.mark.parametrize(
    ("line", "caught"),
    [
        ('label.setText("Nom")', True),
        ('QLabel("Nom", self)', True),
        ('EMPTY = "Rien à faire"', True),
        ('title = "Nouvelle note"', True),
        ('title = f"Note du {day}, signée"', True),
        ('label.setText(_("Nom"))', False),
        ('named(box, "save-button")', False),
        ('log.warning("bad answer from %s", kind)', False),
        ('raise ValueError("No such page")', False),
        ('label.setText("–")', False),
        ('FONT = "Atkinson Hyperlegible"  # not words', False),
    ],
)
def test_the_lint_of_literals_catches_what_it_must(line: str, caught: bool) -> None:
    assert bool(literals(line)) is caught


# What is given to gettext must be found by it


def _unfindable(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or _name(node) not in MARKED:
            continue
        for given in node.args[: 2 if _name(node) == "n_" else 1]:
            made = isinstance(given, ast.JoinedStr | ast.BinOp)
            filled = isinstance(given, ast.Call) and _name(given) == "format"
            if made or filled:
                yield f"{path.relative_to(TREE).as_posix()}:{node.lineno}"


def _unmarked(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ClassDef):
            continue
        for line in node.body:
            if not isinstance(line, ast.Assign | ast.AnnAssign):
                continue
            target = line.targets[0] if isinstance(line, ast.Assign) else line.target
            said = getattr(target, "id", "") in {"says", "next_step"}
            if said and isinstance(line.value, ast.Constant | ast.JoinedStr) and getattr(line.value, "value", "x"):
                yield f"{path.relative_to(TREE).as_posix()}:{line.lineno}"


def test_what_an_error_says_is_marked_for_the_catalogue() -> None:
    assert [line for path in sorted(SOURCE.rglob("*.py")) for line in _unmarked(path)] == []


def test_gettext_is_given_whole_texts() -> None:
    """A text put together before it is translated is in no catalogue: translate first, then format."""
    assert [line for path in sorted(SOURCE.rglob("*.py")) for line in _unfindable(path)] == []
