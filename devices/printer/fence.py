"""Marks between the bands of a slip, and hearing that the printer has passed them.

A mark is answered in its turn, so its answer says that everything before it
was done. Marks must be passed one by one: a printer that passes the second
before the first has lost the first, as after a power cut.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Iterator
from typing import Final, Protocol

from devices.printer import Paper
from devices.printer.status import ProcessId, Queued, Reply

_SYMBOLS: Final = 95  # 0x20 to 0x7E
_NAMES: Final = _SYMBOLS**4


class OutOfStep(Exception):
    """The printer passed a mark that was not the next one, or says that it had no paper there."""


class Fence(Protocol):
    @property
    def waiting(self) -> int:
        """Marks set and not yet passed."""

    def mark(self) -> bytes:
        """The command that sets the next mark."""

    def hear(self, reply: Reply) -> bool:
        """True when ``reply`` says that the next mark was passed. Raises ``OutOfStep``."""


def names() -> Iterator[bytes]:
    """Process IDs, each new for 81 million marks: an answer to an older slip is never one to this.

    It starts anywhere, so that this holds over a restart of the kiosk too.
    """
    at = secrets.randbelow(_NAMES)
    while True:
        yield bytes(0x20 + at // _SYMBOLS**place % _SYMBOLS for place in (3, 2, 1, 0))
        at = (at + 1) % _NAMES


class ProcessIdFence:
    """GS ( H function 48: answered when the dots before it are on paper."""

    def __init__(self, fresh: Iterator[bytes]) -> None:
        self._fresh = fresh
        self._set: deque[bytes] = deque()

    @property
    def waiting(self) -> int:
        return len(self._set)

    def mark(self) -> bytes:
        self._set.append(next(self._fresh))
        return b"\x1d(H\x06\x00\x30\x30" + self._set[-1]

    def hear(self, reply: Reply) -> bool:
        if not isinstance(reply, ProcessId) or reply.name not in self._set:
            return False
        if reply.name != self._set.popleft():
            raise OutOfStep
        return True


class QueuedStatusFence:
    """GS r 1: answered when its turn came; for printers without process ID.

    The answer has no name. One that nobody waits for is out of step.
    """

    def __init__(self) -> None:
        self.waiting = 0

    def mark(self) -> bytes:
        self.waiting += 1
        return b"\x1dr\x01"

    def hear(self, reply: Reply) -> bool:
        if not isinstance(reply, Queued):
            return False
        if not self.waiting or reply.paper is Paper.OUT:
            raise OutOfStep
        self.waiting -= 1
        return True
