"""How long a page waits for its answer, and when it asks whether anybody is still there."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

from screens.pages import Page
from screens.window import KioskWindow

WARNING: Final = 20.0
"""Seconds before the end of a page at which the citizen is asked whether they are still there."""


class PageClock:
    """Counts down in the window: the citizen's seconds, each of which lasts ``pace``; in elder mode there are twice
    as many."""

    def __init__(self, window: KioskWindow, pace: float, monotonic: Callable[[], float]) -> None:
        self._window = window
        self._pace = pace
        self._now = monotonic
        self._until = 0.0
        self._warning = False

    def start(self, page: Page[Any]) -> None:
        """The whole time of ``page``, from now."""
        self._until = self._now() + self._seconds(page) * self._pace
        if self._warning:
            self.calm()
        self.tick(page)

    def tick(self, page: Page[Any]) -> float:
        """Show how many seconds of ``page`` are left, and return them: none or less when it is over."""
        left = (self._until - self._now()) / self._pace
        self._window.count_down(max(0, math.ceil(left)), math.ceil(self._seconds(page)))
        return left

    def warn(self, left: float) -> bool:
        """Ask whether anybody is there, when it is time to; True where that begins now."""
        if left > WARNING:
            return False
        begins, self._warning = not self._warning, True
        self._window.warn(math.ceil(left))
        return begins

    def calm(self) -> None:
        """Nobody is asked any more."""
        self._window.calm()
        self._warning = False

    def _seconds(self, page: Page[Any]) -> float:
        return page.seconds * (2 if self._window.look().elder else 1)
