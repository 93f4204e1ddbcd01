"""The cable before a sheet printer's port, and when CUPS's first byte came over it."""

from __future__ import annotations

import time
from threading import Lock

from tests.stand.cable import Cable

_CUPS = b"User-Agent: CUPS"
_PDF = b"%PDF-"


class Tap:
    """Whoever prints to ``port`` prints to the printer at ``printer``.

    The kiosk asks the printer how it is all the time; what counts here is what CUPS says, who alone brings sheets.
    """

    def __init__(self, printer: int) -> None:
        self._lock = Lock()
        self._first = self._page = 0.0
        self._cable = Cable(printer, hears=self._hear)
        self.port = self._cable.port

    def close(self) -> None:
        self._cable.stop()

    def forget(self) -> None:
        with self._lock:
            self._first = self._page = 0.0

    def heard(self) -> tuple[float, float] | None:
        """Monotonic times of the first byte from CUPS and of the first of the document, since ``forget``."""
        with self._lock:
            return (self._first, self._page) if self._first and self._page else None

    def _hear(self, data: bytes) -> None:
        now = time.monotonic()
        with self._lock:
            if _CUPS in data:
                self._first = self._first or now
            if _PDF in data:
                self._page = self._page or now
