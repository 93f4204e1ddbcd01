"""The one way from CUPS to the printer, and it is shut unless a job of ours is under way.

The queue does not know the printer's address: it prints to this gate, on
loopback, which passes the bytes on. So a job that CUPS keeps too long, takes
up again after a restart, or begins while the kiosk is not running, ends here.
And whether a byte has reached the printer is known, and not concluded.
"""

from __future__ import annotations

import selectors
import socket
import struct
import threading
import time
from contextlib import suppress
from typing import Final

_CONNECT_S: Final = 2.0
_AT_ONCE: Final = 65_536
_DROP: Final = struct.pack("ii", 1, 0)
"""SO_LINGER: what the kernel has not sent yet, it never sends."""
_BREATH_S: Final = 0.05
"""Before the next attempt to accept, where one failed: the caller may still stand there."""


class Gate:
    """Carries TCP from ``port`` on loopback to the printer while it is open. Thread-safe."""

    def __init__(self, host: str, port: int) -> None:
        self._printer = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._bell, self._ring = socket.socketpair()
        self._changed = threading.Condition()
        self._open = self._admits = self._passed = self._ending = False
        self._opened = 0
        self._peer: dict[socket.socket, socket.socket] = {}
        self._owed: dict[socket.socket, bytes] = {}
        self._far: set[socket.socket] = set()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._bell, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, name="printer gate", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Otherwise nothing will ever pass."""
        return self._thread.is_alive()

    def open(self) -> None:
        with self._changed:
            self._open = self._admits = True
            self._passed = False
            self._opened += 1

    def admit_no_more(self) -> None:
        """Go on with the connections that there are; a backend that is started again finds no way."""
        self._admits = False

    def shut(self) -> bool:
        """Break every connection, and drop what is on its way. True when a byte may have passed since ``open``."""
        with self._changed:
            self._open = self._admits = False
            self._wake()
            quiet = self._changed.wait_for(lambda: not self._peer, 2 * _CONNECT_S)
            return self._passed or not quiet

    def close(self) -> None:
        self._ending = True
        self.shut()
        self._thread.join(2 * _CONNECT_S)

    def _wake(self) -> None:
        with suppress(OSError):
            self._ring.send(b"!")

    def _run(self) -> None:
        try:
            while not self._ending:
                self._turn()
        finally:  # whatever ended it: nobody waits for a connection that nobody carries
            self._selector.close()
            with self._changed:
                for end in (*self._peer, self._listener, self._bell, self._ring):
                    end.close()
                self._peer.clear()
                self._changed.notify_all()

    def _turn(self) -> None:
        for key, events in self._selector.select():
            if key.fileobj is self._listener:
                self._accept()
            elif key.fileobj is self._bell:
                self._bell.recv(_AT_ONCE)
            elif isinstance(key.fileobj, socket.socket) and key.fileobj in self._peer:
                self._carry(key.fileobj, events)
        if not self._open:
            for one in list(self._peer):
                self._drop(one)

    def _accept(self) -> None:
        opened = self._opened
        try:
            near, _ = self._listener.accept()
        except OSError:  # no descriptor is free, or the caller has gone
            time.sleep(_BREATH_S)
            return
        try:
            if not self._admits:
                raise ConnectionRefusedError
            far = socket.create_connection(self._printer, _CONNECT_S)
        except OSError:
            near.close()
            return
        with self._changed:
            self._far.add(far)
            self._peer |= {near: far, far: near}
            self._owed |= {near: b"", far: b""}
        try:
            if opened != self._opened:
                raise ConnectionAbortedError  # the printer was so slow to answer that this is another job's time
            far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _DROP)
            for one in (near, far):
                one.setblocking(False)
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._selector.register(one, selectors.EVENT_READ)
        except OSError:
            self._drop(near)

    def _carry(self, one: socket.socket, events: int) -> None:
        other = self._peer[one]
        try:
            if events & selectors.EVENT_READ:
                came = one.recv(_AT_ONCE)
                if not came:
                    raise ConnectionResetError
                self._owed[other] += came
            for end in (one, other):
                if self._owed[end] and self._open:
                    self._passed = self._passed or end in self._far
                    with suppress(BlockingIOError):
                        self._owed[end] = self._owed[end][end.send(self._owed[end]) :]
            for end in (one, other):  # one side is read only while the other takes it
                reads = 0 if self._owed[self._peer[end]] else selectors.EVENT_READ
                self._watch(end, reads | (selectors.EVENT_WRITE if self._owed[end] else 0))
        except OSError:
            self._drop(one)

    def _watch(self, one: socket.socket, events: int) -> None:
        known = one in self._selector.get_map()
        if not events:
            if known:
                self._selector.unregister(one)
        elif known:
            self._selector.modify(one, events)
        else:
            self._selector.register(one, events)

    def _drop(self, one: socket.socket) -> None:
        if one not in self._peer:
            return
        pair = one, self._peer[one]
        for end in pair:
            self._watch(end, 0)
            del self._owed[end]
            self._far.discard(end)
            end.close()
        with self._changed:
            for end in pair:
                del self._peer[end]
            self._changed.notify_all()
