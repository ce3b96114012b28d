"""The one style sheet, written from the tokens: colours and shapes only, fonts are the theme's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template

_TEMPLATE = Template("""
* { outline: 0; }
QToolTip { background: $snack; color: $snackText; border: 1px solid $snack; padding: ${p4}px ${p8}px; }
QLabel { background: transparent; }
QLabel[mark="true"] { background: $mark; border-radius: ${p4}px; padding: 0 ${p6}px; }
QFrame[card="plain"] { background: $surface; border: 1px solid $line; border-radius: ${p10}px; }
QFrame[card="soft"] { background: $accentSoft; border: 0; border-radius: ${p8}px; }
QFrame[card="sunken"] { background: $sunken; border: 0; border-radius: ${p8}px; }
QFrame[card="warn"] { background: $warnSoft; border: 0; border-radius: ${p8}px; }
QFrame[card="danger"] { background: $dangerSoft; border: 0; border-radius: ${p8}px; }
QFrame[card="info"] { background: $infoSoft; border: 0; border-radius: ${p8}px; }
QFrame[card="ok"] { background: $okSoft; border: 0; border-radius: ${p8}px; }
QFrame[card="snack"] { background: $snack; border: 0; border-radius: ${p8}px; }
QFrame[card="panel"] { background: $surface; border: 0; }
QFrame[card="chosen"] { background: $accentSoft; border: 2px solid $accent; border-radius: ${p10}px; }
QFrame[card="top"] { background: $side; border: 0; border-radius: 0; }
QFrame[card="mark"] { background: $mark; border: 0; border-radius: ${p4}px; }
QFrame[card="bare"] { background: transparent; border: 0; }
QFrame[card="choice"] { background: $surface; border: 1px solid $field; border-radius: ${p10}px; }
QFrame[rule="true"] { background: $line; border: 0; min-height: 1px; max-height: 1px; }
QFrame[upright="true"] { background: $line; border: 0; min-width: 1px; max-width: 1px; }
QScrollArea, QScrollArea > QWidget > QWidget[page="true"] { background: transparent; border: 0; }

QPushButton { background: $surface; color: $text; border: 1px solid $field; border-radius: ${p8}px;
  padding: 0 ${p14}px; min-height: ${p34}px; }
QPushButton:hover { background: $accentSoft; border-color: $accent; color: $accent; }
QPushButton:pressed { background: $accentSoft; }
QPushButton[look="filled"] { background: $accent; color: $accentText; border: 1px solid $accent; }
QPushButton[look="filled"]:hover, QPushButton[look="filled"]:pressed { background: $accentHover;
  border-color: $accentHover; color: $accentText; }
QPushButton[look="danger"] { color: $danger; border-color: $danger; }
QPushButton[look="danger"]:hover { background: $dangerSoft; color: $danger; }
QPushButton[look="small"] { padding: 0 ${p10}px; min-height: ${p26}px; }
QPushButton[look="large"] { background: $accent; color: $accentText; border-color: $accent; min-height: ${p42}px; }
QPushButton[look="large"]:hover { background: $accentHover; color: $accentText; }
QPushButton[look="link"] { background: transparent; border: 0; color: $accent; padding: 0 ${p4}px;
  min-height: ${p26}px; text-align: left; }
QPushButton[look="link"]:hover { color: $accentHover; text-decoration: underline; }
QPushButton[look="bare"] { background: transparent; border: 0; padding: 0; min-height: ${p28}px;
  min-width: ${p28}px; border-radius: ${p8}px; }
QPushButton[look="bare"]:hover, QPushButton[look="bare"]:checked { background: $accentSoft; }
QPushButton[look="icon"] { padding: 0; min-width: ${p34}px; }
QPushButton[look="filter"] { border-radius: ${p12}px; padding: 0 ${p12}px; min-height: ${p24}px;
  max-height: ${p24}px; }
QPushButton[look="filter"]:checked, QPushButton[look="plain"]:checked { background: $accentSoft; color: $accent;
  border: 1px solid $accent; }
QPushButton[look="tab"] { background: transparent; border: 0; border-bottom: 3px solid transparent; border-radius: 0;
  color: $muted; padding: 0 1px; min-height: ${p32}px; }
QPushButton[look="tab"]:checked { color: $accent; border-bottom-color: $accent; }
QPushButton[look="place"] { background: transparent; border: 0; padding: 0 ${p8}px; min-height: ${p36}px;
  text-align: left; }
QPushButton[look="place"]:hover, QPushButton[look="place"]:checked { background: $select; color: $accent; }
QPushButton[look="snack"] { background: transparent; border: 0; color: $snackLink; text-decoration: underline;
  padding: 0 ${p4}px; min-height: ${p26}px; }
QPushButton:disabled { background: $sunken; color: $muted; border: 1px dashed $field; }
QPushButton[look="link"]:disabled, QPushButton[look="bare"]:disabled { background: transparent; border: 0; }

QLineEdit, QComboBox, QSpinBox { background: $surface; color: $text; border: 1px solid $field;
  border-radius: ${p8}px; padding: 0 ${p10}px; min-height: ${p34}px; selection-background-color: $accent;
  selection-color: $accentText; placeholder-text-color: $muted; }
QLineEdit[look="large"] { min-height: ${p42}px; }
QTextEdit, QPlainTextEdit { background: $surface; color: $text; border: 1px solid $field; border-radius: ${p8}px;
  padding: ${p6}px ${p8}px; selection-background-color: $accent; selection-color: $accentText; }
QTextEdit[look="bare"] { border: 0; background: transparent; padding: 0; }
QTextEdit[look="inner"] { border: 0; border-top: 1px solid $line; border-radius: 0; padding: ${p8}px ${p12}px; }
QLineEdit[readOnly="true"], QTextEdit[readOnly="true"] { background: $sunken; }
QTextBrowser[look="bare"] { background: transparent; border: 0; padding: 0; }
QLineEdit:disabled, QComboBox:disabled { background: $sunken; color: $muted; border: 1px dashed $field; }
*[wrong="true"] { border: 2px solid $danger; }
QComboBox::drop-down { border: 0; width: ${p30}px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView, QListView[look="popup"] { background: $surface; color: $text; border: 1px solid $field;
  selection-background-color: $select; selection-color: $text; padding: ${p4}px; }
QFrame[look="editor"] { background: $surface; border: 1px solid $field; border-radius: ${p8}px; }
QCheckBox, QRadioButton { color: $text; spacing: ${p10}px; background: transparent; }

QTableView, QListView, QTreeView { background: transparent; color: $text; border: 0;
  selection-background-color: transparent; selection-color: $text; gridline-color: $line; }
QListWidget { selection-background-color: $select; }
QHeaderView { background: transparent; }
QHeaderView::section { background: transparent; color: $muted; border: 0; border-bottom: 1px solid $line;
  padding: 0 ${p8}px; min-height: ${p32}px; text-align: left; }
QTableCornerButton::section { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: ${p12}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p12}px; margin: 0; }
QScrollBar::handle { background: $field; border: 3px solid $bg; border-radius: ${p6}px; }
QScrollBar::handle:vertical { min-height: ${p30}px; } QScrollBar::handle:horizontal { min-width: ${p30}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $surface; color: $text; border: 1px solid $field; padding: ${p4}px; }
QMenu::item { padding: ${p6}px ${p16}px; border-radius: ${p4}px; }
QMenu::item:selected { background: $select; color: $text; }
QProgressBar { background: $line; border: 0; border-radius: ${p4}px; min-height: ${p8}px; max-height: ${p8}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p4}px; }
QDialog { background: $bg; }
QSplitter::handle { background: $line; }

QFrame[side="true"] { background: $side; border: 0; }
QFrame[side="rule"] { background: $sideLine; border: 0; min-height: 1px; max-height: 1px; }
QPushButton[look="nav"] { background: transparent; color: $sideText; border: 0; border-radius: ${p8}px;
  text-align: left; padding: 0 ${p10}px; min-height: ${p36}px; }
QPushButton[look="nav"]:hover, QPushButton[look="nav"]:checked { background: $sideSel; color: $sideStrong; }
QPushButton[look="side"] { background: transparent; color: $sideText; border: 0; border-radius: ${p8}px; padding: 0;
  min-height: ${p32}px; }
QPushButton[look="side"]:hover { background: $sideSel; color: $sideStrong; }
QPushButton[look="seek"] { background: transparent; color: $sideText; border: 1px solid $sideMuted;
  border-radius: ${p8}px; text-align: left; padding: 0 ${p10}px; min-height: ${p34}px; }
QPushButton[look="seek"]:hover { background: $sideSel; color: $sideStrong; }
QFrame[strip="true"] { background: $surface; border: 0; border-top: 1px solid $line; }
QFrame[veil="true"] { background: $scrim; border: 0; }
""")

_ROLES = ("text", "muted", "accent", "warn", "danger", "ok", "info", "neutral", "markText", "sideText", "sideMuted",
          "sideStrong", "sideMark", "snackText", "accentText")  # fmt: skip
_LENGTHS = (4, 6, 8, 10, 12, 14, 16, 24, 26, 28, 30, 32, 34, 36, 42)


def style_sheet(colours: Mapping[str, str], px: Callable[[float], int]) -> str:
    """The sheet for these colours, with every length at the text size in force."""
    lengths = {f"p{length}": str(px(length)) for length in _LENGTHS}
    inks = "\n".join(f'QLabel[ink="{role}"] {{ color: {colours[role]}; }}' for role in _ROLES)
    return _TEMPLATE.substitute(colours, **lengths) + inks
