"""A reader with a security module at the far end of a serial line, for tests and the demo.

The line is a pseudo-terminal, paced like a wire. Its name in the file system
is a link that comes and goes with the cable, as a USB reader's does.
"""

from __future__ import annotations

import os
import pty
import select
import tty
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import reduce
from operator import xor
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

HEADER: Final = bytes.fromhex("AAAAAA9669")
STATUS, FIND, SELECT, READ = (bytes.fromhex(code) for code in ("11FF", "2001", "2002", "3001"))
"""The four exchanges, by the command and parameter that begin them."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is written in a chip. ``sex`` and ``birth`` are those of the number where they are empty."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    sex: str = field(default="", repr=False)
    birth: str = field(default="", repr=False)
    nation: str = "01"
    address: str = field(default="无名市无名路1号", repr=False)
    issuer: str = "无名市公安局"
    start: str = "20200101"
    until: str = "20400101"
    flag: str = " "

    def text(self) -> bytes:
        """The 256 bytes of text, each field filled up with spaces."""
        sex = self.sex or ("1" if self.number[16:17] in tuple("13579") else "2")
        widths = (
            *((self.name, 15), (sex, 1), (self.nation, 2), (self.birth or self.number[6:14], 8), (self.address, 35)),
            *((self.number, 18), (self.issuer, 15), (self.start, 8), (self.until, 8)),
            *(("", 14), (self.flag, 1), ("", 3)),
        )
        return b"".join(_filled(text, width) for text, width in widths)


def _filled(text: str, width: int) -> bytes:
    return (text.encode("utf-16-le", "surrogatepass") + b" \0" * width)[: 2 * width]


class Trouble(Enum):
    """What can go wrong with one answer."""

    BYTE_BY_BYTE = auto()
    NOISE_FIRST = auto()
    WRONG_CHECKSUM = auto()
    LYING_LENGTH = auto()
    CUT_SHORT = auto()
    MUTE = auto()
    CARD_PULLED = auto()
    CABLE_PULLED = auto()


class Sam:
    """The module: finds a card once, reads it while it lies there, fails when it is told to."""

    def __init__(self, folder: Path, baud: int = 115_200) -> None:
        self.port = str(folder / "idcard")
        self._byte_time = 10 / baud  # 8N1: ten bits a byte
        self._lock = Lock()
        self._card: bytes | None = None
        self._troubles: dict[bytes, deque[Trouble | int]] = {}
        self._found = self._selected = self._done = self._empty = False
        self._thread: Thread | None = None
        self._unplugged = Event()
        self.plug_in()

    def lay_down(self, card: Card | bytes) -> None:
        """Put a card, or any 256 bytes, into the field."""
        with self._lock:
            self._card = card if isinstance(card, bytes) else card.text()
            self._found = self._selected = self._done = False

    def take_away(self) -> None:
        with self._lock:
            self._card = None

    def looked_in_vain(self) -> bool:
        """Whether the last look for a card found none."""
        with self._lock:
            return self._empty

    def trouble(self, exchange: bytes, what: Trouble | int, times: int = 1) -> None:
        """Spoil the next ``times`` answers to ``exchange``; a number is the status to answer with."""
        with self._lock:
            self._troubles.setdefault(exchange, deque()).extend([what] * times)

    def recover(self) -> None:
        """Forget all troubles that have not come yet."""
        with self._lock:
            self._troubles.clear()

    def plug_in(self) -> None:
        self.unplug()
        master, slave = pty.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)
        Path(self.port).symlink_to(os.ttyname(slave))
        self._unplugged = Event()
        self._thread = Thread(target=self._serve, args=(master, slave), name="sam", daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Pull the cable; the module has no other power, so it forgets what it found."""
        self._unplugged.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _serve(self, master: int, slave: int) -> None:
        heard = bytearray()
        try:
            while not self._unplugged.is_set():
                if select.select([master], [], [], 0.02)[0]:
                    heard += os.read(master, 4096)
                for asked in _requests(heard):
                    self._write(master, *self._answer(asked))
        finally:
            Path(self.port).unlink()
            os.close(slave)
            os.close(master)
            with self._lock:
                self._found = self._selected = self._done = False

    def _answer(self, asked: bytes) -> tuple[bytes, Trouble | None]:
        with self._lock:
            waiting = self._troubles.get(asked)
            trouble = waiting.popleft() if waiting else None
            if trouble is Trouble.CARD_PULLED:
                self._card = None
            if isinstance(trouble, int):
                return _frame(trouble.to_bytes(3, "big")), None
            status, data = self._obey(asked)
            return _frame(status.to_bytes(3, "big") + data), trouble

    def _obey(self, asked: bytes) -> tuple[int, bytes]:
        present = self._card is not None
        if asked == STATUS:
            return 0x90, b""
        if asked == FIND:
            self._found, self._selected = present and not self._done, False
            self._empty = not self._found
            return (0x9F, bytes(4)) if self._found else (0x80, b"")
        if asked == SELECT:
            self._selected = present and self._found
            return (0x90, bytes(8)) if self._selected else (0x81, b"")
        if asked == READ:
            if self._card is None or not self._selected:
                return 0x41, b""
            self._done = True
            return 0x90, bytes.fromhex("01000400") + self._card + bytes(1024)
        return {b"checksum": 0x10, b"length": 0x11}.get(asked, 0x21), b""

    def _write(self, master: int, answer: bytes, trouble: Trouble | None) -> None:
        pieces = 16
        match trouble:
            case Trouble.MUTE:
                return
            case Trouble.BYTE_BY_BYTE:
                pieces = 1
            case Trouble.NOISE_FIRST:
                answer = b"\x00\xff\xaa\xaa\x96\xaa\xaa" + answer
            case Trouble.WRONG_CHECKSUM:
                answer = answer[:-1] + bytes([answer[-1] ^ 0x01])
            case Trouble.LYING_LENGTH:
                answer = answer[:5] + b"\xff\xff" + answer[7:]
            case Trouble.CUT_SHORT | Trouble.CABLE_PULLED:
                answer = answer[: len(answer) // 2]
        for start in range(0, len(answer), pieces):
            piece = answer[start : start + pieces]
            with suppress(BlockingIOError):  # a wire does not wait for a host that reads nothing
                os.write(master, piece)
            self._unplugged.wait(len(piece) * self._byte_time)
        if trouble is Trouble.CABLE_PULLED:
            self._unplugged.set()


def _frame(body: bytes) -> bytes:
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return HEADER + counted + bytes([reduce(xor, counted)])


def _requests(heard: bytearray) -> Iterator[bytes]:
    """The commands that are complete; a broken one is named by what broke."""
    while (start := heard.find(HEADER)) >= 0 and len(heard) >= start + 7:
        length = int.from_bytes(heard[start + 5 : start + 7], "big")
        if not 3 <= length <= 64:
            del heard[: start + 5]
            yield b"length"
        elif len(heard) < start + 7 + length:
            return
        else:
            counted = bytes(heard[start + 5 : start + 7 + length])
            del heard[: start + 7 + length]
            yield counted[2:-1] if reduce(xor, counted) == 0 else b"checksum"
