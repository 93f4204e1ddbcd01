"""The far end of the cable: cards held to a virtual reader, over vpcd's socket.

vpcd is the driver of a reader that is not there: it waits on a TCP port for
a card. Its messages are a length (two bytes, big endian) and that many bytes:
one byte is the reader's contacts (power, reset, ATR), more is a command.
Putting a card in is connecting, pulling it out is closing. The daemon, its
library and our own driver are the real ones.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from functools import partial
from typing import Final

from devices.card.sim_cards import SocialCard, VirtualCard

Connect = Callable[[], socket.socket]
"""Reaches vpcd; raises ``OSError`` while it is not there."""

__all__ = ["Slot", "SocialCard", "VirtualCard"]

VPCD: Final[Connect] = partial(socket.create_connection, ("127.0.0.1", 0x8C7B), 5.0)
"""Where Debian's package listens."""

_OFF, _ON, _RESET, _ATR = 0x00, 0x01, 0x02, 0x04


class Slot:
    """A hand at the reader: puts cards in, takes them out, swaps them.

    A card that lies there stays when the daemon dies, and is found again
    by the next one, as a real one is.
    """

    def __init__(self, connect: Connect = VPCD) -> None:
        self._connect = connect
        self._hand: threading.Thread | None = None
        self._pulled = threading.Event()
        self._pull_at: int | None = None
        self._line: socket.socket | None = None
        self._lock = threading.Lock()

    def insert(self, card: VirtualCard) -> None:
        """Put ``card`` in; returns at once. The reader notices within half a second."""
        if self._pulled.is_set():
            self.remove()
        if self._hand is not None:
            raise RuntimeError("a card is in already")
        self._pulled.clear()
        self._hand = threading.Thread(target=self._hold, args=(card,), name="virtual card", daemon=True)
        self._hand.start()

    def remove(self) -> None:
        """Pull the card out, whatever it is doing."""
        if self._hand is None:
            return
        self._pulled.set()
        with self._lock, contextlib.suppress(OSError):  # already hung up
            if self._line is not None:
                self._line.shutdown(socket.SHUT_RDWR)
        self._hand.join()
        self._hand = None

    def swap(self, card: VirtualCard) -> None:
        """Another card in the same moment."""
        self.remove()
        self.insert(card)

    def pull_at(self, command: int) -> None:
        """The next card is pulled out instead of answering this command, counted from 0."""
        self._pull_at = command

    def _hold(self, card: VirtualCard) -> None:
        while not self._pulled.is_set():
            try:
                with self._connect() as line:
                    line.settimeout(None)
                    with self._lock:
                        self._line = line
                    if not self._pulled.is_set():
                        self._serve(card, line)
            except OSError:
                self._pulled.wait(0.02)  # the daemon is not there: the card lies in a dead reader
            finally:
                with self._lock:
                    self._line = None

    def _serve(self, card: VirtualCard, line: socket.socket) -> None:
        commands = 0
        while (message := _received(line)) is not None:
            if len(message) == 1:
                if message[0] in (_ON, _RESET):
                    card.reset()
                elif message[0] == _ATR:
                    _send(line, card.atr)
                continue
            if commands == self._pull_at:
                self._pull_at = None
                self._pulled.set()
                return
            commands += 1
            answer = card.answer(message)
            if answer is not None:
                _send(line, answer)


def _received(line: socket.socket) -> bytes | None:
    """One message; None where the reader hung up."""
    head = _exactly(line, 2)
    return _exactly(line, struct.unpack(">H", head)[0]) if head else None


def _exactly(line: socket.socket, size: int) -> bytes | None:
    data = b""
    while len(data) < size:
        # vpcd sends length and body apart: a delayed acknowledgement would cost 40 ms a command
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        part = line.recv(size - len(data))
        if not part:
            return None
        data += part
    return data


def _send(line: socket.socket, payload: bytes) -> None:
    line.sendall(struct.pack(">H", len(payload)) + payload)
