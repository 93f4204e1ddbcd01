"""One job, followed by its name, until the printer says that it is out or cannot be believed any longer."""

from __future__ import annotations

import socket
import time

import pytest

from devices.sheets import Fault
from devices.sheets.follow import Following, Patience
from devices.sheets.line import Printer, Trouble
from devices.sheets.machine import Look, Machine
from tests.devices.sheets.far import ENUM, INTEGER, JOB, KEYWORD, NAME, PRINTER, STATE, Far, http, message, value

QUICK = Patience(sheet=0.4, away=0.1, idle=0.1, poll=0.02)
OUT = (
    value(INTEGER, "job-id", 1)
    + value(NAME, "job-name", "mine")
    + value(KEYWORD, "job-state-reasons", "job-completed-successfully")
    + value(ENUM, "job-state", 9)
)
BEGUN = OUT.replace(b"\0\0\0\x09", b"\0\0\0\x05")


def follow(far: Far, up_time: int = 77, job_at_cups: bool = True) -> Fault | None:
    with far:
        machine = Machine(Printer.at(far.uri))
        status = machine.look(time.monotonic() + 1).status
        following = Following("mine", Look(status, up_time, ()), machine, QUICK)
        return following.until_out(lambda _: None, lambda: job_at_cups, lambda: None)


def test_out_is_what_the_printer_says_is_out() -> None:
    assert follow(Far.saying(STATE, [OUT])) is None


@pytest.mark.parametrize(
    ("up_time", "fault"), [(70, None), (78, None), (82, Fault.UNPLUGGED), (9_000, Fault.UNPLUGGED)]
)
def test_a_printer_that_was_switched_on_since_is_not_believed(up_time: int, fault: Fault | None) -> None:
    """It may keep its jobs over a power cut; the sheet it had in it, it does not."""
    assert follow(Far.saying(STATE, [OUT]), up_time) is fault


def test_a_printer_that_was_switched_on_in_the_middle_of_a_look_is_not_believed() -> None:
    """It hangs up after each answer, so one look is many connections, and it keeps its jobs over a power cut."""
    looks: list[bytes] = []

    def reply(request: bytes, line: socket.socket) -> None:
        if b"printer-up-time" in request:
            up_time = (1 if len(looks) > 1 else 77).to_bytes(4, "big")
            answer = http(message((PRINTER, STATE.replace((77).to_bytes(4, "big"), up_time))))
        elif b"not-completed" in request:
            answer = http(message())
        else:
            looks.append(request)
            answer = http(message(*([(JOB, OUT)] if len(looks) > 1 else [])))
        line.sendall(answer.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n"))

    assert follow(Far(reply)) is Fault.UNPLUGGED


def test_a_sheet_is_not_all_while_another_of_its_name_is_on_its_way() -> None:
    """CUPS has sent the job again, over a new connection, while the printer still had the first one waiting."""
    again = BEGUN.replace(b"\0\0\0\x01", b"\0\0\0\x02")
    assert follow(Far.saying(STATE, [again, OUT])) is Fault.REFUSED


def test_a_job_that_never_ends_ends_with_the_time_for_a_sheet() -> None:
    assert follow(Far.saying(STATE, [BEGUN])) is Fault.SILENT


def test_a_job_that_nobody_has_any_longer_is_not_waited_for() -> None:
    began = time.monotonic()
    assert follow(Far.saying(STATE), job_at_cups=False) is Fault.REFUSED
    assert time.monotonic() - began < QUICK.sheet


def test_a_job_that_cups_still_has_is_waited_for() -> None:
    began = time.monotonic()
    assert follow(Far.saying(STATE)) is Fault.SILENT
    assert time.monotonic() - began >= QUICK.sheet


def test_cups_that_is_gone_before_the_printer_knows_of_the_job_is_told_as_the_fault() -> None:
    def gone() -> bool:
        raise Trouble(Fault.SPOOLER)

    with Far.saying(STATE) as far:
        machine = Machine(Printer.at(far.uri))
        following = Following("mine", machine.look(time.monotonic() + 1), machine, QUICK)
        assert following.until_out(lambda _: None, gone, lambda: None) is Fault.SPOOLER
