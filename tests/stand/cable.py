"""A network cable between the kiosk and the hall that can be pulled and put back."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from collections.abc import Callable


class Cable:
    """Carries TCP from ``port`` on loopback to ``target``; cut, it refuses and drops what it carries.

    ``hears`` is called on the cable's thread with what is about to be carried, in either direction.
    """

    def __init__(self, target: int, port: int = 0, hears: Callable[[bytes], None] | None = None) -> None:
        self.target = target
        self._hears = hears
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._whole = True
        self._lock = threading.Lock()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._wake, self._woken = socket.socketpair()
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._carry, name="cable", daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """Pull it out: what is under way breaks, what comes is refused."""
        with self._lock:
            self._whole = False
            for one in list(self._pairs):
                self._drop(one)

    def mend(self) -> None:
        self._whole = True

    def stop(self) -> None:
        self.cut()
        self._wake.send(b"x")
        self._thread.join(3)
        for end in (self._listener, self._wake, self._woken):
            end.close()

    def _carry(self) -> None:
        while True:
            for key, _ in self._selector.select(1.0):
                if key.fileobj is self._woken:
                    return
                with self._lock:
                    if key.fileobj is self._listener:
                        self._accept()
                    elif isinstance(key.fileobj, socket.socket) and key.fileobj in self._pairs:
                        self._move(key.fileobj)

    def _accept(self) -> None:
        near, _ = self._listener.accept()
        if not self._whole:
            near.close()
            return
        try:
            far = socket.create_connection(("127.0.0.1", self.target), timeout=2)
        except OSError:
            near.close()
            return
        for one, other in ((near, far), (far, near)):
            one.settimeout(5)
            self._pairs[one] = other
            self._selector.register(one, selectors.EVENT_READ)

    def _move(self, source: socket.socket) -> None:
        try:
            data = source.recv(65_536)
            if data:
                if self._hears is not None:
                    self._hears(data)
                self._pairs[source].sendall(data)
                return
        except OSError:
            pass
        self._drop(source)

    def _drop(self, one: socket.socket) -> None:
        other = self._pairs.pop(one, None)
        if other is None:
            return
        self._pairs.pop(other, None)
        for end in (one, other):
            with contextlib.suppress(KeyError, ValueError):
                self._selector.unregister(end)
            end.close()


class LastAnswer(Cable):
    """A cable that comes out of its socket after one connection more: it is answered, and the next is refused."""

    def _accept(self) -> None:
        super()._accept()
        self._selector.unregister(self._listener)
        self._listener.close()
