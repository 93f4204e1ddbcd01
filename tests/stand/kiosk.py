"""A kiosk process as seen from outside: started, pressed, looked at, killed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import tomli_w

from tests.stand.supervisor import Supervised
from tests.stand.unit import Unit

ROOT = Path(__file__).resolve().parents[2]
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class Timeout(AssertionError):
    """What was waited for did not come."""


def until(what: str, true: Callable[[], Any], seconds: float = 10.0) -> Any:
    """The first true value of ``true``, asked for again and again; raises ``Timeout``."""
    end = time.monotonic() + seconds
    while True:
        if value := true():
            return value
        if time.monotonic() > end:
            raise Timeout(f"not within {seconds} s: {what}")
        time.sleep(0.02)


def _screen() -> dict[str, str]:
    """A window where there is a display, else none."""
    return {} if os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"} else {"QT_QPA_PLATFORM": "offscreen"}


class KioskProcess:
    """``settings`` is what kiosk.toml says; ``environment`` is added to the child's."""

    def __init__(self, folder: Path, settings: dict[str, Any], environment: dict[str, str]) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.toml = folder / "kiosk.toml"
        self.toml.write_text(tomli_w.dumps(settings))
        self._environment = {**os.environ, **_screen(), "PYTHONPATH": str(ROOT), **environment}
        self._address = str(folder / "finger")
        self.started_at = 0.0
        """Monotonic time of the last start."""
        self.lags: list[float] = []
        """Milliseconds by which each beat of the GUI thread was late, of every run so far."""
        self._data = Path(settings["data"])
        self._child: subprocess.Popen[bytes] | Supervised | None = None
        self._socket: socket.socket | None = None

    @property
    def pid(self) -> int:
        assert self._child is not None
        return self._child.pid

    def enrol(self, code: str, url: str) -> None:
        """Run the technician's command."""
        self._command("--config", str(self.toml), "enrol", code, url)

    def _command(self, *words: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", *words], env=self._environment, cwd=ROOT, capture_output=True, timeout=30
        )
        assert done.returncode == 0, done.stderr.decode()[-2000:]

    def start(self, unit: Unit | None = None, more: Mapping[str, str] = _NOTHING) -> None:
        """With ``unit`` under a supervisor that carries it out; ``more`` is added to its environment, this time."""
        self.started_at = time.monotonic()
        command = [sys.executable, "-m", "tests.stand.kiosk_child", str(self.toml), self._address]
        log = self.folder / "kiosk.log"
        environment = {**self._environment, **more}
        if unit is not None:
            self._child = Supervised(unit, command, environment, self._data, log, ROOT)
        else:
            with log.open("ab") as said:
                self._child = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=said, stderr=said)
        until("the kiosk's finger answers", self._connect, 30)

    @property
    def supervisor(self) -> Supervised:
        """Whoever keeps it alive, where it was started so."""
        assert isinstance(self._child, Supervised)
        return self._child

    def again(self, lives: int, seconds: float = 30.0) -> None:
        """Wait until ``lives`` of the kiosk are over, and the finger of the next one answers."""
        supervisor = self.supervisor
        until(f"the end of life {lives} of the kiosk", lambda: len(supervisor.runs) >= lives, seconds)
        assert len(supervisor.runs) == lives, supervisor.runs
        self._close()
        until("the finger of the kiosk that was started anew", self._connect, 30)

    def _connect(self) -> bool:
        assert self._child is not None
        assert self._child.poll() is None, f"kiosk ended with {self._child.returncode}; see {self.folder}/kiosk.log"
        reaching = socket.socket(socket.AF_UNIX)
        reaching.settimeout(20)
        try:
            reaching.connect(self._address)
        except OSError:
            reaching.close()
            return False
        self._socket = reaching
        return True

    def ask(self, do: str, **words: Any) -> Any:
        assert self._socket is not None
        return _asked(self._socket, {"do": do, **words})

    def harm(self, how: str) -> None:
        """Have the kiosk harm itself, as ``harm.py`` says. From any thread."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(self._address)
            assert _asked(line, {"do": "harm", "how": how})

    def text(self) -> str:
        """The text on the screen."""
        return str(self.ask("text"))

    def see(self, *words: str, seconds: float = 10.0) -> str:
        """Wait until all ``words`` are on the screen."""
        try:
            until(f"{words} on the screen", lambda: all(word in self.text() for word in words), seconds)
        except Timeout as late:
            raise Timeout(f"{late}; it says: {' | '.join(self.text().splitlines())[:600]}") from None
        return self.text()

    def press(self, key: str, times: int = 1, seconds: float = 10.0) -> None:
        try:
            until(f"key {key}", lambda: self.ask("press", key=key, times=times), seconds)
        except Timeout as late:
            raise Timeout(f"{late}; there are {self.ask('keys')}") from None

    def keep_lags(self) -> None:
        """Fetch the lags while there is somebody to ask; those since the last time are lost with a killed kiosk."""
        with contextlib.suppress(OSError, ValueError):
            if self._socket is not None:
                self.lags += self.ask("lags", forget=True)

    def picture(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        assert self.ask("picture", path=str(path))
        return path

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def kill_now(self) -> None:
        """SIGKILL, from whatever thread; ``kill`` cleans up after it."""
        os.kill(self.pid, signal.SIGKILL)

    def is_dead(self) -> bool:
        assert self._child is not None
        return self._child.poll() is not None

    def kill(self) -> None:
        """Power off: no good-bye."""
        self.keep_lags()
        if self._child is not None and self._child.poll() is None:
            self._child.kill()
            self._child.wait(10)
        self._hang_up()

    def stop(self) -> None:
        self.keep_lags()
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
            try:
                self._child.wait(10)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait(10)
        self._hang_up()

    def _hang_up(self) -> None:
        self._close()
        Path(self._address).unlink(missing_ok=True)

    def _close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _asked(line: socket.socket, order: dict[str, Any]) -> Any:
    """The finger's answer."""
    line.sendall(json.dumps(order).encode() + b"\n")
    answer = b""
    while not answer.endswith(b"\n"):
        part = line.recv(1 << 16)
        if not part:
            raise ConnectionError("the kiosk is gone")
        answer += part
    return json.loads(answer)
