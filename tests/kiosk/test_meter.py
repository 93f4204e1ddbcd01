"""Paper is counted as it goes: what may have come out counts, what surely did not does not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from devices import sheets
from devices.printer import Fault, NotStarted, Paper, Uncertain
from devices.printer.cables import NetworkCable
from devices.printer.escpos import EscPosPrinter
from devices.printer.profiles import WIDE
from kiosk.meter import CUT_MM, DOTS_PER_MM, MeteredPrinter, MeteredSheets
from offline_cache.faults import Fault as StoreFault
from offline_cache.store import StoreError
from offline_cache.upkeep import Supplies
from screens.paper import Bitmap
from tests.kiosk.authority import Sheets
from tests.kiosk.office import Office

SLIP = Bitmap(576, 800, bytes(72) * 800)
EACH = 800 // DOTS_PER_MM + CUT_MM


@pytest.fixture
def supplies(office: Office) -> Supplies:
    made = Supplies(office.store, office.clock)
    made.filled("printer", 80_000)
    made.filled("sheets", 250)
    return made


@pytest.fixture
def printer(office: Office, supplies: Supplies) -> MeteredPrinter:
    real = EscPosPrinter(NetworkCable("127.0.0.1", office.paper.port), replace(WIDE, refill_s=0.5), in_doubt=False)
    return MeteredPrinter(real, supplies.used)


def used(supplies: Supplies, device: str) -> int:
    supply = supplies.of(device)
    assert supply is not None
    return supply.used


def test_each_slip_takes_its_length_and_what_lies_before_the_knife(printer: MeteredPrinter, supplies: Supplies) -> None:
    printer.print(SLIP)
    printer.print(SLIP)
    assert used(supplies, "printer") == 2 * EACH
    assert printer.status().paper is Paper.OK


def test_a_slip_of_which_nobody_knows_counts_as_used(
    office: Office, printer: MeteredPrinter, supplies: Supplies
) -> None:
    office.paper.tear_paper_at(row=400)
    with pytest.raises(Uncertain):
        printer.print(SLIP)
    assert used(supplies, "printer") == EACH


def test_a_slip_that_was_not_begun_takes_nothing(office: Office, printer: MeteredPrinter, supplies: Supplies) -> None:
    office.paper.open_cover()
    with pytest.raises(NotStarted):
        printer.print(SLIP)
    assert used(supplies, "printer") == 0
    assert printer.status().fault is Fault.COVER_OPEN


def test_each_sheet_counts_unless_it_was_surely_not_begun(supplies: Supplies) -> None:
    real = Sheets()
    counted = MeteredSheets(real, supplies.used)
    prints = partial(counted.print, b"%PDF-1.7", "test-0001")
    prints()
    real.fails = Uncertain(sheets.Fault.JAM)
    with pytest.raises(Uncertain):
        prints()
    assert used(supplies, "sheets") == 2
    for failed in (NotStarted(sheets.Fault.PAPER_OUT), ValueError("no such page")):
        real.fails = failed
        with pytest.raises(type(failed)):
            prints()
    assert used(supplies, "sheets") == 2
    assert counted.status() == real.status()
    assert counted.clear()
    counted.close()


def test_a_store_that_can_not_count_costs_the_count_and_never_the_paper(office: Office) -> None:
    def refuses(_device: str, _amount: int) -> None:
        raise StoreError(StoreFault.STORE_FULL, "no room")

    MeteredPrinter(office.printer, refuses).print(SLIP)
    assert [piece.torn for piece in office.paper.papers()] == [False]
    real = Sheets()
    MeteredSheets(real, refuses).print(b"%PDF-1.7", "test-0001")
    assert len(real.papers) == 1
