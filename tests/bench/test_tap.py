"""The tap before the sheet printer tells CUPS's bytes from the kiosk's own questions."""

from __future__ import annotations

import time

from devices.sheets.cups import CupsSheetPrinter
from devices.sheets.sim import SheetFeeder
from tests.bench.tap import Tap
from tests.stand.cupsd import Cupsd
from tests.stand.kiosk import until

PDF = b"%PDF-1.4\n%%EOF\n"


def test_what_the_kiosk_asks_is_no_sheet_and_a_sheets_first_byte_comes_before_its_document() -> None:
    with SheetFeeder() as feeder, Cupsd() as cups:
        tap = Tap(feeder.port)
        driver = CupsSheetPrinter(f"ipp://127.0.0.1:{tap.port}/ipp/print", socket=cups.socket)
        try:
            assert driver.status().ready
            assert tap.heard() is None
            asked = time.monotonic()
            driver.print(PDF, "SHEET-0001")
            first, page = until("the sheet's bytes", tap.heard)
            assert asked < first < page < time.monotonic()
            tap.forget()
            assert tap.heard() is None
        finally:
            driver.close()
            tap.close()
