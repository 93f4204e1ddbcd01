"""A printer that was sent one job twice, over two connections: what a broken cable can leave behind."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import suppress
from http.client import HTTPConnection
from typing import Final

from tests.devices.sheets.far import ENUM, INTEGER, JOB, KEYWORD, NAME, http, message, value

_TWIN: Final = 9_999
_PENDING, _CANCELED, _COMPLETED = 3, 7, 9


class Doubled:
    """Carries IPP to the printer on ``target``, and tells of a second job of the ``name`` that CUPS sends to it.

    It waits until it is told to stop. ``stubborn``: and comes out when it is
    told to. ``late``: it is there only when the first one is known to be out.
    A context manager.
    """

    def __init__(self, target: int, name: str, stubborn: bool = False, late: bool = False) -> None:
        self._target = target
        self._name = name
        self._late = late
        self._stops_as = _COMPLETED if stubborn else _CANCELED
        self._state = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"ipp://127.0.0.1:{self._listener.getsockname()[1]}/ipp/print"
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def __enter__(self) -> Doubled:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(3)
        self._listener.close()

    @property
    def waits(self) -> bool:
        return self._state == _PENDING

    def _run(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            first = line.recv(65_536)
            if b"User-Agent: CUPS" in first:
                self._state = self._state or (0 if self._late else _PENDING)
                self._carry(line, first)
            while first:
                head, _, body = first.partition(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: (\d+)", head)
                while length and len(body) < int(length[1]):
                    body += line.recv(65_536)
                line.sendall(http(self._answer(body)))
                first = line.recv(65_536)

    def _carry(self, near: socket.socket, first: bytes) -> None:
        """The spooler's own connection, as it is."""
        with socket.create_connection(("127.0.0.1", self._target), 3) as far:
            far.settimeout(None)
            back = threading.Thread(target=_pour, args=(far, near), daemon=True)
            back.start()
            far.sendall(first)
            _pour(near, far)
            back.join(3)

    def _answer(self, request: bytes) -> bytes:
        operation = int.from_bytes(request[2:4], "big")
        if operation == 0x08 and _TWIN.to_bytes(4, "big") in request:
            self._state = self._stops_as
            return message()
        printer = HTTPConnection("127.0.0.1", self._target, timeout=3)
        printer.request("POST", "/ipp/print", request, {"Content-Type": "application/ipp"})
        answer = printer.getresponse().read()
        printer.close()
        if self._late and b"not-completed" not in request and self._name.encode() in answer:
            self._state = self._state or _PENDING
            return answer
        asked = _PENDING if b"not-completed" in request else self._stops_as
        return answer[:-1] + self._twin() if operation == 0x0A and self._state == asked else answer

    def _twin(self) -> bytes:
        job = (
            value(INTEGER, "job-id", _TWIN)
            + value(NAME, "job-name", self._name)
            + value(ENUM, "job-state", self._state)
        )
        reasons = value(KEYWORD, "job-state-reasons", "none")
        sides = value(INTEGER, "job-impressions-completed", int(self._state == _COMPLETED))
        return bytes([JOB]) + job + reasons + sides + b"\x03"


def _pour(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65_536):
            other.sendall(data)
    with suppress(OSError):
        other.shutdown(socket.SHUT_RDWR)
