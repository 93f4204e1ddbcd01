"""A line of its own to the kiosk's finger, for orders that take as long as a visit."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any


class Line:
    def __init__(self, address: Path) -> None:
        self._address = str(address)
        self._socket: socket.socket | None = None

    def ask(self, order: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The answer to one order. Raises ``TimeoutError``, or another ``OSError`` where the kiosk is gone."""
        if self._socket is None:
            self._socket = socket.socket(socket.AF_UNIX)
            self._socket.connect(self._address)
        self._socket.settimeout(seconds)
        self._socket.sendall(json.dumps(order).encode() + b"\n")
        answer = b""
        while not answer.endswith(b"\n"):
            part = self._socket.recv(1 << 16)
            if not part:
                raise ConnectionError("the kiosk is gone")
            answer += part
        told: dict[str, Any] = json.loads(answer)
        return told

    def hang_up(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
