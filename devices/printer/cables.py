"""The cables of a printer: network, serial, device file.

python-escpos opens the network and the serial one; reading, writing and
waiting are done here, on the bare descriptor and never without a deadline.
A cable is opened for one job and closed after it: printers drop idle
connections without a word.
"""

from __future__ import annotations

import errno
import os
import select
import socket
import stat
import struct
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Any, Final, Literal, Protocol

_GONE: Final = select.POLLERR | select.POLLHUP | select.POLLNVAL
_AGAIN: Final = (errno.EAGAIN, errno.EINTR)


class Lost(Exception):
    """The cable is not there, or no longer."""


class Line:
    """An open cable. ``close(drop=True)`` throws away what the kernel has not sent yet, so it never prints later."""

    def __init__(self, descriptor: int, close: Callable[[bool], None]) -> None:
        self._descriptor = descriptor
        self._close = close
        os.set_blocking(descriptor, False)

    def exchange(self, data: bytes | memoryview, until: float) -> tuple[int, bytes]:
        """Wait for the line, at most until monotonic time ``until``; then write and read what goes without waiting.

        Returns how much of ``data`` was taken, and what came. Raises ``Lost``.
        """
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN | (select.POLLOUT if data else 0))
        events = poll.poll(max(0.0, until - time.monotonic()) * 1000)
        if not events:
            return 0, b""
        try:
            ready = events[0][1]
            came = self._read() if ready & (select.POLLIN | _GONE) else b""
            if not came and ready & _GONE:
                raise Lost
            taken = os.write(self._descriptor, data[:65536]) if data and ready & select.POLLOUT else 0
        except OSError as error:
            if error.errno in _AGAIN:
                return 0, b""
            raise Lost from error
        return taken, came

    def _read(self) -> bytes:
        try:
            came = os.read(self._descriptor, 4096)
        except OSError as error:
            if error.errno in _AGAIN:
                return b""
            raise
        if not came and stat.S_ISSOCK(os.fstat(self._descriptor).st_mode):
            raise Lost
        return came

    def close(self, drop: bool) -> None:
        self._close(drop)


class Cable(Protocol):
    def open(self, within: float) -> Line:
        """Raises ``Lost`` when nothing is there after ``within`` seconds."""


def numeric(address: str) -> str:
    """An IPv4 address as it is. Raises ``ValueError``, in plain words."""
    try:
        return str(IPv4Address(address))
    except ValueError:
        raise ValueError("not an address in numbers, like 192.168.7.20") from None


@dataclass(frozen=True, slots=True)
class NetworkCable:
    """TCP, mostly port 9100.

    ``address`` is numeric, a name would be looked up without a deadline, and
    IPv4, which is all that python-escpos connects to. Raises ``ValueError``.
    """

    address: str
    port: int = 9100

    def __post_init__(self) -> None:
        numeric(self.address)

    def open(self, within: float) -> Line:
        from devices.printer.python_escpos import DeviceNotFoundError, NetworkPrinter

        printer = NetworkPrinter(self.address, self.port, timeout=within)
        try:
            printer.open()
        except DeviceNotFoundError as error:
            raise Lost from error
        plug: socket.socket = printer.device
        plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def close(drop: bool) -> None:
            if drop:
                plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                plug.close()
            printer.close()

        return Line(plug.fileno(), close)


Flow = Literal["rtscts", "xonxoff", "none"]


@dataclass(frozen=True, slots=True)
class SerialCable:
    """RS-232, or USB that looks like it. ``flow``: how the printer says that its buffer is full.

    ESC/POS printers say it on their DTR line. Linux minds no line but CTS, and
    a printer's cable leads the one to the other: hence "rtscts". With "none" a
    printer that stops (no paper, cover open) loses what it has no room for.
    """

    path: str
    baud: int = 115_200
    flow: Flow = "rtscts"

    def open(self, within: float) -> Line:
        from devices.printer.python_escpos import DeviceNotFoundError, Serial

        printer: Any = Serial(self.path, self.baud, timeout=0, xonxoff=self.flow == "xonxoff", dsrdtr=False)
        try:
            printer.open()
            printer.device.rtscts = self.flow == "rtscts"  # python-escpos knows of no such thing
            termios.tcflush(printer.device.fileno(), termios.TCIFLUSH)
        except (DeviceNotFoundError, OSError, termios.error) as error:
            raise Lost from error

        def close(drop: bool) -> None:
            # The port is reached through ``printer`` to keep that alive: collected, it closes the port under the job.
            # printer.close() would drain first, which may never end, and when all went well nothing is left to send.
            with suppress(OSError, termios.error):
                termios.tcflush(printer.device.fileno(), termios.TCIOFLUSH)
            with suppress(OSError):
                printer.device.close()

        return Line(printer.device.fileno(), close)


@dataclass(frozen=True, slots=True)
class FileCable:
    """A device file such as /dev/usb/lp0.

    Opened here: python-escpos opens it for writing only and makes a plain file
    where there is none, and the kernel lets a USB printer be opened only once.
    """

    path: str

    def open(self, within: float) -> Line:
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            raise Lost from error
        if not stat.S_ISCHR(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise Lost("not a device")
        return Line(descriptor, lambda drop: os.close(descriptor))
