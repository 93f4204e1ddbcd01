"""What the kiosk tells its supervisor, and the pulse by which that one knows that the screen still lives.

Only a timer on the GUI thread feels the pulse, so a screen that stands still has none: docs/decisions/0021.
Without a supervisor nothing is told to anybody. Source: sd_notify(3), sd_watchdog_enabled(3).
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_LONGEST: Final = 200
"""Characters of a status: it is one line on a technician's screen."""

_PETS_PER_PERIOD: Final = 3


class Supervisor:
    """Whoever started the kiosk and starts it again when it ends: systemd, or nobody.

    ``period`` is how many seconds it waits for a sign of life, None where it waits for none.
    """

    def __init__(self, environment: MutableMapping[str, str]) -> None:
        """Takes what concerns this process out of ``environment``: no child speaks for the kiosk."""
        address = environment.pop("NOTIFY_SOCKET", "")
        usec, pid = environment.pop("WATCHDOG_USEC", ""), environment.pop("WATCHDOG_PID", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        meant = self.is_there and pid in ("", str(os.getpid()))
        self.period = int(usec) / 1e6 if meant and usec.isdecimal() and int(usec) else None

    @property
    def is_there(self) -> bool:
        return bool(self._address)

    def tell(self, *facts: str) -> None:
        """One datagram, such as ``READY=1``; one that cannot be sent is lost. Never blocks."""
        if self._address:
            with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as line:
                line.sendto("\n".join(facts).encode(), self._address)


class Pulse(QObject):
    """READY when ``window`` is painted for the first time; from then on a pet every third of the period.

    ``stale`` names the part without a sign of life, "" where all is well. With one that stays away the pulse stops,
    and the supervisor is told at once that it may make an end.
    """

    def __init__(self, supervisor: Supervisor, window: QWidget, stale: Callable[[], str]) -> None:
        super().__init__()
        self._supervisor = supervisor
        self._window = window
        self._stale = stale
        self._thread = threading.get_ident()
        self._said = ""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._pet)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._begin)  # the event under way paints the window, then all that is in it
        return False

    def say(self, status: str) -> None:
        """What the kiosk is doing, in words for whoever asks the supervisor; nothing of a citizen."""
        if status != self._said:
            self._said = status
            self._supervisor.tell(f"STATUS={' '.join(status.split())[:_LONGEST]}")

    def end(self) -> None:
        self._timer.stop()
        self._supervisor.tell("STOPPING=1")

    def _begin(self) -> None:
        self._supervisor.tell("READY=1")
        if self._supervisor.period is not None:
            self._timer.start(round(self._supervisor.period * 1000 / _PETS_PER_PERIOD))

    def _pet(self) -> None:
        if threading.get_ident() != self._thread:
            raise RuntimeError("only the GUI thread has a pulse")
        if part := self._stale():
            self._timer.stop()
            self.say(f"no sign of life: {part}")
            self._supervisor.tell("WATCHDOG=trigger")
        else:
            self._supervisor.tell("WATCHDOG=1")
