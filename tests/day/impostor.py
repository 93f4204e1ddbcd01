"""Somebody in the middle with the hall's TLS certificate but not its reply key.

One lies: he hands everything on, but keeps the events to himself and says that the hall has them and their backup too.
One only listens, and says later what was said.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final, Self

from cryptography.hazmat.primitives.asymmetric import ec

from offline_cache.envelope import DOCUMENT_LIMIT, decode, link, parse, sign
from tests.stand.hall import RunningHall

_CARRYING: Final = ("content-length", "transfer-encoding", "connection", "date", "server")


@dataclass(frozen=True, slots=True)
class Request:
    """What a kiosk sent, to the byte."""

    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def named(self, header: str) -> str:
        """The value of a header, whose name is in small letters here; empty where there is none."""
        return next((value for name, value in self.headers.items() if name.lower() == header), "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the hall, or somebody in its place, says."""

    status: int
    body: bytes = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(("Content-Type", "application/cbor"),), repr=False)
    """All but those that say how it is carried."""


class Middleman:
    """An HTTPS server with a right certificate, which hands everything on to the hall."""

    def __init__(self, hall: RunningHall) -> None:
        self.hall_port = hall.port
        self.trust = ssl.create_default_context(cafile=str(hall.ca))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(hall.keys.server_certificate, hall.keys.server_key)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, name="middleman", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def answer(self, request: Request) -> Answer:
        """What whoever asked is told."""
        return self.send(request)

    def send(self, request: Request) -> Answer:
        """The hall's answer to ``request``."""
        hall = HTTPSConnection("localhost", self.hall_port, context=self.trust, timeout=10)
        try:
            hall.request(request.method, request.path, request.body or None, dict(request.headers))
            said = hall.getresponse()
            headers = [(name, value) for name, value in said.getheaders() if name.lower() not in _CARRYING]
            return Answer(said.status, said.read(), tuple(headers))
        finally:
            hall.close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        middleman = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                self._say(middleman.answer(Request("POST", self.path, dict(self.headers.items()), body)))

            def do_GET(self) -> None:
                self._say(middleman.answer(Request("GET", self.path, dict(self.headers.items()), b"")))

            def _say(self, answer: Answer) -> None:
                self.send_response(answer.status)
                for name, value in answer.headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                with suppress(OSError):  # the line was cut meanwhile
                    self.end_headers()
                    self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        return Handler


class Impostor(Middleman):
    """``acks`` counts the lies that were sent."""

    def __init__(self, hall: RunningHall) -> None:
        self.acks = 0
        self._key = ec.generate_private_key(ec.SECP256R1())
        super().__init__(hall)

    def answer(self, request: Request) -> Answer:
        return Answer(200, self._lie(request)) if request.path == "/v1/events" else super().answer(request)

    def _lie(self, request: Request) -> bytes:
        """To events: all acknowledged and backed up."""
        about: dict[str, Any] = {
            "kiosk": request.named("kiosk-id"),
            "epoch": int(request.named("kiosk-epoch")),
            "counter": int(request.named("kiosk-counter")),
        }
        self.acks += 1
        last = parse(request.body, DOCUMENT_LIMIT)[-1]
        seq = decode(last).seq
        claim = {"watermark": seq, "head": link(last), "backup": seq, "parked": [], "expected": seq + 1, "batch": 500}
        return sign("ack", about | claim, self._key)


class Listener(Middleman):
    """Hands everything on. ``heard``: by kiosk and path the last request, and the hall's answer."""

    def __init__(self, hall: RunningHall) -> None:
        self.heard: dict[tuple[str, str], tuple[Request, bytes]] = {}
        super().__init__(hall)

    def answer(self, request: Request) -> Answer:
        answer = super().answer(request)
        if answer.status == 200:
            self.heard[request.named("kiosk-id"), request.path] = request, answer.body
        return answer
