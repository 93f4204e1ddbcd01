"""How long ago the thread of a device was heard of, for whoever must know whether it still runs."""

from __future__ import annotations

import time
from math import inf
from threading import Thread


class SignOfLife:
    """A thread gives signs, and each of its waits has a deadline: one that is silent for long hangs."""

    def __init__(self) -> None:
        self._given = time.monotonic()

    def give(self) -> None:
        self._given = time.monotonic()

    def silent(self, thread: Thread | None) -> float:
        """Seconds since the last sign; infinite where ``thread`` has ended, 0 where there is none yet."""
        if thread is None:
            return 0.0
        return time.monotonic() - self._given if thread.is_alive() else inf
