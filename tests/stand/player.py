"""A quick hand: plays visits inside the kiosk's process, as fast as the pages come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from screens.window import KioskWindow

_OVER: Final = ("Attract", "TakeCard")
"""Pages at which a visit has ended, whatever was still to be pressed."""


class Player:
    """Plays a script ``visits`` times over, a move at each ``beat``.

    A line of the script is ``Review/primary``, the key to press when that page is there, or ``Attract/``,
    a page to wait for. ``press`` presses a key and says whether it was there to be pressed.
    """

    def __init__(
        self,
        window: KioskWindow,
        press: Callable[[str], bool],
        done: Callable[[dict[str, int]], None],
        script: list[str],
        visits: int,
    ) -> None:
        self._window, self._press, self._done = window, press, done
        self._script, self._left = script, visits
        self._at = self._whole = self._lost = 0

    def beat(self) -> bool:
        """Make the next move if it can be made; True at the end of the last visit, which ``done`` hears of."""
        page, _, key = self._script[self._at].partition("/")
        shown = type(self._window.page()).__name__
        if shown == page and (not key or self._press(key)):
            self._at += 1
            if self._at == len(self._script):
                self._whole += 1
                return self._next()
        elif self._at and shown != page and shown in _OVER:
            self._lost += 1
            return self._next()
        return False

    def _next(self) -> bool:
        self._at = 0
        self._left -= 1
        if not self._left:
            self._done({"whole": self._whole, "lost": self._lost})
        return not self._left
