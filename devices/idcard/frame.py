"""One message of the SDT protocol on the wire: header, length, content, checksum.

    AA AA AA 96 69 | length, 2 bytes | command or status, data | checksum

The length counts what follows it, the checksum included. The checksum is the
XOR of everything between header and checksum. Source: GA 450, as agreed upon
by the public drivers that were compared in the field.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import xor
from typing import Final

HEADER: Final = b"\xaa\xaa\xaa\x96\x69"

LONGEST: Final = 3 + 6 + 256 + 1024 + 1024 + 1
"""Largest length that is believed: status, three lengths, text, photo, fingerprints, checksum."""

_SHORTEST: Final = 3 + 1


class FrameError(Exception):
    """A frame that breaks the rules. The text names the rule and quotes no content."""


@dataclass(frozen=True, slots=True)
class Reply:
    """``status`` is SW1 SW2 SW3 as one number, 0x000000 to 0xFFFFFF."""

    status: int
    data: bytes = field(repr=False)


def request(command: bytes) -> bytes:
    """The frame that carries ``command`` (command and parameter, 2 bytes, then data if any)."""
    body = (len(command) + 1).to_bytes(2, "big") + command
    return HEADER + body + bytes([checksum(body)])


def checksum(body: bytes) -> int:
    return reduce(xor, body, 0)


class Incoming:
    """The bytes that have come in, in pieces of any size, with noise before, between and behind.

    It never holds more than one frame and the piece that came last.
    """

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, piece: bytes) -> None:
        self._bytes += piece
        self._skip_noise()

    def take(self) -> Reply | None:
        """The next whole reply; None while it is not all there.

        Raises ``FrameError`` for a length that cannot be and for a wrong
        checksum; what follows is looked through for another header.
        """
        if len(self._bytes) < len(HEADER) + 2:
            return None
        length = int.from_bytes(self._bytes[5:7], "big")
        if not _SHORTEST <= length <= LONGEST:
            self._give_up()
            raise FrameError(f"a length of {length}")
        end = len(HEADER) + 2 + length
        if len(self._bytes) < end:
            return None
        body = bytes(self._bytes[5:end])
        if checksum(body) != 0:  # a number XORed with itself: right means zero
            self._give_up()
            raise FrameError("wrong checksum")
        del self._bytes[:end]
        self._skip_noise()
        return Reply(int.from_bytes(body[2:5], "big"), body[5:-1])

    def _give_up(self) -> None:
        """The header was noise: the true one may stand inside what it claimed."""
        del self._bytes[: len(HEADER)]
        self._skip_noise()

    def _skip_noise(self) -> None:
        start = self._bytes.find(HEADER)
        if start < 0:
            start = max(0, len(self._bytes) - len(HEADER) + 1)
            while start < len(self._bytes) and not HEADER.startswith(self._bytes[start:]):
                start += 1
        del self._bytes[:start]
