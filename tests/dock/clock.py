"""The clock of one computer, which anybody at its keyboard could set: seen by the processes started on it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_SOURCE = Path(__file__).with_name("set_clock.c")


class ComputerClock:
    """Right at first. Kiosk and hall run on one machine here, so each gets a clock of its own.

    The libc calls that read the time of day are answered by ``set_clock.c``,
    built with the C compiler that the project's set-up installs.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._library = folder / "set_clock.so"
        if not self._library.exists():
            subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-o", self._library, _SOURCE, "-ldl"], check=True)
        self._setting = folder / f"clock-{name}"
        self.set_by(0)

    def set_by(self, seconds: int) -> None:
        """Set it this many seconds off the true time, at once, for what runs and what is started later."""
        self.wrong_by = seconds
        file = os.open(self._setting, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(file, seconds.to_bytes(8, "little", signed=True), 0)
        finally:
            os.close(file)

    def environment(self) -> dict[str, str]:
        """For the processes of this computer."""
        return {"LD_PRELOAD": str(self._library), "CLOCK_SET_BY": str(self._setting)}
