"""A thread for each device: slow things happen there, in order, one at a time.

A call that misses its deadline costs its thread and nothing else: the lane
gets a new thread, and what the old one still brings is thrown away.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from queue import SimpleQueue
from typing import Any


@dataclass
class Errand:
    """One call on its way; ``done`` is told exactly once, result or error, unless abandoned first."""

    call: Callable[[], Any]
    done: Callable[[Any, BaseException | None], None]
    _open: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        try:
            result, error = self.call(), None
        except Exception as raised:  # noqa: BLE001 - whatever a device call raises belongs to the flow
            result, error = None, raised
        if self.abandon():
            self.done(result, error)

    def abandon(self) -> bool:
        """Take the right to tell the outcome; False where it was taken already."""
        return self._open.acquire(blocking=False)


@dataclass
class _Hand:
    """``busy_since``: the monotonic time at which the errand under way was begun, None between two."""

    busy_since: float | None = None


class Lane:
    """The thread of one device."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._begin()

    def _begin(self) -> None:
        self._errands: SimpleQueue[Errand | None] = SimpleQueue()
        self._hand = _Hand()
        self._thread = threading.Thread(
            target=_work, args=(self._errands, self._hand), name=f"lane-{self.name}", daemon=True
        )
        self._thread.start()

    def submit(self, call: Callable[[], Any], done: Callable[[Any, BaseException | None], None]) -> Errand:
        """Queue ``call``; ``done`` hears the outcome on the lane's thread."""
        errand = Errand(call, done)
        self._errands.put(errand)
        return errand

    def silent(self) -> float:
        """Seconds that the errand under way takes so far; infinite where the thread has ended by itself."""
        since = self._hand.busy_since
        if not self._thread.is_alive():
            return inf
        return 0.0 if since is None else time.monotonic() - since

    def replace(self) -> None:
        """Leave a thread that hangs to itself and go on with a new one."""
        self._errands.put(None)
        self._begin()

    def stop(self, seconds: float = 3.0) -> bool:
        """End after what is queued; False where the thread still hangs."""
        self._errands.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()


def _work(errands: SimpleQueue[Errand | None], hand: _Hand) -> None:
    while (errand := errands.get()) is not None:
        hand.busy_since = time.monotonic()
        errand.run()
        hand.busy_since = None
        del errand  # what it held of a citizen does not wait for the next one
