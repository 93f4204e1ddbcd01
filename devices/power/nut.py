"""A UPS behind Network UPS Tools: its server ``upsd`` is asked for ``ups.status``, over TCP on this machine.

Source: NUT developer guide, "Network protocol information" (GET VAR, ERR); "Status" values OL, OB, LB, FSD.
"""

from __future__ import annotations

import re
import socket
import threading
from typing import Final

from devices.power import Fault, PowerTold, Tell
from devices.sign_of_life import SignOfLife

EVERY_S: Final = 2.0
DEADLINE_S: Final = 3.0
LONGEST_LINE: Final = 512
"""Bytes of an answer; a status has a few words."""

SILENT_AFTER: Final = 3
"""Answers in a row that must fail before the UPS is said to be silent: a driver that restarts is none."""

_STATUS: Final = re.compile(rb'VAR [!-~]{1,64} ups\.status "([A-Z ]{0,200})"')


class NotTold(Exception):
    """No answer, or none that tells the status: ``ERR DATA-STALE``, for one."""


class NutPower:
    """``ups`` is its name in ``ups.conf``; the server listens on ``host``, ``port``."""

    def __init__(self, name: str, ups: str, host: str = "127.0.0.1", port: int = 3493) -> None:
        self._name, self._ups, self._at = name, ups, (host, port)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._life = SignOfLife()

    def start(self, tell: Tell) -> None:
        self._thread = threading.Thread(target=self._run, args=(tell,), name=f"power {self._name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(DEADLINE_S)

    def silent(self) -> float:
        return self._life.silent(self._thread)

    def _run(self, tell: Tell) -> None:
        told: PowerTold | None = None
        failed = 0
        while not self._stopping.is_set():
            self._life.give()
            try:
                fault, failed = judged(asked(self._ups, *self._at)), 0
            except NotTold:
                failed += 1
                fault = Fault.SILENT
            event = PowerTold(self._name, fault)
            if event != told and failed in (0, SILENT_AFTER) and not self._stopping.is_set():
                told = event
                tell(event)
            self._stopping.wait(EVERY_S)


def asked(ups: str, host: str, port: int) -> frozenset[str]:
    """The words of its status. Raises ``NotTold``."""
    try:
        with socket.create_connection((host, port), DEADLINE_S) as line:
            line.settimeout(DEADLINE_S)
            line.sendall(b"GET VAR " + ups.encode("ascii") + b" ups.status\n")
            answer = b""
            while not answer.endswith(b"\n") and len(answer) < LONGEST_LINE:
                part = line.recv(LONGEST_LINE - len(answer))
                if not part:
                    break
                answer += part
    except OSError:
        raise NotTold from None
    found = _STATUS.fullmatch(answer.rstrip(b"\r\n"))
    if found is None:
        raise NotTold
    return frozenset(found[1].decode("ascii").split())


def judged(status: frozenset[str]) -> Fault | None:
    """What the words mean: forced shutdown and a battery at its end both leave time for a last paper."""
    if "FSD" in status or {"OB", "LB"} <= status:
        return Fault.LOW
    return Fault.ON_BATTERY if "OB" in status else None
