"""The plain pieces every screen is made of: words, icons, cards, avatars, the empty state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from spie_desk.ui import icons
from spie_desk.ui.theme import Look, Type, look

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str, spoken: str = "") -> W:
    """Give a widget its object name (tests, style) and, when said, the name a screen reader speaks."""
    widget.setObjectName(name)
    if spoken:
        widget.setAccessibleName(spoken)
    return widget


def marked(widget: W, **marks: str) -> W:
    """Set style properties and let the sheet see them."""
    for mark, value in marks.items():
        widget.setProperty(mark, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    return widget


class Across(QHBoxLayout):
    """A row that remembers how tall it is at each width, until something in it changes: texts that wrap, one box in
    the other, are asked thousands of times while one page is laid out, and each answer lays the text out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__() if parent is None else super().__init__(parent)
        self._heights: dict[int, int] = {}

    def heightForWidth(self, width: int) -> int:
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = super().heightForWidth(width)
        return found

    def invalidate(self) -> None:
        self._heights = {}
        super().invalidate()


class Upright(QVBoxLayout):
    """The same for a column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__() if parent is None else super().__init__(parent)
        self._heights: dict[int, int] = {}

    def heightForWidth(self, width: int) -> int:
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = super().heightForWidth(width)
        return found

    def invalidate(self) -> None:
        self._heights = {}
        super().invalidate()


class Words(QLabel):
    """A text at one step of the scale, in the colour of one role; wraps unless told to cut with an ellipsis."""

    def __init__(self, text: str = "", step: Type = Type.TEXT, ink: str = "text", *, weight: int | None = None,
                 wrap: bool = True, tabular: bool = False) -> None:  # fmt: skip
        super().__init__()
        self._step, self._weight, self._tabular, self._full = step, weight, tabular, text
        self._cut = not wrap
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("ink", ink)
        if self._cut:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.wear(look())
        self.say(text)

    def say(self, text: str) -> None:
        """Change the text."""
        self._full = text
        self.setText(text)
        self._elide()

    def said(self) -> str:
        """The whole text, even when cut on screen."""
        return self._full

    def grow_to(self, step: Type) -> None:
        """Take a larger step of the scale, where the text is read from afar."""
        self._step = step
        self.wear(look())

    def ink(self, role: str) -> None:
        """Change the colour's role."""
        marked(self, ink=role)

    def wear(self, now: Look) -> None:
        self.setFont(now.font(self._step, self._weight, tabular=self._tabular))
        self._elide()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._cut:
            hint.setWidth(QFontMetrics(self.font()).horizontalAdvance(self._full) + 2)
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        if not self._cut or not self._full:
            return
        shown = QFontMetrics(self.font()).elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        if self.width() > 0 and shown != self.text():
            self.setText(shown)
            self.setToolTip(self._full if shown != self._full else "")


class Icon(QWidget):
    """A decorative icon; the word beside it carries the meaning, so readers skip it."""

    def __init__(self, name: str, role: str = "text", size: int = 18) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        self.wear(look())

    def show_icon(self, name: str, role: str) -> None:
        self._name, self._role = name, role
        self.update()

    def wear(self, now: Look) -> None:
        self.setFixedSize(now.px(self._size), now.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.draw(painter, self._name, self._role, QRectF(self.rect()))


class Avatar(QWidget):
    """Initials in a disc; the name is always written beside it."""

    def __init__(self, name: str = "", *, back: str = "neutralSoft", ink: str = "neutral", size: int = 32) -> None:
        super().__init__()
        self._name, self._back, self._ink, self._size = name, back, ink, size
        self.wear(look())

    def show_name(self, name: str) -> None:
        self._name = name
        self.update()

    def wear(self, now: Look) -> None:
        self.setFixedSize(now.px(self._size), now.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_avatar(QPainter(self), self._name, QRectF(self.rect()), self._back, self._ink)


def draw_avatar(painter: QPainter, name: str, rect: QRectF, back: str, ink: str) -> None:
    """Paint a disc with initials: shared by the widget and the list rows."""
    now = look()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(now.colour(back))
    painter.drawEllipse(rect)
    painter.setPen(now.colour(ink))
    painter.setFont(now.font(Type.LABEL))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()


def initials(name: str) -> str:
    """Two letters at most: « Amina Belkacem » → AB, « Jean-Marc Lefèvre » → JL; a nickname's first letter."""
    parts = [part for part in name.replace("«", "").replace("»", "").split() if part[0].isalpha()]
    if len(parts) < 2:
        return parts[0][:1].upper() if parts else "?"
    return (parts[0][0] + parts[-1][0]).upper()


class Box(QWidget):
    """A row or a column with the spacings of the tokens, following the text size."""

    def __init__(
        self, *widgets: QWidget | None, upright: bool = False, gap: int = 8, margins: tuple[int, ...] = ()
    ) -> None:
        super().__init__()
        self._gap, self._margins = gap, margins or (0, 0, 0, 0)
        self.lines: QVBoxLayout | QHBoxLayout = Upright(self) if upright else Across(self)
        for widget in widgets:
            self.add(widget)
        self.wear(look())

    def add(self, widget: QWidget | None, stretch: int = 0) -> None:
        """Add a widget; None adds the space that pushes what follows to the end."""
        if widget is None:
            self.lines.addStretch(1)
        else:
            self.lines.addWidget(widget, stretch)

    def wear(self, now: Look) -> None:
        space(self.lines, now, self._gap, self._margins)


class Beside(QWidget):
    """Panels side by side, one under the other when the text is large; ``shares`` are their parts of the width."""

    def __init__(self, *panels: QWidget, shares: Sequence[int] = (), gap: int = 12) -> None:
        super().__init__()
        self._gap = gap
        self._lines = QHBoxLayout(self)
        for at, panel in enumerate(panels):
            self._lines.addWidget(panel, shares[at] if shares else 1)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, self._gap)
        self._lines.setDirection(QHBoxLayout.Direction.TopToBottom if now.narrow else QHBoxLayout.Direction.LeftToRight)


def space(layout: QLayout, now: Look, gap: int, margins: Sequence[int] = (0, 0, 0, 0)) -> None:
    """Set a layout's spacing and margins in token lengths."""
    left, top, right, bottom = (now.px(one) for one in margins)
    layout.setContentsMargins(left, top, right, bottom)
    layout.setSpacing(now.px(gap))


def row(*widgets: QWidget | None, gap: int = 8) -> Box:
    return Box(*widgets, gap=gap)


def column(*widgets: QWidget | None, gap: int = 8, margins: tuple[int, ...] = ()) -> Box:
    return Box(*widgets, upright=True, gap=gap, margins=margins)


class Card(QFrame):
    """A surface with a thin border; ``sort`` is plain, soft, sunken, warn, danger, info, ok, panel or snack."""

    def __init__(self, *widgets: QWidget | None, sort: str = "plain", gap: int = 8, padding: int = 16,
                 upright: bool = True) -> None:  # fmt: skip
        super().__init__()
        self.setProperty("card", sort)
        self._gap, self._padding = gap, padding
        self.lines: QVBoxLayout | QHBoxLayout = Upright(self) if upright else Across(self)
        for widget in widgets:
            self.add(widget)
        self.wear(look())

    def add(self, widget: QWidget | None, stretch: int = 0) -> None:
        """Add a widget; None adds the space that pushes what follows to the end."""
        if widget is None:
            self.lines.addStretch(1)
        else:
            self.lines.addWidget(widget, stretch)

    def wear(self, now: Look) -> None:
        space(self.lines, now, self._gap, (self._padding,) * 4)
        if not now.styled:
            self.setFrameShape(QFrame.Shape.StyledPanel)


class SectionTitle(Box):
    """The title of a card: an optional icon, the words, a count, and what stands at the right end."""

    def __init__(self, text: str, count: int | None = None, *, icon: str = "", ink: str = "text",
                 end: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(gap=8)
        if icon:
            self.add(Icon(icon, ink, 18))
        self._text = Words(text, Type.CARD, ink, wrap=False)
        self._text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._count = Words("", Type.LABEL, "muted", wrap=False)
        self._count.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.add(self._text)
        self.add(self._count)
        self.add(None)
        if end is not None:
            self.add(end)
        self.show_count(count)

    def say(self, text: str) -> None:
        """Change the title."""
        self._text.say(text)

    def show_count(self, count: int | None) -> None:
        self.say_count("" if count is None else str(count))

    def say_count(self, text: str) -> None:
        """A count in words: « 1 sur 6 »."""
        self._count.say(text)
        self._count.setVisible(bool(text))


class EmptyState(Card):
    """What a list says when it holds nothing: a sentence, and what to do about it."""

    def __init__(self, text: str, icon: str = "info", action: QWidget | None = None) -> None:
        super().__init__(sort="panel", gap=12, padding=24)
        self._text = Words(text, Type.TEXT, "muted")
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)
        self.add(row(None, Icon(icon, "muted", 22), None))
        self.add(self._text)
        if action is not None:
            self.add(row(None, action, None))

    def say(self, text: str) -> None:
        self.setAccessibleName(text)
        self._text.say(text)


def scrolling(inside: QWidget) -> QScrollArea:
    """An area that scrolls up and down when what it holds is too tall; Tab passes through it."""
    inside.setProperty("page", "true")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def rule() -> QFrame:
    """A thin horizontal line."""
    line = QFrame()
    line.setProperty("rule", "true")
    return line


def upright_rule() -> QFrame:
    """A thin vertical line."""
    line = QFrame()
    line.setProperty("upright", "true")
    return line
