"""What keeps a kiosk well that nobody looks after: its pulse, its size, and the new start between two visits.

A planned end is one only where a supervisor starts the kiosk again. It waits until nobody is there: no visit, and no
card that is being read or was left behind.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from kiosk import last_end
from kiosk.faults import Fault
from kiosk.freshness import Freshness, Parts
from kiosk.growth import Size, measured
from kiosk.lanes import Lane
from kiosk.nightly import Nightly
from kiosk.pulse import Pulse, Supervisor
from kiosk.settings import Upkeep as Chosen

ROUND_S: Final = 1.0
"""Seconds between two looks at the clock, and at whether anybody is there."""


class Upkeep(QObject):
    _measured = Signal(object)

    def __init__(
        self,
        chosen: Chosen,
        folder: Path,
        kiosk: str,
        window: QWidget,
        parts: Parts,
        lane: Lane,
        is_idle: Callable[[], bool],
        is_flushed: Callable[[], bool],
        now: Callable[[], datetime],
        journal: Callable[..., None],
        end: Callable[[], None],
    ) -> None:
        """``folder`` is the kiosk's data; on ``lane`` the kernel is asked; ``end`` ends the kiosk, for a new start."""
        super().__init__()
        self._chosen, self._folder, self._lane = chosen, folder, lane
        self._is_idle, self._is_flushed = is_idle, is_flushed
        self._now, self._journal, self._end = now, journal, end
        self._freshness = Freshness(parts, is_busy=lambda: not is_idle())
        self._supervisor = Supervisor(os.environ)
        self._pulse = Pulse(self._supervisor, window, self._stale)
        self._nightly = Nightly((chosen.restart_from, chosen.restart_until), kiosk, now())
        self._limit = Size(chosen.memory_mib, chosen.descriptors, chosen.threads, chosen.children)
        self._began = self._looked = time.monotonic()
        self._why: dict[str, int | bool | str] = {}
        self._measured.connect(self._on_measured)
        self._round = QTimer(self, interval=round(ROUND_S * 1000))
        self._round.timeout.connect(self._on_round)

    def begin(self) -> None:
        """Tell how the last run ended, and begin the rounds."""
        if ended := last_end.taken(self._folder):
            told = {"fault": ended.fault.value if ended.fault else "", "part": ended.part}
            self._journal("kiosk.ended", why=ended.why, **{name: value for name, value in told.items() if value})
        if self._supervisor.is_there:
            self._round.start()

    def end(self) -> None:
        self._round.stop()
        self._pulse.end()

    def _stale(self) -> str:
        part = self._freshness.stale()
        if part:
            last_end.leave_words(self._folder, part)
        return part

    def _on_round(self) -> None:
        idle = self._is_idle()
        self._pulse.say("waits for the next visitor" if idle else "a visitor is here")
        if not self._why and self._nightly.due(self._now(), self._is_flushed()):
            self._why = {"why": "nightly"}
        if idle and self._why:
            self._round.stop()
            self._journal("kiosk.restarting", **self._why)
            self._end()
        elif idle and time.monotonic() - self._looked >= self._chosen.look:
            self._looked = time.monotonic()
            self._lane.submit(measured, self._tell)

    def _tell(self, size: Size | None, error: BaseException | None) -> None:
        """On the lane's thread. A kernel that tells nothing is no reason for a new start."""
        if size is not None:
            self._measured.emit(size)

    def _on_measured(self, size: Size) -> None:
        too_much = size.beyond(self._limit)
        if too_much and time.monotonic() - self._began >= self._chosen.settled:
            self._why = {"why": "grew", "fault": Fault.GREW.value, "of": too_much[0], "is": getattr(size, too_much[0])}
