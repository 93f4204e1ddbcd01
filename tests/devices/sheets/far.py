"""A printer that answers whatever the test gives it: good, odd and hostile bytes."""

from __future__ import annotations

import re
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

PRINTER, JOB = 4, 2
INTEGER, BOOLEAN, ENUM, NAME, KEYWORD = 0x21, 0x22, 0x23, 0x42, 0x44
NO_VALUE, UNKNOWN, DATE = 0x13, 0x12, 0x31


def value(kind: int, name: str, *values: int | str | bytes) -> bytes:
    """An attribute as RFC 8010 writes it."""
    out = b""
    for place, each in enumerate(values):
        label = b"" if place else name.encode()
        if isinstance(each, int):
            data = struct.pack(">?" if kind == BOOLEAN else ">i", each)
        else:
            data = each.encode() if isinstance(each, str) else each
        out += struct.pack(">BH", kind, len(label)) + label + struct.pack(">H", len(data)) + data
    return out


def message(*groups: tuple[int, bytes], status: int = 0) -> bytes:
    first = value(0x47, "attributes-charset", "utf-8") + value(0x48, "attributes-natural-language", "en")
    body = b"".join(bytes([tag]) + attributes for tag, attributes in ((1, first), *groups))
    return struct.pack(">HHi", 0x0101, status, 1) + body + b"\x03"


def http(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: %d\r\n\r\n" % len(body) + body


STATE: Final = (
    value(ENUM, "printer-state", 3)
    + value(BOOLEAN, "printer-is-accepting-jobs", 1)
    + value(INTEGER, "printer-up-time", 77)
)


class Far:
    """Serves one connection after the other; ``reply`` gets each request and the connection. A context manager.

    ``raw``: it gets what comes as it comes.
    """

    def __init__(self, reply: Callable[[bytes, socket.socket], None], raw: bool = False) -> None:
        self._reply = reply
        self._raw = raw
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.uri = f"ipp://127.0.0.1:{self.port}/ipp/print"
        self.heard = 0
        """Bytes in all."""
        self._line: socket.socket | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @classmethod
    def saying(cls, state: bytes, jobs: list[bytes] | None = None) -> Far:
        """A printer with this state, and these jobs that are done."""

        def reply(request: bytes, line: socket.socket) -> None:
            start = request.index(b"\r\n\r\n") + 4
            operation = int.from_bytes(request[start + 2 : start + 4], "big")
            if operation == 0x0B:
                line.sendall(http(message((PRINTER, state))))
            else:
                done = jobs if b"which-jobs\x00\x09completed" in request else []
                line.sendall(http(message(*((JOB, job) for job in done or []))))

        return cls(reply)

    def __enter__(self) -> Far:
        return self

    def __exit__(self, *_: object) -> None:
        for end in (self._line, self._listener):
            if end is not None:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        self._thread.join(3)
        self._listener.close()

    def _run(self) -> None:
        while True:
            try:
                self._line, _ = self._listener.accept()
            except OSError:
                return
            with self._line as line, suppress(OSError):
                while request := self._request(line):
                    self.heard += len(request)
                    self._reply(request, line)

    def _request(self, line: socket.socket) -> bytes:
        request = line.recv(65_536)
        while request and not self._raw:
            head, _, body = request.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            if length and len(body) >= int(length[1]):
                break
            request += line.recv(65_536)
        return request
