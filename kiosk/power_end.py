"""What the end of the battery brings: nobody new, the paper in hand, a word on the screen, then the machine off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from kiosk.watch import Watch

LAST_WORD_S: Final = 10.0
"""Seconds for which the screen says why, when nobody is being served any more."""


class PowerEnd(QObject):
    """``end`` shuts the machine down. With the mains back in time all goes on as before."""

    def __init__(self, watch: Watch, is_idle: Callable[[], bool], end: Callable[[], None]) -> None:
        super().__init__()
        self._watch, self._is_idle, self._end = watch, is_idle, end
        self._round = QTimer(self, interval=1000)
        self._round.timeout.connect(self._look)
        self._left = LAST_WORD_S
        watch.changed.connect(self._on_change)

    def _on_change(self) -> None:
        if self._watch.machine.closing and not self._round.isActive():
            self._left = LAST_WORD_S
            self._round.start()
        elif not self._watch.machine.closing:
            self._round.stop()

    def _look(self) -> None:
        if self._is_idle():
            self._left -= 1
        if self._left <= 0:
            self._round.stop()
            self._end()
