"""A real ``upsd`` with its ``dummy-ups`` driver: a UPS that is on mains, on battery, or at its end, as it is told."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Final

from tests.stand.kiosk import until

UPS: Final = "kiosk"
_UPSD: Final = "/lib/nut/upsd"
_DRIVER: Final = "/lib/nut/dummy-ups"


class Upsd:
    """``with Upsd() as power:`` listens on ``power.port``; ``mains``, ``battery`` and ``low`` say how it stands."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="keting-upsd-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._running: list[subprocess.Popen[bytes]] = []
        self._write("ups.conf", f"[{UPS}]\n driver = dummy-ups\n port = {UPS}.dev\n")
        self._write("upsd.conf", f"LISTEN 127.0.0.1 {self.port}\n")
        self._write("upsd.users", "")
        self.mains()

    def mains(self) -> None:
        self._write(f"{UPS}.dev", "ups.status: OL\n")

    def battery(self) -> None:
        self._write(f"{UPS}.dev", "ups.status: OB\n")

    def low(self) -> None:
        self._write(f"{UPS}.dev", "ups.status: OB LB\n")

    def start(self) -> Upsd:
        user = ["-u", "root"] if os.geteuid() == 0 else []
        self._running = [self._begun(_DRIVER, "-a", UPS, *user, "-D"), self._begun(_UPSD, *user, "-D")]
        until("upsd listens", self._listens)
        return self

    def kill(self) -> None:
        """The server is gone, and says nothing to anybody."""
        for process in self._running:
            process.kill()
            process.wait()
        self._running = []

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Upsd:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _begun(self, *command: str) -> subprocess.Popen[bytes]:
        folder = str(self._folder)
        environment = {"NUT_CONFPATH": folder, "NUT_STATEPATH": folder, "NUT_ALTPIDPATH": folder}
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(command, env={**os.environ, **environment}, stdout=log, stderr=log)

    def _listens(self) -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def _write(self, name: str, text: str) -> None:
        """Whole or not at all: the driver reads it whenever it likes."""
        new = self._folder / f"{name}.new"
        new.write_text(text, "ascii")
        new.chmod(0o640)
        new.replace(self._folder / name)
