"""A serial scanner (USB-CDC, not a keyboard): each code is a line."""

from __future__ import annotations

import select
import termios
from contextlib import suppress
from threading import Event, RLock, Thread, current_thread
from time import monotonic
from typing import Final

import serial

from devices.scanner import Fault, Scanned, ScannerEvent, ScannerLost, ScannerReady, ScanRefused, Tell
from devices.scanner.lines import Lines
from devices.sign_of_life import SignOfLife

_BAUD: Final = 115_200
_SLICE: Final = 0.05
_FIRST_WAIT: Final = 0.25
_LONGEST_WAIT: Final = 5.0
"""Seconds between attempts to open a lost port; each wait is twice the one before."""


class SerialScanner:
    """A scanner on the serial port ``port`` that ends each code with CR, LF or both.

    What it sends at rest is thrown away. ``tell`` must return at once and may
    itself call ``look`` and ``rest``.
    """

    def __init__(self, name: str, port: str) -> None:
        self._name = name
        self._path = port
        self._lock = RLock()  # held while telling, so that nothing is told after rest or stop has returned
        self._port: serial.Serial | None = None
        self._lines: Lines | None = None
        self._stopping = Event()
        self._thread: Thread | None = None
        self._life = SignOfLife()
        self._tell: Tell = _nobody

    def start(self, tell: Tell) -> None:
        self._tell = tell
        self._thread = Thread(target=self._run, name=f"scanner {self._name}", daemon=True)
        self._thread.start()

    def look(self) -> None:
        with self._lock, suppress(OSError, termios.error):
            if self._lines is None:
                self._lines = Lines()
                if self._port is not None:
                    self._port.reset_input_buffer()  # scanned before anybody asked

    def rest(self) -> None:
        with self._lock:
            self._lines = None

    def stop(self) -> None:
        with self._lock:
            self._stopping.set()
        if self._thread is not None and self._thread is not current_thread():
            self._thread.join(3)

    def silent(self) -> float:
        return self._life.silent(self._thread)

    def _run(self) -> None:
        lost = False
        wait = _FIRST_WAIT
        while not self._stopping.is_set():
            self._life.give()
            try:
                # Without write_timeout pyserial may wait for ever, and exclusive keeps a second kiosk away.
                with serial.Serial(self._path, _BAUD, timeout=0, write_timeout=1, exclusive=True) as port:
                    self._say(ScannerReady(self._name))
                    lost, wait = False, _FIRST_WAIT
                    self._listen(port)
            except (OSError, termios.error):
                if not lost:
                    self._say(ScannerLost(self._name, Fault.SCANNER_GONE))
                    lost = True
                self._stopping.wait(wait)
                wait = min(2 * wait, _LONGEST_WAIT)

    def _listen(self, port: serial.Serial) -> None:
        """Raises ``OSError`` when the port is gone."""
        self._port = port
        try:
            while not self._stopping.is_set():
                self._life.give()
                if not select.select([port.fileno()], [], [], _SLICE)[0]:
                    continue
                with self._lock:
                    self._hear(port.read(4096))
        finally:
            with self._lock:
                self._port = None
                if self._lines is not None:
                    self._lines = Lines()  # half a line before the cable came out

    def _hear(self, piece: bytes) -> None:
        if not piece:
            return
        for line in self._lines.feed(piece, monotonic()) if self._lines is not None else ():
            if self._lines is None:
                return  # whoever was told has seen enough
            if isinstance(line, Fault):
                self._say(ScanRefused(self._name, line))
            else:
                self._say(Scanned(self._name, line))

    def _say(self, event: ScannerEvent) -> None:
        with self._lock:
            if not self._stopping.is_set():
                self._tell(event)


def _nobody(event: ScannerEvent) -> None:
    """Nobody is told anything before ``start``."""
