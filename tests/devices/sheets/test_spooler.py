"""CUPS and the kiosk may die, hang and come back: nothing old ever comes out, and no sheet is taken for another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from devices.sheets import Fault, NotStarted, Uncertain
from devices.sheets.cups import CupsSheetPrinter
from devices.sheets.ipp import Group, Kind, Operation, attribute
from devices.sheets.line import Line, Queue, wanted
from devices.sheets.machine import State
from devices.sheets.sim import SheetFeeder
from tests.devices.sheets.doubled import Doubled
from tests.devices.sheets.sheets import HASTY, Printing, name, pdf, soon
from tests.stand.cable import Cable
from tests.stand.cupsd import Cupsd


def test_without_cups_nothing_is_started_and_the_fault_says_whose_it_is(
    printer: CupsSheetPrinter, feeder: SheetFeeder, cups: Cupsd
) -> None:
    cups.stop()
    assert printer.status().fault is Fault.SPOOLER
    assert not printer.clear()
    with pytest.raises(NotStarted) as caught:
        printer.print(pdf(), name())
    assert caught.value.fault is Fault.SPOOLER
    cups.start()
    assert printer.clear()
    printer.print(pdf(), name())
    assert len(feeder.papers()) == 1


def test_cups_killed_on_the_way_loses_no_sheet_and_mixes_none_though_numbers_are_given_again(
    printer: CupsSheetPrinter, feeder: SheetFeeder, cups: Cupsd
) -> None:
    pages = []
    for _ in range(2):
        feeder.at(0.3, cups.kill)
        pages.append(pdf())
        printer.print(pages[-1], name())
        assert printer.status().fault is Fault.SPOOLER
        cups.start()
    assert printer.status().ready
    pages.append(pdf())
    printer.print(pages[-1], name())
    assert [paper.read_bytes() for paper in feeder.papers()] == pages
    assert cups.spooled() == []  # the files that a killed CUPS forgets are written over by the next job


def test_cups_started_again_on_the_way_begins_with_the_job_again_and_gets_no_second_sheet(feeder: SheetFeeder) -> None:
    with Cupsd(prompt=True) as cups:
        printer = CupsSheetPrinter(feeder.uri, socket=cups.socket, patience=replace(HASTY, sheet=10.0))
        feeder.sheet_s = 2.0

        def kill_and_start() -> None:
            cups.kill()
            cups.start()

        feeder.at(0.2, kill_and_start)
        printer.print(pdf(), name())
        assert feeder.requests.count("Create-Job") == 1
        feeder.sheet_s = 0.1
        page = pdf()
        printer.print(page, name())
        assert feeder.begun == 2
        assert feeder.papers()[1].read_bytes() == page
        printer.close()


class Meddled(Cable):
    """A cable that carries a connection only when something else was done before."""

    def __init__(self, target: int, before: Callable[[], object]) -> None:
        super().__init__(target)
        self._before = [before]

    def _accept(self) -> None:
        while self._before:
            self._before.pop()()
        super()._accept()


def test_a_job_from_elsewhere_between_question_and_job_gets_no_sheet(
    feeder: SheetFeeder, cups: Cupsd, tmp_path: Path
) -> None:
    (tmp_path / "stray.pdf").write_bytes(pdf())
    cable = Meddled(feeder.port, lambda: cups.run("lp", "-d", "sheets", str(tmp_path / "stray.pdf")))
    printer = CupsSheetPrinter(f"ipp://127.0.0.1:{cable.port}/ipp/print", socket=cups.socket, patience=HASTY)
    with pytest.raises(NotStarted) as caught:
        printer.print(pdf(), name())
    assert caught.value.fault is Fault.SPOOLER
    assert cups.spooled() == []
    page = pdf()
    printer.print(page, name())
    assert [paper.read_bytes() for paper in feeder.papers()] == [page]
    printer.close()
    cable.stop()


def test_cups_that_hangs_from_the_start_blocks_nobody(
    printer: CupsSheetPrinter, feeder: SheetFeeder, cups: Cupsd
) -> None:
    assert printer.status().ready
    cups.pause()
    began = time.monotonic()
    assert printer.status().fault is Fault.SPOOLER
    assert time.monotonic() - began < 3
    assert isinstance(Printing(printer).end(), NotStarted)
    cups.resume()
    printer.print(pdf(), name())
    assert feeder.begun == len(feeder.papers()) == 1


def test_a_job_that_a_hanging_cups_takes_up_later_never_comes_out(
    feeder: SheetFeeder, cups: Cupsd, tmp_path: Path
) -> None:
    """The job lies in the socket of a daemon that stands still, and is given up; then the daemon goes on."""
    cable = Meddled(feeder.port, cups.pause)
    printer = CupsSheetPrinter(f"ipp://127.0.0.1:{cable.port}/ipp/print", socket=cups.socket, patience=HASTY)
    error = Printing(printer).end()
    assert isinstance(error, NotStarted)
    assert error.fault is Fault.SPOOLER
    cups.resume()
    page = pdf()
    printer.print(page, name())
    assert [paper.read_bytes() for paper in feeder.papers()] == [page]
    assert feeder.begun == 1
    assert cups.spooled() == []
    (tmp_path / "next.pdf").write_bytes(pdf())
    assert "sheets-3" in cups.run("lp", "-d", "sheets", str(tmp_path / "next.pdf"))  # so it did take it up: 1, and 2
    printer.close()
    cable.stop()


def test_a_sheet_that_is_with_the_printer_is_printed_though_cups_hangs(
    printer: CupsSheetPrinter, feeder: SheetFeeder, cups: Cupsd
) -> None:
    feeder.at(0.3, cups.pause)
    assert Printing(printer).end() is None
    assert printer.status().fault is Fault.SPOOLER
    cups.resume()
    assert printer.status().ready
    assert cups.spooled() == []
    assert len(feeder.papers()) == 1


def test_an_old_job_in_the_queue_is_cleared_and_never_prints(feeder: SheetFeeder, cups: Cupsd, tmp_path: Path) -> None:
    (tmp_path / "old.pdf").write_bytes(pdf())
    cups.add_queue("sheets", feeder.uri)
    feeder.power_cut()
    for _ in range(3):
        cups.run("lp", "-d", "sheets", str(tmp_path / "old.pdf"))
    printer = CupsSheetPrinter(feeder.uri, socket=cups.socket, patience=HASTY)
    assert not printer.clear()  # the printer has not confirmed
    assert cups.spooled() == []
    feeder.power_on()
    assert printer.clear()
    page = pdf()
    printer.print(page, name())
    assert [paper.read_bytes() for paper in feeder.papers()] == [page]
    printer.close()


def test_an_old_job_that_waits_in_the_printer_is_cancelled_there(
    feeder: SheetFeeder, cups: Cupsd, tmp_path: Path
) -> None:
    (tmp_path / "old.pdf").write_bytes(pdf())
    feeder.at(0.2, feeder.paper_out)
    cups.add_queue("stranger", feeder.uri)
    cups.run("lp", "-d", "stranger", str(tmp_path / "old.pdf"))
    assert feeder.until(lambda feeder: feeder.begun == 1)
    printer = CupsSheetPrinter(feeder.uri, socket=cups.socket, patience=HASTY)
    assert printer.clear()
    feeder.refill()
    assert feeder.until(lambda feeder: feeder.idle)
    printer.print(pdf(), name())
    assert len(feeder.papers()) == 1
    printer.close()


def test_a_job_from_elsewhere_is_thrown_away_in_the_printer_also_between_two_sheets(
    printer: CupsSheetPrinter, feeder: SheetFeeder, cups: Cupsd, tmp_path: Path
) -> None:
    (tmp_path / "stray.pdf").write_bytes(pdf())
    page = pdf()
    printer.print(page, name())
    assert printer.status().ready
    feeder.at(0.2, feeder.paper_out)
    cups.add_queue("stranger", feeder.uri)
    cups.run("lp", "-d", "stranger", str(tmp_path / "stray.pdf"))
    assert feeder.until(lambda feeder: feeder.begun == 2)
    assert printer.status().fault is Fault.PAPER_OUT
    feeder.refill()
    assert feeder.until(lambda feeder: feeder.idle)
    assert [paper.read_bytes() for paper in feeder.papers()] == [page]


@pytest.mark.parametrize("late", [False, True])
def test_a_job_that_cups_sent_twice_is_printed_once_and_the_other_stopped(
    cups: Cupsd, feeder: SheetFeeder, late: bool
) -> None:
    once = name()
    with Doubled(feeder.port, once, late=late) as line:
        printer = CupsSheetPrinter(line.uri, socket=cups.socket, patience=HASTY)
        printer.print(pdf(), once)
        assert not line.waits
        assert printer.status().ready
        printer.close()
    assert len(feeder.papers()) == 1


def test_a_job_that_cups_sent_twice_and_that_came_twice_is_uncertain(cups: Cupsd, feeder: SheetFeeder) -> None:
    once = name()
    with Doubled(feeder.port, once, stubborn=True) as line:
        printer = CupsSheetPrinter(line.uri, socket=cups.socket, patience=HASTY)
        with pytest.raises(Uncertain):
            printer.print(pdf(), once)
        printer.close()


KIOSK = """
import sys
from pathlib import Path
from devices.sheets.cups import CupsSheetPrinter
CupsSheetPrinter(sys.argv[1], socket=Path(sys.argv[2])).print(Path(sys.argv[3]).read_bytes(), "kiosk-that-dies")
"""


def test_a_kiosk_killed_on_the_way_leaves_nothing_for_the_next_citizen(
    feeder: SheetFeeder, cups: Cupsd, tmp_path: Path
) -> None:
    (tmp_path / "old.pdf").write_bytes(pdf())
    feeder.at(0.2, feeder.open_cover)
    words = [sys.executable, "-c", KIOSK, feeder.uri, str(cups.socket), str(tmp_path / "old.pdf")]
    with subprocess.Popen(words) as kiosk:
        assert feeder.until(lambda feeder: feeder.begun == 1, 10)
        os.kill(kiosk.pid, signal.SIGKILL)
    printer = CupsSheetPrinter(feeder.uri, socket=cups.socket, patience=HASTY)
    assert printer.clear()
    assert cups.spooled() == []
    feeder.close_cover()
    assert soon(lambda: printer.status().ready)
    page = pdf()
    printer.print(page, name())
    assert [paper.read_bytes() for paper in feeder.papers()] == [page]
    printer.close()


def test_a_job_that_cups_begins_by_itself_finds_the_gate_shut(
    printer: CupsSheetPrinter, feeder: SheetFeeder, cups: Cupsd, tmp_path: Path
) -> None:
    (tmp_path / "stray.pdf").write_bytes(pdf())
    assert printer.clear()
    cups.run("lp", "-d", "sheets", str(tmp_path / "stray.pdf"))
    assert soon(lambda: "sheets-1" in cups.run("lpstat", "-W", "all", "-o"))
    page = pdf()
    printer.print(page, name())
    assert [paper.read_bytes() for paper in feeder.papers()] == [page]


def test_without_a_way_to_the_printer_nothing_is_started_and_the_fault_is_the_spooler_s(
    printer: CupsSheetPrinter, feeder: SheetFeeder
) -> None:
    assert printer.status().ready
    printer.close()
    assert printer.status().fault is Fault.SPOOLER
    with pytest.raises(NotStarted) as caught:
        printer.print(pdf(), name())
    assert caught.value.fault is Fault.SPOOLER
    assert not printer.clear()
    assert feeder.begun == 0


def test_clear_is_refused_while_a_sheet_is_on_its_way(printer: CupsSheetPrinter, feeder: SheetFeeder) -> None:
    feeder.at(0.5, feeder.jam)
    job = Printing(printer)
    assert soon(lambda: printer.status().fault is Fault.JAM)
    assert not printer.clear()
    feeder.clear_jam()
    assert job.end() is None
    assert printer.clear()


def test_cups_alone_would_have_said_completed_of_a_sheet_that_a_power_cut_took(
    feeder: SheetFeeder, cups: Cupsd, tmp_path: Path
) -> None:
    """Why the printer is asked and not CUPS."""

    def cut_and_on() -> None:
        feeder.power_cut()
        feeder.power_on()

    (tmp_path / "page.pdf").write_bytes(pdf())
    feeder.at(0.5, cut_and_on)
    cups.add_queue("bare", feeder.uri)
    cups.run("lp", "-d", "bare", str(tmp_path / "page.pdf"))
    said: list[int] = []

    def done() -> bool:
        with Line(Queue(cups.socket, "bare"), time.monotonic() + 3) as line:
            every, names = attribute(Kind.KEYWORD, "which-jobs", "all"), ("job-state", "job-media-sheets-completed")
            (job,) = line.ask(Operation.GET_JOBS, every, wanted(*names)).of(Group.JOB)
            said[:] = [line.one(job, each, int) for each in names]
        return said[0] in (State.CANCELED, State.ABORTED, State.COMPLETED)

    assert soon(done, 20)
    assert said == [State.COMPLETED, 1]
    assert feeder.papers() == []
