"""A camera as a ``Scanner``: OpenCV looks and zxing-cpp reads, in a process that can be replaced."""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import RLock, Thread, current_thread
from time import monotonic
from typing import Final

from devices.scanner import Fault, Scanned, ScannerEvent, ScannerLost, ScannerReady, ScanRefused, Tell
from devices.scanner.pipe import REST, SILENT, Report, order, reported
from devices.sign_of_life import SignOfLife

_SPAWN: Final = multiprocessing.get_context("spawn")  # a fork would share the kiosk's sockets and card readers
_START: Final = 20.0
_FAREWELL: Final = 0.5
_FIRST_WAIT: Final = 0.25
_LONGEST_WAIT: Final = 5.0
"""Seconds: for the first report of a worker, for its end, and between one worker and the next."""

_BURIAL: Final = 1.0
"""Seconds that a killed worker may take to be gone, unless it hangs in a driver."""


class CameraScanner:
    """Reads QR codes from ``source``: a camera's number or path, the address of an MJPEG
    stream, or the path of a picture or film.

    The camera is open only between ``look`` and ``rest``. ``tell`` must return
    at once and may itself call ``look`` and ``rest``.

    A code that begins, in capitals, with none of ``wanted`` is somebody else's.
    It is told only where no wanted one, however worn, was found beside it.
    """

    def __init__(self, name: str, source: str, wanted: tuple[bytes, ...] = (b"",)) -> None:
        self._name = name
        self._source = source
        self._meant = wanted
        self._lock = RLock()  # held while telling, so that nothing is told after rest or stop has returned
        self._looks = 0
        self._wanted = REST
        self._there: bool | None = None
        self._thread: Thread | None = None
        self._life = SignOfLife()
        self._stopped = True
        self._tell: Tell = _nobody

    def start(self, tell: Tell) -> None:
        self._tell = tell
        self._stopped = False
        self._there = None
        self._bell, self._ring = _SPAWN.Pipe(duplex=False)
        self._thread = Thread(target=self._run, name=f"scanner {self._name}", daemon=True)
        self._thread.start()

    def look(self) -> None:
        with self._lock:
            if self._wanted == REST and not self._stopped:
                self._looks += 1
                self._want(self._looks)

    def rest(self) -> None:
        with self._lock:
            if self._wanted != REST and not self._stopped:
                self._want(REST)

    def stop(self) -> None:
        with self._lock:
            if self._stopped:
                return
            self._stopped = True
            self._want(REST)
        if self._thread is not None and self._thread is not current_thread():
            self._thread.join(3)

    def silent(self) -> float:
        return self._life.silent(self._thread)

    def _want(self, look: int) -> None:
        self._wanted = look
        with suppress(OSError):  # nobody listens any more; that has been told
            self._ring.send_bytes(b"")

    def _run(self) -> None:
        pause = _FIRST_WAIT
        with self._bell, self._ring:
            try:
                while not self._stopped:
                    self._life.give()
                    if self._employ():
                        pause = _FIRST_WAIT
                    self._say_there(False)
                    self._pause(pause)
                    pause = min(2 * pause, _LONGEST_WAIT)
            finally:
                self._say_there(False)

    def _employ(self) -> bool:
        """Start a worker and listen to it to its end, or ours; whether it ever said anything."""
        try:
            ours, theirs = _SPAWN.Pipe()
        except OSError:  # no descriptor is free
            return False
        given = (theirs, self._source, self._meant)
        worker = _SPAWN.Process(target=_work, args=given, name=f"eye {self._name}", daemon=True)
        try:
            with theirs:
                worker.start()
        except OSError:  # no process, no memory, no descriptor to be had
            ours.close()
            return False
        try:
            with ours:  # closing it is the order to end
                return self._attend(ours)
        finally:
            self._say_there(False)  # now, since the burial may take long
            self._bury(worker)

    def _bury(self, worker: SpawnProcess) -> None:
        """Returns when it is gone: in a driver that hangs, where no signal reaches it, the next one would hang too."""
        worker.join(_FAREWELL if self._stopped else 0)
        worker.kill()
        worker.join(_BURIAL)
        while worker.is_alive() and not self._stopped:
            self._life.give()
            self._pause(_FIRST_WAIT)
        if not worker.is_alive():
            worker.close()

    def _attend(self, worker: Connection) -> bool:
        spoke = False
        obeyed = REST
        due = monotonic() + _START
        with suppress(EOFError, OSError, ValueError):
            while not self._stopped and monotonic() < due:
                self._life.give()
                if self._wanted != obeyed:
                    obeyed = self._wanted
                    order(worker, obeyed)
                heard = wait([worker, self._bell], max(0.0, due - monotonic()))
                if self._bell in heard:
                    self._bell.recv_bytes()
                if worker in heard:
                    self._take(*reported(worker))
                    spoke = True
                    due = monotonic() + SILENT
        return spoke

    def _take(self, what: Report, look: int, data: bytes) -> None:
        with self._lock:
            if look != self._wanted:
                return  # of a look that is over
            match what:
                case Report.HERE | Report.LOST:
                    self._say_there(what is Report.HERE)
                case Report.CODE:
                    self._say(Scanned(self._name, data))
                case Report.REFUSED:
                    self._say(ScanRefused(self._name, Fault(data.decode())))

    def _say_there(self, there: bool) -> None:
        with self._lock:
            if there is not self._there:
                self._there = there
                self._say(ScannerReady(self._name) if there else ScannerLost(self._name, Fault.SCANNER_GONE))

    def _say(self, event: ScannerEvent) -> None:
        with self._lock:
            if not self._stopped:
                self._tell(event)

    def _pause(self, seconds: float) -> None:
        until = monotonic() + seconds
        while not self._stopped and self._bell.poll(max(0.0, until - monotonic())):
            self._bell.recv_bytes()


def _work(pipe: Connection, source: str, wanted: tuple[bytes, ...]) -> None:
    from devices.scanner import eye  # here, since the kiosk itself must not load OpenCV

    eye.serve(pipe, source, wanted)


def _nobody(event: ScannerEvent) -> None:
    """Nobody is told anything before ``start``."""
