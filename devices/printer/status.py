"""What a printer says back, taken out of a stream that mixes everything.

Five things arrive on the same line. Their fixed bits tell them apart:

* real-time status, answer to DLE EOT n: one byte, 0xx1xx10 in binary;
* automatic status (GS a): four bytes, 0xx1xx00 and then three of 0xx0xxxx;
* answer to GS r: one byte, 0xx0xxxx;
* a block: 0x37, an identifier, text, NUL (0x22: process ID; 0x25: buffers cleared);
* XON and XOFF: 0x11, 0x13, anywhere, meaning nothing here.

Whatever is none of these is ``Noise``. Source: ESC/POS command reference,
DLE EOT, GS a, GS r, GS ( H, DLE DC4, and its page on telling answers apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from devices.printer import Fault, Paper, Status

ASK: Final = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
"""DLE EOT 1 to 4: answered at once, even when the printer prints nothing."""

_BLOCK_LIMIT: Final = 80
"""Bytes in the longest block that is waited for; Epson's longest answer of this form is shorter."""


@dataclass(frozen=True, slots=True)
class RealTime:
    byte: int


@dataclass(frozen=True, slots=True)
class Automatic:
    status: Status


@dataclass(frozen=True, slots=True)
class Queued:
    """The answer to GS r 1, given when the command's turn came. ``paper`` is its sensor."""

    paper: Paper


@dataclass(frozen=True, slots=True)
class ProcessId:
    name: bytes


@dataclass(frozen=True, slots=True)
class Cleared:
    """Receive and print buffer are empty."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Bytes that are no answer of a printer."""


Reply = RealTime | Automatic | Queued | ProcessId | Cleared | Noise


class Replies:
    """Splits the stream of one connection; holds at most the bytes of one unfinished answer."""

    def __init__(self) -> None:
        self._held = bytearray()

    def split(self, data: bytes) -> list[Reply]:
        """The answers that end in ``data``, in the order they end."""
        return [reply for byte in data for reply in self._next(byte)]

    def _next(self, byte: int) -> list[Reply]:
        if byte in (0x11, 0x13):
            return []
        if self._held[:1] == b"\x37":
            self._held.append(byte)
            return self._block() if byte == 0 or len(self._held) > _BLOCK_LIMIT else []
        if byte & 0x93 == 0x12:  # also between the bytes of an automatic status, whose rest has bit 4 clear
            return [RealTime(byte)]
        if self._held and byte & 0x90 == 0:
            self._held.append(byte)
            return self._four() if len(self._held) == 4 else []
        lost: list[Reply] = [Noise()] if self._held else []
        self._held.clear()
        if byte & 0x93 == 0x10 or byte == 0x37:
            self._held.append(byte)
            return lost
        if byte & 0x90 == 0:
            return [*lost, Queued(_paper(low=byte & 0x03, out=byte & 0x0C))]
        return [*lost, Noise()]

    def _block(self) -> list[Reply]:
        block = bytes(self._held)
        self._held.clear()
        if block == b"\x37\x25\x00":
            return [Cleared()]
        if len(block) == 7 and block[1] == 0x22 and all(0x20 <= byte <= 0x7E for byte in block[2:6]):
            return [ProcessId(block[2:6])]
        return [Noise()]

    def _four(self) -> list[Reply]:
        first, second, third, _ = self._held
        self._held.clear()
        return [
            Automatic(
                _judge(
                    _paper(low=third & 0x03, out=third & 0x0C),
                    broken=second & 0x20,
                    cover=first & 0x20,
                    cutter=second & 0x08,
                    hot=second & 0x40,
                    error=second & 0x04,
                    offline=first & 0x48,
                )
            )
        ]


def real_time(answers: bytes) -> Status:
    """The printer's state by the four answers to ``ASK``, in that order.

    A sensor that reports by two bits counts when one of them is set: in doubt
    the printer is not ready. Raises ``ValueError`` unless ``answers`` are four
    real-time status bytes.
    """
    if len(answers) != 4 or any(byte & 0x93 != 0x12 for byte in answers):
        raise ValueError("not four real-time status bytes")
    state, cause, error, paper = answers
    return _judge(
        _paper(low=paper & 0x0C, out=paper & 0x60 or cause & 0x20),
        broken=error & 0x20,
        cover=cause & 0x04,
        cutter=error & 0x08,
        hot=error & 0x40,
        error=error & 0x04 or cause & 0x40,
        offline=state & 0x28 or cause & 0x08,
    )


def _paper(low: int, out: int) -> Paper:
    if out:
        return Paper.OUT
    return Paper.LOW if low else Paper.OK


def _judge(paper: Paper, broken: int, cover: int, cutter: int, hot: int, error: int, offline: int) -> Status:
    """One fault, the one to mend first: an open cover also looks like paper out, and all of them like offline."""
    found = (
        (broken, Fault.BROKEN),
        (cover, Fault.COVER_OPEN),
        (cutter, Fault.CUTTER),
        (hot, Fault.HEAD_HOT),
        (paper is Paper.OUT, Fault.PAPER_OUT),
        (error, Fault.BROKEN),
        (offline, Fault.OFFLINE),
    )
    return Status(paper, next((fault for seen, fault in found if seen), None))
