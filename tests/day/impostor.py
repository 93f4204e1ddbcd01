"""Somebody in the middle with the hall's TLS certificate but not its reply key.

He hands everything on, but keeps the events to himself and says that the hall
has them and their backup too.
"""

from __future__ import annotations

import ssl
import threading
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from offline_cache.envelope import DOCUMENT_LIMIT, decode, link, parse, sign
from tests.stand.hall import RunningHall


class Impostor:
    """An HTTPS server with a right certificate. ``acks`` counts the lies that were sent."""

    def __init__(self, hall: RunningHall) -> None:
        self.acks = 0
        self.hall_port = hall.port
        self.trust = ssl.create_default_context(cafile=str(hall.ca))
        self._key = ec.generate_private_key(ec.SECP256R1())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(hall.keys.server_certificate, hall.keys.server_key)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, name="impostor", daemon=True)

    def __enter__(self) -> Impostor:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def lie(self, body: bytes, kiosk: str, epoch: int, counter: int) -> bytes:
        """To events: all acknowledged and backed up."""
        about: dict[str, Any] = {"kiosk": kiosk, "epoch": epoch, "counter": counter}
        self.acks += 1
        last = parse(body, DOCUMENT_LIMIT)[-1]
        seq = decode(last).seq
        claim = {"watermark": seq, "head": link(last), "backup": seq, "parked": [], "expected": seq + 1, "batch": 500}
        return sign("ack", about | claim, self._key)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        impostor = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                if self.path != "/v1/events":
                    return self._hand_on(body)
                about = (self.headers["Kiosk-Id"], int(self.headers["Kiosk-Epoch"]), int(self.headers["Kiosk-Counter"]))
                return self._say(200, impostor.lie(body, *about))

            def do_GET(self) -> None:
                self._hand_on(b"")

            def _hand_on(self, body: bytes) -> None:
                hall = HTTPSConnection("localhost", impostor.hall_port, context=impostor.trust, timeout=10)
                hall.request(self.command, self.path, body or None, dict(self.headers.items()))
                answer = hall.getresponse()
                self._say(answer.status, answer.read())
                hall.close()

            def _say(self, status: int, answer: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/cbor")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        return Handler
