"""A scanner of QR codes: looks only while it is asked to, gives bytes, trusts nothing.

What it reads is hostile bytes: at most ``LIMIT`` of them, handed on as they
are. A scanner that is lost says so and comes back by itself.

Two drivers: ``camera.CameraScanner`` looks through any camera, stream or file
in a process of its own, which alone sees frames; ``serial.SerialScanner``
listens to a scanner that decodes by itself. A camera tells of two codes at
once, since it cannot know which is meant; a serial scanner never sees both.

What each failure leaves behind:

* ``ScannerLost``: the look goes on when ``ScannerReady`` comes, without another ``look``.
* ``ScanRefused``: the look goes on, and nothing of the code was kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

LIMIT = 1500
"""Bytes in the longest code that is read at all; a longer one is refused unread."""


class Fault(StrEnum):
    """The value is the failure code."""

    SCANNER_GONE = "S101"
    CODE_TOO_LONG = "S102"
    TWO_CODES = "S103"


@dataclass(frozen=True, slots=True)
class ScannerReady:
    scanner: str


@dataclass(frozen=True, slots=True)
class ScannerLost:
    scanner: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Scanned:
    """One code, seen once. The same code is told again only after it has left the view.

    The view of a serial scanner is time: a code has left when it was not sent for 1.5 s.
    """

    scanner: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ScanRefused:
    scanner: str
    fault: Fault


ScannerEvent = ScannerReady | ScannerLost | Scanned | ScanRefused
Tell = Callable[[ScannerEvent], None]


class Scanner(Protocol):
    def start(self, tell: Tell) -> None:
        """Begin to watch the device itself; returns at once, looks at nothing yet."""

    def look(self) -> None:
        """Open the eye: codes are told from now on."""

    def rest(self) -> None:
        """Close the eye; what was seen is forgotten."""

    def stop(self) -> None:
        """End all workers within 3 s; no event comes after it returns."""

    def silent(self) -> float:
        """Seconds since its thread gave a sign of life; infinite where that has ended. From any thread.

        Whatever hangs, the thread gives one at least every 30 s.
        """
