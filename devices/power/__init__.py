"""The uninterruptible power supply: tells whether the mains are there, and when its battery comes to its end.

It is asked every two seconds, on a thread of its own, and speaks by itself; what goes wrong is an event too, and it
comes back by itself.

What each failure leaves behind:

* ``ON_BATTERY``: the kiosk goes on; the mains may come back.
* ``LOW``: there is time to finish a paper and to close, and no more.
* ``SILENT``: nobody knows; the kiosk goes on as if the mains were there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Fault(StrEnum):
    """The value is the failure code."""

    ON_BATTERY = "U101"
    LOW = "U102"
    SILENT = "U103"


@dataclass(frozen=True, slots=True)
class PowerTold:
    """How it stands now; ``fault`` is None with the mains there."""

    power: str
    fault: Fault | None


PowerEvent = PowerTold
Tell = Callable[[PowerTold], None]


class Power(Protocol):
    def start(self, tell: Tell) -> None:
        """Begin to ask; returns at once. ``tell`` is called from another thread, for each change."""

    def stop(self) -> None:
        """End within 3 s; nothing is told after it returns."""

    def silent(self) -> float:
        """Seconds without a sign of life beyond what was announced; infinite where the thread has ended by itself."""
