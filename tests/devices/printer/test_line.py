"""What a bad line does to a slip: noise, clones, old answers, slow and silent printers, hostile words."""

from __future__ import annotations

import gc
import os
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from devices.printer import Fault, NotStarted, Paper, Status, Uncertain
from devices.printer.cables import FileCable, Flow, Line, Lost, NetworkCable, SerialCable
from devices.printer.escpos import EscPosPrinter
from devices.printer.profiles import WIDE, WIDE_CLONE
from devices.printer.raster import on_paper
from devices.printer.sim import ThermalPrinter
from tests.devices.printer.slips import HASTY, driver, slip

CLONE = replace(HASTY, process_id=False, clears=False)


@pytest.mark.parametrize("serial", [False, True], ids=["network", "serial"])
def test_flow_control_automatic_status_and_split_answers_do_not_matter(serial: bool) -> None:
    with ThermalPrinter(serial=serial, buffer=4_096) as printer:
        printer.stray_flow_control = printer.automatic_between = True
        printer.split_segments()
        cable = SerialCable(str(printer.path)) if serial else NetworkCable("127.0.0.1", printer.port)
        EscPosPrinter(cable, WIDE, in_doubt=False).print(slip())
        (piece,) = printer.papers()
        assert piece.dots.startswith(on_paper(slip()).dots)


def test_a_slow_printer_is_waited_for() -> None:
    with ThermalPrinter(buffer=4_096) as printer:
        printer.slow(2_000)
        driver(printer, replace(HASTY, stall_s=0.3)).print(slip())
        assert len(printer.papers()) == 1


@pytest.mark.parametrize(
    ("happens", "fault"),
    [
        (ThermalPrinter.paper_out, Fault.PAPER_OUT),
        (ThermalPrinter.open_cover, Fault.COVER_OPEN),
        (ThermalPrinter.pull_cable, Fault.UNPLUGGED),
    ],
)
@pytest.mark.parametrize("moment", ["row", "before cut", "after cut"])
def test_a_clone_is_never_believed_too_early(moment: str, happens: object, fault: Fault) -> None:
    assert callable(happens)
    with ThermalPrinter(clone=True) as printer:
        event = lambda: happens(printer)  # noqa: E731
        if moment == "row":
            printer.at_row(200, event)
        elif moment == "before cut":
            printer.before_cut(event)
        else:
            printer.after_cut(event)
        with pytest.raises(Uncertain) as caught:
            driver(printer, CLONE).print(slip())
        assert caught.value.fault is fault


def test_an_old_answer_of_a_clone_is_not_taken_for_this_slip() -> None:
    """A kiosk died while its clone stood still; then the clone went on, and old answers came with the paper."""
    with ThermalPrinter(clone=True, serial=True) as printer:
        cable = SerialCable(str(printer.path))
        printer.at_row(100, printer.hold)
        with pytest.raises(Uncertain):
            EscPosPrinter(cable, CLONE, in_doubt=False).print(slip())
        printer.slow(400)
        printer.release()
        machine = EscPosPrinter(cable, CLONE)
        while True:
            try:
                machine.print(slip(seed=2))
            except NotStarted:
                continue
            break
        (*_, last) = printer.papers()
        assert not last.torn  # told by an older answer, it would not even be cut yet
        assert last.dots.startswith(on_paper(slip(seed=2)).dots)


@pytest.mark.parametrize("row", [5, 150, 298, 532, 630])
def test_power_off_and_on_behind_a_serial_cable_is_never_a_printed_slip(row: int) -> None:
    """The port stays open, the rest of a band is printed as text, and the marks behind it are passed."""
    with ThermalPrinter(serial=True) as printer:
        starts = threading.Timer(0.8, printer.power_on)

        def blink() -> None:
            printer.power_cut()
            starts.start()

        printer.at_row(row, blink)
        with pytest.raises(Uncertain):
            EscPosPrinter(SerialCable(str(printer.path)), replace(HASTY, away_s=0.5), False).print(slip())
        starts.join()


@pytest.mark.parametrize("happens", ["mute", "offline", "quiet", "gone"])
def test_a_dead_printer_is_told_within_three_seconds(happens: str) -> None:
    with ThermalPrinter(mute=happens == "mute") as printer:
        if happens == "offline":
            printer.go_offline()
        elif happens != "mute":
            printer.pull_cable(quietly=happens == "quiet")
        begin = time.monotonic()
        status = driver(printer, WIDE).status()
        assert time.monotonic() - begin < 3
        assert status.fault is (Fault.UNPLUGGED if happens == "gone" else Fault.SILENT)


def test_a_stall_ends_when_the_profile_says_and_not_later() -> None:
    with ThermalPrinter() as printer:
        printer.at_row(100, printer.hold)
        begin = time.monotonic()
        with pytest.raises(Uncertain):
            driver(printer, replace(HASTY, stall_s=0.5, refill_s=60)).print(slip())
        assert time.monotonic() - begin < 20


def test_a_slip_that_takes_too_long_is_given_up_though_it_goes_on_and_on() -> None:
    with ThermalPrinter() as printer:
        printer.slow(50)
        begin = time.monotonic()
        with pytest.raises(Uncertain):
            driver(printer, replace(HASTY, away_s=5.0, slip_s=1.0)).print(slip())
        assert time.monotonic() - begin < 10


def test_while_a_slip_waits_for_paper_the_status_is_told_at_once() -> None:
    with ThermalPrinter() as printer:
        machine = driver(printer)
        seen: list[Status] = []

        def look() -> None:
            if printer.until(lambda it: not it.ready):
                deadline = time.monotonic() + 2
                while not seen or (seen[-1].paper is not Paper.OUT and time.monotonic() < deadline):
                    seen[:] = [machine.status()]

        looker = threading.Thread(target=look)
        looker.start()
        printer.paper_out_at(300)
        with pytest.raises(Uncertain):
            machine.print(slip())
        looker.join(5)
        assert seen == [Status(Paper.OUT, Fault.PAPER_OUT)]


def test_another_client_holds_the_printer() -> None:
    with ThermalPrinter() as printer:
        other = NetworkCable("127.0.0.1", printer.port).open(1)
        assert printer.until(lambda it: it.connections == 1)
        assert driver(printer).status().fault is Fault.UNPLUGGED
        assert printer.refused >= 1
        other.close(drop=True)
        driver(printer).print(slip())
        assert len(printer.papers()) == 1


def test_a_printer_that_turns_the_caller_away_is_called_again() -> None:
    """One client at a time: some refuse the connection itself while they have not noticed that the last client left."""
    with ThermalPrinter() as printer:
        printer.pull_cable()
        calls: list[float] = []

        @dataclass(frozen=True)
        class Busy:
            cable: NetworkCable

            def open(self, within: float) -> Line:
                calls.append(within)
                if len(calls) == 3:
                    printer.plug_in()
                return self.cable.open(within)

        EscPosPrinter(Busy(NetworkCable("127.0.0.1", printer.port)), replace(HASTY, connect_s=30), False).print(slip())
        assert len(calls) == 3
        assert len(printer.papers()) == 1


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    with ThermalPrinter() as printer:
        machine = driver(printer)
        machine.status()
        before = len(os.listdir("/proc/self/fd"))
        for _ in range(5):
            machine.print(slip(height=64))
            printer.pull_cable()
            assert machine.status().fault is Fault.UNPLUGGED
            printer.plug_in()
        assert len(os.listdir("/proc/self/fd")) <= before


def test_an_open_cable_lives_until_it_is_closed() -> None:
    """python-escpos closes the port when its printer is collected, whoever still writes to it."""
    with ThermalPrinter(serial=True) as serial, ThermalPrinter() as network:
        cables = (SerialCable(str(serial.path)), NetworkCable("127.0.0.1", network.port))
        lines = [cable.open(1) for cable in cables]
        gc.collect()
        for line in lines:
            assert line.exchange(b"\n", time.monotonic() + 1)[0] == 1
            line.close(drop=True)


@pytest.fixture
def port() -> Iterator[tuple[int, str]]:
    """A serial port: the printer's end of it, and its path."""
    far, near = os.openpty()
    yield far, os.ttyname(near)
    os.close(near)
    os.close(far)


@contextmanager
def opened(path: str, flow: Flow) -> Iterator[Line]:
    line = SerialCable(path, flow=flow).open(1)
    try:
        yield line
    finally:
        line.close(drop=True)


@pytest.mark.parametrize(
    ("flow", "lines", "characters"), [("rtscts", True, False), ("xonxoff", False, True), ("none", False, False)]
)
def test_a_serial_port_keeps_to_the_flow_control_that_was_chosen(
    port: tuple[int, str], flow: Flow, lines: bool, characters: bool
) -> None:
    far, path = port
    with opened(path, flow):
        asked = termios.tcgetattr(far)
    assert bool(asked[2] & termios.CRTSCTS) is lines
    assert asked[0] & (termios.IXON | termios.IXOFF | termios.IXANY) == characters * (termios.IXON | termios.IXOFF)


def test_a_printer_whose_buffer_is_full_stops_the_line_by_a_character_and_starts_it_again(
    port: tuple[int, str],
) -> None:
    far, path = port
    with opened(path, "xonxoff") as line:
        os.write(far, b"\x13")
        assert line.exchange(b"dots", time.monotonic() + 0.2) == (0, b"")
        os.write(far, b"\x11")
        assert line.exchange(b"dots", time.monotonic() + 1) == (4, b"")
        assert os.read(far, 10) == b"dots"


def test_serial_ports_mind_the_lines_unless_told_otherwise() -> None:
    assert SerialCable("/dev/ttyS0").flow == "rtscts"


@pytest.mark.parametrize("cable", [SerialCable, FileCable])
def test_a_path_that_is_no_printer_is_unplugged_and_stays_as_it_is(
    cable: type[SerialCable | FileCable], tmp_path: Path
) -> None:
    missing, plain = tmp_path / "missing", tmp_path / "plain"
    plain.write_bytes(b"text")
    for path in (missing, plain):
        with pytest.raises(Lost):
            cable(str(path)).open(1)
        assert EscPosPrinter(cable(str(path)), HASTY).status().fault is Fault.UNPLUGGED
    assert not missing.exists()
    assert plain.read_bytes() == b"text"


@pytest.mark.parametrize("address", ["printer.local", "", "::1"])
def test_an_address_that_would_have_to_be_looked_up_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        NetworkCable(address)


def test_the_clone_profile_sends_nothing_that_a_clone_would_print() -> None:
    with ThermalPrinter(clone=True) as printer:
        driver(printer, WIDE_CLONE).print(slip())
        assert printer.errors == []
