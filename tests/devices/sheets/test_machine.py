"""What a printer says of itself, and what is made of it."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

import pytest

from devices.sheets import Fault, Paper, Status
from devices.sheets.line import Printer, Trouble
from devices.sheets.machine import Look, Machine, State
from tests.devices.sheets.far import (
    BOOLEAN,
    ENUM,
    INTEGER,
    KEYWORD,
    NAME,
    STATE,
    UNKNOWN,
    Far,
    http,
    message,
    value,
)


def look(far: Far, within: float = 1.0) -> Look:
    with far:
        return Machine(Printer.at(far.uri)).look(time.monotonic() + within)


WELL = "job-completed-successfully"
SIDES, SHEETS = "job-impressions-completed", "job-media-sheets-completed"


def job(state: int, *reasons: str, **counted: int | None) -> bytes:
    """``counted`` None: the printer has a counter and does not know what it says."""
    said = value(INTEGER, "job-id", 1) + value(NAME, "job-name", "mine") + value(ENUM, "job-state", state)
    if reasons:
        said += value(KEYWORD, "job-state-reasons", *reasons)
    for name, count in counted.items():
        said += value(UNKNOWN, name, b"") if count is None else value(INTEGER, name, count)
    return said


@pytest.mark.parametrize("severity", ["", "-report", "-warning", "-error"])
@pytest.mark.parametrize(
    ("reason", "status"),
    [
        ("none", Status(Paper.OK)),
        ("media-low", Status(Paper.LOW)),
        ("toner-low", Status(Paper.OK)),
        ("media-empty", Status(Paper.OUT, Fault.PAPER_OUT)),
        ("media-needed", Status(Paper.OUT, Fault.PAPER_OUT)),
        ("input-tray-missing", Status(Paper.OK, Fault.PAPER_OUT)),
        ("cover-open", Status(Paper.OK, Fault.COVER_OPEN)),
        ("door-open", Status(Paper.OK, Fault.COVER_OPEN)),
        ("media-jam", Status(Paper.OK, Fault.JAM)),
        ("toner-empty", Status(Paper.OK, Fault.TONER)),
        ("marker-supply-empty", Status(Paper.OK, Fault.TONER)),
        ("output-area-full", Status(Paper.OK, Fault.TRAY_FULL)),
        ("paused", Status(Paper.OK, Fault.REFUSED)),
    ],
)
def test_a_reason_counts_whatever_its_severity(reason: str, severity: str, status: Status) -> None:
    assert look(Far.saying(STATE + value(KEYWORD, "printer-state-reasons", reason + severity))).status == status


def test_of_many_reasons_the_one_to_mend_first_is_told() -> None:
    reasons = ("media-empty-error", "other", "cover-open-error")
    assert look(Far.saying(STATE + value(KEYWORD, "printer-state-reasons", *reasons))).status == Status(
        Paper.OUT, Fault.COVER_OPEN
    )


@pytest.mark.parametrize(("state", "accepts"), [(5, 1), (3, 0)])
def test_a_printer_that_is_stopped_or_takes_no_job_is_not_ready(state: int, accepts: int) -> None:
    said = value(ENUM, "printer-state", state) + value(BOOLEAN, "printer-is-accepting-jobs", accepts)
    assert look(Far.saying(said + value(INTEGER, "printer-up-time", 1))).status.fault is Fault.REFUSED


@pytest.mark.parametrize(
    ("reasons", "sides", "sheets", "out"),
    [
        ([WELL], 1, 1, True),
        (["none"], 1, None, True),
        (["job-completed-with-warnings"], None, 1, True),
        ([WELL], 0, None, False),
        ([WELL], 1, 0, False),
        ([WELL], None, None, True),
        (["none"], None, None, False),
        (["job-completed-with-warnings"], None, None, False),
        (["queued-in-device"], 1, 1, False),
        (["queued-in-device"], None, None, False),
        ([WELL, "queued-in-device"], 1, 1, False),
        (["job-completed-with-errors"], 1, 1, False),
        (["errors-detected"], 1, 1, False),
        (["processing-to-stop-point"], 1, 1, False),
        ([], 1, 1, False),
    ],
)
def test_a_sheet_is_out_when_its_job_is_completed_for_no_doubtful_reason_and_was_counted_or_ended_well(
    reasons: list[str], sides: int | None, sheets: int | None, out: bool
) -> None:
    counted = {SIDES: sides, SHEETS: sheets}
    known = {name: count for name, count in counted.items() if count is not None}
    for said in (job(9, *reasons, **counted), job(9, *reasons, **known)):
        (found,) = look(Far.saying(STATE, [said])).named("mine")
        assert found.out is out


@pytest.mark.parametrize("state", range(3, 9))
def test_a_sheet_is_not_out_before_its_job_is_completed(state: int) -> None:
    (found,) = look(Far.saying(STATE, [job(state, WELL, **{SIDES: 1})])).named("mine")
    assert not found.out


@pytest.mark.parametrize(
    ("said", "touched"),
    [
        (job(3, "none", **{SIDES: 0}), True),
        (job(9, "none", **{SIDES: 0}), True),
        (job(8, "aborted-by-system", **{SIDES: 0}), False),
        (job(7, "job-canceled-by-user", **{SIDES: 1}), True),
        (job(7, "job-canceled-by-user", **{SIDES: None}), True),
    ],
)
def test_of_a_job_nothing_is_on_paper_only_when_it_ended_badly_and_the_printer_counted_nothing(
    said: bytes, touched: bool
) -> None:
    (found,) = look(Far.saying(STATE, [said])).jobs
    assert found.touched is touched


def test_a_job_is_found_by_its_name_and_not_by_its_number() -> None:
    stranger = value(INTEGER, "job-id", 1) + value(NAME, "job-name", "other") + value(ENUM, "job-state", 9)
    nameless = value(INTEGER, "job-id", 2) + value(ENUM, "job-state", 9)
    seen = look(Far.saying(STATE, [stranger, nameless]))
    assert len(seen.jobs) == 2
    assert seen.named("mine") == []


def test_a_job_that_ends_between_two_questions_is_one_job() -> None:
    answers = [http(message((2, job(5, "job-printing")))), http(message((2, job(9, WELL)))), http(message((4, STATE)))]
    (one,) = look(Far(lambda _, line: line.sendall(answers.pop(0)))).named("mine")
    assert one.state is State.COMPLETED


@pytest.mark.parametrize(
    "state",
    [
        b"",
        STATE.replace(b"printer-up-time", b"printer-up-tide"),
        STATE.replace(b"printer-state", b"printer-stage"),
        value(KEYWORD, "printer-state", "idle") + STATE[STATE.index(b"\x22") :],
    ],
)
def test_a_printer_that_leaves_out_what_it_has_to_say_is_silent(state: bytes) -> None:
    with pytest.raises(Trouble) as caught:
        look(Far.saying(state))
    assert caught.value.fault is Fault.SILENT


def answering(data: bytes) -> Callable[[bytes, socket.socket], None]:
    return lambda _, line: line.sendall(data)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"\xff\xff\xff\xff\r\n\r\n", Fault.SILENT),
        (b"HTTP/1.1 200 OK\r\nContent-Length: nine\r\n\r\n", Fault.SILENT),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", Fault.SILENT),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n" + bytes(300_000), Fault.SILENT),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", Fault.SILENT),
        (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", Fault.REFUSED),
        (http(message(status=0x0507)), Fault.REFUSED),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", Fault.SILENT),
        (b"", Fault.SILENT),
    ],
)
def test_an_answer_that_is_none_ends_in_a_fault_and_in_time(data: bytes, fault: Fault) -> None:
    began = time.monotonic()
    with pytest.raises(Trouble) as caught:
        look(Far(answering(data)), within=0.3)
    assert caught.value.fault is fault
    assert time.monotonic() - began < 1


def test_an_answer_that_trickles_in_is_not_waited_for_any_longer() -> None:
    def trickle(_: bytes, line: socket.socket) -> None:
        for byte in http(message((4, STATE))) * 20:
            line.sendall(bytes([byte]))
            time.sleep(0.01)

    began = time.monotonic()
    with pytest.raises(Trouble) as caught:
        look(Far(trickle), within=0.3)
    assert caught.value.fault is Fault.SILENT
    assert time.monotonic() - began < 1


def test_a_printer_that_hangs_up_is_unplugged() -> None:
    with pytest.raises(Trouble) as caught:
        look(Far(lambda _, line: line.shutdown(socket.SHUT_RDWR)))
    assert caught.value.fault is Fault.UNPLUGGED


def test_a_printer_that_says_go_on_first_is_understood() -> None:
    def reply(request: bytes, line: socket.socket) -> None:
        groups = [(4, STATE)] if b"printer-up-time" in request else []
        line.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" + http(message(*groups)))

    assert look(Far(reply)).up_time == 77
