"""Return does what a hand expects of it: it presses the button that has the focus, and goes on from a field."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from spie_desk.ui.widgets.buttons import Button, FilterPill
from tests.ui.drivers import press, types, wait_until
from tests.ui.fronts import FrontDriver, front  # noqa: F401 — a fixture


def test_return_and_space_press_the_button_that_has_the_focus(qtbot: QtBot) -> None:
    done: list[str] = []
    plain, pill = Button("Continuer", lambda: done.append("button")), FilterPill("À moi", lambda: done.append("pill"))
    for widget in (plain, pill):
        qtbot.addWidget(widget)
        widget.show()
        for key in ("Return", "Enter", "Space"):
            press(key, widget)
    assert done == ["button"] * 3 + ["pill"] * 3


def test_the_first_run_goes_on_with_return(front: FrontDriver) -> None:  # noqa: F811
    front.come().says("Que voulez-vous faire")
    press("Return")
    front.says("Qui êtes-vous")
    wait_until(lambda: front.find("Prénom").hasFocus(), "the first field")
    types("Claire")
    press("Return")
    front.says("Il manque\u00a0: Libellé")
