"""The serial line to a reader: one question, one answer, always within its time."""

from __future__ import annotations

import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event
from time import monotonic
from types import TracebackType
from typing import Final, Self

import serial

from devices.idcard.commands import NOT_UNDERSTOOD, Command
from devices.idcard.frame import FrameError, Incoming, Reply, request

_ATTEMPTS: Final = 2
_SLICE: Final = 0.05
_PAUSE: Final = 0.25
"""Seconds of silence inside an answer after which the rest of it is lost."""


class LineDown(Exception):
    """The port is gone, or the reader is silent or talks nonsense."""


class Silent(LineDown):
    """No byte came in time. One may still come."""


class Line:
    """An open port. ``stopping`` ends every wait within 50 ms, as ``LineDown``."""

    def __init__(self, port: str, baud: int, stopping: Event) -> None:
        self._stopping = stopping
        with _cable():
            # Without write_timeout a write to a reader that stopped listening never returns.
            self._port = serial.Serial(port, baud, timeout=_SLICE, write_timeout=1.0, exclusive=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(OSError, termios.error):
            self._port.reset_output_buffer()  # else the kernel may wait up to 30 s for unsent bytes
        with suppress(OSError):  # the port is gone, and its thread must not go with it
            self._port.close()

    def ask(self, command: Command, attempts: int = _ATTEMPTS) -> Reply:
        """The answer to ``command``. One that comes broken is asked for again; silence is not.

        Raises ``LineDown``.
        """
        for _ in range(attempts):
            try:
                reply = self._exchange(command)
            except FrameError:
                continue
            if reply.status not in NOT_UNDERSTOOD:
                return reply
        raise LineDown("no answer that can be understood")

    def _exchange(self, command: Command) -> Reply:
        incoming = Incoming()
        with _cable():
            self._port.reset_input_buffer()  # a late answer to an earlier question
            self._port.write(request(command.code))
        now = heard = begun = monotonic()
        while now < begun + command.within:
            if self._stopping.is_set():
                raise LineDown("stopped")
            with _cable():
                piece = self._port.read(max(1, min(self._port.in_waiting, 4096)))
            now = monotonic()
            if piece:
                heard = now
                incoming.feed(piece)
                if (reply := incoming.take()) is not None:
                    return reply
            elif heard > begun and now > heard + _PAUSE:
                raise FrameError("cut short")
        if heard > begun:
            raise FrameError("no end of it")
        raise Silent("silent")


@contextmanager
def _cable() -> Iterator[None]:
    """Whatever pyserial and the terminal raise is one thing: the line is down."""
    try:
        yield
    except (OSError, termios.error, ValueError) as error:
        raise LineDown(type(error).__name__) from None
