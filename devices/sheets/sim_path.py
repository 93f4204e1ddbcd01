"""The paper path of the simulated A4 printer: moves one sheet at a time, and stops where something stops it."""

from __future__ import annotations

import re
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from devices.sheets.sim_server import IppServer

_STEPS: Final = 20
"""A sheet's way in steps; faults and power cuts happen between two of them."""

_ANSWERED: Final = re.compile(r" ([A-Z][A-Za-z]+(?:-[A-Z][A-Za-z]+)+) (?:successful|client-error|server-error)")
"""How ippeveprinter's log tells of an answer."""

_SENSOR: Final = "sensor"
"""Name of the documents from within by which a sensor is told while nothing is printed."""


class PaperPath:
    """What ``SheetFeeder`` stands on: its thread moves the sheets, its server tells the world.

    ``sheet_s``: seconds from tray to tray.
    """

    def __init__(self, sheet_s: float) -> None:
        self.sheet_s = sheet_s
        self._changed = threading.Condition()
        self._reasons: set[str] = set()
        self._told: set[str] = set()
        self._at: list[tuple[float, Callable[[], None]]] = []
        self._papers: list[Path] = []
        self._requests: list[str] = []
        self._begun = 0
        self._busy = self._canceled = self._broken = self._powered = False
        self._place = Path(tempfile.mkdtemp(prefix="papers-"))
        self._press = socket.socket(socket.AF_UNIX)
        self._press.bind(str(self._place / "press"))
        self._press.listen()
        self._server = IppServer(self._place / "press", self._hear)
        self._thread = threading.Thread(target=self._run, name="sheet feeder", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.power_cut()
        with suppress(OSError):
            self._press.shutdown(socket.SHUT_RDWR)  # ends the waiting in accept
        self._thread.join(5)
        self._press.close()
        self._server.close()
        shutil.rmtree(self._place, ignore_errors=True)

    def power_on(self) -> None:
        """Also: it is plugged in."""
        self._server.start()
        with self._changed:
            self._powered = True
            self._told = set()
        self._sense()

    def power_cut(self) -> None:
        """Also: it is unplugged. The sheet that is on its way stays inside."""
        with self._changed:
            self._powered = self._busy = False
            self._changed.notify_all()
        self._server.kill()

    def _say(self, *reasons: str) -> None:
        with self._changed:
            self._reasons |= set(reasons)
            self._changed.notify_all()
        self._sense()

    def _unsay(self, *reasons: str) -> None:
        with self._changed:
            self._reasons -= set(reasons)
            self._changed.notify_all()
        self._sense()

    def _sense(self) -> None:
        """See that the electronics know: by the sheet under way, and without one by a document from within."""
        with self._changed:
            if threading.current_thread() is self._thread or self._busy or not self._powered:
                return
            if self._told == self._reasons:
                return
        self._server.feed(_SENSOR)
        with self._changed:
            self._changed.wait_for(lambda: self._told == self._reasons and not self._busy, 5)

    def _hear(self, line: str) -> None:
        if asked := _ANSWERED.search(line):
            self._requests.append(asked[1])
        with self._changed:
            if "Cancel-Job successful-ok" in line:
                self._canceled = True
            elif "Processing time was" in line:
                self._busy = False
            self._changed.notify_all()

    def _run(self) -> None:
        while True:
            try:
                press, _ = self._press.accept()
            except OSError:
                return
            with self._changed:
                self._busy, self._canceled = True, False
            with press, suppress(OSError):  # the power may be cut at any moment
                document = Path(press.makefile(encoding="utf-8").readline().strip())
                self._tell(press)
                well = document.stem.endswith(f"-{_SENSOR}") or self._feed(press, document)
                press.sendall(b"END 0\n" if well else b"END 1\n")

    def _feed(self, press: socket.socket, document: Path) -> bool:
        with self._changed:
            self._begun += 1
            self._changed.notify_all()
        press.sendall(b"ATTR: job-impressions=1\n")
        return self._through(press) and self._out(press, document)

    def _through(self, press: socket.socket) -> bool:
        """Move a sheet from tray to tray; False when it is given up."""
        step = 0
        while step < _STEPS:
            self._happen(step / _STEPS)
            self._tell(press)
            with self._changed:
                if self._lost:
                    return False
                if self._stopped:
                    self._changed.wait_for(lambda: self._lost or not self._stopped)
                elif not self._changed.wait_for(lambda: self._lost or self._stopped, self.sheet_s / _STEPS):
                    step += 1
        return True

    @property
    def _stopped(self) -> bool:
        return any(reason.endswith("-error") for reason in self._reasons)

    @property
    def _lost(self) -> bool:
        """This sheet does not come out any more. One that is told to stop while it moves still does."""
        return self._broken or not self._powered or (self._stopped and self._canceled)

    def _out(self, press: socket.socket, document: Path) -> bool:
        with self._changed:
            if not self._powered:
                return False
            self._papers.append(Path(shutil.copy(document, self._place / f"{len(self._papers) + 1:03}.pdf")))
            self._changed.notify_all()
        self._happen(1.0)
        press.sendall(b"ATTR: job-impressions-completed=1\n")
        return True

    def _happen(self, part: float) -> None:
        for due in [each for each in self._at if each[0] <= part]:
            self._at.remove(due)
            due[1]()

    def _tell(self, press: socket.socket) -> None:
        with self._changed:
            new, gone = self._reasons - self._told, self._told - self._reasons
            self._told = set(self._reasons)
            lines = [f"STATE: +{reason}\n" for reason in new] + [f"STATE: -{reason}\n" for reason in gone]
            press.sendall("".join(lines).encode())
            self._changed.notify_all()
