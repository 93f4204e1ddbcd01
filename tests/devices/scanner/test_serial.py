from __future__ import annotations

import threading

import psutil
import pytest

from devices.scanner import LIMIT, Fault, ScannerEvent, ScannerLost, ScannerReady, ScanRefused
from devices.scanner.serial import SerialScanner
from devices.scanner.sim import HandScanner
from tests.devices.scanner.conftest import Kiosk

READY = ScannerReady("gun")
LOST = ScannerLost("gun", Fault.SCANNER_GONE)


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_a_scanned_code_is_told(desk: Kiosk, gun: HandScanner, line: SerialScanner, end: bytes) -> None:
    line.look()
    gun.scan(b"KETING-BOOKING-0001", end)
    assert desk.code() == b"KETING-BOOKING-0001"


@pytest.mark.parametrize(
    "data",
    [b"\0\0", b"\xff\xfe\x80", b"'); DROP TABLE outbox;--", b"\x03\x04\x11\x13\x1a\x1c\x7f", "\u202e中文".encode()],
)
def test_hostile_content_is_handed_on_as_it_is(desk: Kiosk, gun: HandScanner, line: SerialScanner, data: bytes) -> None:
    line.look()
    gun.scan(data)
    assert desk.code() == data


def test_what_is_scanned_at_rest_is_forgotten(desk: Kiosk, gun: HandScanner, line: SerialScanner) -> None:
    gun.scan(b"before")
    line.look()
    gun.scan(b"first")
    assert desk.code() == b"first"
    line.rest()
    gun.scan(b"between")
    line.look()
    gun.scan(b"second")
    assert desk.code() == b"second"


def test_a_code_too_long_is_refused_and_the_next_is_read(desk: Kiosk, gun: HandScanner, line: SerialScanner) -> None:
    line.look()
    gun.scan(b"a" * 2900)
    assert desk.next() == ScanRefused("gun", Fault.CODE_TOO_LONG)
    gun.scan(b"b" * LIMIT)
    assert desk.code() == b"b" * LIMIT


def test_an_endless_line_is_refused_once(desk: Kiosk, gun: HandScanner, line: SerialScanner) -> None:
    line.look()
    gun.scan(b"a" * 100_000, end=b"")
    assert desk.next() == ScanRefused("gun", Fault.CODE_TOO_LONG)
    assert desk.hears_nothing(0.2)


def test_a_repeated_code_is_told_once(desk: Kiosk, gun: HandScanner, line: SerialScanner) -> None:
    line.look()
    for _ in range(5):
        gun.scan(b"same")
    gun.scan(b"other")
    assert [desk.code(), desk.code()] == [b"same", b"other"]


def test_a_scanner_unplugged_while_looking_is_lost_and_looks_on_when_it_is_back(
    desk: Kiosk, gun: HandScanner, line: SerialScanner
) -> None:
    line.look()
    gun.scan(b"whole\r\nhalf a co", end=b"")
    assert desk.code() == b"whole"
    gun.unplug()
    assert desk.next() == LOST
    gun.plug_in()
    assert desk.next() == READY
    gun.scan(b"code")
    assert desk.code() == b"code"


def test_a_scanner_that_is_not_there_is_told_once(gun: HandScanner, line: SerialScanner) -> None:
    gun.unplug()
    kiosk = Kiosk()
    line.start(kiosk.heard.put)
    line.look()
    assert kiosk.next() == LOST
    assert kiosk.hears_nothing(0.4)
    gun.plug_in()
    assert kiosk.next() == READY
    gun.scan(b"code")
    assert kiosk.code() == b"code"


def test_whoever_is_told_may_close_the_eye_there_and_then(gun: HandScanner, line: SerialScanner) -> None:
    kiosk = Kiosk()

    def once(event: ScannerEvent) -> None:
        line.rest()
        kiosk.heard.put(event)

    line.start(once)
    assert kiosk.next() == READY
    line.look()
    gun.scan(b"first\r\nsecond")
    assert kiosk.code() == b"first"
    assert kiosk.hears_nothing(0.2)


def test_nothing_is_left_after_stop_and_nothing_is_told(gun: HandScanner) -> None:
    here = psutil.Process()
    left = here.num_fds(), threading.active_count()
    for _ in range(5):
        kiosk, scanner = Kiosk(), SerialScanner("gun", gun.port)
        scanner.start(kiosk.heard.put)
        assert kiosk.next() == READY
        scanner.look()
        scanner.stop()
        gun.scan(b"late")
        assert kiosk.hears_nothing(0.05)
    assert (here.num_fds(), threading.active_count()) == left
