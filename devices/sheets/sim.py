"""An A4 printer at the far end of a network cable, for tests and the demo.

Its electronics are a real program (``sim_server.py``), its paper path is here.
It keeps going without a client, as real ones do, and forgets every job when
its power is cut.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from devices.sheets.sim_server import IppServer

_STEPS: Final = 20
"""A sheet's way in steps; faults and power cuts happen between two of them."""

_SENSOR: Final = "sensor"
"""Name of the documents from within by which a sensor is told while nothing is printed."""


class SheetFeeder:
    """The printer, and what people do to it. A context manager; its papers are gone with it.

    ``plugged``: it is on from the start. ``sheet_s``: seconds from tray to tray.
    """

    def __init__(self, plugged: bool = True, sheet_s: float = 0.3) -> None:
        self.sheet_s = sheet_s
        self._changed = threading.Condition()
        self._reasons: set[str] = set()
        self._told: set[str] = set()
        self._at: list[tuple[float, Callable[[], None]]] = []
        self._asked: list[tuple[str, Callable[[], None]]] = []
        self._papers: list[Path] = []
        self._begun = 0
        self._busy = self._canceled = self._broken = self._powered = False
        self._place = Path(tempfile.mkdtemp(prefix="papers-"))
        self._press = socket.socket(socket.AF_UNIX)
        self._press.bind(str(self._place / "press"))
        self._press.listen()
        self._server = IppServer(self._place / "press", self._hear)
        self._thread = threading.Thread(target=self._run, name="sheet feeder", daemon=True)
        self._thread.start()
        if plugged:
            self.power_on()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.power_cut()
        with suppress(OSError):
            self._press.shutdown(socket.SHUT_RDWR)  # ends the waiting in accept
        self._thread.join(5)
        self._press.close()
        self._server.close()
        shutil.rmtree(self._place, ignore_errors=True)

    # -- the machine on the table

    @property
    def uri(self) -> str:
        return self._server.uri

    @property
    def port(self) -> int:
        return self._server.port

    @property
    def begun(self) -> int:
        """Sheets that were taken from the tray, whatever became of them."""
        return self._begun

    @property
    def idle(self) -> bool:
        return not self._busy

    def papers(self) -> list[Path]:
        """The PDF of each sheet that came out whole, byte for byte as the printer received it, oldest first."""
        with self._changed:
            return list(self._papers)

    def until(self, seen: Callable[[SheetFeeder], bool], within: float = 5.0) -> bool:
        """Wait until ``seen``; False when it does not happen ``within`` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: seen(self), within)

    # -- what people and dust do to it

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

    def paper_out(self) -> None:
        """Not media-empty: with that ippeveprinter itself takes no document more, and only its web page ends it."""
        self._say("media-needed-error")

    def refill(self) -> None:
        self._unsay("media-needed-error")

    def open_cover(self) -> None:
        self._say("cover-open-error")

    def close_cover(self) -> None:
        self._unsay("cover-open-error")

    def jam(self) -> None:
        self._say("media-jam-error")

    def clear_jam(self) -> None:
        self._unsay("media-jam-error")

    def use_up_toner(self) -> None:
        self._say("marker-supply-empty-error")

    def change_toner(self) -> None:
        self._unsay("marker-supply-empty-error")

    def run_low(self) -> None:
        """Few sheets are left, and little toner: it prints."""
        self._say("media-low-report", "marker-supply-low-report")

    def break_down(self) -> None:
        """It gives up every sheet that is begun, and does not say why."""
        self._broken = True

    def at(self, part: float, happens: Callable[[], None]) -> None:
        """Once, when a sheet has gone this part of its way (0 to 1)."""
        self._at.append((part, happens))

    def after_out(self, happens: Callable[[], None]) -> None:
        """Once, when a sheet has come out and before the printer tells anybody."""
        self._at.append((1.0, happens))

    def asked(self, operation: str, happens: Callable[[], None]) -> None:
        """Once, when it is asked this: ``Get-Jobs``, ``Create-Job``, and what else IPP knows."""
        self._asked.append((operation, happens))

    # -- inside

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
        self.until(lambda _: self._told == self._reasons and not self._busy)

    def _hear(self, line: str) -> None:
        for due in [each for each in self._asked if f" {each[0]} successful" in line]:
            self._asked.remove(due)
            due[1]()
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
