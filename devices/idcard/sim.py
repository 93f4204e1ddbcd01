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
from functools import reduce
from operator import xor
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

from devices.idcard.sim_cards import Card, Chip, ForeignCard2017, ForeignCard2023, ResidencePermit, filled
from devices.idcard.sim_trouble import (
    ADDRESS,
    CVR_100AU,
    CVR_100D,
    FIND,
    READ,
    SDT,
    SELECT,
    STATUS,
    Cut,
    Exchange,
    Make,
    Trouble,
    Wrong,
    spoiled,
)

__all__ = [
    "ADDRESS",
    "CVR_100AU",
    "CVR_100D",
    "FIND",
    "READ",
    "SDT",
    "SELECT",
    "STATUS",
    "Card",
    "Cut",
    "Exchange",
    "ForeignCard2017",
    "ForeignCard2023",
    "Make",
    "ResidencePermit",
    "Sam",
    "Trouble",
]

HEADER: Final = bytes.fromhex("AAAAAA9669")

_LATE: Final = 0.6
"""Seconds."""


class Sam:
    """The module: finds a card once, reads it while it lies there, fails when it is told to."""

    def __init__(self, folder: Path, make: Make = SDT) -> None:
        self.port = str(folder / "idcard")
        self._make = make
        self._byte_time = 10 / make.baud  # 8N1: ten bits a byte
        self._lock = Lock()
        self._card: bytes | None = None
        self._newest_address = ""
        self._troubles: dict[Exchange, deque[Wrong]] = {}
        self._asked: list[Exchange] = []
        self._found = self._selected = self._done = self._empty = False
        self._thread: Thread | None = None
        self._unplugged = Event()
        self.plug_in()

    def lay_down(self, card: Chip | bytes) -> None:
        """Put a card, or any 256 bytes, into the field."""
        with self._lock:
            self._card = card if isinstance(card, bytes) else card.text()
            self._newest_address = "" if isinstance(card, bytes) else card.newest_address
            self._found = self._selected = self._done = False

    def take_away(self) -> None:
        with self._lock:
            self._card = None

    def looked_in_vain(self) -> bool:
        """Whether the last look for a card found none."""
        with self._lock:
            return self._empty

    def trouble(self, exchange: Exchange, what: Wrong, times: int = 1) -> None:
        """Spoil the next ``times`` answers to ``exchange``."""
        with self._lock:
            self._troubles.setdefault(exchange, deque()).extend([what] * times)

    def asked(self) -> list[Exchange]:
        """What was asked since the last call, without the looks for a card."""
        with self._lock:
            asked, self._asked = self._asked, []
            return asked

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

    def _answer(self, command: bytes) -> tuple[bytes, Wrong | None]:
        with self._lock:
            exchange = self._make.asked(command)
            if exchange is None:
                return _frame({b"checksum": 0x10, b"length": 0x11}.get(command, 0x21), b""), None
            if exchange is not FIND:
                self._asked.append(exchange)
            waiting = self._troubles.get(exchange)
            wrong = waiting.popleft() if waiting else None
            if wrong is Trouble.CARD_PULLED:
                self._card = None
            if isinstance(wrong, int):
                return _frame(wrong, b""), None
            status, data = self._obey(exchange)
            return _frame(status, wrong if isinstance(wrong, bytes) else data), wrong

    def _obey(self, exchange: Exchange) -> tuple[int, bytes]:
        present = self._card is not None
        match exchange:
            case Exchange.STATUS:
                return 0x90, b""
            case Exchange.FIND:
                self._found, self._selected = present and not self._done, False
                self._empty = not self._found
                return (0x9F, bytes(4)) if self._found else (0x80, b"")
            case Exchange.SELECT:
                self._selected = present and self._found
                return (0x90, bytes(8)) if self._selected else (0x81, b"")
            case _ if self._card is None or not self._selected:
                return 0x41, b""
            case Exchange.READ:
                self._done = True
                fingers = bytes(1024) if self._make.fingerprints else b""
                return 0x90, bytes.fromhex("01000400" + "0400" * bool(fingers)) + self._card + bytes(1024) + fingers
        return (0x90, filled(self._newest_address, 35)) if self._newest_address else (0x91, b"")

    def _write(self, master: int, answer: bytes, wrong: Wrong | None) -> None:
        if wrong is Trouble.LATE:
            self._unplugged.wait(_LATE)
        answer, pieces = spoiled(answer, wrong), 1 if wrong is Trouble.BYTE_BY_BYTE else 16
        for start in range(0, len(answer), pieces):
            piece = answer[start : start + pieces]
            with suppress(BlockingIOError):  # a wire does not wait for a host that reads nothing
                os.write(master, piece)
            self._unplugged.wait(len(piece) * self._byte_time)
        if wrong is Trouble.CABLE_PULLED or (isinstance(wrong, Cut) and wrong.cable):
            self._unplugged.set()


def _frame(status: int, data: bytes) -> bytes:
    body = status.to_bytes(3, "big") + data
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
