"""The kiosk's window stands over the whole panel, and is there again when something took it away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from screens.gallery import put_away
from screens.hold import Hold
from screens.type_number import TypeNumberScreen
from screens.window import KioskWindow
from tests.screens.hands import answers_of, press

DISTURBANCES: Final[dict[str, Callable[[QWidget], object]]] = {
    "moved": lambda window: window.move(300, 200),
    "shrunk": lambda window: window.resize(480, 480),
    "hidden": lambda window: window.hide(),
    "minimised": lambda window: window.showMinimized(),
    "made a window": lambda window: window.showNormal(),
    "unmapped": lambda window: window.windowHandle().setVisible(False),
    "asked to close": lambda window: window.close(),
}


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[KioskWindow]:
    made = KioskWindow()
    made.show_page(TypeNumberScreen.SAMPLES["first"], card_inside=False)
    Hold(made)
    with qtbot.waitExposed(made):
        pass
    yield made
    for each in made.findChildren(Hold):
        each.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    put_away(made)


def _is_held(window: KioskWindow) -> bool:
    handle = window.windowHandle()
    return window.isVisible() and handle.isExposed() and window.geometry() == window.screen().geometry()


def test_it_covers_the_panel_and_shows_no_pointer(window: KioskWindow) -> None:
    assert _is_held(window)
    assert window.isFullScreen()
    assert window.cursor().shape() is Qt.CursorShape.BlankCursor


@pytest.mark.parametrize("disturb", DISTURBANCES.values(), ids=DISTURBANCES.keys())
def test_it_is_back_over_the_panel_with_all_that_was_typed(
    window: KioskWindow, disturb: Callable[[QWidget], object], qtbot: QtBot
) -> None:
    said = answers_of(window)
    press(window, *(f"digit:{each}" for each in "99010119800101"))
    disturb(window)
    qtbot.waitUntil(lambda: _is_held(window), timeout=3_000)
    press(window, *(f"digit:{each}" for each in "002X"), "primary")
    assert said == ["99010119800101002X"]
