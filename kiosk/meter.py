"""A printer that counts its paper, so that a technician is told how much of a roll or a tray is left."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from devices.printer import Bitmap, NotStarted, Printer, Status
from devices.sheets import SheetPrinter
from devices.sheets import Status as SheetStatus
from offline_cache.store import StoreError

DOTS_PER_MM = 8
"""Of every thermal head that there are profiles for."""

CUT_MM = 12
"""Between the head and the knife: what each slip takes beside its own length."""

Used = Callable[[str, int], None]
"""Puts on record that a device used so many millimetres, or sheets. Raises ``StoreError``."""


class MeteredPrinter:
    """A ``Printer``; what may have come out counts as used."""

    def __init__(self, printer: Printer, used: Used) -> None:
        self._printer, self._used = printer, used

    def status(self) -> Status:
        return self._printer.status()

    def print(self, slip: Bitmap) -> None:
        try:
            self._printer.print(slip)
        except NotStarted:
            raise
        except Exception:
            self._count(slip)
            raise
        self._count(slip)

    def _count(self, slip: Bitmap) -> None:
        with suppress(StoreError):
            self._used("printer", slip.height // DOTS_PER_MM + CUT_MM)


class MeteredSheets:
    """A ``SheetPrinter`` that counts."""

    def __init__(self, sheets: SheetPrinter, used: Used) -> None:
        self._sheets, self._used = sheets, used

    def status(self) -> SheetStatus:
        return self._sheets.status()

    def print(self, pdf: bytes, name: str) -> None:
        try:
            self._sheets.print(pdf, name)
        except (NotStarted, ValueError):
            raise
        except Exception:
            self._count()
            raise
        self._count()

    def close(self) -> None:
        self._sheets.close()

    def clear(self) -> bool:
        return self._sheets.clear()

    def _count(self) -> None:
        with suppress(StoreError):
            self._used("sheets", 1)
