"""The pulse: told to the supervisor by the GUI thread alone, from the first painted page on, while all parts live."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.pulse import Pulse, Supervisor


class Ear:
    """The supervisor's end of the line."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind("\0" + address[1:] if address.startswith("@") else address)
        self._socket.setblocking(False)
        self.heard: list[str] = []

    def listen(self) -> list[str]:
        """Everything that was told so far."""
        while True:
            try:
                self.heard += self._socket.recv(4096).decode().split("\n")
            except BlockingIOError:
                return self.heard

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["path", "abstract"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "notify") if request.param == "path" else f"@keting-test-{os.getpid()}-{id(request)}"


@pytest.fixture
def ear(address: str) -> Iterator[Ear]:
    ear = Ear(address)
    yield ear
    ear.close()


def environment(address: str, seconds: float = 0.15, pid: int | None = None) -> dict[str, str]:
    return {
        "NOTIFY_SOCKET": address,
        "WATCHDOG_USEC": str(round(seconds * 1e6)),
        "WATCHDOG_PID": str(pid or os.getpid()),
    }


def test_the_supervisor_is_told_and_no_child_inherits_its_line(address: str, ear: Ear) -> None:
    given = {**environment(address, 12), "HOME": "/root"}
    supervisor = Supervisor(given)
    assert given == {"HOME": "/root"}
    assert supervisor.is_there
    assert supervisor.period == 12
    supervisor.tell("READY=1", "STATUS=fine")
    assert ear.listen() == ["READY=1", "STATUS=fine"]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"NOTIFY_SOCKET": "/nowhere", "WATCHDOG_USEC": "ten"},
        {"NOTIFY_SOCKET": "/nowhere", "WATCHDOG_USEC": "9000000", "WATCHDOG_PID": "1"},
        {"WATCHDOG_USEC": "9000000"},
    ],
    ids=["nobody", "no number", "another's", "no line"],
)
def test_who_is_not_asked_for_a_pulse_gives_none_and_a_lost_supervisor_costs_nothing(given: dict[str, str]) -> None:
    supervisor = Supervisor(given)
    assert supervisor.period is None
    supervisor.tell("READY=1")


def test_the_kiosk_is_ready_when_its_first_page_is_painted_and_not_before(qtbot: QtBot, address: str, ear: Ear) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    pulse = Pulse(Supervisor(environment(address)), window, lambda: "")
    for kind in (QEvent.Type.Polish, QEvent.Type.Show, QEvent.Type.LayoutRequest):
        QCoreApplication.sendEvent(window, QEvent(kind))
        QCoreApplication.processEvents()
    assert ear.listen() == []
    window.show()
    qtbot.waitUntil(lambda: ear.listen().count("WATCHDOG=1") >= 3)
    assert ear.heard[0] == "READY=1"
    assert ear.heard.count("READY=1") == 1
    pulse.end()
    assert ear.listen()[-1] == "STOPPING=1"


def test_a_gui_thread_that_stands_still_has_no_pulse_whatever_other_threads_do(
    qtbot: QtBot, address: str, ear: Ear
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    pulse = Pulse(Supervisor(environment(address)), window, lambda: "")
    window.show()
    qtbot.waitUntil(lambda: "WATCHDOG=1" in ear.listen())
    before = len(ear.listen())
    threading.Event().wait(0.5)  # the GUI thread of this test is this one
    assert len(ear.listen()) == before
    qtbot.waitUntil(lambda: len(ear.listen()) > before)
    pulse.end()


def test_without_a_part_the_pulse_stops_for_good_and_the_supervisor_is_told_which(
    qtbot: QtBot, address: str, ear: Ear
) -> None:
    window, gone = QWidget(), [""]
    qtbot.addWidget(window)
    pulse = Pulse(Supervisor(environment(address)), window, lambda: gone[0])
    window.show()
    qtbot.waitUntil(lambda: "WATCHDOG=1" in ear.listen())
    gone[0] = "sender"
    qtbot.waitUntil(lambda: "WATCHDOG=trigger" in ear.listen())
    assert "STATUS=no sign of life: sender" in ear.heard
    gone[0] = ""
    qtbot.wait(300)
    assert ear.listen()[-1] == "WATCHDOG=trigger"
    pulse.end()


def test_no_other_thread_has_a_pulse(qtbot: QtBot, address: str, ear: Ear) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    pulse = Pulse(Supervisor(environment(address)), window, lambda: "")
    refused: list[bool] = []

    def elsewhere() -> None:
        with pytest.raises(RuntimeError):
            pulse._pet()
        refused.append(True)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert refused
    assert ear.listen() == []


def test_a_status_is_told_once_on_one_line(qtbot: QtBot, address: str, ear: Ear) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    pulse = Pulse(Supervisor(environment(address)), window, lambda: "")
    pulse.say("waits\nREADY=1")
    pulse.say("waits\nREADY=1")
    assert ear.listen() == ["STATUS=waits READY=1"]
