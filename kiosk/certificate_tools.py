"""What the desk for certificates goes by from visit to visit: the papers, their printers, and the hall to ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from devices.holder import Holder
from devices.printer import Printer
from devices.sheets import SheetPrinter
from kiosk.faults import Fault
from kiosk.machine import Machine
from kiosk.papers import Papers
from kiosk.typeset import Typeset
from offline_cache.certificates import Certificates
from offline_cache.errands import Errands
from offline_cache.hall_client import HallClient
from offline_cache.store import StoreError

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class CertificateTools:
    """What outlives a visit; ``sheets`` is None on a machine without an A4 printer.

    ``machine`` is how it stands now. ``trouble`` hears of a store that fails, ``failed`` of a page that can't be made.
    """

    papers: Papers
    certificates: Certificates
    hall: Errands
    printer: Printer
    sheets: SheetPrinter | None
    typeset: Typeset
    now: Callable[[], datetime]
    wake: Callable[[], None]
    trouble: Callable[[str], None]
    person: Callable[[Holder], bytes | None]
    machine: Callable[[], Machine]
    failed: Callable[[BaseException, Fault], None]

    def ask(self, ask: Callable[[HallClient], Answer], seconds: float) -> Answer:
        """What the hall says. Raises ``SyncError``, and ``StoreError``: requests are counted in the store."""
        try:
            return self.hall.ask(ask, seconds)
        except StoreError as error:
            self.trouble(error.fault.value)
            raise
