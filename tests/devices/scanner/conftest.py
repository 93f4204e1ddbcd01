from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Event
from time import monotonic

import pytest

from devices.scanner import Scanned, ScannerEvent, ScannerReady
from devices.scanner.camera import CameraScanner
from devices.scanner.serial import SerialScanner
from devices.scanner.sim import HandScanner, StreamCamera


class Kiosk:
    """Hears what the scanner tells, and waits for it no longer than it must."""

    def __init__(self) -> None:
        self.heard: Queue[ScannerEvent] = Queue()

    def next(self, within: float = 10.0) -> ScannerEvent:
        return self.heard.get(timeout=within)

    def code(self) -> bytes:
        event = self.next()
        assert isinstance(event, Scanned)
        return event.data

    def hears_nothing(self, within: float) -> bool:
        try:
            self.heard.get(timeout=within)
        except Empty:
            return True
        return False


def until(true: Callable[[], bool], within: float = 5.0) -> None:
    """Wait for something at the far end; it has no event to wait for."""
    deadline = monotonic() + within
    while not true():
        assert monotonic() < deadline
        Event().wait(0.01)


def started(scanner: CameraScanner) -> Kiosk:
    kiosk = Kiosk()
    scanner.start(kiosk.heard.put)
    assert kiosk.next(20) == ScannerReady("eye")
    return kiosk


@pytest.fixture
def camera() -> Iterator[StreamCamera]:
    camera = StreamCamera()
    yield camera
    camera.unplug()


@pytest.fixture
def scanner(camera: StreamCamera) -> Iterator[CameraScanner]:
    scanner = CameraScanner("eye", camera.url)
    yield scanner
    scanner.stop()


@pytest.fixture
def kiosk(scanner: CameraScanner) -> Kiosk:
    return started(scanner)


@pytest.fixture
def gun(tmp_path: Path) -> Iterator[HandScanner]:
    gun = HandScanner(tmp_path)
    yield gun
    gun.unplug()


@pytest.fixture
def line(gun: HandScanner) -> Iterator[SerialScanner]:
    scanner = SerialScanner("gun", gun.port)
    yield scanner
    scanner.stop()


@pytest.fixture
def desk(line: SerialScanner) -> Kiosk:
    kiosk = Kiosk()
    line.start(kiosk.heard.put)
    assert kiosk.next() == ScannerReady("gun")
    return kiosk
