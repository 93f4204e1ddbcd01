"""A small systemd for one service: starts it, hears what it tells, kills it without a pulse, starts it again.

It carries out the unit file that ships (``unit.py`` says which keys), with the program replaced by the test's and its
environment added to. Groups of processes stand for cgroups: a worker that leaves its group would get away.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.stand import sandbox
from tests.stand.unit import Unit

SHIPPED: Final = Path(__file__).resolve().parents[2] / "packaging" / "keting-kiosk.service"
_CREDENTIALS: Final = struct.Struct("3i")
_DISPLAY: Final = frozenset({"QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"})
"""Of the unit's environment, what is the test's own affair."""


@dataclass(frozen=True, slots=True)
class Run:
    """A life of the service. Times are monotonic; ``result``, ``code``, ``status`` are systemd's words for its end."""

    pid: int
    began: float
    ready: float | None
    pets: int
    stopping: bool
    ended: float
    result: str
    code: str
    status: str


class Supervised:
    """Looks like the one process that it keeps alive; ``terminate`` and ``kill`` end the service for good."""

    def __init__(
        self, unit: Unit, program: Sequence[str], environment: Mapping[str, str], folder: Path, log: Path, cwd: Path
    ) -> None:
        """``program`` is started instead of the unit's, in this environment and the unit's own but for its display.

        ``folder`` stands for the service's StateDirectory.
        """
        self._unit, self._cwd = unit, cwd
        self._program = (sys.executable, sandbox.__file__, unit.sandbox, *program)
        self._folder, self._log = folder, log
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._line.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._line.bind("")  # the kernel gives it an abstract address
        self._line.setblocking(False)
        address = "@" + self._line.getsockname()[1:].decode()
        usec = str(round(unit.watchdog * 1e6))
        told = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": usec, "STATE_DIRECTORY": str(folder)}
        own = {name: value for name, value in unit.environment.items() if name not in _DISPLAY}
        self._environment = {**environment, **own, **told}
        self._wake, self._waker = os.pipe()
        self.runs: list[Run] = []
        """The lives that are over, oldest first."""
        self.status = ""
        """What the service says that it does."""
        self.strangers = 0
        """What was told by processes that may not speak for the service."""
        self.is_ready = self.has_failed = False
        self._order: signal.Signals | None = None
        self._process = self._spawn()
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)
        self._thread.start()

    # As a process.

    @property
    def pid(self) -> int:
        """Of the life that goes on now, or of the last."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return None if self._thread.is_alive() else self._process.returncode

    def poll(self) -> int | None:
        return self.returncode

    def terminate(self) -> None:
        self._end_by(signal.SIGTERM)

    def kill(self) -> None:
        self._end_by(signal.SIGKILL)

    def wait(self, seconds: float) -> int | None:
        self._thread.join(seconds)
        if self._thread.is_alive():
            raise subprocess.TimeoutExpired(self._program, seconds)
        return self._process.returncode

    def _end_by(self, number: signal.Signals) -> None:
        self._order = number
        os.write(self._waker, b"!")

    # The service.

    def _spawn(self) -> subprocess.Popen[bytes]:
        self.is_ready, self._pets, self._stopping, self._triggered = False, 0, False, False
        self._ready: float | None = None
        self._began = self._pet = time.monotonic()
        with self._log.open("ab") as log:
            return subprocess.Popen(
                self._program, env=self._environment, cwd=self._cwd, stdout=log, stderr=log, start_new_session=True
            )

    def _watch(self) -> None:
        """Life after life, until it is told to end, or there were too many."""
        while True:
            result = self._live()
            self._bury(result)
            if self._order or self._too_often():
                self.has_failed = self._order is None
                break
            until = time.monotonic() + self._unit.restart_pause
            while self._order is None and (left := until - time.monotonic()) > 0:
                select.select([self._wake], [], [], left)
            if self._order:
                break
            self._process = self._spawn()
        self._line.close()

    def _too_often(self) -> bool:
        since = time.monotonic() - self._unit.starts_within
        return sum(run.began > since for run in self.runs) >= self._unit.starts

    def _live(self) -> str:
        """Until the process has ended, by itself or not: systemd's word for the result."""
        process, result = self._process, ""
        obeyed: signal.Signals | None = None
        ending: list[tuple[float, signal.Signals]] = []  # signals that are due if it does not end
        gone = os.pidfd_open(process.pid)
        try:
            while process.poll() is None:
                now = time.monotonic()
                if self._order and self._order is not obeyed:
                    obeyed = self._order
                    result, ending = "success", self._signals(obeyed, self._unit.within_stop)
                elif self._is_overdue(now) and not ending:
                    result, ending = "watchdog", self._signals(self._unit.watchdog_signal, self._unit.within_abort)
                elif not self.is_ready and now - self._began > self._unit.within_start and not ending:
                    result, ending = "timeout", self._signals(signal.SIGTERM, self._unit.within_stop)
                while ending and ending[0][0] <= now:
                    self._send(ending.pop(0)[1])
                ears: list[Any] = [self._line, gone, *([] if self._order else [self._wake])]
                select.select(ears, [], [], self._next(ending))
                self._hear()
        finally:
            os.close(gone)
        self._hear()
        return result or self._result(process.returncode)

    def _signals(self, first: signal.Signals, within: float) -> list[tuple[float, signal.Signals]]:
        now = time.monotonic()
        return [(now, first), (now, signal.SIGCONT), (now + within, signal.SIGKILL)]

    def _next(self, ending: list[tuple[float, signal.Signals]]) -> float:
        """Seconds until something is due; a look now and then costs nothing."""
        now = time.monotonic()
        due = [at for at, _ in ending[:1]] or [self._pet + self._unit.watchdog if self.is_ready else now + 1]
        return min(1.0, max(0.0, due[0] - now))

    def _is_overdue(self, now: float) -> bool:
        """While it stops of its own will no pulse is asked for."""
        lives = self.is_ready and not self._stopping
        return self._triggered or (lives and now - self._pet > self._unit.watchdog)

    def _send(self, number: signal.Signals) -> None:
        """To the process itself, as ``KillMode=mixed`` has it: its workers are killed when it has ended."""
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)

    def _hear(self) -> None:
        """Only the main process speaks for the service."""
        while True:
            try:
                said, proof, *_ = self._line.recvmsg(4096, socket.CMSG_SPACE(_CREDENTIALS.size))
            except BlockingIOError:
                return
            pids = [_CREDENTIALS.unpack(data)[0] for _, kind, data in proof if kind == socket.SCM_CREDENTIALS]
            if pids != [self._process.pid]:
                self.strangers += 1
                continue
            for fact in said.decode("utf-8", "replace").split("\n"):
                self._heard(*fact.partition("=")[::2])

    def _heard(self, name: str, value: str) -> None:
        match name, value:
            case "READY", "1":
                self.is_ready, self._ready = True, time.monotonic()
                self._pet = self._ready
            case "WATCHDOG", "1":
                self._pet, self._pets = time.monotonic(), self._pets + 1
            case "WATCHDOG", "trigger":
                self._triggered = True
            case "STOPPING", "1":
                self._stopping = True
            case "STATUS", _:
                self.status = value

    def _result(self, code: int) -> str:
        if code < 0 and -code not in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
            return "signal"
        return "exit-code" if code > 0 else "success"

    def _bury(self, result: str) -> None:
        """What is left of the group is killed, and the unit's last command is run."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        code = self._process.returncode
        said = ("killed", signal.Signals(-code).name.removeprefix("SIG")) if code < 0 else ("exited", str(code))
        run = (self._process.pid, self._began, self._ready, self._pets, self._stopping, time.monotonic())
        self.is_ready = False
        words = {"SERVICE_RESULT": result, "EXIT_CODE": said[0], "EXIT_STATUS": said[1]}
        subprocess.run(self._unit.stopped, env={**self._environment, **words}, check=True, timeout=10)
        self.runs.append(Run(*run, result, *said))
