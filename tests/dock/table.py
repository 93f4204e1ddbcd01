"""The dock's window with everything behind it, and a finger on its keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.day.visits import PENSION, choose
from tests.day.world import PACE
from tests.dock.hands import Hands, Tell
from tests.dock.keys import MoveKey
from tests.dock.scale import DeskTheme
from tests.dock.seen import Seen
from tests.dock.window import DockWindow

HIDDEN = {"QT_QPA_PLATFORM": "offscreen"}


class Table:
    """The window with everything behind it, and a finger on its keys."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.window = DockWindow(DeskTheme(scale=0.5), self._make)

    def _make(self, tell: Tell) -> Hands:
        self.hands = Hands(self._folder, tell, pace=PACE, environment=HIDDEN)
        return self.hands

    def key(self, name: str) -> MoveKey:
        key = self.window.findChild(MoveKey, name)
        assert isinstance(key, MoveKey), name
        return key

    def press(self, bot: QtBot, name: str, true: Callable[[Seen], bool], words: str = "") -> None:
        """Press a key that says ``words`` and wait until the dock shows what must come of it."""
        bot.waitUntil(self.key(name).isEnabled, timeout=20_000)
        assert self.key(name).isVisible(), f"{name} is not to be seen"
        assert words in self.key(name).title
        with bot.waitSignal(self.window.looked, timeout=20_000, check_params_cb=true):
            QTest.mouseClick(self.key(name), Qt.MouseButton.LeftButton)

    def turn(self, face: str) -> None:
        """Turn a panel to another of its faces."""
        tab = self.window.findChild(QAbstractButton, f"face:{face}")
        assert isinstance(tab, QAbstractButton)
        QTest.mouseClick(tab, Qt.MouseButton.LeftButton)

    def see(self, *words: str) -> None:
        self.hands.place.kiosk.see(*words, seconds=20)

    def leave(self) -> None:
        """End the visit on the kiosk."""
        self.hands.place.kiosk.press("nav:leave")
        self.hands.place.attract(20)

    def ticket(self) -> None:
        """To the key that prints, for a person without a card."""
        kiosk = self.hands.place.kiosk
        kiosk.press("choice:no-card")
        kiosk.press("choice:none")
        choose(self.hands.place, PENSION)
        kiosk.press("primary")


def nobody(tell: Tell) -> Hands:
    """For a window that is only looked at."""
    raise AssertionError("not opened")
