"""The gate between CUPS and the printer."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.sheets.gate import Gate
from tests.devices.descriptors import no_descriptor_left
from tests.devices.sheets.far import Far
from tests.devices.sheets.sheets import soon


@pytest.fixture
def echo() -> Iterator[Far]:
    with Far(lambda data, line: line.sendall(data), raw=True) as far:
        yield far


@pytest.fixture
def gate(echo: Far) -> Iterator[Gate]:
    gate = Gate("127.0.0.1", echo.port)
    yield gate
    gate.close()


def client(gate: Gate) -> socket.socket:
    return socket.create_connection(("127.0.0.1", gate.port), 3)


def says(line: socket.socket, data: bytes) -> bytes:
    """What comes back; nothing when the line is cut."""
    came = b""
    try:
        line.sendall(data)
        while len(came) < len(data) and (more := line.recv(len(data))):
            came += more
    except TimeoutError:
        raise
    except OSError:
        return b""
    return came


def broken(line: socket.socket) -> bool:
    """Not ended: what was on its way is lost."""
    try:
        line.recv(1_000_000)
    except ConnectionResetError:
        return True
    return False


def heard(line: socket.socket) -> bytes:
    """What comes until it is cut."""
    try:
        return line.recv(1_000_000)
    except ConnectionResetError:
        return b""


def called(port: int) -> bool:
    """Somebody's connection to this port is being made (SYN_SENT)."""
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()]
    return any(row[2].endswith(f":{port:04X}") and row[3] == "02" for row in rows)


def test_a_shut_gate_passes_nothing(gate: Gate, echo: Far) -> None:
    with client(gate) as line:
        assert says(line, b"hello") == b""
    assert gate.shut() is False
    assert echo.heard == 0


def test_an_open_gate_passes_both_ways_and_says_so(gate: Gate) -> None:
    gate.open()
    with client(gate) as line:
        assert says(line, bytes(range(256)) * 200) == bytes(range(256)) * 200
    assert gate.shut() is True


def test_it_remembers_what_passed_since_it_was_opened_and_no_longer(gate: Gate) -> None:
    gate.open()
    with client(gate) as line:
        assert says(line, b"hello") == b"hello"
    assert gate.shut() is True
    gate.open()
    assert gate.shut() is False


def test_a_connection_without_a_byte_is_no_byte(gate: Gate) -> None:
    gate.open()
    with client(gate):
        assert gate.shut() is False


def test_shutting_breaks_what_is_under_way(gate: Gate) -> None:
    gate.open()
    with client(gate) as line:
        assert says(line, b"hello") == b"hello"
        gate.shut()
        assert says(line, b"again") == b""


def test_who_is_in_goes_on_and_nobody_else_comes_in(gate: Gate) -> None:
    gate.open()
    with client(gate) as first:
        assert says(first, b"hello") == b"hello"
        gate.admit_no_more()
        assert says(first, b"hello") == b"hello"
        with client(gate) as second:
            assert says(second, b"hello") == b""
    gate.shut()
    gate.open()
    with client(gate) as third:
        assert says(third, b"hello") == b"hello"


def test_what_the_printer_has_not_taken_is_dropped_when_the_gate_is_shut() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        gate = Gate("127.0.0.1", busy.getsockname()[1])
        gate.open()
        line = client(gate)
        sender = threading.Thread(target=says, args=(line, bytes(20_000_000)), daemon=True)
        sender.start()
        printer, _ = busy.accept()  # and reads nothing
        assert soon(lambda: len(printer.recv(1, socket.MSG_PEEK)) == 1)
        began = time.monotonic()
        assert gate.shut() is True
        assert time.monotonic() - began < 1
        assert soon(lambda: broken(printer))
        sender.join(3)
        assert not sender.is_alive()
        line.close()
        printer.close()
        gate.close()


def test_a_printer_that_is_not_there_takes_nothing() -> None:
    gate = Gate("127.0.0.1", 9)
    gate.open()
    with client(gate) as line:
        assert says(line, b"hello") == b""
    assert gate.shut() is False
    gate.close()


def test_without_a_descriptor_to_spare_it_goes_on_with_who_is_in_and_takes_the_next_later(gate: Gate) -> None:
    gate.open()
    with client(gate) as first, socket.socket() as second:
        assert says(first, b"hello") == b"hello"
        with no_descriptor_left():
            second.connect(("127.0.0.1", gate.port))
            assert says(first, b"still") == b"still"
        first.close()
        assert says(second, b"hello") == b"hello"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_gate_whose_thread_is_gone_says_so_and_keeps_nobody_waiting(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise MemoryError

    gate.open()
    with client(gate) as line:
        assert says(line, b"hello") == b"hello"
        assert gate.alive
        monkeypatch.setattr(gate, "_carry", dies)
        assert says(line, b"hello") == b""
        began = time.monotonic()
        assert gate.shut() is True
        assert time.monotonic() - began < 1
        assert soon(lambda: not gate.alive)
        gate.open()
        assert gate.shut() is False


def test_a_call_that_the_printer_takes_too_late_is_not_the_next_job_s() -> None:
    """A job was given up while its connection was being made; the next one has begun when the printer answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as slow, socket.socket() as other:
        other.connect(slow.getsockname())  # fills the backlog: the kernel lets nobody else in, and tries again
        gate = Gate("127.0.0.1", slow.getsockname()[1])
        gate.open()
        with client(gate) as line:
            line.sendall(b"of the job that was given up")
            assert soon(lambda: called(slow.getsockname()[1]))
            assert gate.shut() is False
            gate.open()
            slow.accept()[0].close()
            printer, _ = slow.accept()
            with printer:
                assert heard(printer) == b""
        assert gate.shut() is False
        gate.close()


def test_closed_it_leaves_no_thread_and_no_port(echo: Far) -> None:
    before = set(threading.enumerate())
    gate = Gate("127.0.0.1", echo.port)
    gate.open()
    gate.close()
    assert not {thread.name for thread in set(threading.enumerate()) - before} & {"printer gate"}
    with pytest.raises(OSError, match="refused"):
        client(gate)
