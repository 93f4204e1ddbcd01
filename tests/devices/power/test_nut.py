"""The driver of a UPS, against a real upsd."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from devices.power import Fault, PowerTold
from devices.power.nut import NotTold, NutPower, asked, judged
from tests.stand.kiosk import until
from tests.stand.upsd import UPS, Upsd

MAINS = PowerTold("power", None)


@contextmanager
def following(port: int) -> Iterator[list[PowerTold]]:
    told: list[PowerTold] = []
    power = NutPower("power", UPS, port=port)
    power.start(told.append)
    try:
        yield told
    finally:
        power.stop()


def test_a_power_cut_is_told_and_the_end_of_the_battery_and_that_the_mains_are_back() -> None:
    with Upsd() as upsd, following(upsd.port) as told:
        until("the mains", lambda: told == [MAINS])
        upsd.battery()
        until("the battery", lambda: told[1:] == [PowerTold("power", Fault.ON_BATTERY)])
        upsd.low()
        until("its end", lambda: told[2:] == [PowerTold("power", Fault.LOW)])
        upsd.mains()
        until("the mains again", lambda: told[3:] == [MAINS])


def test_a_server_that_dies_is_told_once_and_is_found_again() -> None:
    upsd = Upsd().start()
    try:
        with following(upsd.port) as told:
            until("the mains", lambda: told == [MAINS])
            upsd.kill()
            until("silence", lambda: told[1:] == [PowerTold("power", Fault.SILENT)], 20)
            upsd.start()
            until("it is back", lambda: told[2:] == [MAINS], 20)
    finally:
        upsd.close()


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("OL", None),
        ("OL CHRG", None),
        ("OL LB", None),  # a battery that is still being charged
        ("OB DISCHRG", Fault.ON_BATTERY),
        ("OB LB", Fault.LOW),
        ("FSD OL", Fault.LOW),
        ("", None),
    ],
)
def test_words_are_judged_as_they_are_meant(words: str, means: Fault | None) -> None:
    assert judged(frozenset(words.split())) is means


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"ERR DATA-STALE\n",
        b"ERR UNKNOWN-UPS\n",
        b'VAR kiosk ups.status "OL\n',
        b'VAR kiosk ups.load "OL"\n',
        b'VAR kiosk ups.status "\x1b[2J"\n',
        b'VAR kiosk ups.status "OL"\nVAR kiosk ups.status "OB LB"\n',
        b"A" * 100_000,
    ],
)
def test_what_is_no_status_is_no_answer(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_answer_once, args=(server, answer))
        thread.start()
        with pytest.raises(NotTold):
            asked(UPS, *server.getsockname())
        thread.join()


def _answer_once(server: socket.socket, answer: bytes) -> None:
    line, _ = server.accept()
    with line, suppress(OSError):
        line.recv(200)
        line.sendall(answer)
