"""A sheet printer: takes a PDF of one page, gives an A4 sheet, and says what really came out.

What each failure leaves behind:

* ``NotStarted``: no byte of the job has reached the printer, and none ever
  will: the sheet may be tried again.
* ``Uncertain``: some of it may have reached the printer. It is never sent
  again by itself.
* nothing raised: the printer itself said that the sheet is out. A spooler's
  word is not a sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from devices.printer import NotStarted, Paper, Uncertain

__all__ = ["LONGEST_PDF", "Fault", "NotStarted", "Paper", "SheetPrinter", "Status", "Uncertain"]

LONGEST_PDF: Final = 4_000_000
"""Bytes of the longest PDF that is taken."""


class Fault(StrEnum):
    """Why no sheet can be printed now; the value is the failure code."""

    UNPLUGGED = "A101"
    PAPER_OUT = "A102"
    COVER_OPEN = "A103"
    JAM = "A104"
    SPOOLER = "A105"  # CUPS is gone, hangs, or will not do what it is told
    REFUSED = "A106"  # the printer will not take the job, or gave it up, and does not say why
    SILENT = "A107"  # no sheet, and no reason, before the time was up
    TONER = "A108"
    TRAY_FULL = "A109"


@dataclass(frozen=True, slots=True)
class Status:
    """What the printer says of itself; ``fault`` is None when a sheet can be printed now."""

    paper: Paper
    fault: Fault | None = None

    @property
    def ready(self) -> bool:
        return self.fault is None


class SheetPrinter(Protocol):
    def status(self) -> Status:
        """Ask spooler and printer, within 3 s. Raises nothing: a dead cable is a status too."""

    def print(self, pdf: bytes, name: str) -> None:
        """Print one sheet; returns when the printer says that it is out.

        ``name`` is the job's own, used once and for no other job, and nobody's
        name: 8 to 64 letters, digits and hyphens. Raises ``NotStarted`` while
        no byte of the job has reached the printer, ``Uncertain`` at any later
        moment, ``ValueError`` for a name or a PDF that is not one.
        """

    def close(self) -> None:
        """At the end of the kiosk: nothing is printed any more."""

    def clear(self) -> bool:
        """Throw away every job, at the spooler and in the printer: nothing of before comes out any more.

        For the start of the kiosk, and after a stop. True when spooler and
        printer have confirmed it; otherwise nothing is printed until they do.
        Takes at most 6 s.
        """
