"""The dock's window with everything behind it, and a finger on its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
        with self.shows(bot, true):
            QTest.mouseClick(self.key(name), Qt.MouseButton.LeftButton)

    @contextmanager
    def shows(self, bot: QtBot, true: Callable[[Seen], bool], seconds: float = 20.0) -> Iterator[None]:
        """Wait until the dock shows what must come of what is done inside; what it tells of meanwhile says why not."""
        try:
            with bot.waitSignal(self.window.looked, timeout=round(seconds * 1000), check_params_cb=true):
                yield
        except bot.TimeoutError:
            raise AssertionError(
                f"not within {seconds:.0f} s; the dock says: {list(self.window.log.lines)[-8:]}"
            ) from None

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
