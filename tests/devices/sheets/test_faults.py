"""What people, dust and power do to a sheet, and what is known of it afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from devices.sheets import Fault, NotStarted, Paper, Status, Uncertain
from devices.sheets.cups import CupsSheetPrinter
from devices.sheets.sim import SheetFeeder
from tests.devices.sheets.sheets import HASTY, Printing, name, pdf, soon
from tests.stand.cable import Cable, LastAnswer
from tests.stand.cupsd import Cupsd

STOPS = [
    (SheetFeeder.paper_out, SheetFeeder.refill, Fault.PAPER_OUT),
    (SheetFeeder.open_cover, SheetFeeder.close_cover, Fault.COVER_OPEN),
    (SheetFeeder.jam, SheetFeeder.clear_jam, Fault.JAM),
    (SheetFeeder.use_up_toner, SheetFeeder.change_toner, Fault.TONER),
]
Deed = Callable[[SheetFeeder], None]


@pytest.mark.parametrize(("stop", "mend", "fault"), STOPS, ids=[fault.name for _, _, fault in STOPS])
def test_what_stops_a_sheet_before_it_is_sent_is_named_and_nothing_is_sent(
    printer: CupsSheetPrinter, feeder: SheetFeeder, stop: Deed, mend: Deed, fault: Fault
) -> None:
    stop(feeder)
    assert printer.status().fault is fault
    with pytest.raises(NotStarted) as caught:
        printer.print(pdf(), name())
    assert caught.value.fault is fault
    mend(feeder)
    assert printer.status().ready
    assert feeder.begun == 0


@pytest.mark.parametrize(("stop", "mend", "fault"), STOPS, ids=[fault.name for _, _, fault in STOPS])
def test_a_sheet_that_was_stopped_goes_on_by_itself_and_is_printed(
    printer: CupsSheetPrinter, feeder: SheetFeeder, stop: Deed, mend: Deed, fault: Fault
) -> None:
    feeder.at(0.5, lambda: stop(feeder))
    job = Printing(printer)
    assert soon(lambda: printer.status().fault is fault)
    mend(feeder)
    assert job.end() is None
    assert [paper.read_bytes() for paper in feeder.papers()] == [job.page]


def test_paper_that_comes_too_late_finds_nothing_to_print(printer: CupsSheetPrinter, feeder: SheetFeeder) -> None:
    feeder.at(0.0, feeder.paper_out)
    with pytest.raises(Uncertain) as caught:
        printer.print(pdf(), name())
    assert caught.value.fault is Fault.PAPER_OUT
    assert printer.status() == Status(Paper.OUT, Fault.PAPER_OUT)
    feeder.refill()
    page = pdf()
    printer.print(page, name())
    assert [paper.read_bytes() for paper in feeder.papers()] == [page]


def test_a_sheet_that_comes_out_while_it_is_told_to_stop_is_uncertain(cups: Cupsd, feeder: SheetFeeder) -> None:
    feeder.sheet_s = HASTY.sheet + 1.5
    printer = CupsSheetPrinter(feeder.uri, socket=cups.socket, patience=HASTY)
    error = Printing(printer).end()
    assert len(feeder.papers()) == 1
    assert isinstance(error, Uncertain)  # the printer says that it was cancelled
    assert error.fault is Fault.SILENT
    printer.close()


def test_a_printer_that_gives_a_sheet_up_leaves_it_uncertain(printer: CupsSheetPrinter, feeder: SheetFeeder) -> None:
    feeder.at(0.5, feeder.break_down)
    with pytest.raises(Uncertain) as caught:
        printer.print(pdf(), name())
    assert caught.value.fault is Fault.REFUSED
    assert feeder.papers() == []


def test_an_unplugged_printer_gets_nothing_then_or_later(cups: Cupsd) -> None:
    with SheetFeeder(plugged=False) as feeder:
        printer = CupsSheetPrinter(feeder.uri, socket=cups.socket, patience=HASTY)
        assert printer.status().fault is Fault.UNPLUGGED
        with pytest.raises(NotStarted) as caught:
            printer.print(pdf(), name())
        assert caught.value.fault is Fault.UNPLUGGED
        assert cups.spooled() == []
        feeder.power_on()
        assert printer.status().ready
        page = pdf()
        printer.print(page, name())
        assert [paper.read_bytes() for paper in feeder.papers()] == [page]
        assert feeder.begun == 1
        printer.close()


def test_a_cable_pulled_after_the_question_and_before_the_first_byte_is_not_started(
    cups: Cupsd, feeder: SheetFeeder
) -> None:
    cable = LastAnswer(feeder.port)
    printer = CupsSheetPrinter(f"ipp://127.0.0.1:{cable.port}/ipp/print", socket=cups.socket, patience=HASTY)
    with pytest.raises(NotStarted) as caught:
        printer.print(pdf(), name())
    assert caught.value.fault is Fault.UNPLUGGED
    assert cups.spooled() == []
    cable.stop()
    again = Cable(feeder.port, port=cable.port)
    page = pdf()
    printer.print(page, name())
    assert [paper.read_bytes() for paper in feeder.papers()] == [page]
    assert feeder.begun == 1
    printer.close()
    again.stop()


@pytest.mark.parametrize("part", [0.0, 0.5, 0.95])
def test_a_power_cut_on_the_way_is_uncertain_also_when_the_printer_is_back_at_once(
    printer: CupsSheetPrinter, feeder: SheetFeeder, part: float
) -> None:
    def cut_and_on() -> None:
        feeder.power_cut()
        feeder.power_on()

    feeder.at(part, cut_and_on)
    with pytest.raises(Uncertain):
        printer.print(pdf(), name())
    page = pdf()
    printer.print(page, name())
    assert [paper.read_bytes() for paper in feeder.papers()] == [page]


def test_a_power_cut_for_long_is_uncertain_and_the_sheet_is_not_sent_again(
    printer: CupsSheetPrinter, feeder: SheetFeeder, cups: Cupsd
) -> None:
    feeder.at(0.5, feeder.power_cut)
    with pytest.raises(Uncertain) as caught:
        printer.print(pdf(), name())
    assert caught.value.fault is Fault.UNPLUGGED
    assert cups.spooled() == []
    feeder.power_on()
    assert printer.status().ready
    page = pdf()
    printer.print(page, name())
    assert [paper.read_bytes() for paper in feeder.papers()] == [page]


def test_a_power_cut_between_tray_and_word_is_uncertain_though_the_sheet_is_there(
    printer: CupsSheetPrinter, feeder: SheetFeeder
) -> None:
    feeder.after_out(feeder.power_cut)
    with pytest.raises(Uncertain):
        printer.print(pdf(), name())
    assert len(feeder.papers()) == 1


def test_a_cable_cut_for_a_moment_on_the_way_loses_no_sheet(cups: Cupsd, feeder: SheetFeeder) -> None:
    cable = Cable(feeder.port)
    printer = CupsSheetPrinter(f"ipp://127.0.0.1:{cable.port}/ipp/print", socket=cups.socket, patience=HASTY)
    feeder.at(0.3, cable.cut)
    feeder.at(0.8, cable.mend)
    printer.print(pdf(), name())
    assert len(feeder.papers()) == 1
    printer.close()
    cable.stop()


def test_an_unplugged_printer_is_known_within_three_seconds(printer: CupsSheetPrinter, feeder: SheetFeeder) -> None:
    feeder.power_cut()
    began = time.monotonic()
    assert printer.status().fault is Fault.UNPLUGGED
    assert time.monotonic() - began < 3
