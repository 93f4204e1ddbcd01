"""What a camera's worker and the kiosk say to each other: a few bytes, and never a frame.

The kiosk orders with 4 bytes: the number of a look, or 0 for rest. The worker
reports one letter, the number it obeys, and data. It reports at least once a
second; one that is silent for ``SILENT`` seconds hangs and is replaced.
"""

from __future__ import annotations

from enum import Enum
from multiprocessing.connection import Connection
from typing import Final

from devices.scanner import LIMIT

SILENT: Final = 6.0
"""Longer than the longest wait of a healthy worker: a stream that does not open, and one frame."""

REST: Final = 0


class Report(Enum):
    HERE = b"H"  # the camera is there; during a look: it gives frames
    LOST = b"L"
    CODE = b"C"  # data: what is in the code
    REFUSED = b"R"  # data: the failure code


def order(pipe: Connection, look: int) -> None:
    pipe.send_bytes(look.to_bytes(4, "big"))


def ordered(pipe: Connection) -> int:
    """The next order. Raises ``EOFError`` when the kiosk has closed its end."""
    return int.from_bytes(pipe.recv_bytes(4), "big")


def report(pipe: Connection, what: Report, look: int, data: bytes = b"") -> None:
    pipe.send_bytes(what.value + look.to_bytes(4, "big") + data)


def reported(pipe: Connection) -> tuple[Report, int, bytes]:
    """The next report. Raises ``EOFError`` or ``OSError`` when the worker is gone, ``ValueError`` when it raves."""
    message = pipe.recv_bytes(1 + 4 + LIMIT)
    return Report(message[:1]), int.from_bytes(message[1:5], "big"), message[5:]
