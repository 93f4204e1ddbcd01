"""Every fault at every moment of a slip: what the driver says, and what lies below the printer.

The promise under all of them: never "printed" when it is not known, and never
anything twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from devices.printer import Bitmap, Fault, NotStarted, Paper, Uncertain
from devices.printer.raster import on_paper
from devices.printer.sim import ThermalPrinter
from tests.devices.printer.slips import HASTY, driver, slip

Happens = Callable[[ThermalPrinter], None]

FAULTS: dict[str, tuple[Happens, Fault]] = {
    "paper out": (ThermalPrinter.paper_out, Fault.PAPER_OUT),
    "cover open": (ThermalPrinter.open_cover, Fault.COVER_OPEN),
    "head hot": (ThermalPrinter.overheat, Fault.HEAD_HOT),
    "broken": (ThermalPrinter.break_down, Fault.BROKEN),
    "offline without a reason": (ThermalPrinter.hold, Fault.OFFLINE),
    "reads nothing": (ThermalPrinter.go_offline, Fault.SILENT),
    "cable pulled": (ThermalPrinter.pull_cable, Fault.UNPLUGGED),
    "cable cut quietly": (lambda printer: printer.pull_cable(quietly=True), Fault.SILENT),
    "power cut": (ThermalPrinter.power_cut, Fault.UNPLUGGED),
    "answers nothing": (lambda printer: setattr(printer, "mute", True), Fault.SILENT),
}
MOMENTS: dict[str, Callable[[ThermalPrinter, Callable[[], None]], None]] = {
    "in the first band": lambda printer, happens: printer.at_row(10, happens),
    "in the middle": lambda printer, happens: printer.at_row(300, happens),
    "before the cut": ThermalPrinter.before_cut,
    "after the cut": ThermalPrinter.after_cut,
}
QUICK = replace(HASTY, away_s=0.5, stall_s=0.15, refill_s=0.15)


def mend(printer: ThermalPrinter) -> None:
    """A technician was there: whatever it was, it is over."""
    if printer.broken:
        printer.power_cut()
    printer.power_on()
    printer.mute = False
    printer.plug_in()
    for ends in (printer.refill, printer.close_cover, printer.cool_down, printer.free_cutter):
        ends()
    printer.release()
    printer.go_online()


def whole(printer: ThermalPrinter, sent: Bitmap) -> int:
    """Pieces that carry all of ``sent`` and nothing else."""
    dots = on_paper(sent).dots
    return sum(piece.dots.startswith(dots) and not any(piece.dots[len(dots) :]) for piece in printer.papers())


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_before_the_slip_leaves_nothing_on_paper(name: str) -> None:
    happens, fault = FAULTS[name]
    with ThermalPrinter() as printer:
        machine = driver(printer, QUICK)
        happens(printer)
        with pytest.raises(NotStarted) as caught:
            machine.print(slip())
        assert caught.value.fault is fault
        assert machine.status().fault is fault
        assert printer.papers() == []
        mend(printer)
        machine.print(slip())
        assert whole(printer, slip()) == 1
        assert len(printer.papers()) == 1


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_after_the_first_dot_is_uncertain_and_nothing_comes_out_twice(name: str, moment: str) -> None:
    happens, fault = FAULTS[name]
    with ThermalPrinter() as printer:
        machine = driver(printer, QUICK)
        MOMENTS[moment](printer, lambda: happens(printer))
        with pytest.raises(Uncertain) as caught:
            machine.print(slip())
        assert caught.value.fault is fault
        mend(printer)
        machine.print(slip(seed=2))
        assert printer.errors == []
        assert whole(printer, slip(seed=2)) == 1
        assert whole(printer, slip()) <= 1
        *older, last = printer.papers()
        assert whole(printer, slip(seed=2)) == 1
        assert last.dots.startswith(on_paper(slip(seed=2)).dots)
        rows = sum(piece.height for piece in older if not piece.blank)
        assert rows <= slip().height + 3 * HASTY.feed_rows


@pytest.mark.parametrize("moment", ["before", *MOMENTS])
def test_low_paper_is_told_and_prints_on(moment: str) -> None:
    with ThermalPrinter() as printer:
        machine = driver(printer)
        if moment == "before":
            printer.paper_low()
        else:
            MOMENTS[moment](printer, printer.paper_low)
        machine.print(slip())
        assert whole(printer, slip()) == 1
        status = machine.status()
        assert status.ready
        assert status.paper is Paper.LOW


@pytest.mark.parametrize("moment", ["before", "in the middle", "before the cut"])
def test_a_knife_that_sticks_is_uncertain_and_tries_again_for_the_next_slip(moment: str) -> None:
    with ThermalPrinter() as printer:
        machine = driver(printer, QUICK)
        if moment == "before":
            printer.jam_cutter()
        else:
            MOMENTS[moment](printer, printer.jam_cutter)
        with pytest.raises(Uncertain) as caught:
            machine.print(slip())
        assert caught.value.fault is Fault.CUTTER
        printer.free_cutter()
        assert machine.status().ready
        machine.print(slip(seed=2))
        assert whole(printer, slip(seed=2)) == 1


def test_a_knife_freed_while_the_kiosk_was_off_is_told_to_try_again() -> None:
    with ThermalPrinter() as printer:
        printer.jam_cutter()
        with pytest.raises(Uncertain):
            driver(printer, replace(QUICK, clears=False)).print(slip())
        assert driver(printer, QUICK).status().fault is Fault.CUTTER
        printer.free_cutter()
        assert driver(printer, QUICK).status().ready


def test_a_jammed_knife_is_told_until_it_is_free() -> None:
    with ThermalPrinter() as printer:
        machine = driver(printer, QUICK)
        printer.jam_cutter()
        with pytest.raises(Uncertain):
            machine.print(slip())
        with pytest.raises(NotStarted):
            machine.print(slip(seed=2))
        with pytest.raises(NotStarted) as caught:
            machine.print(slip(seed=2))
        assert caught.value.fault is Fault.CUTTER


@pytest.mark.parametrize("fault", ["paper", "cover", "heat"])
@pytest.mark.parametrize("buffer", [4_096, 65_536])
def test_what_ends_in_time_is_waited_for_and_the_printer_goes_on_by_itself(fault: str, buffer: int) -> None:
    begins, ends = {
        "paper": (ThermalPrinter.paper_out, ThermalPrinter.refill),
        "cover": (ThermalPrinter.open_cover, ThermalPrinter.close_cover),
        "heat": (ThermalPrinter.overheat, ThermalPrinter.cool_down),
    }[fault]
    with ThermalPrinter(buffer=buffer) as printer:
        machine = driver(printer, replace(HASTY, refill_s=10))
        printer.at_row(300, lambda: begins(printer))
        mender = threading.Thread(target=lambda: printer.until(lambda it: not it.ready) and ends(printer))
        mender.start()
        machine.print(slip())
        mender.join(5)
        rows = b"".join(piece.dots for piece in printer.papers())
        lost = 72 if fault == "cover" else 0
        assert len(rows) == len(slip().dots) - lost + 72 * HASTY.feed_rows
        assert fault == "cover" or rows.startswith(on_paper(slip()).dots)
        assert printer.connections == 1


def test_given_up_on_paper_nothing_old_comes_out_with_the_new_roll() -> None:
    with ThermalPrinter() as printer:
        printer.paper_out_at(300)
        with pytest.raises(Uncertain):
            driver(printer, QUICK).print(slip())
        half = printer.papers()
        printer.refill()
        assert printer.until(lambda it: it.idle)
        assert printer.papers() == half
        assert half[0].torn
        assert half[0].height == 300


def test_a_driver_that_starts_in_doubt_clears_and_cuts_off_what_hangs_in_the_mouth() -> None:
    with ThermalPrinter() as printer:
        printer.at_row(300, printer.pull_cable)
        with pytest.raises(Uncertain):
            driver(printer, QUICK).print(slip())
        printer.plug_in()
        driver(printer, HASTY, in_doubt=True).print(slip(seed=2))
        half, new = printer.papers()
        assert not half.blank
        assert new.dots.startswith(on_paper(slip(seed=2)).dots)


def test_paper_torn_in_the_middle_is_uncertain() -> None:
    with ThermalPrinter() as printer:
        printer.tear_paper_at(200)
        with pytest.raises(Uncertain) as caught:
            driver(printer, QUICK).print(slip())
        assert caught.value.fault is Fault.PAPER_OUT
        assert [piece.torn for piece in printer.papers()] == [True]
