"""The printer's end of the cable: a TCP port that takes one client, or a pseudo-terminal."""

from __future__ import annotations

import os
import select
import socket
import struct
import tempfile
import threading
import tty
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol


class Interior(Protocol):
    """What is behind the connector."""

    def room(self) -> int:
        """Bytes that it can take now."""

    def receive(self, data: bytes) -> None: ...

    def connect(self) -> None:
        """A client is there."""

    def refuse(self) -> None:
        """A second client was turned away."""


class Wire:
    """Moves bytes on a thread of its own. ``frozen``: the cable is cut and nobody notices."""

    def __init__(self, interior: Interior) -> None:
        self.frozen = False
        self.split = False
        self._interior = interior
        self._answers: list[bytes] = []
        self._lock = threading.Lock()
        self._bell, self._ring = socket.socketpair()
        self._ring.setblocking(False)
        self._commands: list[Callable[[], None]] = []
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="printer-wire", daemon=True)

    def start(self) -> None:
        self.open()
        self._thread.start()

    def stop(self) -> None:
        self._ending = True
        self.wake()
        self._thread.join(5)
        self.shut()
        self._bell.close()
        self._ring.close()

    def send(self, data: bytes) -> None:
        with self._lock:
            self._answers += [data[i : i + 1] for i in range(len(data))] if self.split else [data]
        self.wake()

    def wake(self) -> None:
        with suppress(OSError):  # full, so it rings already; or closed
            self._ring.send(b"!")

    def do(self, command: Callable[[], None]) -> None:
        """Run ``command`` where the descriptors are used; returns when it is done. Not after ``stop``."""
        if self._ending:
            return
        if threading.current_thread() is self._thread or not self._thread.is_alive():
            command()
            return
        done = threading.Event()

        def run() -> None:
            command()
            done.set()

        with self._lock:
            self._commands.append(run)
        self.wake()
        done.wait(5)

    def forget(self) -> None:
        """Drop answers not sent yet."""
        with self._lock:
            self._answers.clear()

    def open(self) -> None: ...

    def shut(self) -> None:
        """Pull the plug: the client sees it, and nobody can connect."""

    def _run(self) -> None:
        while not self._ending:
            with self._lock:
                commands, self._commands = self._commands, []
            for command in commands:
                command()
            self._serve()

    def _serve(self) -> None:
        """Wait for something to do and do it. A client that hangs up is seen even while nothing is read."""
        poll, end = select.poll(), self._client()
        poll.register(self._bell, select.POLLIN)
        if not self.frozen:
            for door in self._doors():
                poll.register(door, select.POLLIN)
            if end is not None:
                with self._lock:
                    writes = select.POLLOUT if self._answers else 0
                poll.register(end, writes | (select.POLLIN if self._interior.room() else 0))
        seen = dict(poll.poll(1000))
        if self._bell.fileno() in seen:
            self._bell.recv(4096)
        if end is not None and end in seen:
            self._move(end, bool(seen[end] & ~select.POLLOUT), bool(seen[end] & select.POLLOUT))
        for door in self._doors():  # after the client, who may just have hung up
            if door in seen:
                self._knock()

    def _move(self, end: int, readable: bool, writable: bool) -> None:
        try:
            if writable:
                with self._lock:
                    answer = self._answers.pop(0) if self._answers else b""
                os.write(end, answer)
            if readable:
                data = os.read(end, min(4096, max(1, self._interior.room())))
                if not data:
                    raise ConnectionResetError
                self._interior.receive(data)
        except OSError:
            self._hang_up()

    def _doors(self) -> list[int]:
        return []

    def _client(self) -> int | None:
        return None

    def _knock(self) -> None: ...

    def _hang_up(self) -> None: ...


class TcpWire(Wire):
    """A port on this machine. ``port`` stays the same when the cable is plugged in again."""

    def __init__(self, interior: Interior) -> None:
        super().__init__(interior)
        self.port = 0
        self._listener: socket.socket | None = None
        self._plug: socket.socket | None = None

    def open(self) -> None:
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self.port), backlog=8)
            self.port = self._listener.getsockname()[1]

    def shut(self) -> None:
        if self._listener:
            self._listener.close()
        self._listener = None
        self._hang_up()

    def _doors(self) -> list[int]:
        return [self._listener.fileno()] if self._listener else []

    def _client(self) -> int | None:
        return self._plug.fileno() if self._plug else None

    def _knock(self) -> None:
        assert self._listener
        plug, _ = self._listener.accept()
        if self._plug:
            self._interior.refuse()
            _reset(plug)
            return
        plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._plug = plug
        self.forget()
        self._interior.connect()

    def _hang_up(self) -> None:
        if self._plug:
            _reset(self._plug)
        self._plug = None


class PtyWire(Wire):
    """A serial port: ``path`` is a link that leads to the pseudo-terminal while the cable is plugged in."""

    def __init__(self, interior: Interior) -> None:
        super().__init__(interior)
        self._folder = tempfile.TemporaryDirectory(prefix="printer-")
        self.path = Path(self._folder.name) / "tty"
        self._ends: tuple[int, int] | None = None

    def stop(self) -> None:
        super().stop()
        self._folder.cleanup()

    def open(self) -> None:
        if self._ends is None:
            self._ends = os.openpty()
            tty.setraw(self._ends[1])
            self.path.symlink_to(os.ttyname(self._ends[1]))
            self._interior.connect()

    def shut(self) -> None:
        if self._ends:
            self.path.unlink()
            os.close(self._ends[0])
            os.close(self._ends[1])
        self._ends = None

    def _client(self) -> int | None:
        return self._ends[0] if self._ends else None


def _reset(plug: socket.socket) -> None:
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    plug.close()
