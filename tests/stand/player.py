"""A quick hand: plays visits inside the kiosk's process, as fast as the pages come."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from screens.window import KioskWindow

_OVER: Final = ("Attract", "TakeCard")
"""Pages at which a visit has ended, whatever was still to be pressed."""

_STAY: Final = "stay"
_EVERY: Final = 0.05
"""Seconds between two touches of somebody who stays."""

_BESIDE: Final = QPoint(2, 2)
"""On the glass, and on no key."""


class Player:
    """Plays a script ``visits`` times over, a move at each ``beat``.

    A line of the script is ``Review/primary``, the key to press when that page is there, or ``Attract/``,
    a page to wait for; ``TakeTicket|Notice/`` waits for any of them. ``ScanCode/stay`` touches the glass beside every
    key for as long as that page is there. ``press`` presses a key and says whether it was there to be pressed.
    """

    def __init__(
        self,
        window: KioskWindow,
        press: Callable[[str], bool],
        done: Callable[[dict[str, Any]], None],
        script: list[str],
        visits: int,
    ) -> None:
        """``done`` hears how many visits came to the end of the script and how many did not, with page and words at
        which the last one ended."""
        self._window, self._press, self._done = window, press, done
        self._script, self._left = script, visits
        self._at = self._whole = self._lost = 0
        self._touched = 0.0

    def beat(self) -> bool:
        """Make the next move if it can be made; True at the end of the last visit, which ``done`` hears of."""
        pages, _, key = self._script[self._at].partition("/")
        shown = type(self._window.page()).__name__
        there = shown in pages.split("|")
        if self._moved(there, key):
            self._at += 1
            if self._at == len(self._script):
                self._whole += 1
                return self._next(shown)
        elif self._at and not there and shown in _OVER:
            self._lost += 1
            return self._next(shown)
        return False

    def _moved(self, there: bool, key: str) -> bool:
        """Whether this line of the script is done with."""
        if key != _STAY:
            return there and (not key or self._press(key))
        was_there = self._touched > 0
        if there and time.monotonic() - self._touched >= _EVERY:
            self._touched = time.monotonic()
            QTest.mouseClick(self._window, Qt.MouseButton.LeftButton, pos=_BESIDE)
        elif not there and was_there:
            self._touched = 0.0
            return True
        return False

    def _next(self, shown: str) -> bool:
        self._at = 0
        self._left -= 1
        if not self._left:
            words = self._window.words_shown()
            self._done({"whole": self._whole, "lost": self._lost, "page": shown, "words": words})
        return not self._left
