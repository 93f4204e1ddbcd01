"""A slip printer: takes dots, gives paper, and says what really came out.

What each failure leaves behind:

* ``NotStarted``: no dot was sent; the slip may be tried again.
* ``Uncertain``: some of it may be on paper. It is never sent again by itself.
* nothing raised: the printer itself said that the slip is out (process ID or
  ``GS r`` fence, then a clean status). Bytes sent are not a slip printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar


class Bitmap(Protocol):
    """A slip as dots: row-major, most significant bit left, 1 = black, rows padded to bytes."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def dots(self) -> bytes: ...


class Paper(StrEnum):
    OK = "ok"
    LOW = "low"
    OUT = "out"


class Fault(StrEnum):
    """Why nothing can be printed now; the value is the failure code."""

    UNPLUGGED = "P101"
    PAPER_OUT = "P102"
    COVER_OPEN = "P103"
    CUTTER = "P104"
    HEAD_HOT = "P105"
    BROKEN = "P106"  # an error that only a technician ends
    OFFLINE = "P107"  # answers, but will not print, and does not say why
    SILENT = "P108"  # connected, but no answer to a status request


@dataclass(frozen=True, slots=True)
class Status:
    """What the sensors say; ``fault`` is None when a slip can be printed now."""

    paper: Paper
    fault: Fault | None = None

    @property
    def ready(self) -> bool:
        return self.fault is None


AnyFault = TypeVar("AnyFault", bound=StrEnum)


class PrinterError(Exception, Generic[AnyFault]):
    """``fault`` says what stopped it: a ``Fault`` of the printer that it is about."""

    def __init__(self, fault: AnyFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class NotStarted(PrinterError[AnyFault]):
    """Nothing is on paper; it may be tried again."""


class Uncertain(PrinterError[AnyFault]):
    """Part of the paper, or all of it, may be out."""


class Printer(Protocol):
    def status(self) -> Status:
        """Read the sensors, within 3 s. A dead cable is a status too (``UNPLUGGED``, ``SILENT``)."""

    def print(self, slip: Bitmap) -> None:
        """Print one slip, cut it, and return when the printer says it is out.

        Raises ``NotStarted`` before the first dot and ``Uncertain`` at any
        later moment, at the latest after the profile's deadline.
        """
