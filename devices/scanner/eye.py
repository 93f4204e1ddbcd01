"""The worker behind ``CameraScanner``: the only place that sees a frame, and no frame leaves it."""

from __future__ import annotations

import os
import resource
import signal
import sys
from multiprocessing.connection import Connection
from time import monotonic
from typing import Final

from devices.scanner import Fault
from devices.scanner.decode import seen_in, worn_codes_in
from devices.scanner.pipe import REST, Report, ordered, report
from devices.scanner.source import frames, is_there
from devices.scanner.view import View

_REPORT_EVERY: Final = 1.0
_FIRST_WAIT: Final = 0.25
_LONGEST_WAIT: Final = 2.0
"""Seconds between attempts to open a lost camera; each wait is twice the one before."""

_SLOW_EVERY: Final = 6
"""Of so many frames one is tried for worn codes, where nothing that is wanted was found on it at once."""


def serve(pipe: Connection, source: str, wanted: tuple[bytes, ...]) -> None:
    """Obey until the kiosk closes its end of ``pipe``. ``wanted`` are beginnings, in capitals."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the kiosk, which then closes the pipe
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold a picture of a citizen
    _hush()
    look = REST
    try:
        while True:
            if look == REST:
                _rest(pipe, source)
            else:
                _look(pipe, source, wanted, look)
            look = ordered(pipe)
    except (EOFError, OSError):
        return


def _hush() -> None:
    """Image libraries complain of broken frames on file 2, each in its own way. Python keeps the real one."""
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)


def _rest(pipe: Connection, source: str) -> None:
    """Watch that the camera is there, with the eye closed, until an order comes."""
    while True:
        report(pipe, Report.HERE if is_there(source) else Report.LOST, REST)
        if pipe.poll(_REPORT_EVERY):
            return


def _look(pipe: Connection, source: str, wanted: tuple[bytes, ...], look: int) -> None:
    """Report what is seen until an order comes; a camera that is lost is opened again and again."""

    def is_wanted(code: bytes) -> bool:
        return code.upper().startswith(wanted)

    view = View(is_wanted)
    wait = _FIRST_WAIT
    while not pipe.poll():
        said = 0.0
        for count, frame in enumerate(frames(source, lambda seconds: not pipe.poll(seconds)), 1):
            if monotonic() > said + _REPORT_EVERY:
                report(pipe, Report.HERE, look)
                said, wait = monotonic(), _FIRST_WAIT
            seen = seen_in(frame)
            codes = {code.content for code in seen}
            if count % _SLOW_EVERY == 0 and not any(map(is_wanted, codes)):
                codes |= worn_codes_in(frame, wanted=is_wanted, seen=seen)
            match view.see(codes):
                case Fault() as fault:
                    report(pipe, Report.REFUSED, look, fault.encode())
                case bytes() as code:
                    report(pipe, Report.CODE, look, code)
        if not pipe.poll():
            report(pipe, Report.LOST, look)
            pipe.poll(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
