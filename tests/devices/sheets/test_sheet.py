"""A sheet through CUPS, gate and printer, to paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.sheets import LONGEST_PDF, Fault, Paper, Status
from devices.sheets.cups import CupsSheetPrinter
from devices.sheets.sim import SheetFeeder
from tests.devices.sheets.sheets import Printing, name, pdf, soon
from tests.stand.cupsd import Cupsd


def test_the_printer_receives_the_very_bytes_of_each_sheet(
    printer: CupsSheetPrinter, feeder: SheetFeeder, cups: Cupsd
) -> None:
    assert printer.status() == Status(Paper.OK)
    pages = [pdf(), pdf(), pdf()]
    for page in pages:
        printer.print(page, name())
    assert [paper.read_bytes() for paper in feeder.papers()] == pages
    assert printer.status() == Status(Paper.OK)


def test_nothing_of_a_sheet_stays_in_the_spool(printer: CupsSheetPrinter, cups: Cupsd) -> None:
    printer.print(pdf(), name())
    assert cups.spooled() == []
    assert cups.run("lpstat", "-W", "all", "-o") == ""


def test_the_longest_pdf_is_printed_and_one_byte_more_is_refused(
    printer: CupsSheetPrinter, feeder: SheetFeeder
) -> None:
    page = pdf().ljust(LONGEST_PDF, b"\n")
    printer.print(page, name())
    assert [paper.read_bytes() for paper in feeder.papers()] == [page]
    with pytest.raises(ValueError, match="too long"):
        printer.print(page + b"\n", name())


@pytest.mark.parametrize("page", [b"", b"%PDF", b"%!PS-Adobe", b"\x1b%-12345X@PJL", b"\n%PDF-1.7"])
def test_what_is_no_pdf_never_reaches_the_spooler(printer: CupsSheetPrinter, page: bytes, cups: Cupsd) -> None:
    with pytest.raises(ValueError, match="PDF"):
        printer.print(page, name())
    assert cups.spooled() == []


@pytest.mark.parametrize(
    "hostile",
    ["", "short", "-o-raw-o-raw", "a" * 65, "../../etc/passwd", "张三的证明一二三", "name with\nlines", "abcdefgh\n"],
)
def test_a_name_that_is_no_reference_is_refused(printer: CupsSheetPrinter, hostile: str) -> None:
    with pytest.raises(ValueError, match="name"):
        printer.print(pdf(), hostile)


def test_a_name_is_good_for_one_sheet_only(printer: CupsSheetPrinter, feeder: SheetFeeder) -> None:
    once = name()
    printer.print(pdf(), once)
    with pytest.raises(ValueError, match="used before"):
        printer.print(pdf(), once)
    assert feeder.begun == 1


def test_a_queue_that_an_installer_made_is_led_through_the_gate(
    printer: CupsSheetPrinter, feeder: SheetFeeder, cups: Cupsd
) -> None:
    cups.add_queue("sheets", feeder.uri)
    printer.print(pdf(), name())
    assert len(feeder.papers()) == 1
    assert feeder.uri not in cups.run("lpstat", "-v", "sheets")


def test_a_queue_that_was_stopped_or_bent_away_is_set_right_again(
    printer: CupsSheetPrinter, feeder: SheetFeeder, cups: Cupsd
) -> None:
    assert printer.status().ready
    cups.run("lpadmin", "-p", "sheets", "-v", feeder.uri)
    assert printer.status().ready
    assert feeder.uri not in cups.run("lpstat", "-v", "sheets")
    cups.run("cupsdisable", "sheets")
    cups.run("cupsreject", "sheets")
    printer.print(pdf(), name())
    assert len(feeder.papers()) == 1


def test_a_deleted_queue_is_made_again(printer: CupsSheetPrinter, feeder: SheetFeeder, cups: Cupsd) -> None:
    assert printer.status().ready
    cups.run("lpadmin", "-x", "sheets")
    assert printer.status().fault is Fault.SPOOLER
    assert printer.status().ready


def test_the_state_is_told_at_once_while_a_sheet_is_on_its_way(printer: CupsSheetPrinter, feeder: SheetFeeder) -> None:
    feeder.at(0.5, feeder.jam)
    job = Printing(printer)
    assert soon(lambda: printer.status().fault is Fault.JAM)
    feeder.clear_jam()
    assert job.end() is None


def test_low_paper_and_low_toner_are_told_and_printed_with(printer: CupsSheetPrinter, feeder: SheetFeeder) -> None:
    feeder.run_low()
    assert printer.status() == Status(Paper.LOW)
    printer.print(pdf(), name())
    assert len(feeder.papers()) == 1


def test_two_lanes_print_one_after_the_other(printer: CupsSheetPrinter, feeder: SheetFeeder) -> None:
    jobs = [Printing(printer), Printing(printer)]
    assert [job.end() for job in jobs] == [None, None]
    assert {paper.read_bytes() for paper in feeder.papers()} == {job.page for job in jobs}


@pytest.mark.parametrize(
    "uri",
    [
        "http://127.0.0.1/ipp/print",
        "ipps://127.0.0.1/ipp/print",
        "ipp://printer.local/ipp/print",
        "ipp://a@127.0.0.1/",
        "ipp://127.0.0.1/?x",
    ],
)
def test_an_address_that_needs_a_resolver_or_says_too_much_is_refused(uri: str) -> None:
    with pytest.raises(ValueError, match="in numbers"):
        CupsSheetPrinter(uri, socket=Path("/nowhere"))
