"""Unlocking: who works here, by the label each chose, and the passphrase, with the hints that save a call for help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import DeskError
from spie_desk.domain.vaults import DamagedStoreError, DamagedStoreNoCopyError, ProfileInUseError, WrongPassphraseError
from spie_desk.texts import _, n_, sentence
from spie_desk.ui.entry.panel import EntryPanel, Porch
from spie_desk.ui.entry.profile_cards import ProfileCards
from spie_desk.ui.entry.tidying import Tidying
from spie_desk.ui.tasks import LongWork
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Box, Card, Icon, Words, column, row
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.fields import SecretField

if TYPE_CHECKING:
    # names of types only: the first window comes up before the rest is loaded
    from spie_desk.services.cards import ProfileCard
    from spie_desk.services.doorway import Opened

DELAYS = (0, 0, 0, 2, 5, 10, 30)
"""Seconds before each further try, on this screen only: the key derivation is what protects the file."""


class KeyboardHint(Card):
    """Caps Lock, and which keyboard: what a wrong passphrase most often comes from."""

    def __init__(self) -> None:
        super().__init__(sort="warn", gap=10, padding=10, upright=False)
        self.add(Icon("arrow-big-up-dash", "warn", 22))
        self.add(
            column(
                Words(_("Verrouillage des majuscules activé"), Type.SECOND, "warn", weight=600),
                Words(keyboard_said(), Type.SECOND, "warn"),
                gap=0,
            ),
            1,
        )
        self.hide()


def keyboard_said() -> str:
    name = QGuiApplication.inputMethod().locale().nativeLanguageName()
    return _("Clavier\u00a0: {name}").format(name=name) if name else ""


class UnlockPanel(EntryPanel):
    """Profiles as cards, one chosen; the passphrase; the way to the kit."""

    def __init__(self, porch: Porch, cards: Sequence[ProfileCard], chosen: str = "") -> None:
        super().__init__(
            porch,
            _("Qui travaille sur ce poste\u00a0?"),
            _("Chaque personne a ses propres dossiers, fermés aux autres."),
        )
        self._tries, self._wait, self._typing = 0, 0, False
        self._gone = False
        self._under_way: LongWork | None = None
        self._cards = self.add(ProfileCards(cards, chosen))
        self._cards.chosen.connect(self._choose)
        self.add(row(Button(_("Ajouter une personne"), self._add, look_="link", icon="plus"), None))
        self._secret = SecretField()
        self._label = self.ask(self._secret, "")
        self._hint, self._wrong = self.add(KeyboardHint()), self.add(_Wrong(self))
        self._tidying = self.add(Tidying())
        self._open = self.add(Button(_("Déverrouiller"), self._try, look_="large", icon="lock-open"))
        self.add(_forgotten(self._forgot))
        self._secret.returnPressed.connect(self._try)
        self._secret.installEventFilter(self)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._count_down)
        self._choose(self._cards.current().id)

    def first_focus(self) -> QWidget | None:
        return self._secret

    def typed(self) -> str:
        return self._secret.text()

    def _choose(self, _profile: str) -> None:
        said = _("Phrase de passe de {label}").format(label=self._cards.current().label)
        self._label.say(said)
        self._secret.setAccessibleName(said)
        self._secret.clear()
        self._wrong.forget()

    def _try(self) -> None:
        if self._typing or self._wait or not self._secret.text():
            return
        profile, phrase = self._cards.current().id, self._secret.text()
        self._busy(on=True)
        door = self.porch.door
        self._under_way = self.porch.tasks.long(
            lambda progress, cancelled: door.unlock(profile, phrase, progress, cancelled), _("Ouverture"),
            self._entered, failed=self._no,
        )  # fmt: skip
        self._under_way.progressed.connect(self._tidying.tell)

    def leave(self) -> None:
        """Closing stops what the opening has to do first; if it is too late for that, the profile closes again."""
        self._gone = True
        if self._typing and self._under_way is not None:
            self._under_way.cancel()
        super().leave()

    def _entered(self, opened: Opened) -> None:
        if self._gone:
            opened.keeper.close()
            return
        self._typing = False
        self._secret.clear()
        self.porch.enter(opened)

    def _no(self, error: BaseException) -> None:
        if self._gone:
            return
        self._busy(on=False)
        self._tidying.hide()
        if isinstance(error, WrongPassphraseError):
            self._tries += 1
            self._wait = DELAYS[min(self._tries, len(DELAYS) - 1)]
            self._wrong.tell(sentence(error), kit=True)
            self._secret.selectAll()
            self._secret.setFocus()
            if self._wait:
                self._clock.start()
                self._say_wait()
        elif isinstance(error, DamagedStoreError | DamagedStoreNoCopyError):
            from spie_desk.ui.entry.damaged import DamagedPanel  # noqa: PLC0415 — seldom

            self.porch.show(DamagedPanel(self.porch, self._cards.current(), self._secret.text(), error))
        elif isinstance(error, ProfileInUseError):
            # who holds it was asked to show its window
            self._wrong.tell(sentence(error))
        elif isinstance(error, DeskError):
            self._wrong.tell(sentence(error), kit=True)
        else:
            self.porch.notices.tell_failure(error)

    def _busy(self, *, on: bool) -> None:
        self._typing = on
        self._open.setEnabled(not on)
        self._open.say(_("Ouverture…") if on else _("Déverrouiller"))
        self._secret.setReadOnly(on)
        self._cards.setEnabled(not on)

    def _count_down(self) -> None:
        self._wait -= 1
        if self._wait <= 0:
            self._wait = 0
            self._clock.stop()
        self._say_wait()

    def _say_wait(self) -> None:
        self._open.setEnabled(not self._wait)
        told = n_("Nouvel essai dans {n} seconde", "Nouvel essai dans {n} secondes", self._wait)
        self._open.say(told if self._wait else _("Déverrouiller"))

    def show_typed(self) -> None:
        self._secret.show_text()

    def _forgot(self) -> None:
        from spie_desk.ui.entry.recovery import RecoveryPanel  # noqa: PLC0415 — seldom

        self.porch.show(RecoveryPanel(self.porch, self._cards.current()))

    use_kit = _forgot

    def _add(self) -> None:
        from spie_desk.ui.entry.first_run import FirstRun  # noqa: PLC0415 — its forms are not for every start

        self.porch.show(FirstRun(self.porch, alone=False))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._hint.setVisible(_caps_lock(event))
        return False


def _caps_lock(event: QKeyEvent) -> bool:
    """Qt does not say whether Caps Lock is on: a letter typed without Shift that comes out upper case tells."""
    text = event.text()
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return len(text) == 1 and text.isalpha() and text.isupper() != shifted and text.upper() != text.lower()


class _Wrong(Card):
    """What went wrong, and two ways out."""

    def __init__(self, panel: UnlockPanel) -> None:
        super().__init__(sort="danger", gap=8, padding=12)
        self._words = Words("", Type.TEXT, "danger", weight=500)
        self._ways = row(
            Button(_("Afficher ce que je tape"), panel.show_typed, look_="small", icon="eye"),
            Button(_("Utiliser le kit de secours"), panel.use_kit, look_="small", icon="life-buoy"),
            None,
        )
        self.add(self._words)
        self.add(self._ways)
        self.hide()

    def tell(self, text: str, *, kit: bool = False) -> None:
        self._words.say(text)
        self._ways.setVisible(kit)
        self.show()

    def forget(self) -> None:
        self.hide()

    def said(self) -> str:
        return self._words.said() if not self.isHidden() else ""


def _forgotten(slot: Callable[[], object]) -> Card:
    card = Card(gap=12, padding=14, upright=False)
    card.add(Icon("life-buoy", "accent", 24))
    words = Box(upright=True, gap=0)
    words.add(Words(_("Phrase de passe oubliée\u00a0?"), Type.SECOND, weight=600))
    words.add(Words(_("Prenez le kit de secours du premier jour."), Type.SECOND, "muted"))
    card.add(words, 1)
    card.add(Button(_("Utiliser le kit"), slot, look_="small"))
    return card
