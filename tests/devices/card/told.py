"""What a reader told, in order, with a patience."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from devices.reader import ReaderEvent

E = TypeVar("E")

PATIENCE = 15.0
"""Seconds; only a failing test ever waits that long."""


class Told:
    """Give its ``add`` to a reader as ``tell``; ask with ``next`` for one event after the other."""

    def __init__(self) -> None:
        self.all: list[ReaderEvent] = []
        self.times: list[float] = []
        """When each of them came, on the monotonic clock."""
        self._asked = 0
        self._news = threading.Condition()

    def add(self, event: ReaderEvent) -> None:
        with self._news:
            self.all.append(event)
            self.times.append(time.monotonic())
            self._news.notify_all()

    def next(self, kind: type[E], within: float = PATIENCE) -> E:
        """The next event, which must be of this kind."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.all) > self._asked, within), f"no {kind.__name__} came"
            event = self.all[self._asked]
            self._asked += 1
        assert isinstance(event, kind), f"{event} instead of {kind.__name__}"
        return event

    def came(self) -> float:
        """When the event came that was asked for last."""
        return self.times[self._asked - 1]

    def forget(self) -> None:
        """Keep nothing of what was asked for."""
        with self._news:
            del self.all[: self._asked], self.times[: self._asked]
            self._asked = 0

    def nothing_for(self, seconds: float) -> None:
        """Nothing is told for so long."""
        with self._news:
            came = self._news.wait_for(lambda: len(self.all) > self._asked, seconds)
            assert not came, f"{self.all[self._asked]} came"


def soon(true: Callable[[], bool], within: float = PATIENCE) -> None:
    """Return as soon as it is true, of something that tells nobody; fail when it does not come true."""
    ends = time.monotonic() + within
    while not true():
        assert time.monotonic() < ends, "it did not come true"
        time.sleep(0.01)
