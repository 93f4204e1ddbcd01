"""Who looks after a reader sees whether its thread still runs."""

from __future__ import annotations

import threading
from math import inf
from pathlib import Path

import pytest

from devices.card.pcsc import PcscReader
from devices.idcard.reader import SdtReader
from devices.reader import Reader
from devices.scanner import Scanner
from devices.scanner.camera import CameraScanner
from devices.scanner.serial import SerialScanner
from devices.sign_of_life import SignOfLife
from tests.devices.idcard.conftest import TODAY
from tests.stand.kiosk import until


def test_a_thread_that_gives_no_sign_is_silent_and_one_that_ended_is_so_for_ever() -> None:
    life, go = SignOfLife(), threading.Event()
    thread = threading.Thread(target=go.wait, args=(10,))
    assert life.silent(None) == 0
    thread.start()
    until("it is silent", lambda: life.silent(thread) > 0.1, 5)
    life.give()
    assert life.silent(thread) < 0.1
    go.set()
    thread.join()
    assert life.silent(thread) == inf


@pytest.fixture(params=["card", "id-card", "camera", "serial scanner"])
def device(request: pytest.FixtureRequest, tmp_path: Path) -> Reader | Scanner:
    """One of each, and nothing behind it."""
    nothing = str(tmp_path / "nothing")
    made: dict[str, Reader | Scanner] = {
        "card": PcscReader("card", socket=nothing),
        "id-card": SdtReader("id", nothing, lambda: TODAY),
        "camera": CameraScanner("scanner", nothing),
        "serial scanner": SerialScanner("scanner", nothing),
    }
    return made[request.param]


def test_a_device_that_is_not_there_gives_signs_of_life_all_the_same(device: Reader | Scanner) -> None:
    assert device.silent() == 0
    told = threading.Event()
    device.start(lambda _: told.set())
    try:
        assert told.wait(30)
        heard = device.silent()
        until("another sign", lambda: device.silent() < heard or device.silent() < 0.05, 20)
    finally:
        device.stop()
