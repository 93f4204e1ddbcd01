"""The line to a hall: HTTP over real TLS on one port, that can be pulled and put back."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.offline_cache.authority import Authority


class Line:
    """Serves until ``close``; each request is given to ``answer``, on a thread of its connection."""

    def __init__(self, authority: Authority, answer: Callable[[BaseHTTPRequestHandler], None], port: int = 0) -> None:
        self.stopped = threading.Event()
        self._speaking: set[ssl.SSLSocket] = set()
        line = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30
            disable_nagle_algorithm = True
            wbufsize = -1

            def log_message(self, *_: Any) -> None: ...

            def do_GET(self) -> None:
                answer(self)

            do_POST = do_GET

        tls = self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(authority.chain)

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def finish_request(self, request: Any, client_address: Any) -> None:
                request.settimeout(30)
                with tls.wrap_socket(request, server_side=True) as connection:
                    line._speaking.add(connection)
                    try:
                        Handler(connection, client_address, self)
                    finally:
                        line._speaking.discard(connection)

            def handle_error(self, *_: Any) -> None: ...

        self._server_class = Server
        self.port = port
        self.come_back()

    def come_back(self) -> None:
        """Serve again, where it was before."""
        self._server = self._server_class(("127.0.0.1", self.port), BaseHTTPRequestHandler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def go_away(self) -> None:
        """Nobody listens on the port any more, and those that spoke are cut off."""
        self._server.shutdown()
        self._server.server_close()
        for connection in list(self._speaking):
            with suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

    def close(self) -> None:
        self.stopped.set()
        self.go_away()

    def wears(self, other: Authority) -> None:
        """From the next connection on, the server shows another hall's certificate."""
        self._tls.load_cert_chain(other.chain)


class Refusal(Exception):
    def __init__(self, status: int, word: str) -> None:
        super().__init__(word)
        self.status, self.word = status, word


def send(request: BaseHTTPRequestHandler, status: int, kind: str, body: bytes, **headers: str) -> None:
    request.send_response(status)
    request.send_header("Content-Type", kind)
    request.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)
